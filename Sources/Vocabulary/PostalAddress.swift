/// The place of an address in the tree of divisions: a county, a town below it or a village below that (GB/T 2260 and
/// GB/T 10114: six, nine or twelve digits).
package struct DivisionCode: Hashable, Sendable, CustomStringConvertible {
    /// The digits.
    package let code: String

    /// Nil for anything but six, nine or twelve digits. Whether the place exists is the carrier's answer.
    package init?(_ code: String) {
        guard [6, 9, 12].contains(code.utf8.count),
            code.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let region = Region(String(code.prefix(6)))
        else { return nil }
        (self.code, self.region) = (code, region)
    }

    /// The county or district.
    package let region: Region

    package var description: String { code }
}

extension DivisionCode: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(decoder, DivisionCode.init, "not a division code")
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}

/// Where something is brought or fetched: who, the telephone on which the courier calls, the place and the street.
package struct PostalAddress: Hashable, Sendable, Codable {
    /// LIMIT: characters of a recipient's name.
    package static let recipientCharactersMax = 50
    /// LIMIT: characters of street, number and room.
    package static let streetCharacters = 4...200

    package let recipient: String
    package let mobile: MobileNumber
    package let division: DivisionCode
    package let street: String

    /// A part of an address, as a form asks for it.
    package enum Part: String, Sendable, CaseIterable { case recipient, mobile, division, street }

    /// Why a text is no address.
    package struct Unfit: Error, Equatable {
        package let parts: [Part]

        package init(parts: [Part]) { self.parts = parts }
    }

    /// Reads what was typed, without white space around it; throws the parts that are none.
    package init(recipient: String, mobile: String, division: String, street: String) throws(Unfit) {
        let (recipient, street) = (Self.trimmed(recipient), Self.trimmed(street))
        let (number, place) = (MobileNumber(Self.trimmed(mobile)), DivisionCode(division))
        var unfit: [Part] = []
        if !Self.isLine(recipient, 1...Self.recipientCharactersMax) { unfit.append(.recipient) }
        if number == nil { unfit.append(.mobile) }
        if place == nil { unfit.append(.division) }
        if !Self.isLine(street, Self.streetCharacters) { unfit.append(.street) }
        guard unfit.isEmpty, let number, let place else { throw Unfit(parts: unfit) }
        (self.recipient, self.mobile, self.division, self.street) = (recipient, number, place, street)
    }

    private static func trimmed(_ text: String) -> String {
        let from = text.drop(while: \.isWhitespace)
        return String(from.reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func isLine(_ text: String, _ characters: ClosedRange<Int>) -> Bool {
        characters.contains(text.count) && !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    }
}

extension PostalAddress: CustomStringConvertible, CustomReflectable {
    /// Masked: only the place.
    package var description: String { "PostalAddress(\(division), ***)" }
    /// Without children, so that a dump does not show the address either.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
