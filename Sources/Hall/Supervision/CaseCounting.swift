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
                    taken: (time?.taken.count ?? 0) * Times.partsADay),
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
    /// Parts of a working day (`CountedCase.Times.partsADay`): seven calendar days are five working days, a month has
    /// thirty days, hours and minutes count by the clock.
    fileprivate var parts: Int {
        let day = CountedCase.Times.partsADay
        return switch unit {
        case .workingDays: value * day
        case .calendarDays: value * day / 7 * 5
        case .months: value * 30 * day / 7 * 5
        case .hours: value * day / 7 * 5 / 24
        case .minutes: value * day / 7 * 5 / 1440
        }
    }
}
