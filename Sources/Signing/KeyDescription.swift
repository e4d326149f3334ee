import Foundation
package import Vocabulary

/// What a key of the ring is for. One key each.
package enum KeyRole: Hashable, Sendable {
    /// The node's Ed25519 key that signs the checkpoints of the journal.
    case log
    /// The SM2 key of one body (部门), by its unified social credit code: it signs, and it seals (签章人).
    case body(CreditCode)
    /// The SM2 key of the seal authority, which gives out the certificates of seal makers and bodies.
    case authority
    /// The SM2 key of the seal maker (制章人), which signs seals.
    case sealMaker
    /// The authority's key on P-256, for certificates that readers of PDF verify.
    case p256Authority
    /// The key on P-256 of one body, for sealed PDF and for tokens.
    case bodyP256(CreditCode)

    /// What keys of this role are.
    package var algorithm: SignatureAlgorithm {
        switch self {
        case .log: .ed25519
        case .body, .authority, .sealMaker: .sm2
        case .p256Authority, .bodyP256: .es256
        }
    }

    /// The body whose key it is; nil for keys of the house.
    package var body: CreditCode? {
        switch self {
        case .body(let code), .bodyP256(let code): code
        case .log, .authority, .sealMaker, .p256Authority: nil
        }
    }

    /// `body-CODE` for `body:CODE`.
    var fileName: String { description.replacing(":", with: "-") }

    private static let house: [KeyRole] = [.log, .authority, .sealMaker, .p256Authority]
}

extension KeyRole: Codable, CustomStringConvertible, LosslessStringConvertible {
    private static let (bodyMark, bodyP256Mark) = ("body:", "p256-body:")

    /// `log`, `authority`, `seal-maker`, `p256-authority`, or `body:` or `p256-body:` and the code.
    package var description: String {
        switch self {
        case .log: "log"
        case .body(let code): "\(Self.bodyMark)\(code)"
        case .authority: "authority"
        case .sealMaker: "seal-maker"
        case .p256Authority: "p256-authority"
        case .bodyP256(let code): "\(Self.bodyP256Mark)\(code)"
        }
    }

    /// Reads `description`; nil for anything else.
    package init?(_ text: String) {
        if let role = Self.house.first(where: { $0.description == text }) {
            self = role
        } else if text.hasPrefix(Self.bodyMark), let code = CreditCode(String(text.dropFirst(Self.bodyMark.count))) {
            self = .body(code)
        } else if text.hasPrefix(Self.bodyP256Mark),
            let code = CreditCode(String(text.dropFirst(Self.bodyP256Mark.count)))
        {
            self = .bodyP256(code)
        } else {
            return nil
        }
    }

    /// The role whose keys lie in a file of this name; nil for any other name.
    init?(fileName: String) {
        guard let role = KeyRole(fileName) ?? KeyRole(fileName.replacing("body-", with: "body:")),
            role.fileName == fileName
        else { return nil }
        self = role
    }

    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(decoder, { KeyRole($0) }, "not a key's role")
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// What stands in clear above a sealed key. Covered by the seal.
package struct KeyDescription: Codable, Sendable, Equatable {
    package let role: KeyRole
    package let keyID: String
    /// The point on the SM2 curve or on P-256, or the Ed25519 key, in hexadecimal digits.
    package let publicKey: String
    package let createdAt: Instant
    /// Signatures from this instant on do not count; nil for a key that nobody took back.
    package private(set) var countsUntil: Instant?
    /// Made by the demonstration: signatures of this key have no legal force.
    package let isDemonstration: Bool
    /// The same in words, for whoever opens the file; nil for other keys.
    package let remark: String?

    init(of key: RingKey, role: KeyRole, createdAt: Instant, isDemonstration: Bool) {
        self.role = role
        keyID = key.publicKey.keyID
        publicKey = Hex.text(key.publicBytes)
        self.createdAt = createdAt
        self.isDemonstration = isDemonstration
        remark = isDemonstration ? Self.demonstrationRemark : nil
    }

    /// The same key, whose signatures from the instant on do not count.
    func counting(until instant: Instant?) -> KeyDescription {
        var description = self
        description.countsUntil = instant
        return description
    }

    /// What a demonstration's key says of itself.
    package static let demonstrationRemark = "演示密钥，其签名不具有法律效力"

    /// Whether this describes the key, in this role.
    func fits(_ key: RingKey, _ role: KeyRole) -> Bool {
        self.role == role && keyID == key.publicKey.keyID && publicKey == Hex.text(key.publicBytes)
    }
}

/// JSON in one form: sorted keys, no spaces, slashes as they are.
enum HeaderJSON {
    static func bytes(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    /// Nil when the bytes are not such a value.
    static func value<Value: Decodable>(_ bytes: [UInt8], as type: Value.Type) -> Value? {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            return nil
        }
    }
}
