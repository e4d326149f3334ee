/// The fields of a face set at one size of letters.
struct FaceSetting {
    let fields: FaceFields
    let size: Double
    let typeface: Typeface

    private var style: TextStyle { TextStyle(TextFace(size, ink: .full), leading: fields.leading) }
    /// Columns beside one another; the rows of a table go across.
    private var columns: Int { fields.style == .table ? 1 : fields.columns }
    /// The width of one column.
    private var column: Double {
        (fields.box.rectangle.width - fields.between * Double(columns - 1)) / Double(columns)
    }

    /// The strips of each field, or of each row of a table.
    func groups(of texts: [FaceText.Field]) throws(DocumentRefusal) -> [[Strip]] {
        if fields.style == .table {
            return try FaceTable(fields: fields, style: style, typeface: typeface).rows(of: texts)
        }
        var groups: [[Strip]] = []
        for text in texts {
            let isPlain = text.label.isEmpty || fields.style == .text
            groups.append(isPlain ? try paragraph(text) : try line(text))
        }
        return groups
    }

    /// A paragraph, two characters in; the label before it.
    private func paragraph(_ field: FaceText.Field) throws(DocumentRefusal) -> [Strip] {
        let text = field.label.isEmpty ? field.value : "\(field.label)：\(field.value)"
        var style = style
        style.indent = 2
        let ems = column / size
        let lines = try LineBreaker(typeface: typeface).lines(of: text, first: ems - 2, rest: ems)
        return lines.enumerated().map { index, line in
            let indent = index == 0 ? 2 * size : 0
            let mark = style.mark(line, at: Point(0, 0), width: column, indent: indent)
            return Strip(height: style.height, marks: line.text.isEmpty ? [] : [mark])
        }
    }

    /// A label, spread over its width when it is short, with its value beside it.
    private func line(_ field: FaceText.Field) throws(DocumentRefusal) -> [Strip] {
        let breaker = LineBreaker(typeface: typeface)
        let left = fields.labelWidth + size * 0.8
        let ems = (column - left) / size
        let labelEms = fields.labelWidth / size
        let values = try breaker.lines(of: field.value, first: ems, rest: ems)
        let labels = try breaker.lines(of: field.label, first: labelEms, rest: labelEms)
        return (0..<max(values.count, labels.count)).map { index in
            var strip = Strip(height: style.height)
            if index < labels.count { strip.marks += label(labels[index], isAlone: labels.count == 1) }
            if index < values.count, !values[index].text.isEmpty {
                strip.marks.append(style.mark(values[index], at: Point(left, 0), width: column - left))
            }
            if fields.isUnderlined, index < max(1, values.count) {
                let y = style.height - size * 0.12
                strip.marks.append(
                    .line(Point(left - size * 0.3, y), Point(column, y), width: 0.4, ink: fields.lineInk))
            }
            strip.keepsNext = index + 1 < labels.count
            return strip
        }
    }

    private func label(_ line: TextLine, isAlone: Bool) -> [Mark] {
        guard !line.text.isEmpty else { return [] }
        var face = TextFace(size, ink: fields.labelInk)
        let count = line.text.unicodeScalars.count
        let slack = fields.labelWidth - line.width * size
        if isAlone, (2...6).contains(count) { face.tracking = max(0, slack / Double(count - 1)) }
        return [.text(line.text, at: Point(0, style.baseline), face: face)]
    }

    /// All marks when they fit the first page; nil when they do not.
    func onOnePage(_ groups: [[Strip]]) -> [Mark]? {
        let box = fields.box.rectangle
        let gap = fields.style == .table ? 0 : fields.gap
        guard let split = split(groups, gap: gap) else { return nil }
        let room = split.map { box.height - height($0, gap) }.min() ?? 0
        let most = split.map(\.count).max() ?? 1
        let wide = fields.style == .table ? 0 : min(fields.gapMost, gap + room / Double(max(1, most)))
        return split.enumerated().flatMap { index, groups in
            let corner = box.corner + Point(Double(index) * (column + fields.between), 0)
            return Pagination.pages(strips(groups, wide), height: .infinity)[0].map { $0.moved(by: corner) }
        }
    }

    /// The marks page by page; columns are filled one after the other.
    func onPages(_ groups: [[Strip]], limit: Int) throws(DocumentRefusal) -> [[Mark]] {
        let (first, next) = (fields.box.rectangle, fields.next.rectangle)
        let strips = strips(groups, fields.style == .table ? 0 : fields.gap)
        let heights = [Double](repeating: first.height, count: columns)
        let filled = Pagination.pages(strips, first: heights, rest: next.height)
        let pages = (filled.count + columns - 1) / columns
        guard pages <= limit else { throw .tooLong }
        return (0..<pages).map { page in
            let corner = (page == 0 ? first : next).corner
            return (0..<columns).flatMap { index -> [Mark] in
                let place = page * columns + index
                guard place < filled.count else { return [] }
                let offset = corner + Point(Double(index) * (column + fields.between), 0)
                return filled[place].map { $0.moved(by: offset) }
            }
        }
    }

    /// The groups of each column: the left one is filled to half of the whole, or further when the right one would not
    /// hold the rest.
    private func split(_ groups: [[Strip]], gap: Double) -> [[[Strip]]]? {
        let limit = fields.box.rectangle.height + 0.5
        guard columns == 2 else { return height(groups, gap) <= limit ? [groups] : nil }
        let half = height(groups, gap) / 2
        var count = 0
        while count < groups.count, height(Array(groups.prefix(count)), gap) < half - 1 { count += 1 }
        let parts = [Array(groups.prefix(count)), Array(groups.dropFirst(count))]
        return parts.allSatisfy { height($0, gap) <= limit } ? parts : nil
    }

    private func height(_ groups: [[Strip]], _ gap: Double) -> Double {
        let lines = groups.reduce(0) { $0 + $1.reduce(0) { $0 + $1.height } }
        return lines + gap * Double(max(0, groups.count - 1))
    }

    private func strips(_ groups: [[Strip]], _ gap: Double) -> [Strip] {
        groups.enumerated().flatMap { index, group in (index == 0 || gap == 0 ? [] : [.gap(gap)]) + group }
    }
}
