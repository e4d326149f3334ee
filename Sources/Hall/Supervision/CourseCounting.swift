import Dossiers
import Store
import Supervision
import Vocabulary

/// The way of a dossier that has ended, from step to step. It follows from its entries up to its end, and from the
/// calendar as it was known then; so counting again gives the same.
extension CaseCourse {
    /// Follows the entries of a dossier; nil while it has not ended.
    static func following(
        _ id: DossierID, _ entries: [JournalEntry], _ book: CalendarBook
    ) throws -> CaseCourse? {
        guard let first = entries.first else { return nil }
        var dossier = try Dossier(id, DossierEvent(first), at: first.at, by: first.actor)
        // Of several at one instant the last one counts: what one deed brings about at once is one move.
        var stands = [(at: first.at, step: CaseStep(dossier), isHeld: false, limit: dossier.stepLimit)]
        for entry in entries.dropFirst() {
            try dossier.apply(DossierEvent(entry), at: entry.at, by: entry.actor)
            if stands.last?.at == entry.at, stands.count > 1 || dossier.hasEnded == false { stands.removeLast() }
            if case .ended(let ending, let at, _) = dossier.stage {
                let region = dossier.submitted.terms.region
                let clock = CourseClock(calendar: book.calendar(for: region, asOf: at), start: first.at)
                return CaseCourse(
                    id, CountedCase(dossier, book).place,
                    stands.map { Moment(clock.time(at: $0.at), $0.step, isHeld: $0.isHeld, limit: $0.limit) },
                    ended: (at.day, clock.time(at: at), ending.rawValue))
            }
            stands.append((entry.at, CaseStep(dossier), dossier.isInHand, dossier.stepLimit))
        }
        return nil
    }
}

/// Both clocks since a dossier was filed.
private struct CourseClock {
    let calendar: WorkCalendar
    let start: Instant

    func time(at instant: Instant) -> StepTime {
        StepTime(
            parts: calendar.dayParts(from: start, to: instant),
            minutes: Int(instant.milliseconds / 60_000 - start.milliseconds / 60_000))
    }
}

extension CaseStep {
    /// Where a dossier stands that has not ended.
    init(_ dossier: Dossier) {
        let proceedings = dossier.proceedings
        switch dossier.stage {
        case .preReview: self.init(.preReview)
        case .preReviewReturned: self.init(.mending)
        case .awaitingOriginals: self.init(.originals)
        case .received: self.init(.acceptance)
        case .correctionRequested: self.init(.correction)
        case .inReview, .reviewed:
            if let running = proceedings.special.running.first {
                self.init(.procedure, running.procedure.rawValue)
            } else if let hearing = proceedings.hearing, hearing.endedAt == nil {
                self.init(.procedure, "hearing")
            } else if case .reviewed = dossier.stage {
                self.init(.decision)
            } else {
                self.init(.examination, dossier.step?.id ?? "")
            }
        case .granted, .certified, .refused: self.init(proceedings.lagging.isEmpty ? .making : .supplement)
        case .issued: self.init(.handOver)
        case .handedOver, .ended: self.init(.closing)
        }
    }
}

extension Dossier {
    /// Whether somebody has taken it, was asked about it, or a procedure is held.
    fileprivate var isInHand: Bool {
        let handling = proceedings.handling
        return handling.holder != nil || handling.rounds.open != nil || proceedings.isPaused
    }

    /// The own limit of the step at which it is, in parts of a working day; nil for none.
    fileprivate var stepLimit: Int? {
        guard case .inReview = stage, !proceedings.isPaused else { return nil }
        return step?.days.map { DayParts.of(workingDays: $0.count) }
    }
}
