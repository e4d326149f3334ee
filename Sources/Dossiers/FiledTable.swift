package import Store
package import Vocabulary

/// How many dossiers of an item were filed, by the version of the guide under which they were.
package enum FiledTable {
    static let migration = Migration(
        "dossiers.012-filed",
        statements: ["CREATE INDEX dossier_by_filing ON dossier (catalog_code, submitted_at, id)"])

    /// LIMIT: dossiers of one item that a count looks at, the latest first.
    package static let countedMax = 10_000

    /// Dossiers filed under one version at one body.
    package struct Count: Hashable, Sendable {
        package let item: String
        package let version: Int
        package let dossiers: Int
    }

    /// LIMIT: dossiers of one item that one day is looked at for.
    package static let dayMax = 20_000

    /// The dossiers that were filed on a day and when, item by item, at most `dayMax` of each.
    package static func filed(
        on day: CivilDate, in tx: Transaction
    ) throws -> [(facts: DossierFacts, at: Instant)] {
        var (filed, last): ([(facts: DossierFacts, at: Instant)], String) = ([], "")
        let (from, to) = (Instant(day, hour: 0), Instant(day.advanced(byDays: 1), hour: 0))
        // From item to item, along the index: what was filed of one is not looked through for the next.
        while let code = try tx.row("SELECT MIN(catalog_code) FROM dossier WHERE catalog_code > \(last)")?
            .optionalText(0)
        {
            last = code
            let rows: [(id: DossierID, at: Instant)] = try tx.rows(
                """
                SELECT id, submitted_at FROM dossier
                WHERE catalog_code = \(code) AND submitted_at >= \(from) AND submitted_at < \(to)
                ORDER BY submitted_at, id LIMIT \(dayMax)
                """
            ).map { (try $0.id(0), try $0.instant(1)) }
            let found = try DossierTable.facts(of: rows.map(\.id), in: tx)
            filed += rows.compactMap { row in found[row.id].map { ($0, row.at) } }
        }
        return filed
    }

    /// The dossiers of an item that were filed from a day on; there are more when they add up to `countedMax`.
    package static func counts(of catalogCode: String, since day: CivilDate, in tx: Transaction) throws -> [Count] {
        try tx.rows(
            """
            SELECT d.item, d.item_version, COUNT(*) FROM
                (SELECT item, item_version FROM dossier
                 WHERE catalog_code = \(catalogCode) AND submitted_at >= \(Instant(day, hour: 0))
                 ORDER BY submitted_at DESC, id DESC LIMIT \(countedMax)) AS d
            GROUP BY d.item, d.item_version ORDER BY d.item, d.item_version LIMIT \(countedMax)
            """
        ).map { Count(item: try $0.text(0), version: try $0.integer(1), dossiers: try $0.integer(2)) }
    }
}
