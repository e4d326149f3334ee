package import Vocabulary

/// Why an application is not accepted.
package enum DeclineGround: String, Sendable, Codable, CaseIterable {
    /// No licence is needed (art. 32(1)).
    case notNeeded
    /// Another authority's matter (art. 32(2)): it is named.
    case otherAuthority
    /// The corrections asked for did not come or did not mend (art. 32(4)).
    case notCorrected
}

/// How a result was handed over, and to whom.
package enum HandOverProof: String, Sendable, Codable {
    /// At the issuing window against the pick-up code.
    case pickUpCode
    /// At the issuing window against the identity card of the applicant or the agent.
    case identityCard
    /// As the electronic certificate in the holder's account.
    case electronic
    /// At the door, as the courier reports.
    case courier
}

/// What somebody wants to happen to a dossier. Free text is personal and bounded by `Limits.textCharactersMax`.
package enum DossierCommand: Sendable, Hashable {
    /// The applicant files online, or a clerk files for a person at the counter.
    case submit(Submission)
    /// Before receipt, where paper comes later: sends the filing back once.
    case returnForPreReview([MaterialDefect], note: String)
    /// The applicant mends what a pre-review named, online or at a window.
    case resubmit([HandedIn])
    /// Before receipt: nothing to say against the filing; the paper may come.
    case passPreReview
    /// The originals are at the window.
    case receive
    /// Asks once, for everything.
    case requestCorrection([MaterialDefect], note: String)
    /// The applicant hands in what the notice named, online or at a window.
    case supplyCorrection([HandedIn])
    /// Mends on the spot what can be mended there (art. 32(3)).
    case mend([HandedIn])
    case accept
    /// `authority` names the right one when the matter is another's.
    case decline(DeclineGround, authority: String, note: String)
    /// The examination is finished and proposes a decision.
    case passReview(ReviewProposal, opinion: String)
    /// The decider is not content with the examination.
    case returnToReviewer(note: String)
    /// Grants; the certificate's id is made before, when the item makes one.
    case grant(grounds: String, certificate: CertificateID?)
    /// Refuses with reasons; `standard` names the technical standard where an inspection or a test did not pass.
    case refuse(grounds: String, standard: String)
    /// The certificate is signed and stands in the library.
    case fileCertificate(CertificateID)
    /// The result lies ready; the code opens it at the issuing window.
    case issue(pickUpCode: String)
    case handOver(HandOverProof, recipient: String)
    case close
    case withdraw(note: String)
    /// Ends a dossier that cannot go on: the applicant died or was dissolved.
    case terminate(note: String)
    /// Time has passed: whatever silence means by now, happens.
    case tick
    case special(SpecialCommand)
    case hearing(HearingCommand)
    case extend(ExtensionCommand)
    case party(PartyCommand)
    case tolerance(ToleranceCommand)
    case commitment(CommitmentCommand)
    case licence(LicenceCommand)
    case overrun(OverrunCommand)
    case handling(HandlingCommand)

    /// What the actor must be allowed to do: any one of these. What an applicant hands in, a clerk may take in for her.
    package var powers: [Power] {
        switch self {
        case .submit(let submission): submission.hall == nil ? [.apply] : [.receive]
        case .withdraw: [.apply]
        case .resubmit, .supplyCorrection: [.apply, .receive]
        case .returnForPreReview, .passPreReview, .receive, .requestCorrection, .mend, .accept, .decline: [.receive]
        case .passReview: [.review]
        case .returnToReviewer, .grant, .refuse, .terminate: [.decide]
        case .handOver(.electronic, _), .handOver(.courier, _): [.platform]
        case .handOver: [.issue]
        case .fileCertificate, .issue, .close, .tick: [.platform]
        case .special, .party, .hearing(.tell), .hearing(.schedule), .hearing(.record): [.review, .decide]
        case .hearing(.request), .hearing(.waive), .tolerance(.supply): [.apply, .receive]
        case .tolerance(.accept): [.receive]
        case .extend(.request), .commitment: [.review]
        case .extend(.approve(_, let authority, _)), .extend(.deny(let authority, _)): [authority.power]
        case .licence: [.decide, .lead]
        case .overrun: [.lead, .govern]
        case .handling(let command): command.powers(desk: nil)
        }
    }
}

/// What an examination proposes.
package enum ReviewProposal: String, Sendable, Codable, CaseIterable {
    case grant, refuse
}
