package import Vocabulary

/// 告知承诺制: the applicant was told the conditions and signed that she meets them; the decision is taken at once and
/// what was promised is verified afterwards. A false commitment undoes the grant and bars further commitments
/// (国办发〔2020〕42号).
package enum Verification: Hashable, Sendable {
    /// To be verified; the days run from the decision.
    case due
    case kept(Instant)
    case broken(Instant)

    /// When, where and by whom it is verified, as the applicant is told in writing.
    package struct Visit: Hashable, Sendable, Codable {
        package let day: CivilDate
        /// Minutes since midnight in Fuzhou, 0...1439.
        package let minute: Int
        package let place: String
        /// Two at least (行政许可法 art. 34(3)).
        package let staff: [StaffID]

        /// When it begins.
        package var at: Instant { Instant(day, hour: 0, minute: minute) }

        package init(day: CivilDate, minute: Int, place: String, staff: [StaffID]) {
            (self.day, self.minute, self.place, self.staff) = (day, minute, place, staff)
        }
    }
}

/// What happened to a commitment after the decision.
package enum CommitmentEvent: Hashable, Sendable {
    /// At least two members of staff looked (行政许可法 art. 34(3)).
    case verified(isKept: Bool, staff: [StaffID], DossierEvent.Note?)
    /// The applicant was told when it will be verified; a later notice takes the place of an earlier one.
    case announced(Verification.Visit)
}

/// What is wanted of a commitment after the decision.
package enum CommitmentCommand: Hashable, Sendable, Codable {
    case verify(isKept: Bool, staff: [StaffID], note: String)
    case announce(Verification.Visit)
}

extension CommitmentEvent: DossierEventPart {
    private struct Verified: Codable { let isKept: Bool; let staff: [StaffID] }

    static let kinds = ["dossier.commitment-verified", "dossier.verification-announced"]

    var kind: String {
        switch self {
        case .verified: Self.kinds[0]
        case .announced: Self.kinds[1]
        }
    }

    var open: any Encodable {
        switch self {
        case .verified(let isKept, let staff, _): Verified(isKept: isKept, staff: staff)
        case .announced(let visit): visit
        }
    }

    var personal: (any Encodable)? {
        switch self {
        case .verified(_, _, let note): note
        case .announced: nil
        }
    }

    init?(_ kind: String, _ parts: DossierEventParts) throws {
        switch kind {
        case Self.kinds[0]:
            let verified: Verified = try parts.open()
            self = .verified(isKept: verified.isKept, staff: verified.staff, try parts.personal())
        case Self.kinds[1]: self = .announced(try parts.open())
        default: return nil
        }
    }
}
