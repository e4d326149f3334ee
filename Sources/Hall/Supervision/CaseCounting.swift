package import Dossiers
package import Supervision
package import Vocabulary

/// What is counted of a dossier. It follows from its entries and from the calendar as it was known when it was decided,
/// which are both for ever; so counting again gives the same.
extension CountedCase {
    /// Counts a dossier as it stands.
    package init(_ dossier: Dossier, _ book: CalendarBook) {
        let (submitted, decision) = (dossier.submitted, dossier.decision)
        let terms = submitted.terms
        let time = decision.flatMap { decision -> DecisionTime? in
            let calendar = book.calendar(for: terms.region, asOf: decision.at)
            return DossierRules(clock: LegalClock(calendar: calendar)).decisionTime(of: dossier)
        }
        var ended: (at: Instant, how: Ending)?
        if case .ended(let how, let at, _) = dossier.stage { ended = (at, Ending(how)) }
        let reused = dossier.materials.count { if case .certificate = $0.source { true } else { false } }
        let committed = dossier.replacedMaterials.count { id in !dossier.materials.contains { $0.material == id } }
        self.init(
            dossier.id, sequence: dossier.sequence,
            place: Place(
                region: terms.region, body: terms.body, item: terms.implementationCode, hall: submitted.hall,
                mode: submitted.mode),
            days: Days(
                filed: dossier.submittedAt.day, received: dossier.receivedAt?.day,
                accepted: dossier.proceedings.acceptedFrom?.day, decided: decision?.at.day, ended: ended?.at.day),
            end: (
                decision?.isGrant ?? false, Standing(time), ended?.how ?? .open,
                Times(
                    statutory: terms.statutory.parts, promised: terms.promised.parts,
                    taken: DayParts.of(workingDays: time?.taken.count ?? 0)),
                Burden(
                    trips: (dossier.tripsPromised, dossier.tripsMade),
                    materials: (dossier.materials.count + committed, reused, committed),
                    isCorrected: dossier.wasCorrected || dossier.wasReturned,
                    isExpress: submitted.delivery.carrier == .courier)
            ))
    }
}

extension CountedCase.Standing {
    fileprivate init(_ time: DecisionTime?) {
        guard let time else {
            self = .undecided
            return
        }
        if !time.isLawKept {
            self = .unlawful
        } else if !time.isPromiseKept {
            self = .late
        } else {
            self = time.isEarly ? .early : .inTime
        }
    }
}

extension CountedCase.Ending {
    fileprivate init(_ ending: Dossier.Ending) {
        switch ending {
        case .closed: self = .closed
        case .declined: self = .declined
        case .withdrawn, .terminated: self = .withdrawn
        case .lapsed, .toleranceLapsed: self = .lapsed
        }
    }
}

extension TimeLimit {
    fileprivate var parts: Int {
        switch unit {
        case .workingDays: DayParts.of(workingDays: value)
        case .calendarDays: DayParts.of(calendarDays: value)
        case .hours: DayParts.of(minutes: value * 60)
        case .minutes: DayParts.of(minutes: value)
        case .months: DayParts.of(months: value)
        }
    }
}
