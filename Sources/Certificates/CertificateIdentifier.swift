package import Vocabulary

/// 电子证照标识 (GB/T 36904): `1.2.156.3005.2.TYPE.ISSUER.SERIAL.VERSION.CHECK`.
///
/// Refuses a type that is not 21 characters, an issuer that is no credit code, a serial with other characters than
/// digits and capital letters, a version that is not three digits, and a wrong check character (ISO 7064 MOD 37,36).
package struct CertificateIdentifier: Hashable, Sendable {
    /// LIMIT: characters of a serial.
    package static let serialCharactersMax = 40
    private static let root = "1.2.156.3005.2"
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)

    /// 18 characters of the defining body and a serial of three digits.
    package let type: String
    package let issuer: CreditCode
    package let serial: String
    /// 1 for the first; one more at each change or re-issue.
    package let version: Int

    /// Composes an identifier; nil when a part has the wrong shape.
    package init?(type: String, issuer: CreditCode, serial: String, version: Int) {
        guard Self.isType(type), (1...Self.serialCharactersMax).contains(serial.utf8.count),
            serial.utf8.allSatisfy(Self.alphabet.contains), (1...999).contains(version)
        else { return nil }
        self.type = type
        self.issuer = issuer
        self.serial = serial
        self.version = version
    }

    /// Reads the whole text with its check character; nil when anything is wrong.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.root + ".") else { return nil }
        let parts = text.dropFirst(Self.root.utf8.count + 1).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 5, let issuer = CreditCode(String(parts[1])), issuer.code == parts[1],
            parts[3].utf8.count == 3, let version = Int(parts[3]), parts[3].utf8.allSatisfy({ $0 <= 57 && $0 >= 48 })
        else { return nil }
        self.init(type: String(parts[0]), issuer: issuer, serial: String(parts[2]), version: version)
        guard String(parts[4]) == String(check) else { return nil }
    }

    /// ISO 7064 MOD 37,36 over type, issuer, serial and version; the root and the dots are left out.
    package var check: Character {
        guard let check = CheckCharacter.of(type + issuer.code + serial + versionText) else {
            preconditionFailure("the parts are digits and capital letters")
        }
        return check
    }

    /// `001`.
    package var versionText: String {
        let digits = "\(version)"
        return String(repeating: "0", count: 3 - digits.utf8.count) + digits
    }

    static func isType(_ text: String) -> Bool {
        text.utf8.count == 21 && CreditCode(String(text.prefix(18)))?.code == String(text.prefix(18))
            && text.utf8.suffix(3).allSatisfy { $0 <= 57 && $0 >= 48 }
    }
}

extension CertificateIdentifier: CustomStringConvertible, Codable {
    package var description: String {
        "\(Self.root).\(type).\(issuer.code).\(serial).\(versionText).\(check)"
    }

    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(decoder, CertificateIdentifier.init, "not a certificate identifier")
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
