package import Certificates
package import Signing
import Store
package import Vocabulary

/// The public log of certificates as doors and commands see it.
extension Hall {
    /// A line with its place.
    package struct LogLine: Sendable {
        package let position: Int
        package let entry: CertificateLogEntry
    }

    /// What the log promises at one moment: its first `size` lines have this root.
    package struct LogCheckpoint: Sendable {
        package let size: Int
        package let root: [UInt8]
        package let at: Instant
        /// The signed note, as it is published.
        package let note: String
    }

    /// Hashes of a full tile, lines of a full bundle.
    package static let logTileWidth = MerkleTile.width

    /// The newest checkpoint; nil before the first.
    package func logCheckpoint() async throws -> LogCheckpoint? {
        try await store.read { tx in try CertificateLogTable.latestCheckpoint(in: tx) }.map {
            LogCheckpoint(size: $0.size, root: $0.root, at: $0.at, note: $0.note)
        }
    }

    /// The first `count` hashes of a tile. Refuses what the newest checkpoint does not cover.
    package func logTile(level: Int, index: Int, count: Int) async throws -> [UInt8] {
        try await store.read { tx in
            let tile = MerkleTile(level: level, index: index)
            let size = try CertificateLogTable.latestCheckpoint(in: tx)?.size ?? 0
            guard (1...MerkleTile.width).contains(count), tile.count(in: size) >= count else {
                throw CertificateLogRefusal.noSuchPart
            }
            return Array(try CertificateLogTable.hashes(tile, in: tx).prefix(count * 32))
        }
    }

    /// The first `count` lines of a bundle of 256. Refuses what the newest checkpoint does not cover.
    package func logBundle(_ index: Int, count: Int) async throws -> [[UInt8]] {
        try await store.read { tx in
            let size = try CertificateLogTable.latestCheckpoint(in: tx)?.size ?? 0
            guard (1...MerkleTile.width).contains(count),
                MerkleTile(level: 0, index: index).count(in: size) >= count
            else { throw CertificateLogRefusal.noSuchPart }
            let lines = try CertificateLogTable.lines(from: index * MerkleTile.width, limit: count, in: tx)
            return lines.map(\.bytes)
        }
    }

    /// Lines that the newest checkpoint covers, from a position on, at most a page of a list.
    package func logLines(from position: Int, limit: Int) async throws -> [LogLine] {
        try await store.read { tx in
            let size = try CertificateLogTable.latestCheckpoint(in: tx)?.size ?? 0
            let start = max(0, min(position, size))
            let count = min(limit, Limits.pageRowsMax, size - start)
            return try CertificateLogTable.lines(from: start, limit: count, in: tx).map {
                LogLine(position: $0.position, entry: try CertificateLogEntry($0.bytes))
            }
        }
    }

    /// The proof of a line, as anybody may have it: it does not say which certificate the line is of. Refuses a line
    /// that the newest checkpoint does not cover.
    package func logProof(of position: Int) async throws -> LogProof {
        try await store.read { tx in
            guard let checkpoint = try CertificateLogTable.latestCheckpoint(in: tx),
                (0..<checkpoint.size).contains(position)
            else { throw CertificateLogRefusal.noSuchPart }
            return try Self.proof(of: position, under: checkpoint, opening: nil, in: tx)
        }
    }

    /// The proof that one log is a prefix of another. Refuses sizes that the newest checkpoint does not cover.
    package func logConsistency(from first: Int, to second: Int) async throws -> [[UInt8]] {
        try await store.read { tx in
            let size = try CertificateLogTable.latestCheckpoint(in: tx)?.size ?? 0
            guard first > 0, first <= second, second <= size else { throw CertificateLogRefusal.noSuchPart }
            return try CertificateLogTable.consistencyProof(from: first, to: second, in: tx)
        }
    }

    /// What the log says of a certificate, the oldest first, as far as a checkpoint covers it. For its holder and its
    /// issuer only.
    package func logLines(of id: CertificateID) async throws -> [LogLine] {
        try await store.read { tx in
            let size = try CertificateLogTable.latestCheckpoint(in: tx)?.size ?? 0
            return try CertificateLogTable.positions(of: id, in: tx).filter { $0 < size }.flatMap { position in
                try CertificateLogTable.lines(from: position, limit: 1, in: tx).map {
                    LogLine(position: $0.position, entry: try CertificateLogEntry($0.bytes))
                }
            }
        }
    }

    /// The proofs of everything that the log says of a certificate, with what shows that it is this one: for its holder
    /// and its issuer only. Refuses a certificate of which no checkpoint covers a line.
    package func logProofs(of id: CertificateID) async throws -> [(position: Int, proof: LogProof)] {
        try await store.read { tx in
            guard let certificate = try CertificateTable.load(id, in: tx),
                let salt = try CertificateLogTable.salt(of: id, in: tx)
            else { throw CertificateRefusal.notFound }
            guard let checkpoint = try CertificateLogTable.latestCheckpoint(in: tx) else {
                throw CertificateLogRefusal.notLogged
            }
            let opening = CertificateLogProof.Opening(certificate.reservation.identifier, salt)
            let positions = try CertificateLogTable.positions(of: id, in: tx).filter { $0 < checkpoint.size }
            guard !positions.isEmpty else { throw CertificateLogRefusal.notLogged }
            return try positions.map {
                (position: $0, proof: try Self.proof(of: $0, under: checkpoint, opening: opening, in: tx))
            }
        }
    }

    /// The certificate of an identifier. Refuses a malformed one and one that nobody has.
    package func certificateID(_ text: String) async throws -> CertificateID {
        guard let identifier = CertificateIdentifier(text) else { throw CertificateRefusal.malformedIdentifier }
        let found = try await store.read { tx in try CertificateTable.id(identifier, in: tx) }
        guard let found else { throw CertificateRefusal.notFound }
        return found
    }

    private static func proof(
        of position: Int, under checkpoint: Checkpoint, opening: CertificateLogProof.Opening?, in tx: Transaction
    ) throws -> LogProof {
        guard let line = try CertificateLogTable.lines(from: position, limit: 1, in: tx).first else {
            throw Fault.corrupt("line \(position) of the certificate log is missing")
        }
        let extra = try CertificateLogProof(try CertificateLogEntry(line.bytes), opening: opening).extra()
        let path = try CertificateLogTable.inclusionProof(of: position, size: checkpoint.size, in: tx)
        return LogProof(extra: extra, index: position, path: path, checkpoint: checkpoint.note)
    }
}
