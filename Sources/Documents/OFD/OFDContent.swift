/// What is drawn on a page of an OFD, object after object (GB/T 33190-2016, 8 to 11). Places in objects count from the
/// corner of their boundary.
struct OFDContent {
    let typeface: Typeface?
    /// The resource of the page's QR code.
    let codeID: Int
    private(set) var nextID: Int
    private var xml: OFDText

    /// Objects whose numbers begin here.
    init(_ typeface: Typeface?, codeID: Int = 0, firstID: Int) {
        (self.typeface, self.codeID, nextID) = (typeface, codeID, firstID)
        xml = .fragment(capacity: 16 * 1024)
    }

    /// The objects written so far.
    var objects: OFDText { xml }

    /// Adds what marks draw. Refuses a character that no face draws.
    mutating func add(_ marks: [Mark]) throws(DocumentRefusal) {
        for mark in marks {
            switch mark {
            case .text(let text, let place, let face): try add(text, place, face)
            case .line(let from, let to, let width, let ink):
                path(Outline([.move(from), .line(to)]), fill: nil, stroke: ink, width: width)
            case .shape(let shape, let ink, let width):
                path(shape, fill: ink, stroke: width > 0 ? ink : nil, width: width)
            case .stroke(let shape, let ink, let width): path(shape, fill: nil, stroke: ink, width: width)
            case .rectangles(let rectangles, let ink):
                let steps = rectangles.flatMap { Outline.rectangle($0).steps }
                path(Outline(steps), fill: ink, stroke: nil, width: 0)
            case .code(_, let corner, let width): image(Rectangle(at: corner, width: width, height: width))
            }
        }
    }

    private mutating func begin(_ element: StaticString, _ box: Rectangle) {
        xml.raw("<ofd:")
        xml.raw(element)
        xml.raw(" ID=\"")
        xml.number(nextID)
        xml.raw("\"")
        xml.boundary(box)
        nextID += 1
    }

    private mutating func image(_ box: Rectangle) {
        begin("ImageObject", box)
        xml.raw(" CTM=\"")
        xml.length(box.width)
        xml.raw(" 0 0 ")
        xml.length(box.height)
        xml.raw(" 0 0\" ResourceID=\"")
        xml.number(codeID)
        xml.raw("\"/>")
    }

    /// A text in pieces of one font each. A character beyond the basic plane is a piece of its own: readers do not
    /// agree on how many advances it takes.
    private mutating func add(_ text: String, _ place: Point, _ face: TextFace) throws(DocumentRefusal) {
        guard let typeface else { preconditionFailure("a ground has no text") }
        var piece: (scalars: [Unicode.Scalar], advances: [Double], face: Int) = ([], [], 0)
        var (start, x) = (place.x, place.x)
        for scalar in text.unicodeScalars {
            let glyph = try typeface.glyph(of: scalar)
            let isAlone = scalar.value > 0xFFFF || (piece.scalars.last?.value ?? 0) > 0xFFFF
            if !piece.scalars.isEmpty, piece.face != glyph.face || isAlone {
                write(piece, Point(start, place.y), face)
                (piece, start) = (([], [], glyph.face), x)
            }
            let advance = typeface.advance(of: glyph) * face.size + face.tracking
            piece.face = glyph.face
            piece.scalars.append(scalar)
            piece.advances.append(advance)
            x += advance
        }
        if !piece.scalars.isEmpty { write(piece, Point(start, place.y), face) }
    }

    private mutating func write(
        _ piece: (scalars: [Unicode.Scalar], advances: [Double], face: Int), _ place: Point, _ face: TextFace
    ) {
        // Room for what reaches over the edge of a letter's square.
        let margin = face.size * 0.1
        let width = piece.advances.reduce(0, +) + 2 * margin
        begin(
            "TextObject",
            Rectangle(
                at: Point(place.x - margin, place.y - face.size), width: width, height: face.size * 1.35))
        xml.raw(" Font=\"")
        xml.number(OFDFonts.firstID + piece.face)
        xml.raw("\" Size=\"")
        xml.length(face.size)
        if face.isHeavy {
            xml.raw("\" Stroke=\"true\" LineWidth=\"")
            xml.length(face.outline)
        }
        xml.raw("\"><ofd:FillColor Value=\"")
        xml.ink(face.ink)
        xml.raw("\"/>")
        if face.isHeavy {
            xml.raw("<ofd:StrokeColor Value=\"")
            xml.ink(face.ink)
            xml.raw("\"/>")
        }
        xml.raw("<ofd:TextCode X=\"")
        xml.length(margin)
        xml.raw("\" Y=\"")
        xml.length(face.size)
        advances(piece.advances.dropLast())
        xml.raw("\">")
        for scalar in piece.scalars { xml.text(scalar) }
        xml.raw("</ofd:TextCode></ofd:TextObject>")
    }

    /// The advances of all characters but the last, equal ones together: `g 4 5`.
    private mutating func advances(_ advances: ArraySlice<Double>) {
        guard !advances.isEmpty else { return }
        xml.raw("\" DeltaX=\"")
        var index = advances.startIndex
        while index < advances.endIndex {
            var end = index + 1
            while end < advances.endIndex, advances[end] == advances[index] { end += 1 }
            if index > advances.startIndex { xml.raw(" ") }
            if end - index > 1 {
                xml.raw("g ")
                xml.number(end - index)
                xml.raw(" ")
            }
            xml.length(advances[index])
            index = end
        }
    }

    private mutating func path(_ shape: Outline, fill: Ink?, stroke: Ink?, width: Double) {
        guard let box = shape.box else { return }
        let margin = width / 2 + 0.1
        let corner = Point(box.least.x - margin, box.least.y - margin)
        begin(
            "PathObject",
            Rectangle(
                at: corner, width: box.most.x - box.least.x + 2 * margin,
                height: box.most.y - box.least.y + 2 * margin))
        if fill != nil { xml.raw(" Fill=\"true\"") }
        if stroke == nil {
            xml.raw(" Stroke=\"false\"")
        } else {
            xml.raw(" LineWidth=\"")
            xml.length(width)
            xml.raw("\" Join=\"Round\"")
        }
        xml.raw(">")
        if let stroke {
            xml.raw("<ofd:StrokeColor Value=\"")
            xml.ink(stroke)
            xml.raw("\"/>")
        }
        if let fill {
            xml.raw("<ofd:FillColor Value=\"")
            xml.ink(fill)
            xml.raw("\"/>")
        }
        xml.raw("<ofd:AbbreviatedData>")
        for step in shape.steps { add(step, corner) }
        xml.raw("</ofd:AbbreviatedData></ofd:PathObject>")
    }

    private mutating func add(_ step: Outline.Step, _ corner: Point) {
        let back = Point(-corner.x, -corner.y)
        switch step {
        case .move(let to):
            xml.raw("M")
            xml.place(to + back)
        case .line(let to):
            xml.raw("L")
            xml.place(to + back)
        case .curve(let first, let second, let to):
            xml.raw("B")
            xml.place(first + back)
            xml.place(second + back)
            xml.place(to + back)
        case .close: xml.raw("C")
        }
        xml.raw(" ")
    }
}
