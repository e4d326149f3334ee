/// Where everything of a picture of steps stands, in units of its `viewBox`.
struct StepPlan {
    struct Box {
        let x: Double
        let y: Double
        let width: Double
        let height: Double
        var isDashed = false
        var isMarked = false

        var style: StaticString { isDashed ? "dashed" : isMarked ? "marked" : "box" }
    }

    /// A line of text by what it says.
    struct Line {
        enum Kind {
            case number, name, who, limit, marked, heading

            var style: StaticString {
                switch self {
                case .number: "number"
                case .name: "name"
                case .who: "who"
                case .limit: "limit"
                case .marked: "marked"
                case .heading: "heading"
                }
            }

            /// The size of its letters and the height of its line.
            var size: Double { self == .name ? 16 : 14 }
            var height: Double { size + 5 }
        }

        let kind: Kind
        let text: String
        let x: Double
        let y: Double
    }

    private static let (between, padding, numberWidth) = (26.0, 10.0, 32.0)
    /// The room for the line of a box, so that it is not cut at the edge.
    private static let edge = 1.0

    let width: Double
    private(set) var height = 0.0
    private(set) var boxes: [Box] = []
    private(set) var dots: [(x: Double, y: Double)] = []
    private(set) var paths: [(shape: String, isDashed: Bool)] = []
    private(set) var lines: [Line] = []
    private let perRow: Int
    private var stepBoxes: [Box] { boxes.filter { !$0.isDashed } }

    /// A plan with at most so many steps to a row: as many as leave every word whole, and shared out evenly.
    init(_ picture: StepPicture, width: Double, perRow most: Int) {
        self.width = width
        let words = picture.steps.flatMap { step in
            [(step.name, Line.Kind.name), (step.who, .who), (step.limit, .limit)].flatMap { text, kind in
                LetterWidth.pieces(of: text).map { LetterWidth.of($0.prefix { $0 != " " }) * kind.size }
            }
        }
        let widest = words.max() ?? 0
        let count = picture.steps.count
        let fitting = (1...max(1, most)).last { perRow in
            perRow == 1 || Self.boxWidth(width, perRow) - 2 * Self.padding >= widest
        }
        let rows = (count + (fitting ?? 1) - 1) / (fitting ?? 1)
        perRow = rows == 0 ? 1 : (count + rows - 1) / rows
        var y = Self.edge
        for first in stride(from: 0, to: count, by: perRow) {
            y = row(picture, first..<min(first + perRow, count), at: y, isLast: first + perRow >= count)
        }
        height = y + Self.edge
    }

    private static func boxWidth(_ width: Double, _ perRow: Int) -> Double {
        (width - 2 * edge - Double(perRow - 1) * between) / Double(perRow)
    }

    /// A number without more digits than the picture needs.
    static func text(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths) % 10)"
    }

    /// Puts a row of steps, and what may stop the clock beneath it; answers where the next row begins.
    private mutating func row(_ picture: StepPicture, _ indices: Range<Int>, at y: Double, isLast: Bool) -> Double {
        let width = Self.boxWidth(self.width, perRow)
        let texts = indices.map { write(picture.steps[$0], width) }
        let height = (texts.map { $0.reduce(0) { $0 + $1.kind.height } }.max() ?? 0) + 2 * Self.padding + numberHeight
        for (place, index) in indices.enumerated() {
            let x = Self.edge + Double(place) * (width + Self.between)
            boxes.append(
                Box(x: x, y: y, width: width, height: height, isMarked: picture.steps[index].isMarked))
            dots.append((x + Self.padding + 12, y + Self.padding + 11))
            lines.append(
                Line(kind: .number, text: "\(index + 1)", x: x + Self.padding + 12, y: y + Self.padding + 16))
            put(
                texts[place], x: x + Self.padding + (perRow == 1 ? Self.numberWidth : 0),
                y: y + Self.padding + numberHeight)
            if place > 0 { arrow(from: (x - Self.between, y + height / 2), to: (x, y + height / 2)) }
        }
        var bottom = y + height
        if let aside = picture.aside, indices.contains(aside.after) {
            bottom = put(aside.lines, below: stepBoxes[aside.after], at: bottom)
        }
        guard !isLast else { return bottom }
        leap(from: stepBoxes[indices.upperBound - 1], bottom: bottom)
        return bottom + Self.between
    }

    /// The number stands above the name where boxes are side by side, beside it where they are not.
    private var numberHeight: Double { perRow == 1 ? 0 : 28 }

    private func write(_ step: StepPicture.Step, _ width: Double) -> [(kind: Line.Kind, text: String)] {
        let room = width - 2 * Self.padding - (perRow == 1 ? Self.numberWidth : 0)
        let limit: Line.Kind = step.isMarked ? .marked : .limit
        return [(step.name, Line.Kind.name), (step.who, .who), (step.limit, limit)].flatMap { text, kind in
            text.isEmpty ? [] : LetterWidth.lines(of: text, width: room / kind.size).map { (kind, $0) }
        }
    }

    private mutating func put(_ texts: [(kind: Line.Kind, text: String)], x: Double, y: Double) {
        var y = y
        for (kind, text) in texts {
            lines.append(Line(kind: kind, text: text, x: x, y: y + kind.size))
            y += kind.height
        }
    }

    /// The branch in dashes; answers where it ends.
    private mutating func put(_ said: [String], below box: Box, at y: Double) -> Double {
        let isColumn = perRow == 1
        let right = isColumn ? box.x + box.width : max(box.x + box.width / 2, Self.edge + 300)
        let left = isColumn ? box.x + Self.numberWidth : max(Self.edge, right - 360)
        let room = (right - left - 2 * Self.padding) / Line.Kind.heading.size
        let texts = said.enumerated().flatMap { index, text in
            LetterWidth.lines(of: text, width: room).map { (index == 0 ? Line.Kind.heading : .who, $0) }
        }
        let top = y + 18
        let height = texts.reduce(0) { $0 + $1.0.height } + 2 * Self.padding
        boxes.append(Box(x: left, y: top, width: right - left, height: height, isDashed: true))
        put(texts.map { (kind: $0.0, text: $0.1) }, x: left + Self.padding, y: top + Self.padding)
        let x = max(left + 24, min(box.x + box.width / 4, right - 24))
        paths.append(("M\(Self.text(x)) \(Self.text(box.y + box.height))V\(Self.text(top))", true))
        return top + height
    }

    private mutating func arrow(from: (x: Double, y: Double), to: (x: Double, y: Double)) {
        paths.append(("M\(Self.text(from.x)) \(Self.text(from.y))H\(Self.text(to.x - 1))m-6-5 6 5-6 5", false))
    }

    /// The arrow to the first step of the next row.
    private mutating func leap(from box: Box, bottom: Double) {
        let start = perRow == 1 ? box.x + Self.padding + 12 : box.x + box.width * 3 / 4
        let end = perRow == 1 ? start : Self.edge + Self.boxWidth(width, perRow) / 2
        let (turn, top) = (bottom + Self.between / 2, bottom + Self.between)
        let sideways = start == end ? "" : "V\(Self.text(turn))H\(Self.text(end))"
        paths.append(
            (
                "M\(Self.text(start)) \(Self.text(box.y + box.height))\(sideways)V\(Self.text(top - 1))m-5-6 5 6 5-6",
                false
            ))
    }
}
