package import Vocabulary

/// The dates of one dossier, from its stage and its terms.
extension DossierRules {
    /// By when somebody of the authority must act: accept, decide or deliver. Nil while the applicant must act, and at
    /// the end.
    package func due(of dossier: Dossier) -> Due? {
        switch dossier.stage {
        case .preReview(let since): clock.due(LegalClock.preReview, after: since)
        case .received(let since): clock.due(LegalClock.acceptance, after: since)
        case .inReview, .reviewed: decisionDue(dossier, dossier.submitted.terms.promised)
        case .granted(let decision, _), .certified(let decision, _), .refused(let decision),
            .issued(let decision, _, _):
            clock.due(dossier.submitted.terms.delivery, after: decision.at)
        case .preReviewReturned, .awaitingOriginals, .correctionRequested, .handedOver, .ended: nil
        }
    }

    /// By when the law wants a decision; nil before acceptance and once there is one.
    package func statutoryDue(of dossier: Dossier) -> Due? {
        switch dossier.stage {
        case .inReview, .reviewed: decisionDue(dossier, dossier.submitted.terms.statutory)
        default: nil
        }
    }

    /// By when the applicant must correct; nil when nothing is asked of her.
    package func correctionDue(of dossier: Dossier) -> Due? {
        guard case .correctionRequested(let since, _) = dossier.stage else { return nil }
        return clock.due(dossier.submitted.terms.correction, after: since)
    }

    /// The instant from which a limit runs: the receipt or the acceptance, as its article says. Nil before that.
    package func start(of limit: TimeLimit, for dossier: Dossier) -> Instant? {
        switch limit.startsAt {
        case .receipt: dossier.receivedAt
        case .acceptance: dossier.acceptance?.from
        }
    }

    /// By when the decision of an acceptance was promised, whatever has happened since.
    package func promisedDue(of dossier: Dossier, acceptedAt: Instant) -> Due {
        let limit = dossier.submitted.terms.promised
        let start = limit.startsAt == .receipt ? dossier.receivedAt ?? acceptedAt : acceptedAt
        return clock.due(limit, after: start, today: start.day)
    }

    private func decisionDue(_ dossier: Dossier, _ limit: TimeLimit) -> Due? {
        guard let start = start(of: limit, for: dossier) else { return nil }
        return clock.due(limit, after: start, today: start.day)
    }
}
