/// A day of the Gregorian calendar as people in Fuzhou write it, without a time and without a zone.
///
/// Held as the number of days since 1970-01-01, so that arithmetic is integer arithmetic.
package struct CivilDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before.
    package let daysSinceEpoch: Int

    /// The day that lies so many days after 1970-01-01.
    package init(daysSinceEpoch: Int) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// The day with this year, month and day of month; nil when there is none (31 April, 29 February of a common year).
    /// Years run from 1800 to 9999: identity numbers made up for tests and demonstrations are born before 1900, as the
    /// standard's own example is.
    package init?(year: Int, month: Int, day: Int) {
        guard (1800...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSinceEpoch = era * 146_097 + dayOfEra - 719_468
        guard parts == (year, month, day) else { return nil }
    }

    /// Reads `2026-11-24` or `20261124`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let digits = text.utf8.filter { $0 != UInt8(ascii: "-") }
        let dashed =
            text.utf8.count == 10 && text.utf8.dropFirst(4).first == UInt8(ascii: "-")
            && text.utf8.dropFirst(7).first == UInt8(ascii: "-")
        guard digits.count == 8, dashed || text.utf8.count == 8,
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        let number = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    /// Year, month (1...12) and day of month (1...31).
    package var parts: (year: Int, month: Int, day: Int) {
        let shifted = daysSinceEpoch + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// The calendar year.
    package var year: Int { parts.year }

    /// 1 for Monday to 7 for Sunday (ISO 8601).
    package var weekday: Int {
        let remainder = (daysSinceEpoch + 3) % 7
        return (remainder < 0 ? remainder + 7 : remainder) + 1
    }

    /// The day so many calendar days later (earlier when negative).
    package func advanced(byDays days: Int) -> CivilDate {
        CivilDate(daysSinceEpoch: daysSinceEpoch + days)
    }

    /// The same day of the month so many months later, or the last day of that month when it is shorter.
    package func advanced(byMonths months: Int) -> CivilDate {
        let (year, month, day) = parts
        let index = year * 12 + month - 1 + months
        let first = CivilDate(daysSinceEpoch: daysSinceEpoch - day + 1)
        for candidate in stride(from: day, through: 28, by: -1) {
            if let date = CivilDate(year: index / 12, month: index % 12 + 1, day: candidate) { return date }
        }
        return CivilDate(year: index / 12, month: index % 12 + 1, day: min(day, 28)) ?? first
    }

    package static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.daysSinceEpoch < right.daysSinceEpoch
    }
}

extension CivilDate: CustomStringConvertible {
    /// `2026-11-24`.
    package var description: String {
        let (year, month, day) = parts
        return "\(year)-\(Self.two(month))-\(Self.two(day))"
    }

    /// `20261124`, as case numbers and certificate records write it.
    package var compact: String {
        let (year, month, day) = parts
        return "\(year)\(Self.two(month))\(Self.two(day))"
    }

    private static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}

extension CivilDate: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let date = CivilDate(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day: \(text)")
        }
        self = date
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A number of working days: Monday to Friday less holidays, plus make-up days (行政许可法 art. 82).
package struct WorkingDays: Hashable, Comparable, Sendable, Codable {
    /// How many; never negative.
    package let count: Int

    /// Refuses, by precondition, a negative number.
    package init(_ count: Int) {
        precondition(count >= 0, "working days are counted from nought")
        self.count = count
    }

    package static let none = WorkingDays(0)

    package static func + (left: WorkingDays, right: WorkingDays) -> WorkingDays {
        WorkingDays(left.count + right.count)
    }

    package static func < (left: WorkingDays, right: WorkingDays) -> Bool {
        left.count < right.count
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let count = try container.decode(Int.self)
        guard count >= 0 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "negative working days")
        }
        self.count = count
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(count)
    }
}
