package import Vocabulary

/// A time in which days do not count for the agency: from the first day up to, not including, the last
/// (行政许可法 art. 45). `to` is nil while it lasts.
package struct Pause: Hashable, Sendable {
    package let from: CivilDate
    package let to: CivilDate?
    /// What stopped the clock; nil where nobody asks.
    package let cause: Cause?

    package init(from: CivilDate, to: CivilDate?, cause: Cause? = nil) {
        self.from = from
        self.to = to
        self.cause = cause
    }

    /// The notice that stopped the clock: what it was about, and which event of the dossier it is.
    package struct Cause: Hashable, Sendable {
        /// Nil for a hearing.
        package let special: SpecialProcedure?
        package let event: Int
    }

    func covers(_ day: CivilDate, today: CivilDate) -> Bool {
        day >= from && day < to ?? max(today, from)
    }
}

/// The last day of a period, and what it rests on.
package struct Due: Hashable, Sendable {
    package let day: CivilDate
    /// Whether it rests on a year whose holidays are not published yet.
    package let isProvisional: Bool
    /// The first instant at which the period is over: the close of business for an authority, midnight for anybody
    /// else (民法典 art. 203).
    package let end: Instant

    /// A period that ends with its last day, or at an earlier instant of it.
    package init(day: CivilDate, isProvisional: Bool, end: Instant? = nil) {
        self.day = day
        self.isProvisional = isProvisional
        self.end = end ?? Instant(day.advanced(byDays: 1))
    }

    /// The same for whoever needs no open office to be in time.
    package var untilMidnight: Due { Due(day: day, isProvisional: isProvisional) }
}

/// One day of a period and what it is for the clock.
package struct ClockEntry: Hashable, Sendable {
    /// Why a day counts or not.
    package enum Reason: Hashable, Sendable {
        /// The day from which the period runs is not counted (民法典 art. 201).
        case start
        case counted
        /// A weekend day on which offices work, by the schedule's name.
        case makeUpDay(String)
        case weekend
        case holiday(String)
        /// Closed by a local announcement (a typhoon day).
        case closure(String)
        /// A special procedure ran; the first of those that did.
        case paused(Pause.Cause?)
        /// The period would end on a day off and ends on the next working day (民法典 art. 203).
        case movedToWorkingDay
    }

    package let day: CivilDate
    package let reason: Reason
    /// The how-manieth counted day; nil for a day that does not count.
    package let count: Int?

    package init(day: CivilDate, reason: Reason, count: Int?) {
        self.day = day
        self.reason = reason
        self.count = count
    }
}

