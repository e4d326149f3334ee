package import Accounts
package import Dossiers
import Store
package import Vocabulary

/// Real trips against promised ones.
extension Hall {
    /// The trips of what was closed within a year, in a place or everywhere.
    package func tripFigures(in place: Region? = nil) async throws -> TripFigures {
        let look = trips.look(on: time.now().day)
        let read = try await store.read { tx in try TripTable.counts(look.unread, in: tx) }
        let counts = trips.counts(of: look, read: read)
        return TripFigures(counts.filter { count in place.map { $0 == count.region } ?? true })
    }

    /// Dossiers of the last year that took more trips than promised, within what these powers give somebody, in
    /// the order in which they were filed; of more than `limit` those closed last.
    package func overPromise(
        grants: [Grant], powers: [Power], limit: Int = Limits.pageRowsMax
    ) async throws -> [DossierLine] {
        let days = TripKeeper.days(on: time.now().day)
        return try await lines(within: powers, of: grants, limit: limit) { part, tx in
            try TripTable.over(days, in: part, limit: limit, tx: tx)
        }
    }
}
