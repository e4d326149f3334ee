package import Accounts
import Store
package import Vocabulary
package import Windows

/// 排队叫号: tickets, from taking one to the end.
extension Hall {
    /// A ticket as its holder sees it.
    package struct TicketView: Sendable {
        package let hall: ServiceHall
        package let ticket: Ticket
        /// How many are called before it; nil once it does not wait any more.
        package let ahead: Int?
        /// Seconds until it is called, by what was measured today; nil where no window is at work.
        package let wait: Int64?
    }

    /// Whom a ticket is for.
    package enum TicketHolder: Sendable {
        case nobody
        /// Somebody who is signed in.
        case person(PersonID, CitizenID?)
        /// Whoever laid her identity card on a kiosk.
        case card(CitizenID, AccountKey)
    }

    /// What somebody wants who takes a ticket.
    package struct TicketWish: Sendable {
        package let hall: HallCode
        package let need: Capability
        package var itemCode: String?
        package var priority: PriorityGround?
        package var holder = TicketHolder.nobody

        package init(at hall: HallCode, for need: Capability) { (self.hall, self.need) = (hall, need) }
    }

    /// Gives out a ticket. Refuses when the hall is closed, when no window of it does this, to somebody who has one
    /// here already, and above the hall's limit. The same attempt gets the same ticket.
    package func takeTicket(
        _ wish: TicketWish, by origin: Ticket.Origin, kiosk: KioskKey? = nil, actor: Actor, attempt: Attempt
    ) async throws -> TicketID {
        let (stamp, id) = (stamp(of: actor), TicketID(ids.next()))
        let taking = try taking(wish, by: origin, today: stamp.now.day)
        let mark = "ticket \(wish.hall) \(wish.need.rawValue) \(wish.itemCode ?? "")"
        try requireOpen(wish.hall, stamp.now)
        return TicketID(
            try await once(attempt, by: actor, mark, stamp) { tx in
                if origin == .kiosk { try KioskTable.check(kiosk, at: wish.hall, in: tx) }
                try requireWindow(for: taking, in: tx)
                try requireNoOther(taking, on: stamp.now.day, in: tx)
                _ = try TicketTable.touch(wish.hall, in: tx)
                return try TicketTable.add(taking, as: id, stamp: stamp, in: tx).id.subject
            })
    }

    private func taking(_ wish: TicketWish, by origin: Ticket.Origin, today: CivilDate) throws -> TicketTaking {
        var taking = TicketTaking(at: wish.hall, for: wish.need, by: origin)
        (taking.itemCode, taking.priority) = (wish.itemCode, wish.priority)
        let card: CitizenID?
        switch wish.holder {
        case .nobody: card = nil
        case .person(let id, let number): (taking.person, card) = (id, number)
        case .card(let number, let key):
            (taking.person, card) = (PersonTable.expectedID(of: .citizen(number), key: key), number)
        }
        if taking.priority == nil, let card, card.age(on: today) >= QueueParameters().elderlyYears {
            taking.priority = .elderly
        }
        return taking
    }

    private func requireOpen(_ hall: HallCode, _ now: Instant) throws(QueueRefusal) {
        guard givesTickets(at: hall, now) else { throw .hallClosed }
    }

    /// Whether a hall gives tickets out now: from half an hour before opening until shortly before closing.
    package func givesTickets(at hall: HallCode) -> Bool { givesTickets(at: hall, time.now()) }

    private func givesTickets(at hall: HallCode, _ now: Instant) -> Bool {
        guard let hours = calendar(at: hall).officeHours(on: now.day) else { return false }
        return now.minuteOfDay >= hours.opens - Self.ticketsBeforeMinutes
            && now.minuteOfDay < hours.closes - QueueParameters().lastMinutes
    }

    /// Minutes before opening from which tickets are given out.
    package static let ticketsBeforeMinutes = 30

    func requireWindow(for taking: TicketTaking, in tx: Transaction) throws {
        _ = try HallTable.hall(taking.hall, in: tx)
        let windows = try WindowTable.windows(of: taking.hall, in: tx)
        guard windows.contains(where: { $0.capabilities.contains(taking.need) }) else {
            throw QueueRefusal.nobodyDoesThis
        }
    }

    func requireNoOther(_ taking: TicketTaking, on day: CivilDate, in tx: Transaction) throws {
        guard try TicketTable.open(in: taking.hall, in: tx).count < TicketTable.openMax else {
            throw QueueRefusal.tooManyTickets
        }
        guard let person = taking.person else { return }
        let own = try TicketTable.tickets(of: person, on: day, in: tx)
        guard !own.contains(where: { $0.hall == taking.hall && !$0.isOver && $0.state != .passed }) else {
            throw QueueRefusal.hasTicket
        }
    }

