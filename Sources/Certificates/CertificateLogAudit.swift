package import Store

/// Makes the public log of certificates again, from the sealed journal and from its own lines, and says whether it is
/// what was published.
package struct CertificateLogAudit: Sendable {
    /// What was found.
    package struct Report: Equatable, Sendable {
        /// Lines of the log.
        package var lines = 0
        package var checkpoints = 0
        /// One sentence for each thing that does not hold; empty when all does. At most `findingsMax`.
        package var findings: [String] = []

        package var holds: Bool { findings.isEmpty }

        fileprivate mutating func add(_ finding: String) {
            if findings.count < CertificateLogAudit.findingsMax { findings.append(finding) }
        }
    }

    /// LIMIT: findings named in one report.
    package static let findingsMax = 100

    private let store: any Store
    private let origin: String
    private let isNoteValid: @Sendable (_ note: String, _ text: String) -> Bool

    /// `isNoteValid` checks the signature of a note and that it signs the text.
    package init(
        store: any Store, origin: String, isNoteValid: @escaping @Sendable (_ note: String, _ text: String) -> Bool
    ) {
        (self.store, self.origin, self.isNoteValid) = (store, origin, isNoteValid)
    }

    /// Recomputes every leaf, tile, root and checkpoint, page by page. That every checkpoint has the root of its own
    /// prefix is what makes each consistent with the next.
    package func run() async throws -> Report {
        var (report, tiler, checkpoints) = (Report(), MerkleTiler(), [Checkpoint]()[...])
        let end = try await store.read { tx in try CertificateLogTable.state(in: tx) }
        while tiler.edge.size < end.edge.size {
            let next = tiler.edge.size
            let page = try await store.read { tx in try CertificateLogTable.lines(from: next, in: tx) }
                .prefix(end.edge.size - next)
            for line in page {
                if line.position != tiler.edge.size { report.add("line \(tiler.edge.size) is missing") }
                tiler.append(MerkleHash.leaf(line.bytes))
                if checkpoints.isEmpty {
                    let size = tiler.edge.size - 1
                    checkpoints = try await store.read { tx in
                        try CertificateLogTable.checkpoints(after: size, in: tx)
                    }[...]
                }
                while let checkpoint = checkpoints.first, checkpoint.size <= tiler.edge.size {
                    examine(checkpoint, tiler.edge, &report)
                    checkpoints.removeFirst()
                }
            }
            try await examine(&tiler, &report)
            guard !page.isEmpty else { break }
        }
        report.lines = tiler.edge.size
        if tiler.edge != end.edge { report.add("the log does not end as it was left, with \(end.edge.size) lines") }
        let (beyond, more) = try await store.read { tx in
            (
                try CertificateLogTable.checkpoints(after: end.edge.size, limit: 1, in: tx),
                try CertificateLogTable.lines(from: end.edge.size, limit: 1, in: tx)
            )
        }
        if !beyond.isEmpty && more.isEmpty { report.add("a checkpoint covers more lines than there are") }
        try await examineJournal(upTo: end.followed, &report)
        return report
    }

    private func examine(_ checkpoint: Checkpoint, _ edge: MerkleEdge, _ report: inout Report) {
        report.checkpoints += 1
        if checkpoint.root != edge.root { report.add("checkpoint \(checkpoint.size) has another root") }
        let text = Checkpoint.text(origin: origin, size: checkpoint.size, root: checkpoint.root)
        if !isNoteValid(checkpoint.note, text) { report.add("checkpoint \(checkpoint.size) is not signed by the log") }
    }

    /// Holds the kept tiles against those that the lines give. A kept one may have grown since.
    private func examine(_ tiler: inout MerkleTiler, _ report: inout Report) async throws {
        for (tile, hashes) in tiler.takeChanged() {
            let kept = try await store.read { tx in try CertificateLogTable.hashes(tile, in: tx) }
            if !kept.starts(with: hashes) { report.add("tile \(tile.level)/\(tile.index) was changed") }
        }
    }

    /// Holds the lines against those that the sealed journal gives, in its order.
    private func examineJournal(upTo end: Int, _ report: inout Report) async throws {
        var place = 0
        for start in stride(from: 0, to: end, by: CertificateLogKeeper.batchMax) {
            let range = start..<min(start + CertificateLogKeeper.batchMax, end)
            let (expected, found) = try await store.read { [place] tx in
                let leaves = try CertificateLogTable.leaves(range, in: tx)
                return (leaves, try CertificateLogTable.lines(from: place, limit: leaves.count, in: tx))
            }
            for (offset, leaf) in expected.enumerated() {
                guard offset < found.count, found[offset].position == place + offset,
                    found[offset].bytes == leaf.entry.bytes
                else {
                    return report.add("line \(place + offset) is not what the journal says")
                }
            }
            place += expected.count
        }
        if place != report.lines { report.add("\(report.lines) lines, but the journal gives \(place)") }
    }
}
