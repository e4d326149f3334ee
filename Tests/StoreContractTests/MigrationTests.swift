import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct MigrationTests {
    private static let second = Migration(
        "test.002-more", tables: [Table("more", .reference, columns: "id BIGINT NOT NULL PRIMARY KEY")],
        statements: ["INSERT INTO more (id) VALUES (1)"])

    @Test(arguments: StoreUnderTest.all)
    func `a migration runs once, in the order given, and says that it was new`(_ place: StoreUnderTest) async throws {
        try await place.withDatabase { database in
            try await database.use { store in
                var applied = [try await store.migrate([Notes.migration], now: Sample.now)]
                for _ in 0..<2 {
                    applied.append(try await store.migrate([Notes.migration, Self.second], now: Sample.now))
                }
                #expect(applied == [["test.001-note"], ["test.002-more"], []])
            }
            try await database.use { store in
                #expect(try await store.migrate([Self.second], now: Sample.now) == [])
                let rows = try await store.read { tx in
                    try tx.rows("SELECT id, applied_at FROM migration ORDER BY id LIMIT 9")
                }
                #expect(try rows.map { try $0.text(0) } == ["test.001-note", "test.002-more"])
                #expect(try rows.map { try $0.instant(1) } == [Sample.now, Sample.now])
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a migration that fails in its middle leaves nothing, not even its name`(_ place: StoreUnderTest) async throws
    {
        let broken = Migration(
            "test.003-broken", tables: [Table("half", .reference, columns: "id BIGINT NOT NULL PRIMARY KEY")],
            statements: ["INSERT INTO half (id) VALUES (1)", "INSERT INTO nowhere (id) VALUES (1)"])
        let mended = Migration("test.003-broken", tables: broken.tables)
        try await place.use([Notes.migration]) { store in
            await #expect(throws: Fault.self) {
                try await store.migrate([Notes.migration, broken, Self.second], now: Sample.now)
            }
            await #expect(throws: Fault.self) { try await store.read { tx in try tx.rows("SELECT id FROM half") } }
            await #expect(throws: Fault.self) { try await store.read { tx in try tx.rows("SELECT id FROM more") } }
            #expect(
                try await store.migrate([mended, Self.second], now: Sample.now) == ["test.003-broken", "test.002-more"])
            let rows = try await store.read { tx in try tx.row("SELECT COUNT(*) FROM half")?.integer(0) }
            #expect(rows == 0)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `two processes that start at once migrate once`(_ place: StoreUnderTest) async throws {
        try await place.withDatabase { database in
            let stores = try await [database.open(), database.open(), database.open()]
            let migrations = Shape.migrations + [Notes.migration, Self.second]
            let applied = try await withThrowingTaskGroup(of: [String].self) { group in
                for store in stores {
                    group.addTask { try await store.migrate(migrations, now: Sample.now) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(applied.sorted() == migrations.map(\.id).sorted())
            for store in stores {
                try await store.write { tx in try tx.execute("UPDATE more SET id = id + 1") }
                await store.close()
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a migration recovers from every fault`(_ place: StoreUnderTest) async throws {
        let runs = try await place.faultLoop(
            path: { store, run in
                let table = Table("loop_\(run.number)", .reference, columns: "id BIGINT NOT NULL PRIMARY KEY")
                let migration = Migration(
                    "loop.\(run.number)", tables: [table], statements: ["INSERT INTO loop_\(run.number) VALUES (1)"])
                _ = try await store.migrate([migration], now: run.now)
            },
            holds: { store, run in
                guard run.attempt == 1 else { return }
                let known = try await store.read { tx in
                    try tx.row("SELECT COUNT(*) FROM migration WHERE id = \("loop.\(run.number)")")?.integer(0)
                }
                #expect(known == 1)
            })
        // Two transactions of two points each, and four statements.
        #expect(runs == 9)
    }
}
