import Certificates
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// The log when statements fail, commits are lost and several processes keep it at once.
@Suite struct CertificateLogFaultTests {
    /// LIMIT: runs until one is whole.
    private static let runsMax = 400

    @Test(arguments: StoreUnderTest.all)
    func `whichever statement or commit fails, the next process goes on, and nothing is lost or doubled`(
        _ place: StoreUnderTest
    ) async throws {
        let faults = FaultSwitch()
        try await place.use(CertificateTable.migrations, faults: faults.plan) { store in
            let story = LogStory(store)
            var isWhole = false
            for run in 1...Self.runsMax where !isWhole {
                try await store.write { tx in
                    for number in [2 * run, 2 * run + 1] {
                        try Sheaf.file(number, try Sheaf.reservation(number, holder: run), in: tx)
                    }
                }
                story.now = Instant(Sheaf.today, hour: 12).advanced(bySeconds: Int64(run) * 1000)
                faults.arm(at: run)
                do {
                    let process = story.keeper("process-\(run)")
                    _ = try await process.sealer.seal(now: story.now, limit: 3)
                    _ = try await process.keeper.follow(now: story.now, limit: 3)
                    _ = try await process.keeper.checkpoint(now: story.now)
                    _ = try await process.sealer.seal(now: story.now)
                    _ = try await process.keeper.follow(now: story.now)
                    _ = try await process.keeper.checkpoint(now: story.now)
                } catch is Fault {
                    // As if it had been killed here.
                }
                isWhole = faults.disarm() == nil
                story.now = story.now.advanced(bySeconds: 100)
                try await story.follow()
                _ = try await story.keeper("a").keeper.checkpoint(now: story.now)
            }
            #expect(isWhole, "every point was struck once")
            let entries = try await story.entries()
            #expect(Set(entries.map(\.certificate)).count == entries.count)
            let filed = try await store.read { tx in
                try tx.row("SELECT COUNT(*) FROM journal WHERE kind = 'certificate.filed'")?.integer(0)
            }
            #expect(entries.count == filed)
            #expect(try await story.audit().findings == [])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `processes that compete for the log neither lose nor double a line`(_ place: StoreUnderTest) async throws {
        try await place.withDatabase { database in
            let stores = [try await database.open(), try await database.open()]
            _ = try await stores[0].migrate(Shape.migrations + CertificateTable.migrations, now: Sheaf.stamp().now)
            for number in 0..<60 {
                try await stores[number % 2].write { tx in
                    _ = try Sheaf.file(number, try Sheaf.reservation(number, holder: number), in: tx)
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for competitor in 0..<3 {
                    group.addTask {
                        let story = LogStory(stores[competitor % 2])
                        let process = story.keeper("process-\(competitor)")
                        for round in 0..<15 {
                            // Clocks so far apart that each takes the lease from the others again and again.
                            let now = story.now.advanced(bySeconds: Int64(round * 100 + competitor * 33))
                            do {
                                _ = try await process.sealer.seal(now: now, limit: 7)
                                _ = try await process.keeper.follow(now: now, limit: 5)
                                _ = try await process.keeper.checkpoint(now: now)
                            } catch Fault.contended {
                                continue
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let story = LogStory(stores[0])
            story.now = story.now.advanced(bySeconds: 1_000_000)
            try await story.follow()
            let entries = try await story.entries()
            #expect(entries.count == 60 && Set(entries.map(\.certificate)).count == 60)
            #expect(try await story.audit().findings == [])
            for store in stores { await store.close() }
        }
    }

    @Test func `a tree that is put down and taken up again after any number of leaves is the same tree`() throws {
        for seed in 0..<20 as Range<UInt64> {
            let dice = Dice.seeded(seed)
            var (plain, kept) = (MerkleEdge.empty, [MerkleTile: [UInt8]]())
            for _ in 0..<12 {
                var tiler = try MerkleTiler(plain) { kept[$0] ?? [] }
                for _ in 0..<Int(dice.roll() % 400) {
                    let leaf = dice.bytes(32)
                    tiler.append(leaf)
                    plain.append(leaf)
                }
                for (tile, hashes) in tiler.takeChanged() {
                    #expect(hashes.starts(with: kept[tile] ?? []), "a tile only grows")
                    kept[tile] = hashes
                }
                #expect(tiler.edge == plain)
            }
            for (tile, hashes) in kept { #expect(tile.count(in: plain.size) * 32 == hashes.count, "seed \(seed)") }
        }
    }

    @Test func `a tile that is shorter than the log says is no ground to go on`() throws {
        var tiler = MerkleTiler()
        for number in 0..<10 as Range<UInt8> { tiler.append(Array(repeating: number, count: 32)) }
        let (edge, hashes) = (tiler.edge, tiler.takeChanged()[0].hashes)
        #expect(throws: Fault.self) { try MerkleTiler(edge) { _ in Array(hashes.dropLast(32)) } }
        #expect(throws: Fault.self) { try MerkleTile.node(2, 2) { _ in hashes } }
        #expect(throws: Never.self) { try MerkleTile.node(1, 4) { _ in hashes } }
    }
}
