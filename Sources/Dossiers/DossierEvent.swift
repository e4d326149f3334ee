import Store
package import Vocabulary

/// What happened to a dossier. Events are for ever: never renamed, never reinterpreted.
package enum DossierEvent: Hashable, Sendable {
    case submitted(Submitted, Submission.Personal?)
    case preReviewReturned([MaterialDefect], Note?)
    case resubmitted([HandedIn])
    case preReviewPassed(bySilence: Bool)
    /// The five working days of art. 32(4) start here.
    case received
    case correctionRequested([MaterialDefect], Note?)
    case corrected([HandedIn])
    /// Mended on the spot, without a notice (art. 32(3)).
    case mended([HandedIn])
    /// `from` is the instant at which acceptance takes effect: now, or the receipt when silence accepted.
    case accepted(from: Instant, bySilence: Bool)
    /// `authority` names the right one where the matter is another's (art. 32(2)).
    case declined(DeclineGround, authority: String?, Note?)
    case reviewPassed(ReviewProposal, Note?)
    case returnedToReviewer(Note?)
    case granted(CertificateID?, Note?)
    /// `standard` names the technical standard where an inspection or a test did not pass (art. 55).
    case refused(standard: String?, Note?)
    case certificateFiled(CertificateID)
    case issued(PickUp?)
    case handedOver(HandOverProof, Recipient?)
    case closed
    case withdrawn(Note?)
    case terminated(Note?)
    /// The corrections did not come in time.
    case lapsed
    case special(SpecialEvent)
    case hearing(HearingEvent)
    case extended(ExtensionEvent)
    case party(PartyEvent)
    case tolerance(ToleranceEvent)
    case commitment(CommitmentEvent)
    case licence(LicenceEvent)
    case overrun(OverrunEvent)
    case handling(HandlingEvent)
    case clock(ClockEvent)

    /// The public part of `submitted`.
    package struct Submitted: Hashable, Sendable, Codable {
        package let terms: Terms
        package let mode: ServiceMode
        package let delivery: DeliveryMode
        package let situation: [String: String]
        package let applicant: PersonID
        package let agent: PersonID?
        package let numbers: DossierNumbers
        package let materials: [HandedIn]
        package let hall: Region?
        /// Whether the applicant signed the commitment that the item offers; nil counts as no.
        package let isCommitted: Bool?
        package let renewal: Renewal?
        /// Nil for anything but a change; older events have none.
        package let change: LicenceChange?
        /// What she was told that the courier with the result costs her, in cents; nil where it is free, or none comes.
        package let agreedCents: Int?
    }

    /// Free text.
    package struct Note: Hashable, Sendable, Codable {
        package let text: String
    }

    /// The code that opens the result at the issuing window.
    package struct PickUp: Hashable, Sendable, Codable {
        package let code: String
    }

    /// Who took the result.
    package struct Recipient: Hashable, Sendable, Codable {
        package let name: String
    }

    /// Whether the law or the platform acted, not the person who gave the command.
    package var isByLaw: Bool {
        switch self {
        case .preReviewPassed(let bySilence): bySilence
        case .accepted(_, let bySilence): bySilence
        case .hearing(.waived(let bySilence)): bySilence
        case .lapsed, .tolerance(.lapsed), .clock, .handling(.fellBack), .handling(.closed): true
        default: false
        }
    }
}
