package import Vocabulary

/// A time limit that passed and whose reasons the authority explains in public (优化营商环境条例 art. 36): the promise and
/// the limit of the law. Nothing here names the applicant.
package struct Overrun: Hashable, Sendable {
    /// The limits that are explained.
    package static let limits: [ClockLimit] = [.promised, .statutory]

    package let dossier: DossierID
    package let limit: ClockLimit
    /// The day on which it ended.
    package let due: CivilDate
    /// Working days until the decision or the end, those that do not count left out (行政许可法 art. 45); nil while it is
    /// examined.
    package let taken: WorkingDays?
    /// Nil while nobody has explained it.
    package let explanation: OverrunExplanation?
}

/// What the authority said of a limit that passed.
package struct OverrunExplanation: Hashable, Sendable {
    /// The day on which the limit ended that it is about.
    package let due: CivilDate
    package let at: Instant
    /// Who said it for the authority; nil for the platform.
    package let by: StaffID?
    /// The event, by its number in the dossier.
    package let event: Int
    /// What is published; nil once it was forgotten.
    package let text: String?
}

/// What is wanted of a limit that passed.
package enum OverrunCommand: Hashable, Sendable, Codable {
    /// Explains it in public; a later text takes the place of an earlier one.
    case explain(ClockLimit, text: String)
}

/// What happened to a limit that passed.
package enum OverrunEvent: Hashable, Sendable {
    case explained(ClockLimit, due: CivilDate, DossierEvent.Note?)
}

extension OverrunEvent: DossierEventPart {
    private struct Explained: Codable { let due: CivilDate; let limit: ClockLimit }

    static let kinds = ["dossier.overrun-explained"]

    var kind: String { Self.kinds[0] }

    var open: any Encodable {
        switch self {
        case .explained(let limit, let due, _): Explained(due: due, limit: limit)
        }
    }

    var personal: (any Encodable)? {
        switch self {
        case .explained(_, _, let note): note
        }
    }

    init?(_ kind: String, _ parts: DossierEventParts) throws {
        guard kind == Self.kinds[0] else { return nil }
        let explained: Explained = try parts.open()
        self = .explained(explained.limit, due: explained.due, try parts.personal())
    }
}

extension DossierRules {
    /// The limits of a dossier that passed and are explained in public, the promise first.
    package func overruns(of dossier: Dossier) -> [Overrun] {
        let proceedings = dossier.proceedings
        return Overrun.limits.compactMap { limit in
            proceedings.passed[limit].map { due in
                Overrun(
                    dossier: dossier.id, limit: limit, due: due, taken: taken(limit, by: dossier),
                    // What was said of an earlier end says nothing of a later one.
                    explanation: proceedings.explanations[limit].flatMap { $0.due == due ? $0 : nil })
            }
        }
    }

    func overrun(_ command: OverrunCommand, _ deed: Deed) throws(DossierRefusal) -> [DossierEvent] {
        switch command {
        case .explain(let limit, let text):
            guard let passed = overruns(of: deed.dossier).first(where: { $0.limit == limit }) else {
                throw .notOverrun
            }
            return [.overrun(.explained(limit, due: passed.due, try required(text)))]
        }
    }

    private func taken(_ limit: ClockLimit, by dossier: Dossier) -> WorkingDays? {
        let length = limit == .statutory ? dossier.submitted.terms.statutory : dossier.submitted.terms.promised
        return dossier.examinationEnd.map { workingDaysTaken(length, by: dossier, until: $0) }
    }

    /// Working days of a limit that were taken until an instant, the day on which it began left out; none where it
    /// never began.
    func workingDaysTaken(_ limit: TimeLimit, by dossier: Dossier, until end: Instant) -> WorkingDays {
        // A dossier that ended without a decision no longer says at its stage when it was accepted.
        let start = limit.startsAt == .receipt ? dossier.completeAt : dossier.proceedings.acceptedFrom
        guard let start else { return .none }
        let pauses = pauses(of: dossier)
        let (first, last) = (start.day.daysSinceEpoch + 1, end.day.daysSinceEpoch)
        guard first <= last else { return .none }
        return WorkingDays(
            (first...last).count { number in
                let day = CivilDate(daysSinceEpoch: number)
                return clock.calendar.isWorkingDay(day) && !pauses.contains { $0.covers(day, today: end.day) }
            })
    }
}

extension Dossier {
    /// When its examination ended, with a decision or without one; nil while it is examined and before.
    fileprivate var examinationEnd: Instant? {
        if let decision { return decision.at }
        if case .ended(_, let at, _) = stage { return at }
        return nil
    }
}
