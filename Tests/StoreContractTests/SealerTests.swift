import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct SealerTests {
    static func sealer(_ store: any Store, _ holder: String = "a") -> Sealer {
        Sealer(store: store, holder: holder, origin: "test.log") { text in "\(text)\n— signed\n" }
    }

    static func append(_ numbers: Range<Int>, in store: any Store) async throws {
        try await store.write { tx in
            try Journal.append(numbers.map { Sample.entry(Sample.subject($0), 1) }, in: tx)
        }
    }

    static func leaves(in store: any Store) async throws -> [[UInt8]] {
        try await store.read { tx in
            var all: [[UInt8]] = []
            var page = try SealedLog.entries(from: 0, in: tx)
            while let last = page.last {
                #expect(page.map(\.position) == Array(all.count..<last.position + 1))
                all += page.map(\.leaf)
                page = try SealedLog.entries(from: last.position + 1, in: tx)
            }
            return all
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `every entry gets a position, without gaps, and one that commits late a later one`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use { store in
            let sealer = Self.sealer(store)
            try await Self.append(10..<20, in: store)
            let first = try await sealer.seal(now: Sample.now)
            try await Self.append(0..<5, in: store)
            let second = try await sealer.seal(now: Sample.now)
            let third = try await sealer.seal(now: Sample.now)
            #expect([first, second, third] == [10, 5, 0])
            let (sealed, size, late, none, pending) = try await store.read { tx in
                (
                    try SealedLog.entries(from: 0, in: tx), try SealedLog.size(in: tx),
                    try SealedLog.position(of: Sample.subject(0), sequence: 1, in: tx),
                    try SealedLog.position(of: Sample.subject(0), sequence: 2, in: tx),
                    try tx.row("SELECT COUNT(*) FROM journal_pending")?.integer(0)
                )
            }
            #expect(sealed.map(\.position) == Array(0..<15))
            #expect(sealed.map(\.entry.subject) == (Array(10..<20) + Array(0..<5)).map(Sample.subject))
            #expect(sealed.allSatisfy { $0.entry.leaf == $0.leaf })
            #expect(size == 15)
            #expect(late == 10)
            #expect(none == nil)
            #expect(pending == 0)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a batch has a limit, and what is left waits`(_ place: StoreUnderTest) async throws {
        try await place.use { store in
            try await Self.append(0..<7, in: store)
            var batches: [Int] = []
            for _ in 0..<4 { batches.append(try await Self.sealer(store).seal(now: Sample.now, limit: 3)) }
            #expect(batches == [3, 3, 1, 0])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `another process may seal only after thirty seconds without a batch`(_ place: StoreUnderTest) async throws {
        try await place.use { store in
            let (first, second) = (Self.sealer(store, "a"), Self.sealer(store, "b"))
            var sealed: [Int] = []
            func step(_ number: Int, _ sealer: Sealer, _ seconds: Int64) async throws {
                try await Self.append(number..<number + 1, in: store)
                sealed.append(try await sealer.seal(now: Sample.now.advanced(bySeconds: seconds)))
            }
            try await step(0, first, 0)
            try await step(1, second, 29)
            try await step(2, second, 30)
            try await step(3, second, 31)
            // The first has lost its lease and finds out; it may come back when the second is silent.
            try await step(4, first, 32)
            try await step(5, second, 33)
            try await step(6, first, 64)
            #expect(sealed == [1, 0, 0, 3, 0, 2, 1])
            let leaves = try await Self.leaves(in: store)
            #expect(leaves.count == 7)
            let fence = try await store.read { tx in try tx.row("SELECT fence FROM journal_sealer")?.integer(0) }
            #expect(fence == 3)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `sealers that compete neither lose nor double an entry`(_ place: StoreUnderTest) async throws {
        try await place.withDatabase { database in
            let stores = [try await database.open(), try await database.open()]
            _ = try await stores[0].migrate(Shape.migrations, now: Sample.now)
            let sealed = Counter()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        for number in 0..<30 {
                            try await Self.append(
                                writer * 100 + number..<writer * 100 + number + 1, in: stores[writer % 2])
                        }
                    }
                }
                for competitor in 0..<3 {
                    group.addTask {
                        // Clocks so far apart that each takes the lease from the others again and again.
                        let sealer = Self.sealer(stores[competitor % 2], "sealer-\(competitor)")
                        for round in 0..<25 {
                            let now = Sample.now.advanced(bySeconds: Int64(round * 100 + competitor * 33))
                            do {
                                for _ in 0..<(try await sealer.seal(now: now, limit: 7)) { sealed.add() }
                                _ = try await sealer.checkpoint(now: now)
                            } catch Fault.contended {
                                continue
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let last = Sample.now.advanced(bySeconds: 1_000_000)
            var rest = 1
            while rest > 0 {
                rest = try await Self.sealer(stores[0], "last").seal(now: last)
                for _ in 0..<rest { sealed.add() }
            }
            #expect(sealed.value == 120)
            let leaves = try await Self.leaves(in: stores[0])
            #expect(leaves.count == 120)
            #expect(Set(leaves).count == 120)
            let checkpoints = try await stores[0].read { tx in try SealedLog.checkpoints(after: 0, in: tx) }
            let tree = NaiveTree(leaves: leaves)
            for checkpoint in checkpoints { #expect(checkpoint.root == tree.root(0..<checkpoint.size)) }
            for store in stores { await store.close() }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a checkpoint is signed only when the log has grown, and is consistent with the one before`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use { store in
            let sealer = Self.sealer(store)
            let none = try await sealer.checkpoint(now: Sample.now)
            #expect(none == nil, "nothing is sealed yet")
            var made: [Checkpoint] = []
            for (round, size) in [3, 4, 40, 700].enumerated() {
                try await Self.append((made.last?.size ?? 0)..<size, in: store)
                _ = try await sealer.seal(now: Sample.now)
                let now = Sample.now.advanced(bySeconds: Int64(round))
                made.append(try #require(try await sealer.checkpoint(now: now)))
                let again = try await sealer.checkpoint(now: now)
                #expect(again == nil)
            }
            let foreign = try await Self.sealer(store, "b").checkpoint(now: Sample.now)
            #expect(foreign == nil, "another process holds the lease")
            let (kept, latest) = try await store.read { tx in
                (try SealedLog.checkpoints(after: 0, in: tx), try SealedLog.latestCheckpoint(in: tx))
            }
            #expect(kept == made)
            #expect(latest == made.last)
            #expect(made.map(\.size) == [3, 4, 40, 700])
            #expect(made[0].note.hasPrefix("test.log\n3\n"))
            for (old, new) in zip(made, made.dropFirst()) {
                let proof = try await store.read { tx in
                    try SealedLog.consistencyProof(from: old.size, to: new.size, in: tx)
                }
                #expect(MerkleProof.isConsistent(old: (old.size, old.root), new: (new.size, new.root), proof: proof))
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `proofs from the sealed log equal the naive ones, across kept and computed nodes`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use { store in
            for start in stride(from: 0, to: 1100, by: 100) {
                try await Self.append(start..<start + 100, in: store)
                _ = try await Self.sealer(store).seal(now: Sample.now, limit: 100)
            }
            let tree = NaiveTree(leaves: try await Self.leaves(in: store))
            #expect(tree.leaves.count == 1100)
            let dice = Dice.seeded(5)
            for size in [1, 2, 255, 256, 257, 511, 512, 513, 1024, 1100] {
                let index = Int(dice.roll() % UInt64(size))
                let first = 1 + Int(dice.roll() % UInt64(size))
                let (path, proof) = try await store.read { tx in
                    (
                        try SealedLog.inclusionProof(of: index, size: size, in: tx),
                        try SealedLog.consistencyProof(from: first, to: size, in: tx)
                    )
                }
                #expect(path == MerkleProof.inclusion(of: index, in: size, hash: tree.node))
                #expect(proof == MerkleProof.consistency(from: first, to: size, hash: tree.node))
            }
            await #expect(throws: Fault.self) {
                try await store.read { tx in try SealedLog.inclusionProof(of: 0, size: 1101, in: tx) }
            }
        }
    }

    @Test func `both databases seal the same log`() async throws {
        var roots: [[UInt8]] = []
        for place in StoreUnderTest.all {
            try await place.use { store in
                try await Self.append(0..<50, in: store)
                _ = try await Self.sealer(store).seal(now: Sample.now)
                roots.append(try #require(try await Self.sealer(store).checkpoint(now: Sample.now)).root)
            }
        }
        #expect(roots[0] == roots[1])
    }
}
