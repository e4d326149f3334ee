import Documents
import Signing
import Vocabulary

/// An authority, a seal maker and a body with its seal and its document certificate, made for one bench; and what a
/// verifier brings along who trusts them.
struct BenchSeals: Sendable {
    static let body = "福州市鼓楼区市场监督管理局"
    /// When the files are made.
    static let day = Instant(milliseconds: 1_795_500_304_000)
    private static let number = "35010220260001"
    private static let span = day.advanced(bySeconds: -86_400)...day.advanced(bySeconds: 86_400 * 730)

    let signer: SM2Signer
    let sealer: OFDSealer
    let documentSigner: P256Signer
    let documentCertificates: [X509Certificate]
    let look: PDFSigning.Look
    let verifier: FileVerifier

    init(typeface: Typeface) throws {
        let (root, documentRoot) = (try SM2PrivateKey(), P256PrivateKey())
        let (key, documentKey) = (try SM2PrivateKey(), P256PrivateKey())
        let (rootSigner, documentRootSigner) = (SM2Signer(key: root), P256Signer(key: documentRoot))
        signer = SM2Signer(key: key)
        documentSigner = P256Signer(key: documentKey)
        let authority = try X509Certificate.selfSigned(Self.order(.authority, .sm2(root.publicKey), 1), by: rootSigner)
        let documentAuthority = try X509Certificate.selfSigned(
            Self.order(.authority, .p256(documentRoot.publicKey), 2), by: documentRootSigner)
        let certificate = try X509Certificate.signed(
            Self.order(.signing, .sm2(key.publicKey), 3), by: rootSigner, of: authority)
        let document = try X509Certificate.signed(
            Self.order(.signing, .p256(documentKey.publicKey), 4), by: documentRootSigner, of: documentAuthority)
        documentCertificates = [document, documentAuthority]
        let drawing = try SealDrawing(.official, name: Self.body, isExample: true, typeface: typeface)
        look = PDFSigning.Look(drawing)
        let facts = SealFacts(
            id: Self.number, name: Self.body, certificates: .certificates([certificate.der]), createdAt: Self.day,
            validFrom: Self.span.lowerBound, validUntil: Self.span.upperBound,
            picture: SealPicture(type: "png", data: try drawing.png(), width: 42, height: 42))
        // The body is its own seal's maker: a maker's signature costs what a sealer's does.
        let seal = try ElectronicSeal.made(of: facts, by: signer, certificate: certificate.der)
        sealer = OFDSealer(seal: seal, signer: signer, certificate: certificate.der)
        verifier = try Self.verifier([authority, documentAuthority], rootSigner)
    }

    private static func order(
        _ use: CertificateOrder.Use, _ key: PublicKey, _ serial: UInt8
    ) throws -> CertificateOrder {
        CertificateOrder(
            use, for: try CertificateSubject(organisation: body, commonName: "\(body) \(serial)"), key: key,
            serial: [UInt8](repeating: serial, count: 16), valid: span)
    }

    private static func verifier(_ authorities: [X509Certificate], _ signer: SM2Signer) throws -> FileVerifier {
        guard let code = CreditCode("11350100MADEM002X0") else { throw Fault.corrupt("the sample body has no code") }
        let content = TrustList.Content(
            authorities: authorities, revoked: [],
            seals: [
                .init(
                    id: number, body: code, valid: (span.lowerBound, span.upperBound), suspensions: [], revokedAt: nil)
            ], valid: (day, span.upperBound), isDemonstration: true)
        let list = try TrustList(reading: try TrustList.signed(content, by: signer, authority: authorities[0]))
        return FileVerifier(FileTrust(list, now: day.advanced(bySeconds: 3600)))
    }
}
