/// 手写签名: a name as it was drawn with a pen, a finger or a mouse: strokes of points on a field of 600 by 200. It is
/// kept as it was drawn, and every picture of it follows from it.
package struct DrawnSignature: Hashable, Sendable {
    /// The field on which one draws.
    package static let (width, height) = (600, 200)
    /// LIMIT: strokes of a signature.
    package static let strokesMax = 100
    /// LIMIT: points of all its strokes together.
    package static let pointsMax = 3000
    /// LIMIT: characters of its text.
    package static let charactersMax = 27_000
    /// What has fewer points, or is narrower and lower than this, is a slip of the pen and no name.
    package static let (pointsMin, extentMin) = (8, 30)

    /// A place on the field, from its upper left corner.
    package struct Point: Hashable, Sendable {
        package let x: Int
        package let y: Int

        package init(_ x: Int, _ y: Int) { (self.x, self.y) = (x, y) }
    }

    package let strokes: [[Point]]

    /// Nil for what lies outside the field, for a slip of the pen, and beyond the limits.
    package init?(_ strokes: [[Point]]) {
        let points = strokes.joined()
        guard (1...Self.strokesMax).contains(strokes.count), strokes.allSatisfy({ !$0.isEmpty }),
            (Self.pointsMin...Self.pointsMax).contains(points.count),
            points.allSatisfy({ (0...Self.width).contains($0.x) && (0...Self.height).contains($0.y) })
        else { return nil }
        let (columns, lines) = (points.map(\.x), points.map(\.y))
        guard let left = columns.min(), let right = columns.max(), let top = lines.min(), let bottom = lines.max(),
            max(right - left, bottom - top) >= Self.extentMin
        else { return nil }
        self.strokes = strokes
    }

    /// Reads `x,y x,y;x,y x,y`: a stroke after each semicolon. Nil for any other text.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.charactersMax else { return nil }
        var strokes: [[Point]] = []
        for stroke in text.split(separator: ";", omittingEmptySubsequences: false) {
            var points: [Point] = []
            for point in stroke.split(separator: " ", omittingEmptySubsequences: false) {
                let parts = point.split(separator: ",", omittingEmptySubsequences: false)
                guard parts.count == 2, let x = Self.number(parts[0]), let y = Self.number(parts[1]) else { return nil }
                points.append(Point(x, y))
            }
            strokes.append(points)
        }
        self.init(strokes)
    }

    /// Digits only, three at most.
    private static func number(_ text: Substring) -> Int? {
        guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }

    /// `x,y x,y;x,y x,y`.
    package var text: String {
        strokes.map { $0.map { "\($0.x),\($0.y)" }.joined(separator: " ") }.joined(separator: ";")
    }

    /// How many points it has.
    package var pointCount: Int { strokes.reduce(0) { $0 + $1.count } }

    /// The `d` of one path in SVG, on the field. A point alone is drawn as a dot.
    package var path: String {
        strokes.map { stroke in
            let ends = stroke.count == 1 ? stroke + stroke : stroke
            return "M" + ends.map { "\($0.x) \($0.y)" }.joined(separator: "L")
        }.joined()
    }
}

extension DrawnSignature: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(decoder, { DrawnSignature($0) }, "not a drawn signature")
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
