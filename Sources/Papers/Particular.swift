package import Vocabulary

/// One thing that a kind of paper says of its case.
package struct Particular: Hashable, Sendable {
    /// How it is filled.
    package enum Shape: Hashable, Sendable {
        case text, day, list
        /// Rows of so many cells.
        case table(columns: Int)
        /// A signature by hand, which stands where one signs.
        case drawing
    }

    /// `receivedOn`: as templates and events name it.
    package let id: String
    package let shape: Shape
    /// Whether a paper without it is refused.
    package let isRequired: Bool

    static func text(_ id: String, optional: Bool = false) -> Particular {
        Particular(id: id, shape: .text, isRequired: !optional)
    }

    static func day(_ id: String, optional: Bool = false) -> Particular {
        Particular(id: id, shape: .day, isRequired: !optional)
    }

    static func list(_ id: String, optional: Bool = false) -> Particular {
        Particular(id: id, shape: .list, isRequired: !optional)
    }

    static func table(_ id: String, columns: Int, optional: Bool = false) -> Particular {
        Particular(id: id, shape: .table(columns: columns), isRequired: !optional)
    }

    /// Nobody must sign on a screen.
    static func drawing(_ id: String) -> Particular { Particular(id: id, shape: .drawing, isRequired: false) }
}

/// What a particular is filled with. A text that begins with `@` is a term of the template, in the words of the law and
/// in both languages: `@missing`.
package enum PaperValue: Hashable, Sendable {
    case text(String)
    case day(CivilDate)
    case list([String])
    case table([[String]])
    case drawing(DrawnSignature)

    /// LIMIT: rows of a list or table on one paper.
    package static let rowsMax = 200

    /// Whether nothing is said.
    var isEmpty: Bool {
        switch self {
        case .text(let text): Self.isBlank(text)
        case .day: false
        case .list(let lines): lines.allSatisfy(Self.isBlank)
        case .table(let rows): rows.allSatisfy { $0.allSatisfy(Self.isBlank) }
        case .drawing: false
        }
    }

    /// Whether it has this shape and keeps within the limits of texts and rows.
    func fits(_ shape: Particular.Shape) -> Bool {
        switch (self, shape) {
        case (.text(let text), .text): Self.isShort(text)
        case (.day, .day), (.drawing, .drawing): true
        case (.list(let lines), .list): lines.count <= Self.rowsMax && lines.allSatisfy(Self.isShort)
        case (.table(let rows), .table(let columns)):
            rows.count <= Self.rowsMax && rows.allSatisfy { $0.count == columns && $0.allSatisfy(Self.isShort) }
        default: false
        }
    }

    private static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

    private static func isShort(_ text: String) -> Bool { text.count <= Limits.textCharactersMax }
}

extension PaperValue: Codable {
    private enum Key: String, CodingKey { case text, day, list, table, drawing }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let text = try container.decodeIfPresent(String.self, forKey: .text) {
            self = .text(text)
        } else if let day = try container.decodeIfPresent(CivilDate.self, forKey: .day) {
            self = .day(day)
        } else if let lines = try container.decodeIfPresent([String].self, forKey: .list) {
            self = .list(lines)
        } else if let drawing = try container.decodeIfPresent(DrawnSignature.self, forKey: .drawing) {
            self = .drawing(drawing)
        } else {
            self = .table(try container.decode([[String]].self, forKey: .table))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .text(let text): try container.encode(text, forKey: .text)
        case .day(let day): try container.encode(day, forKey: .day)
        case .list(let lines): try container.encode(lines, forKey: .list)
        case .table(let rows): try container.encode(rows, forKey: .table)
        case .drawing(let drawing): try container.encode(drawing, forKey: .drawing)
        }
    }
}
