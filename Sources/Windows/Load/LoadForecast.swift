package import Vocabulary

/// How the load of a day is forecast, as a city may set it. It is practice, not law.
package struct LoadParameters: Hashable, Sendable {
    /// LIMIT: weeks that are looked back, on the same day of the week.
    package var weeks = 6
    /// On fewer days than these there is no forecast.
    package var daysMin = 3
    /// How many of a hundred shall wait no longer than `waitMinutesMax`.
    package var servedPercent = 80
    package var waitMinutesMax = 10
    /// From which minute of the day on the next day's forecast is made.
    package var madeFromMinute = 18 * 60 + 30
    /// LIMIT: past days whose forecasts are held against what happened.
    package var checkedDays = 20

    package init() {}
}

/// What is expected of a day at the comprehensive windows of a hall, by half hours.
package struct LoadForecast: Hashable, Sendable {
    package let hall: HallCode
    package let day: CivilDate
    package let madeAt: Instant
    /// How many past days it rests on.
    package let days: Int
    /// Seconds for which a ticket takes a window, by what was measured.
    package let serviceSeconds: Int64
    /// Windows that the hall has for this.
    package let planned: Int
    package let halves: [Half]

    /// A half hour.
    package struct Half: Hashable, Sendable {
        /// The minute of the day at which it begins.
        package let minute: Int
        /// Thousandths of people who come without an appointment.
        package let walkIns: Int
        /// People who are booked for it.
        package let booked: Int
        /// Windows that are needed; nought while the hall is closed.
        package let needed: Int
        /// Seconds that people wait on average where all planned windows are at work; nil where the queue grows.
        package let waitSeconds: Int?
        package let isOpen: Bool

        /// Thousandths of people in all.
        package var arrivals: Int { walkIns + booked * 1000 }
    }

    /// The most windows that any half hour needs.
    package var neededMax: Int { halves.map(\.needed).max() ?? 0 }
}

/// What happened in a half hour.
package struct LoadCount: Hashable, Sendable {
    package let minute: Int
    package let walkIns: Int
    /// With an appointment.
    package let booked: Int
    /// Those whose turn came, and the seconds that they waited in all.
    package let called: Int
    package let waitSeconds: Int64

    package var arrivals: Int { walkIns + booked }
}

/// A forecast against what then happened. Thousandths of people, seconds.
package struct LoadError: Hashable, Sendable {
    package let day: CivilDate
    package let forecastArrivals: Int
    package let arrivals: Int
    /// How far off it was in a half hour, on average.
    package let meanError: Int
    /// The same of the waits, over half hours in which somebody was called and a wait was foretold; nil for none.
    package let meanWaitError: Int?
}

/// The rules of forecasts: past days in, windows out. Pure.
package enum LoadRules {
    /// What a past day's counts and the bookings make of a day; nil where there are too few past days.
    ///
    /// `spans` are the office hours. Whoever comes while the windows are closed, before opening and at noon, stands
    /// there when they open: her half hour needs none, the next open one needs them for her.
    package static func forecast(
        _ day: (hall: HallCode, day: CivilDate, spans: [Range<Int>]), past: [[LoadCount]], booked: [Int: Int],
        service: Int64, planned: Int, at now: Instant, _ parameters: LoadParameters = .init()
    ) -> LoadForecast? {
        guard past.count >= parameters.daysMin, let first = day.spans.first, let last = day.spans.last else {
            return nil
        }
        var halves: [LoadForecast.Half] = []
        var standing = 0
        let begin = half(max(0, first.lowerBound - Slot.minutes))
        for minute in stride(from: begin, to: last.upperBound, by: Slot.minutes) {
            let isOpen = day.spans.contains { $0.overlaps(minute..<minute + Slot.minutes) }
            let counts = past.map { $0.first { $0.minute == minute }?.walkIns ?? 0 }
            let walkIns = counts.reduce(0, +) * 1000 / counts.count
            let own = booked.filter { half($0.key) == minute }.values.reduce(0, +)
            let people = walkIns + own * 1000 + standing
            standing = isOpen ? 0 : people
            let load = Double(people) / 1000 * Double(service) / Double(Slot.minutes * 60)
            halves.append(
                LoadForecast.Half(
                    minute: minute, walkIns: walkIns, booked: own,
                    needed: isOpen ? windows(load, service, parameters) : 0,
                    waitSeconds: isOpen
                        ? ErlangC.meanWait(windows: planned, load: load, service: Double(service)).map {
                            Int($0.rounded())
                        } : nil, isOpen: isOpen))
        }
        return LoadForecast(
            hall: day.hall, day: day.day, madeAt: now, days: past.count, serviceSeconds: service, planned: planned,
            halves: halves)
    }

    /// The half hour in which a minute of the day lies, by its beginning.
    package static func half(_ minute: Int) -> Int { minute / Slot.minutes * Slot.minutes }

    private static func windows(_ load: Double, _ service: Int64, _ parameters: LoadParameters) -> Int {
        ErlangC.windows(
            share: Double(parameters.servedPercent) / 100, within: Double(parameters.waitMinutesMax * 60), load: load,
            service: Double(service))
    }

    /// The past days on which a forecast rests: the same day of the week, only those on which the hall was open, none
    /// before its first ticket, none that is not over.
    package static func days(
        before day: CivilDate, since first: CivilDate, today: CivilDate, _ calendar: WorkCalendar,
        _ parameters: LoadParameters = .init()
    ) -> [CivilDate] {
        (1...parameters.weeks).map { day.advanced(byDays: -7 * $0) }.filter {
            $0 >= first && $0 < today && calendar.officeHours(on: $0) != nil
        }
    }

    /// How far off a forecast was. Each half hour in which somebody was expected or came counts once.
    package static func error(of forecast: LoadForecast, against counts: [LoadCount]) -> LoadError {
        let came = Dictionary(counts.map { ($0.minute, $0) }) { first, _ in first }
        let minutes = Set(forecast.halves.map(\.minute)).union(counts.map(\.minute)).sorted()
        var (errors, waits): ([Int], [Int]) = ([], [])
        for minute in minutes {
            let expected = forecast.halves.first { $0.minute == minute }
            let actual = came[minute]
            errors.append(abs((expected?.arrivals ?? 0) - (actual?.arrivals ?? 0) * 1000))
            guard let wait = expected?.waitSeconds, let actual, actual.called > 0 else { continue }
            waits.append(abs(wait - Int(actual.waitSeconds) / actual.called))
        }
        return LoadError(
            day: forecast.day, forecastArrivals: forecast.halves.map(\.arrivals).reduce(0, +),
            arrivals: counts.map(\.arrivals).reduce(0, +) * 1000,
            meanError: errors.isEmpty ? 0 : errors.reduce(0, +) / errors.count,
            meanWaitError: waits.isEmpty ? nil : waits.reduce(0, +) / waits.count)
    }
}
