import Synchronization

/// Which days are working days in one place, as known at one moment: Monday to Friday, less the holidays and plus the
/// make-up days (调休) that the State Council publishes for each year, less the days on which the place was closed.
///
/// For a year whose schedule is not out yet, the legal holidays fixed by 全国年节及纪念日放假办法 (2024) count as days off and
/// there are no make-up days; every answer that leans on such a year is provisional. A date that is final never moves
/// earlier: a day that became a working day after it was known to be off does not count for periods that had begun.
///
/// A value of one word: it is copied for nothing, and its answers are look-ups.
package struct WorkCalendar: Sendable {
    /// What is kept of it, made once.
    final class Pages: Sendable {
        let days: CalendarDays
        let table: DayTable
        /// The calendars for periods that began before some days became working days, by those days.
        let earlier = Mutex<[[CivilDate]: WorkCalendar]>([:])

        init(_ days: CalendarDays) {
            self.days = days
            table = DayTable(days.isWorkingDay)
        }
    }

    private let pages: Pages
    var days: CalendarDays { pages.days }

    init(_ days: CalendarDays) {
        pages = Pages(days)
    }

    /// A calendar from a published schedule (`date,holiday_name,kind`) and the lunar holidays of later years
    /// (`date,holiday_name`), both with a header line. Throws `Fault.corrupt` on a line it cannot read.
    package init(published: String, lunar: String) throws {
        self.init(try CalendarDays(published: published, lunar: lunar))
    }

    /// The calendar that ships: the State Council's schedules of 2018 to 2026 and the lunar holidays up to 2045.
    package static func shipped() throws -> WorkCalendar {
        try WorkCalendar(
            published: Resource.text("holidays_cn_2018_2026.csv"),
            lunar: Resource.text("holidays_lunar_2027_2045.csv"))
    }

    /// Whether the schedule of the year is known; when it is not, answers that touch the year are provisional.
    package func isPublished(_ year: Int) -> Bool {
        days.publishedYears.contains(year)
    }

    /// Whether offices work on the day.
    package func isWorkingDay(_ day: CivilDate) -> Bool {
        pages.table.isWorkingDay(day.daysSinceEpoch) ?? days.isWorkingDay(day.daysSinceEpoch)
    }

    /// Whether the day counts for a period that began on `start`: a working day that was not known to be off when the
    /// period began. Without corrections of a schedule this is `isWorkingDay`.
    package func counts(_ day: CivilDate, since start: CivilDate) -> Bool {
        isWorkingDay(day) && !days.late.contains { $0.day == day && $0.knownOn >= start }
    }

    /// The calendar by which a period that began on `start` is counted: itself, unless days became working days since.
    package func counting(since start: CivilDate) -> WorkCalendar {
        guard hasLateDays(after: start) else { return self }
        let late = days.late.filter { $0.day > start && $0.knownOn >= start }.map(\.day)
        if let kept = pages.earlier.withLock({ $0[late] }) { return kept }
        let calendar = WorkCalendar(days.without(late))
        pages.earlier.withLock { $0[late] = calendar }
        return calendar
    }

    /// The name of the holiday, make-up day or closure, as the schedule or the law calls it; nil on an ordinary day.
    package func name(of day: CivilDate) -> String? {
        switch reason(of: day) {
        case .workingDay, .weekend: nil
        case .makeUpDay(let name), .holiday(let name), .closure(let name, _), .lateMakeUpDay(let name): name
        }
    }

    /// The n-th working day after the day; the day itself is not counted (民法典 arts 201, 203). Nought days give the day
    /// itself.
    package func day(_ count: WorkingDays, after start: CivilDate) -> CivilDate {
        guard count.count > 0 else { return start }
        if !hasLateDays(after: start),
            let day = pages.table.day(count.count, after: start.daysSinceEpoch)
        {
            return CivilDate(daysSinceEpoch: day)
        }
        var (day, left) = (start, count.count)
        while left > 0 {
            day = day.advanced(byDays: 1)
            if counts(day, since: start) { left -= 1 }
        }
        return day
    }

    /// The day itself when it is a working day, else the next one (民法典 art. 203: a period that ends on a holiday ends
    /// on the day after the holiday).
    package func workingDay(onOrAfter day: CivilDate) -> CivilDate {
        var candidate = day
        while !isWorkingDay(candidate) { candidate = candidate.advanced(byDays: 1) }
        return candidate
    }

    /// How many working days lie in the days from `start` up to, not including, `end`.
    package func workingDays(from start: CivilDate, upTo end: CivilDate) -> WorkingDays {
        guard start < end else { return .none }
        if let count = pages.table.count(from: start.daysSinceEpoch, upTo: end.daysSinceEpoch) {
            return WorkingDays(count)
        }
        return WorkingDays((start.daysSinceEpoch..<end.daysSinceEpoch).count(where: days.isWorkingDay))
    }

    /// Whether an answer that rests on the days from `start` to `end` rests on a year without a published schedule.
    package func isProvisional(from start: CivilDate, through end: CivilDate) -> Bool {
        guard start <= end else { return false }
        return (start.year...end.year).contains { !days.publishedYears.contains($0) }
    }

    private func hasLateDays(after start: CivilDate) -> Bool {
        !days.late.isEmpty && days.late.contains { $0.day > start && $0.knownOn >= start }
    }
}

