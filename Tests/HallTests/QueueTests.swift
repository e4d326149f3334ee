import Accounts
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary
import Windows

@Suite("The queue of a hall, from the ticket to the end")
struct QueueTests {
    @Test(arguments: StoreUnderTest.all)
    func `a ticket is taken, called, served and over, and its holder sees it at each step`(
        _ place: StoreUnderTest
    ) async throws {
        try await QueueHouse.open(place) { house in
            let (first, second) = (try await house.take(), try await house.take())
            let view = { try await house.hall.ticket($0, of: QueueHouse.code) }
            let waiting = try await view(second)
            #expect(waiting.ticket.number == "A002" && waiting.ahead == 1 && waiting.wait == nil)
            let clerk = try await house.sit(1)
            let estimated = try await view(second)
            #expect(estimated.wait == 1200, "two matters of ten minutes at one window")
            #expect(try await house.queue(.next, clerk).id == first)
            #expect(try await view(first).ticket.state == .called(1))
            house.clock.move(minutes: 1)
            try await house.queue(.start, clerk)
            house.clock.move(minutes: 3)
            #expect(try await house.queue(.finish, clerk).state == .served(1))
            let measured = try await view(second)
            #expect(measured.ahead == 0 && measured.wait == (3 * 600 + 240) / 4)
            await #expect(throws: QueueRefusal.over) {
                try await house.hall.holder(.cancel, first, of: QueueHouse.code, by: .platform)
            }
            try await house.hall.holder(.cancel, second, of: QueueHouse.code, by: .platform)
            await #expect(throws: QueueRefusal.nobodyWaits) { try await house.queue(.next, clerk) }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `eight windows that call at once call forty people once each`(_ place: StoreUnderTest) async throws {
        try await QueueHouse.open(place) { house in
            for _ in 1...40 { _ = try await house.take() }
            var guests: [Hall.Guest] = []
            for who in 1...7 { guests.append(try await house.sit(who)) }
            let called = try await withThrowingTaskGroup(of: [TicketID].self) { group in
                for guest in guests {
                    group.addTask {
                        var mine: [TicketID] = []
                        while true {
                            do {
                                mine.append(try await house.queue(.next, guest).id)
                            } catch QueueRefusal.nobodyWaits {
                                return mine
                            }
                            try await house.queue(.start, guest)
                            try await house.queue(.finish, guest)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(called.count == 40 && Set(called).count == 40)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the same attempt does nothing twice`(_ place: StoreUnderTest) async throws {
        try await QueueHouse.open(place) { house in
            let attempt = house.attempt()
            let first = try await house.take(attempt: attempt)
            #expect(try await house.take(attempt: attempt) == first)
            _ = try await house.take()
            let clerk = try await house.sit(1)
            let call = house.attempt()
            let called = try await house.hall.queue(.next, by: clerk, attempt: call)
            #expect(try await house.hall.queue(.next, by: clerk, attempt: call) == called)
            await #expect(throws: QueueRefusal.windowBusy) { try await house.queue(.next, clerk) }
            await #expect(throws: TokenRefusal.usedForAnotherCommand) {
                try await house.hall.queue(.finish, by: clerk, attempt: call)
            }
        }
    }

    @Test func `nobody takes a ticket of a closed hall, without a kiosk's key, or two at once`() async throws {
        try await QueueHouse.open { house in
            let day = QueueHouse.day
            let card = try QueueHouse.card("35010218850101001")
            for (moment, isOpen) in [
                (Instant(day, hour: 8, minute: 29), false), (Instant(day, hour: 8, minute: 30), true),
                (Instant(day, hour: 12, minute: 30), true), (Instant(day, hour: 16, minute: 49), true),
                (Instant(day, hour: 16, minute: 50), false),
                (Instant(day.advanced(byDays: -1), hour: 10), false),
            ] {
                house.clock.move(to: moment)
                if isOpen {
                    _ = try await house.take()
                } else {
                    await #expect(throws: QueueRefusal.hallClosed) { try await house.take() }
                }
            }
            house.clock.move(to: Instant(day, hour: 10))
            let wish = Hall.TicketWish(at: QueueHouse.code, for: .comprehensive)
            for key in [nil, KioskKey(.seeded(6))] {
                await #expect(throws: WindowRefusal.kioskUnknown) {
                    try await house.hall.takeTicket(
                        wish, by: .kiosk, kiosk: key, actor: .platform, attempt: house.attempt())
                }
            }
            _ = try await house.take(.comprehensive, .card(card, house.key))
            await #expect(throws: QueueRefusal.hasTicket) {
                try await house.take(.issuing, .card(card, house.key))
            }
            let elsewhere = try #require(HallCode("350111"))
            await #expect(throws: WindowRefusal.hallNotFound) {
                try await house.hall.takeTicket(
                    Hall.TicketWish(at: elsewhere, for: .comprehensive), by: .triage, actor: .platform,
                    attempt: house.attempt())
            }
        }
    }

    @Test func `whoever is sixty goes first without asking, and the others do when they say why`() async throws {
        try await QueueHouse.open { house in
            let today = QueueHouse.day
            let cards = [("35010219581126001", true), ("35010219581127001", false)]
            for (digits, isElderly) in cards {
                let card = try QueueHouse.card(digits)
                #expect(card.age(on: today) == (isElderly ? 60 : 59))
                let id = try await house.take(.comprehensive, .card(card, house.key))
                let ticket = try await house.hall.ticket(id, of: QueueHouse.code).ticket
                #expect((ticket.priority == .elderly) == isElderly)
            }
        }
    }

    @Test func `a window is opened by whoever may do what it does, in her own place`() async throws {
        try await QueueHouse.open { house in
            await #expect(throws: WindowRefusal.notHerWork) { try await house.sit(1, at: 8) }
            await #expect(throws: WindowRefusal.notHerWork) { try await house.sit(QueueHouse.issuer, at: 1) }
            await #expect(throws: WindowRefusal.otherPlace) { try await house.sit(QueueHouse.stranger, at: 1) }
            let issuer = try await house.sit(QueueHouse.issuer, at: 8)
            let clerk = try await house.sit(1)
            await #expect(throws: WindowRefusal.sitsElsewhere) { try await house.sit(1, at: 2) }
            await #expect(throws: WindowRefusal.occupied) { try await house.sit(2, at: 1) }
            _ = try await house.take(.issuing)
            await #expect(throws: QueueRefusal.nobodyWaits) { try await house.queue(.next, clerk) }
            try await house.queue(.next, issuer)
            await #expect(throws: WindowRefusal.busy) { try await house.hall.closeWindow(by: issuer) }
            try await house.queue(.start, issuer)
            try await house.queue(.finish, issuer)
            try await house.hall.closeWindow(by: issuer)
            await #expect(throws: WindowRefusal.noSeat) { try await house.queue(.next, issuer) }
            await #expect(throws: WindowRefusal.noSeat) { try await house.hall.closeWindow(by: issuer) }
        }
    }

    @Test func `a window that pauses calls nobody, and its queue goes on elsewhere`() async throws {
        try await QueueHouse.open { house in
            let (one, two) = (try await house.sit(1), try await house.sit(2))
            let id = try await house.take()
            try await house.hall.pauseWindow(for: .meal, by: one)
            await #expect(throws: QueueRefusal.windowPaused) { try await house.queue(.next, one) }
            #expect(try await house.hall.ticket(id, of: QueueHouse.code).wait == 600)
            #expect(try await house.queue(.next, two).id == id)
            try await house.hall.pauseWindow(for: nil, by: one)
            await #expect(throws: QueueRefusal.nobodyWaits) { try await house.queue(.next, one) }
        }
    }

    @Test func `somebody is set aside, taken up again, and sent on to a window that can`() async throws {
        try await QueueHouse.open { house in
            let (one, two) = (try await house.sit(1), try await house.sit(2))
            let issuer = try await house.sit(QueueHouse.issuer, at: 8)
            let (first, second) = (try await house.take(), try await house.take())
            try await house.queue(.next, one)
            try await house.queue(.start, one)
            try await house.queue(.interrupt, one)
            #expect(try await house.queue(.next, one).id == second)
            await #expect(throws: QueueRefusal.windowBusy) { try await house.queue(.resume(first), one) }
            await #expect(throws: QueueRefusal.otherWindow) { try await house.queue(.resume(first), two) }
            try await house.queue(.start, one)
            try await house.queue(.finish, one)
            #expect(try await house.queue(.resume(first), one).state == .serving(1))
            for target in [3, 8] {
                await #expect(throws: QueueRefusal.windowCannot) {
                    try await house.queue(.transfer(.comprehensive, to: target), one)
                }
            }
            await #expect(throws: WindowRefusal.windowNotFound) {
                try await house.queue(.transfer(.comprehensive, to: 99), one)
            }
            try await house.queue(.transfer(.issuing, to: 8), one)
            #expect(try await house.queue(.next, issuer).id == first)
            let view = try #require(try await house.hall.seatView(of: issuer))
            #expect(view.current?.id == first && view.waiting.isEmpty && view.others.map(\.number) == [1, 2])
        }
    }

