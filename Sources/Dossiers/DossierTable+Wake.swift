package import Store
package import Vocabulary

/// Which dossiers silence will change, in the order of time.
extension DossierTable {
    /// A dossier and when silence will change it; also the place in the list after which the rest stands.
    package struct WakeLine: Hashable, Sendable {
        package let at: Instant
        package let id: DossierID

        package init(at: Instant, id: DossierID) {
            (self.at, self.id) = (at, id)
        }
    }

    /// Only what time can change stands in the index, so that a look at what is due reads nothing else, however many
    /// dossiers are open.
    static let wakeMigration = Migration(
        "dossiers.013-wake",
        statements: [
            "DROP INDEX dossier_by_wake",
            "CREATE INDEX dossier_by_wake ON dossier (next_wake, id) WHERE next_wake IS NOT NULL",
        ])

    /// Dossiers that silence will change by `now`, the longest due first, those after a place in the list.
    package static func due(
        by now: Instant, after place: WakeLine? = nil, limit: Int, in tx: Transaction
    ) throws -> [WakeLine] {
        let place = place ?? WakeLine(at: Instant(milliseconds: .min), id: DossierID(Subject(high: 0, low: 0)))
        return try tx.rows(
            """
            SELECT next_wake, id FROM dossier
            WHERE next_wake <= \(now) AND (next_wake, id) > (\(place.at), \(place.id))
            ORDER BY next_wake, id LIMIT \(limit)
            """
        ).map { WakeLine(at: try $0.instant(0), id: try $0.id(1)) }
    }
}
