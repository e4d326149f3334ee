import Foundation
package import Vocabulary

/// What a key of the ring is for. One key each.
package enum KeyRole: Hashable, Sendable {
    /// The node's Ed25519 key that signs the checkpoints of the journal.
    case log
    /// The SM2 key of one body (部门), by its unified social credit code.
    case body(CreditCode)

    /// What keys of this role are.
    package var algorithm: SignatureAlgorithm {
        switch self {
        case .log: .ed25519
        case .body: .sm2
        }
    }

    var fileName: String {
        switch self {
        case .log: "log"
        case .body(let code): "body-\(code)"
        }
    }
}

extension KeyRole: Codable, CustomStringConvertible, LosslessStringConvertible {
    /// `log` or `body:` and the code.
    package var description: String {
        switch self {
        case .log: "log"
        case .body(let code): "body:\(code)"
        }
    }

    /// Reads `description`; nil for anything else.
    package init?(_ text: String) {
        if text == "log" {
            self = .log
        } else if text.hasPrefix("body:"), let code = CreditCode(String(text.dropFirst(5))) {
            self = .body(code)
        } else {
            return nil
        }
    }

    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(decoder, KeyRole.init, "not a key's role")
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
    /// The SM2 point or the Ed25519 key, in hexadecimal digits.
    package let publicKey: String
    package let createdAt: Instant
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

    /// What a demonstration's key says of itself.
    package static let demonstrationRemark = "演示密钥，其签名不具有法律效力"

    /// Whether this describes the key, in this role.
    func fits(_ key: RingKey, _ role: KeyRole) -> Bool {
        self.role == role && keyID == key.publicKey.keyID && publicKey == Hex.text(key.publicBytes)
    }
}

/// A private key of the ring.
enum RingKey: Sendable {
    case sm2(SM2PrivateKey)
    case ed25519(Ed25519PrivateKey)

    /// A new key.
    init(_ algorithm: SignatureAlgorithm) throws {
        switch algorithm {
        case .sm2: self = .sm2(try SM2PrivateKey())
        case .ed25519: self = .ed25519(Ed25519PrivateKey())
        }
    }

    /// The key of these 32 secret bytes.
    init(_ algorithm: SignatureAlgorithm, secret: [UInt8]) throws {
        switch algorithm {
        case .sm2: self = .sm2(try SM2PrivateKey(rawRepresentation: secret))
        case .ed25519: self = .ed25519(try Ed25519PrivateKey(rawRepresentation: secret))
        }
    }

    var secret: [UInt8] {
        get throws {
            switch self {
            case .sm2(let key): try key.rawRepresentation
            case .ed25519(let key): key.rawRepresentation
            }
        }
    }

    var publicKey: PublicKey {
        switch self {
        case .sm2(let key): .sm2(key.publicKey)
        case .ed25519(let key): .ed25519(key.publicKey)
        }
    }

    var publicBytes: [UInt8] {
        switch self {
        case .sm2(let key): key.publicKey.point
        case .ed25519(let key): key.publicKey.rawRepresentation
        }
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
