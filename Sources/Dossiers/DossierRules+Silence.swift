package import Vocabulary

/// What time does to a dossier that nobody touches.
extension DossierRules {
    /// LIMIT: things that time can have done before somebody comes.
    static let silencesMax = 32

    /// One thing that time will do.
    struct Wake {
        let at: Instant
        let event: DossierEvent

        init(_ due: Due, _ event: DossierEvent) {
            at = due.end
            self.event = event
        }

        init(at: Instant, _ event: DossierEvent) {
            self.at = at
            self.event = event
        }
    }

    /// What silence does next to a dossier that stands where it stands; nil while every period runs.
    package func silence(of dossier: Dossier, at now: Instant) -> DossierEvent? {
        guard let wake = firstWake(of: dossier), wake.at <= now else { return nil }
        return wake.event
    }

    /// When silence will do something; nil when it never will.
    package func nextWake(of dossier: Dossier) -> Instant? { firstWake(of: dossier)?.at }

    /// The dossier as the law has it at `now`: with what silence has done, whether that was written down yet or not.
    package func standing(of dossier: Dossier, at now: Instant) -> Dossier { silences(of: dossier, at: now).dossier }

    /// Everything that time has done by `now`, in its order, and the dossier as it then stands.
    func silences(of dossier: Dossier, at now: Instant) -> (events: [DossierEvent], dossier: Dossier) {
        var (events, later): ([DossierEvent], Dossier) = ([], dossier)
        while let event = silence(of: later, at: now) {
            precondition(events.count < Self.silencesMax, "time does the same again and again")
            do {
                try later.apply(event, at: now, by: .platform)
            } catch {
                preconditionFailure("what silence does always follows from where a dossier stands")
            }
            events.append(event)
        }
        return (events, later)
    }

    private func firstWake(of dossier: Dossier) -> Wake? {
        // Of what is due at one instant the earlier in the list comes first.
        var first: Wake?
        for wake in wakes(of: dossier) where first.map({ wake.at < $0.at }) ?? true { first = wake }
        return first
    }

    private func wakes(of dossier: Dossier) -> [Wake] {
        let verification = passes(.verification, verificationDue(of: dossier), dossier)
        switch dossier.stage {
        case .preReview(let since):
            return [Wake(clock.due(LegalClock.preReview, after: since), .preReviewPassed(bySilence: true))]
        case .received(let since):
            let due = clock.due(LegalClock.acceptance, after: since)
            return [Wake(due, .accepted(from: since, bySilence: true))] + renewal(of: dossier)
        case .correctionRequested(let since, _):
            return [Wake(clock.due(dossier.submitted.terms.correction, after: since).untilMidnight, .lapsed)]
        case .inReview, .reviewed: return examination(dossier)
        case .granted, .certified, .refused, .issued:
            return tolerance(of: dossier) + passes(.delivery, due(of: dossier), dossier) + verification
        case .ended: return verification
        case .preReviewReturned, .awaitingOriginals, .handedOver: return verification
        }
    }

    private func examination(_ dossier: Dossier) -> [Wake] {
        let promised = promisedDue(of: dossier)
        var wakes = renewal(of: dossier) + tolerance(of: dossier)
        if let promised, promised.day != dossier.proceedings.remindedOf {
            wakes.append(Wake(at: nearing(promised, of: dossier), .clock(.nearing(promised.day))))
        }
        wakes += passes(.promised, promised, dossier) + passes(.statutory, statutoryDue(of: dossier), dossier)
        wakes += deskWakes(dossier)
        for record in dossier.proceedings.special.running { wakes += passes(.special, due(of: record), dossier) }
        if let hearing = dossier.proceedings.hearing, let due = hearingDue(of: dossier) {
            wakes +=
                hearing.step == .told
                ? [Wake(due.untilMidnight, .hearing(.waived(bySilence: true)))] : passes(.hearing, due, dossier)
        }
        return wakes
    }

    /// A limit passes once for each day on which it ends.
    func passes(_ limit: ClockLimit, _ due: Due?, _ dossier: Dossier) -> [Wake] {
        guard let due, due.day > dossier.proceedings.passed[limit] ?? .distantPast else { return [] }
        return [Wake(due, .clock(.passed(limit, due.day)))]
    }

    private func tolerance(of dossier: Dossier) -> [Wake] {
        guard let due = toleranceDue(of: dossier) else { return [] }
        if case .issued = dossier.stage { return [] }
        return [Wake(due.untilMidnight, .tolerance(.lapsed))]
    }

    /// 行政许可法 art. 50: whoever applied in time and got no decision until the expiry is renewed.
    private func renewal(of dossier: Dossier) -> [Wake] {
        guard let last = lastDay(of: dossier) else { return [] }
        let certificate = dossier.submitted.terms.certificateType.map { _ in CertificateID.renewed(by: dossier.id) }
        return [Wake(Due(day: last, isProvisional: false), .clock(.renewed(certificate)))]
    }

    /// The instant from which a light is yellow: so many working days before the end of the promise (domain section
    /// 4.3), for what is promised at once a share of what was left of the office day.
    func nearing(_ due: Due, of dossier: Dossier) -> Instant {
        let limit = dossier.submitted.terms.promised
        let start = start(of: limit, for: dossier) ?? dossier.submittedAt
        let terms = lights.terms(of: dossier.submitted.terms.catalogCode, from: start.day)
        guard limit.value > 0, limit.unit == .workingDays || limit.unit == .calendarDays || limit.unit == .months else {
            return clock.part(terms.dayPercent, of: due.day, from: start)
        }
        return Instant(clock.day(terms.yellowDays(of: limit), before: due.day))
    }
}

extension CivilDate {
    static let distantPast = CivilDate(daysSinceEpoch: -1_000_000)
}

extension CertificateID {
    /// The certificate that silence makes of a renewal: one id for one dossier, found again by whoever computes it.
    static func renewed(by dossier: DossierID) -> CertificateID {
        CertificateID(dossier.subject.sibling(0x5E4E_5EA1))
    }
}
