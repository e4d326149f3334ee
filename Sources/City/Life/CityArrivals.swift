import Vocabulary

/// Who comes when: the cases of a time, spread over its days, hours and minutes as a real centre has them. Exactly as
/// many as were asked for.
struct CityArrivals: Sendable {
    /// One case that begins.
    struct Arrival: Hashable, Sendable {
        let number: Int
        let at: Instant
        let isOnline: Bool
    }

    private let calendar: WorkCalendar
    private let seed: UInt64
    private let days: [CivilDate]
    /// How many cases begin before each day, and in all: online and at counters.
    private let online: [Int]
    private let counters: [Int]

    /// So many cases from one day through another.
    init(from first: CivilDate, through last: CivilDate, cases: Int, calendar: WorkCalendar, seed: UInt64) {
        (self.calendar, self.seed) = (calendar, seed)
        let days = (0..<max(0, last.daysSinceEpoch - first.daysSinceEpoch + 1)).map { first.advanced(byDays: $0) }
        self.days = days
        let ofCounters = days.map { Self.weight(of: $0, isOnline: false, calendar) }
        let hasCounters = ofCounters.contains { $0 > 0 }
        let countOnline = hasCounters ? Int(Double(cases) * CityRates.online) : cases
        online = Self.spread(countOnline, over: days.map { Self.weight(of: $0, isOnline: true, calendar) })
        counters = Self.spread(cases - countOnline, over: ofCounters)
    }

    /// Those of a day in the order of their time.
    func arrivals(on day: CivilDate) -> [Arrival] {
        guard let index = days.firstIndex(of: day) else { return [] }
        var dice = CityDice(seed, 0xA881, UInt64(bitPattern: Int64(day.daysSinceEpoch)))
        let fromOnline = (online[index]..<online[index + 1]).map { _ in
            (at: Self.online(on: day, &dice), isOnline: true)
        }
        let fromCounters = (counters[index]..<counters[index + 1]).map { _ in
            (at: Self.counter(on: day, &dice), isOnline: false)
        }
        let first = online[index] + counters[index]
        return (fromOnline + fromCounters).enumerated()
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.enumerated()
            .map { place, one in Arrival(number: first + place, at: one.element.at, isOnline: one.element.isOnline) }
    }

    private static func online(on day: CivilDate, _ dice: inout CityDice) -> Instant {
        let hour = dice.place(CityRates.onlineHours)
        return Instant(day, hour: hour, minute: dice.number(0...59)).advanced(bySeconds: Int64(dice.number(0...59)))
    }

    private static func counter(on day: CivilDate, _ dice: inout CityDice) -> Instant {
        let hours = CityRates.counterHours.keys.sorted()
        let hour = hours[dice.place(hours.map { CityRates.counterHours[$0] ?? 0 })]
        let minute = hour * 60 + dice.number(0...59)
        let within = minute < CityRates.lastCounterMinute ? minute : minute - 30
        return Instant(day, hour: 0, minute: within).advanced(bySeconds: Int64(dice.number(0...59)))
    }

    private static func weight(of day: CivilDate, isOnline: Bool, _ calendar: WorkCalendar) -> Double {
        let works = calendar.isWorkingDay(day)
        if !isOnline, !works { return 0 }
        var weight = CityRates.months[day.parts.month - 1]
        weight *= works ? CityRates.weekdays[day.weekday - 1] : CityRates.onlineDayOff
        let before = (1...CityRates.afterHolidayDays).map { day.advanced(byDays: -$0) }
        if works, before.allSatisfy({ !calendar.isWorkingDay($0) }) { weight *= CityRates.afterHoliday }
        return weight
    }

    /// Running totals, from nought to the count.
    private static func spread(_ count: Int, over weights: [Double]) -> [Int] {
        let whole = weights.reduce(0, +)
        var (sum, totals) = (0.0, [0])
        for weight in weights {
            sum += weight
            totals.append(whole > 0 ? Int((Double(count) * sum / whole).rounded()) : 0)
        }
        if let last = totals.indices.last, whole > 0 { totals[last] = count }
        return totals
    }
}
