/// The name of a table or a column that stands in no program but in data, such as the families of records: letters in
/// lower case, digits and `_` alone, so that it can say nothing else.
package struct SQLName: Hashable, Sendable {
    /// LIMIT: characters of a name; that of PostgreSQL.
    package static let charactersMax = 63

    /// As it was given.
    package let name: String

    /// Nil for whatever is no such name.
    package init?(_ name: String) {
        let isName = name.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        guard isName, (1...Self.charactersMax).contains(name.utf8.count) else { return nil }
        self.name = name
    }

    /// As a statement has it: quoted, so that no word of SQL stands in its way.
    package var quoted: String { "\"\(name)\"" }
}

extension SQL.Interpolation {
    /// A name that stands in data.
    package mutating func appendInterpolation(name: SQLName) { appendLiteral(name.quoted) }
}