/// What a day is for those who count.
package enum DayKind: Hashable, Sendable {
    case workingDay
    /// A weekend day on which offices work, by the name of the holiday that it makes up for.
    case makeUpDay(String)
    case weekend
    case holiday(String)
    /// The place was closed, by the name of the reason and the paper that announced it.
    case closure(name: String, announcement: String)
    /// Offices work, and that was not known when the period began: it does not count. Only in `counting(since:)`.
    case lateMakeUpDay(String)

    /// Whether offices work.
    package var isWorkingDay: Bool {
        switch self {
        case .workingDay, .makeUpDay: true
        case .weekend, .holiday, .closure, .lateMakeUpDay: false
        }
    }
}

extension WorkCalendar {
    /// What the day is. A closure says so only where offices would have worked.
    package func reason(of day: CivilDate) -> DayKind { days.kind(of: day.daysSinceEpoch) }

    /// When offices are open on the day; nil when they do not work.
    package func officeHours(on day: CivilDate) -> OfficeHours? {
        isWorkingDay(day) ? days.hours(on: day) : nil
    }

    /// The instant at which business begins on the day; on a day off, when it would have begun.
    package func startOfBusiness(on day: CivilDate) -> Instant {
        Instant(day, hour: 0, minute: days.hours(on: day).opens)
    }

    /// The instant at which business ends on the day, and with it a period that ends on the day (民法典 art. 203). On a
    /// day off, when it would have ended.
    package func closeOfBusiness(on day: CivilDate) -> Instant {
        Instant(day, hour: 0, minute: days.hours(on: day).closes)
    }
}

extension WorkCalendar {
    /// The schedule of a year as it stands; nil when it is not out.
    package func schedule(of year: Int) -> YearSchedule? {
        isPublished(year) ? days.schedule(of: year) : nil
    }

    /// Whether the place was closed on the day, whatever the day is otherwise.
    package func isClosed(_ day: CivilDate) -> Bool { days.isClosed(day) }

    /// The holidays that the law itself gives to a year, in order (放假办法 art. 2). Those of the lunar calendar are known
    /// for the years of the table that ships.
    package func holidaysOfLaw(in year: Int) -> [CivilDate] {
        guard let first = CivilDate(year: year, month: 1, day: 1) else { return [] }
        return (0..<366).map { first.advanced(byDays: $0) }.filter { $0.year == year && days.holidayOfLaw($0) != nil }
    }
}
