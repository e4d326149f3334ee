/// A private key of the ring.
enum RingKey: Sendable {
    case sm2(SM2PrivateKey)
    case ed25519(Ed25519PrivateKey)
    case p256(P256PrivateKey)

    /// A new key.
    init(_ algorithm: SignatureAlgorithm) throws {
        switch algorithm {
        case .sm2: self = .sm2(try SM2PrivateKey())
        case .ed25519: self = .ed25519(Ed25519PrivateKey())
        case .es256: self = .p256(P256PrivateKey())
        }
    }

    /// The key of these 32 secret bytes.
    init(_ algorithm: SignatureAlgorithm, secret: [UInt8]) throws {
        switch algorithm {
        case .sm2: self = .sm2(try SM2PrivateKey(rawRepresentation: secret))
        case .ed25519: self = .ed25519(try Ed25519PrivateKey(rawRepresentation: secret))
        case .es256: self = .p256(try P256PrivateKey(rawRepresentation: secret))
        }
    }

    var secret: [UInt8] {
        get throws {
            switch self {
            case .sm2(let key): try key.rawRepresentation
            case .ed25519(let key): key.rawRepresentation
            case .p256(let key): key.rawRepresentation
            }
        }
    }

    var publicKey: PublicKey {
        switch self {
        case .sm2(let key): .sm2(key.publicKey)
        case .ed25519(let key): .ed25519(key.publicKey)
        case .p256(let key): .p256(key.publicKey)
        }
    }

    var publicBytes: [UInt8] {
        switch self {
        case .sm2(let key): key.publicKey.point
        case .ed25519(let key): key.publicKey.rawRepresentation
        case .p256(let key): key.publicKey.point
        }
    }

    /// Signs with it.
    var signer: any Signer {
        switch self {
        case .sm2(let key): SM2Signer(key: key)
        case .ed25519(let key): Ed25519Signer(key: key)
        case .p256(let key): P256Signer(key: key)
        }
    }
}
