import Vocabulary

/// The code on the label of an original: twelve characters without those that are misread, and a check character
/// (ISO 7064 MOD 37,36).
package struct CustodyCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let characters = 12
    /// LIMIT: characters that are read of what was typed or scanned.
    package static let typedCharactersMax = 64

    /// The thirteen characters without hyphens: what the barcode holds.
    package let text: String

    /// From 60 of 64 random bits.
    package init(bits: UInt64) {
        let body = (0..<Self.characters).map { Self.alphabet[Int(bits >> (5 * UInt64($0)) & 31)] }
        let plain = String(decoding: body, as: UTF8.self)
        guard let check = CheckCharacter.of(plain) else { preconditionFailure("the alphabet is that of the check") }
        text = plain + String(check)
    }

    /// Reads what was typed or scanned, with spaces or hyphens between the characters; nil for anything else, a wrong
    /// check character among it.
    package init?(_ typed: String) {
        guard typed.count <= Self.typedCharactersMax else { return nil }
        let text = typed.uppercased().filter { !$0.isWhitespace && $0 != "-" }
        guard text.utf8.count == Self.characters + 1, text.utf8.dropLast().allSatisfy(Self.alphabet.contains),
            CheckCharacter.of(String(text.dropLast())) == text.last
        else { return nil }
        self.text = text
    }

    /// `4F7K-2M9P-QR5T-X`, as it stands under the barcode.
    package var description: String {
        let parts = stride(from: 0, to: text.count, by: 4).map { String(text.dropFirst($0).prefix(4)) }
        return parts.joined(separator: "-")
    }

    package static func < (left: CustodyCode, right: CustodyCode) -> Bool { left.text < right.text }
}

extension CustodyCode: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(decoder, CustodyCode.init, "not a code of custody")
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
