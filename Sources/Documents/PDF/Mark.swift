/// A place on a sheet, in points from the upper left corner.
package struct Point: Hashable, Sendable {
    package var x: Double
    package var y: Double

    /// The place so far to the right and so far down.
    package init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    static func + (left: Point, right: Point) -> Point { Point(left.x + right.x, left.y + right.y) }
}

/// A rectangle with its sides along those of the sheet, in points.
package struct Rectangle: Hashable, Sendable {
    /// The upper left corner.
    package var corner: Point
    package var width: Double
    package var height: Double

    /// A rectangle below and to the right of its corner.
    package init(at corner: Point, width: Double, height: Double) {
        self.corner = corner
        self.width = width
        self.height = height
    }
}

/// A colour of ink; each part from 0 to 1.
package struct Ink: Hashable, Sendable {
    let red: Double
    let green: Double
    let blue: Double

    /// Text.
    package static let black = Ink(red: 0.1, green: 0.1, blue: 0.1)
    /// What stands beside the text: labels, notes, headers. 5.7:1 on white.
    package static let grey = Ink(red: 0.38, green: 0.4, blue: 0.42)
    /// Hairlines.
    package static let hairline = Ink(red: 0.8, green: 0.82, blue: 0.84)
    /// What must not be overlooked: that a form is a sample.
    package static let red = Ink(red: 0.75, green: 0.1, blue: 0.13)
    /// The ground of a band across a form.
    package static let mist = Ink(red: 0.93, green: 0.94, blue: 0.95)
    /// Headings and the rules beneath them.
    package static let accent = Ink(red: 0.06, green: 0.28, blue: 0.5)
    /// Codes that machines read.
    package static let full = Ink(red: 0, green: 0, blue: 0)
}

/// One thing drawn on a sheet.
package enum Mark: Hashable, Sendable {
    /// A line of text that begins at this place of its baseline.
    case text(String, at: Point, face: TextFace)
    /// A straight line between two places.
    case line(Point, Point, width: Double, ink: Ink)
    /// Rectangles filled with ink.
    case rectangles([Rectangle], ink: Ink)
    /// A shape filled with ink, its edge drawn over by a line of the same ink, so many points wide.
    case shape(Outline, ink: Ink, outline: Double)
    /// The edge of a shape drawn with a pen of so many points; nothing is filled.
    case stroke(Outline, ink: Ink, width: Double)
    /// A QR code in a square of so many points, its quiet zone within.
    case code(QRCode, at: Point, width: Double)

    /// The same mark, moved right and down.
    func moved(by offset: Point) -> Mark {
        switch self {
        case .text(let text, let place, let face): .text(text, at: place + offset, face: face)
        case .shape(let shape, let ink, let width):
            .shape(shape.mapped { $0 + offset }, ink: ink, outline: width)
        case .stroke(let shape, let ink, let width):
            .stroke(shape.mapped { $0 + offset }, ink: ink, width: width)
        case .code(let code, let place, let width): .code(code, at: place + offset, width: width)
        case .line(let from, let to, let width, let ink): .line(from + offset, to + offset, width: width, ink: ink)
        case .rectangles(let rectangles, let ink):
            .rectangles(
                rectangles.map { Rectangle(at: $0.corner + offset, width: $0.width, height: $0.height) }, ink: ink)
        }
    }
}

/// How letters look: their size, whether they are heavy, their ink. The typeface has one weight; heavy letters are
/// drawn with an outline of the same ink.
package struct TextFace: Hashable, Sendable {
    package var size: Double
    package var isHeavy: Bool
    package var ink: Ink
    /// How much further apart letters stand than they would by themselves, in points.
    package var tracking: Double

    /// Letters of so many points.
    package init(_ size: Double, isHeavy: Bool = false, ink: Ink = .black, tracking: Double = 0) {
        self.size = size
        self.isHeavy = isHeavy
        self.ink = ink
        self.tracking = tracking
    }

    /// Thickness of the outline of heavy letters, in points.
    var outline: Double { size * 0.03 }
}

/// A4 (ISO 216), upright.
package enum Sheet {
    package static let width = 595.276
    package static let height = 841.89

    /// Points of so many millimetres.
    package static func millimetres(_ count: Double) -> Double { count * 72 / 25.4 }
}
