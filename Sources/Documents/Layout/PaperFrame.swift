/// What stands on every page around the text.
package struct PaperFrame: Sendable {
    /// At the top: who speaks, and what kind of paper it is.
    package let header: (left: String, right: String)
    /// At the foot on the left: by what a loose sheet is known.
    package let footer: String
    /// `第 n 页 共 m 页` for n and m.
    package let numbering: @Sendable (_ page: Int, _ pages: Int) -> String

    /// A frame.
    package init(
        header: (left: String, right: String), footer: String,
        numbering: @escaping @Sendable (_ page: Int, _ pages: Int) -> String
    ) {
        self.header = header
        self.footer = footer
        self.numbering = numbering
    }

    /// Margins of the text in points: 20 mm at the sides, and room for header and footer.
    static let (side, top, bottom) = (Sheet.millimetres(20), Sheet.millimetres(25), Sheet.millimetres(23))
    static let textWidth = Sheet.width - 2 * side
    static let textHeight = Sheet.height - top - bottom
    private static let corner = Point(side, top)

    /// A page with its header and footer; what does not fit there is cut short.
    func sheet(
        _ marks: [Mark], page: Int, of pages: Int, _ typeface: Typeface
    ) throws(DocumentRefusal) -> [Mark] {
        let (head, foot) = (Sheet.millimetres(14), Sheet.height - Sheet.millimetres(15))
        let ends = Point(Sheet.width - Self.side, 0)
        var sheet = marks.map { $0.moved(by: Self.corner) }
        sheet += try pair(header.left, header.right, y: head, typeface)
        let rule = head + TextStyle.note.height + 3
        sheet.append(.line(Point(Self.side, rule), Point(ends.x, rule), width: 0.5, ink: .hairline))
        sheet += try pair(footer, numbering(page, pages), y: foot, typeface)
        return sheet
    }

    /// Two texts on one line, at both ends; the right one goes first where both do not fit.
    private func pair(
        _ left: String, _ right: String, y: Double, _ typeface: Typeface
    ) throws(DocumentRefusal) -> [Mark] {
        let (breaker, style) = (LineBreaker(typeface: typeface), TextStyle.note)
        let width = Self.textWidth / style.face.size
        let end = try breaker.clipped(right, width: width - 2)
        let begin = try breaker.clipped(left, width: width - end.width - 2)
        var trailing = style
        trailing.alignment = .right
        let corner = Point(Self.side, y)
        return [style.mark(begin, at: corner, width: Self.textWidth)]
            + [trailing.mark(end, at: corner, width: Self.textWidth)]
    }
}
