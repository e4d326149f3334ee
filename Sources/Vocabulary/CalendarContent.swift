/// 放假安排: what the State Council publishes for one year (全国年节及纪念日放假办法).
package struct YearSchedule: Hashable, Sendable, Codable {
    /// A day that differs from its weekday, or that is named though it does not.
    package struct Day: Hashable, Sendable, Codable {
        package let day: CivilDate
        /// The holiday to which it belongs, `春节`.
        package let name: String
        /// Off, or worked (调休) when it is a weekend day.
        package let isOff: Bool

        package init(_ day: CivilDate, name: String, isOff: Bool) {
            (self.day, self.name, self.isOff) = (day, name, isOff)
        }
    }

    package let year: Int
    /// In the order of days. The New Year's holiday may begin in December of the year before.
    package let days: [Day]

    /// Puts the days in order.
    package init(year: Int, days: [Day]) {
        self.year = year
        self.days = days.sorted { $0.day < $1.day }
    }

    /// Whether a schedule of this year may speak of the day: the year itself, and December before it.
    package func mayName(_ day: CivilDate) -> Bool {
        let (year, month, _) = day.parts
        return year == self.year || year == self.year - 1 && month == 12
    }
}

/// A whole day on which the offices of a place are closed, or open again after all (a typhoon that turned away).
///
/// It holds for the place and everything below it. Half days are office hours and count as days.
package struct LocalClosure: Hashable, Sendable, Codable {
    package let region: Region
    package let day: CivilDate
    /// Why: `台风`.
    package let name: String
    /// False takes an earlier closure back.
    package let isClosed: Bool

    package init(_ region: Region, _ day: CivilDate, name: String, isClosed: Bool = true) {
        (self.region, self.day, self.name, self.isClosed) = (region, day, name, isClosed)
    }
}

/// When the halls of a place are open, from one day until another or until it is said anew.
package struct OpeningHours: Hashable, Sendable, Codable {
    package let region: Region
    package let from: CivilDate
    /// The last day; nil until it is said anew.
    package let through: CivilDate?
    package let hours: OfficeHours

    package init(_ region: Region, from: CivilDate, through: CivilDate?, hours: OfficeHours) {
        (self.region, self.from, self.through, self.hours) = (region, from, through, hours)
    }

    func covers(_ day: CivilDate) -> Bool { day >= from && through.map { day <= $0 } ?? true }
}

/// What is said of the calendar at one moment, for ever: a schedule, closures or hours, with the paper it rests on.
package struct CalendarEdition: Hashable, Sendable {
    /// What an edition says.
    package enum Content: Hashable, Sendable {
        case schedule(YearSchedule)
        case closures([LocalClosure])
        case hours([OpeningHours])
    }

    /// 1, 2, 3, … without gaps.
    package let number: Int
    /// The instant since which this house knows it; later than that of every edition before.
    package let knownFrom: Instant
    /// The day on the paper.
    package let announcedOn: CivilDate
    /// The paper: `国办发明电〔2025〕7号`.
    package let source: String
    package let content: Content

    package init(
        number: Int, knownFrom: Instant, announcedOn: CivilDate, source: String, content: Content
    ) {
        (self.number, self.knownFrom, self.announcedOn) = (number, knownFrom, announcedOn)
        (self.source, self.content) = (source, content)
    }

    /// The days and the places for which it may change whether a day counts; nil for hours, by which no day counts more
    /// or less. A schedule touches every place.
    package var touched: (days: ClosedRange<CivilDate>, regions: [Region])? {
        switch content {
        case .schedule(let schedule):
            // December before: a schedule may name its days, and an earlier one of the same year may have.
            let first = CivilDate(year: schedule.year - 1, month: 12, day: 1) ?? CivilDate(daysSinceEpoch: 0)
            return (first...(CivilDate(year: schedule.year, month: 12, day: 31) ?? first), [])
        case .closures(let closures):
            let days = closures.map(\.day)
            guard let first = days.min(), let last = days.max() else { return nil }
            return (first...last, Set(closures.map(\.region)).sorted())
        case .hours: return nil
        }
    }
}
