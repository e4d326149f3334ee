package import Vocabulary

/// The sealed prefix of the journal: positions, nodes of the tree, checkpoints, and the proofs that follow from them.
package enum SealedLog {
    /// Inner nodes are kept for every eighth height; those between are computed from at most 256 below.
    static let levelHeight = 8
    /// LIMIT: entries that a reader of the log gets at once.
    package static let pageMax = 2000

    static let migration = Migration(
        "store.002-sealed-log",
        tables: [
            Table(
                "journal_leaf", .local,
                columns: """
                    position BIGINT NOT NULL PRIMARY KEY, subject BYTEA NOT NULL, sequence BIGINT NOT NULL,
                    leaf BYTEA NOT NULL
                    """,
                indexes: ["UNIQUE journal_leaf_by_entry ON journal_leaf (subject, sequence)"]),
            Table(
                "journal_node", .local,
                columns: "level BIGINT NOT NULL, node BIGINT NOT NULL, hash BYTEA NOT NULL, PRIMARY KEY (level, node)"),
            Table(
                "journal_checkpoint", .local,
                columns: "size BIGINT NOT NULL PRIMARY KEY, at BIGINT NOT NULL, root BYTEA NOT NULL, note TEXT NOT NULL"
            ),
            Table(
                "journal_sealer", .local,
                columns: """
                    id BIGINT NOT NULL PRIMARY KEY, holder TEXT NOT NULL, fence BIGINT NOT NULL,
                    lease_until BIGINT NOT NULL, size BIGINT NOT NULL, edge BYTEA NOT NULL
                    """),
        ])

    /// A sealed entry and its place in the log.
    package struct Sealed: Equatable, Sendable {
        /// 0, 1, 2, … without gaps.
        package let position: Int
        package let leaf: [UInt8]
        package let entry: JournalEntry
    }

    /// The sealed entries from a position on, in order.
    package static func entries(from position: Int, limit: Int = pageMax, in tx: Transaction) throws -> [Sealed] {
        try tx.rows(
            """
            SELECT j.subject, j.sequence, j.at, j.actor, j.kind, j.version, j.body, j.salt, j.personal, j.inner_digest,
                l.position, l.leaf
            FROM journal_leaf l JOIN journal j ON j.subject = l.subject AND j.sequence = l.sequence
            WHERE l.position >= \(position) ORDER BY l.position LIMIT \(limit)
            """
        ).map { row in
            Sealed(position: try row.integer(10), leaf: try row.bytes(11), entry: try JournalEntry(row))
        }
    }

    /// The sealed entries of some kinds among a range of positions, in order: those whose kind begins with the prefix.
    package static func entries(_ range: Range<Int>, ofKinds prefix: String, in tx: Transaction) throws -> [Sealed] {
        try tx.rows(
            """
            SELECT j.subject, j.sequence, j.at, j.actor, j.kind, j.version, j.body, j.salt, j.personal, j.inner_digest,
                l.position, l.leaf
            FROM journal_leaf l JOIN journal j ON j.subject = l.subject AND j.sequence = l.sequence
            WHERE l.position >= \(range.lowerBound) AND l.position < \(range.upperBound)
                AND j.kind LIKE \(prefix + "%")
            ORDER BY l.position LIMIT \(range.count)
            """
        ).map { row in
            Sealed(position: try row.integer(10), leaf: try row.bytes(11), entry: try JournalEntry(row))
        }
    }

    /// How far the lives of subjects were sealed when a range of positions was: the last sequence number of each that
    /// has an entry of some kind among them, in order.
    package static func heads(
        _ range: Range<Int>, ofKinds prefix: String, in tx: Transaction
    ) throws -> [(subject: Subject, sequence: Int)] {
        try tx.rows(
            """
            SELECT l.subject, MAX(l.sequence) FROM journal_leaf l
            JOIN journal j ON j.subject = l.subject AND j.sequence = l.sequence
            WHERE l.position >= \(range.lowerBound) AND l.position < \(range.upperBound)
                AND j.kind LIKE \(prefix + "%")
            GROUP BY l.subject ORDER BY l.subject LIMIT \(range.count)
            """
        ).map { (try $0.subject(0), try $0.integer(1)) }
    }

    /// A position and what stands there now: the entry is nil when it is gone or cannot be read any more.
    struct Place {
        let position: Int
        let leaf: [UInt8]
        let isGone: Bool
        let entry: JournalEntry?
    }

    /// The positions from one on, whether or not their entries are still there, for the audit.
    static func places(from position: Int, limit: Int = pageMax, in tx: Transaction) throws -> [Place] {
        try tx.rows(
            """
            SELECT j.subject, j.sequence, j.at, j.actor, j.kind, j.version, j.body, j.salt, j.personal, j.inner_digest,
                l.position, l.leaf
            FROM journal_leaf l LEFT JOIN journal j ON j.subject = l.subject AND j.sequence = l.sequence
            WHERE l.position >= \(position) ORDER BY l.position LIMIT \(limit)
            """
        ).map { row in
            let isGone = row[0] == .null
            let entry: JournalEntry?
            do { entry = isGone ? nil : try JournalEntry(row) } catch Fault.corrupt { entry = nil }
            return Place(position: try row.integer(10), leaf: try row.bytes(11), isGone: isGone, entry: entry)
        }
    }

    /// The right edge of the tree as the sealer keeps it; the empty one before the first batch.
    static func edge(in tx: Transaction) throws -> MerkleEdge {
        guard let row = try tx.row("SELECT size, edge FROM journal_sealer WHERE id = 1") else { return .empty }
        guard let edge = MerkleEdge(size: try row.integer(0), bytes: try row.bytes(1)) else {
            throw Fault.corrupt("the sealer's books do not add up")
        }
        return edge
    }

    /// How many entries are sealed.
    package static func size(in tx: Transaction) throws -> Int {
        try tx.row("SELECT size FROM journal_sealer WHERE id = 1")?.integer(0) ?? 0
    }

    /// Where an entry stands; nil while it is not sealed.
    package static func position(of subject: Subject, sequence: Int, in tx: Transaction) throws -> Int? {
        try tx.row(
            """
            SELECT position FROM journal_leaf WHERE subject = \(subject) AND sequence = \(sequence)
            """)?.integer(0)
    }

    /// The newest checkpoint; nil before the first.
    package static func latestCheckpoint(in tx: Transaction) throws -> Checkpoint? {
        try tx.row("SELECT size, at, root, note FROM journal_checkpoint ORDER BY size DESC LIMIT 1").map(checkpoint)
    }

    /// Checkpoints of more than `size` entries, the smallest first.
    package static func checkpoints(after size: Int, limit: Int = pageMax, in tx: Transaction) throws -> [Checkpoint] {
        try tx.rows(
            """
            SELECT size, at, root, note FROM journal_checkpoint WHERE size > \(size) ORDER BY size LIMIT \(limit)
            """
        ).map(checkpoint)
    }

    /// The proof that the entry at a position is among the first `size`.
    package static func inclusionProof(of position: Int, size: Int, in tx: Transaction) throws -> [[UInt8]] {
        try MerkleProof.inclusion(of: position, in: size) { try node($0, $1, in: tx) }
    }

    /// The proof that the log of `first` entries is a prefix of the log of `second`.
    package static func consistencyProof(from first: Int, to second: Int, in tx: Transaction) throws -> [[UInt8]] {
        try MerkleProof.consistency(from: first, to: second) { try node($0, $1, in: tx) }
    }

    static func checkpoint(_ row: Row) throws -> Checkpoint {
        Checkpoint(
            size: try row.integer(0), root: try row.bytes(2), at: try row.instant(1), note: try row.text(3))
    }

    /// The root of the perfect subtree of 2^height leaves with this index, from the kept level below it.
    private static func node(_ height: Int, _ index: Int, in tx: Transaction) throws -> [UInt8] {
        let (level, rest) = (height / levelHeight, height % levelHeight)
        let (first, count) = (index << rest, 1 << rest)
        let rows =
            level == 0
            ? try tx.rows(
                """
                SELECT leaf FROM journal_leaf WHERE position >= \(first) AND position < \(first + count)
                ORDER BY position LIMIT \(count)
                """)
            : try tx.rows(
                """
                SELECT hash FROM journal_node WHERE level = \(level) AND node >= \(first) AND node < \(first + count)
                ORDER BY node LIMIT \(count)
                """)
        guard rows.count == count else { throw Fault.corrupt("the log lacks nodes at height \(height)") }
        var edge = MerkleEdge.empty
        for row in rows { edge.append(try row.bytes(0)) }
        return edge.root
    }
}
