package import Vocabulary

/// What an absence is the id of; see `DossierThing`.
package enum AbsenceThing {}
package typealias AbsenceID = ID<AbsenceThing>

/// Days on which a member of staff is away, and who acts in her place. Clocks run on; nothing new comes to her.
package struct Absence: Hashable, Sendable {
    /// LIMIT: absences that one member of staff ever had.
    package static let perStaffMax = 1000
    /// LIMIT: days of one absence.
    package static let daysMax = 366

    package let id: AbsenceID
    package let staff: StaffID
    /// Who acts in her place with her grants, under her own name.
    package let deputy: StaffID
    /// The first and the last day.
    package let days: ClosedRange<CivilDate>
    /// When it was taken back or cut short; nil while it stands.
    package let endedAt: Instant?

    /// Refuses a deputy who is the person herself, an end before the beginning and more days than `daysMax`.
    package init(
        _ id: AbsenceID, of staff: StaffID, deputy: StaffID, from: CivilDate, until: CivilDate
    ) throws(AccountRefusal) {
        if staff == deputy { throw .deputyIsOneself }
        guard from <= until else { throw .termInverted }
        guard until < from.advanced(byDays: Self.daysMax) else { throw .absenceTooLong }
        self.init(id, of: staff, deputy: deputy, days: from...until, endedAt: nil)
    }

    init(_ id: AbsenceID, of staff: StaffID, deputy: StaffID, days: ClosedRange<CivilDate>, endedAt: Instant?) {
        (self.id, self.staff, self.deputy, self.days, self.endedAt) = (id, staff, deputy, days, endedAt)
    }

    /// Whether she is away on the day.
    package func isInForce(on day: CivilDate) -> Bool { endedAt == nil && days.contains(day) }
}
