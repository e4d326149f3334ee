import Documents
import Signing
import Testing
import Vocabulary

/// An authority with its seal maker, a body with its seal, and everything that a forger could do differently.
struct SealHouse {
    /// When files are sealed unless a test says otherwise.
    static let sealedAt = instant("2026-11-24", hour: 10)
    static let created = instant("2026-01-05", hour: 9)
    static let validUntil = instant("2028-01-05", hour: 9)
    static let sealID = "35010020260001"

    private static func instant(_ day: String, hour: Int) -> Instant {
        guard let day = CivilDate(day) else { preconditionFailure("a day of a test") }
        return Instant(day, hour: hour)
    }

    let authorityKey: SM2PrivateKey
    let authority: X509Certificate
    let maker: (key: SM2PrivateKey, certificate: X509Certificate)
    let body: (key: SM2PrivateKey, certificate: X509Certificate)

    /// Fresh keys; certificates from `created` to `validUntil` unless a test says otherwise.
    init(name: String = "福州市政务服务印章中心(示例)", bodyValid: ClosedRange<Instant>? = nil) throws {
        let valid = Self.created.advanced(bySeconds: -3600)...Self.validUntil.advanced(bySeconds: 3600)
        let root = try SM2PrivateKey()
        let order = CertificateOrder(
            .authority, for: try CertificateSubject(organisation: name, commonName: name + "根"),
            key: .sm2(root.publicKey), serial: Array(repeating: 1, count: 16), valid: valid)
        let authority = try X509Certificate.selfSigned(order, by: SM2Signer(key: root))
        func signing(_ name: String, _ serial: UInt8, _ valid: ClosedRange<Instant>) throws -> (
            SM2PrivateKey, X509Certificate
        ) {
            let key = try SM2PrivateKey()
            let order = CertificateOrder(
                .signing, for: try CertificateSubject(organisation: name, commonName: name),
                key: .sm2(key.publicKey), serial: Array(repeating: serial, count: 16), valid: valid)
            return (key, try X509Certificate.signed(order, by: SM2Signer(key: root), of: authority))
        }
        (authorityKey, self.authority) = (root, authority)
        maker = try signing("印章制作单位(示例)", 2, valid)
        body = try signing("福州市示例局", 3, bodyValid ?? valid)
    }

    /// A list that trusts the authority, knows the seal and is current.
    func list(
        revoked: [(X509Certificate, Instant)] = [], suspensions: [TrustList.Suspension] = [],
        sealRevokedAt: Instant? = nil, knowsSeal: Bool = true, nextUpdate: Instant? = nil
    ) throws -> TrustList {
        guard let body = CreditCode("91350100MADEM0054D") else { throw Fault.corrupt("test") }
        let seal = TrustList.SealSpan(
            id: Self.sealID, body: body, valid: (Self.created, Self.validUntil), suspensions: suspensions,
            revokedAt: sealRevokedAt)
        let content = TrustList.Content(
            authorities: [authority],
            revoked: revoked.map { .init(fingerprint: $0.0.fingerprint, revokedAt: $0.1) },
            seals: knowsSeal ? [seal] : [],
            valid: (Self.sealedAt, nextUpdate ?? Self.sealedAt.advanced(bySeconds: 86_400 * 30)),
            isDemonstration: true)
        return try TrustList(
            reading: try TrustList.signed(content, by: SM2Signer(key: authorityKey), authority: authority))
    }

    /// A verifier of this house, an hour after the files are sealed.
    func verifier(_ list: TrustList? = nil) throws -> FileVerifier {
        FileVerifier(FileTrust(try list ?? self.list(), now: Self.sealedAt.advanced(bySeconds: 3600)))
    }

    /// What a seal says; the forger's own where a test wants it.
    func facts(
        from: Instant = SealHouse.created, until: Instant = SealHouse.validUntil,
        certificates: SealCertificates? = nil, picture: [UInt8] = [1, 2, 3], version: Int = 4
    ) -> SealFacts {
        SealFacts(
            id: Self.sealID, name: "福州市示例局", certificates: certificates ?? .certificates([body.certificate.der]),
            createdAt: Self.created, validFrom: from, validUntil: until,
            picture: SealPicture(type: "png", data: picture, width: 42, height: 42))
    }

    /// The seal, made by the maker unless a test brings another one.
    func seal(_ facts: SealFacts? = nil, by other: (key: SM2PrivateKey, certificate: X509Certificate)? = nil) throws
        -> ElectronicSeal
    {
        let maker = other ?? maker
        return try ElectronicSeal.made(
            of: facts ?? self.facts(), by: SM2Signer(key: maker.key), certificate: maker.certificate.der)
    }
}

/// Signs under an empty user id, as libcrypto does when nobody sets one.
struct ForeignIDSigner: Signer {
    let key: SM2PrivateKey
    let keyID = "foreign"
    let algorithm = SignatureAlgorithm.sm2

    func sign(_ message: [UInt8]) throws -> [UInt8] { try key.sign(message, userID: "ALICE123@YAHOO.COM") }
}
