import Accounts
import Dossiers
import Exchange
import Foundation
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Web

/// A house with a case that is being examined, and a link whose other side is a folder that the test fills.
private struct LinkedHouse {
    let house: DoorHouse
    let link: Subscription
    let carrier: FolderCarrier
    let root: String
    let dossier: DossierID
    let number: String
    let keeper: DoorVisitor
    let client: any TestClientProtocol

    var page: String { LinksPage.path(of: link.id) }
    var day: CivilDate { get throws { try #require(DossierDay.of(number)) } }

    static func open(
        on place: StoreUnderTest = .sqlite, _ body: @escaping @Sendable (LinkedHouse) async throws -> Void
    ) async throws {
        try await DoorHouse.open(on: place) { house in
            let dossier = try await CaseMaker(try await Cast(house)).dossier(.inReview)
            let number = try await house.hall.open(dossier).dossier.submitted.numbers.number
            _ = try await house.partner("housing")
            let clientID = try #require(AccessID("housing"))
            _ = try await house.hall.give(.read, .everywhere, to: clientID)
            let root = try TestFolder.fresh()
            let link = try await house.hall.link(clientID, by: .folder, to: root)
            let carrier = try FolderCarrier(at: root, families: house.hall.families, time: house.hall.time)
            try await carrier.prepare()
            try await house.app.test(.router) { client in
                try await body(
                    LinkedHouse(
                        house: house, link: link, carrier: carrier, root: root, dossier: dossier, number: number,
                        keeper: try await DoorVisitor(client, "supervisor"), client: client))
            }
            await carrier.close()
        }
    }

    func sendAll() async throws {
        try await house.hall.sendAgain(number, over: link, key: house.site.accountKey)
    }

    func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").sorted()
    }

    func put(_ path: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(root)/\(path)"))
    }

    /// The other side says the same of every batch that lies there, and the house reads it.
    func answerAll(_ outcome: String, _ code: String = "", _ message: String = "") async throws {
        for name in try names("to") {
            try put(
                "to-receipts/\(name.dropLast(4)).csv",
                "family,key,outcome,code,message\n,,\(outcome),\(code),\(message)\n")
        }
        try await read()
    }

    /// One round of the lane: what came is read and done.
    func read() async throws {
        let (hall, partner) = (house.hall, link.partner)
        let reader = LinkReader(
            link.id, in: hall.store, by: carrier, families: hall.families, world: (hall.time, .system, .usual)
        ) { record, mark in
            try await hall.take(record, from: partner, at: mark) { _ in throw LinkRefusal.fileMissing }
        }
        _ = try await reader.round()
    }

    func sent() async throws -> [SentRecord] {
        try await house.hall.store.read { tx in try SentRecordTable.of(number, to: link.id, in: tx) }
    }

    func journal() async throws -> [String] {
        try await house.hall.store.read { tx in try Journal.entries(of: link.id.subject, in: tx).map(\.kind) }
    }

    /// Nothing on a page names anybody.
    func expectMasked(_ page: String, at location: SourceLocation = #_sourceLocation) {
        for secret in ["福州示例企业一有限公司", Cast.firmCode, "13800000001", "350102199003070038", "符合法定条件"] {
            #expect(!page.contains(secret), "\(secret)", sourceLocation: location)
        }
    }
}

@Suite struct LinksPageTests {
    @Test(arguments: StoreUnderTest.all)
    func `what the other side refused stands on the link's page with its reason, and is sent again from there`(
        _ place: StoreUnderTest
    ) async throws {
        try await LinkedHouse.open(on: place) { linked in
            try await linked.sendAll()
            try await linked.answerAll("refused", "their.code", "查无此人 350102199003070038")
            let first = try #require(try await linked.sent().first)
            #expect(first.state == .refused && first.code == "their.code")
            let list = try await linked.keeper.get(LinksPage.path)
            #expect(list.status == 200 && list.page.contains("示例大数据局") && list.page.contains("文件交换"))
            let all = try await linked.sent().count
            #expect(list.page.contains("已使用 20,000%"), "everything was refused: \(all)")
            let page = try await linked.keeper.get(linked.page).page
            #expect(page.contains("their.code") && page.contains("查无此人 350***") && page.contains(linked.number))
            linked.expectMasked(page)
            let before = try linked.names("to")
            let status = try await linked.keeper.send(
                "\(linked.page)/sendings", on: linked.page,
                [("family", first.key.family), ("key", first.key.key)])
            #expect(status == 303)
            let after = try #require(try await linked.sent().first { $0.key == first.key })
            #expect(after.state == .handedOver && after.times == 2)
            #expect(try linked.names("to").count == before.count + 1)
            #expect(try await linked.journal().contains("subscription.record-sent"))
            let unknown = try await linked.keeper.answer(
                "\(linked.page)/sendings", on: linked.page, [("family", "up_pro_accept"), ("key", "nothing")])
            unknown.expect(refusal: ExchangeRefusal.eventNotHeld)
            // Webhooks and links do not stand together.
            let events = try await linked.keeper.get(ExchangePage.path).page
            #expect(!events.contains("示例大数据局") && events.contains(LinksPage.path))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a day is compared, each difference shown by item, and one click mends all that can be`(
        _ place: StoreUnderTest
    ) async throws {
        try await LinkedHouse.open(on: place) { linked in
            try await linked.sendAll()
            try await linked.answerAll("taken")
            #expect(try await linked.sent().allSatisfy { $0.state == .taken })
            let (day, path) = (try linked.day, linked.page)
            // The other side says nothing yet of what it has.
            let silent = try await linked.keeper.answer("\(path)/comparisons", on: path, [("day", "\(day)")])
            silent.expect(refusal: LinkRefusal.unreadable)
            try linked.put("to-receipts/holdings-\(day).csv", "family,key,number,digest,isTheirs\n")
            #expect(try await linked.keeper.send("\(path)/comparisons", on: path, [("day", "\(day)")]) == 303)
            let shown = LinkPage.address(of: linked.link.id, on: day)
            let page = try await linked.keeper.get(shown).page
            let count = try await linked.sent().count
            #expect(page.contains("对方缺少 \(count) 条") && page.contains("事项实施编码 \(linked.number.prefix(31))"))
            linked.expectMasked(page)
            #expect(try await linked.house.hall.linkView(linked.link.id).differences == count)
            let metrics = String(
                buffer: try await linked.client.execute(uri: "/metrics", method: .get).body)
            #expect(metrics.contains("onewindow_link_differences{link=\"\(linked.link.id)\"} \(count)\n"))
            let first = try #require(
                try await linked.house.hall.differences(of: linked.link.id, on: day).first)
            let one = [
                ("day", "\(day)"), ("kind", first.kind.rawValue), ("family", first.key.family),
                ("key", first.key.key), ("number", first.number),
            ]
            #expect(try await linked.keeper.send("\(path)/healings", on: shown, one) == 303)
            #expect(try await linked.house.hall.linkView(linked.link.id).differences == count - 1)
            let rest = [("day", "\(day)"), ("all", "1")]
            #expect(try await linked.keeper.send("\(path)/healings", on: shown, rest) == 303)
            #expect(try await linked.house.hall.linkView(linked.link.id).differences == 0)
            #expect(try await linked.sent().allSatisfy { $0.times == 2 && $0.state == .handedOver })
            #expect(try await linked.journal().filter { $0 == "subscription.record-sent" }.count == count)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what came and was refused here is done again from the link's page, and shown masked by its case`(
        _ place: StoreUnderTest
    ) async throws {
        try await LinkedHouse.open(on: place) { linked in
            try linked.put("from/b1.xml", Self.step(linked.number))
            try await linked.read()
            let page = try await linked.keeper.get(linked.page).page
            #expect(page.contains("partner.") && page.contains("k-1") && page.contains("办件过程信息"))
            linked.expectMasked(page)
            let again = "\(linked.page)/repetitions"
            #expect(try await linked.keeper.send(again, on: linked.page, [("arrival", "1")]) == 303)
            let waiting = try await linked.house.hall.linkView(linked.link.id).report.received
            #expect(waiting == [.waiting: 1])
            #expect(try await linked.journal().contains("subscription.record-redone"))
            try await linked.read()
            let refused = try await linked.house.hall.linkView(linked.link.id).report.received
            #expect(refused == [.refused: 1], "nothing has changed meanwhile")
            try await linked.sendAll()
            let records = CaseRecordsPage.address(of: linked.number)
            let raw = try await linked.keeper.get(records).page
            linked.expectMasked(raw)
            #expect(raw.contains("福***") && raw.contains("符***") && raw.contains("办件受理信息"))
            #expect(raw.contains("已交付") && raw.contains("本方拒收"))
            let short = try #require(try await linked.house.hall.shortNumber(of: linked.dossier))
            #expect(try await linked.keeper.get(CaseRecordsPage.address(of: short)).page.contains("福***"))
            let looks = try await linked.house.hall.looks(at: linked.dossier)
            #expect(looks.filter { $0.purpose == "exchange" }.count == 2)
            #expect(try await linked.keeper.get(CaseRecordsPage.address(of: "0")).page.contains("没有交换记录"))
            let clerk = try await DoorVisitor(linked.client, "window-city")
            try await clerk.raw(records).expect(refusal: DoorRefusal.wrongDoor)
        }
    }

    @Test func `numbers of people are cut out of what others say, and other numbers stay`() {
        #expect("请核对350102199003070038，电话13800000001".withoutPersonalNumbers == "请核对350***，电话138***")
        #expect("35010219900307003X".withoutPersonalNumbers == "350***")
        let number = "11350100MADEM002X03000114111003202611240001"
        #expect("办件 \(number)，第 12 条".withoutPersonalNumbers == "办件 \(number)，第 12 条")
    }

    @Test func `of what may be refused so much was`() {
        #expect(LinkBudget(all: 1000, refused: 2).usedPercent == 40)
        #expect(LinkBudget(all: 1000, refused: 5).usedPercent == 100)
        #expect(LinkBudget(all: 100_000, refused: 1).usedPercent == 1, "what was refused is never nothing")
        #expect(LinkBudget(all: 7, refused: 0).usedPercent == 0)
        #expect(LinkBudget(all: 0, refused: 0).usedPercent == nil)
    }

    /// A step that this partner may not bring.
    private static func step(_ number: String) -> String {
        """
        <batch id="b1"><record family="up_pro_process" number="\(number)"><row_guid>k-1</row_guid>\
        <project_no>\(number)</project_no><process_name>审核</process_name><event_name>1</event_name>\
        <handle_user_name>陈一</handle_user_name><handle_explain>符合法定条件</handle_explain>\
        <event_start_time>2026-11-24 09:00:00</event_start_time><event_end_time>2026-11-24 09:30:00</event_end_time>\
        <cd_operation>I</cd_operation><cd_time>2026-11-24 09:30:01</cd_time><cd_batch>b1</cd_batch>\
        <data_source>350</data_source></record></batch>
        """
    }
}