/// The dates of the law for one dossier. Pure: the same arguments give the same dates for ever.
package struct LegalClock: Sendable {
    /// Working days in which a filing is accepted, declined or corrected (行政许可法 art. 32(4)).
    package static let acceptance = WorkingDays(5)
    /// Working days of a pre-review, where paper comes later; silence passes it.
    package static let preReview = WorkingDays(1)

    /// Articles of the Licensing Law, as papers and ledgers cite them.
    package static let acceptanceArticle = "《中华人民共和国行政许可法》第三十二条第一款第（四）项"
    package static let deliveryArticle = "《中华人民共和国行政许可法》第四十四条"
    package static let specialArticle = "《中华人民共和国行政许可法》第四十五条"
    package static let hearingArticle = "《中华人民共和国行政许可法》第四十七条"

    /// What a body lays down for its own steps; a pre-examination has the law's twenty days.
    static let stepArticle = "《中华人民共和国行政许可法》第四十三条"

    static func hearingLimit(_ days: WorkingDays) -> TimeLimit {
        TimeLimit(days.count, .workingDays, article: hearingArticle)
    }

    package let calendar: WorkCalendar

    package init(calendar: WorkCalendar) {
        self.calendar = calendar
    }

    /// The last of so many working days after the day of an instant.
    package func due(_ days: WorkingDays, after start: Instant) -> Due {
        guard days.count > 0 else {
            return due(TimeLimit(0, .workingDays, article: ""), after: start, today: start.day)
        }
        let day = calendar.day(days, after: start.day)
        return due(on: day, from: start)
    }

    private func due(on day: CivilDate, from start: Instant) -> Due {
        Due(
            day: day, isProvisional: calendar.isProvisional(from: start.day, through: day),
            end: calendar.closeOfBusiness(on: day))
    }

    /// The day from whose morning so many working days are left until the end of `day`, that day among them.
    package func day(_ days: WorkingDays, before day: CivilDate) -> CivilDate {
        var (candidate, left) = (day.advanced(byDays: 1), days.count)
        while left > 0 {
            candidate = candidate.advanced(byDays: -1)
            if calendar.isWorkingDay(candidate) { left -= 1 }
        }
        return candidate
    }

    /// The instant at which so many per cent of the office day are gone that was left when a period began.
    func part(_ percent: Int, of day: CivilDate, from start: Instant) -> Instant {
        let (first, last) = (max(start, calendar.startOfBusiness(on: day)), calendar.closeOfBusiness(on: day))
        guard first < last else { return last }
        return first.advanced(bySeconds: (last.milliseconds - first.milliseconds) * Int64(percent) / 100_000)
    }

    /// The last day on which a decision is in time. Days taken by a pause do not count (art. 45).
    package func due(_ limit: TimeLimit, after start: Instant, pauses: [Pause] = [], today: CivilDate) -> Due {
        let entries = entries(limit, after: start, pauses: pauses, today: today)
        return due(on: entries.last?.day ?? start.day, from: start)
    }

    /// Every day from the start to the end of a limit, with the reason why it counts or not.
    package func entries(
        _ limit: TimeLimit, after start: Instant, pauses: [Pause] = [], today: CivilDate
    ) -> [ClockEntry] {
        // What became a working day only after the period began does not shorten it.
        let known = LegalClock(calendar: calendar.counting(since: start.day))
        var entries = [ClockEntry(day: start.day, reason: .start, count: nil)]
        let target: Int
        switch limit.unit {
        case .workingDays: target = limit.value
        case .calendarDays: target = limit.value
        case .months: target = start.day.advanced(byMonths: limit.value).daysSinceEpoch - start.day.daysSinceEpoch
        case .hours, .minutes: target = daysOfHours(limit, after: start)
        }
        let inWorkingDays = limit.unit == .workingDays
        var (day, counted) = (start.day, 0)
        // What is promised at once and comes after the office has closed is due on the next working day.
        if target == 0, start >= calendar.closeOfBusiness(on: day) {
            day = day.advanced(byDays: 1)
            entries.append(ClockEntry(day: day, reason: .movedToWorkingDay, count: nil))
        }
        while counted < target {
            day = day.advanced(byDays: 1)
            let entry = known.entry(day, counted: counted, inWorkingDays: inWorkingDays, pauses: pauses, today: today)
            counted = entry.count ?? counted
            entries.append(entry)
        }
        let stop = { (day: CivilDate) in pauses.first { $0.covers(day, today: today) } }
        while !known.calendar.isWorkingDay(day) || stop(day) != nil {
            day = day.advanced(byDays: 1)
            let reason: ClockEntry.Reason = stop(day).map { .paused($0.cause) } ?? .movedToWorkingDay
            entries.append(ClockEntry(day: day, reason: reason, count: nil))
        }
        return entries
    }

    private func entry(
        _ day: CivilDate, counted: Int, inWorkingDays: Bool, pauses: [Pause], today: CivilDate
    ) -> ClockEntry {
        if let pause = pauses.first(where: { $0.covers(day, today: today) }) {
            return ClockEntry(day: day, reason: .paused(pause.cause), count: nil)
        }
        guard inWorkingDays else { return ClockEntry(day: day, reason: .counted, count: counted + 1) }
        switch calendar.reason(of: day) {
        case .workingDay: return ClockEntry(day: day, reason: .counted, count: counted + 1)
        case .makeUpDay(let name): return ClockEntry(day: day, reason: .makeUpDay(name), count: counted + 1)
        case .weekend: return ClockEntry(day: day, reason: .weekend, count: nil)
        case .holiday(let name), .lateMakeUpDay(let name):
            return ClockEntry(day: day, reason: .holiday(name), count: nil)
        case .closure(let name, _): return ClockEntry(day: day, reason: .closure(name), count: nil)
        }
    }

    private func daysOfHours(_ limit: TimeLimit, after start: Instant) -> Int {
        let seconds = Int64(limit.value) * (limit.unit == .hours ? 3600 : 60)
        let end = start.advanced(bySeconds: seconds)
        let days = end.day.daysSinceEpoch - start.day.daysSinceEpoch
        // Hours that end when nobody is there any more end with the next day, not before they are over.
        let isOpen = end <= calendar.closeOfBusiness(on: end.day) || start >= calendar.closeOfBusiness(on: end.day)
        return isOpen ? days : days + 1
    }
}
