import Accounts
import Dossiers
import Hall
import Notices
import Store
import StoreTestSupport
import Supervision
import Testing
import Vocabulary

/// A hall with a body, its staff and head, two supervisors, the head of the government, and somebody of another body.
struct SupervisionHouse: Sendable {
    enum Who: UInt64, CaseIterable, Sendable {
        case reviewer = 1
        case decider, head, supervisor, colleague, governor, stranger
    }

    let story: HallStory
    var hall: Hall { story.hall }

    subscript(_ who: Who) -> StaffID { StaffID(Subject(high: 2, low: who.rawValue)) }

    static func open(
        _ place: StoreUnderTest, _ who: [Who] = Who.allCases, _ body: (SupervisionHouse) async throws -> Void
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let house = SupervisionHouse(story: try HallStory(store: store))
            try await house.fill(who)
            try await body(house)
        }
    }

    private func fill(_ who: [Who]) async throws {
        let today = hall.time.now().day
        let body = try HallStory.terms().body
        let other = try #require(CreditCode("91350100MADEM0054D"))
        let roles: [Who: (Role, CreditCode?)] = [
            .reviewer: (.reviewer, body), .decider: (.decider, body), .head: (.head, body),
            .supervisor: (.supervisor, nil), .colleague: (.supervisor, nil), .governor: (.governmentHead, nil),
            .stranger: (.head, other),
        ]
        let deed = Deed(by: .platform, now: hall.time.now(), entropy: Entropy(hall.dice))
        for one in who {
            let (role, department) = try #require(roles[one])
            let staff = Staff(
                self[one], name: try #require(FullName("周平")),
                employeeNumber: try #require(EmployeeNumber("FZ-\(one.rawValue)")), region: .fuzhou)
            let grant = Grant(
                GrantID(hall.ids.next()), staff: staff.id, role: role,
                extent: Grant.Extent(department: department, region: .fuzhou), term: try Term(from: today, until: nil))
            try await hall.store.write { tx in
                try StaffTable.register(staff, by: deed, in: tx)
                try GrantTable.give(grant, by: deed, in: tx)
            }
        }
    }

    /// Gives somebody a role more, from today on.
    func grant(_ role: Role, to who: Who, _ extent: Grant.Extent) async throws {
        let deed = Deed(by: .platform, now: hall.time.now(), entropy: Entropy(hall.dice))
        let grant = Grant(
            GrantID(hall.ids.next()), staff: self[who], role: role, extent: extent,
            term: try Term(from: hall.time.now().day, until: nil))
        try await hall.store.write { tx in try GrantTable.give(grant, by: deed, in: tx) }
    }

    /// Somebody goes on leave for the week, and another acts for her.
    func away(_ who: Who, deputy: Who) async throws {
        let today = hall.time.now().day
        let numbers = try [who, deputy].map { try #require(EmployeeNumber("FZ-\($0.rawValue)")) }
        _ = try await hall.enterAbsence(
            of: numbers[0], deputy: numbers[1], days: (today, today.advanced(byDays: 7)), by: try await guest(who))
    }

    func guest(_ who: Who) async throws -> Hall.Guest {
        let (token, now, holder) = (SessionToken(.system), hall.time.now(), Holder.staff(self[who]))
        _ = try await hall.store.write { tx in try SessionTable.start(token, of: holder, now: now, in: tx) }
        return try #require(try await hall.guest(token))
    }

    /// A dossier that is examined; accepted on Monday 19 November 2018, promised by Friday, lawful until 10 December.
    func examined() async throws -> DossierID {
        let id = try await story.filed()
        try await story.perform(.accept, on: id, by: HallStory.performer(40, .receive))
        return id
    }

    /// What time and everybody's silence do by now.
    func beat() async throws { _ = try await Pulse(hall: hall).round() }

    func perform(_ command: DossierCommand, on id: DossierID, by who: Who) async throws {
        let performer = try await guest(who).performer(today: hall.time.now().day)
        try await story.perform(command, on: id, by: performer)
    }

    func findings(_ id: DossierID) async throws -> [Finding] {
        try await hall.store.read { tx in try FindingTable.of(id, in: tx) }
    }

    func rules(_ id: DossierID) async throws -> [FindingRule] { try await findings(id).map(\.rule) }

    func orders(_ id: DossierID) async throws -> [SupervisionOrder] {
        try await hall.store.read { tx in try OrderTable.of(id, in: tx) }
    }

    func issue(
        _ rule: FindingRule?, on id: DossierID, by who: Who = .supervisor, attempt: Attempt? = nil
    ) async throws -> OrderID {
        try await hall.issueOrder(
            about: id, rule, days: nil, text: "请说明原因并尽快办结", by: try await guest(who),
            attempt: attempt ?? story.token())
    }

    func perform(_ command: OrderCommand, on id: OrderID, by who: Who) async throws {
        try await hall.perform(command, on: id, by: try await guest(who), attempt: story.token())
    }

    func told(_ who: Who) async throws -> [String] {
        try await hall.notices(for: .staff(self[who])).map(\.kind.id)
    }
}
