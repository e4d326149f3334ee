import Hall
package import Signing
package import Vocabulary

/// One SM2 key for every body: what a signature costs does not depend on whose key it is.
package struct BenchSigners: SignerSource {
    private let signer: SM2Signer

    /// The key of a seed: anybody can compute it, so it is good for benches only.
    package init(seed: UInt64 = 1) throws {
        let secret = SM3.digest(of: Array("onewindow bench key \(seed), known to everybody".utf8))
        signer = SM2Signer(key: try SM2PrivateKey(rawRepresentation: secret))
    }

    /// What verifiers of a bench trust: the one key, as a demonstration's.
    func trusted(for body: CreditCode) throws -> TrustedKeys {
        try TrustedKeys([
            TrustedKey(
                .sm2(signer.publicKey), owner: body,
                valid: (from: Instant(milliseconds: 0), until: Instant(milliseconds: .max)), isDemonstration: true)
        ])
    }

    package func signer(for body: CreditCode) throws -> any Signer { signer }
}
