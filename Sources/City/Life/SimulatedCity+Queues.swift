import Accounts
import Catalogue
import Hall
import Store
import Vocabulary
import Windows

/// 取号、叫号、办结: whoever comes to a hall takes a number, waits, is called, is served and goes.
extension SimulatedCity {
    /// Windows of the simulated staff come after those of the demonstration: first those that receive.
    private static let firstWindow = 11

    /// How many windows the plan's people need in each hall, by what they do. As many come as the place has people, and
    /// Mondays are busier.
    func windowsNeeded() -> [CityQueue.Key: Int] {
        let halls = catalogue.composer.directory.halls.map(\.region)
        let weights = halls.map(CityItems.weight)
        let days = Double(max(1, ground.calendar.workingDays(from: plan.from, upTo: plan.to).count))
        let visits = Double(plan.cases) / days / weights.reduce(0, +)
        let busiest = CityRates.weekdays.max() ?? 1
        var needed: [CityQueue.Key: Int] = [:]
        for (region, weight) in zip(halls, weights) {
            let hall = HallCode(region)
            needed[CityQueue.Key(hall: hall, need: .comprehensive)] = CityQueue.windows(
                visits: visits * weight * busiest * CityRates.intakeVisits, minutes: CityRates.intakeMinutes)
            needed[CityQueue.Key(hall: hall, need: .issuing)] = CityQueue.windows(
                visits: visits * weight * busiest * CityRates.handOverVisits, minutes: CityRates.handOverMinutes)
        }
        return needed
    }

    /// Adds those windows, with a seat for each.
    func openQueues(_ desk: CityDesk) async throws {
        guard plan.isQueued else { return }
        let needed = windowsNeeded()
        var dice = CityDice(plan.seed, 0x3EA7)
        let there = hall.standing(in: Hall.World(time: Self.clock(start), dice: dice.forHall()))
        for centre in catalogue.composer.directory.halls {
            let code = HallCode(centre.region)
            var next = Self.firstWindow
            for (need, role) in [(Capability.comprehensive, Role.clerk), (.issuing, .issuingClerk)] {
                let key = CityQueue.Key(hall: code, need: need)
                let members = desk.staff.members(role, at: centre.region).prefix(needed[key] ?? 1)
                let windows = try members.indices.map { place in
                    try Window(WindowID(there.ids.next()), of: code, number: next + place, capabilities: [need])
                }
                next += windows.count
                let stamp = there.stamp(of: .platform)
                try await hall.store.write { tx in
                    for window in windows { try WindowTable.add(window, stamp: stamp, in: tx) }
                }
                queues[key] = CityQueue(
                    zip(windows, members).map { CityQueue.Seat(window: $0.number, member: $1) })
            }
        }
    }

    /// Where somebody waits before a deed of her case is done; nil for what is done without her, or while she stands
    /// there already.
    func queue(before deed: CityDeed, of one: CityCase) -> CityQueue.Key? {
        guard plan.isQueued, one.visit == nil else { return nil }
        let choice = one.choice
        let region = choice.hall ?? (choice.guide.body.region == .fujian ? .fuzhou : choice.guide.body.region)
        let key: CityQueue.Key
        switch deed {
        case .file where choice.hall != nil, .receive where choice.mode.originals == .counter:
            key = CityQueue.Key(hall: HallCode(region), need: .comprehensive)
        // What was decided on the spot is handed over on the spot.
        case .collect where !choice.isImmediate || choice.hall == nil:
            key = CityQueue.Key(hall: HallCode(region), need: .issuing)
        default: return nil
        }
        return queues[key] == nil ? nil : key
    }

    /// What is done at all windows in a minute.
    func queueWorks(_ minute: Int, _ now: Instant) -> [CityWork] {
        guard plan.isQueued else { return [] }
        let office = ground.calendar.officeHours(on: now.day).map { $0.opens...$0.closes }
        var works: [CityWork] = []
        for key in queues.keys.sorted() {
            guard var queue = queues[key] else { continue }
            let deeds = queue.deeds(at: minute, ofDay: now.minuteOfDay, officeMinutes: office)
            // Whoever goes is not there any more for what else begins in this minute.
            for (place, deed) in deeds where deed == .finish {
                guard let visitor = queue.seats[place].visitor else { continue }
                present.remove(CityQueue.Presence(hall: key.hall, citizen: visitor.citizen))
                queue.seats[place].visitor = nil
            }
            queues[key] = queue
            works += deeds.map { .window(key, $0.place, $0.deed) }
        }
        return works
    }

