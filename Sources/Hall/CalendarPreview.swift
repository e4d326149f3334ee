package import Dossiers
import Store
package import Vocabulary

/// What an edition would change, before it is taken in.
package struct CalendarPreview: Sendable {
    /// The edition; nil when the book says all of it already.
    package let edition: CalendarEdition?
    /// The number of the edition after which this was counted.
    package let seen: Int
    /// Open dossiers of which a day would move.
    package private(set) var moved = 0
    /// Open dossiers of which no day would move and which would become final or provisional.
    package private(set) var settled = 0
    /// Whether there may be more: only so many dossiers are looked at.
    package private(set) var isAtLeast = false
    /// The first changes.
    package private(set) var lines: [RecountTable.Line] = []
    private var examined = 0

    /// LIMIT: dossiers that a preview counts anew, and changes that it shows.
    package static let examinedMax = 2000
    package static let linesMax = 20

    init(_ edition: CalendarEdition?, after seen: Int) {
        (self.edition, self.seen) = (edition, seen)
    }

    /// Counts what would change of a dossier that was looked at.
    mutating func note(_ changes: [DateChange], of dossier: Dossier) {
        examined += 1
        isAtLeast = examined >= Self.examinedMax
        if changes.contains(where: \.isMoved) { moved += 1 } else if !changes.isEmpty { settled += 1 }
        let numbers = dossier.submitted.numbers
        lines += changes.prefix(Self.linesMax - lines.count).map {
            RecountTable.Line(
                $0, number: numbers.number, short: numbers.short, itemCode: dossier.submitted.terms.itemCode)
        }
    }
}

extension Hall {
    /// Everything that was said of the calendar, the newest first, and where the recount of each stands.
    package func calendarEditions() async throws -> [(edition: CalendarEdition, recount: RecountTable.Standing?)] {
        try await calendars.refresh(store)
        let editions = calendars.book.editions.suffix(Limits.pageRowsMax).reversed()
        return try await store.read { tx in
            try editions.map { ($0, try RecountTable.standing(of: $0.number, in: tx)) }
        }
    }

    /// An edition, where its recount stands, and a page of what it changed. Throws `CalendarRefusal.editionNotFound`.
    package func calendarChanges(
        _ number: Int, after cursor: RecountTable.Cursor? = nil
    ) async throws -> (edition: CalendarEdition, recount: RecountTable.Standing?, lines: [RecountTable.Line]) {
        try await calendars.refresh(store)
        let editions = calendars.book.editions
        guard number > 0, number <= editions.count else { throw CalendarRefusal.editionNotFound }
        return try await store.read { tx in
            (
                editions[number - 1], try RecountTable.standing(of: number, in: tx),
                try RecountTable.changes(by: number, after: cursor, in: tx)
            )
        }
    }
}
