import Foundation
package import Vocabulary

/// What the log promises at one moment: its first `size` entries have this root.
package struct Checkpoint: Equatable, Sendable {
    package let size: Int
    package let root: [UInt8]
    package let at: Instant
    /// The signed note, as it is published (C2SP tlog-checkpoint).
    package let note: String

    package init(size: Int, root: [UInt8], at: Instant, note: String) {
        (self.size, self.root, self.at, self.note) = (size, root, at, note)
    }

    /// The text that is signed: origin, size and root, each on a line of its own.
    package static func text(origin: String, size: Int, root: [UInt8]) -> String {
        "\(origin)\n\(size)\n\(Data(root).base64EncodedString())\n"
    }
}

/// Gives every committed entry that has none the next position, and appends it to the Merkle log.
///
/// Of several processes one seals at a time, by a lease with a fencing number. An entry that commits late gets a later
/// position, so nothing is stepped over and no lock is needed. Readers follow the sealed prefix only.
package struct Sealer: Sendable {
    /// LIMIT: entries sealed in one transaction.
    package static let batchMax = 2048
    /// A sealer that has not sealed for so long may be replaced.
    package static let leaseSeconds: Int64 = 30

    private let store: any Store
    private let holder: String
    private let origin: String
    private let sign: @Sendable (_ text: String) throws -> String

    /// `holder` names this process; `origin` names the log; `sign` turns a checkpoint's text into a signed note.
    package init(
        store: any Store, holder: String, origin: String, sign: @escaping @Sendable (_ text: String) throws -> String
    ) {
        self.store = store
        self.holder = holder
        self.origin = origin
        self.sign = sign
    }

    /// Seals at most `limit` entries and answers how many; nought when there are none or another process holds the
    /// lease.
    package func seal(now: Instant, limit: Int = batchMax) async throws -> Int {
        try await store.write { [holder] tx in
            guard let state = try SealerState.taken(by: holder, now: now, in: tx) else { return 0 }
            let pending = try tx.rows(
                """
                SELECT subject, sequence, leaf FROM journal_pending ORDER BY subject, sequence LIMIT \(limit)
                """)
            var (edge, nodes, places) = (state.edge, [[SQLValue]](), [[SQLValue]]())
            for row in pending {
                let (subject, sequence, leaf) = (try row.subject(0), try row.integer(1), try row.bytes(2))
                places.append([edge.size.sqlValue, subject.sqlValue, sequence.sqlValue, leaf.sqlValue])
                try tx.execute(
                    """
                    DELETE FROM journal_pending WHERE subject = \(subject) AND sequence = \(sequence)
                    """)
                for node in edge.append(leaf) where node.height > 0 && node.height % SealedLog.levelHeight == 0 {
                    nodes.append([
                        (node.height / SealedLog.levelHeight).sqlValue, node.index.sqlValue, node.hash.sqlValue,
                    ])
                }
            }
            try tx.load(places, into: "journal_leaf (position, subject, sequence, leaf)")
            try tx.load(nodes, into: "journal_node (level, node, hash)")
            if !pending.isEmpty { try state.advance(to: edge, now: now, in: tx) }
            return pending.count
        }
    }

    /// Does what only the sealer may do, in one transaction; nil when another process holds the lease.
    package func holding<Value: Sendable>(
        now: Instant, _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value? {
        try await store.write { [holder] tx in
            guard try SealerState.taken(by: holder, now: now, in: tx) != nil else { return nil }
            return try body(tx)
        }
    }

    /// Writes new entries and gives them their positions in the same transaction, so that none of them waits: the way
    /// of a bulk load, whose rows are then written once. Some ten thousand at a time, by rising subjects. Answers the
    /// positions; nil when another process holds the lease.
    package func append(_ prepared: PreparedEntries, now: Instant, in tx: Transaction) throws -> Range<Int>? {
        guard let state = try SealerState.taken(by: holder, now: now, in: tx) else { return nil }
        guard !prepared.rows.isEmpty else { return state.edge.size..<state.edge.size }
        var (edge, nodes, places) = (state.edge, [[SQLValue]](), [[SQLValue]]())
        places.reserveCapacity(prepared.rows.count)
        for (entry, leaf) in prepared.rows {
            places.append([
                edge.size.sqlValue, entry.subject.sqlValue, entry.sequence.sqlValue, leaf.sqlValue,
            ])
            for node in edge.append(leaf) where node.height > 0 && node.height % SealedLog.levelHeight == 0 {
                nodes.append([
                    (node.height / SealedLog.levelHeight).sqlValue, node.index.sqlValue, node.hash.sqlValue,
                ])
            }
        }
        try Journal.load(prepared, in: tx)
        try tx.load(places, into: "journal_leaf (position, subject, sequence, leaf)")
        try tx.load(nodes, into: "journal_node (level, node, hash)")
        try state.advance(to: edge, now: now, in: tx)
        return state.edge.size..<edge.size
    }

    /// Gives the lease back, so that the next process need not wait for it to run out.
    package func release() async throws {
        try await store.write { [holder] tx in
            try tx.execute("UPDATE journal_sealer SET lease_until = 0 WHERE id = 1 AND holder = \(holder)")
        }
    }

    /// Signs a checkpoint when the log has grown since the last one; answers it, or nil.
    package func checkpoint(now: Instant) async throws -> Checkpoint? {
        try await store.write { [holder, origin, sign] tx in
            guard let state = try SealerState.taken(by: holder, now: now, in: tx), state.edge.size > 0 else {
                return nil
            }
            let (size, root) = (state.edge.size, state.edge.root)
            guard try SealedLog.latestCheckpoint(in: tx)?.size != size else { return nil }
            let note = try sign(Checkpoint.text(origin: origin, size: size, root: root))
            try tx.execute(
                """
                INSERT INTO journal_checkpoint (size, at, root, note) VALUES (\(size), \(now), \(root), \(note))
                """)
            return Checkpoint(size: size, root: root, at: now, note: note)
        }
    }
}

/// The one row that says who seals, how far, and the right edge of the tree.
private struct SealerState {
    let holder: String
    let fence: Int
    let edge: MerkleEdge

    /// The state, with the lease taken over when it is free; nil when another process holds it.
    static func taken(by holder: String, now: Instant, in tx: Transaction) throws -> SealerState? {
        let until = now.advanced(bySeconds: Sealer.leaseSeconds)
        try tx.execute(
            """
            INSERT INTO journal_sealer (id, holder, fence, lease_until, size, edge)
            VALUES (1, \(holder), 1, \(until), 0, \([UInt8]())) ON CONFLICT (id) DO NOTHING
            """)
        guard let row = try tx.row("SELECT holder, fence, lease_until, size, edge FROM journal_sealer WHERE id = 1"),
            let edge = MerkleEdge(size: try row.integer(3), bytes: try row.bytes(4))
        else { throw Fault.corrupt("the sealer's books do not add up") }
        let (current, fence) = (try row.text(0), try row.integer(1))
        if current == holder { return SealerState(holder: holder, fence: fence, edge: edge) }
        guard try row.instant(2) < now else { return nil }
        let taken = try tx.changes(
            """
            UPDATE journal_sealer SET holder = \(holder), fence = \(fence + 1), lease_until = \(until)
            WHERE id = 1 AND fence = \(fence) AND size = \(edge.size)
            """)
        return taken == 1 ? SealerState(holder: holder, fence: fence + 1, edge: edge) : nil
    }

    /// Writes the new edge, unless another process has taken over since.
    func advance(to edge: MerkleEdge, now: Instant, in tx: Transaction) throws {
        let until = now.advanced(bySeconds: Sealer.leaseSeconds)
        let changed = try tx.changes(
            """
            UPDATE journal_sealer SET size = \(edge.size), edge = \(edge.bytes), lease_until = \(until)
            WHERE id = 1 AND fence = \(fence) AND size = \(self.edge.size)
            """)
        guard changed == 1 else { throw WriteConflict(detail: "another sealer") }
    }
}