    /// Makes ready what somebody at a window does.
    func job(
        _ deed: CityQueue.Deed, _ key: CityQueue.Key, _ place: Int, _ now: Instant
    ) throws -> @Sendable () async throws -> CityAnswer {
        guard let queue = queues[key], let code = UInt64(key.hall.text) else { throw Fault.corrupt("no such queue") }
        let (seat, absent) = (queue.seats[place], queue.absent)
        var dice = CityDice(plan.seed, 0x5EA7, code, UInt64(seat.window), UInt64(now.milliseconds))
        let seconds = Int64(dice.number(8...40))
        /// The hall so many seconds later, and the member of staff as she sits there then.
        func later(_ seconds: Int64) -> (hall: Hall, guest: Hall.Guest) {
            let at = now.advanced(bySeconds: seconds)
            let there = hall.standing(in: Hall.World(time: Self.clock(at), dice: dice.forHall()))
            return (there, seat.member.guest(at: at))
        }
        let (here, soon, recalls) = (later(0), later(seconds), (1...3).map { later(Int64($0) * 15) })
        let perform = { @Sendable (deed: Hall.WindowDeed, at: (hall: Hall, guest: Hall.Guest)) in
            try await at.hall.queue(deed, by: at.guest, attempt: Attempt(.of(at.hall.ids.next())))
        }
        switch deed {
        case .open:
            return {
                try await here.hall.openWindow(seat.window, of: key.hall, by: here.guest)
                return .nothing
            }
        case .close:
            return {
                try await here.hall.closeWindow(isUncounted: true, by: here.guest)
                return .nothing
            }
        case .finish:
            return {
                _ = try await perform(.finish, here)
                return .nothing
            }
        case .call:
            return {
                let ticket = try await perform(.next, here)
                guard absent.contains(ticket) else {
                    _ = try await perform(.start, soon)
                    return .called(ticket, isThere: true)
                }
                for again in recalls.dropLast() { _ = try await perform(.recall, again) }
                _ = try await perform(.pass, recalls[2])
                return .called(ticket, isThere: false)
            }
        }
    }

    /// Makes ready that somebody takes a number, or joins the queue again with the one she has. Who has one in this
    /// hall for something else takes no other.
    func numberJob(_ one: CityCase, _ there: Hall) throws -> @Sendable () async throws -> CityAnswer {
        guard let visit = one.visit else { throw Fault.corrupt("a number for no visit") }
        if let ticket = visit.ticket {
            return {
                try await there.holder(.rejoin, ticket, of: visit.key.hall, by: .platform)
                return .numbered(ticket)
            }
        }
        guard present.insert(CityQueue.Presence(hall: visit.key.hall, citizen: visit.citizen)).inserted else {
            return { .nothing }
        }
        var wish = Hall.TicketWish(at: visit.key.hall, for: visit.key.need)
        // Her id does not follow from the house's secret, or each house would write another journal.
        let citizen = try people.applicant(one.applicant).citizen
        wish.holder = .person(citizen.id, citizen.number)
        if visit.key.need == .comprehensive { wish.itemCode = one.choice.code }
        let kiosk = DemonstrationCity.kioskKey(of: visit.key.hall)
        return { [wish] in
            .numbered(
                try await there.takeTicket(
                    wish, by: .kiosk, kiosk: kiosk, actor: .platform, attempt: Attempt(.of(there.ids.next()))))
        }
    }

    /// Whoever was not called before the hall closed comes again in the morning.
    private func comeAgain(_ queue: inout CityQueue, _ key: CityQueue.Key, _ now: Instant, _ minute: Int) {
        for visitor in queue.visitors.values.sorted(by: { $0.number < $1.number }) {
            present.remove(CityQueue.Presence(hall: key.hall, citizen: visitor.citizen))
            guard cases[visitor.number] != nil else { continue }
            cases[visitor.number]?.visit?.ticket = nil
            let opens = now.advanced(bySeconds: Int64(CityQueue.openedBefore + 5) * 60)
            put(.takeNumber, of: visitor.number, at: opens, notBefore: minute + 1)
        }
        (queue.waiting, queue.visitors, queue.absent) = (0, [:], [])
    }

    // MARK: what it came to

