/// A paper of the law as it is written from the top down on A4: the red head of the body, its number over a red line,
/// title, addressee, text, the body's name and the day at the lower right under the seal (after GB/T 9704-2012).
/// Pages break between lines; the name under which a paper is signed never stands on a page alone.
package struct OfficialPaper: Sendable {
    /// LIMIT: pages of one paper.
    package static let pagesMax = 60

    /// What stands on every page.
    package struct Frame: Sendable {
        /// The number, at the foot on the left.
        let number: String
        /// What a paper that is none says of itself at the top in red; nil on a real one.
        let example: String?
        /// `第 n 页 共 m 页` for n and m.
        let numbering: @Sendable (_ page: Int, _ pages: Int) -> String

        /// A frame.
        package init(
            number: String, example: String?, numbering: @escaping @Sendable (_ page: Int, _ pages: Int) -> String
        ) {
            self.number = number
            self.example = example
            self.numbering = numbering
        }
    }

    /// 156 mm wide, 28 mm from the left edge (GB/T 9704-2012, 5.2.1); higher than its 225 mm, so that a notice with its
    /// seal and the strip to sign is one sheet.
    static let (left, top) = (Sheet.millimetres(28), Sheet.millimetres(26))
    static let (width, height) = (Sheet.millimetres(156), Sheet.millimetres(245))

    /// 小四, two characters in, as notices and decisions of one page are set.
    static let text = TextStyle(TextFace(size, ink: .full), indent: 2, leading: 1.65)
    static let flush = TextStyle(TextFace(size, ink: .full), leading: 1.65)
    private static let size = 12.5
    private static let small = TextStyle(TextFace(9.5, ink: .grey))
    private static let headMost = 30.0

    let frame: Frame
    let typeface: Typeface
    var strips: [Strip] = []

    /// An empty paper.
    package init(_ frame: Frame, typeface: Typeface) {
        self.frame = frame
        self.typeface = typeface
    }

    /// Adds the red head: the body's name, as large as one line takes. Refuses a character that the typeface does not
    /// draw, as everything that adds a text does.
    package mutating func masthead(_ body: String) throws(DocumentRefusal) {
        let wide = try typeface.width(of: body, size: 1)
        let size = min(Self.headMost, Self.width / max(1, wide))
        let style = TextStyle(TextFace(size, isHeavy: true, ink: .seal), alignment: .centre, leading: 1.5)
        strips += try lines(body, style).map(Self.kept)
    }

    /// Adds the number with the red line beneath it.
    package mutating func number(_ number: String) throws(DocumentRefusal) {
        let style = TextStyle(TextFace(13, ink: .full), alignment: .centre, leading: 1.9)
        strips += try lines(number, style).map(Self.kept)
        let line = Mark.line(Point(0, 4), Point(Self.width, 4), width: 1.6, ink: .seal)
        strips.append(Strip(height: 18, marks: [line], keepsNext: true))
    }

    /// Adds the title.
    package mutating func title(_ title: String) throws(DocumentRefusal) {
        let style = TextStyle(TextFace(20, isHeavy: true, ink: .full), alignment: .centre, leading: 1.4)
        strips += try lines(title, style).map(Self.kept)
        strips.append(Strip(height: 12, keepsNext: true))
    }

    /// Adds whom it is addressed to.
    package mutating func addressee(_ text: String) throws(DocumentRefusal) {
        strips += try lines(text, Self.flush).map(Self.kept)
    }

    /// Adds a paragraph.
    package mutating func paragraph(_ text: String) throws(DocumentRefusal) {
        strips += PaperLayout.paired(try lines(text, Self.text))
    }

    /// Adds a paragraph that names what follows and stays with it.
    package mutating func heading(_ text: String) throws(DocumentRefusal) {
        let style = TextStyle(TextFace(Self.size, isHeavy: true, ink: .full), indent: 2, leading: 1.65)
        strips += try lines(text, style).map(Self.kept)
    }

    /// Adds a note in small letters.
    package mutating func note(_ text: String) throws(DocumentRefusal) {
        strips.append(.gap(6))
        strips += PaperLayout.paired(try lines(text, TextStyle(TextFace(10.5), leading: 1.6)))
    }

    /// The finished paper. Refuses more than `pagesMax` pages.
    package func file(_ about: PDFFile.About) throws(DocumentRefusal) -> PDFFile {
        let pages = Pagination.pages(strips, height: Self.height)
        guard pages.count <= Self.pagesMax else { throw .tooLong }
        var sheets: [[Mark]] = []
        for (index, marks) in pages.enumerated() {
            let body = marks.map { $0.moved(by: Point(Self.left, Self.top)) }
            sheets.append(try around(page: index + 1, of: pages.count) + body)
        }
        return PDFFile(about, sheets: sheets, typeface: typeface)
    }

    /// The number and the page at the foot, and at the top what an example says of itself.
    private func around(page: Int, of pages: Int) throws(DocumentRefusal) -> [Mark] {
        let breaker = LineBreaker(typeface: typeface)
        let foot = Point(Self.left, Sheet.height - Sheet.millimetres(20))
        let small = Self.small.face.size
        let number = try breaker.clipped(frame.number, width: Self.width * 0.4 / small)
        var style = TextStyle(TextFace(10.5))
        style.alignment = .centre
        let count = try breaker.clipped(frame.numbering(page, pages), width: Self.width / style.face.size)
        var marks = [Self.small.mark(number, at: foot, width: Self.width)]
        marks.append(style.mark(count, at: foot, width: Self.width))
        if let example = frame.example {
            let red = TextStyle(TextFace(10.5, isHeavy: true, ink: .seal), alignment: .right)
            let line = try breaker.clipped(example, width: Self.width / red.face.size)
            marks.append(red.mark(line, at: Point(Self.left, Sheet.millimetres(16)), width: Self.width))
        }
        return marks
    }

    /// A text in lines of the whole width.
    func lines(_ text: String, _ style: TextStyle, width: Double = Self.width) throws(DocumentRefusal) -> [Strip] {
        let ems = width / style.face.size
        let lines = try LineBreaker(typeface: typeface).lines(of: text, first: ems - style.indent, rest: ems)
        return lines.enumerated().map { index, line in
            let indent = index == 0 ? style.indent * style.face.size : 0
            let mark = style.mark(line, at: Point(0, 0), width: width, indent: indent)
            return Strip(height: style.height, marks: line.text.isEmpty ? [] : [mark])
        }
    }

    static func kept(_ strip: Strip) -> Strip {
        var strip = strip
        strip.keepsNext = true
        return strip
    }
}
