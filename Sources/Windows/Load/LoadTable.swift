package import Store
package import Vocabulary

/// Forecasts as they were made, and what happened. A forecast is written before its day and never again.
package enum LoadTable {
    /// LIMIT: half hours of one day.
    private static let halvesMax = 48

    static let migration = Migration(
        "windows.006-load",
        tables: [
            Table(
                "load_forecast", .distributed(by: "hall"),
                columns: """
                    hall TEXT NOT NULL, day BIGINT NOT NULL, made_at BIGINT NOT NULL, days BIGINT NOT NULL,
                    service_seconds BIGINT NOT NULL, planned BIGINT NOT NULL, PRIMARY KEY (hall, day)
                    """),
            Table(
                "load_forecast_half", .distributed(by: "hall"),
                columns: """
                    hall TEXT NOT NULL, day BIGINT NOT NULL, minute BIGINT NOT NULL, walk_ins BIGINT NOT NULL,
                    booked BIGINT NOT NULL, needed BIGINT NOT NULL, wait_seconds BIGINT, is_open BIGINT NOT NULL,
                    PRIMARY KEY (hall, day, minute)
                    """),
        ])

    /// Keeps a forecast; true unless there was one for the day already, which stays. A forecast of a day that has begun
    /// is a bug: its error would be none of a forecast.
    @discardableResult
    package static func keep(
        _ forecast: LoadForecast, of hall: ServiceHallID, stamp: Stamp, in tx: Transaction
    ) throws -> Bool {
        precondition(forecast.madeAt.day < forecast.day && forecast.madeAt == stamp.now, "made before its day")
        let (code, day) = (forecast.hall.text, forecast.day)
        let isNew = try tx.changes(
            """
            INSERT INTO load_forecast (hall, day, made_at, days, service_seconds, planned)
            VALUES (\(code), \(day), \(forecast.madeAt), \(forecast.days), \(forecast.serviceSeconds),
                \(forecast.planned))
            ON CONFLICT (hall, day) DO NOTHING
            """)
        guard isNew == 1 else { return false }
        for half in forecast.halves {
            try tx.execute(
                """
                INSERT INTO load_forecast_half (hall, day, minute, walk_ins, booked, needed, wait_seconds, is_open)
                VALUES (\(code), \(day), \(half.minute), \(half.walkIns), \(half.booked), \(half.needed),
                    \(half.waitSeconds), \(half.isOpen))
                """)
        }
        try WindowEntry.loadForecast.write(of: hall.subject, Part(forecast), stamp: stamp, in: tx)
        return true
    }

    /// The forecast that was kept for a day; nil for none.
    package static func forecast(
        of hall: HallCode, for day: CivilDate, in tx: Transaction
    ) throws -> LoadForecast? {
        let row = try tx.row(
            """
            SELECT made_at, days, service_seconds, planned FROM load_forecast
            WHERE hall = \(hall.text) AND day = \(day)
            """)
        guard let row else { return nil }
        let halves = try tx.rows(
            """
            SELECT minute, walk_ins, booked, needed, wait_seconds, is_open FROM load_forecast_half
            WHERE hall = \(hall.text) AND day = \(day) ORDER BY minute LIMIT \(halvesMax)
            """
        ).map { row in
            LoadForecast.Half(
                minute: try row.integer(0), walkIns: try row.integer(1), booked: try row.integer(2),
                needed: try row.integer(3), waitSeconds: try row.optionalInteger(4), isOpen: try row.bool(5))
        }
        return LoadForecast(
            hall: hall, day: day, madeAt: try row.instant(0), days: try row.integer(1),
            serviceSeconds: Int64(try row.integer(2)), planned: try row.integer(3), halves: halves)
    }

    /// The days before one for which a forecast was kept, the latest first.
    package static func days(
        of hall: HallCode, before day: CivilDate, limit: Int, in tx: Transaction
    ) throws -> [CivilDate] {
        try tx.rows(
            """
            SELECT day FROM load_forecast WHERE hall = \(hall.text) AND day < \(day) ORDER BY day DESC LIMIT \(limit)
            """
        ).map { try $0.day(0) }
    }

    /// What happened at the comprehensive windows on a day, by the half hour in which tickets were taken. The wait of a
    /// ticket that was sent on to another kind of window is not known any more and counts for none.
    package static func counts(of hall: HallCode, on day: CivilDate, in tx: Transaction) throws -> [LoadCount] {
        let (need, start) = (Capability.comprehensive, Instant(day))
        return try tx.rows(
            """
            SELECT (taken_at - \(start)) / \(Slot.minutes * 60_000),
                CAST(SUM(CASE WHEN origin = 'appointment' THEN 0 ELSE 1 END) AS BIGINT),
                CAST(SUM(CASE WHEN origin = 'appointment' THEN 1 ELSE 0 END) AS BIGINT),
                CAST(SUM(CASE WHEN need = \(need.rawValue) AND turn_at IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT),
                CAST(SUM(CASE WHEN need = \(need.rawValue) AND turn_at IS NOT NULL
                    THEN turn_at - taken_at ELSE 0 END) AS BIGINT)
            FROM ticket WHERE hall = \(hall.text) AND day = \(day) AND letter = \(need.letter)
            GROUP BY 1 ORDER BY 1 LIMIT \(halvesMax)
            """
        ).map { row in
            LoadCount(
                minute: try row.integer(0) * Slot.minutes, walkIns: try row.integer(1), booked: try row.integer(2),
                called: try row.integer(3), waitSeconds: Int64(try row.integer(4)) / 1000)
        }
    }

    /// What stands in the journal of a forecast, under the hall: nothing but numbers.
    private struct Part: Encodable {
        let hall: HallCode
        let day: CivilDate
        let days: Int
        let planned: Int
        let serviceSeconds: Int64
        /// Of each half hour: its minute, thousandths of people, windows needed.
        let halves: [[Int]]

        init(_ forecast: LoadForecast) {
            (hall, day, days) = (forecast.hall, forecast.day, forecast.days)
            (planned, serviceSeconds) = (forecast.planned, forecast.serviceSeconds)
            halves = forecast.halves.map { [$0.minute, $0.arrivals, $0.needed] }
        }
    }
}
