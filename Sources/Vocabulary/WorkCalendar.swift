import Foundation

/// Which days are working days: Monday to Friday, less the holidays and plus the make-up days (调休) that the State
/// Council publishes for each year.
///
/// For a year whose schedule is not out yet, the legal holidays fixed by 全国年节及纪念日放假办法 (2024) count as days off and
/// there are no make-up days; every answer that leans on such a year is provisional.
package struct WorkCalendar: Sendable {
    /// What the schedule says of one day that differs from its weekday.
    package enum Exception: String, Sendable {
        case off
        case work
    }

    private let exceptions: [Int: (kind: Exception, name: String)]
    private let publishedYears: Set<Int>

    /// A calendar from a published schedule (`date,holiday_name,kind`) and the lunar holidays of later years
    /// (`date,holiday_name`), both with a header line. Throws `Fault.corrupt` on a line it cannot read.
    package init(published: String, lunar: String) throws {
        var exceptions: [Int: (kind: Exception, name: String)] = [:]
        var years: Set<Int> = []
        for columns in try Self.lines(of: published, columns: 3) {
            guard let day = CivilDate(columns[0]), let kind = Exception(rawValue: columns[2]) else {
                throw Fault.corrupt("holiday schedule: \(columns.joined(separator: ","))")
            }
            exceptions[day.daysSinceEpoch] = (kind, columns[1])
            years.insert(day.year)
        }
        for columns in try Self.lines(of: lunar, columns: 2) {
            guard let day = CivilDate(columns[0]) else {
                throw Fault.corrupt("lunar holidays: \(columns.joined(separator: ","))")
            }
            if !years.contains(day.year) { exceptions[day.daysSinceEpoch] = (.off, columns[1]) }
        }
        self.exceptions = exceptions
        publishedYears = years
    }

    /// The calendar that ships: the State Council's schedules of 2018 to 2026 and the lunar holidays up to 2045.
    package static func shipped() throws -> WorkCalendar {
        try WorkCalendar(
            published: Resource.text("holidays_cn_2018_2026.csv"),
            lunar: Resource.text("holidays_lunar_2027_2045.csv"))
    }

    /// Whether the schedule of the year is known; when it is not, answers that touch the year are provisional.
    package func isPublished(_ year: Int) -> Bool {
        publishedYears.contains(year)
    }

    /// Whether offices work on the day.
    package func isWorkingDay(_ day: CivilDate) -> Bool {
        if let exception = exceptions[day.daysSinceEpoch] { return exception.kind == .work }
        return day.weekday <= 5 && (publishedYears.contains(day.year) || Self.fixedHoliday(day) == nil)
    }

    /// The name of the holiday or make-up day, as the schedule or the law calls it; nil on an ordinary day.
    package func name(of day: CivilDate) -> String? {
        exceptions[day.daysSinceEpoch]?.name
            ?? (publishedYears.contains(day.year) ? nil : Self.fixedHoliday(day))
    }

    /// The n-th working day after the day; the day itself is not counted (民法典 arts 201, 203). Nought days give the day
    /// itself.
    package func day(_ count: WorkingDays, after start: CivilDate) -> CivilDate {
        var day = start
        var left = count.count
        while left > 0 {
            day = day.advanced(byDays: 1)
            if isWorkingDay(day) { left -= 1 }
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
        var count = 0
        var day = start
        while day < end {
            if isWorkingDay(day) { count += 1 }
            day = day.advanced(byDays: 1)
        }
        return WorkingDays(count)
    }

    /// Whether an answer that rests on the days from `start` to `end` rests on a year without a published schedule.
    package func isProvisional(from start: CivilDate, through end: CivilDate) -> Bool {
        guard start <= end else { return false }
        return (start.year...end.year).contains { !publishedYears.contains($0) }
    }

    /// 1 January, 1 and 2 May, 1 to 3 October: the legal holidays with a fixed date (放假办法 art. 2).
    private static func fixedHoliday(_ day: CivilDate) -> String? {
        let (_, month, dayOfMonth) = day.parts
        switch (month, dayOfMonth) {
        case (1, 1): return "元旦"
        case (5, 1), (5, 2): return "劳动节"
        case (10, 1), (10, 2), (10, 3): return "国庆节"
        default: return nil
        }
    }

    private static func lines(of text: String, columns: Int) throws -> [[String]] {
        try text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            let parts = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == columns else { throw Fault.corrupt("calendar line: \(line)") }
            return parts
        }
    }
}

/// The resource files of this room.
enum Resource {
    static func text(_ name: String) throws -> String {
        guard let url = Bundle.module.url(forResource: "Resources/\(name)", withExtension: nil) else {
            throw Fault.misconfigured("resource \(name) is missing beside the program")
        }
        return try String(contentsOf: url, encoding: .utf8)
    }
}
