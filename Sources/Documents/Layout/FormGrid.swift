/// A box to tick.
package struct FormBox: Sendable {
    package let label: String
    package let isTicked: Bool

    /// A box with what it stands for.
    package init(_ label: String, isTicked: Bool = false) {
        (self.label, self.isTicked) = (label, isTicked)
    }
}

/// One question of a form on paper: what is asked, and where it is answered.
package struct FormCell: Sendable {
    package enum Content: Sendable {
        /// Room to write so many lines by hand.
        case room(lines: Int)
        /// Room before each of these on one line: 年, 月, 日.
        case units([String])
        /// What is written already, one paragraph for each.
        case text([String])
        /// Boxes to tick, beside one another as they fit, or each on a line of its own.
        case boxes([FormBox], isStacked: Bool = false)
    }

    /// What is asked; empty where the answer takes the whole row.
    package let label: String
    package let content: Content
    /// Help in small letters above the room.
    package let hints: [String]

    /// A question.
    package init(_ label: String, _ content: Content, hints: [String] = []) {
        (self.label, self.content, self.hints) = (label, content, hints)
    }
}

extension PaperLayout {
    private static let bandHeight = 21.0
    private static let ruleWidth = 0.6

    /// Adds a band across a form that names the part beneath it, and stays with its first row.
    package mutating func band(_ title: String) throws(DocumentRefusal) {
        let style = TextStyle(TextFace(10.5, isHeavy: true), leading: 1.4)
        let (width, height) = (PaperFrame.textWidth, Self.bandHeight)
        var band = Strip(height: height, keepsNext: true)
        band.marks = [
            .rectangles([Rectangle(at: Point(0, 0), width: width, height: height)], ink: .mist),
            Self.across(at: 0, width), Self.across(at: height, width),
        ]
        band.marks += [0, width].map { Self.upright(at: $0, height) }
        let line = try LineBreaker(typeface: typeface).clipped(title, width: (width - 16) / style.face.size)
        band.marks.append(style.mark(line, at: Point(8, (height - style.height) / 2), width: width - 16))
        strips.append(band)
    }

    /// Adds rows of a form with lines around every cell: one question to a row, or two side by side. A row stays on
    /// one page unless it is taller than half of one; then the lines are closed where the page breaks.
    package mutating func grid(_ rows: [[FormCell]]) throws(DocumentRefusal) {
        for row in rows where !row.isEmpty { strips += try FormRow(row, self).strips() }
    }

    static func across(at y: Double, _ width: Double) -> Mark {
        .line(Point(0, y), Point(width, y), width: ruleWidth, ink: .black)
    }

    static func upright(at x: Double, _ height: Double) -> Mark {
        .line(Point(x, 0), Point(x, height), width: ruleWidth, ink: .black)
    }
}

/// A row of a form on its way to strips: columns of lines of one height.
private struct FormRow {
    private struct Column {
        let x: Double
        let width: Double
        let lines: [Strip]
        let isLabel: Bool
        /// Whether it stands in the middle of its height: a label, and an answer without help above it.
        let isCentred: Bool
    }

    static let labelWidth = Sheet.millimetres(32)
    static let padding = 4.0
    /// A row of more lines than these may be cut by the end of a page.
    static let keptLinesMax = 24

    private let columns: [Column]
    private let count: Int

    init(_ cells: [FormCell], _ layout: PaperLayout) throws(DocumentRefusal) {
        let share = PaperFrame.textWidth / Double(cells.count)
        var columns: [Column] = []
        for (index, cell) in cells.enumerated() {
            var x = share * Double(index)
            let end = x + share
            if !cell.label.isEmpty {
                let lines = try layout.lines(
                    cell.label, FormText.centred, width: Self.labelWidth - 2 * Self.padding)
                columns.append(Column(x: x, width: Self.labelWidth, lines: lines, isLabel: true, isCentred: true))
                x += Self.labelWidth
            }
            let lines = try FormText(layout: layout, width: end - x - 2 * Self.padding).lines(of: cell)
            columns.append(Column(x: x, width: end - x, lines: lines, isLabel: false, isCentred: cell.hints.isEmpty))
        }
        self.columns = columns
        count = columns.map(\.lines.count).max() ?? 0
    }

    func strips() -> [Strip] {
        count <= Self.keptLinesMax ? [whole()] : cut()
    }

    /// All of it as one piece.
    private func whole() -> Strip {
        let height = Double(count) * FormText.height + 2 * Self.padding
        var strip = Strip(height: height, marks: uprights(height))
        strip.marks += [0, height].map { PaperLayout.across(at: $0, PaperFrame.textWidth) }
        for column in columns {
            let slack = column.isCentred ? Double(count - column.lines.count) * FormText.height / 2 : 0
            for (index, line) in column.lines.enumerated() {
                let place = Point(column.x + Self.padding, Self.padding + slack + Double(index) * FormText.height)
                strip.marks += line.marks.map { $0.moved(by: place) }
            }
        }
        return strip
    }

    /// Line by line; the label is said again at the top of the next page.
    private func cut() -> [Strip] {
        let width = PaperFrame.textWidth
        var strips = (0..<count).map { index in
            let isFirst = index == 0
            let height = FormText.height + (isFirst || index == count - 1 ? Self.padding : 0)
            var strip = Strip(height: height, marks: uprights(height))
            for column in columns where column.lines.indices.contains(index) {
                let place = Point(column.x + Self.padding, isFirst ? Self.padding : 0)
                strip.marks += column.lines[index].marks.map { $0.moved(by: place) }
            }
            strip.marksAtTop = [PaperLayout.across(at: 0, width)]
            strip.marksAtBottom = [PaperLayout.across(at: height, width)]
            strip.keepsNext = isFirst || index == count - 2
            return strip
        }
        strips[0].marks.append(PaperLayout.across(at: 0, width))
        let last = strips[count - 1].height
        strips[count - 1].marks.append(PaperLayout.across(at: last, width))
        let said = columns.filter(\.isLabel).map(\.lines.count).max() ?? 0
        for index in strips.indices.dropFirst(said) {
            for column in columns where column.isLabel {
                for (line, label) in column.lines.enumerated() {
                    let place = Point(column.x + Self.padding, Double(line) * FormText.height)
                    strips[index].marksAtTop += label.marks.map { $0.moved(by: place) }
                }
            }
        }
        return strips
    }

    private func uprights(_ height: Double) -> [Mark] {
        (columns.map(\.x) + [PaperFrame.textWidth]).map { PaperLayout.upright(at: $0, height) }
    }
}
