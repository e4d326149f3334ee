package import Vocabulary

/// What may be done to a ticket.
package enum TicketDeed: Hashable, Sendable {
    /// 叫号: to a window.
    case call(Int)
    /// 重呼.
    case recall
    /// Somebody has come to the window.
    case start
    /// 过号: nobody came.
    case pass
    /// Whoever was passed joins the queue again, at this place.
    case rejoin(at: Ticket.Place)
    /// She goes to fetch something.
    case interrupt
    /// She is back at the window.
    case resume
    /// 转号: to another kind of window, or to a certain one.
    case transfer(Capability, to: Int?)
    /// Something was done on a dossier for whoever stands at the window.
    case serve(ServedDossier)
    /// Done.
    case finish
    /// Given back.
    case cancel
    /// The hall has closed.
    case lapse
}

/// The rules of one ticket: a ticket and a deed, another ticket or a refusal.
package enum TicketRules {
    /// The ticket after a deed by a window, or by its holder or the house (`window` nil).
    package static func apply(
        _ deed: TicketDeed, to ticket: Ticket, by window: Int?, at now: Instant,
        _ parameters: QueueParameters = QueueParameters()
    ) throws(QueueRefusal) -> Ticket {
        if case .serve = deed { try requireServed(ticket, at: window) } else if ticket.isOver { throw .over }
        var after = ticket
        after.revision += 1
        switch deed {
        case .call(let window): try call(&after, to: window, now)
        case .recall: try recall(&after, by: window, now, parameters)
        case .pass: try pass(&after, by: window, parameters)
        case .start, .interrupt, .resume, .finish: try serve(&after, deed, by: window, now)
        case .transfer(let need, let target): try transfer(&after, need, to: target, by: window)
        case .rejoin(let place):
            guard ticket.state == .passed else { throw .notPassed }
            if ticket.hasRejoined { throw .rejoinedBefore }
            (after.state, after.place, after.hasRejoined) = (.waiting, place, true)
            (after.calls, after.calledAt) = (0, nil)
        case .cancel:
            switch ticket.state {
            case .serving, .interrupted: throw .beingServed
            default: (after.state, after.endedAt) = (.cancelled, now)
            }
        case .lapse: (after.state, after.endedAt) = (.lapsed, now)
        case .serve: break
        }
        return after
    }

    /// A dossier is bound to a ticket only at the window where its holder stands, or from which she fetches something:
    /// of two who receive for one ticket one is refused, whoever was sent on meanwhile too.
    private static func requireServed(_ ticket: Ticket, at window: Int?) throws(QueueRefusal) {
        guard let window, ticket.state == .serving(window) || ticket.state == .interrupted(window) else {
            throw .notServedHere
        }
    }

    private static func call(_ ticket: inout Ticket, to window: Int, _ now: Instant) throws(QueueRefusal) {
        guard ticket.state == .waiting else { throw .calledElsewhere }
        (ticket.turnAt, ticket.wasFavoured) = (now, ticket.isFavoured(at: now))
        (ticket.state, ticket.calls, ticket.calledAt) = (.called(window), 1, now)
    }

    private static func recall(
        _ ticket: inout Ticket, by window: Int?, _ now: Instant, _ parameters: QueueParameters
    ) throws(QueueRefusal) {
        guard case .called(let at) = ticket.state, at == window else { throw .otherWindow }
        let since = now.milliseconds - (ticket.calledAt?.milliseconds ?? 0)
        guard since >= parameters.recallSecondsMin * 1000 else { throw .calledJustNow }
        ticket.calls += 1
        ticket.calledAt = now
    }

    private static func pass(
        _ ticket: inout Ticket, by window: Int?, _ parameters: QueueParameters
    ) throws(QueueRefusal) {
        guard case .called(let at) = ticket.state, at == window else { throw .otherWindow }
        guard ticket.calls >= parameters.callsMin else { throw .callsTooFew }
        (ticket.state, ticket.reservedFor) = (.passed, nil)
    }

    private static func serve(
        _ ticket: inout Ticket, _ deed: TicketDeed, by window: Int?, _ now: Instant
    ) throws(QueueRefusal) {
        guard let window, ticket.window == window else { throw .otherWindow }
        switch (deed, ticket.state) {
        case (.start, .called):
            ticket.state = .serving(window)
            ticket.startedAt = ticket.startedAt ?? now
        case (.interrupt, .serving): ticket.state = .interrupted(window)
        case (.resume, .interrupted): ticket.state = .serving(window)
        case (.finish, .serving), (.finish, .interrupted): (ticket.state, ticket.endedAt) = (.served(window), now)
        default: throw .otherWindow
        }
    }

    /// Whoever is sent on keeps her place: she is called before those who came after her, and by the named window next.
    private static func transfer(
        _ ticket: inout Ticket, _ need: Capability, to target: Int?, by window: Int?
    ) throws(QueueRefusal) {
        switch ticket.state {
        case .called(let at), .serving(let at), .interrupted(let at): guard at == window else { throw .otherWindow }
        case .waiting: guard window == nil else { throw .otherWindow }
        default: throw .otherWindow
        }
        guard ticket.need != need || target != nil && target != window else { throw .sameWindow }
        (ticket.state, ticket.need, ticket.reservedFor) = (.waiting, need, target)
        (ticket.calls, ticket.calledAt) = (0, nil)
    }
}
