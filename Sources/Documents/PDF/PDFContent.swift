/// What is drawn on a sheet, in the operators of a PDF (ISO 32000-1, 8 and 9).
enum PDFContent {
    /// Thickness of the outline of heavy letters, as a part of their size.
    private static let outline = 0.03

    /// The content stream of a sheet.
    static func bytes(of marks: [Mark], _ font: PDFFont) -> [UInt8] {
        Array(marks.map { operators($0, font) }.joined(separator: "\n").utf8)
    }

    private static func operators(_ mark: Mark, _ font: PDFFont) -> String {
        switch mark {
        case .text(let text, let place, let face):
            let weight =
                face.isHeavy
                ? "2 Tr \(PDFText.number(face.size * outline)) w \(PDFText.ink(face.ink, "RG")) " : "0 Tr "
            return """
                BT \(PDFText.ink(face.ink, "rg")) \(weight)/F \(PDFText.number(face.size)) Tf \
                \(PDFText.point(place)) Td <\(font.codes(of: text))> Tj ET
                """
        case .line(let from, let to, let width, let ink):
            return """
                \(PDFText.ink(ink, "RG")) \(PDFText.number(width)) w \
                \(PDFText.point(from)) m \(PDFText.point(to)) l S
                """
        case .shape(let shape, let ink, let width):
            return """
                \(PDFText.ink(ink, "rg")) \(PDFText.ink(ink, "RG")) \(PDFText.number(width)) w 1 j
                \(shape.operators)
                B
                """
        case .rectangles(let rectangles, let ink):
            guard !rectangles.isEmpty else { return "" }
            let path = rectangles.map { rectangle in
                let corner = rectangle.corner + Point(0, rectangle.height)
                return "\(PDFText.point(corner)) \(PDFText.numbers(rectangle.width, rectangle.height)) re"
            }
            return "\(PDFText.ink(ink, "rg"))\n\(path.joined(separator: "\n"))\nf"
        }
    }
}
