package import Vocabulary

/// What a paper says, piece by piece: read by the printer and by the page.
package enum PaperPart: Hashable, Sendable {
    case masthead(String)
    case number(String)
    case title(String)
    case addressee(String)
    case paragraph(String)
    case heading(String)
    case list([String])
    case table(columns: [String], shares: [Int], rows: [[String]])
    case facts([Fact])
    case note(String)
    case signature(body: String, day: String)
    /// Lines to sign; the first of them bears what was drawn.
    case signers([String], DrawnSignature?)
    case receipt(String, [String])

    /// A fact with its name.
    package struct Fact: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            (self.name, self.value) = (name, value)
        }
    }
}

extension Paper {
    /// What it says in Chinese, or in the translation. `template` is the one that it is pinned to. Refuses a paper
    /// whose values were erased.
    package func parts(_ template: PaperTemplate, isChinese: Bool = true) throws(PaperRefusal) -> [PaperPart] {
        guard let values else { throw .forgotten }
        let day = PaperDay.text(issued.day, isChinese: isChinese)
        let filling = PaperFilling(
            template: template, values: values,
            standing: ["body": issued.body.plainName, "number": issued.number.description, "day": day],
            isChinese: isChinese)
        let text = template.text(isChinese: isChinese)
        var parts: [PaperPart] = []
        for block in text.blocks {
            if let part = try part(block, filling, title: text.title(values)) { parts.append(part) }
        }
        return parts
    }

    private func part(
        _ block: PaperTemplate.Block, _ filling: PaperFilling, title: String
    ) throws(PaperRefusal) -> PaperPart? {
        switch block.type {
        case .masthead: return .masthead(issued.body.plainName)
        case .number: return .number(issued.number.description)
        case .title: return .title(title)
        case .addressee: return try filling.text(block.text ?? "").map(PaperPart.addressee)
        case .paragraph, .remedies, .closing: return try filling.text(block.text ?? "").map(PaperPart.paragraph)
        case .heading:
            if let id = block.of, !filling.says(id) { return nil }
            return try filling.text(block.text ?? "").map(PaperPart.heading)
        case .note: return try filling.text(block.text ?? "").map(PaperPart.note)
        case .list:
            let lines = filling.list(block.of ?? "")
            return lines.isEmpty ? nil : .list(lines)
        case .table: return table(block, filling)
        case .facts:
            var facts: [PaperPart.Fact] = []
            for pair in block.facts ?? [] where pair.count == 2 {
                if let value = try filling.text(pair[1]) { facts.append(PaperPart.Fact(name: pair[0], value: value)) }
            }
            return .facts(facts)
        case .signature:
            return .signature(
                body: issued.body.plainName, day: PaperDay.text(issued.day, isChinese: filling.isChinese))
        case .signers: return .signers(block.labels ?? [], filling.drawing)
        case .receipt: return try filling.text(block.text ?? "").map { .receipt($0, block.labels ?? []) }
        }
    }

    /// Rows with their number in front.
    private func table(_ block: PaperTemplate.Block, _ filling: PaperFilling) -> PaperPart? {
        let rows = filling.table(block.of ?? "")
        guard !rows.isEmpty, let columns = block.columns else { return nil }
        return .table(
            columns: columns.map(\.label), shares: columns.map(\.share),
            rows: rows.enumerated().map { ["\($0 + 1)"] + $1 })
    }
}
