package import Vocabulary

/// The four kinds of value that both databases store and return alike.
package enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])
}

/// A type that can stand in an interpolation and is bound, never spliced.
package protocol SQLBindable {
    /// The value as the database keeps it.
    var sqlValue: SQLValue { get }
}

extension SQLValue: SQLBindable {
    package var sqlValue: SQLValue { self }
}
extension Int: SQLBindable {
    package var sqlValue: SQLValue { .integer(Int64(self)) }
}
extension Int64: SQLBindable {
    package var sqlValue: SQLValue { .integer(self) }
}
extension Bool: SQLBindable {
    package var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}
extension String: SQLBindable {
    package var sqlValue: SQLValue { .text(self) }
}
extension [UInt8]: SQLBindable {
    package var sqlValue: SQLValue { .blob(self) }
}
extension Optional: SQLBindable where Wrapped: SQLBindable {
    package var sqlValue: SQLValue { self?.sqlValue ?? .null }
}
extension Subject: SQLBindable {
    package var sqlValue: SQLValue { .blob(bytes) }
}
extension ID: SQLBindable {
    package var sqlValue: SQLValue { .blob(subject.bytes) }
}
extension Instant: SQLBindable {
    package var sqlValue: SQLValue { .integer(milliseconds) }
}
extension CivilDate: SQLBindable {
    package var sqlValue: SQLValue { .integer(Int64(daysSinceEpoch)) }
}
extension Region: SQLBindable {
    package var sqlValue: SQLValue { .text(code) }
}
extension CreditCode: SQLBindable {
    package var sqlValue: SQLValue { .text(code) }
}
extension Actor: SQLBindable {
    package var sqlValue: SQLValue { .text(description) }
}

/// One statement with its values. An interpolation binds; only `raw:` splices, and takes nothing but literals.
///
/// The text is the same for both databases (`?` stands for a value) unless it is made by `init(sqlite:postgres:)`.
package struct SQL: ExpressibleByStringInterpolation, Sendable {
    /// The statement, with `?` for each value.
    package let text: String
    /// The values in order.
    package let values: [SQLValue]
    private let postgresText: String?

    package init(stringLiteral value: String) {
        text = value
        values = []
        postgresText = nil
    }

    package init(stringInterpolation: Interpolation) {
        text = stringInterpolation.text
        values = stringInterpolation.values
        postgresText = nil
    }

    /// A statement that must be written differently for the two databases. Both bind the same values in the same order.
    package init(sqlite: SQL, postgres: SQL) {
        precondition(sqlite.values == postgres.values, "both dialects bind the same values")
        text = sqlite.text
        values = sqlite.values
        postgresText = postgres.text
    }

    func text(for dialect: Dialect) -> String {
        dialect == .postgres ? postgresText ?? text : text
    }

    /// Collects text and values; see `SQL`.
    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text: String
        fileprivate var values: [SQLValue] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            text = ""
            text.reserveCapacity(literalCapacity + interpolationCount)
            values.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        package mutating func appendInterpolation(_ value: some SQLBindable) {
            text += "?"
            values.append(value.sqlValue)
        }

        package mutating func appendInterpolation<Value: SQLBindable>(_ value: Value?) {
            text += "?"
            values.append(value.sqlValue)
        }

        /// A list in parentheses, `(?, ?, ?)`; an empty one becomes `(NULL)`, which nothing equals.
        package mutating func appendInterpolation(list: [some SQLBindable]) {
            let marks = list.isEmpty ? "NULL" : Array(repeating: "?", count: list.count).joined(separator: ", ")
            text += "(" + marks + ")"
            values += list.map(\.sqlValue)
        }

        /// Rows of values, `(?, ?), (?, ?)`, each as long as the others.
        package mutating func appendInterpolation(rows: [[SQLValue]]) {
            let marks = "(" + Array(repeating: "?", count: rows.first?.count ?? 0).joined(separator: ", ") + ")"
            text += Array(repeating: marks, count: rows.count).joined(separator: ", ")
            for row in rows { values += row }
        }

        /// A piece of a statement with its own values, such as conditions that several statements share.
        package mutating func appendInterpolation(part: SQL) {
            precondition(part.postgresText == nil, "a piece is the same for both databases")
            text += part.text
            values += part.values
        }

        /// Text that stands in the program itself, such as a column list.
        package mutating func appendInterpolation(raw: StaticString) {
            text += raw.description
        }
    }
}

