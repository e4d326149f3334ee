/// Time while offices are open, in parts of a working day (`DayParts`): a working day counts whole, whatever its hours,
/// and a part of it by the minutes of its office hours.
extension WorkCalendar {
    /// The parts between two instants. Those of spans that follow one another add up to those of the whole.
    package func dayParts(from start: Instant, to end: Instant) -> Int {
        guard start < end else { return 0 }
        let days = workingDays(from: start.day, upTo: end.day).count
        return DayParts.of(workingDays: days) + partsGone(at: end) - partsGone(at: start)
    }

    /// How much of the working day is gone at an instant; nothing on a day off.
    private func partsGone(at instant: Instant) -> Int {
        guard let hours = officeHours(on: instant.day) else { return 0 }
        let minute = instant.minuteOfDay
        let all = hours.spans.reduce(0) { $0 + $1.closes - $1.opens }
        let gone = hours.spans.reduce(0) { $0 + min(max(minute, $1.opens), $1.closes) - $1.opens }
        return DayParts.aDay * gone / max(all, 1)
    }
}
