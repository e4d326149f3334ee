/// A shape by its edge: straight lines and curves, in lengths of its own with y pointing down. What the edge goes
/// around more often one way than the other is inside.
package struct Outline: Hashable, Sendable {
    /// One step of the edge.
    package enum Step: Hashable, Sendable {
        case move(Point)
        case line(Point)
        case curve(Point, Point, to: Point)
        case close
    }

    package private(set) var steps: [Step]

    /// An edge of these steps.
    package init(_ steps: [Step] = []) {
        self.steps = steps
    }

    mutating func add(_ step: Step) { steps.append(step) }

    static func + (left: Outline, right: Outline) -> Outline { Outline(left.steps + right.steps) }

    /// The same edge with every place taken elsewhere.
    func mapped(_ place: (Point) -> Point) -> Outline {
        Outline(
            steps.map { step in
                switch step {
                case .move(let to): .move(place(to))
                case .line(let to): .line(place(to))
                case .curve(let first, let second, let to): .curve(place(first), place(second), to: place(to))
                case .close: .close
                }
            })
    }

    /// The corners of the smallest upright box that holds every step, control points included; nil for no step.
    var box: (least: Point, most: Point)? {
        let places = steps.flatMap { step -> [Point] in
            switch step {
            case .move(let to), .line(let to): [to]
            case .curve(let first, let second, let to): [first, second, to]
            case .close: []
            }
        }
        guard var least = places.first else { return nil }
        var most = least
        for place in places {
            least = Point(min(least.x, place.x), min(least.y, place.y))
            most = Point(max(most.x, place.x), max(most.y, place.y))
        }
        return (least, most)
    }

    /// A circle of four curves; `clockwise` as it is seen.
    static func circle(_ centre: Point, radius: Double, isClockwise: Bool = true) -> Outline {
        // How far the control points of a quarter stand from its ends, in radii.
        let pull = radius * 0.552_284_75
        let turn = isClockwise ? 1.0 : -1.0
        let right = Point(radius, 0)
        let quarters: [(Point, Point, Point)] = [
            (Point(radius, turn * pull), Point(pull, turn * radius), Point(0, turn * radius)),
            (Point(-pull, turn * radius), Point(-radius, turn * pull), Point(-radius, 0)),
            (Point(-radius, -turn * pull), Point(-pull, -turn * radius), Point(0, -turn * radius)),
            (Point(pull, -turn * radius), Point(radius, -turn * pull), right),
        ]
        return Outline([.move(right)] + quarters.map { .curve($0.0, $0.1, to: $0.2) } + [.close])
            .mapped { $0 + centre }
    }

    /// A ring between two circles.
    static func ring(_ centre: Point, outer: Double, width: Double) -> Outline {
        circle(centre, radius: outer) + circle(centre, radius: outer - width, isClockwise: false)
    }

    /// The edge as SVG writes it (`d`), to a hundredth.
    package var svg: String {
        steps.map { step in
            switch step {
            case .move(let to): "M\(Self.pair(to))"
            case .line(let to): "L\(Self.pair(to))"
            case .curve(let first, let second, let to):
                "C\(Self.pair(first)) \(Self.pair(second)) \(Self.pair(to))"
            case .close: "Z"
            }
        }.joined()
    }

    /// The edge in the operators of a PDF (ISO 32000-1, 8.5.2), its places being those of a page of this height.
    func operators(height: Double) -> String {
        steps.map { step in
            switch step {
            case .move(let to): "\(PDFText.point(to, height)) m"
            case .line(let to): "\(PDFText.point(to, height)) l"
            case .curve(let first, let second, let to):
                "\(PDFText.point(first, height)) \(PDFText.point(second, height)) \(PDFText.point(to, height)) c"
            case .close: "h"
            }
        }.joined(separator: "\n")
    }

    private static func pair(_ point: Point) -> String { "\(PDFText.number(point.x)) \(PDFText.number(point.y))" }
}
