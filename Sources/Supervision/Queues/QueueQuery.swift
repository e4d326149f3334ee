package import Store
package import Vocabulary

/// A question about queues: which months, which places' halls, and which of them.
package struct QueueQuery: Hashable, Sendable {
    package let months: ClosedRange<Month>
    /// The regions whose halls the asker may see; any of them. Nothing for none.
    package let regions: [ClosedRange<String>]
    /// The code of one hall; nil for all.
    package let hall: String?

    package init(_ months: ClosedRange<Month>, in regions: [ClosedRange<String>], hall: String? = nil) {
        (self.months, self.regions, self.hall) = (months, regions, hall)
    }

    /// The same about other months.
    package func during(_ months: ClosedRange<Month>) -> QueueQuery {
        QueueQuery(months, in: regions, hall: hall)
    }

    fileprivate var halls: SQL {
        var condition: SQL = "1 = 0"
        for range in regions {
            condition = """
                \(part: condition) OR SUBSTR(hall, 1, 6) BETWEEN \(range.lowerBound) AND \(range.upperBound)
                """
        }
        guard let hall else { return "(\(part: condition))" }
        return "(\(part: condition)) AND hall = \(hall)"
    }

    fileprivate var condition: SQL {
        """
        month BETWEEN \(months.lowerBound.code) AND \(months.upperBound.code) AND \(part: halls)
        """
    }
}

/// What queues are told apart by.
package enum QueueDimension: String, Sendable, CaseIterable {
    case month, hall
    /// A window of a hall: `350111 3`; `350111 0` for what no window saw.
    case window
    /// The kind of window.
    case need

    fileprivate var columns: [SQL] {
        switch self {
        case .month: ["month"]
        case .hall: ["hall"]
        case .window: ["hall", "window_number"]
        case .need: ["need"]
        }
    }
}

/// Sums of visits that have the same value.
package struct QueueLine: Hashable, Sendable {
    /// A month as `2018-10`, a hall as its code, a window as code and number with a space between.
    package let value: String
    package let sums: QueueSums
}

/// What came and how long it waited in an hour of a weekday.
package struct QueueHour: Hashable, Sendable {
    /// 1 for Monday.
    package let weekday: Int
    /// 0...23.
    package let hour: Int
    package let taken: Int
    /// Seconds on average over those that were called; nil of none.
    package let averageWait: Int?
}

extension VisitTable {
    /// LIMIT: lines of one table of queues.
    package static let linesMax = 2000

    /// The sums of a question.
    package static func sums(_ query: QueueQuery, in tx: Transaction) throws -> QueueSums {
        let row = try tx.row("SELECT \(part: sums) FROM queue_month WHERE \(part: query.condition)")
        return try row.map { try read($0, from: 0) } ?? QueueSums()
    }

    /// The sums of a question, told apart, in the order of the values.
    package static func lines(
        _ query: QueueQuery, by dimension: QueueDimension, in tx: Transaction
    ) throws -> [QueueLine] {
        let columns = dimension.columns
        let keys = columns.dropFirst().reduce(columns[0]) { "\(part: $0), \(part: $1)" }
        return try tx.rows(
            """
            SELECT \(part: keys), \(part: sums) FROM queue_month WHERE \(part: query.condition)
            GROUP BY \(part: keys) ORDER BY \(part: keys) LIMIT \(linesMax)
            """
        ).map { row in
            let value =
                switch dimension {
                case .month: Month(code: try row.integer(0)).map { "\($0)" } ?? ""
                case .hall, .need: try row.text(0)
                case .window: "\(try row.text(0)) \(try row.integer(1))"
                }
            return QueueLine(value: value, sums: try read(row, from: columns.count))
        }
    }

    private static let sums = sumColumns { "CAST(SUM(\(name: $0)) AS BIGINT)" }

    private static func read(_ row: Row, from first: Int) throws -> QueueSums {
        var sums = QueueSums()
        for (place, column) in QueueSums.columns.enumerated() {
            sums[keyPath: column.sum] = try row.optionalInteger(first + place) ?? 0
        }
        return sums
    }

    /// What came in each hour of the week, in order; hours in which nobody came are left out.
    package static func hours(_ query: QueueQuery, in tx: Transaction) throws -> [QueueHour] {
        try tx.rows(
            """
            SELECT weekday, hour, CAST(SUM(taken) AS BIGINT), CAST(SUM(called) AS BIGINT),
                CAST(SUM(waited_seconds) AS BIGINT)
            FROM queue_hour WHERE \(part: query.condition)
            GROUP BY weekday, hour ORDER BY weekday, hour LIMIT \(7 * 24)
            """
        ).map { row in
            let (called, waited) = (try row.integer(3), try row.integer(4))
            return QueueHour(
                weekday: try row.integer(0), hour: try row.integer(1), taken: try row.integer(2),
                averageWait: called == 0 ? nil : (waited + called / 2) / called)
        }.filter { $0.taken > 0 }
    }

    /// How long people waited, by hall; those of one hall are told apart from the others by its code.
    package static func waits(_ query: QueueQuery, in tx: Transaction) throws -> [String: WaitCounts] {
        let rows = try tx.rows(
            """
            SELECT hall, minutes, CAST(SUM(visits) AS BIGINT) FROM queue_wait WHERE \(part: query.condition)
            GROUP BY hall, minutes ORDER BY hall, minutes LIMIT \(linesMax * (CountedVisit.minutesMax + 1))
            """)
        var counts: [String: [Int: Int]] = [:]
        for row in rows { counts[try row.text(0), default: [:]][try row.integer(1)] = try row.integer(2) }
        return counts.mapValues { WaitCounts($0) }
    }

    /// The months in which somebody came; nil before anybody did.
    package static func months(in tx: Transaction) throws -> ClosedRange<Month>? {
        let ends = try ["SELECT MIN(month) FROM queue_month", "SELECT MAX(month) FROM queue_month"].map {
            (statement: SQL) in try tx.row(statement)?.optionalInteger(0).flatMap(Month.init(code:))
        }
        guard let first = ends[0], let last = ends[1] else { return nil }
        return first...last
    }

    /// Where a page of visits begins: after the last of the page before.
    package struct VisitCursor: Hashable, Sendable {
        package let takenAt: Instant
        package let ticket: Subject

        package init(takenAt: Instant, ticket: Subject) { (self.takenAt, self.ticket) = (takenAt, ticket) }
    }

    /// The visits of a hall in the months of a question, in the order of their taking; those of one window where one is
    /// named. Nothing where the question names no hall.
    package static func visits(
        _ query: QueueQuery, window: Int?, after cursor: VisitCursor? = nil, limit: Int = Limits.pageRowsMax,
        in tx: Transaction
    ) throws -> [CountedVisit] {
        guard query.hall != nil else { return [] }
        let days = query.months.lowerBound.days.lowerBound...query.months.upperBound.days.upperBound
        let start =
            cursor
            ?? VisitCursor(takenAt: Instant(days.lowerBound), ticket: Subject(high: 0, low: 0))
        let end = Instant(days.upperBound.advanced(byDays: 1))
        let seen: SQL = window.map { "AND window_number = \($0)" } ?? ""
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM figure_visit
            WHERE \(part: query.halls) AND taken_at < \(end)
                AND (taken_at, ticket) > (\(start.takenAt), \(start.ticket)) \(part: seen)
            ORDER BY taken_at, ticket LIMIT \(limit)
            """
        ).map(counted)
    }
}
