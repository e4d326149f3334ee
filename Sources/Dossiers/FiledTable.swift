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
