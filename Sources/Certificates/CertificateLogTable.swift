package import Store
package import Vocabulary

/// The public log of certificates as it is kept: lines, tiles, checkpoints, and how far the journal was followed.
package enum CertificateLogTable {
    /// LIMIT: lines read at once; eight tiles full.
    package static let pageMax = 2048

    package static let migration = Migration(
        "certificates.005-log",
        tables: [
            Table(
                "certificate_log", .local,
                columns: """
                    id BIGINT NOT NULL PRIMARY KEY, size BIGINT NOT NULL, followed BIGINT NOT NULL, edge BYTEA NOT NULL
                    """),
            Table(
                "certificate_log_entry", .local,
                columns: "position BIGINT NOT NULL PRIMARY KEY, entry BYTEA NOT NULL"),
            Table(
                "certificate_log_place", .distributed(by: "certificate"),
                columns: """
                    certificate BYTEA NOT NULL, sequence BIGINT NOT NULL, position BIGINT NOT NULL,
                    PRIMARY KEY (certificate, sequence)
                    """),
            Table(
                "certificate_log_tile", .local,
                columns: """
                    level BIGINT NOT NULL, tile BIGINT NOT NULL, hashes BYTEA NOT NULL, PRIMARY KEY (level, tile)
                    """,
                hasLargeRows: true),
            Table(
                "certificate_log_checkpoint", .local,
                columns: """
                    size BIGINT NOT NULL PRIMARY KEY, at BIGINT NOT NULL, root BYTEA NOT NULL, note TEXT NOT NULL
                    """),
        ])

    /// How far the log has come.
    package struct State: Equatable, Sendable {
        /// The right edge of the tree; its size is the log's.
        package let edge: MerkleEdge
        /// How many positions of the sealed journal were followed.
        package let followed: Int
    }

    /// A line to be appended, with the event behind it.
    package struct Leaf: Equatable, Sendable {
        package let certificate: CertificateID
        /// The number of the event among those of the certificate.
        package let sequence: Int
        package let entry: CertificateLogEntry

        package init(_ certificate: CertificateID, sequence: Int, _ entry: CertificateLogEntry) {
            (self.certificate, self.sequence, self.entry) = (certificate, sequence, entry)
        }
    }

    /// How far the log has come.
    package static func state(in tx: Transaction) throws -> State {
        guard let row = try tx.row("SELECT size, followed, edge FROM certificate_log WHERE id = 1") else {
            return State(edge: .empty, followed: 0)
        }
        guard let edge = MerkleEdge(size: try row.integer(0), bytes: try row.bytes(2)) else {
            throw Fault.corrupt("the books of the certificate log do not add up")
        }
        return State(edge: edge, followed: try row.integer(1))
    }

    /// The lines that a range of the sealed journal gives, in its order.
    package static func leaves(_ range: Range<Int>, in tx: Transaction) throws -> [Leaf] {
        let sealed = try SealedLog.entries(range, ofKinds: "certificate.", in: tx).map(\.entry)
        var known: [Subject: (identifier: CertificateIdentifier, salt: CertificateLogEntry.Salt)] = [:]
        let firsts = Dictionary(
            sealed.filter { $0.sequence == 1 }.map { ($0.subject, $0) }, uniquingKeysWith: { one, _ in one })
        func certificate(_ id: CertificateID) throws -> (
            identifier: CertificateIdentifier, salt: CertificateLogEntry.Salt
        ) {
            if let found = known[id.subject] { return found }
            guard let entry = try firsts[id.subject] ?? Journal.first(of: id.subject, in: tx) else {
                throw Fault.corrupt("certificate \(id) does not begin")
            }
            let found = (
                identifier: try CertificateEvent.reservation(entry).identifier, salt: CertificateLogEntry.Salt(entry)
            )
            known[id.subject] = found
            return found
        }
        return try sealed.compactMap { entry in
            guard !CertificateLogEntry.Kind.silent.contains(entry.kind) else { return nil }
            let (event, id) = (try CertificateEvent(entry), CertificateID(entry.subject))
            let (identifier, salt) = try certificate(id)
            let successor: String? =
                if case .ended(_, .some(let later)) = event {
                    try { $0.salt.commitment(to: $0.identifier) }(certificate(later))
                } else { nil }
            return CertificateLogEntry(event, of: identifier, salt, on: entry.at.day, successor: successor)
                .map { Leaf(id, sequence: entry.sequence, $0) }
        }
    }

    /// Appends the lines of a range of the sealed journal that begins where the last one ended; in one transaction, of
    /// some thousand lines at most. Throws `Fault.contended` when another process was first.
    package static func append(_ leaves: [Leaf], following range: Range<Int>, in tx: Transaction) throws {
        try extend(following: range, in: tx) { tiler in
            for leaf in leaves {
                let (position, line) = (tiler.edge.size, leaf.entry.bytes)
                precondition(line.count <= CertificateLogEntry.bytesMax, "a line is within its limit")
                try tx.execute("INSERT INTO certificate_log_entry (position, entry) VALUES (\(position), \(line))")
                try tx.execute(
                    """
                    INSERT INTO certificate_log_place (certificate, sequence, position)
                    VALUES (\(leaf.certificate), \(leaf.sequence), \(position))
                    """)
                tiler.append(MerkleHash.leaf(line))
            }
        }
    }

    /// Appends in bulk, where every position of the range is a record that was taken in and gives one line. Only the
    /// hashes of the lines are kept, and where the run lies: the lines are made again from the sealed journal.
    package static func append(run leaves: [[UInt8]], following range: Range<Int>, in tx: Transaction) throws {
        precondition(leaves.count == range.count, "a line for every position")
        guard !leaves.isEmpty else { return }
        try extend(following: range, in: tx) { tiler in
            try note(CertificateLogRun(position: tiler.edge.size, followed: range.lowerBound, count: range.count), tx)
            for leaf in leaves { tiler.append(leaf) }
        }
    }

    private static func extend(
        following range: Range<Int>, in tx: Transaction, _ work: (inout MerkleTiler) throws -> Void
    ) throws {
        let state = try state(in: tx)
        guard state.followed == range.lowerBound else { throw Fault.contended }
        try claim(state, upTo: range.upperBound, in: tx)
        var tiler = try MerkleTiler(state.edge) { try hashes($0, in: tx) }
        try work(&tiler)
        for (tile, hashes) in tiler.takeChanged() {
            try tx.execute(
                """
                INSERT INTO certificate_log_tile (level, tile, hashes)
                VALUES (\(tile.level), \(tile.index), \(hashes))
                ON CONFLICT (level, tile) DO UPDATE SET hashes = excluded.hashes
                """)
        }
        try tx.execute(
            "UPDATE certificate_log SET size = \(tiler.edge.size), edge = \(tiler.edge.bytes) WHERE id = 1")
    }

    /// Takes the range before anything is read that hangs on it: from here on nobody else comes through, so tiles and
    /// edge belong together on a database that shows others' commits to the next statement.
    private static func claim(_ state: State, upTo end: Int, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO certificate_log (id, size, followed, edge) VALUES (1, 0, 0, \([UInt8]()))
            ON CONFLICT (id) DO NOTHING
            """)
        let changed = try tx.changes(
            """
            UPDATE certificate_log SET followed = \(end)
            WHERE id = 1 AND size = \(state.edge.size) AND followed = \(state.followed)
            """)
        guard changed == 1 else { throw Fault.contended }
    }

    /// Keeps a checkpoint; the same size is kept once.
    package static func keep(_ checkpoint: Checkpoint, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO certificate_log_checkpoint (size, at, root, note)
            VALUES (\(checkpoint.size), \(checkpoint.at), \(checkpoint.root), \(checkpoint.note))
            ON CONFLICT (size) DO NOTHING
            """)
    }
}
