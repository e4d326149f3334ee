package import Store
package import Vocabulary

extension CertificateLogTable {
    /// A line and its place.
    package struct Line: Equatable, Sendable {
        /// 0, 1, 2, … without gaps.
        package let position: Int
        package let bytes: [UInt8]
    }

    /// The lines from a position on, in order. Those of a run are made again from the sealed journal.
    package static func lines(from position: Int, limit: Int = pageMax, in tx: Transaction) throws -> [Line] {
        let end = position + min(limit, pageMax)
        let kept = try tx.rows(
            """
            SELECT position, entry FROM certificate_log_entry WHERE position >= \(position) AND position < \(end)
            ORDER BY position LIMIT \(min(limit, pageMax))
            """
        ).map { Line(position: try $0.integer(0), bytes: try $0.bytes(1)) }
        guard kept.count < end - position else { return kept }
        let again = try runs(crossing: position..<end, in: tx).flatMap { run in
            let positions = (position..<end).clamped(to: run.positions)
            let leaves = try leaves(run.followed(of: positions), in: tx)
            guard leaves.count == positions.count else { throw Fault.corrupt("a run of the log has other lines") }
            return zip(positions, leaves).map { Line(position: $0, bytes: $1.entry.bytes) }
        }
        return again.isEmpty ? kept : (kept + again).sorted { $0.position < $1.position }
    }

    /// Where what happened to a certificate stands, the oldest first.
    package static func positions(of id: CertificateID, in tx: Transaction) throws -> [Int] {
        let kept = try tx.rows(
            """
            SELECT position FROM certificate_log_place WHERE certificate = \(id)
            ORDER BY sequence LIMIT \(Journal.eventsPerSubjectMax)
            """
        ).map { try $0.integer(0) }
        guard let first = try SealedLog.position(of: id.subject, sequence: 1, in: tx),
            let run = try run(following: first, in: tx)
        else { return kept }
        return [run.position + first - run.followed] + kept
    }

    /// The salt of a certificate; nil when there is no such certificate.
    package static func salt(of id: CertificateID, in tx: Transaction) throws -> CertificateLogEntry.Salt? {
        try Journal.first(of: id.subject, in: tx).map(CertificateLogEntry.Salt.init)
    }

    /// The hashes of a tile one after another, as many as there are today; empty when it is not there.
    package static func hashes(_ tile: MerkleTile, in tx: Transaction) throws -> [UInt8] {
        try tx.row(
            "SELECT hashes FROM certificate_log_tile WHERE level = \(tile.level) AND tile = \(tile.index)"
        )?.bytes(0) ?? []
    }

    /// The newest checkpoint; nil before the first.
    package static func latestCheckpoint(in tx: Transaction) throws -> Checkpoint? {
        try tx.row("SELECT size, at, root, note FROM certificate_log_checkpoint ORDER BY size DESC LIMIT 1")
            .map(checkpoint)
    }

    /// Checkpoints of more than `size` lines, the smallest first.
    package static func checkpoints(after size: Int, limit: Int = pageMax, in tx: Transaction) throws -> [Checkpoint] {
        try tx.rows(
            """
            SELECT size, at, root, note FROM certificate_log_checkpoint WHERE size > \(size)
            ORDER BY size LIMIT \(limit)
            """
        ).map(checkpoint)
    }

    /// The path of the line at a position among the first `size`. Reads each tile once, at most two a level.
    package static func inclusionProof(of position: Int, size: Int, in tx: Transaction) throws -> [[UInt8]] {
        var tiles: [MerkleTile: [UInt8]] = [:]
        return try MerkleProof.inclusion(of: position, in: size) { try node($0, $1, &tiles, in: tx) }
    }

    /// The proof that the log of `first` lines is a prefix of the log of `second`.
    package static func consistencyProof(from first: Int, to second: Int, in tx: Transaction) throws -> [[UInt8]] {
        var tiles: [MerkleTile: [UInt8]] = [:]
        return try MerkleProof.consistency(from: first, to: second) { try node($0, $1, &tiles, in: tx) }
    }

    private static func node(
        _ height: Int, _ index: Int, _ tiles: inout [MerkleTile: [UInt8]], in tx: Transaction
    ) throws -> [UInt8] {
        try MerkleTile.node(height, index) { tile in
            if let known = tiles[tile] { return known }
            let hashes = try hashes(tile, in: tx)
            tiles[tile] = hashes
            return hashes
        }
    }

    private static func checkpoint(_ row: Row) throws -> Checkpoint {
        Checkpoint(size: try row.integer(0), root: try row.bytes(2), at: try row.instant(1), note: try row.text(3))
    }
}
