package import Store
package import Vocabulary

/// A line of the public list of limits that passed: what happened, where, and why; never whose it was.
package struct PublicOverrun: Hashable, Sendable {
    package let dossier: DossierID
    package let limit: ClockLimit
    /// 33 characters where there is a handling item, else 31.
    package let itemCode: String
    /// The names as the guide of the dossier had them, in Chinese.
    package let itemName: String
    package let body: CreditCode
    package let bodyName: String
    package let due: CivilDate
    package let taken: WorkingDays?
    package let explainedAt: Instant?
    /// Empty while nobody has explained it.
    package let explanation: String

    /// Where the page after this line begins.
    package var cursor: OverrunTable.Cursor { OverrunTable.Cursor(due: due, dossier: dossier, limit: limit) }
}

/// The rows of the public list: one a dossier and limit, written in the transaction of what changes it. They can be
/// rebuilt from the journal.
package enum OverrunTable {
    /// LIMIT: unexplained lines that a count looks at.
    package static let countedMax = 1000

    static let migration = Migration(
        "dossiers.009-overrun",
        tables: [
            Table(
                "overrun", .distributed(by: "dossier"),
                columns: """
                    dossier BYTEA NOT NULL, kind TEXT NOT NULL, item TEXT NOT NULL, catalog_code TEXT NOT NULL,
                    item_name TEXT NOT NULL, body TEXT NOT NULL, body_name TEXT NOT NULL, region TEXT NOT NULL,
                    due BIGINT NOT NULL, taken BIGINT, explained_at BIGINT, explanation TEXT NOT NULL,
                    PRIMARY KEY (dossier, kind)
                    """,
                indexes: ["overrun_by_due ON overrun (due, dossier, kind)"])
        ],
        statements: [
            "CREATE INDEX overrun_unexplained ON overrun (due, dossier, kind) WHERE explained_at IS NULL"
        ])

    /// Brings the rows of a dossier up to what the rules say of it; nothing for one whose limits were kept.
    package static func keep(_ dossier: Dossier, _ rules: DossierRules, in tx: Transaction) throws {
        let terms = dossier.submitted.terms
        for overrun in rules.overruns(of: dossier) {
            let said = overrun.explanation
            try tx.execute(
                """
                INSERT INTO overrun (dossier, kind, item, catalog_code, item_name, body, body_name, region, due, taken,
                    explained_at, explanation)
                VALUES (\(dossier.id), \(overrun.limit.rawValue), \(terms.itemCode), \(terms.catalogCode),
                    \(terms.itemName), \(terms.body), \(terms.bodyName), \(terms.region), \(overrun.due),
                    \(overrun.taken?.count), \(said?.at), \(said?.text ?? ""))
                ON CONFLICT (dossier, kind) DO UPDATE SET due = excluded.due, taken = excluded.taken,
                    explained_at = excluded.explained_at, explanation = excluded.explanation
                """)
        }
    }

    /// Where a page begins: after the last line of the page before.
    package struct Cursor: Hashable, Sendable {
        package let due: CivilDate
        package let dossier: DossierID
        package let limit: ClockLimit

        package init(due: CivilDate, dossier: DossierID, limit: ClockLimit) {
            (self.due, self.dossier, self.limit) = (due, dossier, limit)
        }

        /// Before every line of a list that ends on this day.
        static func first(upTo day: CivilDate) -> Cursor {
            Cursor(
                due: day.advanced(byDays: 1), dossier: DossierID(Subject(high: 0, low: 0)), limit: .promised)
        }
    }

    private static let columns: StaticString = """
        o.dossier, o.kind, o.item, o.item_name, o.body, o.body_name, o.due, o.taken, o.explained_at,
        o.explanation
        """

    /// What passed within these days, the latest first.
    package static func lines(
        _ days: ClosedRange<CivilDate>, after cursor: Cursor? = nil, limit: Int = Limits.pageRowsMax,
        in tx: Transaction
    ) throws -> [PublicOverrun] {
        let end = cursor ?? .first(upTo: days.upperBound)
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM overrun o
            WHERE (o.due, o.dossier, o.kind) < (\(end.due), \(end.dossier), \(end.limit.rawValue))
                AND o.due >= \(days.lowerBound)
            ORDER BY o.due DESC, o.dossier DESC, o.kind DESC LIMIT \(limit)
            """
        ).map(line)
    }

    /// The same, only what nobody has explained.
    package static func unexplained(
        _ days: ClosedRange<CivilDate>, after cursor: Cursor? = nil, limit: Int = Limits.pageRowsMax,
        in tx: Transaction
    ) throws -> [PublicOverrun] {
        let end = cursor ?? .first(upTo: days.upperBound)
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM overrun o
            WHERE o.explained_at IS NULL
                AND (o.due, o.dossier, o.kind) < (\(end.due), \(end.dossier), \(end.limit.rawValue))
                AND o.due >= \(days.lowerBound)
            ORDER BY o.due DESC, o.dossier DESC, o.kind DESC LIMIT \(limit)
            """
        ).map(line)
    }

    /// How many nobody has explained; `countedMax` where the count stops.
    package static func unexplainedCount(in tx: Transaction) throws -> Int {
        try tx.row(
            """
            SELECT COUNT(*) FROM (SELECT due FROM overrun WHERE explained_at IS NULL
                ORDER BY due, dossier, kind LIMIT \(countedMax)) AS waiting
            """)?.integer(0) ?? 0
    }

    /// Dossiers with a limit that passed and that nobody has explained, within a part of the city's business, the one
    /// that passed first before the others; `due` is then the day on which it passed.
    package static func waiting(
        in part: DossierTable.Part, limit: Int = Limits.pageRowsMax, tx: Transaction
    ) throws -> [DossierLine] {
        try tx.rows(
            """
            SELECT \(raw: waitColumns) FROM overrun o JOIN dossier d ON d.id = o.dossier
            WHERE o.explained_at IS NULL
                AND \(part: part.rows(body: "o.body", item: "o.catalog_code", region: "o.region"))
            ORDER BY o.due, o.dossier, o.kind LIMIT \(limit)
            """
        ).map(DossierTable.line)
    }

    private static let waitColumns: StaticString = """
        d.id, d.number, d.short, d.item, d.region, d.stage, d.ending, d.mode, d.submitted_at, d.received_at,
        o.due, d.statutory_due, d.is_provisional, d.applicant, d.light
        """

    private static func line(_ row: Row) throws -> PublicOverrun {
        PublicOverrun(
            dossier: try row.id(0), limit: try row.value(1, ClockLimit.init), itemCode: try row.text(2),
            itemName: try row.text(3), body: try row.value(4, CreditCode.init), bodyName: try row.text(5),
            due: try row.day(6), taken: try row.optionalInteger(7).map(WorkingDays.init),
            explainedAt: try row.optionalInstant(8), explanation: try row.text(9))
    }
}
