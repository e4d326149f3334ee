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

    package var code: String {
        switch self {
        case .encoding: "table.encoding"
        case .tooLarge: "table.too-large"
        case .fieldTooLarge: "table.field-too-large"
        case .strayQuote: "table.stray-quote"
        case .columnMissing: "table.column-missing"
        case .empty: "table.empty"
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .encoding, .strayQuote: .malformed
        case .tooLarge, .fieldTooLarge: .tooLarge
        case .columnMissing, .empty: .invalid
        }
    }

    package static let codes = [
        "table.encoding", "table.too-large", "table.field-too-large", "table.stray-quote", "table.column-missing",
        "table.empty",
    ]
}

extension TableRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .fieldTooLarge(let line), .strayQuote(let line): "\(code), line \(line)"
        case .columnMissing(let name): "\(code): \(name)"
        default: code
        }
    }
}