    /// Puts what is done next onto the agenda; where she comes to a hall for it, she takes a number first.
    func arrange(_ next: CityCourse.Next, of one: inout CityCase, notBefore: Int) throws {
        guard let key = queue(before: next.deed, of: one) else {
            return put(next.deed, of: one.number, at: next.at, notBefore: notBefore)
        }
        let citizen = try people.applicant(one.applicant).citizen.number
        one.visit = CityVisit(key: key, citizen: citizen, deed: next.deed)
        put(.takeNumber, of: one.number, at: next.at, notBefore: notBefore)
    }

    /// She waits with her ticket.
    func queue(_ ticket: TicketID, of one: inout CityCase, at now: Instant) {
        guard var visit = one.visit else { return }
        let isFirst = visit.ticket == nil
        visit.ticket = ticket
        one.visit = visit
        one.turn += 1
        cases[one.number] = one
        queues[visit.key]?.waiting += 1
        queues[visit.key]?.visitors[ticket] = CityQueue.Visitor(citizen: visit.citizen, number: one.number)
        totals.deeds += 1
        guard isFirst else { return }
        totals.visits += 1
        var dice = CityDice(plan.seed, 0xAB5E, UInt64(one.number), one.turn)
        if dice.happens(CityRates.absent), now.minuteOfDay < Self.absentBefore {
            queues[visit.key]?.absent.insert(ticket)
        }
    }

    /// Nobody misses a number so late that she would not be called again.
    private static let absentBefore = 15 * 60

    /// What she came for is done while she is there with another number.
    func goOn(_ one: inout CityCase, at now: Instant, _ minute: Int) {
        guard let deed = one.visit?.deed else { return }
        one.visit = nil
        cases[one.number] = one
        put(deed, of: one.number, at: now.advanced(bySeconds: 600), notBefore: minute + 1)
    }

    /// Lets her go from the window, unless what comes next is done there at once.
    func leave(_ one: inout CityCase, before next: CityCourse.Next?, at now: Instant, _ minute: Int) {
        guard let visit = one.visit, let place = visit.place else { return }
        let staysUntil = now.advanced(bySeconds: Self.staysSeconds)
        if let next, Self.atWindow.contains(next.deed), next.at <= staysUntil { return }
        var dice = CityDice(plan.seed, 0x1EA5, UInt64(one.number), one.turn)
        queues[visit.key]?.seats[place].leavesAt = minute + dice.number(1...3)
        one.visit = nil
    }

    private static let staysSeconds: Int64 = 900
    private static let atWindow: Set<CityDeed> = [
        .receive, .accept, .acceptTolerant, .requestCorrection, .decline, .withdraw,
    ]

    /// What was done at a window.
    func note(
        _ deed: CityQueue.Deed, _ key: CityQueue.Key, _ place: Int, _ answer: Result<CityAnswer, any Error>,
        _ minute: Int
    ) throws {
        guard var queue = queues[key] else { return }
        defer { queues[key] = queue }
        totals.deeds += 1
        let now = start.advanced(bySeconds: Int64(minute) * 60)
        switch (deed, try answer.get()) {
        case (.open, _):
            queue.seats[place].isOpen = true
            comeAgain(&queue, key, now, minute)
        case (.close, _): queue.seats[place].isOpen = false
        case (.finish, _):
            queue.seats[place].isTaken = false
            totals.served += 1
        case (.call, .called(let ticket, let isThere)):
            guard let visitor = queue.visitors[ticket], var one = cases[visitor.number], let visit = one.visit else {
                throw Fault.corrupt("nobody has the ticket that was called")
            }
            var dice = CityDice(plan.seed, 0xCA11, UInt64(one.number), one.turn)
            if isThere {
                queue.seats[place].visitor = visitor
                queue.visitors[ticket] = nil
                one.visit?.place = place
                one.visit?.clerk = queue.seats[place].member
                put(
                    visit.deed, of: one.number, at: now.advanced(bySeconds: Int64(dice.number(90...300))),
                    notBefore: minute + 1)
            } else {
                queue.absent.remove(ticket)
                queue.seats[place].isTaken = false
                totals.passed += 1
                put(
                    .takeNumber, of: one.number, at: now.advanced(bySeconds: Int64(dice.number(180...600))),
                    notBefore: minute + 1)
            }
            cases[one.number] = one
        case (.call, _): throw Fault.corrupt("a call without a ticket")
        }
    }
}
