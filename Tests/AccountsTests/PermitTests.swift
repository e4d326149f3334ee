import Accounts
import Testing
import Vocabulary

@Suite struct PermitTests {
    /// Which powers each role gives, written down a second time.
    static let powers: [Role: Set<Power>] = [
        .clerk: [.receive], .reviewer: [.review], .decider: [.decide, .keepCertificates], .issuingClerk: [.issue],
        .assistant: [.assist],
        .head: [.lead, .keepCertificates], .governmentHead: [.govern],
        .catalogueEditor: [.editCatalogue], .supervisor: [.supervise], .administrator: [.administer],
    ]

    static let pairs = Role.allCases.flatMap { role in Power.allCases.map { (role, $0) } }

    @Test(arguments: pairs)
    func `a role gives its own powers and no other, inside its scope and nowhere else`(
        _ role: Role, _ power: Power
    ) throws {
        let extent = try Cast.extent(department: Cast.humanResources, items: "0001", region: "350111")
        let grants = [try Cast.grant(1, role, extent)]
        let inside = try Cast.scope()
        let outside = [
            try Cast.scope(department: Cast.construction), try Cast.scope(item: "350114111004"),
            try Cast.scope(region: "350200"),
        ]
        guard Self.powers[role]?.contains(power) == true else {
            #expect(throws: PermitRefusal.noPower) {
                try Permits.check(power, scope: inside, grants: grants, today: Cast.today)
            }
            #expect(Permits.reach(power, grants: grants, today: Cast.today) == [])
            return
        }
        try Permits.check(power, scope: inside, grants: grants, today: Cast.today)
        for scope in outside {
            #expect(throws: PermitRefusal.outOfScope) {
                try Permits.check(power, scope: scope, grants: grants, today: Cast.today)
            }
        }
    }

    @Test func `a whole place is for grants without a department and an item, there or above`() throws {
        let whole = { (extent: Grant.Extent, region: String) in
            try Permits.check(
                .administer, wholeOf: try #require(Region(region)), grants: [try Cast.grant(1, .administrator, extent)],
                today: Cast.today)
        }
        try whole(.everywhere, "350100")
        try whole(Grant.Extent(region: Region("350100")), "350121")
        try whole(Grant.Extent(region: Region("350121")), "350121")
        #expect(throws: PermitRefusal.outOfScope) { try whole(Grant.Extent(region: Region("350121")), "350100") }
        #expect(throws: PermitRefusal.outOfScope) { try whole(Grant.Extent(region: Region("350121")), "350102") }
        let department = try Cast.extent(department: Cast.humanResources, region: "350100")
        #expect(throws: PermitRefusal.outOfScope) { try whole(department, "350121") }
        #expect(throws: PermitRefusal.noPower) {
            try Permits.check(
                .administer, wholeOf: .fuzhou, grants: [try Cast.grant(1, .supervisor)], today: Cast.today)
        }
    }

    struct Place: Sendable {
        let role: Role
        let power: Power
        let grant: String
        let thing: String
        let isAllowed: Bool
    }

    static let places = [
        Place(role: .clerk, power: .receive, grant: "350111", thing: "350111", isAllowed: true),
        Place(role: .clerk, power: .receive, grant: "350111", thing: "350181", isAllowed: true),
        Place(role: .clerk, power: .receive, grant: "350111", thing: "350100", isAllowed: true),
        Place(role: .clerk, power: .receive, grant: "350111", thing: "350000", isAllowed: true),
        Place(role: .clerk, power: .receive, grant: "350111", thing: "350203", isAllowed: false),
        Place(role: .clerk, power: .receive, grant: "350100", thing: "350128", isAllowed: true),
        Place(role: .issuingClerk, power: .issue, grant: "350102", thing: "350125", isAllowed: true),
        Place(role: .issuingClerk, power: .issue, grant: "350102", thing: "350200", isAllowed: false),
        Place(role: .assistant, power: .assist, grant: "350102", thing: "350125", isAllowed: true),
        Place(role: .assistant, power: .assist, grant: "350102", thing: "350200", isAllowed: false),
        Place(role: .reviewer, power: .review, grant: "350111", thing: "350111", isAllowed: true),
        Place(role: .reviewer, power: .review, grant: "350111", thing: "350102", isAllowed: false),
        Place(role: .decider, power: .decide, grant: "350111", thing: "350111", isAllowed: true),
        Place(role: .decider, power: .decide, grant: "350111", thing: "350100", isAllowed: false),
        Place(role: .decider, power: .decide, grant: "350100", thing: "350100", isAllowed: true),
        Place(role: .decider, power: .decide, grant: "350100", thing: "350111", isAllowed: false),
        Place(role: .supervisor, power: .supervise, grant: "350100", thing: "350111", isAllowed: true),
        Place(role: .supervisor, power: .supervise, grant: "350111", thing: "350100", isAllowed: false),
        Place(role: .catalogueEditor, power: .editCatalogue, grant: "350000", thing: "350111", isAllowed: true),
        Place(role: .catalogueEditor, power: .editCatalogue, grant: "350111", thing: "350112", isAllowed: false),
        Place(role: .administrator, power: .administer, grant: "350100", thing: "350111", isAllowed: true),
    ]

    @Test(arguments: places)
    func `a window works for the whole city, a decision stays where it was`(_ place: Place) throws {
        let grants = [try Cast.grant(1, place.role, try Cast.extent(region: place.grant))]
        let scope = try Cast.scope(region: place.thing)
        if place.isAllowed {
            try Permits.check(place.power, scope: scope, grants: grants, today: Cast.today)
        } else {
            #expect(throws: PermitRefusal.outOfScope) {
                try Permits.check(place.power, scope: scope, grants: grants, today: Cast.today)
            }
        }
    }

    @Test func `a grant is in force from its first day to its last, and not once it was taken back`() throws {
        let grant = try Cast.grant(1, .decider)
        let scope = try Cast.scope()
        for days in [-10, 0, 10] {
            try Permits.check(.decide, scope: scope, grants: [grant], today: Cast.today.advanced(byDays: days))
        }
        for (given, days) in [(grant, -11), (grant, 11), (grant.revoked(at: Cast.now), 0)] {
            let day = Cast.today.advanced(byDays: days)
            #expect(throws: PermitRefusal.notInForce) {
                try Permits.check(.decide, scope: scope, grants: [given], today: day)
            }
            #expect(Permits.reach(.decide, grants: [given], today: day) == [])
            #expect(Permits.powers(grants: [given], today: day) == [])
        }
    }

    @Test func `a grant without an end goes on`() throws {
        let term = try Term(from: Cast.today, until: nil)
        let grant = Grant(Cast.id(1), staff: Cast.id(1), role: .supervisor, extent: .everywhere, term: term)
        #expect(grant.isInForce(on: Cast.today.advanced(byDays: 40_000)))
    }

    @Test func `a deed without a scope needs a grant without a bound`() throws {
        let bounded = try Cast.grant(1, .administrator, try Cast.extent(region: "350100"))
        #expect(throws: PermitRefusal.outOfScope) {
            try Permits.checkEverywhere(.administer, grants: [bounded], today: Cast.today)
        }
        #expect(throws: PermitRefusal.noPower) {
            try Permits.checkEverywhere(.administer, grants: [], today: Cast.today)
        }
        try Permits.checkEverywhere(
            .administer, grants: [bounded, try Cast.grant(2, .administrator)], today: Cast.today)
    }

    @Test func `the powers of several roles add up, in the order of the powers`() throws {
        let grants = [try Cast.grant(1, .decider), try Cast.grant(2, .clerk), try Cast.grant(3, .clerk)]
        #expect(Permits.powers(grants: grants, today: Cast.today) == [.receive, .decide, .keepCertificates])
    }
}
