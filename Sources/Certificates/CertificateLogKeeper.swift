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
        guard let part = try await part(from: nil, limit) else { return 0 }
        return try await write(part, now) ? part.range.count : 0
    }

    /// Follows whatever is sealed. What comes next is read while what was read before it is written.
    package func followAll(now: @escaping @Sendable () -> Instant) async throws {
        // Whoever does not hold the lease reads one part and no other.
        guard let first = try await part(from: nil), try await write(first, now()) else { return }
        var ahead = try await part(from: first.range.upperBound)
        while let part = ahead {
            async let next = self.part(from: part.range.upperBound)
            guard try await write(part, now()) else { return }
            ahead = try await next
        }
    }

    /// Positions of the journal with the lines that they give. What is sealed does not change, so they are made before
    /// anybody has to wait for them to be written.
    private struct Part: Sendable {
        let range: Range<Int>
        let leaves: [CertificateLogTable.Leaf]
    }

    /// The positions from one on, or else from where the log stands; nil when there are none.
    private func part(from start: Int?, _ limit: Int = batchMax) async throws -> Part? {
        try await store.read { tx in
            let start = try start ?? CertificateLogTable.state(in: tx).followed
            let end = min(start + limit, try SealedLog.size(in: tx))
            guard start < end else { return nil }
            return Part(range: start..<end, leaves: try CertificateLogTable.leaves(start..<end, in: tx))
        }
    }

    /// Writes the lines; false when another process holds the lease or was first.
    private func write(_ part: Part, _ now: Instant) async throws -> Bool {
        let isWritten = try await sealer.holding(now: now) { tx in
            guard try CertificateLogTable.state(in: tx).followed == part.range.lowerBound else { return false }
            try CertificateLogTable.append(part.leaves, following: part.range, in: tx)
            return true
        }
        return isWritten ?? false
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
