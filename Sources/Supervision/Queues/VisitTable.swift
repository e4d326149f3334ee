package import Store
package import Vocabulary

/// What was counted of visits: a row for each ticket that is over, and the sums of each month. They follow the sealed
/// journal in one transaction with a mark of their own, and can be made again from nothing with the same result.
package enum VisitTable {
    static let migration = Migration(
        "supervision.060-queues",
        tables: [
            Table(
                "figure_visit", .distributed(by: "ticket"),
                columns: """
                    ticket BYTEA NOT NULL PRIMARY KEY, number TEXT NOT NULL, sequence BIGINT NOT NULL,
                    hall TEXT NOT NULL, window_number BIGINT NOT NULL, need TEXT NOT NULL, taken_at BIGINT NOT NULL,
                    ending BIGINT NOT NULL, was_called BIGINT NOT NULL, waited_seconds BIGINT NOT NULL,
                    handled_seconds BIGINT NOT NULL, intakes BIGINT NOT NULL, hand_overs BIGINT NOT NULL
                    """, indexes: ["figure_visit_by_hall ON figure_visit (hall, taken_at, ticket)"]),
            Table(
                "queue_month", .distributed(by: "hall"),
                columns:
                    "month BIGINT NOT NULL, hall TEXT NOT NULL, window_number BIGINT NOT NULL, need TEXT NOT NULL, "
                    + QueueSums.columns.map { "\($0.name) BIGINT NOT NULL" }.joined(separator: ", ")
                    + ", PRIMARY KEY (month, hall, window_number, need)"),
            Table(
                "queue_hour", .distributed(by: "hall"),
                columns: """
                    month BIGINT NOT NULL, hall TEXT NOT NULL, weekday BIGINT NOT NULL, hour BIGINT NOT NULL,
                    taken BIGINT NOT NULL, called BIGINT NOT NULL, waited_seconds BIGINT NOT NULL,
                    PRIMARY KEY (month, hall, weekday, hour)
                    """),
            Table(
                "queue_wait", .distributed(by: "hall"),
                columns: """
                    month BIGINT NOT NULL, hall TEXT NOT NULL, minutes BIGINT NOT NULL, visits BIGINT NOT NULL,
                    PRIMARY KEY (month, hall, minutes)
                    """),
        ])

    /// Time at a window was counted of tickets, too, that nobody ended: everything is counted again from the first
    /// entry on.
    static let recountMigration = Migration(
        "supervision.070-time-of-served",
        statements: [
            "DELETE FROM figure_mark WHERE id = 2", "DELETE FROM figure_visit", "DELETE FROM queue_month",
            "DELETE FROM queue_hour", "DELETE FROM queue_wait",
        ])

    /// The mark in `figure_mark`; figures of dossiers have 1.
    private static let mark = 2

    /// How many entries of the sealed journal are counted.
    package static func position(in tx: Transaction) throws -> Int {
        try tx.row("SELECT position FROM figure_mark WHERE id = \(mark)")?.integer(0) ?? 0
    }

    /// Counts visits as they ended, in place of what was counted of them before. False where somebody else has gone on
    /// from the beginning of the range meanwhile: then nothing is done.
    package static func count(
        _ visits: [CountedVisit], from range: Range<Int>, now: Instant, in tx: Transaction
    ) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO figure_mark (id, position, followed_at) VALUES (\(mark), 0, \(now)) ON CONFLICT (id) DO NOTHING
            """)
        let moved = try tx.changes(
            """
            UPDATE figure_mark SET position = \(range.upperBound), followed_at = \(now)
            WHERE id = \(mark) AND position = \(range.lowerBound)
            """)
        guard moved == 1 else { return false }
        var change = Change()
        for visit in visits {
            if let before = try counted(visit.ticket, in: tx) { change.add(before, times: -1) }
            change.add(visit, times: 1)
            try keep(visit, in: tx)
        }
        try change.write(in: tx)
        return true
    }

    /// Forgets everything, so that it is counted again from the first entry on.
    package static func forget(in tx: Transaction) throws {
        try tx.execute("DELETE FROM figure_mark WHERE id = \(mark)")
        for statement: SQL in [
            "DELETE FROM figure_visit", "DELETE FROM queue_month", "DELETE FROM queue_hour", "DELETE FROM queue_wait",
        ] {
            try tx.execute(statement)
        }
    }

    private static func keep(_ visit: CountedVisit, in tx: Transaction) throws {
        let (place, times, deeds) = (visit.place, visit.times, visit.deeds)
        try tx.execute(
            """
            INSERT INTO figure_visit (\(raw: columns))
            VALUES (\(visit.ticket), \(visit.number), \(visit.sequence), \(place.hall), \(place.window), \(place.need),
                \(visit.takenAt), \(visit.ending.rawValue), \(visit.wasCalled), \(times.waited), \(times.handled),
                \(deeds.intakes), \(deeds.handOvers))
            ON CONFLICT (ticket) DO UPDATE SET sequence = excluded.sequence,
                window_number = excluded.window_number, need = excluded.need, ending = excluded.ending,
                was_called = excluded.was_called, waited_seconds = excluded.waited_seconds,
                handled_seconds = excluded.handled_seconds, intakes = excluded.intakes,
                hand_overs = excluded.hand_overs
            """)
    }

    static let columns: StaticString = """
        ticket, number, sequence, hall, window_number, need, taken_at, ending, was_called, waited_seconds,
        handled_seconds, intakes, hand_overs
        """

    /// What is counted of a ticket; nil before it was.
    package static func counted(_ ticket: Subject, in tx: Transaction) throws -> CountedVisit? {
        try tx.row("SELECT \(raw: columns) FROM figure_visit WHERE ticket = \(ticket)").map(counted)
    }

    static func counted(_ row: Row) throws -> CountedVisit {
        guard let ending = CountedVisit.Ending(rawValue: try row.integer(7)) else {
            throw Fault.corrupt("a visit that ended as nothing known")
        }
        return CountedVisit(
            (try row.subject(0), try row.text(1), try row.integer(2)),
            at: CountedVisit.Place(hall: try row.text(3), window: try row.integer(4), need: try row.text(5)),
            takenAt: try row.instant(6), end: (ending, try row.bool(8)),
            did: (
                CountedVisit.Times(waited: try row.integer(9), handled: try row.integer(10)),
                CountedVisit.Deeds(intakes: try row.integer(11), handOvers: try row.integer(12))
            ))
    }
}

extension VisitTable {
    /// What some visits add to the sums, or take away.
    private struct Change {
        struct MonthKey: Hashable { let month: Month; let place: CountedVisit.Place }
        struct HourKey: Hashable { let month: Month; let hall: String; let weekday: Int; let hour: Int }
        struct WaitKey: Hashable { let month: Month; let hall: String; let minutes: Int }

        private var months: [MonthKey: QueueSums] = [:]
        private var hours: [HourKey: QueueSums] = [:]
        private var waits: [WaitKey: Int] = [:]

        mutating func add(_ visit: CountedVisit, times sign: Int) {
            let (month, hall, sums) = (visit.month, visit.place.hall, QueueSums(visit))
            months[MonthKey(month: month, place: visit.place), default: QueueSums()].add(sums, times: sign)
            hours[
                HourKey(month: month, hall: hall, weekday: visit.weekday, hour: visit.hour), default: QueueSums()
            ].add(sums, times: sign)
            guard visit.wasCalled else { return }
            waits[WaitKey(month: month, hall: hall, minutes: visit.minutesWaited), default: 0] += sign
        }

        /// In the order of the keys, so that two writers meet in one order.
        func write(in tx: Transaction) throws {
            let byMonth = months.filter { !$0.value.isNothing }.sorted {
                ($0.key.month, $0.key.place) < ($1.key.month, $1.key.place)
            }
            for (key, sums) in byMonth { try VisitTable.add(sums, key.month, key.place, in: tx) }
            let byHour = hours.filter { !$0.value.isNothing }.sorted { left, right in
                (left.key.month, left.key.hall, left.key.weekday, left.key.hour)
                    < (right.key.month, right.key.hall, right.key.weekday, right.key.hour)
            }
            for (key, sums) in byHour {
                try tx.execute(
                    """
                    INSERT INTO queue_hour (month, hall, weekday, hour, taken, called, waited_seconds)
                    VALUES (\(key.month.code), \(key.hall), \(key.weekday), \(key.hour), \(sums.taken),
                        \(sums.called), \(sums.waitedSeconds))
                    ON CONFLICT (month, hall, weekday, hour) DO UPDATE SET taken = queue_hour.taken + excluded.taken,
                        called = queue_hour.called + excluded.called,
                        waited_seconds = queue_hour.waited_seconds + excluded.waited_seconds
                    """)
            }
            let byWait = waits.filter { $0.value != 0 }.sorted { left, right in
                (left.key.month, left.key.hall, left.key.minutes)
                    < (right.key.month, right.key.hall, right.key.minutes)
            }
            for (key, visits) in byWait {
                try tx.execute(
                    """
                    INSERT INTO queue_wait (month, hall, minutes, visits)
                    VALUES (\(key.month.code), \(key.hall), \(key.minutes), \(visits))
                    ON CONFLICT (month, hall, minutes) DO UPDATE SET visits = queue_wait.visits + excluded.visits
                    """)
            }
        }
    }

    private static func add(
        _ sums: QueueSums, _ month: Month, _ place: CountedVisit.Place, in tx: Transaction
    ) throws {
        let keys: [SQLValue] = [
            month.code.sqlValue, place.hall.sqlValue, place.window.sqlValue, place.need.sqlValue,
        ]
        let values = QueueSums.columns.map { sums[keyPath: $0.sum].sqlValue }
        try tx.execute(
            """
            INSERT INTO queue_month (month, hall, window_number, need, \(part: sumColumns { "\(name: $0)" }))
            VALUES \(rows: [keys + values])
            ON CONFLICT (month, hall, window_number, need) DO UPDATE SET
                \(part: sumColumns { "\(name: $0) = queue_month.\(name: $0) + excluded.\(name: $0)" })
            """)
    }

    /// Something of each column of sums, with commas between.
    static func sumColumns(_ part: (SQLName) -> SQL) -> SQL {
        let parts = QueueSums.columns.compactMap { SQLName($0.name) }.map(part)
        return parts.dropFirst().reduce(parts.first ?? "") { "\(part: $0), \(part: $1)" }
    }
}
