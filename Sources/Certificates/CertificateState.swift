package import Vocabulary

extension Certificate {
    /// Where a certificate stands in its life, by its events alone. What the day makes of it, `standing(on:)` says.
    package enum State: Int, Sendable, Codable, CaseIterable {
        /// The number is reserved; nothing can be shown.
        case draft = 0
        /// 制证: the face is made and waits for its signature.
        case made = 1
        /// 签发: signed; in force within its days.
        case issued = 2
        /// It may not be used until the restriction is lifted.
        case restricted = 3
        /// 暂扣: taken for a while.
        case suspended = 4
        /// 变更: a later version took its place.
        case superseded = 5
        /// 注销.
        case cancelled = 6
        /// 撤销 or 吊销.
        case revoked = 7
        /// 撤回.
        case recalled = 8
        /// Its days are over, and the library has written it down.
        case expired = 9
        /// 归档: over, and out of the lists of what is dealt with.
        case archived = 10

        /// Whether it ended before its time.
        package var hasEnded: Bool {
            switch self {
            case .superseded, .cancelled, .revoked, .recalled: true
            case .draft, .made, .issued, .restricted, .suspended, .expired, .archived: false
            }
        }

        /// Whether it was signed and its life is not over by any deed.
        package var isOpen: Bool {
            switch self {
            case .issued, .restricted, .suspended: true
            case .draft, .made, .superseded, .cancelled, .revoked, .recalled, .expired, .archived: false
            }
        }
    }

    /// What is true of a certificate on a day. The raw values stand in the open interface.
    package enum Standing: String, Sendable, CaseIterable {
        case reserved, notYetValid, valid, restricted, suspended, expired, ended
    }

    /// What a sharing service answers for it (GB/T 36906 as deployed).
    package enum SharingAnswer: Int, Sendable, CaseIterable {
        case valid = 0
        /// Recalled, revoked, cancelled or superseded.
        case ended = 21
        case expired = 22
        /// Restricted or suspended.
        case restricted = 23
        /// Not signed yet, or its first day is still to come.
        case notInForce = 99
    }
}

/// What a state, its days and a day say together: for the fold and for rows of lists alike.
package struct CertificateDays: Hashable, Sendable {
    package let state: Certificate.State
    package let validFrom: CivilDate
    /// The last day; nil for long-term.
    package let validUntil: CivilDate?

    package init(_ state: Certificate.State, from validFrom: CivilDate, until validUntil: CivilDate?) {
        (self.state, self.validFrom, self.validUntil) = (state, validFrom, validUntil)
    }

    /// Whether the last day is past.
    package func isOver(on day: CivilDate) -> Bool { validUntil.map { day > $0 } ?? false }

    /// What is true on a day. What is over is invalid without anybody's deed.
    package func standing(on day: CivilDate) -> Certificate.Standing {
        switch state {
        case .draft, .made: return .reserved
        case .superseded, .cancelled, .revoked, .recalled: return .ended
        case .expired: return .expired
        case .archived: return isOver(on: day) ? .expired : .ended
        case .issued, .restricted, .suspended: break
        }
        if day < validFrom { return .notYetValid }
        if isOver(on: day) { return .expired }
        switch state {
        case .restricted: return .restricted
        case .suspended: return .suspended
        default: return .valid
        }
    }

    /// What a sharing service answers on a day.
    package func sharing(on day: CivilDate) -> Certificate.SharingAnswer {
        switch standing(on: day) {
        case .valid: .valid
        case .ended: .ended
        case .expired: .expired
        case .restricted, .suspended: .restricted
        case .reserved, .notYetValid: .notInForce
        }
    }

    /// The day on which the library has something to write down without anybody's deed: thirty days before the end the
    /// holder is told, the day after it the end is noted. Nil where there is nothing to come.
    func wake(hasToldNearing: Bool) -> CivilDate? {
        guard state.isOpen, let validUntil else { return nil }
        let nearing = validUntil.advanced(byDays: -CertificateRules.nearingDays)
        return hasToldNearing || nearing <= validFrom ? validUntil.advanced(byDays: 1) : nearing
    }

    /// Every day on which one with this last day can have something to come.
    static func wakes(until validUntil: CivilDate?) -> [CivilDate] {
        validUntil.map { [$0.advanced(byDays: -CertificateRules.nearingDays), $0.advanced(byDays: 1)] } ?? []
    }
}
