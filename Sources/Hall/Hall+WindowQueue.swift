package import Accounts
import Store
import Vocabulary
package import Windows

/// The window's side of the queue.
extension Hall {
    /// What somebody at a window does.
    package enum WindowDeed: Hashable, Sendable {
        /// Calls whoever is next.
        case next
        case recall, start, pass, interrupt, finish
        /// Goes on with somebody who was interrupted here.
        case resume(TicketID)
        /// Sends the one at the window on.
        case transfer(Capability, to: Int?)
    }

    /// What a window shows to who sits there.
    package struct SeatView: Sendable {
        package let hall: ServiceHall
        package let window: Window
        /// The one who was called, or stands there.
        package let current: Ticket?
        /// Those who went to fetch something.
        package let interrupted: [Ticket]
        /// Those whom this window may call, in the order in which it would.
        package let waiting: [Ticket]
        /// The other windows of the hall at work, to which somebody can be sent on.
        package let others: [Window]
    }

    /// The queue as the window sees it where she sits; nil when she sits nowhere.
    package func seatView(of guest: Guest) async throws -> SeatView? {
        guard let staff = guest.places.first?.staff.id else { return nil }
        let now = time.now()
        return try await store.read { tx in
            guard let window = try WindowTable.seat(of: staff, in: tx) else { return nil }
            let open = try TicketTable.open(in: window.hall, in: tx)
            let run = try run(before: window, on: now.day, in: tx)
            let own = open.filter { $0.window == window.number }
            let waiting = open.filter { $0.state == .waiting }
            let sent = waiting.filter { $0.reservedFor == window.number }
            let pool = waiting.filter { $0.reservedFor == nil && window.capabilities.contains($0.need) }
            return SeatView(
                hall: try HallTable.hall(window.hall, in: tx), window: window,
                current: own.first { $0.isAtWindow }, interrupted: own.filter { !$0.isAtWindow },
                waiting: sent + QueueRules.order(pool, favouredRun: run, at: now),
                others: try WindowTable.windows(of: window.hall, in: tx).filter {
                    $0.number != window.number && $0.sitting != nil
                })
        }
    }

    private func run(before window: Window, on day: CivilDate, in tx: Transaction) throws -> Int {
        try TicketTable.favouredRun(
            window.capabilities, of: window.hall, on: day, limit: QueueParameters().favouredRunMax, in: tx)
    }

    /// Does something at the window where she sits; answers the ticket that it was done to. Refuses what the rules
    /// refuse. The same attempt is done once.
    package func queue(_ deed: WindowDeed, by guest: Guest, attempt: Attempt) async throws -> TicketID {
        guard let staff = guest.places.first?.staff.id else { throw PerformerRefusal.notAllowed }
        let actor = guest.session.holder.actor
        let stamp = stamp(of: actor)
        return TicketID(
            try await once(attempt, by: actor, "queue \(deed)", stamp) { tx in
                guard let seat = try WindowTable.seat(of: staff, in: tx) else { throw WindowRefusal.noSeat }
                _ = try TicketTable.touch(seat.hall, in: tx)
                let window = try WindowTable.window(seat.number, of: seat.hall, in: tx)
                let open = try TicketTable.open(in: window.hall, in: tx)
                let (ticket, step) = try step(deed, at: window, open, stamp.now, in: tx)
                let after = try TicketRules.apply(step, to: ticket, by: window.number, at: stamp.now)
                try TicketTable.update(after, after: step, stamp: stamp, in: tx)
                try noteOccasion(of: after, stamp: stamp, in: tx)
                return ticket.id.subject
            })
    }

    private func step(
        _ deed: WindowDeed, at window: Window, _ open: [Ticket], _ now: Instant, in tx: Transaction
    ) throws -> (Ticket, TicketDeed) {
        let current = open.first { $0.window == window.number && $0.isAtWindow }
        switch deed {
        case .next:
            guard window.isCalling else { throw QueueRefusal.windowPaused }
            guard current == nil else { throw QueueRefusal.windowBusy }
            let waiting = open.filter { $0.state == .waiting }
            let run = try run(before: window, on: now.day, in: tx)
            guard let next = QueueRules.next(for: window, waiting: waiting, favouredRun: run, at: now) else {
                throw QueueRefusal.nobodyWaits
            }
            return (next, .call(window.number))
        case .resume(let id):
            guard current == nil else { throw QueueRefusal.windowBusy }
            guard let ticket = open.first(where: { $0.id == id }) else { throw QueueRefusal.ticketNotFound }
            return (ticket, .resume)
        case .transfer(let need, let target):
            if let target {
                let other = try WindowTable.window(target, of: window.hall, in: tx)
                guard other.sitting != nil, other.capabilities.contains(need) else {
                    throw QueueRefusal.windowCannot
                }
            } else {
                let windows = try WindowTable.windows(of: window.hall, in: tx)
                guard windows.contains(where: { $0.capabilities.contains(need) }) else {
                    throw QueueRefusal.windowCannot
                }
            }
            return (try required(current), .transfer(need, to: target))
        case .recall: return (try required(current), .recall)
        case .start: return (try required(current), .start)
        case .pass: return (try required(current), .pass)
        case .interrupt: return (try required(current), .interrupt)
        case .finish: return (try required(current), .finish)
        }
    }

    private func required(_ current: Ticket?) throws -> Ticket {
        guard let current else { throw QueueRefusal.otherWindow }
        return current
    }
}

extension Ticket {
    /// Whether somebody was called to a window with it or stands there.
    var isAtWindow: Bool {
        switch state {
        case .called, .serving: true
        case .waiting, .interrupted, .passed, .served, .cancelled, .lapsed: false
        }
    }
}

extension Hall {
    /// Who stands at the window where she sits, and what was chosen with the ticket, as far as it is known. That the
    /// person was looked up is written down, once a day.
    package func applicant(at guest: Guest) async throws -> (person: Person?, itemCode: String?) {
        guard let view = try await seatView(of: guest) else { throw WindowRefusal.noSeat }
        guard let ticket = view.current else { throw QueueRefusal.otherWindow }
        guard let id = ticket.person else { return (nil, ticket.itemCode) }
        return (try await person(id, for: guest, purpose: .ticket), ticket.itemCode)
    }

    /// Whether somebody stands at the window of a member of staff, or was called to it, with a ticket in her own name.
    func stands(_ person: PersonID, before staff: Guest, in tx: Transaction) throws -> Bool {
        guard let own = staff.places.first?.staff.id, let seat = try WindowTable.seat(of: own, in: tx) else {
            return false
        }
        return try TicketTable.open(in: seat.hall, in: tx).contains {
            $0.window == seat.number && $0.isAtWindow && $0.person == person
        }
    }
}
