package import Documents
package import Signing

/// A body's seal at work: what seals OFD, and what signs PDF and tokens. May be used by any number of threads.
package struct BodySeal: Sendable {
    package let seal: Seal
    /// Seals OFD: SM2.
    package let sealer: OFDSealer
    /// Signs PDF (`CMS.signed`) and tokens (`COSEToken.signed`): P-256.
    package let documentSigner: any Signer
    /// The body's certificate on P-256 and its authority's.
    package let documentCertificates: [X509Certificate]

    package init(
        seal: Seal, sealer: OFDSealer, documentSigner: any Signer, documentCertificates: [X509Certificate]
    ) {
        (self.seal, self.sealer) = (seal, sealer)
        (self.documentSigner, self.documentCertificates) = (documentSigner, documentCertificates)
    }
}
