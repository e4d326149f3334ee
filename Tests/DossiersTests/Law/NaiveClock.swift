import Dossiers
import Foundation
import Vocabulary

/// Days and seconds as whole numbers since 1970 in Fuzhou: what the naive recount counts with.
typealias Day = Int
typealias Second = Int

extension Instant {
    /// Seconds since 1970 as the clocks in Fuzhou show them: eight hours later than Greenwich.
    var naive: Second { Int(milliseconds / 1000) + 8 * 3600 }
}

extension CivilDate {
    var naive: Day { daysSinceEpoch }
}

/// Which days are working days, read from the published lists by nothing but themselves. It shares no code with the
/// product: what it says and what the product says must agree.
struct NaiveCalendar: Sendable {
    static let shared = NaiveCalendar()
    static let opens: Second = 9 * 3600
    static let closes: Second = 17 * 3600

    private static let years = 2017...2040
    private let first: Day
    private let works: [Bool]

    private init() {
        let root = URL(filePath: #filePath).pathComponents.dropLast(4).joined(separator: "/").dropFirst()
        let lines = { (name: String) in
            guard let data = FileManager.default.contents(atPath: "\(root)/Sources/Vocabulary/Resources/\(name)") else {
                preconditionFailure("\(name) is not there")
            }
            return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst().map { line in
                line.split(separator: ",").map(String.init)
            }
        }
        var said: [String: Bool] = [:]
        for line in lines("holidays_cn_2018_2026.csv") { said[line[0]] = line[2] == "work" }
        for line in lines("holidays_lunar_2027_2045.csv") { said[line[0]] = false }
        guard let start = CivilDate(year: Self.years.lowerBound, month: 1, day: 1),
            let end = CivilDate(year: Self.years.upperBound, month: 12, day: 31)
        else { preconditionFailure("no such years") }
        first = start.daysSinceEpoch
        works = (start.daysSinceEpoch...end.daysSinceEpoch).map { number in
            let date = CivilDate(daysSinceEpoch: number)
            let text = date.description
            if let said = said[text] { return said }
            // Years whose schedule is not out have the holidays that the law itself names.
            let fixed = ["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"].contains(text.suffix(5))
            if !(2018...2026).contains(date.year), fixed { return false }
            return date.weekday <= 5
        }
    }

    func works(_ day: Day) -> Bool { works[day - first] }

    /// Whether a period that ends on the day leans on a year whose schedule is not out.
    func isGuessed(_ start: Day, _ end: Day) -> Bool {
        (CivilDate(daysSinceEpoch: start).year...max(start, end).year).contains { !(2018...2026).contains($0) }
    }

    func closing(_ day: Day) -> Second { day * 86_400 + Self.closes }
    func midnight(after day: Day) -> Second { (day + 1) * 86_400 }

    /// The day for which something comes: after the office has closed, the next.
    func officeDay(_ second: Second) -> Day { second < closing(second.day) ? second.day : second.day + 1 }

    /// The morning from which so many working days are left, the last one among them.
    func morning(_ count: Int, before last: Day) -> Second {
        var (day, left) = (last, count)
        while true {
            if works(day) { left -= 1 }
            if left == 0 { return day * 86_400 }
            day -= 1
        }
    }
}

extension Second {
    var day: Day { self / 86_400 }
}

extension Day {
    fileprivate var year: Int { CivilDate(daysSinceEpoch: self).year }
}

/// One limit counted with the fingers: day after day, asking of each whether it counts.
struct NaiveLimit {
    let value: Int
    let unit: TimeLimit.Unit

    init(_ value: Int, _ unit: TimeLimit.Unit = .workingDays) { (self.value, self.unit) = (value, unit) }

    /// The days that count, and the day on which the limit ends.
    func count(_ start: Second, stopped: [Range<Day>] = []) -> (counted: [Day], end: Day) {
        let calendar = NaiveCalendar.shared
        let isStopped = { (day: Day) in stopped.contains { $0.contains(day) } }
        var (day, counted): (Day, [Day]) = (start.day, [])
        let wanted = wanted(start)
        // Nobody is there any more to do at once what comes in the evening.
        if wanted == 0, start >= calendar.closing(day) { day += 1 }
        while counted.count < wanted {
            day += 1
            if isStopped(day) { continue }
            if unit == .workingDays, !calendar.works(day) { continue }
            counted.append(day)
        }
        while !calendar.works(day) || isStopped(day) { day += 1 }
        return (counted, day)
    }

    func end(_ start: Second, stopped: [Range<Day>] = []) -> Day { count(start, stopped: stopped).end }

    private func wanted(_ start: Second) -> Int {
        switch unit {
        case .workingDays, .calendarDays: return value
        case .months:
            var (year, month, dayOfMonth) = CivilDate(daysSinceEpoch: start.day).parts
            for _ in 0..<value { (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1) }
            while true {
                if let date = CivilDate(year: year, month: month, day: dayOfMonth) { return date.naive - start.day }
                dayOfMonth -= 1
            }
        case .hours, .minutes:
            let over = start + value * (unit == .hours ? 3600 : 60)
            let closing = NaiveCalendar.shared.closing(over.day)
            return over.day - start.day + (over > closing && start < closing ? 1 : 0)
        }
    }
}
