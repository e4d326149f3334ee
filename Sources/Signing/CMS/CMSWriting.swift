import Crypto

extension CMS {
    /// Signs a SHA-256 digest, for a PDF's `/Contents`. `certificates` begins with the signer's own, its authority's
    /// follow.
    ///
    /// Equal input gives equal bytes but for the signature. Refuses a signer that is none on P-256 or whose certificate
    /// is not the first (`KeyRefusal.unfitIssuer`).
    package static func signed(
        digest: [UInt8], by signer: any Signer, certificates: [X509Certificate]
    ) throws -> [UInt8] {
        precondition(digest.count == 32, "a digest by SHA-256")
        guard signer.algorithm == .es256, let own = certificates.first, certificates.count <= certificatesMax else {
            throw KeyRefusal.unfitIssuer
        }
        let attributes = [
            attribute(OID.contentType, DERWriting.objectIdentifier(OID.data)),
            attribute(OID.messageDigest, DERWriting.octets(digest)),
            attribute(
                OID.signingCertificateV2,
                DERWriting.sequence(
                    DERWriting.sequence(DERWriting.sequence(DERWriting.octets(Array(SHA256.hash(data: own.der))))))),
        ]
        let signed = DERWriting.setOf(attributes)
        let signature = try signer.signDER(signed)
        guard try own.verifies(signature, of: signed, .p256) else { throw KeyRefusal.unfitIssuer }
        let digestAlgorithm = DERWriting.sequence(DERWriting.objectIdentifier(OID.sha256))
        let info = DERWriting.sequence(
            [0x02, 0x01, 0x01], DERWriting.sequence(own.content.issuer.der, DERWriting.node(0x02, own.content.serial)),
            digestAlgorithm, [0xA0] + signed.dropFirst(),
            DERWriting.sequence(DERWriting.objectIdentifier(CertifiedSignature.p256.rawValue)),
            DERWriting.octets(signature))
        let data = DERWriting.sequence(
            [0x02, 0x01, 0x01], DERWriting.setOf([digestAlgorithm]),
            DERWriting.sequence(DERWriting.objectIdentifier(OID.data)),
            DERWriting.setOf(certificates.map(\.der), tag: 0xA0), DERWriting.setOf([info]))
        return DERWriting.sequence(DERWriting.objectIdentifier(OID.signedData), DERWriting.explicit(0, data))
    }

    private static func attribute(_ type: String, _ value: [UInt8]) -> [UInt8] {
        DERWriting.sequence(DERWriting.objectIdentifier(type), DERWriting.setOf([value]))
    }
}
