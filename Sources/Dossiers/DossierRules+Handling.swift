import Vocabulary

/// From desk to desk: steps, who has it, urging, recusal.
extension DossierRules {
    func handling(_ command: HandlingCommand, _ deed: Deed) throws(DossierRefusal) -> [DossierEvent] {
        guard deed.dossier.isBeingExamined else {
            throw deed.dossier.decision == nil ? .notInReview : .alreadyDecided
        }
        let event: HandlingEvent
        switch command {
        case .pass(let opinion): event = try passStep(opinion, deed)
        case .sendBack(let step, let note): event = try sendBack(to: step, note, deed)
        case .take: event = try take(deed)
        case .assign(let staff, let note):
            try requireFit(staff, deed)
            event = .assigned(staff, .assigned, try optional(note))
        case .delegate(let staff, let note):
            try requireHeld(deed)
            try requireFit(staff, deed)
            event = .assigned(staff, .delegated, try required(note))
        case .giveBack(let note):
            try requireHeld(deed)
            event = .givenBack(try optional(note))
        case .urge(let note): event = try urge(note, deed)
        case .recuse(let note):
            guard let staff = deed.actor.staff else { throw .notInReview }
            event = .recused(staff, isRuled: false, try required(note))
        case .rule(let staff, let note):
            if deed.handling.excused.contains(staff) { throw .alreadyExcused }
            event = .recused(staff, isRuled: true, try required(note))
        case .ask(let respondents, let until, let question):
            event = try ask(respondents, until, question, deed)
        case .answer(let respondent, let answer, let text):
            return try self.answer(respondent, answer, text, deed)
        }
        return [.handling(event)]
    }

    private func passStep(_ opinion: String, _ deed: Deed) throws(DossierRefusal) -> HandlingEvent {
        guard case .inReview = deed.dossier.stage else { throw .notInReview }
        try requireNothingRuns(deed)
        guard let step = deed.dossier.step, let next = deed.dossier.nextStep else { throw .lastStep }
        // A step of opinions is passed by the opinions.
        if step.sort == .jointOpinion { throw .nobodyAsked }
        try requireNotChair(deed)
        return .passed(step: step.id, next: next.id, try required(opinion))
    }

    private func sendBack(to id: String, _ note: String, _ deed: Deed) throws(DossierRefusal) -> HandlingEvent {
        if case .reviewed(_, let review) = deed.dossier.stage { try requireOthers(deed, review.reviewer) }
        guard deed.handling.rounds.open == nil else { throw .opinionsOutstanding }
        guard let from = deed.dossier.step, deed.dossier.earlierSteps.contains(where: { $0.id == id }) else {
            throw .noEarlierStep
        }
        return .sentBack(from: from.id, to: id, try required(note))
    }

    private func take(_ deed: Deed) throws(DossierRefusal) -> HandlingEvent {
        guard let staff = deed.actor.staff else { throw .notInReview }
        if deed.handling.holder == staff { throw .alreadyTaken }
        try requireDesk(deed)
        try requireFit(staff, deed)
        return .taken
    }

    /// 催办: each once for every working day.
    private func urge(_ note: String, _ deed: Deed) throws(DossierRefusal) -> HandlingEvent {
        if let last = deed.handling.urgedOn[deed.actor] {
            let (first, end) = (last.advanced(byDays: 1), deed.now.day.advanced(byDays: 1))
            guard first < end, clock.calendar.workingDays(from: first, upTo: end).count > 0 else {
                throw .urgedToday
            }
        }
        let isApplicants = deed.actor.staff == nil || deed.standing.assisting != nil
        return .urged(isApplicants ? .applicant : .office, try optional(note))
    }

    /// Somebody to whom it may come: not excused, and at the decision nobody who received or examined it.
    private func requireFit(_ staff: StaffID, _ deed: Deed) throws(DossierRefusal) {
        if deed.handling.excused.contains(staff) { throw .excused }
        if deed.handling.assistants.contains(staff) { throw .assistantMayNotHandle }
        if deed.handling.holder == staff { throw .alreadyTaken }
        guard case .reviewed = deed.dossier.stage else { return }
        if deed.dossier.receivers.contains(staff) { throw .receiverMayNotDecide }
        if deed.handling.examiners.contains(staff) { throw .reviewerMayNotDecide }
    }

    /// Only what lies with oneself, or with a colleague in whose place one acts, is given away.
    private func requireHeld(_ deed: Deed) throws(DossierRefusal) {
        guard let holder = deed.handling.holder else { throw .notHeld }
        guard holder == deed.actor.staff || holder == deed.standing.principal else { throw .liesWithAnother }
    }

    /// What lies with a colleague is hers, unless she is away or it has come back into everybody's view.
    func requireDesk(_ deed: Deed) throws(DossierRefusal) {
        guard deed.actor.staff != nil || deed.actor.isPartnersOfficer, let holder = deed.handling.holder,
            holder != deed.actor.staff, holder != deed.standing.principal, !deed.standing.isHolderAway
        else { return }
        guard let day = deed.handling.sharedFor, day == promisedDue(of: deed.dossier)?.day else {
            throw .liesWithAnother
        }
    }

    /// Whoever assists an applicant does nothing else in her case, in person or in anybody's place; and whoever has
    /// received, examined or decided it does not assist in it.
    func requireApart(_ deed: Deed) throws(DossierRefusal) {
        guard let staff = deed.actor.staff else { return }
        let dossier = deed.dossier
        if deed.standing.assisting == nil {
            let those = [staff, deed.standing.principal].compactMap(\.self)
            if those.contains(where: deed.handling.assistants.contains) { throw .assistantMayNotHandle }
        } else {
            let handled = dossier.receivers + dossier.reviewers + deed.handling.examiners
            let decider = dossier.decision?.decider
            if handled.contains(staff) || decider == staff || deed.handling.holder == staff {
                throw .assistantMayNotHandle
            }
        }
    }

    /// 回避: nobody who is excused, nor in her place.
    func requireNotExcused(_ deed: Deed) throws(DossierRefusal) {
        let excused = deed.handling.excused
        guard !excused.isEmpty, deed.command.isOfficial else { return }
        if let staff = deed.actor.staff, excused.contains(staff) {
            if case .handling(.recuse) = deed.command { throw .alreadyExcused }
            throw .excused
        }
        if let principal = deed.standing.principal, excused.contains(principal) { throw .excused }
    }

    /// By when the step is to be passed that has a time of its own; nil for any other.
    package func stepDue(of dossier: Dossier) -> Due? {
        guard case .inReview = dossier.stage, let days = dossier.step?.days,
            let since = dossier.proceedings.handling.since
        else { return nil }
        return clock.due(
            TimeLimit(days.count, .workingDays, article: LegalClock.stepArticle), after: since,
            pauses: pauses(of: dossier), today: since.day)
    }

    /// What time does to a dossier on somebody's desk.
    func deskWakes(_ dossier: Dossier) -> [Wake] {
        let handling = dossier.proceedings.handling
        var wakes = passes(.step, stepDue(of: dossier), dossier)
        if handling.holder != nil, let due = promisedDue(of: dossier), due.day != handling.sharedFor {
            // One whole working day is left after this one's morning.
            wakes.append(
                Wake(at: Instant(clock.day(WorkingDays(2), before: due.day)), .handling(.fellBack(due.day))))
        }
        if let round = handling.rounds.open {
            wakes.append(
                Wake(
                    Due(day: round.until, isProvisional: false),
                    .handling(.closed(silent: round.awaited, next: afterOpinions(dossier)))))
        }
        return wakes
    }
}
