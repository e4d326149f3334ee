package import Vocabulary

/// A table as its room declares it, once for both databases.
package struct Table: Sendable {
    /// How the table lies when a database is spread over several machines.
    package enum Placement: Sendable, Equatable {
        /// Rows lie where their distribution column says; it is part of the primary key and of every unique index.
        case distributed(by: String)
        /// A copy on every machine: small, shared by all subjects.
        case reference
        /// On one machine only: the log's own books.
        case local
    }

    package let name: String
    package let placement: Placement
    /// Columns and primary key, as they stand between the parentheses of CREATE TABLE, with TEXT, BIGINT and BYTEA.
    package let columns: String
    /// `name ON table (columns)` or `UNIQUE name ON …`, as they follow CREATE INDEX.
    package let indexes: [String]
    /// Whether rows are large (files): such a table is not kept inside its key's tree on SQLite.
    package let hasLargeRows: Bool
    /// Set for a table that only one of the databases needs, because the other one has an index of that kind.
    package let stand: Stand?

    /// A table that stands in for an index. It holds nothing of its own: it is not copied, but made again.
    package struct Stand: Sendable {
        let dialect: Dialect
        /// The statement that fills the empty table from the others.
        let filling: String

        /// In this database alone, filled by the statement.
        package init(on dialect: Dialect, filling: String) {
            (self.dialect, self.filling) = (dialect, filling)
        }
    }

    package init(
        _ name: String, _ placement: Placement, columns: String, indexes: [String] = [], hasLargeRows: Bool = false,
        stand: Stand? = nil
    ) {
        self.name = name
        self.placement = placement
        self.columns = columns
        self.indexes = indexes
        self.hasLargeRows = hasLargeRows
        self.stand = stand
    }

    /// Whether a database has the table.
    package func exists(on dialect: Dialect) -> Bool { stand.map { $0.dialect == dialect } ?? true }

    func statements(for dialect: Dialect) -> [String] {
        guard exists(on: dialect) else { return [] }
        let sqlite = dialect == .sqlite
        let types = sqlite ? columns.replacing("BYTEA", with: "BLOB") : columns
        let suffix = sqlite && !hasLargeRows ? " WITHOUT ROWID" : ""
        return ["CREATE TABLE \(name) (\(types))\(suffix)"]
            + indexes.map {
                $0.hasPrefix("UNIQUE ") ? "CREATE UNIQUE INDEX \($0.dropFirst(7))" : "CREATE INDEX \($0)"
            }
    }
}

/// A step forward of the database's shape. Migrations belong to a room, run once, in order, and never change.
package struct Migration: Sendable {
    /// `room.001-what`.
    package let id: String
    package let tables: [Table]
    /// Statements beside the tables, for both databases.
    package let statements: [String]
    /// Statements of one database, between the tables and the statements for both.
    package let own: [Dialect: [String]]
    /// A table that was written anew earlier: where it has rows, the migration is `Store.compact`.
    package let compacting: String?

    package init(
        _ id: String, tables: [Table] = [], own: [Dialect: [String]] = [:], statements: [String] = [],
        compacting: String? = nil
    ) {
        self.id = id
        self.tables = tables
        self.own = own
        self.statements = statements
        self.compacting = compacting
    }
}

extension Migration {
    /// The table that says which migrations a database has.
    static let book = "CREATE TABLE IF NOT EXISTS migration (id TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)"

    /// Makes the tables and runs the statements.
    func shape(in tx: Transaction) throws {
        for table in tables {
            for statement in table.statements(for: tx.dialect) { try tx.define(statement) }
        }
        for statement in (own[tx.dialect] ?? []) + statements { try tx.define(statement) }
    }

    /// Shapes the database and enters the migration with the instant at which it was applied elsewhere.
    func shape(in tx: Transaction, appliedAt: Instant) throws {
        try tx.define(Self.book)
        try shape(in: tx)
        try tx.execute("INSERT INTO migration (id, applied_at) VALUES (\(id), \(appliedAt))")
    }

    /// What a database has, by id.
    static func applied(in tx: Transaction) throws -> [String: Instant] {
        guard try !Shape.columns(of: "migration", in: tx).all.isEmpty else { return [:] }
        let rows = try tx.rows("SELECT id, applied_at FROM migration ORDER BY id LIMIT 10000")
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.text(0), try $0.instant(1)) })
    }
}

extension Store {
    /// The ids of the migrations that the database lacks; it is not changed.
    package func pendingMigrations(_ migrations: [Migration]) async throws -> [String] {
        let applied = try await read { tx in try Migration.applied(in: tx) }
        return migrations.map(\.id).filter { applied[$0] == nil }
    }

    /// Brings the database to the shape that the migrations describe; those already there are skipped. Each runs in a
    /// transaction of its own. Answers the ids that were new.
    package func migrate(_ migrations: [Migration], now: Instant) async throws -> [String] {
        try await write { tx in try tx.define(Migration.book) }
        var applied: [String] = []
        for migration in migrations {
            if let table = migration.compacting { try await compact(table, before: migration) }
            let isNew = try await write { tx in
                let mark: SQL = """
                    INSERT INTO migration (id, applied_at) VALUES (\(migration.id), \(now))
                    ON CONFLICT (id) DO NOTHING
                    """
                guard try tx.changes(mark) == 1 else { return false }
                try migration.shape(in: tx)
                return true
            }
            if isNew { applied.append(migration.id) }
        }
        return applied
    }

    /// Before the migration is marked, so that it is done again where the power fails.
    private func compact(_ table: String, before migration: Migration) async throws {
        let isDue = try await read { tx in
            guard try Migration.applied(in: tx)[migration.id] == nil else { return false }
            return try !tx.rows(shaped: "SELECT 1 FROM \(table) LIMIT 1", []).isEmpty
        }
        if isDue { try await compact() }
    }
}
