import Accounts
import Foundation
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct AccountEntryTests {
    /// Every deed of this room once; answers what it wrote into the journal, by subject.
    static func everything(_ store: any Store) async throws -> [[JournalEntry]] {
        let (key, hash) = (try Cast.key(), try Cast.hash())
        let (citizen, agent, firm) = (try Cast.citizen(1), try Cast.citizen(2, name: "王大寒"), try Cast.firm(3))
        let (staff, deputy) = (try Cast.staff(4), try Cast.staff(5))
        let absence = try Absence(
            Cast.id(71), of: staff.id, deputy: deputy.id, from: Cast.today, until: Cast.today.advanced(byDays: 2))
        let login = try #require(LoginName("lin.xiaoman"))
        let listed = Agency.Items.listed([try ItemCodePrefix(Cast.specialHours)])
        let letter = try AgencyTableTests.letter(51, listed)
        let extent = try Cast.extent(department: Cast.humanResources, items: "0001", region: "350111")
        let grant = try Cast.grant(61, to: staff.id, .decider, extent)
        return try await store.write { tx in
            let deed = Cast.deed(.staff(Cast.id(77)))
            for person in [Person.citizen(citizen), .citizen(agent), .legalPerson(firm)] {
                try PersonTable.register(person, key: key, by: deed, in: tx)
            }
            try PersonTable.change(.citizen(citizen), by: deed, in: tx)
            let account = Account(login: login, password: hash, holder: .person(citizen.id))
            try AccountTable.open(account, by: deed, in: tx)
            try AccountTable.changePassword(of: account.holder, to: hash, by: deed, in: tx)
            try AgencyTable.give(letter, by: deed, in: tx)
            try AgencyTable.revoke(letter.id, of: citizen.id, by: deed, in: tx)
            try StaffTable.register(staff, by: deed, in: tx)
            try StaffTable.change(staff, by: deed, in: tx)
            let help = try AssistanceTests.letter(81, staff: 4)
            try AssistanceTable.give(help, by: deed, in: tx)
            try AssistanceTable.end(help.id, of: citizen.id, by: deed, in: tx)
            let subject = IdentityStatement.Subject(issuer: "https://id.example", name: "subject-of-lin")
            try IdentityLinkTable.link(
                IdentityStatement(subject, level: .realName), to: citizen.id, key: key, by: deed, in: tx)
            try GrantTable.give(grant, by: deed, in: tx)
            try StaffTable.register(deputy, by: deed, in: tx)
            try AbsenceTable.enter(absence, by: deed, in: tx)
            try AbsenceTable.end(absence.id, by: deed, in: tx)
            let relative = Relative(Cast.id(45), of: staff.id, .spouse, declaredAt: deed.now)
            let name = key.relativeDigest(of: "李四", to: staff.id)
            try RelativeTable.declare(relative, name: name, by: deed, in: tx)
            try RelativeTable.withdraw(relative.id, of: staff.id, by: deed, in: tx)
            try StaffTable.leave(staff.id, by: deed, in: tx)
            let partner = try partnerLife(by: deed, in: tx)
            let entries = try [citizen.id.subject, firm.id.subject, staff.id.subject, partner.subject].map {
                try Journal.entries(of: $0, in: tx)
            }
            try PersonTable.erase(citizen.id, key: key, by: deed, in: tx)
            try StaffTable.erase(staff.id, by: deed, in: tx)
            return entries + [
                try Journal.entries(of: citizen.id.subject, after: entries[0].count, in: tx),
                try Journal.entries(of: staff.id.subject, after: entries[2].count, in: tx),
            ]
        }
    }

    /// Every deed about a partner once.
    private static func partnerLife(by deed: Deed, in tx: Transaction) throws -> PartnerID {
        let partner = Partner(
            Cast.id(91), clientID: try #require(AccessID("hrss-system")), name: "示例业务系统",
            body: CreditCode(Cast.humanResources), perMinute: 60)
        try PartnerTable.add(partner, by: deed, in: tx)
        let extent = try Cast.extent(items: "0001", region: "350100")
        try PartnerTable.give(PartnerGrant(Cast.id(92), .review, extent), to: partner, by: deed, in: tx)
        try PartnerTable.take(Cast.id(92), from: partner, by: deed, in: tx)
        let officer = PartnerOfficer(
            try #require(OfficerCode("K-0012")), name: try #require(FullName("周明")), citizenID: try Cast.number(6))
        try PartnerTable.name(officer, of: partner.id, by: deed, in: tx)
        try PartnerTable.revoke(try PartnerTable.renew(partner, by: deed, in: tx), by: deed, in: tx)
        return partner.id
    }

    @Test(arguments: StoreUnderTest.all)
    func `every kind is written, and both databases write the same bytes`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let lives = try await Self.everything(store)
            #expect(Set(lives.joined().map(\.kind)) == Set(AccountEntry.allCases.map(\.rawValue)))
            let bodies = lives.map { $0.map { "\($0.kind) \(String(decoding: $0.body, as: UTF8.self))" } }
            #expect(bodies == Self.golden)
            #expect(lives.joined().allSatisfy { $0.isPersonalPartIntact })
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `no public part has a name, a number or a login, and every personal part has its own salt`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(AccountShape.migrations) { store in
            let entries = Array(try await Self.everything(store).joined())
            let secrets = [
                "林小满", "陈立夏", "郑白露", "周明", "示例业务系统", "示例企业一", "lin.xiaoman", "13800000001", "FZ1004", Cast.firmCode,
                "subject-of-lin",
                try Cast.number(1).number, try Cast.number(900).number,
            ]
            for entry in entries {
                let text = String(decoding: entry.publicPart, as: UTF8.self)
                for secret in secrets { #expect(!text.contains(secret)) }
            }
            let personal = entries.compactMap(\.personal)
            #expect(Set(personal.map(\.salt)).count == personal.count)
            let all = personal.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
            for secret in secrets { #expect(all.contains(secret)) }
            #expect(!all.contains("scrypt"))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `every table has its distribution column in the primary key and in every unique index`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(AccountShape.migrations) { store in
            let keys = try await store.read { tx in try Shape.uniqueKeys(in: tx) }
            let tables = AccountShape.migrations.flatMap(\.tables)
            #expect(tables.count == 25)
            for table in tables {
                let unique = try #require(keys[table.name])
                guard case .distributed(let column) = table.placement else { continue }
                #expect(unique.allSatisfy { $0.contains(column) })
            }
            #expect(AccountShape.migrations.allSatisfy { $0.id.hasPrefix("accounts.") })
        }
    }

    /// The public parts as they were first written. A changed line needs a new version of its kind.
    static let golden = [
        [
            #"accounts.citizen-registered {"kind":"citizen"}"#,
            #"accounts.person-changed {"kind":"citizen"}"#,
            #"accounts.account-opened {}"#,
            #"accounts.password-changed {}"#,
            #"accounts.agency-given {"agency":"01j000001ke00800000000001k","agent":"01j0000002e008000000000002","#
                + #""from":"2026-11-24","items":["000114111004"],"until":"2026-12-24"}"#,
            #"accounts.agency-revoked {"agency":"01j000001ke00800000000001k"}"#,
            #"accounts.assistance-given {"authority":"01j000002he00800000000002h","from":"2026-11-24","#
                + #""items":["000114111004"],"#
                + #""letter":"4a3cdfae6f291c8f544daea5b72905cf9e74c1ed427d831ad0d7ca00c73c794d","#
                + #""staff":"01j0000004e008000000000004","until":"2026-12-24"}"#,
            #"accounts.assistance-ended {"authority":"01j000002he00800000000002h"}"#,
            #"accounts.identity-linked {"issuer":"https://id.example","level":"realName"}"#,
        ],
        [
            #"accounts.legal-person-registered {"kind":"enterprise"}"#
        ],
        [
            #"accounts.staff-registered {"region":"350111"}"#,
            #"accounts.staff-changed {"region":"350111"}"#,
            #"accounts.granted {"department":"11350100MADEM002X0","from":"2026-11-14","#
                + #""grant":"01j000001xe00800000000001x","items":"0001","region":"350111","role":"decider","until":"2026-12-04"}"#,
            #"accounts.absence-entered {"absence":"01j0000027e008000000000027","#
                + #""deputy":"01j0000005e008000000000005","from":"2026-11-24","until":"2026-11-26"}"#,
            #"accounts.absence-ended {"absence":"01j0000027e008000000000027"}"#,
            #"accounts.relative-declared {"kind":"spouse","relative":"01j000001de00800000000001d"}"#,
            #"accounts.relative-withdrawn {"kind":"spouse","relative":"01j000001de00800000000001d"}"#,
            #"accounts.grant-revoked {"grant":"01j000001xe00800000000001x"}"#,
            #"accounts.staff-left {}"#,
        ],
        [
            #"accounts.partner-added {"body":"11350100MADEM002X0","clientID":"hrss-system","perMinute":60}"#,
            #"accounts.partner-granted {"grant":"01j000002we00800000000002w","items":"0001","region":"350100","#
                + #""scope":"dossiers.review"}"#,
            #"accounts.partner-grant-taken {"grant":"01j000002we00800000000002w"}"#,
            #"accounts.partner-officer-named {"officer":"K-0012"}"#,
            #"accounts.partner-secret-renewed {"edition":2}"#,
            #"accounts.partner-revoked {}"#,
        ],
        [
            #"accounts.account-closed {}"#,
            #"accounts.person-erased {}"#,
        ],
        [
            #"accounts.staff-erased {}"#
        ],
    ]
}
