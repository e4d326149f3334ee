import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Exchange
@testable import Sandboxes

/// The addresses of the way `web` over a real connection, asked by somebody who signs with the house's own program.
@Suite struct FarCounterTests {
    private static let now = Instant(CivilDate(daysSinceEpoch: 20_780), hour: 10)
    private static let key = Array("a secret for tests only!".utf8)
    private static let number = "11350100MADEM002X03000114111003202611240001"

    private struct House: Sendable {
        let client: any TestClientProtocol
        let switches: FarSwitches
        let report: FarReport
        let ledger: FarLedger

        /// Asks; answers the status, and what the answer says where its signature is right.
        func ask(
            _ address: String, _ body: String, id: String, off: Int64 = 0
        ) async throws -> (status: Int, isSigned: Bool, json: JSONValue?) {
            let stamp = "\(FarCounterTests.now.milliseconds / 1000 + off)"
            let signature = WebhookSignature.header(
                id: id, timestamp: stamp, body: Array(body.utf8), secrets: [FarCounterTests.key])
            var headers = HTTPFields()
            for (name, value) in [
                ("webhook-id", id), ("webhook-timestamp", stamp), ("webhook-signature", signature),
            ] { headers[try #require(HTTPField.Name(name))] = value }
            let answer = try await client.execute(
                uri: address, method: .post, headers: headers, body: ByteBuffer(string: body))
            func header(_ name: String) -> String { HTTPField.Name(name).flatMap { answer.headers[$0] } ?? "" }
            let bytes = Array(answer.body.readableBytesView)
            let right = WebhookSignature.header(
                id: id, timestamp: header("webhook-timestamp"), body: bytes, secrets: [FarCounterTests.key])
            let json: JSONValue?
            do { json = try CanonicalJSON.value(in: bytes) } catch { json = nil }
            return (answer.status.code, header("webhook-signature") == right, json)
        }

        func turn(_ name: String, _ count: Int) { #expect(switches.turn(.record([name: .number(count)])) == nil) }
    }

    private static func open(_ body: @escaping @Sendable (House) async throws -> Void) async throws {
        let families = try RecordFamilies.shipped()
        let (report, switches, time) = (FarReport(), FarSwitches(), TimeSource { now })
        let ledger = FarLedger(families: families, report: report, switches: switches, time: time)
        let secret = WebhookSignature.text(of: key)
        let counter = try #require(
            FarCounter(ledger: ledger, report: report, switches: switches, secret: secret, time: time))
        let router = Router(context: FarContext.self)
        counter.serve(router)
        try FarDesk(ledger: ledger, report: report, switches: switches, time: time).serve(router)
        try await Application(router: router).test(.live) { client in
            try await body(House(client: client, switches: switches, report: report, ledger: ledger))
        }
    }

    private static let step = """
        {"family":"up_pro_process","number":"\(number)","values":{"row_guid":"p-1","project_no":"\(number)",
        "event_name":"1","process_name":"受理","handle_user_name":"林静","handle_explain":"符合",
        "event_start_time":"2026-11-24 09:00:00","event_end_time":"2026-11-24 09:00:00","cd_operation":"I",
        "cd_time":"2026-11-24 09:00:00","cd_batch":"b1","data_source":"350"}}
        """

    @Test func `two programs that sign agree, and what is not signed rightly and now is asked in vain`() async throws {
        try await Self.open { house in
            let good = try await house.ask("/pings", "{}", id: "ping_1")
            #expect(good.status == 200 && good.isSigned && good.json?["code"] == .number(0))
            let other = try await house.ask("/pings", "{}", id: "batch_1")
            #expect(other.status == 200 && other.isSigned && other.json?["code"] == .number(400))
            let late = try await house.ask("/pings", "{}", id: "ping_2", off: -301)
            #expect(late.status == 401 && !late.isSigned)
            let bare = try await house.client.execute(uri: "/pings", method: .post, body: ByteBuffer(string: "{}"))
            #expect(bare.status == .unauthorized)
            #expect([FarCheck.signature, .clock, .id].map(house.report.failures) == [1, 1, 1])
        }
    }

    @Test func `a record that comes before its acceptance is taken, and stands in the report`() async throws {
        try await Self.open { house in
            let body = "{\"batch\":\"b1\",\"records\":[\(Self.step)]}"
            let first = try await house.ask("/records", body, id: "batch_b1")
            #expect(first.json?["verdicts"]?.list?.first?["outcome"] == .text("taken"))
            let again = try await house.ask("/records", body, id: "batch_b1")
            #expect(again.json?["verdicts"]?.list?.first?["outcome"] == .text("known"))
            #expect(house.report.failures(.order) == 1)
            #expect(house.report.failures(.sameBatch) == 0)
            let report = house.report.text
            #expect(report.contains("asked  /records: 2") && report.contains("pass   signed with the secret: 2 good"))
            #expect(report.contains("fail   of a dossier the acceptance comes first: 0 good, 1 bad, the last up_pro"))
            #expect(report.contains("unseen what came of a record"))
            let page = try await house.client.execute(uri: "/", method: .get)
            #expect(String(buffer: page.body).contains(Self.number))
        }
    }

    @Test func `a reply that is lost was done, and an old answer is signed for another question`() async throws {
        try await Self.open { house in
            let body = "{\"batch\":\"b1\",\"records\":[\(Self.step)]}"
            let before = try await house.ask("/records", "{\"batch\":\"b0\",\"records\":[]}", id: "batch_b0")
            house.turn("replay", 1)
            let old = try await house.ask("/records", "{\"batch\":\"b2\",\"records\":[]}", id: "batch_b2")
            #expect(old.json == before.json && !old.isSigned)
            house.turn("replay", 0)
            house.turn("wrongSignature", 1)
            let wrong = try await house.ask("/pings", "{}", id: "ping_1")
            #expect(wrong.json?["code"] == .number(0) && !wrong.isSigned)
            house.turn("lostReply", 1)
            await #expect(throws: (any Error).self) { _ = try await house.ask("/records", body, id: "batch_b1") }
            let dossiers = await house.ledger.dossiers.list
            #expect(dossiers?.first?["records"]?.list?.first?["outcome"] == .text("taken"))
        }
    }

    @Test func `an application is offered under a mark, and its receipt says the dossier's number`() async throws {
        try await Self.open { house in
            let wanted = "{\"taskCode\":\"11350100MADEM002X03000114111003\",\"form\":{\"truth\":true}}"
            let made = try await house.client.execute(
                uri: "/sandbox/applications", method: .post, body: ByteBuffer(string: wanted))
            #expect(made.status == .created)
            let page = try await house.ask("/pulls", "{\"after\":\"\",\"limit\":200}", id: "pull_1")
            let row = try #require(page.json?["rows"]?.list?.first)
            #expect(row["values"]?["form"] == .text("{\"truth\":true}") && page.json?["next"] == .text("1"))
            let guid = try #require(row["values"]?["row_guid"]?.text)
            let receipt = """
                {"receipts":[{"mark":"1","family":"ow_apply","key":"\(guid)","outcome":"taken","code":"",
                "message":"\(Self.number)"}]}
                """
            let taken = try await house.ask("/receipts", receipt, id: "receipt_1")
            #expect(taken.json?["code"] == .number(0))
            let list = try await house.client.execute(uri: "/sandbox/applications", method: .get)
            #expect(String(buffer: list.body).contains(Self.number))
            let back = receipt.replacing("taken", with: "refused")
            _ = try await house.ask("/receipts", back, id: "receipt_2")
            #expect(house.report.failures(.receipt) == 1, "what was taken stays so")
            let bad = try await house.client.execute(
                uri: "/sandbox/applications", method: .post, body: ByteBuffer(string: "{\"taskCode\":\"x\"}"))
            #expect(bad.status == .badRequest)
        }
    }
}
