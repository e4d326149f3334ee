import Accounts
import Catalogue
import Dossiers
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

/// An item is stopped and ended by its editors, and everybody is told.
@Suite struct StandingTests {
    private static func filed(_ house: DoorHouse) async throws -> DossierID {
        try await house.filed(
            "special-working-hours", in: .fuzhou, for: .organisation(try #require(CreditCode("91350100MADEM0054D"))),
            .fullyOnline, .eCertificate,
            situation: ["system": "flexible", "procedure": "examination", "filedBy": "self"])
    }

    @Test func `a suspended item says so everywhere, takes no filing, and lets open cases go on`() async throws {
        try await DoorHouse.open { house in
            let line = try #require(try await house.hall.item("special-working-hours", in: [.fuzhou]))
            let open = try await Self.filed(house)
            try await house.app.test(.router) { client in
                let editor = try await DoorVisitor(client, "editor")
                let (sheet, guide) = ("/office/catalogue/special-working-hours", Paths.item(line.itemCode))
                let nameless = try await editor.send(sheet + "/suspension", on: sheet, [("revision", "1")])
                #expect(nameless == 422)
                let again = String(
                    buffer: try await editor.answer(sheet + "/suspension", on: sheet, [("revision", "1")]).body)
                #expect(again.contains("请写明原因") && again.contains("<details class=\"unfold\" open"))
                let stopped = try await editor.send(
                    sheet + "/suspension", on: sheet, [("revision", "1"), ("reason-suspension", "系统升级，12月1日恢复。")])
                #expect(stopped == 303)
                for (address, words) in [
                    (guide, "该事项暂停办理：系统升级，12月1日恢复"), (guide + "/screen", "该事项暂停办理：系统升级，12月1日恢复"),
                    ("/items?q=%E7%89%B9%E6%AE%8A%E5%B7%A5%E6%97%B6", "暂停办理"),
                ] {
                    let page = String(buffer: try await client.execute(uri: address, method: .get).body)
                    #expect(page.contains(words), "\(address)")
                }
                let lin = try await DoorVisitor(client, "lin", staff: false)
                #expect(try await !lin.get(guide).page.contains(guide + "/drafts"))
                await #expect(throws: CatalogueRefusal.notInUse) { _ = try await Self.filed(house) }
                let item = try #require(try await house.hall.item(line.itemCode))
                let person = PersonID(Subject(high: 1, low: 1))
                await #expect(throws: CatalogueRefusal.notInUse) {
                    _ = try await house.hall.begin(item, by: person, for: person)
                }
                _ = try await house.hall.open(open)
                let resumed = try await editor.send(sheet + "/resumption", on: sheet, [("revision", "2")])
                #expect(resumed == 303)
                #expect(try await lin.get(guide).page.contains(guide + "/drafts"))
                _ = try await Self.filed(house)
            }
        }
    }

    @Test func `an item is cancelled by somebody else than who suspended it, and is found no more`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let editor = try await DoorVisitor(client, "editor")
                let other = try await DoorVisitor(client, "editor-review")
                let sheet = "/office/catalogue/road-freight"
                #expect(try await !other.get(sheet).page.contains(sheet + "/cancellation"), "first it is suspended")
                _ = try await editor.send(
                    sheet + "/suspension", on: sheet, [("revision", "1"), ("reason-suspension", "国务院决定取消")])
                let own = try await editor.send(
                    sheet + "/cancellation", on: sheet, [("revision", "2"), ("reason-cancellation", "国务院决定取消")])
                #expect(own == 409)
                let before = try await house.hall.catalogueFigures().items.all
                let done = try await other.send(
                    sheet + "/cancellation", on: sheet, [("revision", "2"), ("reason-cancellation", "国务院决定取消")])
                #expect(done == 303)
                #expect(try await house.hall.standing(of: "road-freight")?.state == .cancelled)
                #expect(try await house.hall.catalogueFigures().items.all == before - 1)
                let page = try await editor.get(sheet).page
                #expect(page.contains("取消") && !page.contains(sheet + "/cancellation"))
            }
        }
    }
}
