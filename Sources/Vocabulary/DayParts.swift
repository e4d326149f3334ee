/// Parts of a working day, in which limits of several units are added up so that no fraction is lost: seven calendar
/// days are five working days, and one of them has 1,440 minutes by the clock.
package enum DayParts {
    /// Parts of one working day.
    package static let aDay = 7 * 1440

    /// Of so many working days.
    package static func of(workingDays: Int) -> Int { workingDays * aDay }

    /// Of so many calendar days.
    package static func of(calendarDays: Int) -> Int { calendarDays * 5 * 1440 }

    /// Of so many minutes.
    package static func of(minutes: Int) -> Int { minutes * 5 }

    /// Of so many months: each has thirty days where no law says otherwise.
    package static func of(months: Int) -> Int { of(calendarDays: months * 30) }
}
