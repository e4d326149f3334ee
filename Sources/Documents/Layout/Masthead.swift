/// What a paper begins with: its title beneath whoever speaks, what it is known by, and a code that leads to it.
package struct Masthead: Sendable {
    /// Who speaks.
    package let over: String
    package let title: String
    /// Lines beneath the title.
    package let facts: [String]
    /// The code in the upper right corner with the words beneath it; nil when there is none.
    package let code: (QRCode, caption: String)?

    /// A masthead.
    package init(over: String, title: String, facts: [String] = [], code: (QRCode, caption: String)? = nil) {
        self.over = over
        self.title = title
        self.facts = facts
        self.code = code
    }
}

extension PaperLayout {
    /// The side of the code with its quiet zone: 30 mm (a version 12 code then has modules of 0.41 mm).
    private static let codeWidth = Sheet.millimetres(30)

    /// Adds a masthead, with a rule beneath it.
    package mutating func masthead(_ masthead: Masthead) throws(DocumentRefusal) {
        let width = PaperFrame.textWidth - (masthead.code == nil ? 0 : Self.codeWidth + 12)
        var left = try lines(masthead.over, TextStyle(TextFace(11, ink: .grey)), width: width)
        left += try lines(masthead.title, .title, width: width)
        left.append(Strip(height: 5))
        for fact in masthead.facts { left += try lines(fact, TextStyle(TextFace(9, ink: .grey)), width: width) }
        if let (code, caption) = masthead.code {
            let drawn = try picture(of: code, caption)
            left[0].marks += drawn.marks
            let rest = drawn.height - left.reduce(0) { $0 + $1.height }
            if rest > 0 { left.append(Strip(height: rest)) }
        }
        strips += left.map { strip in
            var strip = strip
            strip.keepsNext = true
            return strip
        }
        strips += [Strip(height: 5, keepsNext: true), Self.rule(ink: .accent, width: 1.2)]
    }

    /// A code in the right corner with its caption beneath; its quiet zone reaches into the margin, so that the dark
    /// modules end where the text does.
    private func picture(of code: QRCode, _ caption: String) throws(DocumentRefusal) -> Strip {
        let width = Self.codeWidth
        let quiet = code.square(at: Point(0, 0), width: width).corner.x
        let left = PaperFrame.textWidth - width + quiet
        var style = TextStyle.note
        (style.face.size, style.alignment) = (7.5, .centre)
        var marks = [Mark.code(code, at: Point(left, -quiet), width: width)]
        var height = width - 2 * quiet + 4
        for line in try lines(caption, style, width: width - 2 * quiet) {
            marks += line.marks.map { $0.moved(by: Point(left + quiet, height)) }
            height += line.height
        }
        return Strip(height: height, marks: marks)
    }
}
