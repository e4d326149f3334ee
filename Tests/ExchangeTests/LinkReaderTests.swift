import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

@testable import Exchange

/// The other side of a link, as far as reading goes: what it has to say, and what it was told.
final class OtherHouse: LinkCarrier {
    private struct State {
        var rows: [LinkPage.Row] = []
        var trouble: LinkTrouble?
        var told: [LinkReceipt] = []
        var verdicts: [LinkKey: LinkVerdict] = [:]
    }
    private let state = Mutex(State())

    func say(_ mark: String, _ record: LinkRecord) {
        state.withLock { $0.rows.append(LinkPage.Row(mark, .success(record), key: record.key)) }
    }
    func say(_ row: LinkPage.Row) { state.withLock { $0.rows.append(row) } }
    func settle(_ key: LinkKey, _ verdict: LinkVerdict) { state.withLock { $0.verdicts[key] = verdict } }
    func fail(_ trouble: LinkTrouble?) { state.withLock { $0.trouble = trouble } }
    var told: [LinkReceipt] { state.withLock { $0.told } }

    func bring(_ digest: String, _ bytes: @Sendable () async throws -> [UInt8]) async throws {}
    func push(_ batch: LinkBatch) async throws -> LinkAnswer { .handedOver }
    func file(_ digest: String) async throws -> [UInt8] { throw LinkTrouble(.fileMissing) }
    func holdings(of day: CivilDate, after last: LinkKey?) async throws -> LinkHoldings {
        LinkHoldings([], hasMore: false)
    }
    func close() async {}

    /// Two rows a page, so that there is more than one.
    func pull(after mark: String) async throws -> LinkPage {
        try state.withLock { state in
            if let trouble = state.trouble { throw trouble }
            let from = (state.rows.firstIndex { $0.mark == mark } ?? -1) + 1
            let rows = Array(state.rows[from...].prefix(2))
            return LinkPage(
                rows, verdicts: state.verdicts, next: rows.last?.mark ?? mark,
                hasMore: from + rows.count < state.rows.count)
        }
    }

    func acknowledge(_ receipts: [LinkReceipt]) async throws {
        try state.withLock { state in
            if let trouble = state.trouble { throw trouble }
            state.told += receipts
        }
    }
}

@Suite final class LinkReaderTests: Sendable {
    private static let link = SubscriptionID(Subject(high: 5, low: 1))
    private static let number = "11350100MADEM002X03000114111003201811190001"

    private let families: RecordFamilies
    private let clock = Mutex(Told.now)
    private let other = OtherHouse()
    /// What was done, and what each key comes to.
    private let done = Mutex<[String]>([])
    private let ends = Mutex<[String: any Error]>([:])

    init() throws { families = try .shipped() }

    private func record(_ key: String, _ words: String = "受理") throws -> LinkRecord {
        let values: [String: JSONValue] = [
            "row_guid": .text(key), "project_no": .text(Self.number), "event_name": .text("1"),
            "process_name": .text("受理"), "handle_user_name": .text("陈一"), "handle_explain": .text(words),
            "event_start_time": .text("2018-11-19 09:00:00"), "event_end_time": .text("2018-11-19 09:30:00"),
            "cd_operation": .text("I"), "cd_time": .text("2018-11-19 09:30:01"), "cd_batch": .text("b1"),
            "data_source": .text("350"),
        ]
        return LinkRecord(try ExchangeRecord(families.family("up_pro_process"), values), number: Self.number)
    }

    private func reader(_ store: any Store) -> LinkReader {
        let time = TimeSource { [self] in clock.withLock { $0 } }
        return LinkReader(
            Self.link, in: store, by: other, families: families, world: (time, .system, .usual)
        ) { [self] record, _ in
            if let end = ends.withLock({ $0[record.record.key] }) { throw end }
            done.withLock { $0.append(record.record.key) }
            return "ok"
        }
    }

