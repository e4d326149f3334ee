package import Vocabulary

/// Why a table of items is not read; nothing of it is taken in.
package enum TableRefusal: Refusal, Equatable {
    /// Not UTF-8: GB18030 comes often.
    case encoding
    case tooLarge
    case fieldTooLarge(line: Int)
    /// A quote within a field, or one that is never closed.
    case strayQuote(line: Int)
    /// A column that must be there.
    case columnMissing(String)
    /// The table holds no row.
    case empty
    /// No well-formed JSON or YAML; the text names which, and the line where it is known.
    case malformed(String)
    /// YAML with anchors and aliases, which can stand for more than a memory holds.
    case anchors
    /// A file whose name ends in nothing that is known.
    case unknownFormat(String)

    package var code: String {
        switch self {
        case .encoding: "table.encoding"
        case .tooLarge: "table.too-large"
        case .fieldTooLarge: "table.field-too-large"
        case .strayQuote: "table.stray-quote"
        case .columnMissing: "table.column-missing"
        case .empty: "table.empty"
        case .malformed: "table.malformed"
        case .anchors: "table.anchors"
        case .unknownFormat: "table.unknown-format"
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .encoding, .strayQuote, .malformed, .anchors: .malformed
        case .tooLarge, .fieldTooLarge: .tooLarge
        case .columnMissing, .empty, .unknownFormat: .invalid
        }
    }

    package static let codes = [
        "table.encoding", "table.too-large", "table.field-too-large", "table.stray-quote", "table.column-missing",
        "table.empty", "table.malformed", "table.anchors", "table.unknown-format",
    ]
}

extension TableRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .fieldTooLarge(let line), .strayQuote(let line): "\(code), line \(line)"
        case .columnMissing(let name), .malformed(let name), .unknownFormat(let name): "\(code): \(name)"
        default: code
        }
    }
}
