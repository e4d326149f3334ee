package import Store
package import Vocabulary

/// The figures: a row for each dossier that was counted, and the sums of each month. Both follow the sealed journal in
/// one transaction with the mark that says how far, and can be made again from nothing with the same result.
package enum FigureTable {
    /// LIMIT: entries of the journal that one step follows.
    package static let entriesMax = 2000

    static let migrations = [migration]

    private static let migration = Migration(
        "supervision.001-figures",
        tables: [
            Table(
                "figure_mark", .local,
                columns: "id BIGINT NOT NULL PRIMARY KEY, position BIGINT NOT NULL, followed_at BIGINT NOT NULL"),
            Table(
                "figure_case", .distributed(by: "dossier"),
                columns: """
                    dossier BYTEA NOT NULL PRIMARY KEY, sequence BIGINT NOT NULL, region TEXT NOT NULL,
                    body TEXT NOT NULL, item TEXT NOT NULL, hall TEXT NOT NULL, mode TEXT NOT NULL,
                    filed_on BIGINT NOT NULL, received_on BIGINT, accepted_on BIGINT, decided_on BIGINT,
                    ended_on BIGINT, is_granted BIGINT NOT NULL, standing BIGINT NOT NULL, ending BIGINT NOT NULL,
                    statutory_parts BIGINT NOT NULL, promised_parts BIGINT NOT NULL, taken_parts BIGINT NOT NULL,
                    trips_promised BIGINT NOT NULL, trips_made BIGINT NOT NULL, materials BIGINT NOT NULL,
                    reused BIGINT NOT NULL, committed BIGINT NOT NULL, is_corrected BIGINT NOT NULL,
                    is_express BIGINT NOT NULL
                    """,
                indexes: [
                    "figure_by_filing ON figure_case (filed_on, dossier)",
                    "figure_by_receipt ON figure_case (received_on, dossier)",
                    "figure_by_acceptance ON figure_case (accepted_on, dossier)",
                    "figure_by_decision ON figure_case (decided_on, dossier)",
                    "figure_by_end ON figure_case (ended_on, dossier)",
                ]),
            Table(
                "figure_month", .distributed(by: "item"),
                columns: "month BIGINT NOT NULL, region TEXT NOT NULL, body TEXT NOT NULL, item TEXT NOT NULL, "
                    + "hall TEXT NOT NULL, mode TEXT NOT NULL, "
                    + CaseFigure.all.map { "\"\($0.id)\" BIGINT NOT NULL" }.joined(separator: ", ")
                    + ", PRIMARY KEY (month, region, body, item, hall, mode)"),
            Table(
                "figure_name", .reference, columns: "code TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL"),
        ],
        statements: ["CREATE INDEX figure_late ON figure_case (decided_on, dossier) WHERE standing >= 3"])

    /// How many entries of the sealed journal are counted.
    package static func position(in tx: Transaction) throws -> Int {
        try tx.row("SELECT position FROM figure_mark WHERE id = 1")?.integer(0) ?? 0
    }

    /// When it was counted last; nil before the first time.
    package static func followedAt(in tx: Transaction) throws -> Instant? {
        try tx.row("SELECT followed_at FROM figure_mark WHERE id = 1")?.instant(0)
    }

    /// Whether everything that happened before an instant is counted.
    package static func counts(allBefore instant: Instant, in tx: Transaction) throws -> Bool {
        try !SealedLog.mayMiss(before: instant, from: position(in: tx), in: tx)
    }

    /// Counts dossiers as they stand at a position, in place of what was counted of them before. False where somebody
    /// else has gone on from `start` meanwhile: then nothing is done. `names` are those of bodies and of items, by
    /// their codes, as the dossiers call them.
    package static func count(
        _ cases: [CountedCase], named names: [String: String] = [:], from range: Range<Int>, now: Instant,
        in tx: Transaction
    ) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO figure_mark (id, position, followed_at) VALUES (1, 0, \(now)) ON CONFLICT (id) DO NOTHING
            """)
        let moved = try tx.changes(
            """
            UPDATE figure_mark SET position = \(range.upperBound), followed_at = \(now)
            WHERE id = 1 AND position = \(range.lowerBound)
            """)
        guard moved == 1 else { return false }
        var change: [MonthKey: FigureSums] = [:]
        for one in cases {
            if let before = try counted(one.dossier, in: tx) { add(-1, of: before, to: &change) }
            add(1, of: one, to: &change)
            try keep(one, in: tx)
        }
        for (code, name) in names.sorted(by: { $0.key < $1.key }) {
            try tx.execute(
                """
                INSERT INTO figure_name (code, name) VALUES (\(code), \(name))
                ON CONFLICT (code) DO UPDATE SET name = excluded.name
                """)
        }
        for (key, sums) in change.sorted(by: { $0.key < $1.key }) where !sums.isNothing {
            try add(sums, to: key, in: tx)
        }
        return true
    }

    /// Sets every sum to so many times what it was, and the mark to where the journal ends: each dossier that was
    /// counted is there so many times now, and its copies' rows are written elsewhere.
    package static func multiply(by factor: Int, upTo position: Int, in tx: Transaction) throws {
        let sums = joined { "\(name: $0) = figure_month.\(name: $0) * \(factor)" }
        try tx.execute("UPDATE figure_month SET \(part: sums)")
        try tx.execute("UPDATE figure_mark SET position = \(position) WHERE id = 1")
    }

    /// Forgets everything, so that it is counted again from the first entry on.
    package static func forget(in tx: Transaction) throws {
        for statement: SQL in [
            "DELETE FROM figure_mark WHERE id = 1", "DELETE FROM figure_case", "DELETE FROM figure_month",
            "DELETE FROM figure_name",
        ] {
            try tx.execute(statement)
        }
    }

    /// LIMIT: names of bodies and items that are read at once.
    static let namesMax = 50_000

    /// How bodies and items are called, by their codes, in Chinese.
    package static func names(in tx: Transaction) throws -> [String: String] {
        let rows = try tx.rows("SELECT code, name FROM figure_name ORDER BY code LIMIT \(namesMax)")
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.text(0), try $0.text(1)) })
    }

    // MARK: sums

    struct MonthKey: Hashable, Comparable {
        let month: Month
        let place: CountedCase.Place

        static func < (left: MonthKey, right: MonthKey) -> Bool {
            left.month == right.month ? left.place < right.place : left.month < right.month
        }
    }

    private static func add(_ sign: Int, of dossier: CountedCase, to change: inout [MonthKey: FigureSums]) {
        for (place, figure) in CaseFigure.all.enumerated() {
            guard let (month, amount) = figure.counted(of: dossier), amount != 0 else { continue }
            change[MonthKey(month: month, place: dossier.place), default: FigureSums()].add(sign * amount, of: place)
        }
    }

    /// The columns of the figures, `"filed", "online", …`.
    static let columns = joined { "\(name: $0)" }
    private static let updates = joined { "\(name: $0) = figure_month.\(name: $0) + excluded.\(name: $0)" }

    /// Something of each column, with commas between.
    static func joined(_ part: (SQLName) -> SQL) -> SQL {
        let parts = CaseFigure.all.compactMap { SQLName($0.id) }.map(part)
        return parts.dropFirst().reduce(parts.first ?? "") { "\(part: $0), \(part: $1)" }
    }

    private static func add(_ sums: FigureSums, to key: MonthKey, in tx: Transaction) throws {
        let place = key.place
        let keys: [SQLValue] = [
            key.month.code.sqlValue, place.region.sqlValue, place.body.sqlValue, place.item.sqlValue,
            place.hall.sqlValue, place.mode.sqlValue,
        ]
        try tx.execute(
            """
            INSERT INTO figure_month (month, region, body, item, hall, mode, \(part: columns))
            VALUES \(rows: [keys + sums.inOrder.map(\.sqlValue)])
            ON CONFLICT (month, region, body, item, hall, mode) DO UPDATE SET \(part: updates)
            """)
    }

    // MARK: dossiers

    private static func keep(_ dossier: CountedCase, in tx: Transaction) throws {
        let (place, days, times, burden) = (dossier.place, dossier.days, dossier.times, dossier.burden)
        try tx.execute(
            """
            INSERT INTO figure_case (dossier, sequence, region, body, item, hall, mode, filed_on, received_on,
                accepted_on, decided_on, ended_on, is_granted, standing, ending, statutory_parts, promised_parts,
                taken_parts, trips_promised, trips_made, materials, reused, committed, is_corrected, is_express)
            VALUES (\(dossier.dossier), \(dossier.sequence), \(place.region), \(place.body), \(place.item),
                \(place.hall), \(place.mode), \(days.filed), \(days.received), \(days.accepted), \(days.decided),
                \(days.ended), \(dossier.isGranted), \(dossier.standing.rawValue), \(dossier.ending.rawValue),
                \(times.statutory), \(times.promised), \(times.taken), \(burden.tripsPromised), \(burden.tripsMade),
                \(burden.materials), \(burden.reused), \(burden.committed), \(burden.isCorrected),
                \(burden.isExpress))
            ON CONFLICT (dossier) DO UPDATE SET sequence = excluded.sequence, received_on = excluded.received_on,
                accepted_on = excluded.accepted_on, decided_on = excluded.decided_on, ended_on = excluded.ended_on,
                is_granted = excluded.is_granted, standing = excluded.standing, ending = excluded.ending,
                statutory_parts = excluded.statutory_parts, promised_parts = excluded.promised_parts,
                taken_parts = excluded.taken_parts, trips_promised = excluded.trips_promised,
                trips_made = excluded.trips_made, materials = excluded.materials, reused = excluded.reused,
                committed = excluded.committed, is_corrected = excluded.is_corrected,
                is_express = excluded.is_express
            """)
    }

    /// What is counted of a dossier; nil before it was.
    package static func counted(_ dossier: DossierID, in tx: Transaction) throws -> CountedCase? {
        try tx.row("SELECT \(raw: caseColumns) FROM figure_case WHERE dossier = \(dossier)").map(counted)
    }

    static let caseColumns: StaticString = """
        dossier, sequence, region, body, item, hall, mode, filed_on, received_on, accepted_on, decided_on, ended_on,
        is_granted, standing, ending, statutory_parts, promised_parts, taken_parts, trips_promised, trips_made,
        materials, reused, committed, is_corrected, is_express
        """

    static func counted(_ row: Row) throws -> CountedCase {
        guard let standing = CountedCase.Standing(rawValue: try row.integer(13)),
            let ending = CountedCase.Ending(rawValue: try row.integer(14))
        else { throw Fault.corrupt("a dossier that was counted as nothing known") }
        return CountedCase(
            try row.id(0), sequence: try row.integer(1),
            place: CountedCase.Place(
                region: try row.value(2, Region.init), body: try row.value(3, CreditCode.init), item: try row.text(4),
                hall: try row.text(5), mode: try row.text(6)),
            days: CountedCase.Days(
                filed: try row.day(7), received: try row.optionalDay(8), accepted: try row.optionalDay(9),
                decided: try row.optionalDay(10), ended: try row.optionalDay(11)),
            end: (
                try row.bool(12), standing, ending,
                CountedCase.Times(
                    statutory: try row.integer(15), promised: try row.integer(16), taken: try row.integer(17)),
                CountedCase.Burden(
                    trips: (try row.integer(18), try row.integer(19)),
                    materials: (try row.integer(20), try row.integer(21), try row.integer(22)),
                    isCorrected: try row.bool(23), isExpress: try row.bool(24))
            ))
    }
}
