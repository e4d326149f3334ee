package import Vocabulary

/// 基本编码: 12 characters that name an item wherever it is implemented.
///
/// Catalogue owner (2), item type (2), main item (5), sub-item (3). Refuses everything else, by nil; longer codes and
/// codes with letters that some provinces use are kept as `localTaskCode`, not here.
package struct CatalogCode: Hashable, Comparable, Sendable {
    /// The 12 characters.
    package let code: String

    /// Reads a code; nil unless it has the form of domain section 1.2.
    package init?(_ text: String) {
        let characters = Array(text.utf8)
        guard characters.count == 12, characters.prefix(9).allSatisfy(isDigit) else { return nil }
        let owner = text.prefix(2)
        guard owner == "00" || (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(characters[0]) else { return nil }
        guard let type = Int(text.dropFirst(2).prefix(2)), (1...29).contains(type) else { return nil }
        let sub = characters.suffix(3)
        guard sub.allSatisfy(isDigit) || text.hasSuffix("00Y") else { return nil }
        code = text
    }

    /// `00` for the nation, otherwise the first two digits of the province.
    package var owner: String { String(code.prefix(2)) }
    /// The two digits of the item type.
    package var typeDigits: String { String(code.dropFirst(2).prefix(2)) }
    /// The main item, 5 digits; the first two are the central department's number.
    package var mainItem: String { String(code.dropFirst(4).prefix(5)) }
    /// `000` without sub-items, `001` to `999` a sub-item, `00Y` the header row of a main item that has sub-items.
    package var subItem: String { String(code.suffix(3)) }
    /// Whether this is a header row, which nobody can implement.
    package var isHeader: Bool { subItem == "00Y" }

    /// The header row of a sub-item; nil for a main item without sub-items and for a header row.
    package var header: CatalogCode? {
        isHeader || subItem == "000" ? nil : CatalogCode(String(code.prefix(9)) + "00Y")
    }

    package static func < (left: CatalogCode, right: CatalogCode) -> Bool { left.code < right.code }
}

/// 实施编码: 31 characters that name one body's implementation of an item: credit code (18), level (1), catalogue code
/// (12).
package struct ImplementationCode: Hashable, Comparable, Sendable {
    package let body: CreditCode
    package let level: ExerciseLevel
    package let catalogCode: CatalogCode

    /// Composes a code; nil for a header row, which nobody can implement.
    package init?(body: CreditCode, level: ExerciseLevel, catalogCode: CatalogCode) {
        guard !catalogCode.isHeader else { return nil }
        self.body = body
        self.level = level
        self.catalogCode = catalogCode
    }

    /// Reads a code; nil when a part is wrong, check digits included.
    package init?(_ text: String) {
        guard text.utf8.count == 31, text == text.uppercased(), let body = CreditCode(String(text.prefix(18))),
            let level = ExerciseLevel(rawValue: String(text.dropFirst(18).prefix(1))),
            let catalogCode = CatalogCode(String(text.suffix(12)))
        else { return nil }
        self.init(body: body, level: level, catalogCode: catalogCode)
    }

    /// The 31 characters.
    package var code: String { body.code + level.rawValue + catalogCode.code }

    package static func < (left: ImplementationCode, right: ImplementationCode) -> Bool { left.code < right.code }
}

/// 业务办理项编码: 33 characters, an implementation code and a serial of two digits from 01 to 99.
package struct HandlingItemCode: Hashable, Comparable, Sendable {
    package let implementation: ImplementationCode
    /// 1 to 99.
    package let serial: Int

    /// Composes a code; nil for a serial outside 1 to 99.
    package init?(_ implementation: ImplementationCode, serial: Int) {
        guard (1...99).contains(serial) else { return nil }
        self.implementation = implementation
        self.serial = serial
    }

    /// Reads a code; nil when a part is wrong.
    package init?(_ text: String) {
        guard text.utf8.count == 33, let implementation = ImplementationCode(String(text.prefix(31))),
            text.utf8.suffix(2).allSatisfy(isDigit), let serial = Int(text.suffix(2))
        else { return nil }
        self.init(implementation, serial: serial)
    }

    /// The 33 characters.
    package var code: String { implementation.code + (serial < 10 ? "0\(serial)" : "\(serial)") }

    package static func < (left: HandlingItemCode, right: HandlingItemCode) -> Bool { left.code < right.code }
}

private func isDigit(_ character: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character)
}

extension CatalogCode: Codable, CustomStringConvertible {
    package var description: String { code }

    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(decoder, CatalogCode.init, "not a catalogue code of 12 characters")
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}

extension ImplementationCode: Codable, CustomStringConvertible {
    package var description: String { code }

    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(decoder, ImplementationCode.init, "not an implementation code of 31 characters")
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}

extension HandlingItemCode: Codable, CustomStringConvertible {
    package var description: String { code }

    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(decoder, HandlingItemCode.init, "not a handling item code of 33 characters")
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}
