import Crypto
import Foundation
package import Vocabulary

/// A public key of any of our algorithms.
package enum PublicKey: Sendable, Hashable {
    case sm2(SM2PublicKey)
    case ed25519(Ed25519PublicKey)
    case p256(P256PublicKey)

    /// 16 hexadecimal digits: the first eight bytes of SM3 over the SM2 point, or of SHA-256 over the Ed25519 key or
    /// the point on P-256.
    package var keyID: String {
        let digest: [UInt8]
        switch self {
        case .sm2(let key): digest = SM3.digest(of: key.point)
        case .ed25519(let key): digest = Array(SHA256.hash(data: Data(key.rawRepresentation)))
        case .p256(let key): digest = Array(SHA256.hash(data: Data(key.point)))
        }
        return Hex.text(digest.prefix(8))
    }

    /// What signatures of this key are.
    package var algorithm: SignatureAlgorithm {
        switch self {
        case .sm2: .sm2
        case .ed25519: .ed25519
        case .p256: .es256
        }
    }

    /// One PEM block `PUBLIC KEY`.
    package var pem: String {
        switch self {
        case .sm2(let key): key.pem
        case .ed25519(let key): key.pem
        case .p256(let key): key.pem
        }
    }

    /// Whether it is this key's signature as `Signer.sign` gives it. Throws only when libcrypto fails.
    package func verifies(_ signature: [UInt8], of message: [UInt8]) throws -> Bool {
        switch self {
        case .sm2(let key): try key.verifies(signature, of: message)
        case .ed25519(let key): key.verifies(signature, of: message)
        case .p256(let key): key.verifies(signature, of: message)
        }
    }
}

/// A public key, whose it is, and from when until when its signatures count.
package struct TrustedKey: Sendable, Equatable {
    package let key: PublicKey
    /// The body that signs with it.
    package let owner: CreditCode
    /// The first instant whose signatures count.
    package let validFrom: Instant
    /// The first instant whose signatures no longer count.
    package let validUntil: Instant
    /// Signatures from this instant on do not count; nil when the key is not revoked.
    ///
    /// The time of a signature is mostly the signer's own claim. When a key got into other hands, set this to
    /// `validFrom`, unless the log of checkpoints proves the time of the signatures that shall go on counting.
    package let revokedFrom: Instant?
    /// A key made by the demonstration: its signatures verify and have no legal force (仅供演示，不具法律效力).
    package let isDemonstration: Bool

    /// A trusted key; one that is valid until before `validFrom` is never valid.
    package init(
        _ key: PublicKey, owner: CreditCode, valid: (from: Instant, until: Instant), revokedFrom: Instant? = nil,
        isDemonstration: Bool
    ) {
        self.key = key
        self.owner = owner
        validFrom = valid.from
        validUntil = valid.until
        self.revokedFrom = revokedFrom
        self.isDemonstration = isDemonstration
    }
}

/// The keys that a verifier trusts, by key id. The ids are computed, never taken from outside.
package struct TrustedKeys: Sendable {
    /// LIMIT: keys in one set.
    package static let keysMax = 100_000
    private let keys: [String: TrustedKey]

    /// Refuses two keys of one id, and more than `keysMax` keys.
    package init(_ list: [TrustedKey]) throws(KeyRefusal) {
        guard list.count <= Self.keysMax else { throw .tooManyKeys }
        var keys: [String: TrustedKey] = [:]
        for trusted in list {
            guard keys.updateValue(trusted, forKey: trusted.key.keyID) == nil else { throw .ambiguousKey }
        }
        self.keys = keys
    }

    /// The key of this id; nil when it is not trusted.
    package subscript(keyID: String) -> TrustedKey? { keys[keyID] }
}
