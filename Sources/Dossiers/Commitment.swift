package import Vocabulary

/// 告知承诺制: the applicant was told the conditions and signed that she meets them; the decision is taken at once and
/// what was promised is verified afterwards. A false commitment undoes the grant and bars further commitments
/// (国办发〔2020〕42号).
package enum Verification: Hashable, Sendable {
    /// To be verified; the days run from the decision.
    case due
    case kept(Instant)
    case broken(Instant)
}

/// What happened to a commitment after the decision.
package enum CommitmentEvent: Hashable, Sendable {
    /// At least two members of staff looked (行政许可法 art. 34(3)).
    case verified(isKept: Bool, staff: [StaffID], DossierEvent.Note?)
}

/// What is wanted of a commitment after the decision.
package enum CommitmentCommand: Hashable, Sendable, Codable {
    case verify(isKept: Bool, staff: [StaffID], note: String)
}

extension CommitmentEvent: DossierEventPart {
    private struct Verified: Codable { let isKept: Bool; let staff: [StaffID] }

    static let kinds = ["dossier.commitment-verified"]

    var kind: String { Self.kinds[0] }

    var open: any Encodable {
        switch self {
        case .verified(let isKept, let staff, _): Verified(isKept: isKept, staff: staff)
        }
    }

    var personal: (any Encodable)? {
        switch self {
        case .verified(_, _, let note): note
        }
    }

    init?(_ kind: String, _ parts: DossierEventParts) throws {
        guard kind == Self.kinds[0] else { return nil }
        let verified: Verified = try parts.open()
        self = .verified(isKept: verified.isKept, staff: verified.staff, try parts.personal())
    }
}
