/// What is drawn on a page, in the operators of a PDF (ISO 32000-1, 8 and 9).
struct PDFContent {
    /// Nil where nothing is written.
    let fonts: PDFFonts?
    /// The height of the page in points.
    let height: Double

    /// The content stream of a page.
    func bytes(of marks: [Mark]) -> [UInt8] {
        Array(marks.map(operators).joined(separator: "\n").utf8)
    }

    private func operators(_ mark: Mark) -> String {
        switch mark {
        case .text(let text, let place, let face): return self.text(text, place, face)
        case .line(let from, let to, let width, let ink):
            return """
                \(PDFText.ink(ink, "RG")) \(PDFText.number(width)) w \
                \(PDFText.point(from, height)) m \(PDFText.point(to, height)) l S
                """
        case .shape(let shape, let ink, let width):
            return """
                \(PDFText.ink(ink, "rg")) \(PDFText.ink(ink, "RG")) \(PDFText.number(width)) w 1 j
                \(shape.operators(height: height))
                B
                """
        case .stroke(let shape, let ink, let width):
            return """
                \(PDFText.ink(ink, "RG")) \(PDFText.number(width)) w 1 j
                \(shape.operators(height: height))
                S
                """
        case .rectangles(let rectangles, let ink): return filled(rectangles, ink)
        case .code(let code, let corner, let width): return self.code(code, corner, width)
        }
    }

    /// A code as a mask of its modules (8.9.7): a fiftieth of its rectangles.
    private func code(_ code: QRCode, _ corner: Point, _ width: Double) -> String {
        let square = code.square(at: corner, width: width)
        let place = PDFText.point(square.corner + Point(0, square.height), height)
        let size = PDFText.number(square.width)
        return """
            q \(PDFText.ink(.full, "rg")) \(size) 0 0 \(size) \(place) cm
            BI /W \(code.side) /H \(code.side) /IM true /BPC 1 /D [1 0] /F /AHx ID
            \(code.bits.map { PDFText.hex(UInt16($0)).suffix(2) }.joined())>
            EI Q
            """
    }

    private func text(_ text: String, _ place: Point, _ face: TextFace) -> String {
        let weight =
            face.isHeavy
            ? "2 Tr \(PDFText.number(face.outline)) w \(PDFText.ink(face.ink, "RG")) " : "0 Tr "
        let tracking = face.tracking == 0 ? ("", "") : ("\(PDFText.number(face.tracking)) Tc ", "0 Tc ")
        let size = PDFText.number(face.size)
        guard let fonts else { preconditionFailure("a text without fonts") }
        let runs = fonts.runs(of: text)
        let first = runs.first ?? (PDFFonts.name(0), "")
        let rest = runs.dropFirst().map { "/\($0.name) \(size) Tf <\($0.codes)> Tj " }.joined()
        return """
            BT \(PDFText.ink(face.ink, "rg")) \(weight)\(tracking.0)/\(first.name) \(size) Tf \
            \(PDFText.point(place, height)) Td <\(first.codes)> Tj \(rest)\(tracking.1)ET
            """
    }

    private func filled(_ rectangles: [Rectangle], _ ink: Ink) -> String {
        guard !rectangles.isEmpty else { return "" }
        let path = rectangles.map { rectangle in
            let corner = rectangle.corner + Point(0, rectangle.height)
            return "\(PDFText.point(corner, height)) \(PDFText.numbers(rectangle.width, rectangle.height)) re"
        }
        return "\(PDFText.ink(ink, "rg"))\n\(path.joined(separator: "\n"))\nf"
    }
}
