import CPKCS11
import Crypto

/// Signs with a key pair on P-256 in hardware, for sealed PDF, tokens and their authority. Synchronous; threads wait
/// for each other.
package struct HardwareSigner: Signer {
    package let keyID: String
    package let algorithm = SignatureAlgorithm.es256
    /// What verifiers need.
    package let publicKey: P256PublicKey
    private let token: HardwareToken
    private let handle: p11_number

    /// The key pair of this label. Refuses algorithms that the token or PKCS#11 lacks, SM2 among them, and a label
    /// without a pair on P-256.
    package init(_ token: HardwareToken, label: String, algorithm: SignatureAlgorithm) throws {
        guard token.signs(by: algorithm) else { throw HardwareRefusal.lacksAlgorithm }
        let (handle, point) = try token.key(label)
        do throws(KeyRefusal) {
            publicKey = try P256PublicKey(point: point)
        } catch {
            throw HardwareRefusal.missingKey
        }
        (self.token, self.handle) = (token, handle)
        keyID = PublicKey.p256(publicKey).keyID
    }

    /// ECDSA over SHA-256 of the message: r and s, 32 bytes each. The digest is taken here.
    package func sign(_ message: [UInt8]) throws -> [UInt8] {
        try token.sign(Array(SHA256.hash(data: message)), with: handle)
    }
}
