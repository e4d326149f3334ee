package import Vocabulary

extension OfficialPaper {
    /// From the middle of the seal to its edge, in points.
    private static let sealReach = Sheet.millimetres(SealDrawing.diameter / 2)

    /// Adds the body's name and the day beneath it at the lower right, under the seal where there is one. It stays with
    /// the two lines before it.
    package mutating func signature(
        _ body: String, day: String, seal: SealDrawing?
    ) throws(DocumentRefusal) {
        let style = Self.flush
        let wide = try max(
            typeface.width(of: body, size: style.face.size), typeface.width(of: day, size: style.face.size))
        // Name and day stand on one axis, four characters in from the right where there is room.
        let axis = min(Self.width - wide / 2 - 14, Self.width - Self.sealReach - 6)
        var name = Strip(height: style.height, keepsNext: true)
        if let seal { name.marks += seal.marks(centre: Point(axis, style.height)) }
        for strip in strips.indices.suffix(2) { strips[strip].keepsNext = true }
        name.marks.append(try centred(body, at: axis, style))
        strips.append(Strip(height: seal == nil ? 20 : Self.sealReach - style.height + 2, keepsNext: true))
        strips.append(name)
        strips.append(Strip(height: style.height, marks: [try centred(day, at: axis, style)], keepsNext: seal != nil))
        if seal != nil { strips.append(Strip(height: Self.sealReach - style.height + 4)) }
    }

    /// How high a signature that was drawn stands over its line.
    private static let drawnHeight = 44.0

    /// Adds lines to sign: a word, and room behind it; two to a line. `drawn` stands on the first of them, as it was
    /// drawn.
    package mutating func signers(
        _ labels: [String], drawn: DrawnSignature? = nil
    ) throws(DocumentRefusal) {
        strips.append(.gap(drawn == nil ? 6 : Self.drawnHeight - 14, keepsNext: true))
        let half = Self.width / 2
        for start in stride(from: 0, to: labels.count, by: 2) {
            var strip = Strip(height: Self.flush.height + 8, keepsNext: start + 2 < labels.count)
            for (column, label) in labels[start..<min(start + 2, labels.count)].enumerated() {
                let x = half * Double(column)
                let wide = try typeface.width(of: label, size: 11)
                strip.marks.append(.text(label, at: Point(x, Self.flush.baseline + 6), face: TextFace(11, ink: .full)))
                let y = Self.flush.baseline + 9
                strip.marks.append(.line(Point(x + wide + 4, y), Point(x + half - 14, y), width: 0.6, ink: .black))
                if let drawn, start + column == 0 {
                    strip.marks += Self.marks(of: drawn, above: Point(x + wide + 6, y), room: half - wide - 22)
                }
            }
            strips.append(strip)
        }
    }

    /// The strokes over a line that begins here, in so much room: no wider than it and no higher than `drawnHeight`.
    private static func marks(of drawn: DrawnSignature, above start: Point, room: Double) -> [Mark] {
        let scale = min(room / Double(DrawnSignature.width), drawnHeight / Double(DrawnSignature.height))
        let top = start.y - Double(DrawnSignature.height) * scale
        return drawn.strokes.flatMap { stroke in
            let points = stroke.map { Point(start.x + Double($0.x) * scale, top + Double($0.y) * scale) }
            let ends = points.count == 1 ? points + points : points
            return zip(ends, ends.dropFirst()).map { Mark.line($0, $1, width: 0.9, ink: .full) }
        }
    }

    /// Adds the strip at the end that whoever takes the paper signs, beneath a line across.
    package mutating func receipt(_ sentence: String, _ labels: [String]) throws(DocumentRefusal) {
        strips.append(.gap(2, keepsNext: true))
        let rule = Mark.line(Point(0, 2), Point(Self.width, 2), width: 0.5, ink: .grey)
        strips.append(Strip(height: 6, marks: [rule], keepsNext: true))
        strips += try lines(sentence, TextStyle(TextFace(11, ink: .full), leading: 1.6)).map(Self.kept)
        try signers(labels)
    }

    private func centred(_ text: String, at axis: Double, _ style: TextStyle) throws(DocumentRefusal) -> Mark {
        let wide = try typeface.width(of: text, size: style.face.size)
        return .text(text, at: Point(axis - wide / 2, style.baseline), face: style.face)
    }
}