    @Test func `a passed number joins again behind three others, once`() async throws {
        try await QueueHouse.open { house in
            let clerk = try await house.sit(1)
            let passed = try await house.take()
            var others: [TicketID] = []
            for _ in 1...5 { others.append(try await house.take()) }
            await #expect(throws: QueueRefusal.notPassed) {
                try await house.hall.holder(.rejoin, passed, of: QueueHouse.code, by: .platform)
            }
            try await house.queue(.next, clerk)
            for _ in 1...2 {
                house.clock.move(minutes: 1)
                try await house.queue(.recall, clerk)
            }
            try await house.queue(.pass, clerk)
            try await house.hall.holder(.rejoin, passed, of: QueueHouse.code, by: .platform)
            #expect(try await house.hall.ticket(passed, of: QueueHouse.code).ahead == 3)
            var order: [TicketID] = []
            for _ in 1...6 {
                order.append(try await house.queue(.next, clerk).id)
                try await house.queue(.start, clerk)
                try await house.queue(.finish, clerk)
            }
            #expect(order == Array(others[..<3]) + [passed] + Array(others[3...]))
        }
    }

    @Test func `a hall gives no ticket for what it has no window for, and not more than it can hold`() async throws {
        try await QueueHouse.open { house in
            let admin = try await house.guest(QueueHouse.administrator)
            try await house.hall.remove(window: 8, of: QueueHouse.code, by: admin)
            await #expect(throws: QueueRefusal.nobodyDoesThis) { try await house.take(.issuing) }
            let (stamp, ids) = (house.hall.stamp(of: .platform), house.hall.ids)
            try await house.hall.store.write { tx in
                for _ in 1...TicketTable.openMax {
                    let taking = TicketTaking(at: QueueHouse.code, for: .comprehensive, by: .kiosk)
                    _ = try TicketTable.add(taking, as: TicketID(ids.next()), stamp: stamp, in: tx)
                }
            }
            await #expect(throws: QueueRefusal.tooManyTickets) { try await house.take() }
        }
    }

    @Test func `only an administrator sets a hall up`() async throws {
        try await QueueHouse.open { house in
            let (clerk, admin) = (try await house.guest(1), try await house.guest(QueueHouse.administrator))
            let code = try #require(HallCode("350111"))
            let terms = Hall.HallTerms(name: .init("晋安", "Jin'an"), address: .init("", ""), slotPlaces: 3)
            await #expect(throws: PerformerRefusal.notAllowed) {
                try await house.hall.keep(hall: code, terms, isNew: true, by: clerk)
            }
            try await house.hall.keep(hall: code, terms, isNew: true, by: admin)
            await #expect(throws: WindowRefusal.hallKnown) {
                try await house.hall.keep(hall: code, terms, isNew: true, by: admin)
            }
            try await house.hall.keep(window: 1, of: code, capabilities: [.comprehensive], isNew: true, by: admin)
            try await house.hall.keep(window: 1, of: code, capabilities: [.issuing], isNew: false, by: admin)
            let key = try await house.hall.addKiosk("二号机", to: code, by: admin)
            try await house.hall.checkKiosk(key, at: code)
            let desk = try await house.hall.hallDesk(code)
            #expect(desk.windows.map(\.window.capabilities) == [[.issuing]] && desk.kiosks.count == 1)
            try await house.hall.endKiosk(desk.kiosks[0].name, of: code, by: admin)
            try await house.hall.remove(window: 1, of: code, by: admin)
            #expect(try await house.hall.serviceHalls().map(\.code) == [QueueHouse.code, code])
            #expect(try await house.hall.halls(for: clerk).count == 2)
            #expect(try await house.hall.halls(for: try await house.guest(QueueHouse.stranger)).isEmpty)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what a hall leaves open is closed at the end of the day, once`(_ place: StoreUnderTest) async throws {
        try await QueueHouse.open(place) { house in
            let clerk = try await house.sit(1)
            let (served, waiting) = (try await house.take(), try await house.take())
            try await house.queue(.next, clerk)
            try await house.queue(.start, clerk)
            house.clock.move(to: Instant(QueueHouse.day, hour: 17, minute: 59))
            #expect(try await house.hall.closeHalls() == 0)
            house.clock.move(to: Instant(QueueHouse.day, hour: 18))
            #expect(try await house.hall.closeHalls() == 1)
            let view = { try await house.hall.ticket($0, of: QueueHouse.code).ticket.state }
            #expect(try await view(waiting) == .lapsed)
            #expect(try await view(served) == .serving(1), "whoever stands there is served")
            house.clock.move(to: Instant(QueueHouse.day.advanced(byDays: 1), hour: 0, minute: 1))
            #expect(try await house.hall.closeHalls() == 2, "the ticket and the window")
            #expect(try await view(served) == .lapsed)
            #expect(try await house.hall.seat(of: clerk) == nil)
            #expect(try await house.hall.closeHalls() == 0)
        }
    }
}
