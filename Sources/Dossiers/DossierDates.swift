package import Vocabulary

/// The dates of one dossier, from its stage, its proceedings and its terms.
extension DossierRules {
    /// By when somebody of the authority must act: accept, decide or deliver. Nil while the applicant must act, which
    /// she must as well once what she fetches herself lies ready, and at the end.
    package func due(of dossier: Dossier) -> Due? {
        switch dossier.stage {
        case .preReview(let since): clock.due(LegalClock.preReview, after: since)
        case .received(let since): clock.due(LegalClock.acceptance, after: since)
        case .inReview, .reviewed: promisedDue(of: dossier)
        case .issued where dossier.isFetchedByApplicant: nil
        case .granted(let decision, _), .certified(let decision, _), .refused(let decision),
            .issued(let decision, _, _):
            clock.due(dossier.submitted.terms.delivery, after: decision.at)
        case .preReviewReturned, .awaitingOriginals, .correctionRequested, .handedOver, .ended: nil
        }
    }

    /// By when a decision is promised; nil before acceptance and once there is one.
    package func promisedDue(of dossier: Dossier) -> Due? {
        guard dossier.isBeingExamined else { return nil }
        return decisionDue(dossier, dossier.submitted.terms.promised)
    }

    /// By when the law wants a decision, extension included; nil before acceptance and once there is one.
    package func statutoryDue(of dossier: Dossier) -> Due? {
        guard dossier.isBeingExamined else { return nil }
        return decisionDue(dossier, statutoryLimit(of: dossier))
    }

    /// The statutory limit with its extension (行政许可法 art. 42); the promise is never extended.
    package func statutoryLimit(of dossier: Dossier) -> TimeLimit {
        dossier.submitted.terms.statutory.longer(by: dossier.proceedings.extended?.value ?? 0)
    }

    /// By when the applicant must correct; nil when nothing is asked of her.
    package func correctionDue(of dossier: Dossier) -> Due? {
        guard case .correctionRequested(let since, _) = dossier.stage else { return nil }
        return clock.due(dossier.submitted.terms.correction, after: since)
    }

    /// By when what may follow a tolerant acceptance must be there; nil when everything is.
    package func toleranceDue(of dossier: Dossier) -> Due? {
        guard let tolerance = dossier.proceedings.tolerance, !tolerance.lagging.isEmpty else { return nil }
        return clock.due(tolerance.days, after: tolerance.grantedAt)
    }

    /// By when a commitment is verified; nil where none is to be.
    package func verificationDue(of dossier: Dossier) -> Due? {
        guard dossier.proceedings.verification == .due, let decision = dossier.decision,
            let days = dossier.submitted.terms.procedure?.commitment?.verifyWithin
        else { return nil }
        return clock.due(days, after: decision.at)
    }

    /// By when the step of a hearing is due: the request, or the hearing itself; nil when none is open.
    package func hearingDue(of dossier: Dossier) -> Due? {
        guard let hearing = dossier.proceedings.hearing else { return nil }
        switch hearing.step {
        case .told: return clock.due(Hearing.requestWithin, after: hearing.toldAt)
        case .requested(let at), .scheduled(let at, _): return clock.due(Hearing.holdWithin, after: at)
        case .held, .waived: return nil
        }
    }

    /// By when a special procedure was told to be over.
    package func due(of record: SpecialRecord) -> Due {
        clock.due(record.told, after: record.begunAt)
    }

    /// The days that do not count for the authority (行政许可法 art. 45): of each special procedure as many as were told
    /// in writing and no more, of a hearing those until it was over or should have been.
    package func pauses(of dossier: Dossier) -> [Pause] {
        let special = dossier.proceedings.special.map { record in
            pause(
                from: record.begunAt, to: record.endedAt, told: due(of: record).day,
                Pause.Cause(special: record.procedure, event: record.event))
        }
        guard let hearing = dossier.proceedings.hearing else { return special }
        let told =
            switch hearing.step {
            case .told, .waived: clock.due(Hearing.requestWithin, after: hearing.toldAt).day
            case .requested(let at), .scheduled(let at, _), .held(let at, _, _):
                clock.due(Hearing.holdWithin, after: at).day
            }
        return special + [
            pause(
                from: hearing.toldAt, to: hearing.endedAt, told: told, Pause.Cause(special: nil, event: hearing.event))
        ]
    }

