import Documents
import Foundation
import Signing
import Vocabulary

/// A body that signs PDF files, and its authority.
struct PDFHouse {
    let authority: X509Certificate
    let signer: P256Signer
    let certificate: X509Certificate
    private let key: P256PrivateKey
    private let authorityKey: P256PrivateKey

    init(name: String = "福州市政务服务证书中心(示例)", valid: ClosedRange<Instant>? = nil) throws {
        let long = SealHouse.created...SealHouse.validUntil
        let root = P256PrivateKey()
        let order = CertificateOrder(
            .authority, for: try CertificateSubject(organisation: name, commonName: name),
            key: .p256(root.publicKey), serial: Array(repeating: 4, count: 16), valid: long)
        authority = try X509Certificate.selfSigned(order, by: P256Signer(key: root))
        authorityKey = root
        let key = P256PrivateKey()
        self.key = key
        signer = P256Signer(key: key)
        certificate = try Self.certificate(of: key, by: root, authority, valid ?? long)
    }

    private static func certificate(
        of key: P256PrivateKey, by root: P256PrivateKey, _ authority: X509Certificate, _ valid: ClosedRange<Instant>
    ) throws -> X509Certificate {
        let order = CertificateOrder(
            .signing, for: try CertificateSubject(organisation: "福州市示例局", commonName: "福州市示例局"),
            key: .p256(key.publicKey), serial: Array(repeating: 5, count: 16), valid: valid)
        return try X509Certificate.signed(order, by: P256Signer(key: root), of: authority)
    }

    /// Another certificate for the signer's key, as long as this one: signatures differ in length by a byte or two.
    func anotherCertificate(lengthOf certificate: X509Certificate) throws -> X509Certificate {
        while true {
            let other = try Self.certificate(
                of: key, by: authorityKey, authority, SealHouse.created...SealHouse.validUntil)
            if other.der.count == certificate.der.count, other != certificate { return other }
        }
    }

    /// The file before it is signed.
    static func file() throws -> PDFFile {
        let marks = [Mark.text("施工许可证 Construction permit", at: Point(80, 120), face: TextFace(20))]
        return PDFFile(
            PDFFile.About(title: "施工许可证", createdAt: SealHouse.sealedAt), sheets: [marks], typeface: try Typeface())
    }

    func signing(at instant: Instant = SealHouse.sealedAt) -> PDFSigning {
        let seal = Mark.rectangles([Rectangle(at: Point(0, 0), width: 119, height: 119)], ink: .seal)
        return PDFSigning(
            name: "福州市示例局", signer: signer, certificates: [certificate, authority], at: instant,
            stamp: .init(sheet: 0, corner: Point(400, 600), look: .init([seal], width: 119, height: 119)),
            data: Array("{\"certificate_number\":\"3501002026000001\"}".utf8))
    }

    /// The signed file.
    func bytes(at instant: Instant = SealHouse.sealedAt) throws -> [UInt8] {
        try Self.file().signed(signing(at: instant))
    }

    /// A verifier that trusts the authority and has a current list, an hour after the files are signed.
    func verifier(
        revoked: [(X509Certificate, Instant)] = [], nextUpdate: Instant? = nil
    ) throws -> FileVerifier {
        let house = try SealHouse()
        let content = TrustList.Content(
            authorities: [house.authority, authority],
            revoked: revoked.map { .init(fingerprint: $0.0.fingerprint, revokedAt: $0.1) }, seals: [],
            valid: (SealHouse.sealedAt, nextUpdate ?? SealHouse.sealedAt.advanced(bySeconds: 86_400)),
            isDemonstration: true)
        let list = try TrustList(
            reading: try TrustList.signed(
                content, by: SM2Signer(key: house.authorityKey), authority: house.authority))
        return FileVerifier(FileTrust(list, now: SealHouse.sealedAt.advanced(bySeconds: 3600)))
    }
}
