import Hall
import Store
import StoreTestSupport
import Testing

@Suite struct WholeShapeTests {
    @Test(arguments: StoreUnderTest.all)
    func `every table of every room lies as it declares, in the migrated database`(
        _ place: StoreUnderTest
    ) async throws {
        let dropped = Hall.migrations.flatMap(\.statements).compactMap { $0.wholeMatch(of: /DROP TABLE (\w+)/)?.1 }
        let declared = Hall.migrations.flatMap(\.tables)
            .filter { !dropped.contains($0.name[...]) && $0.exists(on: place.dialect) }
        try await place.use(HallStory.migrations) { store in
            let keys = try await store.read { tx in try Shape.uniqueKeys(in: tx) }
            #expect(Set(keys.keys) == Set(declared.map(\.name) + ["migration"]))
            for table in declared {
                let unique = try #require(keys[table.name], "\(table.name) has a primary key")
                guard case .distributed(let column) = table.placement else { continue }
                for key in unique { #expect(key.contains(column), "\(table.name): \(key) without \(column)") }
            }
        }
    }

    @Test func `no two migrations have one name`() {
        let ids = Hall.migrations.map(\.id)
        #expect(Set(ids).count == ids.count)
    }
}
