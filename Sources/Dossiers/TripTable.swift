package import Store
package import Vocabulary

/// The trips of closed dossiers: one row each, written in the transaction of the closing. They can be rebuilt from the
/// journal.
package enum TripTable {
    /// LIMIT: days that the figures look back.
    package static let daysMax = 365
    /// LIMIT: counts that one reading takes: each day, place and pair of numbers is one.
    package static let countsMax = 100_000

    static let migration = Migration(
        "dossiers.014-trip",
        tables: [
            Table(
                "trip", .distributed(by: "dossier"),
                columns: """
                    dossier BYTEA NOT NULL PRIMARY KEY, closed_on BIGINT NOT NULL, region TEXT NOT NULL,
                    body TEXT NOT NULL, catalog_code TEXT NOT NULL, mode TEXT NOT NULL, promised BIGINT NOT NULL,
                    made BIGINT NOT NULL
                    """,
                indexes: ["trip_by_day ON trip (closed_on, region, promised, made)"])
        ],
        statements: ["CREATE INDEX trip_over ON trip (closed_on, dossier) WHERE made > promised"])

    /// Writes the row of a dossier that was closed; nothing for any other. The same again changes nothing.
    package static func keep(_ dossier: Dossier, in tx: Transaction) throws {
        guard case .ended(.closed, let at, _) = dossier.stage else { return }
        let (terms, mode) = (dossier.submitted.terms, dossier.submitted.mode)
        try tx.execute(
            """
            INSERT INTO trip (dossier, closed_on, region, body, catalog_code, mode, promised, made)
            VALUES (\(dossier.id), \(at.day), \(terms.region), \(terms.body), \(terms.catalogCode), \(mode.id),
                \(dossier.tripsPromised), \(dossier.tripsMade))
            ON CONFLICT (dossier) DO UPDATE SET promised = excluded.promised, made = excluded.made
            """)
    }

    /// How many dossiers of one day and place were promised so many trips and took so many.
    package struct Count: Hashable, Sendable {
        package let day: CivilDate
        package let region: Region
        package let promised: Int
        package let made: Int
        package let dossiers: Int

        package init(day: CivilDate, region: Region, promised: Int, made: Int, dossiers: Int) {
            (self.day, self.region, self.promised) = (day, region, promised)
            (self.made, self.dossiers) = (made, dossiers)
        }
    }

    /// What was closed within these days, counted.
    package static func counts(_ days: ClosedRange<CivilDate>, in tx: Transaction) throws -> [Count] {
        try tx.rows(
            """
            SELECT closed_on, region, promised, made, COUNT(*) FROM trip
            WHERE closed_on BETWEEN \(days.lowerBound) AND \(days.upperBound)
            GROUP BY closed_on, region, promised, made
            ORDER BY closed_on, region, promised, made LIMIT \(countsMax)
            """
        ).map { row in
            Count(
                day: try row.day(0), region: try row.value(1, Region.init), promised: try row.integer(2),
                made: try row.integer(3), dossiers: try row.integer(4))
        }
    }

    /// Dossiers that took more trips than promised, closed within these days, the latest first, in a part of the
    /// city's business.
    package static func over(
        _ days: ClosedRange<CivilDate>, in part: DossierTable.Part, limit: Int = Limits.pageRowsMax, tx: Transaction
    ) throws -> [DossierLine] {
        try tx.rows(
            """
            SELECT \(raw: lineColumns) FROM trip t JOIN dossier d ON d.id = t.dossier
            WHERE t.made > t.promised AND t.closed_on BETWEEN \(days.lowerBound) AND \(days.upperBound)
                AND \(part: part.rows(body: "t.body", item: "t.catalog_code", region: "t.region"))
            ORDER BY t.closed_on DESC, t.dossier DESC LIMIT \(limit)
            """
        ).map(DossierTable.line)
    }

    private static let lineColumns: StaticString = """
        d.id, d.number, d.short, d.item, d.region, d.stage, d.ending, d.mode, d.submitted_at, d.received_at,
        d.due, d.statutory_due, d.is_provisional, d.applicant, d.light
        """
}
