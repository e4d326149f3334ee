package import Vocabulary

/// Somebody takes a ticket.
package struct TicketTaking: Sendable {
    package let hall: HallCode
    package let need: Capability
    package let origin: Ticket.Origin
    package var itemCode: String?
    package var person: PersonID?
    package var priority: PriorityGround?
    package var booking: Ticket.Booking?

    package init(at hall: HallCode, for need: Capability, by origin: Ticket.Origin) {
        (self.hall, self.need, self.origin) = (hall, need, origin)
    }

    func ticket(_ id: TicketID, serial: Int, at now: Instant) -> Ticket {
        Ticket(
            id: id, hall: hall, day: now.day, serial: serial, need: need, letter: need.letter, origin: origin,
            itemCode: itemCode, person: person, priority: priority, booking: booking, takenAt: now,
            place: Ticket.Place(now, of: id),
            state: .waiting, reservedFor: nil, calls: 0, hasRejoined: false, turnAt: nil, wasFavoured: nil,
            calledAt: nil, startedAt: nil, endedAt: nil, revision: 1)
    }
}
