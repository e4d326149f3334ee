/// What stands in a cell of a form, in lines of one height.
struct FormText {
    static let style = TextStyle(TextFace(10), leading: 1.4)
    static let centred = TextStyle(TextFace(10), alignment: .centre, leading: 1.4)
    static let height = style.height
    private static let hint = TextStyle(
        TextFace(7.5, ink: .grey), leading: TextStyle.leading(size: 7.5, baseline: style.baseline))
    private static let (between, unitRoom) = (14.0, 36.0)

    let layout: PaperLayout
    let width: Double

    func lines(of cell: FormCell) throws(DocumentRefusal) -> [Strip] {
        var strips: [Strip] = []
        for hint in cell.hints { strips += try even(layout.lines(hint, Self.hint, width: width)) }
        switch cell.content {
        case .room(let lines): strips += Array(repeating: Strip(height: Self.height), count: lines)
        case .units(let units): strips += [Strip(height: Self.height), try self.units(units)]
        case .text(let paragraphs):
            for paragraph in paragraphs { strips += try even(layout.lines(paragraph, Self.style, width: width)) }
        case .boxes(let boxes, let isStacked): strips += try self.boxes(boxes, isStacked)
        }
        return strips
    }

    private func even(_ lines: [Strip]) -> [Strip] { lines.map { Strip(height: Self.height, marks: $0.marks) } }

    /// Each of the words with room before it, on one line.
    private func units(_ units: [String]) throws(DocumentRefusal) -> Strip {
        var strip = Strip(height: Self.height)
        let size = Self.style.face.size
        var (x, letters) = (0.0, 0.0)
        for unit in units { letters += try layout.typeface.width(of: unit, size: size) }
        let room = units.count == 1 ? width / 2 : min(Self.unitRoom, (width - letters) / Double(units.count))
        for unit in units {
            strip.marks.append(.text(unit, at: Point(x + room, Self.style.baseline), face: Self.style.face))
            x += room + (try layout.typeface.width(of: unit, size: size))
        }
        return strip
    }

    private func boxes(_ boxes: [FormBox], _ isStacked: Bool) throws(DocumentRefusal) -> [Strip] {
        var strips: [Strip] = []
        var x = Double.infinity
        let face = Self.style.face
        // An empty square and a tick over it: the face has no ticked square, and each can be searched by itself.
        let frame = TextFace(face.size + 3)
        let square = try layout.typeface.width(of: "\u{25A1}", size: frame.size) + 2
        for box in boxes {
            let lines = try layout.lines(box.label, Self.style, width: width - square)
            let long = try layout.typeface.width(of: box.label, size: face.size)
            if isStacked || lines.count > 1 || x + square + long > width {
                strips.append(Strip(height: Self.height))
                x = 0
            }
            let corner = Point(x, Self.style.baseline)
            strips[strips.count - 1].marks.append(.text("\u{25A1}", at: corner + Point(0, 1), face: frame))
            if box.isTicked {
                let tick = TextFace(face.size + 1, isHeavy: true)
                strips[strips.count - 1].marks.append(.text("\u{221A}", at: corner + Point(1.5, -0.5), face: tick))
            }
            for (index, line) in lines.enumerated() {
                if index > 0 { strips.append(Strip(height: Self.height)) }
                strips[strips.count - 1].marks += line.marks.map { $0.moved(by: Point(x + square, 0)) }
            }
            x = lines.count > 1 ? .infinity : x + square + long + Self.between
        }
        return strips
    }
}
