/// The name under which a program of another organisation comes: 3 to 32 small letters, digits or hyphens.
package struct AccessID: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// Nil for a text of another shape.
    package init?(_ text: String) {
        guard (3...32).contains(text.utf8.count),
            text.utf8.allSatisfy({
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
            })
        else { return nil }
        description = text
    }
}

/// The number of an official in the system of another organisation: 1 to 32 letters, digits, hyphens, dots or
/// underscores.
package struct OfficerCode: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// Nil for a text of another shape.
    package init?(_ text: String) {
        guard (1...32).contains(text.utf8.count),
            text.utf8.allSatisfy({
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || Array("-._".utf8).contains($0)
            })
        else { return nil }
        description = text
    }
}
