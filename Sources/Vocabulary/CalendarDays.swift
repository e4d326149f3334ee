import Foundation

/// The days that differ from their weekdays, put together from what ships and from editions.
struct CalendarDays: Sendable {
    /// A day that became a working day after a schedule had it off, and the day on which that was known.
    struct Late: Hashable, Sendable {
        let day: CivilDate
        let knownOn: CivilDate
    }

    /// By year. The days that a schedule names in December before its year stand with it.
    private var schedules: [Int: YearSchedule]
    /// Holidays of the law in years without a schedule, by days since the epoch.
    private let lunar: [Int: String]
    private var exceptions: [Int: YearSchedule.Day] = [:]
    private var closures: [Int: (name: String, announcement: String)] = [:]
    /// The newest first.
    private var openingHours: [OpeningHours] = []
    private(set) var publishedYears: Set<Int> = []
    private(set) var late: [Late] = []
    /// Working days that do not count for the periods that this is for.
    private var uncounted: Set<Int> = []

    init(published: String, lunar: String) throws {
        var days: [Int: [YearSchedule.Day]] = [:]
        for columns in try Self.lines(of: published, columns: 3) {
            guard let day = CivilDate(columns[0]), ["off", "work"].contains(columns[2]) else {
                throw Fault.corrupt("holiday schedule: \(columns.joined(separator: ","))")
            }
            // The New Year's holiday of December belongs to the schedule of the year that begins.
            let year = day.parts.month == 12 && columns[1] == Self.newYear ? day.year + 1 : day.year
            days[year, default: []].append(YearSchedule.Day(day, name: columns[1], isOff: columns[2] == "off"))
        }
        schedules = Dictionary(uniqueKeysWithValues: days.map { ($0, YearSchedule(year: $0, days: $1)) })
        var holidays: [Int: String] = [:]
        for columns in try Self.lines(of: lunar, columns: 2) {
            guard let day = CivilDate(columns[0]) else {
                throw Fault.corrupt("lunar holidays: \(columns.joined(separator: ","))")
            }
            holidays[day.daysSinceEpoch] = columns[1]
        }
        self.lunar = holidays
        arrange()
    }

    private mutating func arrange() {
        exceptions = [:]
        publishedYears = []
        for (year, schedule) in schedules.sorted(by: { $0.key < $1.key }) {
            for day in schedule.days { exceptions[day.day.daysSinceEpoch] = day }
            if schedule.days.contains(where: { $0.day.year == year }) { publishedYears.insert(year) }
        }
    }

    func isWorkingDay(_ day: Int) -> Bool {
        if closures[day] != nil || uncounted.contains(day) { return false }
        if let exception = exceptions[day] { return !exception.isOff }
        let date = CivilDate(daysSinceEpoch: day)
        return date.weekday <= 5 && legalHoliday(date) == nil
    }

    func kind(of day: Int) -> DayKind {
        let date = CivilDate(daysSinceEpoch: day)
        let isWeekend = date.weekday > 5
        let exception = exceptions[day]
        if let exception, exception.isOff { return .holiday(exception.name) }
        if exception == nil, let name = legalHoliday(date) { return .holiday(name) }
        if exception == nil && isWeekend { return .weekend }
        if uncounted.contains(day) { return .lateMakeUpDay(exception?.name ?? "") }
        if let closure = closures[day] { return .closure(name: closure.name, announcement: closure.announcement) }
        return isWeekend ? .makeUpDay(exception?.name ?? "") : .workingDay
    }

    /// The hours on a day, whether offices work on it or not.
    func hours(on day: CivilDate) -> OfficeHours {
        openingHours.first { $0.covers(day) }?.hours ?? .usual
    }

    /// The schedule of a year; nil when it is not out.
    func schedule(of year: Int) -> YearSchedule? { schedules[year] }

    func isClosed(_ day: CivilDate) -> Bool { closures[day.daysSinceEpoch] != nil }

    /// The holiday that the law itself gives: in years without a schedule these are the days off.
    func holidayOfLaw(_ day: CivilDate) -> String? { lunar[day.daysSinceEpoch] ?? Self.fixedHoliday(day) }

    private func legalHoliday(_ day: CivilDate) -> String? {
        publishedYears.contains(day.year) ? nil : holidayOfLaw(day)
    }

    /// The same without some working days.
    func without(_ days: [CivilDate]) -> CalendarDays {
        var result = self
        result.uncounted = Set(days.map(\.daysSinceEpoch))
        return result
    }

    /// Adds what an edition says of a place.
    mutating func add(_ edition: CalendarEdition, for region: Region) {
        let before = self
        switch edition.content {
        case .schedule(let schedule):
            schedules[schedule.year] = schedule
            arrange()
        case .closures(let lines):
            for line in lines where line.region.contains(region) {
                closures[line.day.daysSinceEpoch] = line.isClosed ? (line.name, edition.source) : nil
            }
        case .hours(let lines):
            // In one edition the place that is nearer counts more.
            let mine = lines.filter { $0.region.contains(region) }
            openingHours = mine.filter { $0.region == region } + mine.filter { $0.region != region } + openingHours
        }
        guard let touched = edition.touched else { return }
        for day in touched.days.lowerBound.daysSinceEpoch...touched.days.upperBound.daysSinceEpoch {
            let (was, works) = (before.isWorkingDay(day), isWorkingDay(day))
            guard was != works else { continue }
            let date = CivilDate(daysSinceEpoch: day)
            late.removeAll { $0.day == date }
            if works && before.publishedYears.contains(date.year) {
                late.append(Late(day: date, knownOn: edition.knownFrom.day))
            }
        }
    }

    /// 元旦, as schedules call the holiday that may begin in December.
    static let newYear = "元旦"

    /// 1 January, 1 and 2 May, 1 to 3 October: the legal holidays with a fixed date (放假办法 art. 2).
    private static func fixedHoliday(_ day: CivilDate) -> String? {
        let (_, month, dayOfMonth) = day.parts
        switch (month, dayOfMonth) {
        case (1, 1): return newYear
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
