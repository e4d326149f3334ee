import Store
package import Vocabulary
package import Windows

/// 用时与负荷: what matters took at the windows of a hall, and what is to come.
extension Hall {
    /// Work at a hall as those who run it see it.
    package struct MinutesView: Sendable {
        package let hall: ServiceHall
        package let day: CivilDate
        /// The day's tickets, in the order of their numbers.
        package let tickets: [Ticket]
        /// What items take, those with the most cases first, with their versions in force.
        package let items: [(itemCode: String, effort: Effort)]
        /// For how long a ticket takes a comprehensive window.
        package let windows: Effort
        package let load: LoadView
    }

    /// The forecast of the next day on which a hall is open, and how far off those of past days were.
    package struct LoadView: Sendable {
        package let day: CivilDate
        /// Nil where there are too few past days.
        package let forecast: LoadForecast?
        /// Whether it stands as it was made; otherwise it is what would be forecast now.
        package let isKept: Bool
        /// The latest first.
        package let errors: [LoadError]
    }

    /// What matters took at a hall, what is to come, and a page of a day's tickets, those after a number where one is
    /// given.
    package func minutes(
        at code: HallCode, on day: CivilDate? = nil, after: (letter: String, serial: Int)? = nil
    ) async throws -> MinutesView {
        let now = time.now()
        return try await store.read { tx in
            let hall = try HallTable.hall(code, in: tx)
            return MinutesView(
                hall: hall, day: day ?? now.day,
                tickets: try TicketTable.tickets(
                    of: code, on: day ?? now.day, after: after, limit: Limits.pageRowsMax, in: tx),
                items: try EffortTable.items(at: code, upTo: now.day, in: tx),
                windows: try EffortTable.effort(.need(.comprehensive), at: code, upTo: now.day, in: tx),
                load: try load(at: code, now, in: tx))
        }
    }

    private func load(at code: HallCode, _ now: Instant, in tx: Transaction) throws -> LoadView {
        let day = calendar(at: code).workingDay(onOrAfter: now.day.advanced(byDays: 1))
        let kept = try LoadTable.forecast(of: code, for: day, in: tx)
        let limit = LoadParameters().checkedDays
        let errors = try LoadTable.days(of: code, before: now.day, limit: limit, in: tx).compactMap { day in
            try LoadTable.forecast(of: code, for: day, in: tx).map {
                LoadRules.error(of: $0, against: try LoadTable.counts(of: code, on: day, in: tx))
            }
        }
        return LoadView(
            day: day, forecast: try kept ?? forecast(day, at: code, now, in: tx), isKept: kept != nil, errors: errors)
    }

    private func forecast(
        _ day: CivilDate, at code: HallCode, _ now: Instant, in tx: Transaction
    ) throws -> LoadForecast? {
        let calendar = calendar(at: code)
        guard let first = try EffortTable.firstDay(of: code, in: tx),
            let hours = calendar.officeHours(on: day)
        else { return nil }
        let past = try LoadRules.days(before: day, since: first, today: now.day, calendar).map {
            try LoadTable.counts(of: code, on: $0, in: tx)
        }
        let windows = try WindowTable.windows(of: code, in: tx).count { $0.capabilities.contains(.comprehensive) }
        let effort = try EffortTable.effort(.need(.comprehensive), at: code, upTo: now.day, in: tx)
        return LoadRules.forecast(
            (code, day, hours.spans.map { $0.opens..<$0.closes }), past: past,
            booked: try AppointmentTable.taken(at: code, on: day, in: tx), service: WaitRules.mean(of: effort),
            planned: windows, at: now)
    }

    /// LIMIT: forecasts that one round of the pulse makes.
    static let forecastsMax = 100

    /// Makes the forecasts of tomorrow that are due by now and keeps them; answers how many. Each is one transaction. A
    /// day that has begun gets none any more, whatever was missed.
    package func forecastLoads() async throws -> Int {
        let stamp = stamp(of: .platform)
        guard stamp.now.minuteOfDay >= LoadParameters().madeFromMinute else { return 0 }
        let day = stamp.now.day.advanced(byDays: 1)
        let due = try await store.read { tx in
            try HallTable.halls(in: tx).filter { hall in
                // Before there are days enough nothing is tried.
                guard calendar(at: hall.code).officeHours(on: day) != nil,
                    let first = try EffortTable.firstDay(of: hall.code, in: tx),
                    first <= day.advanced(byDays: -7 * LoadParameters().daysMin)
                else { return false }
                return try LoadTable.forecast(of: hall.code, for: day, in: tx) == nil
            }
        }
        var made = 0
        for hall in due where made < Self.forecastsMax {
            let isMade = try await store.write { tx in
                guard let forecast = try forecast(day, at: hall.code, stamp.now, in: tx) else { return false }
                return try LoadTable.keep(forecast, of: hall.id, stamp: stamp, in: tx)
            }
            if isMade { made += 1 }
        }
        return made
    }

    /// Writes what matters took anew, from the journal; answers how many tickets were read. Each month of a hall is one
    /// transaction, during which its queue stands still.
    package func rebuildEffort(onProgress: @Sendable (Int) -> Void = { _ in }) async throws -> Int {
        let today = time.now().day
        var count = 0
        for hall in try await serviceHalls() {
            let first = try await store.read { tx in try EffortTable.firstDay(of: hall.code, in: tx) }
            guard let first else { continue }
            var day = first.advanced(byDays: 1 - first.parts.day)
            while day <= today {
                let month = day
                count += try await store.write { tx in try EffortTable.rebuild(hall.code, monthOf: month, in: tx) }
                onProgress(count)
                day = day.advanced(byMonths: 1)
            }
        }
        return count
    }
}
