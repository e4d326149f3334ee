/// Curves of interlaced waves.
enum Guilloche {
    /// One strand of a band around a box: quarter waves from corner to corner, the squares of the corners left free,
    /// each strand set off by its part of a wave.
    static func band(around box: Rectangle, _ ornament: FaceOrnament, _ strand: Int) -> Outline {
        let inset = ornament.band / 2
        let (left, top) = (box.corner.x + inset, box.corner.y + inset)
        let (right, bottom) = (box.corner.x + box.width - inset, box.corner.y + box.height - inset)
        let corners = [Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)]
        let shift = Double(strand) / Double(ornament.strands)
        var outline = Outline()
        for (index, from) in corners.enumerated() {
            let to = corners[(index + 1) % 4]
            let (dx, dy) = (to.x - from.x, to.y - from.y)
            let part = inset / max(abs(dx), abs(dy))
            let step = Point(dx * part, dy * part)
            outline = outline + side(from + step, to + Point(-step.x, -step.y), ornament, shift)
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
                .shape(.circle(place, radius: radius * 0.3), ink: ink, outline: 0),
                .stroke(.circle(place, radius: radius * 0.6), ink: ink, width: weight),
                .stroke(.circle(place, radius: radius * 0.8), ink: ink, width: weight * 2),
                .stroke(.circle(place, radius: radius), ink: ink, width: weight),
            ]
        }
    }
}
