import SwiftASN1
package import Vocabulary

/// A detached signature (CMS signed-data, RFC 5652) as PAdES baseline B-B wants it (ETSI EN 319 142-1).
///
/// One signer, SHA-256, no content inside, signed attributes contentType, messageDigest and signingCertificateV2, the
/// certificates of the signer and of its authority beside.
package struct CMS: Sendable {
    /// LIMIT: bytes of a signature with its certificates.
    package static let bytesMax = 64 * 1024
    /// LIMIT: certificates that come along.
    package static let certificatesMax = TrustedAuthorities.companionsMax
    /// LIMIT: signed attributes.
    static let attributesMax = 32

    enum OID {
        static let data = "1.2.840.113549.1.7.1"
        static let signedData = "1.2.840.113549.1.7.2"
        static let contentType = "1.2.840.113549.1.9.3"
        static let messageDigest = "1.2.840.113549.1.9.4"
        static let signingTime = "1.2.840.113549.1.9.5"
        static let signingCertificateV2 = "1.2.840.113549.1.9.16.2.47"
        static let timeStamp = "1.2.840.113549.1.9.16.2.14"
        static let sha256 = "2.16.840.1.101.3.4.2.1"
        static let rsa = "1.2.840.113549.1.1.1"
    }

    /// The digest of what was signed, as the signer claims it: compare it with the digest of the bytes at hand.
    package let digest: [UInt8]
    /// The dotted object identifier of the digest; only SHA-256 is judged.
    package let digestAlgorithm: String
    /// The dotted object identifier of the signature's algorithm.
    package let signatureAlgorithm: String
    package let signer: X509Certificate
    /// Everything that came along and could be read, the signer's among them.
    package let certificates: [X509Certificate]
    /// The DER of each signed attribute's value, by its object identifier.
    package let attributes: [String: [UInt8]]
    /// The time that the signer claims in an attribute; PAdES keeps it in the file instead.
    package let signingTime: Instant?
    /// Whether signingCertificateV2 names the signer's certificate; nil without that attribute.
    package let namesSigner: Bool?
    /// Whether a time stamp of an authority hangs on the signature. It is not judged.
    package let hasTimeStamp: Bool
    private let signedBytes: [UInt8]
    private let signature: [UInt8]

    /// Reads a signature: DER, nothing after it.
    package init(der: [UInt8]) throws(CMSRefusal) {
        guard der.count <= Self.bytesMax else { throw .malformed }
        let reading: CMSReading
        do {
            reading = try CMSReading(der)
        } catch let refusal as CMSRefusal {
            throw refusal
        } catch {
            throw .malformed
        }
        guard let signer = reading.certificates.first(where: reading.isSigner) else { throw .missingSigner }
        self.signer = signer
        certificates = reading.certificates
        (digest, digestAlgorithm) = (reading.digest, reading.digestAlgorithm)
        (signatureAlgorithm, signature) = (reading.signatureAlgorithm, reading.signature)
        (attributes, signingTime, hasTimeStamp) = (reading.attributes, reading.signingTime, reading.hasTimeStamp)
        namesSigner = reading.namesSigner(signer)
        signedBytes = reading.signedBytes
    }

    /// Reads a signature out of the room that a PDF keeps for it: DER and noughts after it.
    package init(padded room: [UInt8]) throws(CMSRefusal) {
        guard room.count >= 4, room[0] == 0x30 else { throw .malformed }
        var count = 2 + Int(room[1])
        if room[1] > 0x80 {
            let digits = Int(room[1] & 0x7F)
            guard digits <= 3, room.count > 2 + digits else { throw .malformed }
            count = room[2..<2 + digits].reduce(0) { $0 << 8 | Int($1) } + 2 + digits
        }
        guard room[1] != 0x80, count <= room.count, room[count...].allSatisfy({ $0 == 0 }) else { throw .malformed }
        try self.init(der: Array(room.prefix(count)))
    }

    /// What is true of the signature itself; ECDSA on P-256 and RSA, both with SHA-256, are judged.
    ///
    /// Whether the digest is that of the document and whether the signer is trusted are questions of their own. Throws
    /// only when libcrypto fails.
    package func verdict() throws -> CMSVerdict {
        let algorithm: CertifiedSignature
        switch (signatureAlgorithm, signer.key) {
        case (CertifiedSignature.p256.rawValue, .p256): algorithm = .p256
        case (CertifiedSignature.rsa.rawValue, .other), (OID.rsa, .other): algorithm = .rsa
        default: return .unsupported
        }
        guard digestAlgorithm == OID.sha256 else { return .unsupported }
        return try signer.verifies(signature, of: signedBytes, algorithm) ? .valid : .wrongSignature
    }
}
