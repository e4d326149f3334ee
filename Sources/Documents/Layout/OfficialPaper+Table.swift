extension OfficialPaper {
    private static let cell = TextStyle(TextFace(11.5), leading: 1.5)
    private static let head = TextStyle(TextFace(11.5, isHeavy: true), alignment: .centre, leading: 1.5)
    private static let padding = 4.0
    /// Rows of at most so many lines stay on one page.
    private static let keptLinesMax = 12

    /// Adds a table with lines around every cell. `shares` say how wide the columns are to each other. Every row has as
    /// many cells as there are columns; the heads stay with the first row.
    package mutating func table(
        _ columns: [String], shares: [Double], rows: [[String]]
    ) throws(DocumentRefusal) {
        let edges = Self.edges(shares)
        strips.append(.gap(6, keepsNext: true))
        let heads = try row(columns, edges, Self.head, isLast: false)
        strips += heads.map(Self.kept)
        for (index, cells) in rows.enumerated() {
            strips += try row(cells, edges, Self.cell, isLast: index == rows.count - 1)
        }
        strips.append(.gap(8))
    }

    /// Adds facts with their names in two columns, with lines around every cell.
    package mutating func facts(_ facts: [(name: String, value: String)]) throws(DocumentRefusal) {
        let edges = Self.edges([2, 6])
        strips.append(.gap(6, keepsNext: true))
        for (index, fact) in facts.enumerated() {
            strips += try row([fact.name, fact.value], edges, Self.cell, isLast: index == facts.count - 1)
        }
        strips.append(.gap(8))
    }

    private static func edges(_ shares: [Double]) -> [Double] {
        let whole = shares.reduce(0, +)
        var edges = [0.0]
        for share in shares { edges.append(edges[edges.count - 1] + share / whole * width) }
        return edges
    }

    /// A row line by line, so that a long one may go on on the next page with its lines closed.
    private func row(
        _ cells: [String], _ edges: [Double], _ style: TextStyle, isLast: Bool
    ) throws(DocumentRefusal) -> [Strip] {
        var columns: [[Strip]] = []
        for (index, cell) in cells.prefix(edges.count - 1).enumerated() {
            let wide = edges[index + 1] - edges[index] - 2 * Self.padding
            columns.append(try lines(cell, style, width: wide))
        }
        let count = max(1, columns.map(\.count).max() ?? 1)
        var strips: [Strip] = []
        for line in 0..<count {
            let (isFirst, isEnd) = (line == 0, line == count - 1)
            let above = isFirst ? Self.padding : 0
            let high = style.height + above + (isEnd ? Self.padding : 0)
            var strip = Strip(height: high)
            strip.marks = edges.map { .line(Point($0, 0), Point($0, high), width: 0.6, ink: .black) }
            strip.marksAtTop = [Self.across(0)]
            strip.marksAtBottom = [Self.across(high)]
            if isFirst { strip.marks.append(Self.across(0)) }
            if isEnd, isLast { strip.marks.append(Self.across(high)) }
            for (index, column) in columns.enumerated() where column.indices.contains(line) {
                let place = Point(edges[index] + Self.padding, above)
                strip.marks += column[line].marks.map { $0.moved(by: place) }
            }
            strip.keepsNext = !isEnd && (count <= Self.keptLinesMax || isFirst || line == count - 2)
            strips.append(strip)
        }
        return strips
    }

    private static func across(_ y: Double) -> Mark {
        .line(Point(0, y), Point(width, y), width: 0.6, ink: .black)
    }
}
