import Vocabulary

/// What may run while a dossier is examined (行政许可法 arts 36, 42, 45-48, 55).
extension DossierRules {
    func special(_ command: SpecialCommand, _ deed: Deed) throws(DossierRefusal) -> [DossierEvent] {
        try requireExamination(deed)
        try requireNotChair(deed)
        let running = deed.proceedings.special.running.map(\.procedure)
        switch command {
        case .begin(let procedure, let days, let note):
            if running.contains(procedure) { throw .procedureRuns }
            // The time needed is told in writing, with the reason (art. 45).
            return [.special(.begun(procedure, told: try told(days), try required(note)))]
        case .prolong(let procedure, let days, let note):
            guard let record = deed.proceedings.special.running.first(where: { $0.procedure == procedure }) else {
                throw .procedureDoesNotRun
            }
            // Days that nobody was told of in time have counted, and no later notice takes them back (art. 45).
            guard deed.now < due(of: record).end else { throw .toldTimePassed }
            return [.special(.prolonged(procedure, by: try told(days), try required(note)))]
        case .end(let procedure, let finding, let note):
            guard running.contains(procedure) else { throw .procedureDoesNotRun }
            guard finding.hands >= procedure.staffMin else { throw .twoStaffNeeded }
            if procedure.staffMin > 0 && !finding.isFavourable {
                guard let standard = finding.standard, !standard.allSatisfy(\.isWhitespace) else {
                    throw .standardMissing
                }
            }
            return [.special(.ended(procedure, finding, try required(note)))]
        }
    }

    private func told(_ days: Int) throws(DossierRefusal) -> WorkingDays {
        guard (1...SpecialRecord.toldDaysMax).contains(days) else { throw .timeNotTold }
        return WorkingDays(days)
    }

    func hearing(_ command: HearingCommand, _ deed: Deed) throws(DossierRefusal) -> [DossierEvent] {
        try requireExamination(deed)
        switch (command, deed.proceedings.hearing?.step) {
        case (.tell(let note), nil): return [.hearing(.told(try required(note)))]
        case (.tell, _): throw .hearingToldOnce
        case (_, nil): throw .hearingNotTold
        case (.request, .told): return [.hearing(.requested)]
        case (.waive, .told): return [.hearing(.waived(bySilence: false))]
        case (.schedule(let plan), .requested(let at)), (.schedule(let plan), .scheduled(let at, _)):
            try requireLawful(plan, requestedAt: at, deed)
            return [.hearing(.scheduled(plan))]
        case (.record(let note), .scheduled(_, let plan)):
            if let staff = deed.actor.staff, staff != plan.chair { throw .notTheChair }
            // The chair is one of the house's own staff.
            if deed.actor.isPartnersOfficer { throw .notTheChair }
            guard deed.now.day >= plan.day else { throw .hearingTooSoon }
            return [.hearing(.held(try required(note)))]
        case (.schedule, .told): throw .hearingNotRequested
        case (.record, .told), (.record, .requested): throw .hearingNotScheduled
        case (.request, _), (.waive, _), (.schedule, _), (.record, _): throw .hearingNotTold
        }
    }

    /// Seven working days ahead, within twenty of the request, on a working day, at a place, under somebody who does
    /// not examine the application (arts 47, 48).
    private func requireLawful(
        _ plan: Hearing.Plan, requestedAt: Instant, _ deed: Deed
    ) throws(DossierRefusal) {
        try requireAppointment(plan.day, plan.minute, plan.place, deed)
        guard clock.calendar.isWorkingDay(plan.day) else { throw .hearingNotOnWorkingDay }
        let earliest = clock.due(Hearing.noticeAhead, after: deed.now).day
        guard plan.day >= earliest else { throw .hearingTooSoon }
        // Where the notice no longer leaves a day in time, it is held on the first one that it leaves: late, not never.
        let last = clock.due(Hearing.holdWithin, after: requestedAt).day
        guard plan.day <= max(last, earliest) else { throw .hearingTooLate }
        let reviewers = deed.dossier.reviewers + deed.handling.examiners
        if reviewers.contains(plan.chair) { throw .reviewerMayNotChair }
    }

    /// An appointment that people are told of: at a place, on a day to come.
    func requireAppointment(_ day: CivilDate, _ minute: Int, _ place: String, _ deed: Deed) throws(DossierRefusal) {
        guard !place.allSatisfy(\.isWhitespace) else { throw .placeMissing }
        guard place.count <= Limits.textCharactersMax else { throw .textTooLong }
        guard day > deed.now.day, (0..<1440).contains(minute) else { throw .dateInThePast }
    }

    func extend(_ command: ExtensionCommand, _ deed: Deed) throws(DossierRefusal) -> [DossierEvent] {
        try requireExamination(deed)
        if deed.proceedings.extended != nil { throw .extendedOnce }
        let authority = deed.terms.extensionAuthority
        switch command {
        case .request(let value, let note):
            try requireExtensible(value, deed)
            return [.extended(.requested(value: value, try required(note)))]
        case .approve(let value, let approver, let note):
            guard approver == authority else { throw .wrongApprover }
            try requireExtensible(value, deed)
            return [.extended(.approved(value: value, by: approver, try required(note)))]
        case .deny(let approver, let note):
            guard approver == authority else { throw .wrongApprover }
            guard deed.proceedings.extensionRequest != nil else { throw .extensionNotRequested }
            return [.extended(.denied(try required(note)))]
        }
    }

    /// At most what the article allows, and before the limit is past: what is late cannot be made timely.
    private func requireExtensible(_ value: Int, _ deed: Deed) throws(DossierRefusal) {
        guard (1...max(1, deed.terms.extensionMax)).contains(value), deed.terms.extensionMax > 0 else {
            throw .extensionTooLong
        }
        if let due = statutoryDue(of: deed.dossier), due.end <= deed.now { throw .limitPassed }
    }

    func party(_ command: PartyCommand, _ deed: Deed) throws(DossierRefusal) -> [DossierEvent] {
        try requireExamination(deed)
        let parties = deed.proceedings.parties
        switch command {
        case .inform(let name, let matter):
            guard parties.count < InterestedParty.countMax else { throw .tooManyParties }
            let (who, what) = (try required(name).text, try required(matter).text)
            return [.party(.informed(PartyEvent.Informed(name: who, matter: what)))]
        case .hear(let party, let statement):
            guard parties.indices.contains(party) else { throw .partyUnknown }
            return [.party(.heard(party: party, try required(statement)))]
        }
    }

    /// Procedures belong between the acceptance and the decision.
    private func requireExamination(_ deed: Deed) throws(DossierRefusal) {
        guard !deed.dossier.isBeingExamined else { return }
        throw deed.dossier.decision == nil ? .notInReview : .alreadyDecided
    }
}
