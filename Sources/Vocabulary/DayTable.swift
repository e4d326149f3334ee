/// The working days of some decades, counted once, so that a question about a period is two look-ups.
struct DayTable: Sendable {
    /// LIMIT: the years that are counted; beyond them a period is walked day by day.
    static let years = 2010..<2051
    static let first = CivilDate(year: years.lowerBound, month: 1, day: 1)?.daysSinceEpoch ?? 0
    static let end = CivilDate(year: years.upperBound, month: 1, day: 1)?.daysSinceEpoch ?? 0

    /// For each day, how many working days there are up to and including it.
    private let through: [Int32]
    /// The working days in order.
    private let days: [Int32]

    /// Counts `isWorkingDay`, asked of days since the epoch.
    init(_ isWorkingDay: (Int) -> Bool) {
        var (through, days) = ([Int32](), [Int32]())
        through.reserveCapacity(Self.end - Self.first)
        days.reserveCapacity((Self.end - Self.first) * 5 / 7)
        for day in Self.first..<Self.end {
            if isWorkingDay(day) { days.append(Int32(day)) }
            through.append(Int32(days.count))
        }
        (self.through, self.days) = (through, days)
    }

    /// Whether the day is one of them; nil when the table does not reach so far.
    func isWorkingDay(_ day: Int) -> Bool? {
        count(from: day, upTo: day + 1).map { $0 == 1 }
    }

    /// The n-th working day after the day, for n from 1; nil when the table does not reach so far.
    func day(_ count: Int, after start: Int) -> Int? {
        guard start >= Self.first, start < Self.end else { return nil }
        let index = Int(through[start - Self.first]) + count - 1
        return index < days.count ? Int(days[index]) : nil
    }

    /// How many working days lie from `start` up to, not including, `end`; nil when the table does not reach so far.
    func count(from start: Int, upTo end: Int) -> Int? {
        guard start > Self.first, start <= end, end <= Self.end else { return nil }
        return Int(through[end - 1 - Self.first] - through[start - 1 - Self.first])
    }
}
