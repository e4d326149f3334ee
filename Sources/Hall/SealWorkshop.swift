import Certificates
package import Documents
package import Signing
import Store
import Vocabulary

/// What a hall needs to make seals: keys and a Song face for what stands around them.
package struct SealWorkshop: Sendable {
    /// Days for which an authority's certificate is valid.
    package static let authorityDays: Int64 = 7300
    /// Days for which the seal maker's certificate is valid.
    package static let makerDays: Int64 = 3650
    /// Days for which a seal and its body's certificates are valid, unless told otherwise.
    package static let sealDays: Int64 = 1825
    /// LIMIT: days of a seal.
    package static let sealDaysMax: Int64 = 3650

    let keys: any SealKeys
    private let typeface: @Sendable () throws -> Typeface

    /// A workshop with these keys; the typeface is asked for when a seal is drawn.
    package init(keys: any SealKeys, typeface: @escaping @Sendable () throws -> Typeface) {
        (self.keys, self.typeface) = (keys, typeface)
    }

    /// The certificates of the authority, the seal maker and the authority for documents.
    func ceremony(organisation: String, dice: Dice, at now: Instant) throws -> CeremonyRecord {
        let authority = try X509Certificate.selfSigned(
            try order(.authority, "电子印章管理", .authority, organisation, days: Self.authorityDays, dice, now),
            by: try keys.signer(of: .authority))
        return CeremonyRecord(
            authority: authority, maker: try maker(under: authority, dice: dice, at: now),
            documentAuthority: try X509Certificate.selfSigned(
                try order(.authority, "电子文件签名管理", .p256Authority, organisation, days: Self.authorityDays, dice, now),
                by: try keys.signer(of: .p256Authority)))
    }

    /// The seal maker's certificate, of the authority's organisation.
    func maker(under authority: X509Certificate, dice: Dice, at now: Instant) throws -> X509Certificate {
        try X509Certificate.signed(
            try order(
                .signing, "电子印章制作", .sealMaker, authority.organisation ?? "", days: Self.makerDays, dice, now),
            by: try keys.signer(of: .authority), of: authority)
    }

    private func order(
        _ use: CertificateOrder.Use, _ name: String, _ role: KeyRole, _ organisation: String, days: Int64, _ dice: Dice,
        _ now: Instant
    ) throws -> CertificateOrder {
        let mark = keys.isDemonstration ? "（演示，无法律效力）" : ""
        return CertificateOrder(
            use, for: try CertificateSubject(organisation: organisation, commonName: name + mark),
            key: try keys.publicKey(of: role), serial: dice.bytes(CertificateOrder.serialBytes),
            valid: now.wholeSecond...now.wholeSecond.advanced(bySeconds: days * 86_400))
    }

    /// One edition of a body's seal: certificates of its keys, its picture, and the maker's signature over all of it.
    func edition(
        of order: SealOrder, number: String, under record: CeremonyRecord, dice: Dice
    ) throws -> Seal.Edition {
        let subject = try CertificateSubject(
            organisation: order.name, code: order.body, commonName: order.name)
        func certificate(_ role: KeyRole, _ authority: KeyRole, _ issuer: X509Certificate) throws -> X509Certificate {
            try X509Certificate.signed(
                CertificateOrder(
                    .signing, for: subject, key: try keys.publicKey(of: role),
                    serial: dice.bytes(CertificateOrder.serialBytes), valid: order.valid),
                by: try keys.signer(of: authority), of: issuer)
        }
        let own = try certificate(.body(order.body), .authority, record.authority)
        let document = try certificate(.bodyP256(order.body), .p256Authority, record.documentAuthority)
        let picture = try SealDrawing(
            .official, name: order.name, isExample: keys.isDemonstration, typeface: try typeface()
        ).png()
        let side = Int(SealDrawing.diameter)
        let made = try ElectronicSeal.made(
            of: SealFacts(
                id: number, name: order.name, certificates: .certificates([own.der]),
                createdAt: order.valid.lowerBound, validFrom: order.valid.lowerBound,
                validUntil: order.valid.upperBound,
                picture: SealPicture(type: "png", data: picture, width: side, height: side)),
            by: try keys.signer(of: .sealMaker), certificate: record.maker.der)
        return Seal.Edition(
            name: order.name, bytes: made.der, pictureDigest: BlobRef(of: picture).digest,
            certificates: (own, document, record.maker), valid: order.valid)
    }

    /// The seal ready for work. Refuses a key that is not the certificate's.
    func ready(_ seal: Seal, documentAuthority: X509Certificate) throws -> BodySeal {
        let edition = seal.current
        let signer = try signer(of: .body(seal.body), edition.certificate)
        let document = try self.signer(of: .bodyP256(seal.body), edition.documentCertificate)
        let electronic: ElectronicSeal
        do throws(SealDefect) {
            electronic = try ElectronicSeal(der: edition.bytes.bytes)
        } catch {
            throw Fault.corrupt("seal \(seal.number): \(error)")
        }
        return BodySeal(
            seal: seal,
            sealer: OFDSealer(seal: electronic, signer: signer, certificate: edition.certificate.der),
            documentSigner: document, documentCertificates: [edition.documentCertificate, documentAuthority])
    }
}

extension SealWorkshop {
    private func signer(of role: KeyRole, _ certificate: X509Certificate) throws -> any Signer {
        let signer = try keys.signer(of: role)
        guard certificate.publicKey?.keyID == signer.keyID else { throw SealRefusal.noKeys }
        return signer
    }
}

/// A seal that shall be made.
struct SealOrder: Sendable {
    let body: CreditCode
    let name: String
    let valid: ClosedRange<Instant>
}

/// What a key ceremony made, or what the register holds of it.
package struct CeremonyRecord: Sendable, Equatable {
    /// SM2: gives out the certificates of the maker and of bodies.
    package let authority: X509Certificate
    /// SM2: signs seals.
    package let maker: X509Certificate
    /// P-256: gives out the certificates with which PDF and tokens are signed.
    package let documentAuthority: X509Certificate
}
