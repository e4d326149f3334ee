import Store
import Vocabulary

/// Databases that have the tables of some migrations and no rows, each made once in a run: a test begins with a copy,
/// which is there sooner than the tables.
actor MigratedDatabases {
    static let shared = MigratedDatabases()

    private struct Key: Hashable {
        let dialect: Dialect
        let shape: [String]
    }

    private var making: [Key: Task<TestDatabase, any Error>] = [:]

    /// The database of these migrations. Nobody opens it; it is copied.
    func database(_ dialect: Dialect, _ migrations: [Migration]) async throws -> TestDatabase {
        let key = Key(dialect: dialect, shape: migrations.flatMap { $0.shape(on: dialect) })
        if let making = making[key] { return try await making.value }
        let task = Task {
            let database = try await StoreUnderTest(dialect: dialect).database()
            try await database.use { store in
                _ = try await store.migrate(migrations, now: Instant(milliseconds: 0))
                // The file alone is copied, not the log beside it.
                try await store.checkpoint()
            }
            return database
        }
        making[key] = task
        return try await task.value
    }
}

extension Migration {
    /// Everything that it does to a database, as text.
    fileprivate func shape(on dialect: Dialect) -> [String] {
        [id] + tables.filter { $0.exists(on: dialect) }.flatMap { [$0.name, $0.columns] + $0.indexes }
            + (own[dialect] ?? []) + statements
    }
}
