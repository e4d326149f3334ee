import Store
import StoreTestSupport
import Testing
import Vocabulary

/// Many rows at once, on both stores.
@Suite struct LoadTests {
    private static let migration = Migration(
        "test.001-load",
        tables: [
            Table(
                "loaded", .local,
                columns: "id BIGINT NOT NULL PRIMARY KEY, number BIGINT, name TEXT, bytes BYTEA")
        ])

    private static func row(_ id: Int) -> [SQLValue] {
        id % 3 == 0
            ? [.integer(Int64(id)), .null, .null, .null]
            : [
                .integer(Int64(id)), .integer(Int64.min + Int64(id)), .text("名\(id)\\N\t"),
                .blob([0, 255, UInt8(id % 256)]),
            ]
    }

    @Test(arguments: StoreUnderTest.all)
    func `rows come back as they were loaded, beside other statements of the transaction`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use([Self.migration]) { store in
            let rows = (1...20_000).map(Self.row)
            try await store.write { tx in
                try tx.execute("INSERT INTO loaded (id, name) VALUES (0, 'before')")
                try tx.load(rows, into: "loaded (id, number, name, bytes)")
                try tx.load([], into: "loaded (id, number, name, bytes)")
                try tx.execute("UPDATE loaded SET name = 'after' WHERE id = 0")
            }
            let found = try await store.read { tx in
                try tx.rows("SELECT id, number, name, bytes FROM loaded WHERE id > 0 ORDER BY id LIMIT 30000")
            }
            #expect(found.count == rows.count)
            #expect(zip(found, rows).allSatisfy { row, wanted in wanted.indices.allSatisfy { row[$0] == wanted[$0] } })
            let name = try await store.read { tx in try tx.row("SELECT name FROM loaded WHERE id = 0")?.text(0) }
            #expect(name == "after")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a row that is there already takes the whole transaction back, and the next one works`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use([Self.migration]) { store in
            try await store.write { tx in try tx.load([Self.row(7)], into: "loaded (id, number, name, bytes)") }
            await #expect(throws: Fault.contended) {
                try await store.write { tx in
                    try tx.load((1...9).map(Self.row), into: "loaded (id, number, name, bytes)")
                }
            }
            try await store.write { tx in try tx.load([Self.row(8)], into: "loaded (id, number, name, bytes)") }
            let count = try await store.read { tx in try tx.row("SELECT COUNT(*) FROM loaded")?.integer(0) }
            #expect(count == 2)
        }
    }

    @Test func `a narrow column takes what it has room for, and refuses the rest`() async throws {
        let narrow = Migration(
            "test.002-narrow", own: [.postgres: ["ALTER TABLE loaded ALTER COLUMN number TYPE INTEGER"]])
        @Sendable func row(_ id: Int, _ number: Int64) -> [SQLValue] { [.integer(Int64(id)), .integer(number)] }
        try await StoreUnderTest.postgres.use([Self.migration, narrow]) { store in
            let rows = [row(1, Int64(Int32.min)), row(2, 7), row(3, Int64(Int32.max))]
            try await store.write { tx in try tx.load(rows, into: "loaded (id, number)") }
            await #expect(throws: Fault.self) {
                try await store.write { tx in
                    try tx.load([row(4, 1), row(5, Int64(Int32.max) + 1)], into: "loaded (id, number)")
                }
            }
            let found = try await store.read { tx in
                try tx.rows("SELECT id, number FROM loaded ORDER BY id LIMIT 10").map { [$0[0], $0[1]] }
            }
            #expect(found == rows)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `entries that are sealed as they are written stand in the log like those that waited`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use { store in
            let sealer = SealerTests.sealer(store)
            try await SealerTests.append(0..<7, in: store)
            #expect(try await sealer.seal(now: Sample.now) == 7)
            let entries = (7..<700).map { Sample.entry(Sample.subject($0), 1, personal: "林 \($0)") }
            let range = try await store.write { tx in
                try sealer.append(PreparedEntries(entries), now: Sample.now, in: tx)
            }
            #expect(range == 7..<700)
            let other = try await store.write { tx in
                try SealerTests.sealer(store, "b").append(PreparedEntries([]), now: Sample.now, in: tx)
            }
            #expect(other == nil, "another process holds the lease")
            _ = try await sealer.checkpoint(now: Sample.now)
            let report = try await JournalAudit(store: store, origin: "test.log") { $0 == "\($1)\n— signed\n" }.run()
            #expect(report.findings == [] && report.sealed == 700 && report.pending == 0 && report.checkpoints == 1)
        }
    }
}