    private func pause(from: Instant, to end: Instant?, told: CivilDate, _ cause: Pause.Cause) -> Pause {
        Pause(from: officeDay(of: from), to: end.map { min(officeDay(of: $0), told) } ?? told, cause: cause)
    }

    /// The day of an instant; after the close of business, when limits that end on the day have ended, the next one.
    private func officeDay(of instant: Instant) -> CivilDate {
        instant < clock.calendar.closeOfBusiness(on: instant.day) ? instant.day : instant.day.advanced(byDays: 1)
    }

    /// The instant from which a limit runs: the receipt of everything or the acceptance, as its article says. Nil
    /// before that.
    package func start(of limit: TimeLimit, for dossier: Dossier) -> Instant? {
        switch limit.startsAt {
        case .receipt: dossier.completeAt
        case .acceptance: dossier.acceptance?.from
        }
    }

    /// By when the decision of an acceptance was promised, whatever has happened since.
    package func promisedDue(of dossier: Dossier, acceptedAt: Instant) -> Due {
        let limit = dossier.submitted.terms.promised
        let start = limit.startsAt == .receipt ? dossier.completeAt ?? acceptedAt : acceptedAt
        return clock.due(limit, after: start, today: start.day)
    }

    /// How the decision stood to its limits; nil where there is none.
    package func decisionTime(of dossier: Dossier) -> DecisionTime? {
        guard let decision = dossier.decision else { return nil }
        let limits = (promised: dossier.submitted.terms.promised, statutory: statutoryLimit(of: dossier))
        // Where silence decided (行政许可法 art. 50) no limit need ever have begun.
        guard let promised = decisionDue(dossier, limits.promised),
            let statutory = decisionDue(dossier, limits.statutory)
        else { return DecisionTime(taken: .none, isEarly: false, isPromiseKept: true, isLawKept: true) }
        return DecisionTime(
            taken: workingDaysTaken(limits.promised, by: dossier, until: decision.at),
            isEarly: decision.at.day < promised.day, isPromiseKept: decision.at < promised.end,
            isLawKept: decision.at < statutory.end)
    }

    /// A renewal is decided before the licence runs out, whatever time the limit leaves (art. 50).
    private func decisionDue(_ dossier: Dossier, _ limit: TimeLimit) -> Due? {
        guard let start = start(of: limit, for: dossier) else { return nil }
        let due = clock.due(limit, after: start, pauses: pauses(of: dossier), today: start.day)
        guard let last = lastDay(of: dossier), last < due.day else { return due }
        return Due(day: last, isProvisional: false)
    }

    /// The day on which the licence runs out that is renewed in time; nil for any other application, and where
    /// something that was asked for came only after that day: nobody can have decided on it by then.
    func lastDay(of dossier: Dossier) -> CivilDate? {
        guard let renewal = dossier.submitted.renewal, renewal.isInTime(dossier.submittedAt.day),
            let complete = dossier.completeAt, complete.day <= renewal.validUntil
        else { return nil }
        return renewal.validUntil
    }
}

/// How a decision stood to its limits.
package struct DecisionTime: Hashable, Sendable {
    /// Working days from the start of the promised limit to the decision, those that do not count left out
    /// (行政许可法 art. 45).
    package let taken: WorkingDays
    /// Whether it came before the promised day.
    package let isEarly: Bool
    package let isPromiseKept: Bool
    package let isLawKept: Bool
}

extension TimeLimit {
    /// The same limit, so many units longer.
    func longer(by value: Int) -> TimeLimit {
        TimeLimit(self.value + value, unit, from: startsAt, article: article)
    }
}

extension Dossier {
    /// Accepted and not decided.
    package var isBeingExamined: Bool {
        switch stage {
        case .inReview, .reviewed: true
        default: false
        }
    }
}
