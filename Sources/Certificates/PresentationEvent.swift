import Store
import Vocabulary

/// What happened to a presentation. The entries are a record only: nothing is decided by them.
enum PresentationEvent: Sendable, JournalEvent {
    case made(Presentation)
    /// The purpose is the viewer's words; it can be erased.
    case shown(Presentation, purpose: String)
    case ended(CertificateID)

    private struct Making: Encodable {
        let certificate: CertificateID
        let expiresAt: Instant
        let isOnce: Bool
    }
    private struct Look: Encodable {
        let certificate: CertificateID
        let presentation: PresentationID
    }
    private struct Deed: Encodable { let certificate: CertificateID }
    private struct Purpose: Encodable { let purpose: String }

    static let version = 1

    var kind: String {
        switch self {
        case .made: "presentation.made"
        case .shown: "presentation.shown"
        case .ended: "presentation.ended"
        }
    }

    func publicPart() throws -> [UInt8] {
        switch self {
        case .made(let made):
            try CanonicalJSON.bytes(
                of: Making(certificate: made.certificate, expiresAt: made.expiresAt, isOnce: made.isOnce))
        case .shown(let shown, _):
            try CanonicalJSON.bytes(of: Look(certificate: shown.certificate, presentation: shown.id))
        case .ended(let certificate): try CanonicalJSON.bytes(of: Deed(certificate: certificate))
        }
    }

    func personalPart() throws -> [UInt8]? {
        guard case .shown(_, let purpose) = self else { return nil }
        return try CanonicalJSON.bytes(of: Purpose(purpose: purpose))
    }
}
