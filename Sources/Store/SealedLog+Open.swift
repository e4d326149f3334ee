package import Vocabulary

extension SealedLog {
    /// What everybody may learn of a sealed entry: its public part, and not who did it.
    package struct OpenEntry: Equatable, Sendable {
        package let position: Int
        package let subject: Subject
        package let sequence: Int
        package let at: Instant
        package let kind: String
        package let version: Int
        /// The public part: one JSON object.
        package let body: [UInt8]
    }

    /// The public parts of the sealed entries of four rooms' kinds among a range of positions, in order. Personal
    /// parts are not read at all.
    package static func openEntries(
        _ range: Range<Int>, kinds: (String, String, String, String), in tx: Transaction
    ) throws -> [OpenEntry] {
        try tx.rows(
            """
            SELECT l.position, j.subject, j.sequence, j.at, j.kind, j.version, j.body
            FROM journal_leaf l JOIN journal j ON j.subject = l.subject AND j.sequence = l.sequence
            WHERE l.position >= \(range.lowerBound) AND l.position < \(range.upperBound)
                AND (j.kind LIKE \(kinds.0 + "%") OR j.kind LIKE \(kinds.1 + "%") OR j.kind LIKE \(kinds.2 + "%")
                OR j.kind LIKE \(kinds.3 + "%"))
            ORDER BY l.position LIMIT \(range.count)
            """
        ).map { row in
            OpenEntry(
                position: try row.integer(0), subject: try row.subject(1), sequence: try row.integer(2),
                at: try row.instant(3), kind: try row.text(4), version: try row.integer(5), body: try row.bytes(6))
        }
    }

    /// When the sealed entry at a position happened; nil where there is none yet.
    package static func instant(at position: Int, in tx: Transaction) throws -> Instant? {
        try tx.row(
            """
            SELECT j.at FROM journal_leaf l JOIN journal j ON j.subject = l.subject AND j.sequence = l.sequence
            WHERE l.position = \(position)
            """)?.instant(0)
    }
}

extension SealedLog {
    /// The first checkpoint that covers a position and was signed at an instant or after it; nil while there is none.
    package static func checkpoint(
        covering position: Int, since instant: Instant, in tx: Transaction
    ) throws -> Checkpoint? {
        try tx.row(
            """
            SELECT size, at, root, note FROM journal_checkpoint WHERE size > \(position) AND at >= \(instant)
            ORDER BY size LIMIT 1
            """
        ).map(checkpoint)
    }
}

extension SealedLog {
    /// LIMIT: sealed entries that are looked through for early ones; whoever is further behind than that is behind.
    static let lookedThroughMax = 20_000

    /// Whether somebody who followed the log up to a position may miss an entry of before an instant: one that is
    /// sealed from there on, or not sealed yet.
    package static func mayMiss(before instant: Instant, from position: Int, in tx: Transaction) throws -> Bool {
        // First what waits: an entry that is sealed between two questions is found by the second. SQLite takes tables
        // that are crossed in their order.
        let waiting = try tx.row(
            """
            SELECT 1 FROM journal_pending p CROSS JOIN journal j
            WHERE j.subject = p.subject AND j.sequence = p.sequence AND j.at < \(instant) LIMIT 1
            """)
        guard waiting == nil, try size(in: tx) - position <= lookedThroughMax else { return true }
        return try tx.row(
            """
            SELECT 1 FROM journal_leaf l CROSS JOIN journal j
            WHERE j.subject = l.subject AND j.sequence = l.sequence AND l.position >= \(position)
                AND j.at < \(instant) LIMIT 1
            """) != nil
    }
}
