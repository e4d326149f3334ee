import Foundation
import Hummingbird
import HummingbirdTesting
import Store
import Synchronization
import Testing
import Vocabulary

@testable import Exchange
@testable import Sandboxes

/// The house's carrier of the way `web` against a far side that answers over a real connection, and errs when it is told.
@Suite struct WebCarrierTests {
    private static let now = Instant(CivilDate(daysSinceEpoch: 20_780), hour: 10)
    private static let key = Array("a secret for tests only!".utf8)
    private static let number = "11350100MADEM002X03000114111003202611240001"

    private struct Sides: Sendable {
        let carrier: WebCarrier
        let switches: FarSwitches
        let ledger: FarLedger
        let families: RecordFamilies

        func turn(_ name: String, _ count: Int) { #expect(switches.turn(.record([name: .number(count)])) == nil) }

        func batch(_ id: String, _ key: String) throws -> LinkBatch {
            let number = WebCarrierTests.number
            let values: [String: JSONValue] = [
                "row_guid": .text(key), "project_no": .text(number), "event_name": .text("1"),
                "process_name": .text("受理"), "handle_user_name": .text("林静"), "handle_explain": .text("符合"),
                "event_start_time": .text("2026-11-24 09:00:00"), "event_end_time": .text("2026-11-24 09:00:00"),
                "cd_operation": .text("I"), "cd_time": .text("2026-11-24 09:00:00"), "cd_batch": .text(id),
                "data_source": .text("350"),
            ]
            return LinkBatch(
                id, [LinkRecord(try ExchangeRecord(families.family("up_pro_process"), values), number: number)])
        }

        /// Why nothing came of something; nil where something did.
        func trouble(_ work: () async throws -> Void) async throws -> LinkRefusal? {
            do {
                try await work()
                return nil
            } catch let trouble as LinkTrouble { return trouble.reason }
        }
    }

    private static func open(
        secret: [UInt8] = key, _ body: @escaping @Sendable (Sides) async throws -> Void
    ) async throws {
        let families = try RecordFamilies.shipped()
        let (report, switches, time) = (FarReport(), FarSwitches(), TimeSource { now })
        let ledger = FarLedger(families: families, report: report, switches: switches, time: time)
        let counter = try #require(
            FarCounter(
                ledger: ledger, report: report, switches: switches, secret: WebhookSignature.text(of: key), time: time))
        let router = Router(context: FarContext.self)
        counter.serve(router)
        let names = Counter()
        try await Application(router: router).test(.live) { client in
            let postman = Postman(time: time)
            let address = try ReceiverAddress("http://127.0.0.1:\(client.port ?? 0)/", mayBeHere: true)
            let carrier = WebCarrier(
                to: address, by: postman, families: families, world: (time, { "n\(names.next())" })
            ) { [secret] }
            try await body(Sides(carrier: carrier, switches: switches, ledger: ledger, families: families))
            await postman.close()
        }
    }

    @Test func `records go over, and the same again is known`() async throws {
        try await Self.open { sides in
            let batch = try sides.batch("b-1", "p-1")
            let key = LinkKey("up_pro_process", "p-1")
            #expect(try await sides.carrier.push(batch) == .verdicts([key: LinkVerdict(.taken)]))
            #expect(try await sides.carrier.push(batch) == .verdicts([key: LinkVerdict(.known)]))
            try await sides.carrier.ping()
            let day = try #require(CivilDate("2026-11-24"))
            let holdings = try await sides.carrier.holdings(of: day, after: nil)
            #expect(holdings.lines.map(\.key) == [key] && !holdings.hasMore)
            #expect(holdings.lines.first?.digest == batch.records.first?.record.digest, "both compute the same digest")
        }
    }

    @Test func `files go over once, and come back as they are`() async throws {
        try await Self.open { sides in
            let bytes = Array("a file".utf8)
            let digest = BlobRef(of: bytes).digest
            try await sides.carrier.bring(digest) { bytes }
            try await sides.carrier.bring(digest) {
                Issue.record("it is there already")
                return bytes
            }
            let laid = try #require(await sides.ledger.lay(Array("theirs".utf8)))
            #expect(try await sides.carrier.file(laid) == Array("theirs".utf8))
            let nothing = String(repeating: "0", count: 64)
            let missing = try await sides.trouble { _ = try await sides.carrier.file(nothing) }
            #expect(missing?.code == "link.file-missing")
            sides.turn("wrongFile", 1)
            let wrong = try await sides.trouble { _ = try await sides.carrier.file(laid) }
            #expect(wrong?.code == "link.file-unfit")
        }
    }

    @Test func `an answer that is not signed, not of now, cut, replayed or only said to be well counts as none`()
        async throws
    {
        try await Self.open { sides in
            for (name, code) in [
                ("wrongSignature", "link.signature-wrong"), ("clockOff", "link.clock-wrong"),
                ("errorInside", "link.refused-whole"), ("invalidBody", "link.unreadable"),
                ("lostReply", "link.unanswered"),
            ] {
                sides.turn(name, 1)
                let trouble = try await sides.trouble { _ = try await sides.carrier.push(try sides.batch("b-1", name)) }
                #expect(trouble?.code == code, "\(name)")
                sides.turn(name, 0)
                let well = try await sides.trouble { _ = try await sides.carrier.push(try sides.batch("b-2", name)) }
                #expect(well == nil)
            }
            sides.turn("clockOff", 1)
            let late = try await sides.trouble { try await sides.carrier.ping() }
            #expect(late?.code == "link.clock-wrong")
            sides.turn("clockOff", 0)
            sides.turn("replay", 1)
            _ = try await sides.trouble { try await sides.carrier.ping() }
            let replayed = try await sides.trouble { try await sides.carrier.ping() }
            #expect(replayed?.code == "link.signature-wrong", "an old answer is not the answer")
        }
    }

    @Test func `what came to nothing once is asked once more at once, for what goes out and for comparisons`()
        async throws
    {
        try await Self.open { sides in
            sides.turn("errorInside", 2)
            let day = try #require(CivilDate("2026-11-24"))
            for round in 1...4 {
                let bytes = Array("file \(round)".utf8)
                let digest = BlobRef(of: bytes).digest
                try await sides.carrier.bring(digest) { bytes }
                try await sides.carrier.bring(digest) { bytes }
                let key = LinkKey("up_pro_process", "p-\(round)")
                let batch = try sides.batch("b-\(round)", key.key)
                #expect(try await sides.carrier.push(batch) == .verdicts([key: LinkVerdict(.taken)]))
                #expect(try await sides.carrier.holdings(of: day, after: nil).lines.count == round)
            }
        }
    }

    @Test func `an answer without an end is read no further than it may be`() async throws {
        try await Self.open { sides in
            sides.turn("hugeMegabytes", 30)
            sides.turn("hugeBytes", 1)
            let trouble = try await sides.trouble { _ = try await sides.carrier.pull(after: "") }
            #expect(trouble?.code == "link.unreadable")
        }
    }

    @Test func `who has another secret is not answered`() async throws {
        try await Self.open(secret: Array("another secret for tests".utf8)) { sides in
            let trouble = try await sides.trouble { try await sides.carrier.ping() }
            #expect(trouble == .unanswered)
        }
    }
}

/// Counts.
private final class Counter: Sendable {
    private let count = Mutex(0)
    func next() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
}
