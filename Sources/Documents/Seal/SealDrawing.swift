/// The picture of a body's round seal, drawn once as edges and printed from them on paper (`marks`) and on pages
/// (`svg`). It looks like a seal and is none: what makes a paper valid is its signature.
///
/// A seal of a city's or county's body is 42 mm wide with a five-pointed star of 14 mm, the whole name from left to
/// right around it (国发〔1999〕25号, 三、五). Refuses a character that the typeface does not draw, and a name outside
/// `nameCharacters`.
package struct SealDrawing: Hashable, Sendable {
    /// Which seal of a body.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// 公章: a single ring, the star in the middle.
        case official
        /// 受理专用章: a double ring, the line beneath a smaller star (行政许可法 art. 32, last paragraph).
        case acceptance
    }

    /// LIMIT: characters of a name that go around a seal.
    package static let nameCharacters = 2...40
    /// From edge to edge, in millimetres.
    package static let diameter = 42.0
    /// What the body's acceptance seal says beneath the star.
    private static let acceptanceLine = "受理专用章"
    private static let exampleLine = "示例"
    private static let radius = diameter / 2
    /// Everything is thickened by so much, in millimetres: a Song face is too fine for a stamp.
    static let weight = 0.1

    package let kind: Kind
    /// The edges in millimetres from the upper left corner of the seal's square.
    package let outline: Outline

    /// The seal of a body by its whole name. An example says so in plain letters at its foot.
    package init(_ kind: Kind, name: String, isExample: Bool, typeface: Typeface) throws(DocumentRefusal) {
        let characters = Array(name.unicodeScalars)
        guard Self.nameCharacters.contains(characters.count) else { throw .unfitForSeal }
        self.kind = kind
        let centre = Point(Self.radius, Self.radius)
        var outline = Outline.ring(centre, outer: Self.radius - Self.weight, width: 1.1)
        if kind == .acceptance { outline = outline + .ring(centre, outer: Self.radius - 1.7, width: 0.3) }
        outline =
            outline + .star(kind == .official ? centre : centre + Point(0, -2.2), radius: kind == .official ? 7 : 5)
        outline = try outline + Arc(characters.count, kind).outline(of: characters, around: centre, typeface)
        if kind == .acceptance {
            outline = try outline + Self.line(Self.acceptanceLine, at: centre + Point(0, 7), size: (3.9, 4.4), typeface)
        }
        if isExample {
            let foot = kind == .official ? 12.6 : 13.4
            outline = try outline + Self.line(Self.exampleLine, at: centre + Point(0, foot), size: (4.6, 4.6), typeface)
        }
        self.outline = outline
    }

    /// The seal in red with its middle at a place of a sheet.
    package func marks(centre: Point) -> [Mark] {
        let scale = Sheet.millimetres(1)
        let corner = centre + Point(-Self.radius * scale, -Self.radius * scale)
        let placed = outline.mapped { Point($0.x * scale, $0.y * scale) + corner }
        return [.shape(placed, ink: .seal, outline: Self.weight * scale)]
    }

    /// The seal as the `d` of one SVG path; its square is `0 0 42 42`.
    package var svg: String { outline.svg }

    /// Letters side by side with their middle at a place.
    private static func line(
        _ text: String, at centre: Point, size: (width: Double, height: Double), _ typeface: Typeface
    ) throws(DocumentRefusal) -> Outline {
        let characters = Array(text.unicodeScalars)
        var outline = Outline()
        for (index, character) in characters.enumerated() {
            let x = (Double(index) - Double(characters.count - 1) / 2) * size.width * 1.04
            let letter = try typeface.letter(character)
            outline =
                outline
                + letter.mapped { centre + Point(x + $0.x * size.width, $0.y * size.height) }
        }
        return outline
    }
}

/// How the characters of a name stand around a seal: the more there are, the closer and the narrower.
struct Arc {
    /// From the middle of one character to the next, in radians.
    let step: Double
    let width: Double
    let height: Double
    /// From the centre of the seal to the middle of a character.
    let reach: Double

    private static let heightMost = 5.2

    init(_ count: Int, _ kind: SealDrawing.Kind) {
        // The outer edge of the letters, inside the rings.
        let edge = kind == .official ? 18.9 : 18.3
        let span = (kind == .official ? 262.0 : 236.0) * .pi / 180
        let step = min(34 * .pi / 180, span / Double(max(1, count - 1)))
        // Neighbours come closest at their feet.
        var height = Self.heightMost
        var width = min(height * 0.86, (edge - height) * step * 0.94)
        height = min(height, width * 1.7)
        width = min(height * 0.86, (edge - height) * step * 0.94)
        (self.step, self.width, self.height) = (step, width, height)
        reach = edge - height / 2
    }

    func outline(
        of characters: [Unicode.Scalar], around centre: Point, _ typeface: Typeface
    ) throws(DocumentRefusal) -> Outline {
        var outline = Outline()
        for (index, character) in characters.enumerated() {
            let angle = (Double(index) - Double(characters.count - 1) / 2) * step
            let (sine, cosine) = (Turn.sine(angle), Turn.cosine(angle))
            let letter = try typeface.letter(character)
            outline =
                outline
                + letter.mapped { place in
                    let (x, y) = (place.x * width, place.y * height - reach)
                    return centre + Point(x * cosine - y * sine, x * sine + y * cosine)
                }
        }
        return outline
    }
}

extension Typeface {
    /// A character around the middle of the square that it is drawn in, at size 1.
    func letter(_ character: Unicode.Scalar) throws(DocumentRefusal) -> Outline {
        let half = advance(of: try glyph(of: character)) / 2
        return try outline(of: character).mapped { Point($0.x - half, $0.y + 0.37) }
    }
}

extension Ink {
    /// Ink pad red (`#c01920`), only for seals.
    package static let seal = Ink(red: 0.753, green: 0.098, blue: 0.125)
}
