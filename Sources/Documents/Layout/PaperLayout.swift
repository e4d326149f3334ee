/// A paper as it is written from the top down: every call adds something below what is there. Pages break between
/// lines; a heading stays with what it heads, and no page begins or ends with a lone line of a paragraph.
package struct PaperLayout: Sendable {
    /// LIMIT: pages of one paper.
    package static let pagesMax = 200

    let frame: PaperFrame
    let typeface: Typeface
    var strips: [Strip] = []

    /// An empty paper in a frame.
    package init(_ frame: PaperFrame, typeface: Typeface) {
        self.frame = frame
        self.typeface = typeface
    }

    /// Leaves so many points free, but not where a page begins.
    package mutating func gap(_ height: Double) { strips.append(.gap(height)) }

    /// Adds a paragraph. Refuses a character that the typeface does not draw, as everything that adds a text does.
    package mutating func paragraph(_ text: String, _ style: TextStyle = .body) throws(DocumentRefusal) {
        strips += try Self.paired(lines(text, style, width: PaperFrame.textWidth))
    }

    /// Adds the heading of a part, which stays with what follows. The letter before it may be left out.
    package mutating func heading(_ text: String, letter: String = "") throws(DocumentRefusal) {
        let style = TextStyle(TextFace(12.5, isHeavy: true, ink: .accent))
        strips.append(.gap(14, keepsNext: true))
        let indent = letter.isEmpty ? 0 : style.face.size * 1.5
        for (index, strip) in try lines(text, style, width: PaperFrame.textWidth - indent).enumerated() {
            var strip = strip
            strip.marks = strip.marks.map { $0.moved(by: Point(indent, 0)) }
            if index == 0, !letter.isEmpty {
                strip.marks += try lines(letter, style, width: indent).first?.marks ?? []
            }
            strip.keepsNext = true
            strips.append(strip)
        }
        strips.append(Self.rule(ink: .accent, width: 0.8, keepsNext: true))
    }

    /// The finished paper. Refuses more than `pagesMax` pages.
    package func file(_ about: PDFFile.About) throws(DocumentRefusal) -> PDFFile {
        let pages = Pagination.pages(strips, height: PaperFrame.textHeight)
        guard pages.count <= Self.pagesMax else { throw .tooLong }
        var sheets: [[Mark]] = []
        for (index, marks) in pages.enumerated() {
            sheets.append(try frame.sheet(marks, page: index + 1, of: pages.count, typeface))
        }
        return PDFFile(about, sheets: sheets, typeface: typeface)
    }

    /// A text in lines of a column, a strip for each.
    func lines(_ text: String, _ style: TextStyle, width: Double) throws(DocumentRefusal) -> [Strip] {
        let ems = width / style.face.size
        let lines = try LineBreaker(typeface: typeface).lines(of: text, first: ems - style.indent, rest: ems)
        return lines.enumerated().map { index, line in
            let indent = index == 0 ? style.indent * style.face.size : 0
            let mark = style.mark(line, at: Point(0, 0), width: width, indent: indent)
            return Strip(height: style.height, marks: line.text.isEmpty ? [] : [mark])
        }
    }

    /// The lines of a paragraph, of which neither the first nor the last stands alone on a page.
    static func paired(_ lines: [Strip]) -> [Strip] {
        var lines = lines
        for index in lines.indices.dropLast() where index == 0 || index == lines.count - 2 {
            lines[index].keepsNext = true
        }
        return lines
    }

    /// A line across the text.
    static func rule(ink: Ink, width: Double, keepsNext: Bool = false) -> Strip {
        let mark = Mark.line(Point(0, 1.5), Point(PaperFrame.textWidth, 1.5), width: width, ink: ink)
        return Strip(height: 4, marks: [mark], keepsNext: keepsNext)
    }
}
