package import Vocabulary

extension BackupFile {
    /// Brings the database back into an empty store of either kind and then up to the shape of this program. Answers
    /// how many rows each table got, which is what the backup counted.
    ///
    /// Refuses a store that holds something, and a backup made by a later version.
    package func restore(
        into store: any Store, migrations: [Migration], now: Instant
    ) async throws -> [(table: String, count: Int)] {
        let applied = try transaction { tx in try Migration.applied(in: tx) }
        guard applied.keys.allSatisfy({ id in migrations.contains { $0.id == id } }) else {
            throw BackupRefusal.madeByLaterVersion
        }
        guard try await store.pendingMigrations(migrations).count == migrations.count else {
            throw BackupRefusal.placeNotEmpty
        }
        let then = migrations.filter { applied[$0.id] != nil }
        _ = try await store.migrate(then, now: now)
        for copy in try transaction({ tx in try TableCopy.all(of: then, in: tx) }) {
            var last: Row?
            while true {
                let page = try transaction { tx in try copy.page(after: last, in: tx) }
                guard let end = page.last else { break }
                try await store.write { tx in try copy.insert(page, in: tx) }
                last = end
            }
        }
        for table in then.flatMap(\.tables) {
            guard let stand = table.stand, stand.dialect == store.dialect else { continue }
            try await store.write { tx in
                guard try !Shape.columns(of: table.name, in: tx).all.isEmpty else { return }
                try tx.define(stand.filling)
            }
        }
        let counts = try counts()
        for (table, count) in counts {
            let found = try await store.read { tx in
                try tx.rows(shaped: "SELECT COUNT(*) FROM \(table)").first?.integer(0)
            }
            guard found == count else { throw BackupRefusal.countsDiffer }
        }
        _ = try await store.migrate(migrations, now: now)
        return counts
    }
}
