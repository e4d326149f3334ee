package import Store
package import Vocabulary

/// What work is measured of.
package enum EffortOf: Hashable, Sendable {
    /// An item, by its catalogue code: what its dossiers took, one by one.
    case item(String)
    /// A kind of window: for how long each ticket took one.
    case need(Capability)

    fileprivate var kind: String {
        switch self {
        case .item: "item"
        case .need: "need"
        }
    }

    fileprivate var name: String {
        switch self {
        case .item(let code): code
        case .need(let need): need.rawValue
        }
    }
}

/// How long something takes, by what was measured.
package struct Effort: Hashable, Sendable {
    /// LIMIT: minutes that are told apart; what took longer counts as this many.
    package static let minutesMax = 240
    /// LIMIT: months that are looked back, this one among them.
    package static let months = 12

    /// How many took so many minutes, to the nearest one.
    private let counts: [Int: Int]
    package let cases: Int
    package let seconds: Int64

    init(counts: [Int: Int], seconds: Int64) {
        (self.counts, self.seconds) = (counts, seconds)
        cases = counts.values.reduce(0, +)
    }

    /// Seconds on average; nil for none.
    package var mean: Int64? { cases == 0 ? nil : seconds / Int64(cases) }
    package var median: Int { minutes(part: 50) }
    /// Nine of ten took no longer.
    package var ninetieth: Int { minutes(part: 90) }

    /// The least number of minutes that so many of a hundred did not exceed; nought for none.
    func minutes(part: Int) -> Int {
        let wanted = (cases * part + 99) / 100
        var seen = 0
        for minute in counts.keys.sorted() {
            seen += counts[minute] ?? 0
            if seen >= wanted { return minute }
        }
        return 0
    }

    static func minute(_ milliseconds: Int64) -> Int { min(Int((milliseconds + 30_000) / 60_000), minutesMax) }
}

/// What matters took at the windows of a hall, by item and month: written when a ticket is finished, in that
/// transaction, and made again from the journal with the same result.
package enum EffortTable {
    /// LIMIT: items of a hall that are shown, those with the most cases.
    package static let itemsMax = 40
    /// LIMIT: tickets of a hall on one day that are read again.
    private static let ticketsPerDayMax = 20_000

    static let migration = Migration(
        "windows.005-effort",
        tables: [
            Table(
                "window_effort", .distributed(by: "hall"),
                columns: """
                    hall TEXT NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL, month BIGINT NOT NULL,
                    minutes BIGINT NOT NULL, cases BIGINT NOT NULL, seconds BIGINT NOT NULL,
                    PRIMARY KEY (hall, kind, what, month, minutes)
                    """)
        ])

    /// Counts what a finished ticket took.
    static func count(_ trace: TicketTrace, in tx: Transaction) throws {
        let month = month(of: trace.takenAt.day)
        try add(.need(trace.need), trace.windowMilliseconds, at: trace.hall, month, in: tx)
        for (served, milliseconds) in trace.efforts {
            try add(.item(served.itemCode), milliseconds, at: trace.hall, month, in: tx)
        }
    }

    private static func add(
        _ what: EffortOf, _ milliseconds: Int64, at hall: HallCode, _ month: Int, in tx: Transaction
    ) throws {
        let (minute, seconds) = (Effort.minute(milliseconds), milliseconds / 1000)
        try tx.execute(
            """
            INSERT INTO window_effort (hall, kind, what, month, minutes, cases, seconds)
            VALUES (\(hall.text), \(what.kind), \(what.name), \(month), \(minute), 1, \(seconds))
            ON CONFLICT (hall, kind, what, month, minutes) DO UPDATE
            SET cases = window_effort.cases + 1, seconds = window_effort.seconds + \(seconds)
            """)
    }

    /// What something took at a hall in the months up to a day.
    package static func effort(
        _ what: EffortOf, at hall: HallCode, upTo day: CivilDate, in tx: Transaction
    ) throws -> Effort {
        let month = month(of: day)
        let rows = try tx.rows(
            """
            SELECT minutes, CAST(SUM(cases) AS BIGINT), CAST(SUM(seconds) AS BIGINT) FROM window_effort
            WHERE hall = \(hall.text) AND kind = \(what.kind) AND what = \(what.name)
                AND month > \(month - Effort.months) AND month <= \(month)
            GROUP BY minutes ORDER BY minutes LIMIT \(Effort.minutesMax + 1)
            """)
        let counts = Dictionary(uniqueKeysWithValues: try rows.map { (try $0.integer(0), try $0.integer(1)) })
        return Effort(counts: counts, seconds: try rows.map { Int64(try $0.integer(2)) }.reduce(0, +))
    }

    /// The items of a hall with what they took, those with the most cases first.
    package static func items(
        at hall: HallCode, upTo day: CivilDate, in tx: Transaction
    ) throws -> [(itemCode: String, effort: Effort)] {
        let month = month(of: day)
        let rows = try tx.rows(
            """
            SELECT what, CAST(SUM(cases) AS BIGINT) AS many FROM window_effort
            WHERE hall = \(hall.text) AND kind = 'item' AND month > \(month - Effort.months)
                AND month <= \(month)
            GROUP BY what ORDER BY many DESC, what LIMIT \(itemsMax)
            """)
        return try rows.map { row in
            let code = try row.text(0)
            return (code, try effort(.item(code), at: hall, upTo: day, in: tx))
        }
    }

    /// Months since the beginning of our era.
    private static func month(of day: CivilDate) -> Int { day.parts.year * 12 + day.parts.month - 1 }

    /// Writes what matters took at a hall in the month of a day anew, from the entries of its tickets; answers how many
    /// tickets were read. The queue stands still while it does: it is done once the hall has closed.
    package static func rebuild(_ hall: HallCode, monthOf day: CivilDate, in tx: Transaction) throws -> Int {
        _ = try TicketTable.touch(hall, in: tx)
        let month = month(of: day)
        try tx.execute("DELETE FROM window_effort WHERE hall = \(hall.text) AND month = \(month)")
        var (next, count) = (day.advanced(byDays: 1 - day.parts.day), 0)
        while self.month(of: next) == month {
            let served = try tx.rows(
                """
                SELECT id FROM ticket WHERE hall = \(hall.text) AND day = \(next) AND state = 'served'
                ORDER BY letter, serial, id LIMIT \(ticketsPerDayMax)
                """)
            for row in served {
                let entries = try Journal.entries(of: try row.subject(0), in: tx)
                try self.count(try TicketTrace(entries, now: Instant(next)), in: tx)
            }
            count += served.count
            next = next.advanced(byDays: 1)
        }
        return count
    }

    /// The first day on which a hall gave a ticket out; nil for none.
    package static func firstDay(of hall: HallCode, in tx: Transaction) throws -> CivilDate? {
        try tx.row("SELECT MIN(day) FROM ticket WHERE hall = \(hall.text)")?.optionalDay(0)
    }
}
