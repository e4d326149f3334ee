import Foundation
import Signing
import Testing
import Vocabulary

/// An authority with one certificate below it, on either curve.
struct Chain {
    static let start = Instant(milliseconds: 1_795_000_000_000)
    static let day: Int64 = 86_400

    let rootSigner: any Signer
    let root: X509Certificate
    let signer: any Signer
    let certificate: X509Certificate

    static func order(
        _ use: CertificateOrder.Use, _ name: String, _ key: PublicKey, days: Range<Int64> = 0..<730
    ) throws -> CertificateOrder {
        CertificateOrder(
            use, for: try CertificateSubject(organisation: "福州市市场监督管理局", commonName: name), key: key,
            serial: Dice.system.bytes(CertificateOrder.serialBytes),
            valid: start.advanced(
                bySeconds: days.lowerBound * day)...start.advanced(
                    bySeconds: days.upperBound * day))
    }

    init(_ algorithm: SignatureAlgorithm, days: Range<Int64> = 0..<730, name: String = "一窗印章机构（演示）") throws {
        let keys = try (Self.key(algorithm), Self.key(algorithm))
        (rootSigner, signer) = (keys.0.signer, keys.1.signer)
        root = try X509Certificate.selfSigned(
            try Self.order(.authority, name, keys.0.key, days: -10..<3650), by: rootSigner)
        certificate = try X509Certificate.signed(
            try Self.order(.signing, "电子签章", keys.1.key, days: days), by: rootSigner, of: root)
    }

    static func key(_ algorithm: SignatureAlgorithm) throws -> (key: PublicKey, signer: any Signer) {
        if algorithm == .sm2 {
            let key = try SM2PrivateKey()
            return (.sm2(key.publicKey), SM2Signer(key: key))
        }
        let key = P256PrivateKey()
        return (.p256(key.publicKey), P256Signer(key: key))
    }
}

@Suite("X.509 certificates")
struct X509Tests {
    @Test(arguments: [SignatureAlgorithm.sm2, .es256])
    func `what was made is read again, field by field`(algorithm: SignatureAlgorithm) throws {
        let chain = try Chain(algorithm)
        let read = try X509Certificate(pem: chain.certificate.pem)
        #expect(read == chain.certificate)
        #expect(read.subject == "C=CN, O=福州市市场监督管理局, CN=电子签章")
        #expect(read.issuer == chain.root.subject)
        #expect(read.commonName == "电子签章" && read.organisation == "福州市市场监督管理局")
        #expect(read.validFrom == Chain.start && read.validUntil == Chain.start.advanced(bySeconds: 730 * Chain.day))
        #expect(read.maySign && !read.isAuthority && chain.root.isAuthority && !chain.root.maySign)
        #expect(read.serialNumber.count == 32 && read.fingerprint.count == 64)
        #expect(try read.isSigned(by: chain.root) && chain.root.isSigned(by: chain.root))
        #expect(try !chain.root.isSigned(by: read))
    }

    @Test func `a public key and a code of a body stand in the certificate`() throws {
        let key = try SM2PrivateKey()
        let code = try #require(CreditCode(Examples.body))
        let order = CertificateOrder(
            .authority, for: try CertificateSubject(organisation: "机构", code: code, commonName: "根, \"一\""),
            key: .sm2(key.publicKey), serial: [UInt8](repeating: 0xFF, count: 16),
            valid: Chain.start...Chain.start.advanced(bySeconds: 60))
        let made = try X509Certificate.selfSigned(order, by: SM2Signer(key: key))
        #expect(made.key == .sm2(key.publicKey))
        #expect(made.subject == "C=CN, O=机构, ORGID=\(code), CN=根\\, \\\"一\\\"")
        #expect(made.serialNumber == "7f" + String(repeating: "ff", count: 15))
    }

    @Test func `names that cannot stand in a certificate are refused`() {
        for name in ["", String(repeating: "长", count: 65), "a\nb", "a\u{7F}"] {
            #expect(throws: KeyRefusal.unfitSubject) { try CertificateSubject(organisation: "o", commonName: name) }
            #expect(throws: KeyRefusal.unfitSubject) { try CertificateSubject(organisation: name, commonName: "c") }
        }
        #expect(throws: KeyRefusal.unfitSubject) {
            try CertificateSubject(country: "cn", organisation: "o", commonName: "c")
        }
    }

    @Test func `only an authority gives out certificates, with its own key and within its time`() throws {
        let chain = try Chain(.sm2)
        let order = try Chain.order(.signing, "下级", try Chain.key(.sm2).key)
        #expect(throws: KeyRefusal.unfitIssuer) {
            try X509Certificate.signed(order, by: chain.signer, of: chain.certificate)
        }
        #expect(throws: KeyRefusal.unfitIssuer) {
            try X509Certificate.signed(order, by: chain.signer, of: chain.root)
        }
        for days in [-11..<Int64(5), 5..<3651] {
            let order = try Chain.order(.signing, "下级", try Chain.key(.sm2).key, days: days)
            #expect(throws: KeyRefusal.unfitIssuer) {
                try X509Certificate.signed(order, by: chain.rootSigner, of: chain.root)
            }
        }
        #expect(throws: KeyRefusal.unfitIssuer) {
            try X509Certificate.selfSigned(order, by: try SimulationSigner(seed: 1))
        }
    }

    @Test func `validity is written in two forms, and both are read`() throws {
        let key = try SM2PrivateKey()
        for (from, until) in [("2049-12-31", "2050-01-01"), ("1999-12-31", "2000-01-02"), ("2051-02-28", "9999-12-31")]
        {
            let span = Instant(try #require(CivilDate(from)))...Instant(try #require(CivilDate(until)))
            let order = CertificateOrder(
                .authority, for: try CertificateSubject(organisation: "o", commonName: "c"), key: .sm2(key.publicKey),
                serial: Dice.system.bytes(16), valid: span)
            let made = try X509Certificate.selfSigned(order, by: SM2Signer(key: key))
            #expect(made.validFrom == span.lowerBound && made.validUntil == span.upperBound)
        }
    }

    @Test func `nothing but one whole DER is read`() throws {
        let der = try Chain(.sm2).certificate.der
        #expect(throws: KeyRefusal.malformedCertificate) { try X509Certificate(der: der + [0]) }
        #expect(throws: KeyRefusal.malformedCertificate) { try X509Certificate(der: Array(der.dropLast())) }
        #expect(throws: KeyRefusal.malformedCertificate) { try X509Certificate(der: []) }
        // The length in one byte more than it needs.
        let longer = [der[0], 0x83, 0x00] + der[2...]
        #expect(throws: KeyRefusal.malformedCertificate) { try X509Certificate(der: Array(longer)) }
        #expect(throws: KeyRefusal.malformedCertificate) {
            try X509Certificate(der: [UInt8](repeating: 0x30, count: X509Certificate.bytesMax + 1))
        }
        #expect(throws: KeyRefusal.malformedCertificate) {
            try X509Certificate(pem: try SM2PrivateKey().publicKey.pem)
        }
    }

    @Test(arguments: [SignatureAlgorithm.sm2, .es256])
    func `a changed bit makes another certificate that nobody signed`(algorithm: SignatureAlgorithm) throws {
        let chain = try Chain(algorithm)
        for bit in stride(from: 0, to: chain.certificate.der.count * 8, by: 37) {
            do {
                let other = try X509Certificate(der: chain.certificate.der.flipping(bit: bit))
                #expect(try !other.isSigned(by: chain.root), "bit \(bit)")
            } catch is KeyRefusal {
                continue
            }
        }
    }
}
