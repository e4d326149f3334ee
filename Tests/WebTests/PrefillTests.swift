import Accounts
import Catalogue
import Dossiers
import Hall
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

/// Nobody is asked for what the city knows: each answer says where it came from.
@Suite struct PrefillTests {
    private static let situation = ["system": "flexible", "procedure": "examination", "filedBy": "self"]

    /// The pages of a new application for special working hours, filled in for the sample firm by its agent.
    private static func pages(_ house: DoorHouse, _ client: any TestClientProtocol) async throws -> String {
        let line = try #require(try await house.hall.item("special-working-hours", in: [.fuzhou]))
        let item = try #require(try await house.hall.item(line.itemCode))
        let lin = try await house.person(.citizen(try #require(CitizenID("350102188501010019"))))
        let firm = try await house.person(.organisation(try #require(CreditCode("91350100MADEM0054D"))))
        var draft = try await house.hall.begin(item, by: lin.id, for: firm.id)
        draft.contents.situation = situation
        try await house.hall.save(draft)
        let visitor = try await DoorVisitor(client, "lin", staff: false)
        var text = ""
        for page in item.guide.form.pages(for: situation).indices {
            text += try await visitor.get(Paths.draft(draft.id, "form-\(page + 1)")).page
        }
        return text
    }

    @Test func `the register answers for an organisation, and the last application for what only it knows`()
        async throws
    {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let first = try await Self.pages(house, client)
                #expect(first.contains("法人登记信息") && !first.contains("上一次申请"))
                _ = try await house.filed(
                    "special-working-hours", in: .fuzhou,
                    for: .organisation(try #require(CreditCode("91350100MADEM0054D"))), .fullyOnline, .eCertificate,
                    situation: Self.situation, answers: ["flexibleRest": "每月集中休息四日"])
                let second = try await Self.pages(house, client)
                #expect(second.contains("每月集中休息四日") && second.contains("上一次申请"))
            }
        }
    }
}
