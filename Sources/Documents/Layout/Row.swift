/// A fact with its name: two columns, and at the right edge a mark where there is something to be said of it.
package struct Row: Sendable {
    package let key: String
    /// One paragraph for each.
    package let values: [String]
    /// A word for each: 示例, 待核.
    package let marks: [String]

    /// A row.
    package init(_ key: String, _ values: [String], marks: [String] = []) {
        self.key = key
        self.values = values
        self.marks = marks
    }
}

extension PaperLayout {
    private static let (keyWidth, between, padding) = (Sheet.millimetres(39), 10.0, 3.5)
    private static let keyStyle = TextStyle(TextFace(10, ink: .grey))
    private static let markFace = TextFace(8, ink: .grey)
    private static let markStyle = TextStyle(
        markFace, alignment: .right,
        leading: TextStyle.leading(size: markFace.size, baseline: TextStyle.body.baseline))

    /// The width that the marks of these rows need; 0 where there are none. Rows under several headings are given the
    /// same, so that their columns are aligned.
    package func markWidth(of rows: [Row]) throws(DocumentRefusal) -> Double {
        var width = 0.0
        for mark in rows.flatMap(\.marks) {
            width = max(width, try typeface.width(of: mark, size: Self.markFace.size))
        }
        return width
    }

    /// Adds rows with their columns aligned, a hairline beneath each. A row that a page break cuts says its key and
    /// its marks again at the top. `markWidth` points at the right edge stay free for marks; 0 where no row has one.
    package mutating func rows(_ rows: [Row], markWidth: Double = 0) throws(DocumentRefusal) {
        for row in rows { strips += try strips(of: row, markWidth: markWidth) }
    }

    private func strips(of row: Row, markWidth: Double) throws(DocumentRefusal) -> [Strip] {
        let left = Self.keyWidth + Self.between
        let width = PaperFrame.textWidth - left - (markWidth > 0 ? markWidth + Self.between : 0)
        let keys = try lines(row.key, Self.keyStyle, width: Self.keyWidth)
        var marks: [Strip] = []
        for mark in row.marks { marks += try lines(mark, Self.markStyle, width: markWidth) }
        var values: [Strip] = []
        for (index, value) in row.values.enumerated() {
            if index > 0 { values.append(.gap(4)) }
            values += Self.paired(try lines(value, .body, width: width))
        }
        var strips = Self.merged(
            [(keys, 0), (values, left), (marks, PaperFrame.textWidth - markWidth)], height: TextStyle.body.height)
        // The lines of the key and the marks stay together; where a page begins later, both are said again.
        let again = Self.merged(
            [(keys.prefix(1).map { $0 }, 0), (marks, PaperFrame.textWidth - markWidth)],
            height: TextStyle.body.height)
        var linesLeft = max(keys.count, marks.count)
        for index in strips.indices {
            if linesLeft > 1 { strips[index].keepsNext = true }
            if linesLeft <= 0 {
                strips[index].marksAtTop = again.enumerated().flatMap { line, strip in
                    strip.marks.map { $0.moved(by: Point(0, Double(line) * strip.height)) }
                }
            }
            if !strips[index].isGap { linesLeft -= 1 }
        }
        // The rule beneath the row does not stand alone.
        strips[strips.count - 1].keepsNext = true
        var rule = Self.rule(ink: .hairline, width: 0.5)
        rule.marks = rule.marks.map { $0.moved(by: Point(0, Self.padding - 1.5)) }
        return [.gap(Self.padding, keepsNext: true)] + strips + [rule]
    }

    /// Columns side by side, line by line, each so many points to the right; the gaps of a column are everybody's.
    private static func merged(_ columns: [(strips: [Strip], x: Double)], height: Double) -> [Strip] {
        var rest = columns.map { $0.strips[...] }
        var merged: [Strip] = []
        while rest.contains(where: { !$0.isEmpty }) {
            if let gap = rest.indices.first(where: { rest[$0].first?.isGap == true }) {
                merged.append(rest[gap].removeFirst())
                continue
            }
            var line = Strip(height: height)
            for index in rest.indices {
                guard let strip = rest[index].popFirst() else { continue }
                line.marks += strip.marks.map { $0.moved(by: Point(columns[index].x, 0)) }
                line.keepsNext = line.keepsNext || strip.keepsNext
            }
            merged.append(line)
        }
        return merged
    }
}
