extension Rectangle {
    func inset(by distance: Double) -> Rectangle {
        Rectangle(at: corner + Point(distance, distance), width: width - 2 * distance, height: height - 2 * distance)
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
