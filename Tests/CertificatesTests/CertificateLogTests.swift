import Certificates
import Signing
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// The public log: what stands in it, in which order, and that what is kept can be proved.
@Suite struct CertificateLogTests {
    @Test(arguments: StoreUnderTest.all)
    func `issue, restriction, change and ending are lines in the order of the journal, and nothing else is`(
        _ place: StoreUnderTest
    ) async throws {
        try await LogStory.use(place) { story in
            try await story.store.write { tx in
                try Sheaf.file(1, try Sheaf.reservation(1), in: tx)
                try Sheaf.file(2, try Sheaf.reservation(2, holder: 2), in: tx)
                try LogStory.append([.restricted(.investigation, .init("示例"))], to: 2, in: tx)
                try LogStory.append([.lifted(nil), .checked(.init(year: 2024, passed: true), nil)], to: 2, in: tx)
                try LogStory.append([.suspended(.penalty, nil)], to: 2, in: tx)
                try CertificateTable.end(
                    Sheaf.id(1), .changed, successor: Sheaf.id(2), stamp: Sheaf.stamp(), in: tx)
                try LogStory.append([.terminated(.revoked, .fraud, nil), .archived], to: 2, in: tx)
            }
            try await story.follow()
            let lines = try await story.entries()
            #expect(Set(lines.map(\.kind)) == [.issued, .restricted, .lifted, .suspended, .changed, .revoked])
            let (first, second) = (try await story.commitment(1), try await story.commitment(2))
            // The sealer takes subjects in the order of their ids.
            #expect(lines.map(\.kind) == [.issued, .changed, .issued, .restricted, .lifted, .suspended, .revoked])
            #expect(lines.map(\.certificate) == [first, first] + Array(repeating: second, count: 5))
            #expect(lines[1].successor == second)
            #expect(lines.allSatisfy { $0.kind == .changed || $0.successor == nil })
            #expect(lines.allSatisfy { ($0.data != nil) == ($0.kind == .issued) })
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `no name, no number and no identifier stands in the log`(_ place: StoreUnderTest) async throws {
        try await LogStory.use(place) { story in
            try await story.store.write { tx in _ = try Sheaf.file(1, try Sheaf.reservation(1), in: tx) }
            try await story.follow()
            let line = String(decoding: try await story.entries()[0].bytes, as: UTF8.self)
            for secret in ["林晓榕", "350102188501010019", "FZ20260001", "1.2.156.3005.2", Sheaf.filing.digest] {
                #expect(!line.contains(secret), "\(secret)")
            }
            #expect(!line.contains("file"), "a record without a file has no digest of one")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what can be forgotten does not change the log, and its salt is still the same`(
        _ place: StoreUnderTest
    ) async throws {
        try await LogStory.use(place) { story in
            try await story.store.write { tx in _ = try Sheaf.file(1, try Sheaf.reservation(1), in: tx) }
            try await story.follow()
            let before = try await story.commitment(1)
            try await story.store.write { tx in
                try CertificateTable.forget(Sheaf.person(1), in: tx)
                try LogStory.append([.ended(.cancelled)], to: 1, in: tx)
            }
            try await story.follow()
            #expect(try await story.commitment(1) == before)
            #expect(try await story.entries().map(\.certificate) == [before, before])
            #expect(try await story.audit().findings == [])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `following again, in other batches and after a death between the steps, neither loses nor doubles a line`(
        _ place: StoreUnderTest
    ) async throws {
        for seed in 0..<4 as Range<UInt64> {
            try await LogStory.use(place) { story in
                let dice = Dice.seeded(seed)
                for number in 1...9 {
                    try await story.store.write { tx in
                        _ = try Sheaf.file(number, try Sheaf.reservation(number, holder: number), in: tx)
                    }
                    let keeper = story.keeper("process-\(dice.roll() % 3)")
                    let later = story.now.advanced(bySeconds: Int64(number) * 100)
                    switch dice.roll() % 4 {
                    case 0: _ = try await story.sealer("a").seal(now: later)
                    case 1:
                        _ = try await keeper.sealer.seal(now: later, limit: 3)
                        _ = try await keeper.keeper.follow(now: later, limit: 1 + Int(dice.roll() % 5))
                    case 2: _ = try await keeper.keeper.checkpoint(now: later)
                    default: _ = try await keeper.keeper.follow(now: later, limit: 2)
                    }
                }
                story.now = story.now.advanced(bySeconds: 10_000)
                try await story.follow()
                let kinds = try await story.entries().map(\.certificate)
                #expect(kinds.count == 9 && Set(kinds).count == 9, "seed \(seed)")
                #expect(try await story.audit().findings == [], "seed \(seed)")
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `only who seals the journal keeps the log`(_ place: StoreUnderTest) async throws {
        try await LogStory.use(place) { story in
            try await story.store.write { tx in _ = try Sheaf.file(1, try Sheaf.reservation(1), in: tx) }
            let (owner, other) = (story.keeper("a"), story.keeper("b"))
            #expect(try await owner.sealer.seal(now: story.now) == 2)
            #expect(try await other.keeper.follow(now: story.now) == 0)
            #expect(try await owner.keeper.follow(now: story.now) == 2)
            #expect(try await other.keeper.checkpoint(now: story.now) == nil)
            #expect(try await owner.keeper.checkpoint(now: story.now)?.size == 1)
            #expect(try await owner.keeper.checkpoint(now: story.now) == nil, "the log has not grown")
        }
    }

    @Test func `both databases keep the same log`() async throws {
        var notes: [String] = []
        for place in StoreUnderTest.all {
            try await LogStory.use(place) { story in
                try await story.store.write { tx in
                    for number in 1...5 { try Sheaf.file(number, try Sheaf.reservation(number), in: tx) }
                }
                try await story.follow()
                notes.append(try #require(try await story.keeper("a").keeper.checkpoint(now: story.now)).note)
            }
        }
        #expect(notes[0] == notes[1])
    }

    @Test(arguments: StoreUnderTest.all)
    func `the audit names a changed line, tile, checkpoint and a line that nobody wrote`(
        _ place: StoreUnderTest
    ) async throws {
        let damages: [(SQL, String)] = [
            ("UPDATE certificate_log_entry SET entry = \(Array("{}".utf8)) WHERE position = 1", "line 1 is not"),
            ("DELETE FROM certificate_log_entry WHERE position = 1", "line 1 is missing"),
            ("UPDATE certificate_log_tile SET hashes = \([UInt8](repeating: 0, count: 96))", "tile 0/0 was changed"),
            ("UPDATE certificate_log_checkpoint SET root = \([UInt8](repeating: 0, count: 32))", "another root"),
            ("UPDATE certificate_log_checkpoint SET note = 'x'", "not signed by the log"),
            ("UPDATE certificate_log_checkpoint SET size = 9", "more lines than there are"),
            ("UPDATE certificate_log SET size = 2, edge = \([UInt8](repeating: 0, count: 32))", "does not end"),
            ("UPDATE certificate_log SET followed = 2", "the journal gives"),
        ]
        for (damage, finding) in damages {
            try await LogStory.use(place) { story in
                try await story.store.write { tx in
                    for number in 1...3 { try Sheaf.file(number, try Sheaf.reservation(number), in: tx) }
                }
                try await story.follow()
                _ = try await story.keeper("a").keeper.checkpoint(now: story.now)
                #expect(try await story.audit().findings == [])
                try await story.store.write { tx in try tx.execute(damage) }
                #expect(try await story.audit().findings.contains { $0.contains(finding) }, "\(finding)")
            }
        }
    }
}
