import Vocabulary

/// What an import of sheets did.
package struct SheetsReport: Sendable, Codable {
    /// Items that became sheets, sheets that were changed, and those that said all of it already.
    package private(set) var added = 0
    package private(set) var changed = 0
    package private(set) var same = 0
    /// Items of which nothing was taken in, and why.
    package private(set) var refusedItems = 0
    package private(set) var refused: [RefusedRow] = []
    /// Codes that were given or kept.
    package private(set) var codes = 0

    /// Begins with what was refused while the file was read.
    package init(_ refused: [RefusedRow]) {
        refuse(refused)
    }

    /// Counts what was decided.
    package mutating func note(_ decision: SheetIntake.Decision) {
        switch decision {
        case .add(_, let entries):
            added += 1
            codes += entries.count
        case .change(_, let entries):
            changed += 1
            codes += entries.count
        case .same: same += 1
        case .refuse(let rows): refuse(rows)
        }
    }

    private mutating func refuse(_ rows: [RefusedRow]) {
        refusedItems += Set(rows.map(\.item).filter { !$0.isEmpty }).count
        refused += rows.prefix(SheetBatch.reasonsMax - refused.count)
    }
}

/// What the journal says of an import of sheets.
package struct SheetsImported: Codable, Hashable, Sendable {
    package let added: Int
    package let changed: Int
    package let codes: Int
    package let refused: Int

    /// The entry of an import.
    package init(_ report: SheetsReport) {
        (added, changed, codes, refused) = (report.added, report.changed, report.codes, report.refusedItems)
    }
}
