import Signing
package import Vocabulary

/// What may happen to a seal.
package enum SealRules {
    /// LIMIT: characters of a remark.
    package static let remarkCharactersMax = 200

    /// A body gets a seal. It has one at a time: `existing` is the one that it has now, or had last.
    package static func make(
        _ edition: Seal.Edition, for body: CreditCode, number: String, existing: Seal?, _ reason: SealReason
    ) throws(SealRefusal) -> SealEvent {
        guard existing.map({ $0.revokedAt != nil }) ?? true else { throw .alreadyMade }
        guard edition.bytes.bytes.count <= Seal.bytesMax else { throw .tooLarge }
        guard edition.validFrom < edition.validUntil else { throw .shorterPeriod }
        return .made(body, number: number, edition, reason)
    }

    /// It takes another period, and the certificates of that period.
    package static func renew(
        _ edition: Seal.Edition, of seal: Seal, _ reason: SealReason
    ) throws(SealRefusal) -> SealEvent {
        guard seal.revokedAt == nil else { throw .alreadyRevoked }
        guard edition.bytes.bytes.count <= Seal.bytesMax else { throw .tooLarge }
        guard edition.validFrom < edition.validUntil, edition.validUntil > seal.current.validUntil else {
            throw .shorterPeriod
        }
        guard [.periodEnds, .nameChanged, .mistake, .order].contains(reason) else { throw .unfitReason }
        return .renewed(edition, reason)
    }

    /// It rests until it is resumed. Nothing that was sealed before is touched.
    package static func suspend(
        _ seal: Seal, _ reason: SealReason, remark: String?
    ) throws(SealRefusal) -> SealEvent {
        guard seal.revokedAt == nil else { throw .alreadyRevoked }
        guard !isSuspended(seal) else { throw .alreadySuspended }
        guard seal.suspensions.count < TrustList.SealSpan.suspensionsMax else { throw .tooManySuspensions }
        guard [.keyLost, .keyCompromised, .order, .mistake].contains(reason) else { throw .unfitReason }
        return .suspended(reason, remark: try checked(remark))
    }

    /// It may be used again.
    package static func resume(
        _ seal: Seal, _ reason: SealReason, remark: String?
    ) throws(SealRefusal) -> SealEvent {
        guard seal.revokedAt == nil else { throw .alreadyRevoked }
        guard isSuspended(seal) else { throw .notSuspended }
        guard [.settled, .order].contains(reason) else { throw .unfitReason }
        return .resumed(reason, remark: try checked(remark))
    }

    /// It ends before its time, from an instant that is not in the future and not before its making.
    package static func revoke(
        _ seal: Seal, from: Instant, _ reason: SealReason, remark: String?, at now: Instant
    ) throws(SealRefusal) -> SealEvent {
        guard seal.revokedAt == nil else { throw .alreadyRevoked }
        guard from <= now, from >= seal.madeAt else { throw .unfitInstant }
        guard ![.established, .settled].contains(reason) else { throw .unfitReason }
        return .revoked(from: from, reason, remark: try checked(remark))
    }

    private static func isSuspended(_ seal: Seal) -> Bool { seal.suspensions.last.map { $0.until == nil } ?? false }

    static func checked(_ remark: String?) throws(SealRefusal) -> String? {
        guard let remark else { return nil }
        guard (1...remarkCharactersMax).contains(remark.count) else { throw .unfitRemark }
        return remark
    }
}

/// Why a seal cannot be what is asked.
package enum SealRefusal: String, Refusal, CaseIterable {
    case notFound = "seal.not-found"
    case alreadyMade = "seal.already-made"
    case alreadySuspended = "seal.already-suspended"
    case notSuspended = "seal.not-suspended"
    case alreadyRevoked = "seal.already-revoked"
    /// A period that is none, or does not go beyond the one before.
    case shorterPeriod = "seal.shorter-period"
    case unfitReason = "seal.unfit-reason"
    case unfitRemark = "seal.unfit-remark"
    case unfitInstant = "seal.unfit-instant"
    case tooLarge = "seal.too-large"
    case tooManySuspensions = "seal.too-many-suspensions"
    /// It is suspended, over or not begun: nothing can be sealed with it now.
    case notUsable = "seal.not-usable"
    /// No authority was set up, so that nobody can make seals.
    case noCeremony = "seal.no-ceremony"
    /// The ceremony was held already.
    case ceremonyHeld = "seal.ceremony-held"
    /// This process holds no keys of seals.
    case noKeys = "seal.no-keys"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .unfitReason, .unfitRemark, .unfitInstant, .shorterPeriod: .invalid
        case .tooLarge: .tooLarge
        case .alreadyMade, .alreadySuspended, .notSuspended, .alreadyRevoked, .tooManySuspensions, .notUsable,
            .noCeremony, .ceremonyHeld, .noKeys:
            .conflict
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
