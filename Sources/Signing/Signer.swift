import Crypto
import Foundation

/// How a signature was made.
package enum SignatureAlgorithm: String, Sendable, Codable, CaseIterable {
    /// SM2 with SM3 under the user id `SM2.userID`, in DER (1.2.156.10197.1.501).
    case sm2 = "sm2-sm3"
    /// Ed25519, 64 bytes (1.3.101.112).
    case ed25519
    /// ECDSA on P-256 with SHA-256, r‖s of 32 bytes each (1.2.840.10045.4.3.2; RFC 7518 calls it so).
    case es256

    /// The object identifier, for certificates and seals.
    package var objectIdentifier: String {
        switch self {
        case .sm2: "1.2.156.10197.1.501"
        case .ed25519: "1.3.101.112"
        case .es256: "1.2.840.10045.4.3.2"
        }
    }
}

/// Whatever signs. Synchronous; may be called from any number of threads at once.
package protocol Signer: Sendable {
    /// Names the key to verifiers, for ever.
    var keyID: String { get }
    /// What the signatures are.
    var algorithm: SignatureAlgorithm { get }
    /// A signature over the bytes as they are.
    func sign(_ message: [UInt8]) throws -> [UInt8]
}

extension Signer {
    /// The signature together with what a verifier needs to find the key.
    package func signature(of message: [UInt8]) throws -> Signature {
        Signature(keyID: keyID, algorithm: algorithm.rawValue, bytes: try sign(message))
    }
}

/// A signature as it is stored: bytes, key id, and the name of the algorithm, which need not be one that we know.
package struct Signature: Sendable, Hashable, Codable {
    package let keyID: String
    package let algorithm: String
    package let bytes: [UInt8]

    /// A signature read from somewhere; nothing is checked here.
    package init(keyID: String, algorithm: String, bytes: [UInt8]) {
        self.keyID = keyID
        self.algorithm = algorithm
        self.bytes = bytes
    }
}

/// Signs with the SM2 key of one body (部门). A signature costs about 0.23 ms of a core: call it on `Workers`.
package struct SM2Signer: Signer {
    package let keyID: String
    package let algorithm = SignatureAlgorithm.sm2
    private let key: SM2PrivateKey

    /// Signs with this key.
    package init(key: SM2PrivateKey) {
        self.key = key
        keyID = PublicKey.sm2(key.publicKey).keyID
    }

    /// What verifiers need.
    package var publicKey: SM2PublicKey { key.publicKey }

    package func sign(_ message: [UInt8]) throws -> [UInt8] { try key.sign(message) }
}

/// Signs with an Ed25519 key of the ring.
struct Ed25519Signer: Signer {
    let keyID: String
    let algorithm = SignatureAlgorithm.ed25519
    private let key: Ed25519PrivateKey

    init(key: Ed25519PrivateKey) {
        self.key = key
        keyID = PublicKey.ed25519(key.publicKey).keyID
    }

    func sign(_ message: [UInt8]) throws -> [UInt8] { try key.sign(message) }
}

/// Signs with an Ed25519 key that follows from a seed, so that a simulation gives equal bytes twice.
///
/// Everybody can compute the key. Its id is `simulation`, and every `Verifier` answers it with `untrusted`.
package struct SimulationSigner: Signer {
    /// The key id that no set of trusted keys takes in.
    package static let simulationKeyID = "simulation"
    package let keyID = Self.simulationKeyID
    package let algorithm = SignatureAlgorithm.ed25519
    private let key: Ed25519PrivateKey

    /// The signer of this seed.
    package init(seed: UInt64) throws {
        let text = "onewindow simulation \(seed)"
        key = try Ed25519PrivateKey(rawRepresentation: Array(SHA256.hash(data: Data(text.utf8))))
    }

    /// For tests of the simulation itself.
    package var publicKey: Ed25519PublicKey { key.publicKey }

    package func sign(_ message: [UInt8]) throws -> [UInt8] { try key.sign(message) }
}