    private func later(_ seconds: Int64) { clock.withLock { $0 = $0.advanced(bySeconds: seconds) } }
    private func end(_ key: String, _ error: (any Error)?) { ends.withLock { $0[key] = error } }
    private var outcomes: [String] {
        other.told.map { "\($0.mark) \($0.verdict.outcome.rawValue) \($0.verdict.code)" }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what comes is done once in the order in which it came, and the other side is told`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(ExchangeShape.migrations) { store in
            for key in ["a", "b", "c"] { other.say(key, try record(key)) }
            #expect(try await reader(store).round() == nil)
            // Another process, the same rows.
            #expect(try await reader(store).round() == nil)
            #expect(done.withLock { $0 } == ["a", "b", "c"])
            #expect(outcomes == ["a taken ", "b taken ", "c taken "])
            let kept = try await store.read { tx in
                try ReceivedRecordTable.of(Self.number, from: Self.link, in: tx)
            }
            #expect(kept.map(\.state) == [.taken, .taken, .taken])
            let body = String(decoding: try #require(kept.first).body, as: UTF8.self)
            #expect(body.contains("受***") && !body.contains("陈一 "), "what was taken is kept masked")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `twice is known, and something else under the name of what was taken is refused`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(ExchangeShape.migrations) { store in
            other.say("1", try record("a"))
            other.say("2", try record("a"))
            other.say("3", try record("a", "不受理"))
            _ = try await reader(store).round()
            #expect(done.withLock { $0 } == ["a"])
            #expect(outcomes == ["1 taken ", "2 known ", "3 refused link.record-changed"])
            let verdict = try #require(other.told.last?.verdict)
            #expect(verdict.code == "link.record-changed")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was written down of a link that is there no more is taken away`(_ place: StoreUnderTest) async throws {
        try await place.use(ExchangeShape.migrations) { store in
            other.say("1", try record("a"))
            _ = try await reader(store).round()
            let before = try await store.read { tx in try ReceivedRecordTable.counts(of: Self.link, in: tx) }
            #expect(before == [.taken: 1], "nobody made this link")
            try await store.write { tx in try LinkTable.removeRemains(in: tx) }
            let after = try await store.read { tx in
                (
                    try ReceivedRecordTable.counts(of: Self.link, in: tx), try LinkTable.standing(of: Self.link, in: tx)
                )
            }
            #expect(after.0.isEmpty && after.1 == LinkStanding())
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what the catalogue says of an item may change and change back, and each counts`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(ExchangeShape.migrations) { store in
            let samples = try LinkSamples()
            let says = { (words: String) in
                try samples.record("dn_task_directory", "t-1", words: words, number: "")
            }
            for (mark, words) in [("1", "一"), ("2", "二"), ("3", "二"), ("4", "一")] {
                other.say(mark, try says(words))
                _ = try await reader(store).round()
            }
            #expect(outcomes == ["1 taken ", "2 taken ", "3 known ", "4 taken "])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the same again waits for what comes of the first, and is told the same`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(ExchangeShape.migrations) { store in
            end("a", RecordEarly(because: LinkRefusal.stepUnknown))
            other.say("1", try record("a"))
            other.say("2", try record("a"))
            _ = try await reader(store).round()
            #expect(outcomes.isEmpty)
            end("a", nil)
            for _ in 0..<2 {
                later(60)
                _ = try await reader(store).round()
            }
            #expect(outcomes == ["1 taken ", "2 known "])
            #expect(other.told.map(\.verdict.message) == ["ok", "ok"])
            #expect(done.withLock { $0 } == ["a"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a newer one counts in the place of one that was refused or waits`(_ place: StoreUnderTest) async throws {
        try await place.use(ExchangeShape.migrations) { store in
            end("a", LinkRefusal.officerUnknown)
            end("b", RecordEarly(because: LinkRefusal.stepUnknown))
            other.say("1", try record("a"))
            other.say("2", try record("b"))
            _ = try await reader(store).round()
            #expect(outcomes == ["1 refused link.officer-unknown"])
            end("a", nil)
            end("b", nil)
            other.say("3", try record("a", "同意"))
            other.say("4", try record("b", "同意"))
            _ = try await reader(store).round()
            #expect(
                outcomes.dropFirst().sorted() == ["2 refused link.record-changed", "3 taken ", "4 taken "])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what comes too early is tried again, at once when another of its dossier was taken, and not for ever`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(ExchangeShape.migrations) { store in
            end("result", RecordEarly(because: LinkRefusal.stepUnknown))
            other.say("1", try record("result"))
            _ = try await reader(store).round()
            #expect(outcomes.isEmpty)
            end("result", nil)
            other.say("2", try record("step"))
            _ = try await reader(store).round()
            _ = try await reader(store).round()
            #expect(done.withLock { $0 } == ["step", "result"], "without waiting for the clock")
            end("never", RecordEarly(because: LinkRefusal.stepUnknown))
            other.say("3", try record("never"))
            for _ in 0..<4 {
                _ = try await reader(store).round()
                later(86_400)
            }
            #expect(outcomes.last == "3 refused link.too-early")
            #expect(other.told.last?.verdict.message == "link.step-unknown", "what it waited for is said")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is no record is refused by itself and the rest is taken`(_ place: StoreUnderTest) async throws {
        try await place.use(ExchangeShape.migrations) { store in
            other.say(
                LinkPage.Row("1", .failure(RecordUnfit(.malformed, "values")), key: LinkKey("up_pro_process", "x")))
            other.say("2", try record("a"))
            _ = try await reader(store).round()
            #expect(outcomes == ["1 refused record.malformed", "2 taken "])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a side that does not answer is left alone longer each time, and nothing is lost meanwhile`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(ExchangeShape.migrations) { store in
            other.say("1", try record("a"))
            other.fail(LinkTrouble(.signatureWrong))
            let first = try #require(try await reader(store).round())
            let second = try #require(try await reader(store).round())
            #expect(first > Told.now && second > first)
            let standing = try await store.read { tx in try LinkTable.standing(of: Self.link, in: tx) }
            #expect(standing.failures == 2 && standing.trouble?.reason.code == "link.signature-wrong")
            #expect(standing.failingSince == Told.now && standing.answeredAt == nil)
            other.fail(nil)
            #expect(try await reader(store).round() == nil)
            #expect(outcomes == ["1 taken "])
            let well = try await store.read { tx in try LinkTable.standing(of: Self.link, in: tx) }
            #expect(well.failures == 0 && well.trouble == nil && well.mark == "1" && well.answeredAt == Told.now)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a fault of the house with one record holds up no other`(_ place: StoreUnderTest) async throws {
        try await place.use(ExchangeShape.migrations) { store in
            end("a", Fault.corrupt("a dossier"))
            end("b", LinkTrouble(.fileMissing))
            end("c", LinkTrouble(.fileUnfit))
            for key in ["a", "b", "c", "d"] { other.say(key, try record(key)) }
            _ = try await reader(store).round()
            #expect(outcomes == ["d taken "])
            end("a", nil)
            end("b", nil)
            for _ in 0..<6 {
                later(120)
                _ = try await reader(store).round()
            }
            #expect(outcomes.dropFirst().sorted() == ["a taken ", "b taken ", "c refused link.file-unfit"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was refused can be done once more, for thirty days`(_ place: StoreUnderTest) async throws {
        try await place.use(ExchangeShape.migrations) { store in
            end("a", LinkRefusal.officerUnknown)
            other.say("1", try record("a"))
            _ = try await reader(store).round()
            end("a", nil)
            let now = Told.now
            try await store.write { tx in try ReceivedRecordTable.again(1, of: Self.link, now: now, in: tx) }
            _ = try await reader(store).round()
            #expect(outcomes == ["1 refused link.officer-unknown", "1 taken "])
            await #expect(throws: ExchangeRefusal.eventNotHeld, "what was taken is not done again") {
                try await store.write { tx in try ReceivedRecordTable.again(1, of: Self.link, now: now, in: tx) }
            }
            end("b", LinkRefusal.officerUnknown)
            other.say("2", try record("b"))
            _ = try await reader(store).round()
            later(31 * 86_400)
            _ = try await reader(store).round()
            let refused = try await store.read { tx in
                try ReceivedRecordTable.page(.refused, of: Self.link, in: tx)
            }
            #expect(refused.first?.body == [], "what it said is forgotten")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was sent is known by its name, and a receipt that comes later settles it`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(ExchangeShape.migrations) { store in
            let (one, two) = (try record("a"), try record("b"))
            let (batch, dossier) = (LinkBatch("x-1", [one, two]), Told.dossier(1))
            try await store.write { tx in
                try SentRecordTable.write(
                    batch, of: dossier, to: Self.link, [one.key: LinkVerdict(.taken)], now: Told.now, in: tx)
            }
            other.settle(two.key, LinkVerdict(.refused, code: "X1", message: "不认识"))
            other.settle(LinkKey("up_pro_process", "never sent"), LinkVerdict(.taken))
            _ = try await reader(store).round()
            let sent = try await store.read { tx in try SentRecordTable.of(Self.number, to: Self.link, in: tx) }
            #expect(sent.map(\.state) == [.taken, .refused] && sent.map(\.code) == ["", "X1"])
            #expect(sent.map(\.digest) == [one.record.digest, two.record.digest])
            let counts = try await store.read { tx in try SentRecordTable.counts(of: Self.link, in: tx) }
            #expect(counts == [.taken: 1, .refused: 1])
        }
    }
}
