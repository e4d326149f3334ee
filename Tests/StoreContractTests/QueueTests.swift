import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct QueueTests {
    @Test(arguments: StoreUnderTest.all)
    func `one more than may wait is refused as busy, and everybody accepted is served`(
        _ place: StoreUnderTest
    ) async throws {
        // SQLite: one writer and a queue of 4,096. PostgreSQL: four connections here and a queue of 1,024.
        let (workers, queueMax) = place.dialect == .sqlite ? (1, 4096) : (4, 1024)
        try await place.use([Notes.migration]) { store in
            let (begun, release) = (Latch(workers), Latch())
            let refused = Counter()
            let blockers = (0..<workers).map { _ in
                Task {
                    try await store.write { _ in
                        begun.open()
                        release.wait()
                    }
                }
            }
            await begun.opened()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 0..<queueMax + 20 {
                    group.addTask {
                        do {
                            try await store.write { tx in try Notes.add(id, in: tx) }
                        } catch Fault.busy {
                            refused.add()
                            if refused.value == 20 { release.open() }
                        }
                    }
                }
                try await group.waitForAll()
            }
            for blocker in blockers { try await blocker.value }
            #expect(refused.value == 20)
            try await Notes.expect(queueMax, in: store)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `closing finishes what was accepted, and a closed store takes nothing`(_ place: StoreUnderTest) async throws {
        try await place.withDatabase { database in
            let store = try await database.open()
            _ = try await store.migrate([Notes.migration], now: Sample.now)
            let accepted = Counter()
            await withTaskGroup(of: Void.self) { group in
                for id in 0..<100 {
                    group.addTask {
                        do {
                            try await store.write { tx in try Notes.add(id, in: tx) }
                            accepted.add()
                        } catch {
                            #expect(error as? Fault != nil)
                        }
                    }
                }
                group.addTask { await store.close() }
            }
            await #expect(throws: Fault.self) { try await store.write { tx in try Notes.add(1000, in: tx) } }
            await #expect(throws: Fault.self) { try await store.read { tx in try tx.rows("SELECT 1").count } }
            try await database.use { later in
                let count = try await Notes.count(in: later)
                #expect(count == accepted.value)
                guard later.dialect == .postgres else { return }
                let others = try await later.read { tx in
                    try tx.row(
                        """
                        SELECT COUNT(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid()
                        """)?.integer(0)
                }
                #expect(others == 0, "a closed store holds no connection")
            }
        }
    }
}
