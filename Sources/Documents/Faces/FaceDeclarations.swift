/// A line of a face at a fixed place: shrunk to `least` where it is too long, then broken.
struct FaceLine: Decodable {
    let of: FaceTemplate.Source
    let box: FaceBox
    let face: TextFace
    let least: Double
    let alignment: TextStyle.Alignment
    /// What stands before the text, and behind it.
    let label: String
    let tail: String
    /// How much further apart letters stand, in their sizes.
    let tracking: Double
    /// Whether it stands on further pages too.
    let isOnEveryPage: Bool

    private enum Key: String, CodingKey {
        case of, box, size, least, align, label, tail, tracking, heavy, ink
        case everyPage = "every_page"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        of = try values.decode(FaceTemplate.Source.self, forKey: .of)
        box = try values.decode(FaceBox.self, forKey: .box)
        let size = try values.decode(Double.self, forKey: .size)
        let isHeavy = try values.decodeIfPresent(Bool.self, forKey: .heavy) ?? false
        face = TextFace(
            size, isHeavy: isHeavy, ink: try values.decodeIfPresent(FaceInk.self, forKey: .ink)?.ink ?? .full)
        least = try values.decodeIfPresent(Double.self, forKey: .least) ?? size
        alignment =
            switch try values.decodeIfPresent(FaceTemplate.Alignment.self, forKey: .align) ?? .left {
            case .left: .left
            case .centre: .centre
            case .right: .right
            }
        label = try values.decodeIfPresent(String.self, forKey: .label) ?? ""
        tail = try values.decodeIfPresent(String.self, forKey: .tail) ?? ""
        tracking = try values.decodeIfPresent(Double.self, forKey: .tracking) ?? 0
        isOnEveryPage = try values.decodeIfPresent(Bool.self, forKey: .everyPage) ?? false
    }
}

/// Where the fields of a face stand and how they are set.
struct FaceFields: Decodable {
    enum Style: String, Decodable {
        /// A label with its value beside it.
        case lines
        /// Cells with borders.
        case table
        /// Paragraphs.
        case text
    }

    let style: Style
    let box: FaceBox
    /// Where they go on, on further pages.
    let next: FaceBox
    let columns: Int
    /// Between columns, in points, as all lengths here.
    let between: Double
    let size: Double
    let least: Double
    let leading: Double
    let labelWidth: Double
    /// Between two fields; grows to `gapMost` where there is room.
    let gap: Double
    let gapMost: Double
    /// Whether a line is drawn beneath each line of a value.
    let isUnderlined: Bool
    let labelInk: Ink
    let lineInk: Ink

    private enum Key: String, CodingKey {
        case style, box, next, columns, between, size, least, leading, gap, underlined
        case labelWidth = "label_width"
        case gapMost = "gap_most"
        case labelInk = "label_ink"
        case lineInk = "line_ink"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        func length(_ key: Key, _ otherwise: Double) throws -> Double {
            Sheet.millimetres(try values.decodeIfPresent(Double.self, forKey: key) ?? otherwise)
        }
        style = try values.decode(Style.self, forKey: .style)
        box = try values.decode(FaceBox.self, forKey: .box)
        next = try values.decodeIfPresent(FaceBox.self, forKey: .next) ?? box
        columns = try values.decodeIfPresent(Int.self, forKey: .columns) ?? 1
        between = try length(.between, 8)
        size = try values.decode(Double.self, forKey: .size)
        least = try values.decode(Double.self, forKey: .least)
        leading = try values.decodeIfPresent(Double.self, forKey: .leading) ?? 1.6
        labelWidth = try length(.labelWidth, 30)
        gap = try length(.gap, 2)
        gapMost = try length(.gapMost, 4)
        isUnderlined = try values.decodeIfPresent(Bool.self, forKey: .underlined) ?? false
        labelInk = try values.decodeIfPresent(FaceInk.self, forKey: .labelInk)?.ink ?? .full
        lineInk = try values.decodeIfPresent(FaceInk.self, forKey: .lineInk)?.ink ?? .full
        guard columns == 1 || columns == 2, least > 0, least <= size else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "fields"))
        }
    }
}

/// A box in millimetres: `[x, y, width, height]`.
struct FaceBox: Decodable {
    let rectangle: Rectangle

    init(from decoder: any Decoder) throws {
        let values = try Self.numbers(try decoder.singleValueContainer().decode([Double].self), 4, decoder)
        rectangle = Rectangle(at: Point(values[0], values[1]), width: values[2], height: values[3])
    }

    /// So many lengths in points.
    static func numbers(_ values: [Double], _ count: Int, _ decoder: any Decoder) throws -> [Double] {
        guard values.count == count else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not \(count) numbers"))
        }
        return values.map(Sheet.millimetres)
    }
}

/// A colour: `#rrggbb`.
struct FaceInk: Decodable {
    let ink: Ink

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard text.utf8.count == 7, text.hasPrefix("#"), let value = Int(text.dropFirst(), radix: 16) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no colour"))
        }
        ink = Ink(
            red: Double(value >> 16 & 0xFF) / 255, green: Double(value >> 8 & 0xFF) / 255,
            blue: Double(value & 0xFF) / 255)
    }
}
