import Catalogue
import Dossiers
import Store
import Vocabulary

/// Turns what has become due into ordinary commands. Time never acts by itself.
package struct Pulse: Sendable {
    /// LIMIT: dossiers woken at once.
    package static let batchMax = 200

    private let hall: Hall

    package init(hall: Hall) {
        self.hall = hall
    }

    /// Learns what was said of the calendar, puts versions of guides in force whose day has come, then wakes the
    /// dossiers that silence will change by now, the longest due first; answers how many dossiers.
    package func beat(limit: Int = batchMax) async throws -> Int {
        let now = hall.time.now()
        try await hall.refreshCalendar()
        try await putInForce(now.day)
        let due = try await hall.store.read { tx in try DossierTable.due(by: now, limit: limit, in: tx) }
        for id in due {
            let token = CommandToken.of(hall.ids.next())
            _ = try await hall.perform(.tick, on: id, by: .platform, attempt: Attempt(token))
        }
        return due.count
    }

    /// Goes on with recounts of dates that an edition of the calendar began, until there is nothing to do by now.
    package func recount() async throws {
        while try await hall.recountBatch() {}
    }

    private func putInForce(_ today: CivilDate) async throws {
        while try await hall.store.read({ tx in try ItemTable.isAwaited(on: today, in: tx) }) {
            _ = try await hall.store.write { tx in try ItemTable.takeEffect(on: today, in: tx) }
        }
    }

    /// Forgets command tokens that nobody will ask for again; answers how many.
    package func prune() async throws -> Int {
        let now = hall.time.now()
        return try await hall.store.write { tx in try Tokens.prune(now: now, in: tx) }
    }
}
