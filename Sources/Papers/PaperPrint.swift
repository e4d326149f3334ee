package import Documents
import Vocabulary

/// A paper as it is printed. The same paper is always the same file.
package struct PaperPrint: Sendable {
    /// What stands at the top of a paper of a demonstration.
    package static let example = "示例文书 不具有法律效力"

    private let paper: Paper
    private let kind: PaperKind
    private let parts: [PaperPart]
    /// Its name.
    package let title: String

    /// A paper in the template that it is pinned to. Refuses one whose values were erased.
    package init(_ paper: Paper, _ template: PaperTemplate) throws {
        self.paper = paper
        kind = try paper.kind()
        parts = try paper.parts(template)
        title = template.title(paper.values ?? [:])
    }

    /// The file. Refuses a character that the typeface does not draw, and a paper that is too long.
    package func file(_ typeface: Typeface) throws(DocumentRefusal) -> PDFFile {
        let issued = paper.issued
        let frame = OfficialPaper.Frame(
            number: issued.number.description, example: issued.body.isDemonstration ? Self.example : nil
        ) { "第 \($0) 页 共 \($1) 页" }
        var sheet = OfficialPaper(frame, typeface: typeface)
        for part in parts { try add(part, to: &sheet, typeface) }
        return try sheet.file(
            PDFFile.About(title: "\(title) \(issued.number)", language: "zh-CN", createdAt: paper.issuedAt))
    }

    private func add(
        _ part: PaperPart, to sheet: inout OfficialPaper, _ typeface: Typeface
    ) throws(DocumentRefusal) {
        switch part {
        case .masthead(let body): try sheet.masthead(body)
        case .number(let number): try sheet.number(number)
        case .title(let title): try sheet.title(title)
        case .addressee(let text): try sheet.addressee(text)
        case .paragraph(let text): try sheet.paragraph(text)
        case .heading(let text): try sheet.heading(text)
        case .list(let lines):
            for (index, line) in lines.enumerated() {
                try sheet.paragraph(lines.count == 1 ? line : "\(index + 1)．\(line)")
            }
        case .table(let columns, let shares, let rows):
            try sheet.table(columns, shares: shares.map(Double.init), rows: rows)
        case .facts(let facts): try sheet.facts(facts.map { ($0.name, $0.value) })
        case .note(let text): try sheet.note(text)
        case .signature(let body, let day):
            var seal: SealDrawing?
            if let drawn = kind.seal {
                seal = try SealDrawing(
                    drawn, name: body, isExample: paper.issued.body.isDemonstration, typeface: typeface)
            }
            try sheet.signature(body, day: day, seal: seal)
        case .signers(let labels, let drawing): try sheet.signers(labels, drawn: drawing)
        case .receipt(let text, let labels): try sheet.receipt(text, labels)
        }
    }
}
