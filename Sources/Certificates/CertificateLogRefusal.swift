package import Vocabulary

/// Why the public log of certificates does not answer, or a proof does not hold.
package enum CertificateLogRefusal: String, Refusal, CaseIterable {
    /// The certificate has no line that a checkpoint covers; the next checkpoint comes within a minute.
    case notLogged = "certificate-log.not-logged"
    /// There is no checkpoint, tile, bundle or line with this address.
    case noSuchPart = "certificate-log.no-such-part"
    /// The proof was made for another entry, or the log has another root.
    case notIncluded = "certificate-log.not-included"
    /// The proof is of another log.
    case otherLog = "certificate-log.other-log"
    /// The line is not this certificate's.
    case otherCertificate = "certificate-log.other-certificate"
    /// What goes along with the proof cannot be read.
    case unreadable = "certificate-log.unreadable"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notLogged, .noSuchPart: .notFound
        case .notIncluded, .otherLog, .otherCertificate, .unreadable: .invalid
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
