/// What a template draws before any text: borders, grounds, lines. Plain geometry; no emblem of the state.
struct FaceOrnament: Decodable {
    enum Kind: String, Decodable {
        /// A band of interlaced waves around a box, as on securities.
        case guilloche
        /// A ring of interlaced waves in the middle of a box, pale, under the text.
        case rosette
        /// The edge of a box.
        case frame
        /// The edge of a box with round corners.
        case card
        /// A box filled with ink.
        case ground
        /// A straight line along the upper edge of a box.
        case rule
        /// A plain five-pointed star.
        case star
        /// Small arcs in the corners of a box.
        case corners
    }

    let kind: Kind
    let box: FaceBox
    let ink: Ink
    /// Thickness of lines, in points.
    let weight: Double
    /// Width of a band, in points.
    let band: Double
    /// Length of a wave, in points.
    let wave: Double
    let strands: Int

    private enum Key: String, CodingKey { case kind, box, ink, weight, band, wave, strands }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        func length(_ key: Key, _ otherwise: Double) throws -> Double {
            Sheet.millimetres(try values.decodeIfPresent(Double.self, forKey: key) ?? otherwise)
        }
        kind = try values.decode(Kind.self, forKey: .kind)
        box = try values.decode(FaceBox.self, forKey: .box)
        ink = try values.decode(FaceInk.self, forKey: .ink).ink
        weight = try length(.weight, 0.2)
        band = try length(.band, 6)
        wave = try length(.wave, 12)
        strands = try values.decodeIfPresent(Int.self, forKey: .strands) ?? 3
        guard (1...12).contains(strands), wave > 0, band > 0 else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "ornament"))
        }
    }

    var marks: [Mark] {
        let rectangle = box.rectangle
        switch kind {
        case .guilloche:
            let strands = (0..<strands).map { strand in
                Mark.stroke(Guilloche.band(around: rectangle, self, strand), ink: ink, width: weight)
            }
            return strands + Guilloche.corners(of: rectangle.inset(by: band / 2), radius: band * 0.46, ink, weight)
        case .rosette:
            return (0..<strands).map { .stroke(Guilloche.rosette(in: rectangle, self, $0), ink: ink, width: weight) }
        case .frame: return [.stroke(.rectangle(rectangle), ink: ink, width: weight)]
        case .card: return [.stroke(.rounded(rectangle, radius: band), ink: ink, width: weight)]
        case .ground: return [.rectangles([rectangle], ink: ink)]
        case .rule:
            let end = rectangle.corner + Point(rectangle.width, 0)
            return [.line(rectangle.corner, end, width: weight, ink: ink)]
        case .star:
            let centre = rectangle.corner + Point(rectangle.width / 2, rectangle.height / 2)
            return [.shape(.star(centre, radius: rectangle.width / 2), ink: ink, outline: 0)]
        case .corners: return Guilloche.corners(of: rectangle, radius: band, ink, weight)
        }
    }
}
