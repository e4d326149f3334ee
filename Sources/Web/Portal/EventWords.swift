import Dossiers

extension DossierEvent {
    var word: Word {
        switch self {
        case .submitted: Word("event.submitted")
        case .preReviewReturned: Word("event.pre-review-returned")
        case .resubmitted: Word("event.resubmitted")
        case .preReviewPassed: Word("event.pre-review-passed")
        case .received: Word("event.received")
        case .correctionRequested: Word("event.correction-requested")
        case .corrected: Word("event.corrected")
        case .mended: Word("event.mended")
        case .accepted: Word("event.accepted")
        case .declined: Word("event.declined")
        case .reviewPassed: Word("event.review-passed")
        case .returnedToReviewer: Word("event.returned-to-reviewer")
        case .granted: Word("event.granted")
        case .refused: Word("event.refused")
        case .certificateFiled: Word("event.certificate-filed")
        case .issued: Word("event.issued")
        case .handedOver: Word("event.handed-over")
        case .closed: Word("event.closed")
        case .withdrawn: Word("event.withdrawn")
        case .terminated: Word("event.terminated")
        case .lapsed: Word("event.lapsed")
        case .special(let event): event.word
        case .hearing(let event): event.word
        case .extended(let event): event.word
        case .party(.informed): Word("event.party-informed")
        case .party(.heard): Word("event.party-heard")
        case .tolerance(let event): event.word
        case .commitment(.verified(let isKept, _, _)):
            isKept ? Word("event.commitment-kept") : Word("event.commitment-broken")
        case .commitment(.announced): Word("event.verification-announced")
        case .licence(.ended(let end, _)): end.kind.word
        case .overrun(.explained): Word("event.overrun-explained")
        case .handling(let event): event.word
        case .clock(let event): event.word
        }
    }
}

extension SpecialEvent {
    var word: Word {
        switch self {
        case .begun: Word("event.special-begun")
        case .prolonged: Word("event.special-prolonged")
        case .ended: Word("event.special-ended")
        }
    }

    var procedure: SpecialProcedure {
        switch self {
        case .begun(let procedure, _, _), .prolonged(let procedure, _, _), .ended(let procedure, _, _): procedure
        }
    }
}

extension SpecialProcedure {
    var word: Word {
        switch self {
        case .tender: Word("special.tender")
        case .auction: Word("special.auction")
        case .inspection: Word("special.inspection")
        case .testing: Word("special.testing")
        case .quarantine: Word("special.quarantine")
        case .appraisal: Word("special.appraisal")
        case .expertReview: Word("special.expert-review")
        }
    }
}

extension HearingEvent {
    var word: Word {
        switch self {
        case .told: Word("event.hearing-told")
        case .requested: Word("event.hearing-requested")
        case .waived(let bySilence): bySilence ? Word("event.hearing-not-asked") : Word("event.hearing-waived")
        case .scheduled: Word("event.hearing-scheduled")
        case .held: Word("event.hearing-held")
        }
    }
}

extension ExtensionEvent {
    var word: Word {
        switch self {
        case .requested: Word("event.extension-requested")
        case .approved: Word("event.extension-approved")
        case .denied: Word("event.extension-denied")
        }
    }
}

extension ToleranceEvent {
    var word: Word {
        switch self {
        case .granted: Word("event.tolerance-granted")
        case .supplied: Word("event.tolerance-supplied")
        case .lapsed: Word("event.tolerance-lapsed")
        }
    }
}

extension LicenceEnd.Kind {
    var word: Word {
        switch self {
        case .recalled: Word("event.licence-recalled")
        case .revoked: Word("event.licence-revoked")
        case .cancelled: Word("event.licence-cancelled")
        }
    }
}

extension ClockEvent {
    var word: Word {
        switch self {
        case .nearing: Word("event.limit-nearing")
        case .passed(let limit, _): limit.word
        case .renewed: Word("event.renewed-by-silence")
        }
    }
}

extension ClockLimit {
    var word: Word {
        switch self {
        case .promised: Word("event.passed-promised")
        case .statutory: Word("event.passed-statutory")
        case .delivery: Word("event.passed-delivery")
        case .special: Word("event.passed-special")
        case .hearing: Word("event.passed-hearing")
        case .verification: Word("event.passed-verification")
        case .step: Word("event.passed-step")
        }
    }
}

extension HandlingEvent {
    var word: Word {
        switch self {
        case .passed: Word("event.step-passed")
        case .sentBack: Word("event.step-sent-back")
        case .taken: Word("event.taken")
        case .assigned(_, .assigned, _): Word("event.assigned")
        case .assigned(_, .delegated, _): Word("event.delegated")
        case .givenBack: Word("event.given-back")
        case .urged(.applicant, _): Word("event.urged-by-applicant")
        case .urged(.office, _): Word("event.urged-by-office")
        case .recused(_, let isRuled, _): isRuled ? Word("event.recusal-ruled") : Word("event.recused")
        case .asked: Word("event.opinions-asked")
        case .answered: Word("event.opinion-given")
        case .closed(let silent, _): silent.isEmpty ? Word("event.opinions-closed") : Word("event.opinions-silent")
        case .fellBack: Word("event.fell-back")
        case .actedFor: Word("event.acted-for")
        case .assisted: Word("event.assisted")
        }
    }
}
