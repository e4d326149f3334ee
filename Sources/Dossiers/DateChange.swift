package import Vocabulary

/// A date of a dossier that an edition of the calendar moved, or made final.
package struct DateChange: Hashable, Sendable, Codable {
    /// Which date.
    package enum What: String, Sendable, Codable, CaseIterable {
        /// By when the authority must act next.
        case due
        /// By when the law wants a decision.
        case statutory
        /// By when the applicant must correct.
        case correction
    }

    package let dossier: DossierID
    package let what: What
    package let before: CivilDate
    package let after: CivilDate
    package let wasProvisional: Bool
    package let isProvisional: Bool

    package init(
        _ dossier: DossierID, _ what: What, from before: CivilDate, to after: CivilDate,
        provisional: (was: Bool, is: Bool)
    ) {
        (self.dossier, self.what, self.before, self.after) = (dossier, what, before, after)
        (wasProvisional, isProvisional) = (provisional.was, provisional.is)
    }

    /// Whether the day is another one; otherwise it only became final or provisional.
    package var isMoved: Bool { before != after }
}

/// The dates of an open dossier as its row has them, and what follows from them.
package struct KeptDates: Hashable, Sendable {
    package let dossier: DossierID
    package let region: Region
    let due: CivilDate
    let statutory: CivilDate?
    let isProvisional: Bool
    let wake: Instant?
    let light: Light
    /// By when what it waits for is due; nil when it waits for nothing.
    let waitsUntil: CivilDate?

    /// What differs from the row when the rules are asked again.
    package func changes(to dates: DossierTable.Dates) -> [DateChange] {
        let correction = { (due: CivilDate, wake: Instant?) in due == DossierLine.noDue ? wake.map(Self.day) : nil }
        let pairs: [(DateChange.What, CivilDate?, CivilDate?)] = [
            (.due, due == DossierLine.noDue ? nil : due, dates.due == DossierLine.noDue ? nil : dates.due),
            (.statutory, statutory, dates.statutory),
            (.correction, correction(due, wake), correction(dates.due, dates.wake)),
        ]
        return pairs.compactMap { what, before, after in
            guard let before, let after, before != after || isProvisional != dates.isProvisional else { return nil }
            return DateChange(
                dossier, what, from: before, to: after, provisional: (was: isProvisional, is: dates.isProvisional))
        }
    }

    /// Whether the row says anything else: the hour at which silence acts may move where no day does, and a light may
    /// be that of dates which an earlier program moved without it.
    package func differs(from dates: DossierTable.Dates) -> Bool {
        due != dates.due || statutory != dates.statutory || wake != dates.wake
            || isProvisional != dates.isProvisional || light != dates.light || waitsUntil != dates.waitsUntil
    }

    /// Whether an edition can have moved one of the dates.
    package func isTouched(by edition: CalendarEdition) -> Bool {
        guard let touched = edition.touched else { return false }
        guard touched.regions.isEmpty || touched.regions.contains(where: { $0.contains(region) }) else { return false }
        let first = touched.days.lowerBound
        return isProvisional || due >= first || [statutory, waitsUntil].contains { $0.map { $0 >= first } ?? false }
    }

    /// The last day before an instant.
    private static func day(_ end: Instant) -> CivilDate { Instant(milliseconds: end.milliseconds - 1).day }
}
