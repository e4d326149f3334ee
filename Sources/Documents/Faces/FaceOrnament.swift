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
            return (0..<strands).map { strand in
                .stroke(Guilloche.band(around: rectangle, self, strand), ink: ink, width: weight)
            }
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

/// Curves of interlaced waves.
enum Guilloche {
    /// One strand of a band around a box: half waves of equal length from corner to corner, each strand set off by its
    /// part of a wave.
    static func band(around box: Rectangle, _ ornament: FaceOrnament, _ strand: Int) -> Outline {
        let inset = ornament.band / 2
        let (left, top) = (box.corner.x + inset, box.corner.y + inset)
        let (right, bottom) = (box.corner.x + box.width - inset, box.corner.y + box.height - inset)
        let corners = [Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)]
        let shift = Double(strand) / Double(ornament.strands)
        var outline = Outline()
        for (index, from) in corners.enumerated() {
            outline = outline + side(from, corners[(index + 1) % 4], ornament, shift)
        }
        return outline
    }

    /// A sine along a side, its phase given in waves.
    private static func side(_ from: Point, _ to: Point, _ ornament: FaceOrnament, _ shift: Double) -> Outline {
        let (dx, dy) = (to.x - from.x, to.y - from.y)
        let length = (dx * dx + dy * dy).squareRoot()
        let (ux, uy) = (dx / length, dy / length)
        // Whole waves, so that the corners meet.
        let waves = (length / ornament.wave).rounded()
        let quarters = Int(waves * 4)
        let step = length / Double(quarters)
        let height = ornament.band * 0.46
        func place(_ along: Double, _ across: Double) -> Point {
            Point(from.x + ux * along - uy * across, from.y + uy * along + ux * across)
        }
        func wave(_ quarter: Double) -> (value: Double, slope: Double) {
            let angle = (quarter / 4 + shift) * 2 * .pi
            return (height * Turn.sine(angle), height * Turn.cosine(angle) * .pi / 2 / step)
        }
        var outline = Outline([.move(place(0, wave(0).value))])
        for quarter in stride(from: 0, to: quarters, by: 1) {
            let (start, end) = (wave(Double(quarter)), wave(Double(quarter + 1)))
            let (a, b) = (Double(quarter) * step, Double(quarter + 1) * step)
            outline.add(
                .curve(
                    place(a + step / 3, start.value + start.slope * step / 3),
                    place(b - step / 3, end.value - end.slope * step / 3), to: place(b, end.value)))
        }
        return outline
    }

    /// One strand of a ring whose radius swings.
    static func rosette(in box: Rectangle, _ ornament: FaceOrnament, _ strand: Int) -> Outline {
        let centre = box.corner + Point(box.width / 2, box.height / 2)
        let radius = min(box.width, box.height) / 2 - ornament.band
        let petals = max(3, (2 * .pi * radius / ornament.wave).rounded())
        let shift = Double(strand) / Double(ornament.strands)
        let count = Int(petals) * 8
        let step = 2 * .pi / Double(count)
        func place(_ index: Double) -> Point {
            let angle = index * step
            let swing = radius + ornament.band * Turn.sine((angle * petals / (2 * .pi) + shift) * 2 * .pi)
            return centre + Point(swing * Turn.cosine(angle), swing * Turn.sine(angle))
        }
        // Through the points, with handles along the line between the neighbours (Catmull and Rom).
        var outline = Outline([.move(place(0))])
        for index in 0..<count {
            let points = (-1...2).map { place(Double(index + $0)) }
            let first = Point(
                points[1].x + (points[2].x - points[0].x) / 6, points[1].y + (points[2].y - points[0].y) / 6)
            let second = Point(
                points[2].x - (points[3].x - points[1].x) / 6, points[2].y - (points[3].y - points[1].y) / 6)
            outline.add(.curve(first, second, to: points[2]))
        }
        outline.add(.close)
        return outline
    }

    /// A quarter of a ring and a dot in each corner of a box.
    static func corners(of box: Rectangle, radius: Double, _ ink: Ink, _ weight: Double) -> [Mark] {
        let (x, y) = (box.corner.x, box.corner.y)
        let places = [
            Point(x, y), Point(x + box.width, y), Point(x + box.width, y + box.height), Point(x, y + box.height),
        ]
        return places.flatMap { place -> [Mark] in
            [
                .shape(.circle(place, radius: radius * 0.35), ink: ink, outline: 0),
                .stroke(.circle(place, radius: radius * 0.62), ink: ink, width: weight),
                .stroke(.circle(place, radius: radius), ink: ink, width: weight),
            ]
        }
    }
}

extension Outline {
    static func rectangle(_ box: Rectangle) -> Outline {
        let (x, y) = (box.corner.x, box.corner.y)
        return Outline([
            .move(Point(x, y)), .line(Point(x + box.width, y)), .line(Point(x + box.width, y + box.height)),
            .line(Point(x, y + box.height)), .close,
        ])
    }

    /// A rectangle with round corners.
    static func rounded(_ box: Rectangle, radius: Double) -> Outline {
        let (left, top) = (box.corner.x, box.corner.y)
        let (right, bottom) = (left + box.width, top + box.height)
        let pull = radius * 0.447_715_25
        return Outline([
            .move(Point(left + radius, top)), .line(Point(right - radius, top)),
            .curve(Point(right - pull, top), Point(right, top + pull), to: Point(right, top + radius)),
            .line(Point(right, bottom - radius)),
            .curve(Point(right, bottom - pull), Point(right - pull, bottom), to: Point(right - radius, bottom)),
            .line(Point(left + radius, bottom)),
            .curve(Point(left + pull, bottom), Point(left, bottom - pull), to: Point(left, bottom - radius)),
            .line(Point(left, top + radius)),
            .curve(Point(left, top + pull), Point(left + pull, top), to: Point(left + radius, top)), .close,
        ])
    }

    /// A five-pointed star that stands on two points.
    static func star(_ centre: Point, radius: Double) -> Outline {
        // The inner corners lie where the sides of the outer star cross: at sin 18° / sin 54° of the radius.
        let corners = (0..<10).map { index in
            let reach = index % 2 == 0 ? radius : radius * 0.381_966
            let angle = Double(index) * .pi / 5
            return centre + Point(reach * Turn.sine(angle), -reach * Turn.cosine(angle))
        }
        return Outline([.move(corners[0])] + corners.dropFirst().map { .line($0) } + [.close])
    }
}
