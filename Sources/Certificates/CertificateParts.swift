package import Store
package import Vocabulary

/// What stands in the events of a certificate.
extension Certificate {
    /// The public part of `reserved`: which certificate, for which case.
    package struct Reservation: Hashable, Sendable, Codable {
        /// Type, issuer, number and version; the number of the certificate is the serial.
        package let identifier: CertificateIdentifier
        package let holder: PersonID
        /// The case that made it; nil for one that the library took over from elsewhere.
        package let dossier: DossierID?
        /// 12 characters: the item it comes from; nil likewise.
        package let catalogCode: String?
        package let validFrom: CivilDate
        /// The last day of validity; nil for long-term.
        package let validUntil: CivilDate?
        /// The certificate whose place it takes; nil for any other.
        package let supersedes: CertificateID?

        package init(
            identifier: CertificateIdentifier, holder: PersonID, origin: (dossier: DossierID, catalogCode: String)?,
            validFrom: CivilDate, validUntil: CivilDate?, supersedes: CertificateID? = nil
        ) {
            self.identifier = identifier
            self.holder = holder
            dossier = origin?.dossier
            catalogCode = origin?.catalogCode
            self.validFrom = validFrom
            self.validUntil = validUntil
            self.supersedes = supersedes
        }
    }

    /// What the face shows of people.
    package struct Personal: Hashable, Sendable, Codable {
        package let holderName: String
        package let holderNumber: String
        /// 001 credit code, 111 identity card (持证主体代码类型).
        package let holderNumberType: String
        package let typeName: String
        package let issuerName: String
        /// The type's own fields, by id.
        package let face: [String: String]

        package init(
            holder: (name: String, number: String, numberType: String), names: (type: String, issuer: String),
            face: [String: String]
        ) {
            holderName = holder.name
            holderNumber = holder.number
            holderNumberType = holder.numberType
            typeName = names.type
            issuerName = names.issuer
            self.face = face
        }
    }

    /// The signature over the canonical data.
    package struct Filing: Hashable, Sendable, Codable {
        /// SHA-256 of the canonical data, in hexadecimal.
        package let digest: String
        package let algorithm: String
        package let keyID: String
        /// Base 64.
        package let signature: String
        package let signedAt: Instant
        /// The edition of the data that were signed; nil for the first.
        package let edition: Int?
        /// The sealed file; nil for what has none yet, as records taken over from elsewhere.
        package let file: SealedFile?

        package init(
            digest: String, algorithm: String, keyID: String, signature: String, signedAt: Instant,
            edition: Int? = CertificateData.newestEdition, file: SealedFile? = nil
        ) {
            (self.edition, self.file) = (edition, file)
            self.digest = digest
            self.algorithm = algorithm
            self.keyID = keyID
            self.signature = signature
            self.signedAt = signedAt
        }
    }

    /// The sealed OFD of a certificate, as it was made once and for all.
    package struct SealedFile: Hashable, Sendable, Codable {
        /// SHA-256 of its bytes, in hexadecimal: the name under which they are kept.
        package let digest: String
        /// Bytes.
        package let size: Int
        /// The seal's number in the register.
        package let seal: String

        package init(_ ref: BlobRef, seal: String) {
            (digest, size, self.seal) = (ref.digest, ref.size, seal)
        }
    }

    /// Why something was done, in the officer's own words: what can be forgotten.
    package struct Note: Hashable, Sendable, Codable {
        package let text: String

        package init(_ text: String) { self.text = text }
    }

    /// 年检: one year's check.
    package struct Check: Hashable, Sendable, Codable {
        package let year: Int
        package let passed: Bool

        package init(year: Int, passed: Bool) { (self.year, self.passed) = (year, passed) }
    }
}
