import Crypto
import Foundation

/// A private key on the curve P-256 (FIPS 186-5) of swift-crypto, for what the world outside verifies: sealed PDF and
/// the tokens of QR codes. It describes itself by nothing.
package struct P256PrivateKey: Sendable {
    private let key: P256.Signing.PrivateKey

    /// A new key from the operating system's random source.
    package init() {
        key = P256.Signing.PrivateKey()
    }

    /// From the 32 bytes of the number, big end first; refuses nought and numbers beyond the curve's order.
    package init(rawRepresentation raw: [UInt8]) throws(KeyRefusal) {
        do {
            key = try P256.Signing.PrivateKey(rawRepresentation: raw)
        } catch {
            throw .malformedKey
        }
    }

    /// The 32 bytes of the number. Secret.
    package var rawRepresentation: [UInt8] { Array(key.rawRepresentation) }

    /// The public key that belongs to it.
    package var publicKey: P256PublicKey { P256PublicKey(key.publicKey) }

    /// ECDSA over SHA-256 of the message: r and s, 32 bytes each; another signature at every call.
    package func sign(_ message: [UInt8]) throws -> [UInt8] {
        Array(try key.signature(for: message).rawRepresentation)
    }
}

extension P256PrivateKey: CustomStringConvertible {
    /// `P256PrivateKey`, whatever the key.
    package var description: String { "P256PrivateKey" }
}

/// A public key on P-256.
package struct P256PublicKey: Sendable {
    private let key: P256.Signing.PublicKey
    /// The DER of a SubjectPublicKeyInfo up to the uncompressed point (ecPublicKey, curve 1.2.840.10045.3.1.7).
    static let prefix: [UInt8] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
        0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ]

    /// From the 65 bytes 04‖X‖Y; refuses compressed points and those not on the curve.
    package init(point: [UInt8]) throws(KeyRefusal) {
        guard point.count == 65, point.first == 4 else { throw .malformedKey }
        do {
            key = try P256.Signing.PublicKey(x963Representation: point)
        } catch {
            throw .malformedKey
        }
    }

    /// From a SubjectPublicKeyInfo in DER with the named curve and an uncompressed point; refuses any other form.
    package init(der: [UInt8]) throws(KeyRefusal) {
        guard der.starts(with: Self.prefix) else { throw .malformedKey }
        try self.init(point: Array(der.dropFirst(Self.prefix.count)))
    }

    /// From one PEM block `PUBLIC KEY`.
    package init(pem: String) throws(KeyRefusal) {
        try self.init(der: try PEM.der(in: pem, kind: "PUBLIC KEY"))
    }

    fileprivate init(_ key: P256.Signing.PublicKey) {
        self.key = key
    }

    /// The point: 04, X and Y, 65 bytes.
    package var point: [UInt8] { Array(key.x963Representation) }

    /// The SubjectPublicKeyInfo, 91 bytes of DER.
    package var der: [UInt8] { Self.prefix + point }

    /// One PEM block `PUBLIC KEY`, ended by a line feed.
    package var pem: String { PEM.text(of: der, kind: "PUBLIC KEY") }

    /// Whether the 64 bytes r‖s are this key's signature over SHA-256 of the message.
    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        do {
            return key.isValidSignature(try P256.Signing.ECDSASignature(rawRepresentation: signature), for: message)
        } catch {
            return false
        }
    }

    /// The same for a signature in DER; false for any other encoding of the two numbers than the one of DER.
    package func verifies(der signature: [UInt8], of message: [UInt8]) -> Bool {
        guard let raw = ECDSASignature.raw(signature) else { return false }
        return verifies(raw, of: message)
    }
}

extension P256PublicKey: Hashable {
    package static func == (left: P256PublicKey, right: P256PublicKey) -> Bool { left.point == right.point }
    package func hash(into hasher: inout Hasher) { hasher.combine(point) }
}

/// The two ways in which the two numbers of an ECDSA or SM2 signature are written.
package enum ECDSASignature {
    /// `SEQUENCE { INTEGER r, INTEGER s }` for r‖s of 32 bytes each.
    package static func der(_ raw: [UInt8]) -> [UInt8] {
        precondition(raw.count == 64, "two numbers of 32 bytes")
        return DERWriting.sequence(DERWriting.integer(raw.prefix(32)), DERWriting.integer(raw.suffix(32)))
    }

    /// r‖s of 32 bytes each; nil for what is not exactly the DER of two such numbers.
    package static func raw(_ der: [UInt8]) -> [UInt8]? {
        guard der.count <= 72, der.count >= 8, der[0] == 0x30, Int(der[1]) == der.count - 2 else { return nil }
        var raw: [UInt8] = []
        var rest = der.dropFirst(2)
        for _ in 0..<2 {
            guard rest.popFirst() == 0x02, let count = rest.popFirst(), (1...33).contains(count),
                rest.count >= count
            else { return nil }
            let digits = rest.prefix(Int(count)).drop { $0 == 0 }
            guard digits.count <= 32 else { return nil }
            raw += [UInt8](repeating: 0, count: 32 - digits.count) + digits
            rest = rest.dropFirst(Int(count))
        }
        // Written again it must be the same, so that no number has two forms.
        return Self.der(raw) == der ? raw : nil
    }
}

/// Signs with a key on P-256: 64 bytes for tokens, DER for certificates and documents.
package struct P256Signer: Signer {
    package let keyID: String
    package let algorithm = SignatureAlgorithm.es256
    private let key: P256PrivateKey

    /// Signs with this key.
    package init(key: P256PrivateKey) {
        self.key = key
        keyID = PublicKey.p256(key.publicKey).keyID
    }

    /// What verifiers need.
    package var publicKey: P256PublicKey { key.publicKey }

    package func sign(_ message: [UInt8]) throws -> [UInt8] { try key.sign(message) }
}

extension Signer {
    /// The signature as certificates and documents carry it: DER for ECDSA, else as `sign` gives it.
    package func signDER(_ message: [UInt8]) throws -> [UInt8] {
        let signature = try sign(message)
        return algorithm == .es256 ? ECDSASignature.der(signature) : signature
    }
}
