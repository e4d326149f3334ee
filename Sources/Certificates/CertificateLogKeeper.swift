package import Store
package import Vocabulary

/// Keeps the public log of certificates: follows the sealed journal, and signs checkpoints.
///
/// Who seals the journal keeps the log, by the same lease. A line's place follows from the order in which the journal
/// was sealed, so whoever follows it again comes to the same log; a process that dies between two steps loses nothing
/// and doubles nothing, because lines, tiles and how far it came are written in one transaction.
package struct CertificateLogKeeper: Sendable {
    /// LIMIT: positions of the journal followed in one transaction.
    package static let batchMax = 2048

    private let store: any Store
    private let sealer: Sealer
    private let origin: String
    private let sign: @Sendable (_ text: String) throws -> String

    /// `origin` names the log; `sign` turns a checkpoint's text into a signed note.
    package init(
        store: any Store, sealer: Sealer, origin: String,
        sign: @escaping @Sendable (_ text: String) throws -> String
    ) {
        (self.store, self.sealer, self.origin, self.sign) = (store, sealer, origin, sign)
    }

    /// Follows at most `limit` positions of the sealed journal and answers how many; nought when there are none or
    /// another process holds the lease.
    package func follow(now: Instant, limit: Int = batchMax) async throws -> Int {
        let isBehind = try await store.read { tx in
            try CertificateLogTable.state(in: tx).followed < SealedLog.size(in: tx)
        }
        guard isBehind else { return 0 }
        let followed = try await sealer.holding(now: now) { tx -> Int in
            let start = try CertificateLogTable.state(in: tx).followed
            let range = start..<max(start, min(start + limit, try SealedLog.size(in: tx)))
            guard !range.isEmpty else { return 0 }
            try CertificateLogTable.append(
                try CertificateLogTable.leaves(range, in: tx), following: range, in: tx)
            return range.count
        }
        return followed ?? 0
    }

    /// Signs a checkpoint when the log has grown since the last one; answers it, or nil.
    package func checkpoint(now: Instant) async throws -> Checkpoint? {
        let made = try await sealer.holding(now: now) { [origin, sign] tx -> Checkpoint? in
            let edge = try CertificateLogTable.state(in: tx).edge
            guard edge.size > 0, try CertificateLogTable.latestCheckpoint(in: tx)?.size != edge.size else { return nil }
            let note = try sign(Checkpoint.text(origin: origin, size: edge.size, root: edge.root))
            let checkpoint = Checkpoint(size: edge.size, root: edge.root, at: now, note: note)
            try CertificateLogTable.keep(checkpoint, in: tx)
            return checkpoint
        }
        return made ?? nil
    }
}
