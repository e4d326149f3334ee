package import Catalogue
import Store
import Vocabulary

/// The catalogue as files: out whole or in part, and in again.
extension Hall {
    /// The sheets of these items, of all when none is named, in the order of their names in addresses. `onProgress` is
    /// told of each hundred. Throws `CatalogueRefusal.itemNotFound` for a name that no sheet has.
    package func exportSheets(
        _ slugs: [String] = [], onProgress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> [ItemSheet] {
        guard slugs.isEmpty else {
            return try await store.read { tx in
                try Set(slugs).sorted().map { slug in
                    guard let kept = try SheetTable.sheet(slug, in: tx) else { throw CatalogueRefusal.itemNotFound }
                    return kept.sheet
                }
            }
        }
        var (sheets, last): ([ItemSheet], String) = ([], "")
        while true {
            let after = last
            let page = try await store.read { tx in
                try SheetTable.lines(after: after, in: tx).compactMap { try SheetTable.sheet($0.slug, in: tx)?.sheet }
            }
            guard let next = page.last else { return sheets }
            last = next.slug
            sheets += page
            onProgress(sheets.count)
        }
    }

    /// Takes a file of sheets in: new items become drafts, known ones new revisions, each with its code. An item is
    /// taken in whole or refused with all its reasons; all that are taken in are so in one transaction. `onProgress` is
    /// told of each hundred items, from the beginning again when the transaction is.
    package func importSheets(
        _ batch: SheetBatch, _ composer: GuideComposer, onProgress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> SheetsReport {
        let (stamp, id, subjects) = (stamp(of: .platform), ids.next(), batch.drafts.map { _ in ids.next() })
        return try await store.write { tx in
            let owners = try SheetTable.owners(in: tx)
            var intake = SheetIntake(try SheetTable.codes(in: tx), owners: owners, batch, composer)
            var report = SheetsReport(batch.refused)
            for (count, (draft, subject)) in zip(batch.drafts, subjects).enumerated() {
                let kept = try SheetTable.sheet(draft.slug, in: tx)
                let decision = try intake.decide(draft, kept)
                try keep(decision, kept, as: subject, stamp, in: tx)
                report.note(decision)
                if (count + 1) % Limits.pageRowsMax == 0 { onProgress(count + 1) }
            }
            if report.added + report.changed > 0 {
                try Journal.append([SheetsImported(report)], to: id, after: 0, stamp: stamp, in: tx)
            }
            return report
        }
    }

    private func keep(
        _ decision: SheetIntake.Decision, _ kept: KeptSheet?, as subject: Subject, _ stamp: Stamp, in tx: Transaction
    ) throws {
        switch decision {
        case .add(let sheet, let codes):
            try SheetTable.give(codes, in: tx)
            try SheetTable.add(sheet, as: subject, by: nil, now: stamp.now, in: tx)
        case .change(let sheet, let codes):
            guard let kept else { return }
            try SheetTable.give(codes, in: tx)
            let last = try Journal.lastSequence(of: kept.id, in: tx)
            try Journal.append([SheetEvent(.save, on: sheet)], to: kept.id, after: last, stamp: stamp, in: tx)
            try SheetTable.replace(kept, with: sheet, state: .draft, by: nil, now: stamp.now, in: tx)
        case .same, .refuse: break
        }
    }
}
