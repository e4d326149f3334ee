package import Vocabulary

/// Why a certificate cannot be what is asked.
package enum CertificateRefusal: String, Refusal, CaseIterable {
    case notFound = "certificate.not-found"
    case alreadyFiled = "certificate.already-filed"
    case otherData = "certificate.other-data"
    case forgotten = "certificate.forgotten"
    case malformedIdentifier = "certificate.malformed-identifier"
    case unknownType = "certificate.unknown-type"
    /// The code on a face cannot be read: cut off, mistyped, or not one of ours.
    case malformedCode = "certificate.malformed-code"
    /// A copy must say what it is for, and until when within the limit.
    case malformedCopy = "certificate.malformed-copy"
    /// The house has no seals: nothing can be made of it but signed data.
    case noFile = "certificate.no-file"
    /// The face does not say until when it is valid, where its type says that it must.
    case validityUnreadable = "certificate.validity-unreadable"
    case alreadyMade = "certificate.already-made"
    /// Not signed yet.
    case notIssued = "certificate.not-issued"
    case hasEnded = "certificate.has-ended"
    case hasExpired = "certificate.has-expired"
    case isArchived = "certificate.is-archived"
    case alreadyRestricted = "certificate.already-restricted"
    case notRestricted = "certificate.not-restricted"
    /// Only what is over can be archived.
    case stillInForce = "certificate.still-in-force"
    /// Certificates of this type are not checked every year.
    case noAnnualCheck = "certificate.no-annual-check"
    /// The ground is not one of this deed.
    case wrongGround = "certificate.wrong-ground"
    case reasonMissing = "certificate.reason-missing"
    case textTooLong = "certificate.text-too-long"
    /// It was made by a case: the licence ends in the case, and the certificate with it.
    case endsWithItsCase = "certificate.ends-with-its-case"
    /// A search must say for which body, holder, number or identifier.
    case searchTooWide = "certificate.search-too-wide"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notFound, .noFile: .notFound
        case .malformedIdentifier, .malformedCode, .malformedCopy, .unknownType, .validityUnreadable, .wrongGround,
            .reasonMissing, .textTooLong,
            .searchTooWide:
            .invalid
        case .alreadyFiled, .otherData, .forgotten, .alreadyMade, .notIssued, .hasEnded, .hasExpired, .isArchived,
            .alreadyRestricted, .notRestricted, .stillInForce, .noAnnualCheck, .endsWithItsCase:
            .conflict
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
