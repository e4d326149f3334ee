import Dossiers
import Store
import Synchronization
import Vocabulary

/// Keeps the book of the calendar in memory. It is brought up to the store at start, at each beat of the pulse and
/// after an import of this process; until then dates are counted without another process's edition, and the last round
/// of the recount mends them.
final class CalendarKeeper: Sendable {
    private let state: Mutex<CalendarBook>

    /// A keeper that knows what ships.
    init(ground: WorkCalendar) {
        state = Mutex(CalendarBook(ground: ground))
    }

    /// The book as it was when it was last brought up to the store.
    var book: CalendarBook { state.withLock { $0 } }

    /// Reads the editions that are new.
    func refresh(_ store: any Store) async throws {
        let known = book
        let fresh = try await store.read { tx in try known.brought(upTo: tx) }
        state.withLock { if fresh.lastNumber > $0.lastNumber { $0 = fresh } }
    }
}

extension CalendarBook {
    /// The book with the editions that the transaction sees.
    func brought(upTo tx: Transaction) throws -> CalendarBook {
        guard try CalendarTable.lastNumber(in: tx) > lastNumber else { return self }
        return CalendarBook(
            ground: ground, editions: editions + (try CalendarTable.editions(after: lastNumber, in: tx)))
    }
}

/// Keeps what was laid down of lights in memory, brought up to the store when the calendar is. What is laid down begins
/// on a later day, so that a process which has not heard of it yet counts as one that has.
final class LightKeeper: Sendable {
    private let state = Mutex(LightBook.usual)

    var book: LightBook { state.withLock { $0 } }

    /// Reads the editions that are new.
    func refresh(_ store: any Store) async throws {
        let known = book
        let fresh = try await store.read { tx in try known.brought(upTo: tx) }
        state.withLock { if fresh.lastNumber > $0.lastNumber { $0 = fresh } }
    }
}

extension LightBook {
    /// The book with the editions that the transaction sees.
    func brought(upTo tx: Transaction) throws -> LightBook {
        guard try LightTable.lastNumber(in: tx) > lastNumber else { return self }
        return LightBook(editions: editions + (try LightTable.editions(after: lastNumber, in: tx)))
    }
}
