import Vocabulary

/// When somebody at a window or a desk does something: on working days by the calendar, in office hours.
struct CityHours: Sendable {
    let calendar: WorkCalendar

    /// Minutes before the end of business after which nothing is begun that must be done on the same day.
    private static let lastMinutes = 35

    /// So many minutes of an office day later; where that lies outside, at some time of the next office hours.
    func later(_ minutes: Int, after instant: Instant, _ dice: inout CityDice) -> Instant {
        open(instant.advanced(bySeconds: Int64(minutes) * 60), &dice)
    }

    /// At some time of office hours of the n-th working day after an instant's day; never before the instant.
    func on(_ days: Int, after instant: Instant, _ dice: inout CityDice) -> Instant {
        let day = calendar.day(WorkingDays(days), after: calendar.workingDay(onOrAfter: instant.day))
        let minute = dice.number(9 * 60...16 * 60 + 20)
        let wanted = Instant(day, hour: 0, minute: minute).advanced(bySeconds: Int64(dice.number(0...59)))
        return open(max(wanted, instant.advanced(bySeconds: 60)), &dice)
    }

    /// The instant itself, or where no office is open then, some time within the next hours that it is.
    func open(_ instant: Instant, _ dice: inout CityDice) -> Instant {
        var day = instant.day
        for ahead in 0..<60 {
            if let hours = calendar.officeHours(on: day) {
                for span in [hours.morning, hours.afternoon].compactMap(\.self) {
                    let (from, until) = (span.opens, span.closes - Self.lastMinutes)
                    if ahead == 0, instant.minuteOfDay >= from, instant.minuteOfDay < until { return instant }
                    if ahead > 0 || instant.minuteOfDay < from {
                        let minute = dice.number(from...min(from + 90, until))
                        return Instant(day, hour: 0, minute: minute).advanced(bySeconds: Int64(dice.number(0...59)))
                    }
                }
            }
            day = day.advanced(byDays: 1)
        }
        return instant
    }
}
