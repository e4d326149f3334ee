/// Fields as cells with borders: as many pairs of a label and a value to a row as the template has columns; a value of
/// more than two lines has a row to itself.
struct FaceTable {
    private static let padding = 4.0

    let fields: FaceFields
    let style: TextStyle
    let typeface: Typeface

    private var width: Double { fields.box.rectangle.width }
    private var pair: Double { width / Double(fields.columns) }

    /// A strip for each row.
    func rows(of texts: [FaceText.Field]) throws(DocumentRefusal) -> [[Strip]] {
        var rows: [[Strip]] = []
        var waiting: [FaceText.Field] = []
        for text in texts {
            let height = try lines(text.value, pair - fields.labelWidth).count
            let isWide = text.label.isEmpty || height > 2
            if isWide {
                if !waiting.isEmpty { rows.append(try row(waiting)) }
                waiting = []
                rows.append(try row([text]))
            } else {
                waiting.append(text)
                if waiting.count == fields.columns {
                    rows.append(try row(waiting))
                    waiting = []
                }
            }
        }
        if !waiting.isEmpty { rows.append(try row(waiting)) }
        return rows
    }

    /// A row whose fields share the width; one that is higher than a page is cut between its lines.
    private func row(_ texts: [FaceText.Field]) throws(DocumentRefusal) -> [Strip] {
        let share = width / Double(texts.count)
        var cells: [(lines: [TextLine], x: Double, width: Double, isLabel: Bool)] = []
        for (index, text) in texts.enumerated() {
            let left = Double(index) * share
            let label = text.label.isEmpty ? 0 : fields.labelWidth
            if label > 0 { cells.append((try lines(text.label, label), left, label, true)) }
            cells.append((try lines(text.value, share - label), left + label, share - label, false))
        }
        let count = cells.map(\.lines.count).max() ?? 1
        let capacity = max(1, Int((fields.box.rectangle.height - 2 * Self.padding) / style.height))
        return stride(from: 0, to: count, by: capacity).map { start in
            let part = cells.map { cell in
                (lines: Array(cell.lines.dropFirst(start).prefix(capacity)), cell.x, cell.width, cell.isLabel)
            }
            return strip(part, lines: min(capacity, count - start))
        }
    }

    private func strip(
        _ cells: [(lines: [TextLine], x: Double, width: Double, isLabel: Bool)], lines count: Int
    ) -> Strip {
        let height = style.height * Double(count) + 2 * Self.padding
        var strip = Strip(height: height)
        for cell in cells {
            let box = Rectangle(at: Point(cell.x, 0), width: cell.width, height: height)
            strip.marks.append(.stroke(.rectangle(box), ink: fields.lineInk, width: 0.6))
            var style = style
            if cell.isLabel {
                style.alignment = .centre
                style.face.ink = fields.labelInk
            }
            let top = (height - style.height * Double(cell.lines.count)) / 2
            for (index, line) in cell.lines.enumerated() where !line.text.isEmpty {
                let corner = Point(cell.x + Self.padding, top + Double(index) * style.height)
                strip.marks.append(style.mark(line, at: corner, width: cell.width - 2 * Self.padding))
            }
        }
        return strip
    }

    private func lines(_ text: String, _ width: Double) throws(DocumentRefusal) -> [TextLine] {
        let ems = (width - 2 * Self.padding) / style.face.size
        return try LineBreaker(typeface: typeface).lines(of: text, first: ems, rest: ems)
    }
}
