import Hall
package import Signing
package import Vocabulary

/// One SM2 key for every body: what a signature costs does not depend on whose key it is.
package struct BenchSigners: SignerSource {
    private let signer: SM2Signer

    /// A new key, kept nowhere.
    package init() throws {
        signer = SM2Signer(key: try SM2PrivateKey())
    }

    package func signer(for body: CreditCode) throws -> any Signer { signer }
}
