import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct FaultLoopTests {
    private static let token = "fault-loop-command-"

    /// One command and its effect, as rooms do them: token, event, effect; seal; lease; answer, event, done.
    private static func path(_ store: any Store, _ run: FaultRun) async throws {
        let subject = Sample.subject(run.number)
        try await store.write { tx in
            let token = try #require(CommandToken("\(token)\(run.number)"))
            guard try Tokens.answer(to: token, by: .platform, command: [1], in: tx) == nil else { return }
            try Journal.append([Sample.entry(subject, 1, personal: "林晓")], in: tx)
            try Outbox.enqueue([Effect("test.seal")], of: subject, sequence: 1, now: run.now, in: tx)
            try Tokens.keep([2], for: token, by: .platform, command: [1], now: run.now, in: tx)
        }
        _ = try await SealerTests.sealer(store).seal(now: run.now)
        _ = try await SealerTests.sealer(store).checkpoint(now: run.now)
        let leases = try await store.write { tx in try Outbox.lease(limit: 10, holder: "a", now: run.now, in: tx) }
        for lease in leases {
            try await store.write { tx in
                guard try Outbox.complete(lease, in: tx) else { return }
                try Journal.append([Sample.entry(lease.id.subject, 2)], in: tx)
            }
        }
        _ = try await SealerTests.sealer(store).seal(now: run.now)
    }

    private static func holds(_ store: any Store, _ run: FaultRun) async throws {
        let audit = JournalAudit(store: store, origin: "test.log") { note, text in note == "\(text)\n— signed\n" }
        let report = try await audit.run()
        #expect(report.findings == [], "run \(run.number)")
        let (entries, waiting) = try await store.read { tx in
            (try Journal.entries(of: Sample.subject(run.number), in: tx).count, try Outbox.counts(in: tx).waiting)
        }
        // The event and its effect come together, and the answer ends the effect.
        #expect((entries == 1) == (waiting == 1), "run \(run.number): \(entries) entries, \(waiting) waiting")
        if run.attempt == 1 { #expect(entries == 2 && waiting == 0, "run \(run.number) did not recover") }
    }

    @Test(arguments: StoreUnderTest.all)
    func `append, enqueue, seal, lease and complete recover from a fault at every point`(
        _ place: StoreUnderTest
    ) async throws {
        let runs = try await place.faultLoop(path: Self.path, holds: Self.holds)
        #expect(runs > 30)
    }

    @Test func `the loop reports a path that does not recover`() async throws {
        struct Broken: Error {}
        await #expect(throws: Broken.self) {
            try await StoreUnderTest(dialect: .sqlite).faultLoop(
                path: { store, run in
                    if run.attempt == 1 { throw Broken() }
                    try await store.write { tx in try tx.execute("DELETE FROM outbox") }
                }, holds: { _, _ in })
        }
    }

    @Test func `the loop strikes every point once: before each statement, before and after each commit`() async throws {
        let struck = Counter()
        let runs = try await StoreUnderTest(dialect: .sqlite).faultLoop(
            path: { store, run in
                do {
                    try await store.write { tx in
                        try tx.execute("DELETE FROM outbox")
                        _ = try tx.rows("SELECT 1")
                    }
                } catch {
                    #expect(run.attempt == 0)
                    struck.add()
                    throw error
                }
            }, holds: { _, _ in })
        #expect(runs == 5)
        #expect(struck.value == 4)
    }
}
