/// A month of the calendar: figures are counted in it, and lists narrowed by it.
package struct Month: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let year: Int
    /// 1...12.
    package let number: Int

    /// Nil for a month that there is not.
    package init?(year: Int, number: Int) {
        guard (1900...9999).contains(year), (1...12).contains(number) else { return nil }
        (self.year, self.number) = (year, number)
    }

    /// The month in which a day lies.
    package init(of day: CivilDate) {
        let parts = day.parts
        (year, number) = (parts.year, parts.month)
    }

    /// Reads `2018-10`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == 7, let day = CivilDate("\(text)-01") else { return nil }
        self.init(of: day)
    }

    /// `2018-10`.
    package var description: String { "\(year)-\(number < 10 ? "0" : "")\(number)" }

    /// 201810: as a row holds it.
    package var code: Int { year * 100 + number }

    /// The month that a row holds; nil for a number that is none.
    package init?(code: Int) { self.init(year: code / 100, number: code % 100) }

    /// So many months later, or earlier.
    package func advanced(by months: Int) -> Month {
        let all = year * 12 + number - 1 + months
        guard let month = Month(year: all / 12, number: all % 12 + 1) else { preconditionFailure("beyond the years") }
        return month
    }

    /// Its days.
    package var days: ClosedRange<CivilDate> { firstDay...advanced(by: 1).firstDay.advanced(byDays: -1) }

    private var firstDay: CivilDate {
        guard let day = CivilDate(year: year, month: number, day: 1) else { preconditionFailure("every month begins") }
        return day
    }

    /// From this one to another, in order.
    package func through(_ last: Month) -> [Month] {
        guard self <= last else { return [] }
        return (0...((last.year - year) * 12 + last.number - number)).map { advanced(by: $0) }
    }

    package static func < (left: Month, right: Month) -> Bool { left.code < right.code }
}
