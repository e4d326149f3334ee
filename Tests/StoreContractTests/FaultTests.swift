import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

@Suite struct FaultTests {
    @Test(arguments: StoreUnderTest.all)
    func `a fault before a statement or a commit keeps nothing, one after the commit everything`(
        _ place: StoreUnderTest
    ) async throws {
        let planned = Mutex<FaultPlan.Point?>(nil)
        let plan = FaultPlan { point in
            if planned.withLock({ $0 == point }) { throw Fault.unavailable("planned") }
        }
        try await place.use([Notes.migration], faults: plan) { store in
            for (id, point, kept) in [(1, FaultPlan.Point.statement, 0), (2, .beforeCommit, 0), (3, .afterCommit, 1)] {
                planned.withLock { $0 = point }
                await #expect(throws: Fault.unavailable("planned")) {
                    try await store.write { tx in try Notes.add(id, in: tx) }
                }
                planned.withLock { $0 = nil }
                try await Notes.expect(kept, in: store)
            }
            planned.withLock { $0 = .statement }
            await #expect(throws: Fault.unavailable("planned")) {
                try await store.read { tx in try tx.rows("SELECT 1").count }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an error in a statement is no conflict: the body runs once`(_ place: StoreUnderTest) async throws {
        try await place.use([Notes.migration]) { store in
            let runs = Counter()
            await #expect {
                try await store.write { tx in
                    runs.add()
                    _ = try tx.changes("INSERT INTO note (id, text) VALUES (1, NULL)")
                }
            } throws: { if case Fault.corrupt = $0 { true } else { false } }
            #expect(runs.value == 1)
        }
    }

    @Test func `a full disk fails as full, keeps nothing, and heals`() async throws {
        try await StoreUnderTest(dialect: .sqlite).use([Notes.migration]) { store in
            try await store.write { tx in try Notes.add(1, in: tx) }
            let pages = try await store.write { tx in
                let pages = try tx.row("PRAGMA page_count")?.integer(0) ?? 0
                _ = try tx.rows(SQL(sqlite: "PRAGMA max_page_count = 1", postgres: ""))
                return pages
            }
            #expect(pages > 1)
            let large: [UInt8] = Array(repeating: 1, count: 200_000)
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for id in 10..<30 {
                    group.addTask {
                        do {
                            try await store.write { tx in
                                try tx.execute("INSERT INTO note (id, text, bytes) VALUES (\(id), '', \(large))")
                            }
                            return true
                        } catch {
                            #expect(error as? Fault == .storageFull)
                            return false
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(!outcomes.contains(true))
            try await Notes.expect(1, in: store)
            _ = try await store.write { tx in
                try tx.rows(SQL(sqlite: "PRAGMA max_page_count = 1000000", postgres: "")).count
            }
            try await store.write { tx in
                try tx.execute("INSERT INTO note (id, text, bytes) VALUES (2, '', \(large))")
            }
            try await Notes.expect(2, in: store)
        }
    }

    @Test func `SQLite waits for the disk at every commit`() async throws {
        try await StoreUnderTest(dialect: .sqlite).use { store in
            let (mode, synchronous, secure) = try await store.write { tx in
                (
                    try tx.row("PRAGMA journal_mode")?.text(0), try tx.row("PRAGMA synchronous")?.integer(0),
                    try tx.row("PRAGMA secure_delete")?.integer(0)
                )
            }
            #expect(mode == "wal")
            #expect(synchronous == 2)
            #expect(secure == 2)
        }
    }

    @Test func `a lost connection is unavailable, and the next transaction has a new one`() async throws {
        try await StoreUnderTest(dialect: .postgres).use([Notes.migration]) { store in
            await #expect {
                try await store.write { tx in
                    try Notes.add(1, in: tx)
                    _ = try tx.rows("SELECT pg_terminate_backend(pg_backend_pid())")
                    try Notes.add(2, in: tx)
                }
            } throws: { if case Fault.unavailable = $0 { true } else { false } }
            try await store.write { tx in try Notes.add(3, in: tx) }
            try await Notes.expect(1, in: store)
        }
    }

    @Test func `after a server's restart one transaction fails, not one for each idle connection`() async throws {
        try await StoreUnderTest(dialect: .postgres).withDatabase { database in
            try await database.use { store in
                _ = try await store.migrate([Notes.migration], now: Sample.now)
                let (begun, release) = (Latch(4), Latch())
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<4 {
                        group.addTask {
                            try await store.read { tx in
                                _ = try tx.row("SELECT 1")
                                begun.open()
                                release.wait()
                            }
                        }
                    }
                    group.addTask {
                        await begun.opened()
                        release.open()
                    }
                    try await group.waitForAll()
                }
                try await database.use { killer in
                    let killed = try await killer.write { tx in
                        try tx.rows(
                            """
                            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                            WHERE datname = current_database() AND pid <> pg_backend_pid() LIMIT 99
                            """
                        ).count
                    }
                    #expect(killed == 4)
                }
                var failures = 0
                for id in 0..<8 {
                    do { try await store.write { tx in try Notes.add(id, in: tx) } } catch Fault.unavailable {
                        failures += 1
                    }
                }
                #expect(failures == 1)
                try await Notes.expect(7, in: store)
            }
        }
    }

    @Test func `a store that cannot be opened says why`() async throws {
        await #expect { _ = try await PostgresStore(address: "host=/nowhere user=nobody connect_timeout=2") } throws: {
            if case Fault.unavailable = $0 { true } else { false }
        }
        #expect { _ = try SQLiteStore(path: "/nowhere/onewindow.sqlite") } throws: {
            if case Fault.misconfigured = $0 { true } else { false }
        }
    }
}
