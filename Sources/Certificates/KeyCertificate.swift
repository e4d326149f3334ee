package import Signing
package import Store
package import Vocabulary

/// A certificate of one of the house's keys: authority, seal maker, body. The register knows which were taken back.
package struct KeyCertificate: Equatable, Sendable {
    package let id: KeyCertificateID
    package private(set) var sequence: Int
    package let role: KeyRole
    package let certificate: X509Certificate
    package let issuedAt: Instant
    /// From this instant on its signatures count no more; nil for one that was not taken back.
    package private(set) var revokedAt: Instant?

    init(_ id: KeyCertificateID, _ role: KeyRole, _ certificate: X509Certificate, at: Instant) {
        (self.id, self.role, self.certificate, issuedAt) = (id, role, certificate, at)
        sequence = 1
    }

    /// The fold of all entries of one certificate; nil when there are none.
    package static func folded(_ id: KeyCertificateID, _ entries: [JournalEntry]) throws -> KeyCertificate? {
        guard let first = entries.first else { return nil }
        guard case .issued(let role, let certificate) = try KeyCertificateEvent(first) else {
            throw Fault.corrupt("key certificate \(id) does not begin with its issue")
        }
        var folded = KeyCertificate(id, role, certificate, at: first.at)
        for entry in entries.dropFirst() {
            guard case .revoked(let from, _, _) = try KeyCertificateEvent(entry) else {
                throw Fault.corrupt("key certificate \(id) was issued twice")
            }
            folded.sequence += 1
            folded.revokedAt = from
        }
        return folded
    }

    /// Takes it back from an instant that is not in the future and not before its issue.
    package func revoke(
        from: Instant, _ reason: SealReason, remark: String? = nil, at now: Instant
    ) throws(SealRefusal) -> KeyCertificateEvent {
        guard revokedAt == nil else { throw .alreadyRevoked }
        guard from <= now, from >= issuedAt else { throw .unfitInstant }
        guard ![.established, .settled].contains(reason) else { throw .unfitReason }
        return .revoked(from: from, reason, remark: try SealRules.checked(remark))
    }
}

/// What happened to a certificate of a key. Events are for ever.
package enum KeyCertificateEvent: Hashable, Sendable, JournalEvent {
    case issued(KeyRole, X509Certificate)
    /// A remark is words of whoever did it; it can be erased.
    case revoked(from: Instant, SealReason, remark: String?)

    private struct Issue: Codable { let role: KeyRole; let certificate: X509Certificate }
    private struct Revocation: Codable { let from: Instant; let reason: SealReason }
    private struct Remark: Codable { let remark: String }

    package static let version = 1

    package var kind: String {
        switch self {
        case .issued: "key-certificate.issued"
        case .revoked: "key-certificate.revoked"
        }
    }

    package func publicPart() throws -> [UInt8] {
        switch self {
        case .issued(let role, let certificate):
            try CanonicalJSON.bytes(of: Issue(role: role, certificate: certificate))
        case .revoked(let from, let reason, _):
            try CanonicalJSON.bytes(of: Revocation(from: from, reason: reason))
        }
    }

    package func personalPart() throws -> [UInt8]? {
        guard case .revoked(_, _, .some(let remark)) = self else { return nil }
        return try CanonicalJSON.bytes(of: Remark(remark: remark))
    }

    /// Reads what was written; throws `Fault.corrupt` for a kind or version that nobody ever wrote.
    package init(_ entry: JournalEntry) throws {
        guard entry.version == Self.version else { throw Fault.corrupt("\(entry.kind) version \(entry.version)") }
        switch entry.kind {
        case "key-certificate.issued":
            let issue: Issue = try CanonicalJSON.value(in: entry.body)
            self = .issued(issue.role, issue.certificate)
        case "key-certificate.revoked":
            let end: Revocation = try CanonicalJSON.value(in: entry.body)
            let remark = try entry.personal.map { (try CanonicalJSON.value(in: $0.bytes) as Remark).remark }
            self = .revoked(from: end.from, end.reason, remark: remark)
        default: throw Fault.corrupt("no event is called \(entry.kind)")
        }
    }
}
