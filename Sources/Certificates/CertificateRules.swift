import Store
package import Vocabulary

/// What may happen to a certificate.
package enum CertificateRules {
    /// Files the signature. The digest must be that of the certificate's own data: nobody signs another's.
    package static func file(
        _ filing: Certificate.Filing, on certificate: Certificate
    ) throws(CertificateRefusal) -> CertificateEvent {
        guard certificate.filing == nil else { throw .alreadyFiled }
        guard try digest(of: certificate) == filing.digest else { throw .otherData }
        return .filed(filing)
    }

    private static func digest(of certificate: Certificate) throws(CertificateRefusal) -> String {
        guard let data = CertificateData(certificate) else { throw .forgotten }
        do {
            return BlobRef(of: try data.bytes()).digest
        } catch {
            preconditionFailure("strings and days can always be written as JSON")
        }
    }
}

/// Why a certificate cannot be what is asked.
package enum CertificateRefusal: String, Refusal, CaseIterable {
    case notFound = "certificate.not-found"
    case alreadyFiled = "certificate.already-filed"
    case otherData = "certificate.other-data"
    case forgotten = "certificate.forgotten"
    case malformedIdentifier = "certificate.malformed-identifier"
    case unknownType = "certificate.unknown-type"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .malformedIdentifier, .unknownType: .invalid
        case .alreadyFiled, .otherData, .forgotten: .conflict
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
