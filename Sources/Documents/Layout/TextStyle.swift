/// How a paragraph is set.
package struct TextStyle: Hashable, Sendable {
    /// Where a line stands in its column.
    package enum Alignment: Hashable, Sendable { case left, centre, right }

    package var face: TextFace
    package var alignment: Alignment
    /// How far the first line is set in, in characters; papers of the law take 2 (GB/T 9704-2012, 7.3.3).
    package var indent: Double
    /// From one baseline to the next, as a multiple of the size.
    package var leading: Double

    /// A style of one's own.
    package init(_ face: TextFace, alignment: Alignment = .left, indent: Double = 0, leading: Double = 1.55) {
        self.face = face
        self.alignment = alignment
        self.indent = indent
        self.leading = leading
    }

    /// 五号, as forms and guides are printed.
    package static let body = TextStyle(TextFace(10))
    /// What stands beside or beneath the text.
    package static let note = TextStyle(TextFace(8.5, ink: .grey))
    /// The name of a paper.
    package static let title = TextStyle(TextFace(20, isHeavy: true), leading: 1.4)

    /// Chinese characters stand on the baseline with so much of their size above it.
    private static let above = 0.86

    /// The height of one line in points.
    var height: Double { face.size * leading }

    /// From the top of a line to its baseline: what a line has beyond the size is shared out above and below.
    var baseline: Double { (height - face.size) / 2 + face.size * Self.above }

    /// The leading at which letters of another size stand on the same baseline.
    static func leading(size: Double, baseline: Double) -> Double { 2 * (baseline / size - above) + 1 }

    /// A line within a box of this style's height whose upper left corner is `corner`.
    func mark(_ line: TextLine, at corner: Point, width: Double, indent: Double = 0) -> Mark {
        let slack = width - line.width * face.size
        let left =
            switch alignment {
            case .left: indent
            case .centre: slack / 2
            case .right: slack
            }
        return .text(line.text, at: corner + Point(left, baseline), face: face)
    }
}
