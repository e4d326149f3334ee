import Store
import StoreTestSupport
import Testing

/// A table of the tests' own, and the few questions they ask it.
enum Notes {
    static let migration = Migration(
        "test.001-note",
        tables: [
            Table(
                "note", .distributed(by: "id"),
                columns: "id BIGINT NOT NULL PRIMARY KEY, text TEXT NOT NULL, bytes BYTEA, number BIGINT")
        ])

    struct Stop: Error {}

    static func add(_ id: Int, _ text: String = "x", number: Int = 0, in tx: Transaction) throws {
        try tx.execute("INSERT INTO note (id, text, number) VALUES (\(id), \(text), \(number))")
    }

    static func count(in store: any Store) async throws -> Int {
        try await store.read { tx in try tx.row("SELECT COUNT(*) FROM note")?.integer(0) ?? -1 }
    }

    /// Asserts how many rows there are.
    static func expect(
        _ count: Int, in store: any Store, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let found = try await Self.count(in: store)
        #expect(found == count, sourceLocation: sourceLocation)
    }
}
