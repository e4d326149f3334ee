import Vocabulary

/// One column of a proposal that says something else than the sheet, or than its source said before.
package struct ProposalLine: Hashable, Sendable {
    /// The column of the national exchange, such as `promise_day`.
    package let column: String
    /// What the sheet says in its place; nil where it has none, or says nothing.
    package let ours: String?
    package let theirs: String
    /// What the same source said before; nil where it said nothing.
    package let before: String?
    /// Whether one click takes it over; else an editor writes it by hand.
    package let isTakable: Bool

    /// Whether the sheet has one place for it.
    package var hasPlace: Bool { ProvinceColumn.all[column] != nil }

    /// What the sheet calls it; nil where it has no place for it.
    package var label: Bilingual? {
        ProvinceColumn.all[column].flatMap { rule in SheetField.record.first { $0.key == rule.key } }.map(\.label)
    }

    /// What somebody says, for people: the labels of codes, else as it is.
    package func plain(_ text: String, _ tables: CodeTables) -> Bilingual {
        ProvinceColumn.plain(column, text, tables)
    }
}

extension CatalogueProposal {
    /// What it says otherwise, in the order of the names of columns: compared with the sheet where the sheet has a
    /// place for it, else with what its source said before, once it had said something. Of an item that the catalogue
    /// does not have everything is said.
    package func lines(on sheet: ItemSheet?, _ tables: CodeTables) throws -> [ProposalLine] {
        let record = try sheet?.record()
        return values.keys.sorted().compactMap { column in
            guard !ProvinceColumn.technical.contains(column) else { return nil }
            let (theirs, earlier) = (text(column), before?[column].map { ProvinceColumn.text($0) })
            guard let record else { return line(column, ours: nil, theirs, earlier, isTakable: false) }
            guard let rule = ProvinceColumn.all[column] else {
                guard before != nil, earlier ?? "" != theirs else { return nil }
                return line(column, ours: nil, theirs, earlier, isTakable: false)
            }
            let ours = rule.said(record, values)
            guard rule.normal(ours ?? "") != rule.normal(theirs) else { return nil }
            return line(column, ours: ours, theirs, earlier, isTakable: fits(column, rule, record, tables))
        }
    }

    private func line(
        _ column: String, ours: String?, _ theirs: String, _ before: String?, isTakable: Bool
    ) -> ProposalLine? {
        guard !theirs.isEmpty || ours != nil || before != nil else { return nil }
        return ProposalLine(
            column: column, ours: ours, theirs: theirs, before: before == theirs ? nil : before, isTakable: isTakable)
    }

    /// Whether the sheet still has its shape with it: no code that no table lists, no number out of its range.
    private func fits(
        _ column: String, _ rule: ProvinceColumn, _ record: [String: JSONValue], _ tables: CodeTables
    ) -> Bool {
        guard let take = rule.take, !text(column).isEmpty else { return false }
        var next = record
        take(text(column), &next, values)
        let changed = SheetField.record.filter { next[$0.key] != record[$0.key] }
        return !changed.isEmpty
            && changed.allSatisfy { part in
                (next[part.key].map { part.shape.defects(in: $0, at: part.key, tables) } ?? []).isEmpty
            }
    }

    /// The sheet with everything that can be taken over. Throws `CatalogueRefusal.unreadable` where the whole is no
    /// sheet.
    package func taken(over sheet: ItemSheet, _ tables: CodeTables) throws -> ItemSheet {
        var record = try sheet.record()
        for line in try lines(on: sheet, tables) where line.isTakable {
            ProvinceColumn.all[line.column]?.take?(line.theirs, &record, values)
        }
        return try ItemSheet(slug: sheet.slug, record: record)
    }
}