    /// A ticket with how long it will wait. Whoever knows its id may see it: nothing of it says whose it is.
    package func ticket(_ id: TicketID, of code: HallCode) async throws -> TicketView {
        let now = time.now()
        return try await store.read { tx in
            let (hall, ticket) = (try HallTable.hall(code, in: tx), try TicketTable.ticket(id, of: code, in: tx))
            guard ticket.state == .waiting, ticket.day == now.day else {
                return TicketView(hall: hall, ticket: ticket, ahead: nil, wait: nil)
            }
            let line = try line(before: ticket, at: now, in: tx)
            return TicketView(hall: hall, ticket: ticket, ahead: line.ahead, wait: line.wait)
        }
    }

    private func line(before ticket: Ticket, at now: Instant, in tx: Transaction) throws -> (ahead: Int, wait: Int64?) {
        let (hall, need) = (ticket.hall, ticket.need)
        let windows = try WindowTable.windows(of: hall, in: tx)
            .filter { $0.isCalling && $0.capabilities.contains(need) }
        let (waiting, run) = try queue(for: need, of: hall, on: now.day, in: tx)
        let order = QueueRules.order(waiting, favouredRun: run, at: now)
        let ahead = order.firstIndex { $0.id == ticket.id } ?? 0
        let mean = WaitRules.mean(of: try TicketTable.measured(need, of: hall, on: now.day, in: tx))
        let own = try itemMeans(of: order.prefix(ahead), at: hall, on: now.day, in: tx)
        let seconds = order.prefix(ahead).map { $0.itemCode.flatMap { own[$0] } ?? mean }
        return (ahead, WaitRules.estimate(ahead: seconds, windows: windows.count, mean: mean))
    }

    /// What the items of tickets take here on average, of those that were measured often enough.
    private func itemMeans(
        of tickets: some Sequence<Ticket>, at hall: HallCode, on day: CivilDate, in tx: Transaction
    ) throws -> [String: Int64] {
        var means: [String: Int64] = [:]
        for item in Set(tickets.compactMap(\.itemCode)).sorted().prefix(WaitRules.itemsMax) {
            let effort = try EffortTable.effort(.item(item), at: hall, upTo: day, in: tx)
            if effort.cases >= WaitRules.itemCasesMin { means[item] = effort.mean }
        }
        return means
    }

    /// Who waits for a kind of window, and how many favoured ones were called for it last.
    private func queue(
        for need: Capability, of hall: HallCode, on day: CivilDate, in tx: Transaction
    ) throws -> (waiting: [Ticket], favouredRun: Int) {
        let waiting = try TicketTable.open(in: hall, in: tx).filter { $0.state == .waiting && $0.need == need }
        let run = try TicketTable.favouredRun(
            [need], of: hall, on: day, limit: QueueParameters().favouredRunMax, in: tx)
        return (waiting, run)
    }

    /// The tickets that somebody has today and that are not over.
    package func tickets(of person: PersonID) async throws -> [Ticket] {
        let today = time.now().day
        return try await store.read { tx in
            try TicketTable.tickets(of: person, on: today, in: tx).filter { !$0.isOver }
        }
    }

    /// Gives a ticket back, or joins the queue again with a passed one. Whoever knows its id has it in her hand.
    package func holder(_ deed: HolderDeed, _ id: TicketID, of hall: HallCode, by actor: Actor) async throws {
        let stamp = stamp(of: actor)
        try await store.write { tx in
            _ = try TicketTable.touch(hall, in: tx)
            let ticket = try TicketTable.ticket(id, of: hall, in: tx)
            let deed = try deed == .cancel ? TicketDeed.cancel : rejoining(ticket, at: stamp.now, in: tx)
            let after = try TicketRules.apply(deed, to: ticket, by: nil, at: stamp.now)
            try TicketTable.update(after, after: deed, stamp: stamp, in: tx)
        }
    }

    /// What the holder of a ticket does.
    package enum HolderDeed: Sendable {
        case cancel, rejoin
    }

    private func rejoining(_ ticket: Ticket, at now: Instant, in tx: Transaction) throws -> TicketDeed {
        let (waiting, run) = try queue(for: ticket.need, of: ticket.hall, on: now.day, in: tx)
        return .rejoin(at: QueueRules.place(of: ticket, behind: waiting, favouredRun: run, at: now))
    }

    /// Does something once for an attempt, and answers the same when it comes again.
    func once(
        _ attempt: Attempt, by actor: Actor, _ mark: String, _ stamp: Stamp,
        _ work: @escaping @Sendable (Transaction) throws -> Subject
    ) async throws -> Subject {
        let command = Array(mark.utf8)
        return try await store.write { tx in
            if let answer = try Tokens.answer(to: attempt.token, by: actor, command: command, in: tx),
                let subject = Subject(bytes: answer)
            {
                return subject
            }
            let subject = try work(tx)
            try Tokens.keep(
                subject.bytes, for: attempt.token, by: actor, command: command, now: stamp.now, in: tx)
            return subject
        }
    }
}

extension Hall {
    /// Refuses a key that none of the hall's kiosks has.
    package func checkKiosk(_ key: KioskKey?, at hall: HallCode) async throws {
        try await store.read { tx in try KioskTable.check(key, at: hall, in: tx) }
    }
}
