import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct ShapeTests {
    @Test(arguments: StoreUnderTest.all)
    func `the database has the declared tables and no others, each spread as it declares`(
        _ place: StoreUnderTest
    ) async throws {
        let declared = Shape.migrations.flatMap(\.tables)
        try await place.use { store in
            let (names, keys) = try await store.read { tx in
                let names = try tx.rows(
                    SQL(
                        sqlite:
                            """
                            SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'
                            ORDER BY name
                            """,
                        postgres: """
                            SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = current_schema()
                            ORDER BY tablename
                            """))
                return (try names.map { try $0.text(0) }, try Shape.uniqueKeys(in: tx))
            }
            #expect(names == (declared.map(\.name) + ["migration"]).sorted())
            #expect(Set(declared.map(\.name)).count == declared.count)
            for table in declared {
                let unique = try #require(keys[table.name], "\(table.name) has a primary key")
                guard case .distributed(let column) = table.placement else { continue }
                for key in unique { #expect(key.contains(column), "\(table.name): \(key) without \(column)") }
            }
        }
    }

    @Test func `both databases have the same unique keys`() async throws {
        var found: [[String: Set<[String]>]] = []
        for place in StoreUnderTest.all {
            try await place.use { store in
                let keys = try await store.read { tx in try Shape.uniqueKeys(in: tx) }
                found.append(keys.mapValues { Set($0.map { $0.sorted() }) })
            }
        }
        #expect(found[0] == found[1])
        #expect(found[0]["journal"] == [["sequence", "subject"]])
        #expect(found[0]["journal_leaf"] == [["position"], ["sequence", "subject"]])
    }

    @Test func `migrations are named after their room, numbered without a gap`() {
        let ids = Shape.migrations.map(\.id)
        for (index, id) in ids.enumerated() {
            #expect(id.hasPrefix("store.\(index < 9 ? "00" : "0")\(index + 1)-"))
        }
        #expect(ids.count == 11)
    }
}
