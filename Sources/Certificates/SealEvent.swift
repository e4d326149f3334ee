package import Store
package import Vocabulary

/// Why something was done to a seal.
package enum SealReason: String, Sendable, Codable, CaseIterable {
    /// A body got its first seal (新刻).
    case established
    /// The period ends (到期换章).
    case periodEnds
    /// The body has another name (机构更名).
    case nameChanged
    /// Nobody knows where the key is (密钥遗失).
    case keyLost
    /// Somebody else may have the key (密钥泄露).
    case keyCompromised
    /// The body is there no more (机构撤销).
    case bodyDissolved
    /// Made in error (制作差错).
    case mistake
    /// An order of whoever is responsible for seals (管理需要).
    case order
    /// What the suspension was for is settled (原因消除).
    case settled

    /// Whether the key may be in other hands, so that its certificates go too.
    package var endsKey: Bool {
        switch self {
        case .keyLost, .keyCompromised, .bodyDissolved: true
        case .established, .periodEnds, .nameChanged, .mistake, .order, .settled: false
        }
    }
}

/// What happened to a seal. Events are for ever.
package enum SealEvent: Hashable, Sendable, JournalEvent {
    case made(CreditCode, number: String, Seal.Edition, SealReason)
    case renewed(Seal.Edition, SealReason)
    /// A remark is words of whoever did it; it can be erased.
    case suspended(SealReason, remark: String?)
    case resumed(SealReason, remark: String?)
    /// `from` may lie before the deed: signatures from then on count no more.
    case revoked(from: Instant, SealReason, remark: String?)

    private struct Making: Codable {
        let body: CreditCode
        let number: String
        let edition: Seal.Edition
        let reason: SealReason
    }
    private struct Renewal: Codable { let edition: Seal.Edition; let reason: SealReason }
    private struct Deed: Codable { let reason: SealReason }
    private struct Revocation: Codable { let from: Instant; let reason: SealReason }
    private struct Remark: Codable { let remark: String }

    package static let version = 1

    package var kind: String {
        switch self {
        case .made: "seal.made"
        case .renewed: "seal.renewed"
        case .suspended: "seal.suspended"
        case .resumed: "seal.resumed"
        case .revoked: "seal.revoked"
        }
    }

    package func publicPart() throws -> [UInt8] {
        switch self {
        case .made(let body, let number, let edition, let reason):
            try CanonicalJSON.bytes(of: Making(body: body, number: number, edition: edition, reason: reason))
        case .renewed(let edition, let reason):
            try CanonicalJSON.bytes(of: Renewal(edition: edition, reason: reason))
        case .suspended(let reason, _), .resumed(let reason, _): try CanonicalJSON.bytes(of: Deed(reason: reason))
        case .revoked(let from, let reason, _):
            try CanonicalJSON.bytes(of: Revocation(from: from, reason: reason))
        }
    }

    package func personalPart() throws -> [UInt8]? {
        switch self {
        case .made, .renewed: nil
        case .suspended(_, let remark), .resumed(_, let remark), .revoked(_, _, let remark):
            try remark.map { try CanonicalJSON.bytes(of: Remark(remark: $0)) }
        }
    }

    /// Reads what was written; throws `Fault.corrupt` for a kind or version that nobody ever wrote.
    package init(_ entry: JournalEntry) throws {
        guard entry.version == Self.version else { throw Fault.corrupt("\(entry.kind) version \(entry.version)") }
        let remark = try entry.personal.map { (try CanonicalJSON.value(in: $0.bytes) as Remark).remark }
        switch entry.kind {
        case "seal.made":
            let making: Making = try CanonicalJSON.value(in: entry.body)
            self = .made(making.body, number: making.number, making.edition, making.reason)
        case "seal.renewed":
            let renewal: Renewal = try CanonicalJSON.value(in: entry.body)
            self = .renewed(renewal.edition, renewal.reason)
        case "seal.suspended":
            self = .suspended((try CanonicalJSON.value(in: entry.body) as Deed).reason, remark: remark)
        case "seal.resumed":
            self = .resumed((try CanonicalJSON.value(in: entry.body) as Deed).reason, remark: remark)
        case "seal.revoked":
            let end: Revocation = try CanonicalJSON.value(in: entry.body)
            self = .revoked(from: end.from, end.reason, remark: remark)
        default: throw Fault.corrupt("no event is called \(entry.kind)")
        }
    }
}
