import Vocabulary

/// Reads the whole journal and says whether it is what was sealed.
package struct JournalAudit: Sendable {
    /// What was found.
    package struct Report: Equatable, Sendable {
        package var sealed = 0
        package var pending = 0
        package var checkpoints = 0
        package var erased = 0
        /// One sentence for each thing that does not hold; empty when all does. At most `findingsMax`.
        package var findings: [String] = []

        package var holds: Bool { findings.isEmpty }
    }

    /// LIMIT: findings named in one report.
    package static let findingsMax = 100

    private let store: any Store
    private let isNoteValid: @Sendable (_ note: String, _ text: String) -> Bool
    private let origin: String

    /// `isNoteValid` checks the signature of a note and that it signs the text.
    package init(
        store: any Store, origin: String, isNoteValid: @escaping @Sendable (_ note: String, _ text: String) -> Bool
    ) {
        self.store = store
        self.origin = origin
        self.isNoteValid = isNoteValid
    }

    /// Recomputes every leaf, every checkpoint and the sealer's own edge of the tree, page by page.
    package func run() async throws -> Report {
        var report = Report()
        var edge = MerkleEdge.empty
        var next = 0
        var checkpoints = try await store.read { tx in try SealedLog.checkpoints(after: 0, in: tx) }[...]
        while true {
            let (page, books) = try await store.read { [next] tx in
                (try SealedLog.places(from: next, in: tx), try SealedLog.edge(in: tx))
            }
            if page.isEmpty {
                if books != edge {
                    report.add("the log does not end as the sealer left it, with \(books.size) entries")
                }
                break
            }
            for place in page {
                if place.position != next { report.add("position \(next) is missing") }
                examine(place, &report)
                edge.append(place.leaf)
                next = place.position + 1
                while let checkpoint = checkpoints.first, checkpoint.size <= next {
                    examine(checkpoint, edge, &report)
                    checkpoints.removeFirst()
                    if checkpoints.isEmpty {
                        checkpoints = try await store.read { tx in
                            try SealedLog.checkpoints(after: checkpoint.size, in: tx)
                        }[...]
                    }
                }
            }
        }
        report.sealed = edge.size
        if let beyond = checkpoints.first {
            report.add("checkpoint \(beyond.size) covers more entries than there are")
        }
        try await examineBooks(&report)
        return report
    }

    private func examine(_ place: SealedLog.Place, _ report: inout Report) {
        guard let entry = place.entry else {
            report.add("the entry at position \(place.position) \(place.isGone ? "is gone" : "cannot be read")")
            return
        }
        if entry.leaf != place.leaf { report.add("entry at position \(place.position) was changed") }
        if !entry.isPersonalPartIntact { report.add("personal part at position \(place.position) was changed") }
        if entry.personal == nil && entry.innerDigest != JournalEntry.noPersonalDigest { report.erased += 1 }
    }

    private func examine(_ checkpoint: Checkpoint, _ edge: MerkleEdge, _ report: inout Report) {
        report.checkpoints += 1
        if checkpoint.root != edge.root { report.add("checkpoint \(checkpoint.size) has another root") }
        let text = Checkpoint.text(origin: origin, size: checkpoint.size, root: checkpoint.root)
        if !isNoteValid(checkpoint.note, text) { report.add("checkpoint \(checkpoint.size) is not signed by the log") }
    }

    private func examineBooks(_ report: inout Report) async throws {
        let (books, gaps) = try await store.read { tx in
            let counts = try tx.row(
                """
                SELECT (SELECT COUNT(*) FROM journal), (SELECT COUNT(*) FROM journal_leaf),
                    (SELECT COUNT(*) FROM journal_pending)
                """)
            let gaps = try tx.rows(
                """
                SELECT subject FROM journal GROUP BY subject HAVING COUNT(*) <> MAX(sequence) OR MIN(sequence) <> 1
                ORDER BY subject LIMIT 10
                """)
            return (counts, gaps)
        }
        for gap in gaps { report.add("subject \(try gap.subject(0)) has a gap in its sequence") }
        guard let books else { return }
        let (entries, sealed, pending) = (try books.integer(0), try books.integer(1), try books.integer(2))
        report.pending = pending
        if entries != sealed + pending {
            report.add("\(entries) entries, but \(sealed) sealed and \(pending) waiting")
        }
    }
}

extension JournalAudit.Report {
    fileprivate mutating func add(_ finding: String) {
        if findings.count < JournalAudit.findingsMax { findings.append(finding) }
    }
}
