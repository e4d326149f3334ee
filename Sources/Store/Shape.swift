import Vocabulary

/// What this room brings to a database, and what a database has in fact.
package enum Shape {
    /// The migrations of this room, in order.
    package static let migrations = [
        Journal.migration, SealedLog.migration, Outbox.migration, Tokens.migration, Looks.migration, Blobs.migration,
        Serials.migration, Outbox.lanes, Looks.holderMigration, Journal.ownRows, Journal.compacted,
    ]

    /// The tables of a migrated database, with the columns of the primary key and of every unique index.
    package static func uniqueKeys(in tx: Transaction) throws -> [String: [[String]]] {
        let rows = try tx.rows(
            SQL(
                sqlite: """
                    SELECT t.name, i.name, c.name FROM sqlite_master t
                    JOIN pragma_index_list(t.name) i ON i."unique" = 1
                    JOIN pragma_index_info(i.name) c
                    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'
                    ORDER BY t.name, i.name, c.seqno LIMIT 10000
                    """,
                postgres: """
                    SELECT t.relname, i.relname, a.attname FROM pg_index x
                    JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
                    JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
                    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (x.indkey)
                    WHERE x.indisunique ORDER BY t.relname, i.relname, a.attnum LIMIT 10000
                    """))
        var keys: [String: [String: [String]]] = [:]
        for row in rows { keys[try row.text(0), default: [:]][try row.text(1), default: []].append(try row.text(2)) }
        return keys.mapValues { indexes in indexes.keys.sorted().compactMap { indexes[$0] } }
    }

    /// The columns of a table in the order in which they were declared, and those of its primary key in the key's
    /// order. Both are empty when there is no such table.
    static func columns(of table: String, in tx: Transaction) throws -> (all: [String], key: [String]) {
        let rows = try tx.rows(
            SQL(
                sqlite: "SELECT name, pk FROM pragma_table_info(\(table)) ORDER BY cid LIMIT 1000",
                postgres: """
                    SELECT a.attname, COALESCE(array_position(x.indkey::int[], a.attnum::int) + 1, 0)
                    FROM pg_attribute a LEFT JOIN pg_index x ON x.indrelid = a.attrelid AND x.indisprimary
                    WHERE a.attrelid = to_regclass(\(table)) AND a.attnum > 0 AND NOT a.attisdropped
                    ORDER BY a.attnum LIMIT 1000
                    """))
        let columns = try rows.map { (name: try $0.text(0), place: try $0.integer(1)) }
        let key = columns.filter { $0.place > 0 }.sorted { $0.place < $1.place }
        return (columns.map(\.name), key.map(\.name))
    }
}
