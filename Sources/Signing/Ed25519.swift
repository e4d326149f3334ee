import Crypto
import Foundation

/// A private Ed25519 key (RFC 8032) of swift-crypto: the same message gives the same signature every time.
package struct Ed25519PrivateKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// A new key from the operating system's random source.
    package init() {
        key = Curve25519.Signing.PrivateKey()
    }

    /// From the 32 bytes of the seed.
    package init(rawRepresentation raw: [UInt8]) throws(KeyRefusal) {
        do {
            key = try Curve25519.Signing.PrivateKey(rawRepresentation: raw)
        } catch {
            throw .malformedKey
        }
    }

    /// The 32 bytes of the seed. Secret.
    package var rawRepresentation: [UInt8] { Array(key.rawRepresentation) }

    /// The public key that belongs to it.
    package var publicKey: Ed25519PublicKey { Ed25519PublicKey(key.publicKey) }

    /// A signature of 64 bytes.
    package func sign(_ message: [UInt8]) throws -> [UInt8] {
        Array(try key.signature(for: message))
    }
}

extension Ed25519PrivateKey: CustomStringConvertible {
    /// `Ed25519PrivateKey`, whatever the key.
    package var description: String { "Ed25519PrivateKey" }
}

/// A public Ed25519 key.
package struct Ed25519PublicKey: Sendable {
    private let key: Curve25519.Signing.PublicKey
    private static let prefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]

    /// From the 32 bytes.
    package init(rawRepresentation raw: [UInt8]) throws(KeyRefusal) {
        do {
            key = try Curve25519.Signing.PublicKey(rawRepresentation: raw)
        } catch {
            throw .malformedKey
        }
    }

    /// From one PEM block `PUBLIC KEY` (RFC 8410).
    package init(pem: String) throws(KeyRefusal) {
        let der = try PEM.der(in: pem, kind: "PUBLIC KEY")
        guard der.starts(with: Self.prefix) else { throw .malformedKey }
        try self.init(rawRepresentation: Array(der.dropFirst(Self.prefix.count)))
    }

    fileprivate init(_ key: Curve25519.Signing.PublicKey) {
        self.key = key
    }

    /// The 32 bytes.
    package var rawRepresentation: [UInt8] { Array(key.rawRepresentation) }

    /// One PEM block `PUBLIC KEY`, ended by a line feed.
    package var pem: String {
        PEM.text(of: Self.prefix + rawRepresentation, kind: "PUBLIC KEY")
    }

    /// Whether the 64 bytes are this key's signature of the message.
    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        key.isValidSignature(signature, for: message)
    }
}

extension Ed25519PublicKey: Hashable {
    package static func == (left: Ed25519PublicKey, right: Ed25519PublicKey) -> Bool {
        left.rawRepresentation == right.rawRepresentation
    }
    package func hash(into hasher: inout Hasher) { hasher.combine(rawRepresentation) }
}
