package import Store
package import Vocabulary

/// Tickets that were, by the number on a slip, by a window, or one after the other.
extension TicketTable {
    /// The ticket that was served last at a window since an instant of today; nil where none was, or where another was
    /// called there meanwhile.
    package static func lastServed(
        at window: Int, of hall: HallCode, since: Instant, in tx: Transaction
    ) throws -> Ticket? {
        let row = try tx.row(
            """
            SELECT \(raw: columns) FROM ticket
            WHERE hall = \(hall.text) AND day = \(since.day) AND called_at IS NOT NULL AND number = \(window)
            ORDER BY called_at DESC, id DESC LIMIT 1
            """)
        guard let ticket = try row.map(Ticket.init), case .served = ticket.state, let endedAt = ticket.endedAt,
            endedAt >= since
        else { return nil }
        return ticket
    }

    /// The ticket with a number such as `A007` on a day; nil when there is none.
    package static func find(
        _ number: String, of hall: HallCode, on day: CivilDate, in tx: Transaction
    ) throws -> TicketID? {
        guard let letter = number.first, let serial = Int(number.dropFirst()) else { return nil }
        return try tx.row(
            """
            SELECT id FROM ticket
            WHERE hall = \(hall.text) AND day = \(day) AND letter = \(String(letter)) AND serial = \(serial)
            """)?.id(0)
    }

    /// One page of all tickets of a hall that ever were, in the order of their ids, after one of them.
    package static func page(
        of hall: HallCode, after last: TicketID?, limit: Int, in tx: Transaction
    ) throws -> [Ticket] {
        let last = last?.subject ?? Subject(high: 0, low: 0)
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM ticket WHERE hall = \(hall.text) AND id > \(last) ORDER BY id LIMIT \(limit)
            """
        ).map(Ticket.init)
    }
}