/// Which database speaks.
package enum Dialect: String, Sendable {
    case sqlite
    case postgres
}

/// One row of an answer, read by position. A column of another kind than asked for is `Fault.corrupt`.
package struct Row: Sendable {
    let values: [SQLValue]

    package init(_ values: [SQLValue]) {
        self.values = values
    }

    /// The value as it came.
    package subscript(column: Int) -> SQLValue { values[column] }

    /// A whole number.
    package func integer(_ column: Int) throws -> Int {
        guard case .integer(let value) = values[column] else { throw mismatch(column, "integer") }
        return Int(value)
    }

    /// A whole number, or nil for NULL.
    package func optionalInteger(_ column: Int) throws -> Int? {
        values[column] == .null ? nil : try integer(column)
    }

    /// A truth value, kept as 0 or 1.
    package func bool(_ column: Int) throws -> Bool {
        switch values[column] {
        case .integer(0): return false
        case .integer(1): return true
        default: throw mismatch(column, "truth value")
        }
    }

    /// A text.
    package func text(_ column: Int) throws -> String {
        guard case .text(let value) = values[column] else { throw mismatch(column, "text") }
        return value
    }

    /// A text, or nil for NULL.
    package func optionalText(_ column: Int) throws -> String? {
        values[column] == .null ? nil : try text(column)
    }

    /// Bytes.
    package func bytes(_ column: Int) throws -> [UInt8] {
        guard case .blob(let value) = values[column] else { throw mismatch(column, "bytes") }
        return value
    }

    /// Bytes, or nil for NULL.
    package func optionalBytes(_ column: Int) throws -> [UInt8]? {
        values[column] == .null ? nil : try bytes(column)
    }

    /// An id.
    package func subject(_ column: Int) throws -> Subject {
        guard let subject = Subject(bytes: try bytes(column)) else { throw mismatch(column, "id") }
        return subject
    }

    /// An id of a known kind of thing.
    package func id<Thing>(_ column: Int, of thing: Thing.Type = Thing.self) throws -> ID<Thing> {
        ID(try subject(column))
    }

    /// An id of a known kind of thing, or nil for NULL.
    package func optionalID<Thing>(_ column: Int, of thing: Thing.Type = Thing.self) throws -> ID<Thing>? {
        values[column] == .null ? nil : try id(column)
    }

    /// An instant.
    package func instant(_ column: Int) throws -> Instant {
        Instant(milliseconds: Int64(try integer(column)))
    }

    /// An instant, or nil for NULL.
    package func optionalInstant(_ column: Int) throws -> Instant? {
        values[column] == .null ? nil : try instant(column)
    }

    /// A day.
    package func day(_ column: Int) throws -> CivilDate {
        CivilDate(daysSinceEpoch: try integer(column))
    }

    /// A day, or nil for NULL.
    package func optionalDay(_ column: Int) throws -> CivilDate? {
        values[column] == .null ? nil : try day(column)
    }

    /// Whatever can be made from a text; `Fault.corrupt` when it cannot.
    package func value<Value>(_ column: Int, _ make: (String) -> Value?) throws -> Value {
        guard let value = make(try text(column)) else { throw mismatch(column, "\(Value.self)") }
        return value
    }

    private func mismatch(_ column: Int, _ wanted: String) -> Fault {
        .corrupt("column \(column) does not hold a value of kind \(wanted)")
    }
}
