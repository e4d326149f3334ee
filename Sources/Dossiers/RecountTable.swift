package import Store
package import Vocabulary

/// How far the dates of open dossiers were recounted after an edition of the calendar, and what it moved.
package enum RecountTable {
    static let tables = [
        Table(
            "calendar_recount", .reference,
            columns: """
                edition BIGINT NOT NULL PRIMARY KEY, round BIGINT NOT NULL, last BYTEA NOT NULL,
                begins_at BIGINT NOT NULL, examined BIGINT NOT NULL, changed BIGINT NOT NULL, finished_at BIGINT
                """),
        Table(
            "calendar_change", .distributed(by: "dossier"),
            columns: """
                dossier BYTEA NOT NULL, edition BIGINT NOT NULL, what TEXT NOT NULL, before_day BIGINT NOT NULL,
                after_day BIGINT NOT NULL, was_provisional BIGINT NOT NULL, is_provisional BIGINT NOT NULL,
                PRIMARY KEY (dossier, edition, what)
                """, indexes: ["calendar_change_by_edition ON calendar_change (edition, dossier, what)"]),
    ]

    /// LIMIT: dossiers that one transaction recounts, and rows that one reading looks at.
    package static let batchMax = 200
    package static let windowMax = 5000
    /// The last of the rounds: other processes may have counted by the old calendar until they heard of the new one.
    package static let rounds = 2
    /// When the last round begins, after the edition: later than any process asks for editions.
    package static let lastRoundSeconds: Int64 = 60

    /// Where a recount stands.
    package struct Standing: Hashable, Sendable {
        package let edition: Int
        package let round: Int
        package let last: DossierID
        package let examined: Int
        /// Dossiers of which a date was moved or became final.
        package let changed: Int
        package let finishedAt: Instant?
    }

    private static let start = DossierID(Subject(high: 0, low: 0))
    private static let columns: StaticString = "edition, round, last, examined, changed, finished_at"

    /// Begins the recount of an edition.
    package static func begin(_ edition: Int, at now: Instant, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO calendar_recount (edition, round, last, begins_at, examined, changed, finished_at)
            VALUES (\(edition), 1, \(start), \(now), 0, 0, NULL)
            """)
    }

    /// The first recount that is to go on by now; nil when there is none.
    package static func open(by now: Instant, in tx: Transaction) throws -> Standing? {
        try tx.row(
            """
            SELECT \(raw: columns) FROM calendar_recount WHERE finished_at IS NULL AND begins_at <= \(now)
            ORDER BY edition LIMIT 1
            """
        ).map(standing)
    }

    /// The recount of an edition; nil for hours, which move no date.
    package static func standing(of edition: Int, in tx: Transaction) throws -> Standing? {
        try tx.row("SELECT \(raw: columns) FROM calendar_recount WHERE edition = \(edition)").map(standing)
    }

    private static func standing(_ row: Row) throws -> Standing {
        Standing(
            edition: try row.integer(0), round: try row.integer(1), last: try row.id(2), examined: try row.integer(3),
            changed: try row.integer(4), finishedAt: try row.optionalInstant(5))
    }

    /// Goes on from where the recount was read to stand; false when somebody else has been faster.
    package static func advance(
        _ standing: Standing, to last: DossierID, examined: Int, in tx: Transaction
    ) throws -> Bool {
        try tx.changes(
            """
            UPDATE calendar_recount SET last = \(last), examined = examined + \(standing.round == 1 ? examined : 0)
            WHERE edition = \(standing.edition) AND round = \(standing.round) AND last = \(standing.last)
                AND finished_at IS NULL
            """) == 1
    }

    /// Ends a round; the last one ends the recount.
    package static func endRound(_ standing: Standing, of edition: CalendarEdition, now: Instant, in tx: Transaction)
        throws
    {
        let isOver = standing.round == rounds
        try tx.execute(
            """
            UPDATE calendar_recount SET round = \(isOver ? standing.round : standing.round + 1),
                last = \(isOver ? standing.last : start),
                begins_at = \(edition.knownFrom.advanced(bySeconds: lastRoundSeconds)),
                finished_at = \(isOver ? now : nil)
            WHERE edition = \(standing.edition) AND round = \(standing.round)
            """)
    }

    private static let dateColumns: StaticString = """
        id, region, due, statutory_due, is_provisional, next_wake, light, waits_for, waits_until, stage
        """

    /// A window of rows after an id, and the last id in it; nil when there are no more. Those that have ended are left
    /// out.
    package static func window(
        after last: DossierID?, limit: Int = windowMax, in tx: Transaction
    ) throws -> (rows: [KeptDates], last: DossierID)? {
        let rows = try tx.rows(
            """
            SELECT \(raw: dateColumns) FROM dossier
            WHERE id > \(last ?? start) ORDER BY id LIMIT \(min(limit, windowMax))
            """)
        guard let end = rows.last else { return nil }
        let open = try rows.filter { try $0.text(9) != Dossier.Stage.Name.ended.rawValue }
        return (try open.map(dates), try end.id(0))
    }

    /// The dates of one row as they are now; nil when the dossier has ended.
    package static func dates(of id: DossierID, in tx: Transaction) throws -> KeptDates? {
        try tx.row(
            """
            SELECT \(raw: dateColumns) FROM dossier
            WHERE id = \(id) AND stage <> \(Dossier.Stage.Name.ended.rawValue)
            """
        ).map(dates)
    }

    private static func dates(_ row: Row) throws -> KeptDates {
        guard let light = Light(rawValue: try row.integer(6)) else { throw Fault.corrupt("a dossier's light") }
        return KeptDates(
            dossier: try row.id(0), region: try row.value(1, Region.init), due: try row.day(2),
            statutory: try row.optionalDay(3), isProvisional: try row.bool(4), wake: try row.optionalInstant(5),
            light: light, waitsUntil: try row.text(7).isEmpty ? nil : row.day(8))
    }

    /// Gives the row other dates and what follows from them, its light and until when it waits among it, if the dossier
    /// still stands where they were counted; else whatever happened to it counted them, and the last round looks again.
    package static func move(_ dossier: Dossier, to dates: DossierTable.Dates, in tx: Transaction) throws -> Bool {
        try tx.changes(
            """
            UPDATE dossier SET due = \(dates.due), statutory_due = \(dates.statutory),
                is_provisional = \(dates.isProvisional), next_wake = \(dates.wake), light = \(dates.light.rawValue),
                waits_until = \(dates.waitsUntil ?? DossierLine.noDue),
                is_shared = \(dates.desk.isShared), is_soon = \(dates.desk.isSoon)
            WHERE id = \(dossier.id) AND sequence = \(dossier.sequence)
            """) == 1
    }

    /// Writes what an edition changed. A later round keeps the day before the first.
    package static func keep(_ changes: [DateChange], by edition: Int, in tx: Transaction) throws {
        for change in changes {
            try tx.execute(
                """
                INSERT INTO calendar_change
                    (dossier, edition, what, before_day, after_day, was_provisional, is_provisional)
                VALUES (\(change.dossier), \(edition), \(change.what.rawValue), \(change.before), \(change.after),
                    \(change.wasProvisional), \(change.isProvisional))
                ON CONFLICT (dossier, edition, what) DO UPDATE SET after_day = excluded.after_day,
                    is_provisional = excluded.is_provisional
                """)
        }
        guard !changes.isEmpty else { return }
        try tx.execute("UPDATE calendar_recount SET changed = changed + 1 WHERE edition = \(edition)")
    }

    /// A change as lists show it.
    package struct Line: Hashable, Sendable {
        package let change: DateChange
        package let number: String
        package let short: String
        package let itemCode: String

        package init(_ change: DateChange, number: String, short: String, itemCode: String) {
            (self.change, self.number, self.short, self.itemCode) = (change, number, short, itemCode)
        }

        /// Where the page after this line begins.
        package var cursor: Cursor { Cursor(dossier: change.dossier, what: change.what) }
    }

    /// The last line of the page before.
    package struct Cursor: Hashable, Sendable {
        package let dossier: DossierID
        package let what: DateChange.What

        package init(dossier: DossierID, what: DateChange.What) {
            (self.dossier, self.what) = (dossier, what)
        }
    }

    /// What an edition changed, by the age of dossiers, after a line.
    package static func changes(
        by edition: Int, after cursor: Cursor? = nil, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [Line] {
        let (last, what) = (cursor?.dossier ?? start, cursor?.what.rawValue ?? "")
        return try tx.rows(
            """
            SELECT c.dossier, c.what, c.before_day, c.after_day, c.was_provisional, c.is_provisional, d.number, d.short,
                d.item
            FROM calendar_change c JOIN dossier d ON d.id = c.dossier
            WHERE c.edition = \(edition) AND (c.dossier > \(last) OR c.dossier = \(last) AND c.what > \(what))
            ORDER BY c.dossier, c.what LIMIT \(limit)
            """
        ).map { row in
            Line(
                DateChange(
                    try row.id(0), try row.value(1, DateChange.What.init), from: try row.day(2), to: try row.day(3),
                    provisional: (was: try row.bool(4), is: try row.bool(5))),
                number: try row.text(6), short: try row.text(7), itemCode: try row.text(8))
        }
    }
}
