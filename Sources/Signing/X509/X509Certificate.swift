import Crypto
import SwiftASN1
package import Vocabulary

/// The public key that a certificate names.
package enum CertifiedKey: Sendable, Hashable {
    case sm2(SM2PublicKey)
    case p256(P256PublicKey)
    /// A key of another kind, as RSA.
    case other
}

/// An X.509 certificate (RFC 5280; GM/T 0015-2012 for SM2), read strictly from its DER.
///
/// Reading says what stands in it and nothing about whom to trust: `TrustedAuthorities` does.
package struct X509Certificate: Sendable {
    /// LIMIT: bytes of a certificate.
    package static let bytesMax = 16 * 1024
    /// LIMIT: bytes of a serial number that is read; RFC 5280 allows 20, and a sign.
    static let serialBytesMax = 21

    /// The whole DER.
    package let der: [UInt8]
    /// The subject on one line, without control characters.
    package let subject: String
    package let commonName: String?
    package let organisation: String?
    /// The issuer on one line.
    package let issuer: String
    /// Hexadecimal digits, without leading noughts.
    package let serialNumber: String
    /// The first second at which it is valid.
    package let validFrom: Instant
    /// The last second at which it is valid.
    package let validUntil: Instant
    package let key: CertifiedKey
    /// Whether it may sign other certificates: a CA by basicConstraints, and by keyUsage where there is one.
    package let isAuthority: Bool
    /// Whether its signatures under documents count: keyUsage has digitalSignature or nonRepudiation, or is absent.
    package let maySign: Bool
    let content: X509Content

    /// Reads a certificate; refuses trailing bytes, everything that is not DER, and more than `bytesMax`.
    package init(der: [UInt8]) throws(KeyRefusal) {
        guard der.count <= Self.bytesMax else { throw .malformedCertificate }
        do {
            content = try X509Content(der: der)
            key = try Self.key(in: content.keyInfo)
        } catch {
            throw .malformedCertificate
        }
        self.der = der
        (subject, issuer) = (content.subject.line, content.issuer.line)
        commonName = content.subject.value(of: "2.5.4.3")
        organisation = content.subject.value(of: "2.5.4.10")
        let digits = Hex.text(content.serial).drop { $0 == "0" }
        serialNumber = digits.isEmpty ? "0" : String(digits)
        (validFrom, validUntil) = (content.validFrom, content.validUntil)
        let usage = content.extensions.usage
        isAuthority = content.extensions.isAuthority && usage.map { $0 & 0x04 != 0 } ?? true
        maySign = usage.map { $0 & 0xC0 != 0 } ?? true
    }

    /// From one PEM block `CERTIFICATE`.
    package init(pem: String) throws(KeyRefusal) {
        // Base 64 takes four thirds, and a line feed every 64 characters.
        guard pem.utf8.count <= Self.bytesMax * 3 / 2 else { throw .malformedCertificate }
        do {
            let document = try PEMDocument(pemString: pem)
            guard document.discriminator == "CERTIFICATE" else { throw KeyRefusal.malformedCertificate }
            try self.init(der: document.derBytes)
        } catch {
            throw .malformedCertificate
        }
    }

    /// One PEM block `CERTIFICATE`, ended by a line feed.
    package var pem: String { PEM.text(of: der, kind: "CERTIFICATE") }

    /// SHA-256 of the DER, in hexadecimal digits.
    package var fingerprint: String { Hex.text(SHA256.hash(data: der)) }

    /// Whether the instant lies in the validity, both its ends included to the second.
    package func isValid(at instant: Instant) -> Bool {
        instant >= validFrom && instant < validUntil.advanced(bySeconds: 1)
    }

    /// Keys on other curves, compressed points and RSA are `other`; a point that is not on its curve is refused.
    private static func key(in info: [UInt8]) throws -> CertifiedKey {
        if info.starts(with: SM2.publicPrefix) { return .sm2(try SM2PublicKey(der: info)) }
        if info.starts(with: P256PublicKey.prefix) { return .p256(try P256PublicKey(der: info)) }
        return .other
    }
}

extension X509Certificate: Hashable {
    package static func == (left: X509Certificate, right: X509Certificate) -> Bool { left.der == right.der }
    package func hash(into hasher: inout Hasher) { hasher.combine(der) }
}

extension X509Certificate: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(decoder, X509Certificate.init(base64:), "not a certificate in base 64")
    }

    /// The DER in base 64.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(CanonicalBase64.text(der))
    }

    private init?(base64: String) {
        guard base64.utf8.count <= Self.bytesMax * 4 / 3 + 4, let der = CanonicalBase64.bytes(base64) else {
            return nil
        }
        do { try self.init(der: der) } catch { return nil }
    }
}

extension X509Certificate {
    /// The unified social credit code in the subject's organisation identifier; nil when there is none.
    package var bodyCode: CreditCode? { content.subject.value(of: "2.5.4.97").flatMap { CreditCode($0) } }

    /// The certified key as verifiers of plain signatures take it; nil for one of another kind.
    package var publicKey: PublicKey? {
        switch key {
        case .sm2(let key): .sm2(key)
        case .p256(let key): .p256(key)
        case .other: nil
        }
    }
}
