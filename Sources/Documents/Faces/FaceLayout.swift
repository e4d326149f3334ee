import Vocabulary

/// Lays the texts of a face out by a template: lines at their places, fields in their box, what does not fit at the
/// least size on further pages.
struct FaceLayout {
    /// LIMIT: pages of a face.
    static let pagesMax = 20
    /// Letters shrink by so many points at a time.
    private static let shrink = 0.5

    let template: FaceTemplate
    let ground: FaceGround
    let typeface: Typeface

    func face(of text: FaceText) throws(DocumentRefusal) -> DrawnFace {
        guard text.fields.count <= FaceText.fieldsMax,
            text.fields.allSatisfy({
                $0.label.utf8.count <= FaceText.labelBytesMax && $0.value.utf8.count <= FaceText.valueBytesMax
            }), text.fields.reduce(0, { $0 + $1.value.utf8.count }) <= FaceText.bytesMax
        else { throw .tooLong }
        let fields = try self.fields(of: text)
        guard fields.count <= Self.pagesMax else { throw .tooLong }
        var pages: [[Mark]] = []
        for (index, marks) in fields.enumerated() {
            var page: [Mark] = []
            if let annotation = text.annotation { page += try watermark(annotation.watermark) }
            for line in template.lines where index == 0 || line.isOnEveryPage { page += try self.marks(of: line, text) }
            page += marks
            if index == 0, let code = text.code { page.append(try self.code(code)) }
            pages.append(page)
        }
        let side = Sheet.millimetres(SealDrawing.diameter)
        let corner = template.seal + Point(-side / 2, -side / 2)
        return DrawnFace(
            size: template.size, ground: ground, texts: pages,
            seal: Rectangle(at: corner, width: side, height: side), typeface: typeface)
    }

    private func code(_ text: String) throws(DocumentRefusal) -> Mark {
        let box = template.code.rectangle
        return .code(try QRCode(text), at: box.corner, width: box.width)
    }

    /// A line of the template; nothing where the face has no such text.
    private func marks(of line: FaceLine, _ text: FaceText) throws(DocumentRefusal) -> [Mark] {
        guard let content = text.text(of: line.of) else { return [] }
        let whole = line.label + content + line.tail
        let box = line.box.rectangle
        var face = line.face
        while face.size >= line.least {
            let ems = try typeface.width(of: whole, size: 1)
            let tracking = line.tracking * Double(max(0, whole.unicodeScalars.count - 1))
            if (ems + tracking) * face.size <= box.width { return oneLine(whole, ems, line, face) }
            // Letters that stand apart come together before they shrink.
            if line.tracking > 0, ems * face.size <= box.width {
                return oneLine(whole, ems, line, face, spread: box.width - ems * face.size)
            }
            face.size -= Self.shrink
        }
        face.size = line.least
        let style = TextStyle(face, alignment: line.alignment, leading: 1.35)
        let ems = box.width / face.size
        let lines = try LineBreaker(typeface: typeface).lines(of: whole, first: ems, rest: ems)
        let height = style.height * Double(lines.count)
        guard height <= box.height + 0.5 else { throw .tooLong }
        let top = box.corner + Point(0, (box.height - height) / 2)
        return lines.enumerated().map { index, line in
            style.mark(line, at: top + Point(0, Double(index) * style.height), width: box.width)
        }
    }

    /// A text in the middle of its box's height.
    private func oneLine(
        _ text: String, _ ems: Double, _ line: FaceLine, _ face: TextFace, spread: Double? = nil
    ) -> [Mark] {
        guard !text.isEmpty else { return [] }
        let box = line.box.rectangle
        var face = face
        let gaps = Double(max(0, text.unicodeScalars.count - 1))
        face.tracking = spread.map { $0 / max(1, gaps) } ?? line.tracking * face.size
        let slack = box.width - ems * face.size - gaps * face.tracking
        let left =
            switch line.alignment {
            case .left: 0.0
            case .centre: slack / 2
            case .right: slack
            }
        let baseline = box.height / 2 + face.size * 0.36
        return [.text(text, at: box.corner + Point(left, baseline), face: face)]
    }

    /// The marks of the fields, page by page: at the largest size at which they fit one page, else at the least.
    private func fields(of text: FaceText) throws(DocumentRefusal) -> [[Mark]] {
        let fields = template.fields
        var size = fields.size
        while true {
            let setting = FaceSetting(fields: fields, size: size, typeface: typeface)
            let groups = try setting.groups(of: text.fields)
            if let columns = setting.onOnePage(groups) { return [columns] }
            guard size - Self.shrink >= fields.least else { return try setting.onPages(groups, limit: Self.pagesMax) }
            size -= Self.shrink
        }
    }

    /// A text aslant across the page, again and again, in ink so pale that what stands over it can be read.
    private func watermark(_ text: String) throws(DocumentRefusal) -> [Mark] {
        let (size, angle) = (13.0, -Double.pi / 7)
        let (sine, cosine) = (Turn.sine(angle), Turn.cosine(angle))
        var line = Outline()
        var x = 0.0
        for character in text.unicodeScalars {
            let glyph = try typeface.glyph(of: character)
            line = line + typeface.outline(of: glyph).mapped { Point((x + $0.x) * size, $0.y * size) }
            x += typeface.advance(of: glyph)
        }
        let (width, height) = (template.size.width, template.size.height)
        let centres = [0.2, 0.5, 0.8].map { Point(width / 2, height * $0) }
        return centres.map { centre in
            .shape(
                line.mapped { place in
                    let (x, y) = (place.x - x * size / 2, place.y)
                    return centre + Point(x * cosine - y * sine, x * sine + y * cosine)
                }, ink: .watermark, outline: 0)
        }
    }
}

extension Ink {
    /// What is written across an annotated copy.
    static let watermark = Ink(red: 0.87, green: 0.88, blue: 0.89)
}
