import Foundation
package import Signing
package import Vocabulary

/// What the code on a face says to whoever has no connection: eight claims under the body's signature. Everybody who
/// sees the paper can read them, so a person's name and number are masked.
package struct CertificateClaims: Hashable, Sendable {
    /// The numbers of the claims; for ever.
    private enum Claim: Int {
        case identifier = 1
        case typeName, holderName, holderNumber, issuerName, issuedOn, validUntil, digest
    }

    package let identifier: CertificateIdentifier
    package let typeName: String
    /// A person's is masked.
    package let holderName: String
    package let holderNumber: String
    package let issuerName: String
    package let issuedOn: CivilDate
    /// Nil for long-term.
    package let validUntil: CivilDate?
    /// SHA-256 of the signed data, in hexadecimal.
    package let digest: String

    /// The claims of a certificate; nil once its personal part was erased. `digest` is that of its data.
    package init?(_ certificate: Certificate, digest: String) {
        guard let personal = certificate.personal else { return nil }
        let reservation = certificate.reservation
        identifier = reservation.identifier
        (typeName, issuerName) = (personal.typeName, personal.issuerName)
        (holderName, holderNumber) = personal.masked
        (issuedOn, validUntil) = (reservation.validFrom, reservation.validUntil)
        self.digest = digest
    }

    /// Reads the claims of a token; nil when one is missing or is no such claim. The signature is not looked at.
    package init?(_ token: COSEToken) {
        let claims = token.payload
        func text(_ claim: Claim) -> String? { claims[claim.rawValue]?.string }
        guard let identifier = text(.identifier).flatMap({ CertificateIdentifier($0) }),
            let typeName = text(.typeName), let holderName = text(.holderName), let number = text(.holderNumber),
            let issuerName = text(.issuerName), let issued = claims[Claim.issuedOn.rawValue]?.number,
            let digest = claims[Claim.digest.rawValue]?.octets, digest.count == 32
        else { return nil }
        self.identifier = identifier
        (self.typeName, self.holderName, holderNumber) = (typeName, holderName, number)
        self.issuerName = issuerName
        issuedOn = CivilDate(daysSinceEpoch: issued)
        validUntil = claims[Claim.validUntil.rawValue]?.number.map { CivilDate(daysSinceEpoch: $0) }
        self.digest = Hex.text(digest)
    }

    /// The token under the signature of the body's key on P-256 (ES256, RFC 9053).
    package func token(by signer: any Signer) throws -> COSEToken {
        var payload: [Int: CBOR] = [
            Claim.identifier.rawValue: .text(identifier.description), Claim.typeName.rawValue: .text(typeName),
            Claim.holderName.rawValue: .text(holderName), Claim.holderNumber.rawValue: .text(holderNumber),
            Claim.issuerName.rawValue: .text(issuerName),
            Claim.issuedOn.rawValue: .integer(issuedOn.daysSinceEpoch),
            Claim.digest.rawValue: .bytes(Hex.bytes(digest) ?? []),
        ]
        if let validUntil { payload[Claim.validUntil.rawValue] = .integer(validUntil.daysSinceEpoch) }
        return try COSEToken.signed(payload: payload, by: signer)
    }
}

extension Certificate.Personal {
    /// 001, a unified social credit code: whoever holds it is no person.
    private static let creditCode = "001"

    /// Name and number as strangers may see them: whole for organisations, masked for persons; the family name stays.
    package var masked: (name: String, number: String) {
        guard holderNumberType != Self.creditCode else { return (holderName, holderNumber) }
        let stars = String(repeating: "*", count: max(1, holderName.count - 1))
        return (
            holderName.prefix(1) + stars, CitizenID(holderNumber)?.masked ?? String(holderNumber.prefix(3)) + "****"
        )
    }
}
