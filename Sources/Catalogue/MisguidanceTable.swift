package import Store
package import Vocabulary

/// The corrections that were asked for, with why: written in the transaction of the notice, and rebuilt from the
/// journal of dossiers. Rows hold no personal data.
package enum MisguidanceTable {
    static let migration = Migration(
        "catalogue.012-misguidance",
        tables: [
            Table(
                "misguidance", .distributed(by: "dossier"),
                columns: """
                    dossier BYTEA NOT NULL, sequence BIGINT NOT NULL, material TEXT NOT NULL, item TEXT NOT NULL,
                    catalog_code TEXT NOT NULL, version BIGINT NOT NULL, body TEXT NOT NULL, region TEXT NOT NULL,
                    cause TEXT NOT NULL, is_guide BIGINT NOT NULL, words TEXT, number TEXT NOT NULL,
                    day BIGINT NOT NULL, PRIMARY KEY (dossier, sequence, material)
                    """,
                indexes: [
                    "misguidance_by_day ON misguidance (day, dossier, sequence, material)",
                    "misguidance_by_item ON misguidance (catalog_code, day, dossier, sequence, material)",
                    "misguidance_by_cause ON misguidance (catalog_code, cause, day, dossier, sequence, material)",
                ])
        ])

    /// LIMIT: corrections that one ranking looks at, the latest first.
    package static let lookedMax = 20_000
    /// LIMIT: places of one ranking.
    package static let placesMax = 50
    /// LIMIT: examples of one place.
    package static let examplesMax = 5

    /// Keeps what a notice says of one material; the same again changes nothing.
    package static func put(_ one: Misguidance, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO misguidance (dossier, sequence, material, item, catalog_code, version, body, region, cause,
                is_guide, words, number, day)
            VALUES (\(one.notice.dossier), \(one.notice.sequence), \(one.notice.material), \(one.source.item),
                \(one.source.catalogCode), \(one.source.version), \(one.source.body), \(one.source.region),
                \(one.cause.code), \(one.cause.place == nil ? 0 : 1), \(one.words), \(one.number), \(one.day))
            ON CONFLICT (dossier, sequence, material) DO NOTHING
            """)
    }

    /// Forgets what the notices of a dossier said, before it is written anew from the journal.
    package static func clear(_ dossier: DossierID, in tx: Transaction) throws {
        try tx.execute("DELETE FROM misguidance WHERE dossier = \(dossier)")
    }

    /// The latest corrections from a day on, of one item or of all, as many as are looked at.
    private static func looked(_ catalogCode: String?, since day: CivilDate) -> SQL {
        guard let catalogCode else {
            return """
                SELECT catalog_code, cause, is_guide, dossier, item, version, day FROM misguidance
                WHERE day >= \(day) ORDER BY day DESC, dossier DESC, sequence DESC, material DESC LIMIT \(lookedMax)
                """
        }
        return """
            SELECT catalog_code, cause, is_guide, dossier, item, version, day FROM misguidance
            WHERE catalog_code = \(catalogCode) AND day >= \(day)
            ORDER BY day DESC, dossier DESC, sequence DESC, material DESC LIMIT \(lookedMax)
            """
    }

    /// The places that misled most cases from a day on, the most first.
    package static func ranking(
        of catalogCode: String? = nil, since day: CivilDate, limit: Int = placesMax, in tx: Transaction
    ) throws -> [MisleadingPlace] {
        try tx.rows(
            """
            SELECT m.catalog_code, m.cause, COUNT(DISTINCT m.dossier) AS cases,
                COUNT(DISTINCT CASE WHEN m.version < item.version THEN m.dossier END),
                COALESCE(MAX(item.version), 0), MAX(m.day)
            FROM (\(part: looked(catalogCode, since: day))) AS m LEFT JOIN item ON item.code = m.item
            WHERE m.is_guide = 1 GROUP BY m.catalog_code, m.cause
            ORDER BY cases DESC, m.catalog_code, m.cause LIMIT \(limit)
            """
        ).map { row in
            MisleadingPlace(
                catalogCode: try row.text(0), place: try row.value(1, GuidePlace.init), cases: try row.integer(2),
                before: try row.integer(3), version: try row.integer(4), latest: try row.day(5))
        }
    }

    /// How many corrections there were from a day on, by why; `lookedMax` in all when there were more.
    package static func counts(
        of catalogCode: String? = nil, since day: CivilDate, in tx: Transaction
    ) throws -> CauseCounts {
        var counts = CauseCounts()
        let rows = try tx.rows(
            """
            SELECT m.is_guide, CASE WHEN m.cause = 'overlooked' THEN 1 ELSE 0 END AS is_overlooked, COUNT(*)
            FROM (\(part: looked(catalogCode, since: day))) AS m GROUP BY m.is_guide, is_overlooked
            ORDER BY m.is_guide, is_overlooked LIMIT 4
            """)
        for row in rows {
            let number = try row.integer(2)
            if try row.integer(0) == 1 {
                counts.guide += number
            } else if try row.integer(1) == 1 {
                counts.overlooked += number
            } else {
                counts.other += number
            }
        }
        return counts
    }

    /// The latest corrections of an item for a cause, from a day on; those with words of the clerk's are as good as
    /// those without.
    package static func examples(
        of catalogCode: String, _ cause: CorrectionCause, since day: CivilDate, limit: Int = examplesMax,
        in tx: Transaction
    ) throws -> [Misguidance] {
        try tx.rows(
            """
            SELECT dossier, sequence, material, item, catalog_code, version, body, region, cause, words, number, day
            FROM misguidance WHERE catalog_code = \(catalogCode) AND cause = \(cause.code) AND day >= \(day)
            ORDER BY day DESC, dossier DESC, sequence DESC, material DESC LIMIT \(limit)
            """
        ).map { row in
            Misguidance(
                Misguidance.Notice(try row.id(0), try row.integer(1), try row.text(2)),
                of: Misguidance.Source(
                    item: try row.text(3), catalogCode: try row.text(4), version: try row.integer(5),
                    body: try row.value(6, CreditCode.init), region: try row.value(7, Region.init)),
                try row.value(8, CorrectionCause.init), words: try row.optionalText(9), number: try row.text(10),
                day: try row.day(11))
        }
    }

    /// The item that has a basic code: its name in addresses, its name, and the versions in force by item code; nil
    /// when it is published nowhere.
    package static func item(
        of catalogCode: String, in tx: Transaction
    ) throws -> (slug: String, name: Bilingual, versions: [String: Int])? {
        let rows = try tx.rows(
            """
            SELECT code, version FROM item WHERE catalog_code = \(catalogCode) ORDER BY region, code
            LIMIT \(versionsMax)
            """)
        guard let first = try rows.first?.text(0), let line = try ItemTable.item(first, in: tx) else { return nil }
        let pairs = try rows.map { (try $0.text(0), try $0.integer(1)) }
        return (line.slug, line.title, Dictionary(pairs) { first, _ in first })
    }

    /// LIMIT: implementations of one item that a ranking compares.
    static let versionsMax = 2000
}
