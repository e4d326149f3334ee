package import Store

/// The names that an import left.
extension HolderNames {
    /// LIMIT: names worked on at once.
    private static let pageMax = 5000

    /// Writes the words beside names that an import of an earlier version left without them, after a position. Answers
    /// where to go on; nil at the end.
    package static func completeImported(after position: Int, in tx: Transaction) throws -> Int? {
        let rows = try tx.rows(
            """
            SELECT position, name FROM certificate_import_name WHERE position > \(position) AND words = ''
            ORDER BY position LIMIT \(pageMax)
            """)
        for row in rows {
            try tx.execute(
                """
                UPDATE certificate_import_name SET words = \(line(of: try row.text(1)))
                WHERE position = \(try row.integer(0))
                """)
        }
        return try rows.last?.integer(0)
    }

    /// Forgets what an import left: its names are worked in.
    package static func clearImported(in tx: Transaction) throws {
        try tx.execute(
            SQL(sqlite: "DELETE FROM certificate_import_name", postgres: "TRUNCATE certificate_import_name"))
    }
}
