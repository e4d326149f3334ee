import Crypto
package import Vocabulary

/// Whose certificate it shall be. Every part is written in UTF-8.
package struct CertificateSubject: Sendable, Hashable {
    /// LIMIT: characters of a name (ub-common-name, ub-organization-name of RFC 5280).
    package static let nameCharactersMax = 64
    /// Two capital letters.
    package let country: String
    package let organisation: String
    /// The unified social credit code of a body, as an organisation identifier (2.5.4.97); nil for none.
    package let code: CreditCode?
    package let commonName: String

    /// A subject; refuses an empty part, one beyond its limit and one with control characters.
    package init(
        country: String = "CN", organisation: String, code: CreditCode? = nil, commonName: String
    ) throws(KeyRefusal) {
        for name in [organisation, commonName] {
            guard (1...Self.nameCharactersMax).contains(name.unicodeScalars.count),
                name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
            else { throw .unfitSubject }
        }
        guard country.utf8.count == 2, country.utf8.allSatisfy({ (65...90).contains($0) }) else {
            throw .unfitSubject
        }
        (self.country, self.organisation, self.code, self.commonName) = (country, organisation, code, commonName)
    }

    var der: [UInt8] {
        let parts: [(String, [UInt8])] =
            [
                ("2.5.4.6", DERWriting.node(0x13, Array(country.utf8))),
                ("2.5.4.10", DERWriting.text(organisation)),
            ] + (code.map { [("2.5.4.97", DERWriting.text($0.code))] } ?? []) + [
                ("2.5.4.3", DERWriting.text(commonName))
            ]
        let sets = parts.map { type, value in
            DERWriting.setOf([DERWriting.sequence(DERWriting.objectIdentifier(type), value)])
        }
        return DERWriting.node(0x30, sets.flatMap(\.self))
    }
}

/// What a certificate shall say, before an authority signs it.
package struct CertificateOrder: Sendable {
    /// What the certificate is for.
    package enum Use: Sendable {
        /// Signs certificates of others, and no other authority's: CA:TRUE, pathlen 0.
        case authority
        /// Signs seals, documents and tokens: digitalSignature and nonRepudiation, no encryption.
        case signing
    }

    /// Bytes of a serial number.
    package static let serialBytes = 16
    let subject: CertificateSubject
    let serial: [UInt8]
    let valid: ClosedRange<Instant>
    let key: PublicKey
    let use: Use

    /// An order. `serial` is 16 random bytes; its first bit is cleared, so that the number stays positive and 16 bytes
    /// long. `valid` counts to the second, both ends included.
    package init(
        _ use: Use, for subject: CertificateSubject, key: PublicKey, serial: [UInt8], valid: ClosedRange<Instant>
    ) {
        precondition(serial.count == Self.serialBytes, "a serial number of 16 bytes")
        (self.subject, self.key, self.use, self.valid) = (subject, key, use, valid)
        self.serial = [serial[0] & 0x7F | 0x40] + serial.dropFirst()
    }
}

extension X509Certificate {
    /// A certificate that signs itself: the root of an authority.
    package static func selfSigned(_ order: CertificateOrder, by signer: any Signer) throws -> X509Certificate {
        try made(order, by: signer, issuer: order.subject.der, issuerKeyID: nil)
    }

    /// A certificate that the authority gives out. Refuses an issuer that is no authority, and a validity that goes
    /// beyond the issuer's.
    package static func signed(
        _ order: CertificateOrder, by signer: any Signer, of issuer: X509Certificate
    ) throws -> X509Certificate {
        guard issuer.isAuthority, issuer.validFrom <= order.valid.lowerBound.wholeSecond,
            order.valid.upperBound.wholeSecond <= issuer.validUntil
        else { throw KeyRefusal.unfitIssuer }
        let made = try made(
            order, by: signer, issuer: issuer.content.subject.der, issuerKeyID: issuer.content.extensions.subjectKeyID)
        guard try made.isSigned(by: issuer) else { throw KeyRefusal.unfitIssuer }
        return made
    }

    private static func made(
        _ order: CertificateOrder, by signer: any Signer, issuer: [UInt8], issuerKeyID: [UInt8]?
    ) throws -> X509Certificate {
        guard signer.algorithm != .ed25519 else { throw KeyRefusal.unfitIssuer }
        let algorithm = DERWriting.sequence(DERWriting.objectIdentifier(signer.algorithm.objectIdentifier))
        let validity = DERWriting.sequence(
            DERWriting.time(order.valid.lowerBound), DERWriting.time(order.valid.upperBound))
        let (info, point) = try keyInfo(order.key)
        let body = DERWriting.sequence(
            DERWriting.explicit(0, [0x02, 0x01, 0x02]), DERWriting.integer(order.serial), algorithm, issuer, validity,
            order.subject.der, info,
            DERWriting.explicit(3, extensions(order.use, keyID: keyID(of: point), issuerKeyID: issuerKeyID)))
        let signature = DERWriting.bits(try signer.signDER(body))
        return try X509Certificate(der: DERWriting.sequence(body, algorithm, signature))
    }

    private static func keyInfo(_ key: PublicKey) throws(KeyRefusal) -> (info: [UInt8], point: [UInt8]) {
        switch key {
        case .sm2(let key): (key.der, key.point)
        case .p256(let key): (key.der, key.point)
        case .ed25519: throw .malformedKey
        }
    }

    /// The first 160 bits of SHA-256 over the point (RFC 7093, method 1).
    private static func keyID(of point: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: point).prefix(20)) }

    private static func extensions(
        _ use: CertificateOrder.Use, keyID: [UInt8], issuerKeyID: [UInt8]?
    ) -> [UInt8] {
        let (constraints, usage): ([UInt8], [UInt8]) =
            switch use {
            case .authority:
                (DERWriting.sequence(DERWriting.yes, [0x02, 0x01, 0x00]), DERWriting.bits([0x06], unused: 1))
            case .signing: (DERWriting.sequence(), DERWriting.bits([0xC0], unused: 6))
            }
        let authority = issuerKeyID.map {
            [DERWriting.node(0x80, $0)].map { extension_("2.5.29.35", DERWriting.sequence($0)) }
        }
        return DERWriting.node(
            0x30,
            extension_("2.5.29.19", constraints, isCritical: true) + extension_("2.5.29.15", usage, isCritical: true)
                + extension_("2.5.29.14", DERWriting.octets(keyID)) + (authority?.flatMap(\.self) ?? []))
    }

    private static func extension_(_ id: String, _ value: [UInt8], isCritical: Bool = false) -> [UInt8] {
        DERWriting.sequence(
            DERWriting.objectIdentifier(id), isCritical ? DERWriting.yes : [], DERWriting.octets(value))
    }
}

extension Instant {
    /// The beginning of the second that this instant lies in: certificates and seals know no fractions.
    package var wholeSecond: Instant { Instant(milliseconds: milliseconds - (milliseconds % 1000 + 1000) % 1000) }
}
