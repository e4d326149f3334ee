package import Vocabulary

extension DossierRules {
    /// The ledger of a dossier, as its history tells it at `now`.
    package func ledger(
        of dossier: Dossier, history: [DossierTable.HistoryLine], at now: Instant
    ) -> ClockLedger {
        var writer = LedgerWriter(rules: self, dossier: dossier, now: now)
        for line in history { writer.note(line) }
        return ClockLedger(runs: writer.runs())
    }

    /// The dates if a special procedure of so many working days began now: the answer to "what if we stop today?". Nil
    /// where nothing can be stopped.
    package func ifStopped(
        _ dossier: Dossier, for days: WorkingDays, at now: Instant
    ) -> (promised: Due, statutory: Due)? {
        var stopped = dossier
        do {
            try stopped.apply(.special(.begun(.expertReview, told: days, nil)), at: now, by: .platform)
        } catch {
            return nil
        }
        guard let promised = promisedDue(of: stopped), let statutory = statutoryDue(of: stopped) else { return nil }
        return (promised, statutory)
    }
}

/// Follows a history and opens and closes the limits that it starts and ends.
struct LedgerWriter {
    struct Open {
        let limit: ClockLedger.Limit
        let startsAt: Instant
        let rule: ClockLedger.StartRule
        let event: Int
        let length: TimeLimit
        var end: (event: Int, at: Instant, isDone: Bool)?
    }

    let rules: DossierRules
    let dossier: Dossier
    let now: Instant
    private(set) var opened: [Open] = []
    private var complete: (at: Instant, rule: ClockLedger.StartRule)?
    private var lagging: Set<String> = []

    init(rules: DossierRules, dossier: Dossier, now: Instant) {
        (self.rules, self.dossier, self.now) = (rules, dossier, now)
    }

    private var terms: Terms { dossier.submitted.terms }

    /// One more line of the history.
    mutating func note(_ line: DossierTable.HistoryLine) {
        let law = { (days: WorkingDays, article: String) in TimeLimit(days.count, .workingDays, article: article) }
        switch line.event {
        case .submitted(let submitted, _) where submitted.mode.hasPreReview:
            open(.preReview, .receipt, line, law(LegalClock.preReview, ""))
        case .resubmitted: open(.preReview, .corrected, line, law(LegalClock.preReview, ""))
        case .preReviewReturned, .preReviewPassed: close(.preReview, line)
        case .received:
            complete = (line.at, .receipt)
            open(.acceptance, .receipt, line, law(LegalClock.acceptance, LegalClock.acceptanceArticle))
        case .correctionRequested:
            close(.acceptance, line)
            open(.correction, .notice, line, law(terms.correction, LegalClock.acceptanceArticle))
        case .corrected:
            complete = (line.at, .corrected)
            close(.correction, line)
            open(.acceptance, .corrected, line, law(LegalClock.acceptance, LegalClock.acceptanceArticle))
        case .accepted(let from, let bySilence):
            close(.acceptance, line, isDone: !bySilence)
            accept(from, bySilence ? .acceptanceBySilence : .acceptance, line)
        case .declined: close(.acceptance, line)
        case .granted, .refused, .clock(.renewed): decide(line)
        case .issued where dossier.isFetchedByApplicant: close(.delivery, line)
        case .handedOver: close(.delivery, line)
        case .withdrawn, .terminated, .lapsed, .tolerance(.lapsed): dropAll(line)
        default: noteProceedings(line)
        }
    }

    private mutating func noteProceedings(_ line: DossierTable.HistoryLine) {
        switch line.event {
        case .special(.begun(let procedure, _, _)):
            let told = dossier.proceedings.special.first { $0.event == line.sequence }?.told ?? .none
            open(
                .special(procedure), .notice, line,
                TimeLimit(told.count, .workingDays, article: LegalClock.specialArticle))
        case .special(.ended(let procedure, _, _)): close(.special(procedure), line)
        case .hearing(.told):
            open(.hearingRequest, .notice, line, LegalClock.hearingLimit(Hearing.requestWithin))
        case .hearing(.requested):
            close(.hearingRequest, line)
            open(.hearing, .request, line, LegalClock.hearingLimit(Hearing.holdWithin))
        case .hearing(.waived): close(.hearingRequest, line, isDropped: true)
        case .hearing(.held): close(.hearing, line)
        case .tolerance(.granted(let materials, let days, _)):
            lagging = Set(materials)
            open(.tolerance, .notice, line, TimeLimit(days.count, .workingDays, article: ""))
        case .tolerance(.supplied(let handedIn)):
            lagging.subtract(handedIn.map(\.material))
            if lagging.isEmpty { close(.tolerance, line) }
        case .commitment: close(.verification, line)
        default: break
        }
    }

    private mutating func accept(_ from: Instant, _ rule: ClockLedger.StartRule, _ line: DossierTable.HistoryLine) {
        for (limit, length) in [
            (ClockLedger.Limit.statutory, rules.statutoryLimit(of: dossier)), (.promised, terms.promised),
        ] {
            let start = length.startsAt == .receipt ? complete ?? (at: from, rule: rule) : (at: from, rule: rule)
            opened.append(
                Open(limit: limit, startsAt: start.at, rule: start.rule, event: line.sequence, length: length))
        }
    }

    private mutating func decide(_ line: DossierTable.HistoryLine) {
        close(.statutory, line)
        close(.promised, line)
        close(.acceptance, line, isDone: false)
        open(
            .delivery, .decision, line,
            TimeLimit(terms.delivery.count, .workingDays, article: LegalClock.deliveryArticle))
        if case .granted = line.event, dossier.submitted.isCommitted == true,
            let days = terms.procedure?.commitment?.verifyWithin
        {
            open(.verification, .decision, line, TimeLimit(days.count, .workingDays, article: ""))
        }
    }

    private mutating func open(
        _ limit: ClockLedger.Limit, _ rule: ClockLedger.StartRule, _ line: DossierTable.HistoryLine,
        _ length: TimeLimit
    ) {
        opened.append(Open(limit: limit, startsAt: line.at, rule: rule, event: line.sequence, length: length))
    }

    private mutating func close(
        _ limit: ClockLedger.Limit, _ line: DossierTable.HistoryLine, isDone: Bool = true, isDropped: Bool = false
    ) {
        guard let index = opened.lastIndex(where: { $0.limit == limit && $0.end == nil }) else { return }
        opened[index].end = (line.sequence, line.at, isDone && !isDropped)
    }

    private mutating func dropAll(_ line: DossierTable.HistoryLine) {
        for index in opened.indices where opened[index].end == nil && opened[index].limit != .verification {
            opened[index].end = (line.sequence, line.at, false)
        }
    }
}
