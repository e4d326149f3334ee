import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Windows

@Suite("The queue of a hall")
struct TicketTableTests {
    private typealias Story = QueueStory

    private static func take(
        _ count: Int, _ need: Capability = .comprehensive, from first: Int = 1, person: PersonID? = nil,
        in tx: Transaction
    ) throws -> [Ticket] {
        try (first..<first + count).map { number in
            _ = try TicketTable.touch(Story.hall, in: tx)
            var taking = TicketTaking(at: Story.hall, for: need, by: .kiosk)
            taking.person = person
            return try TicketTable.add(
                taking, as: TicketID(Sample.subject(number)), stamp: Story.stamp(Story.at(9, number)), in: tx)
        }
    }

    /// What a window does that calls the next one: as the hall does it.
    @discardableResult
    private static func call(_ window: Int, at instant: Instant, in tx: Transaction) throws -> Ticket {
        _ = try TicketTable.touch(Story.hall, in: tx)
        let waiting = try TicketTable.open(in: Story.hall, in: tx).filter { $0.state == .waiting }
        let next = QueueRules.next(for: try Story.window(window), waiting: waiting, favouredRun: 0, at: instant)
        guard let next else { throw QueueRefusal.nobodyWaits }
        return try apply(.call(window), next, by: window, at: instant, in: tx)
    }

    @discardableResult
    private static func apply(
        _ deed: TicketDeed, _ ticket: Ticket, by window: Int?, at instant: Instant, in tx: Transaction
    ) throws -> Ticket {
        let after = try TicketRules.apply(deed, to: ticket, by: window, at: instant)
        try TicketTable.update(after, after: deed, stamp: Story.stamp(instant), in: tx)
        return after
    }

    @Test(arguments: StoreUnderTest.all)
    func `numbers of a letter are given out in order, and what is kept is what was taken`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(WindowShape.migrations) { store in
            let taken = try await store.write { tx in
                try Self.take(3, in: tx) + Self.take(2, .issuing, from: 11, in: tx)
            }
            #expect(taken.map(\.number) == ["A001", "A002", "A003", "B001", "B002"])
            try await store.read { tx in
                #expect(try TicketTable.open(in: Story.hall, in: tx) == taken)
                #expect(try TicketTable.revision(of: Story.hall, in: tx) == 5)
                #expect(try TicketTable.ticket(taken[1].id, of: Story.hall, in: tx) == taken[1])
                let elsewhere = try #require(HallCode("350111"))
                #expect(throws: QueueRefusal.ticketNotFound) {
                    try TicketTable.ticket(taken[1].id, of: elsewhere, in: tx)
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a ticket lives through every deed, and the journal has each`(_ place: StoreUnderTest) async throws {
        try await place.use(WindowShape.migrations) { store in
            let steps: [(TicketDeed, Int?)] = [
                (.call(3), 3), (.recall, 3), (.recall, 3), (.pass, 3), (.rejoin(at: Story.end), nil), (.call(4), 4),
                (.start, 4), (.interrupt, 4), (.resume, 4), (.transfer(.issuing, to: 5), 4), (.call(5), 5), (.start, 5),
                (.finish, 5),
            ]
            try await store.write { tx in
                var ticket = try Self.take(1, in: tx)[0]
                for (minute, step) in steps.enumerated() {
                    ticket = try Self.apply(step.0, ticket, by: step.1, at: Story.at(10, minute), in: tx)
                    #expect(try TicketTable.ticket(ticket.id, of: Story.hall, in: tx) == ticket)
                }
                let kinds = try Journal.entries(of: ticket.id.subject, in: tx).map(\.kind)
                #expect(
                    kinds == [
                        "windows.ticket-taken", "windows.ticket-called", "windows.ticket-recalled",
                        "windows.ticket-recalled", "windows.ticket-passed", "windows.ticket-rejoined",
                        "windows.ticket-called", "windows.ticket-started", "windows.ticket-interrupted",
                        "windows.ticket-resumed", "windows.ticket-transferred", "windows.ticket-called",
                        "windows.ticket-started", "windows.ticket-finished",
                    ])
                #expect(try TicketTable.open(in: Story.hall, in: tx).isEmpty)
                #expect(try TicketTable.measured(.issuing, of: Story.hall, on: Story.day, in: tx) == [120])
                #expect(try TicketTable.lastCalls(of: Story.hall, on: Story.day, limit: 7, in: tx) == [ticket])
                #expect(try Journal.entries(of: ticket.id.subject, in: tx).allSatisfy { $0.personal == nil })
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `windows that call at the same instant call everybody once`(_ place: StoreUnderTest) async throws {
        try await place.use(WindowShape.migrations) { store in
            _ = try await store.write { tx in try Self.take(40, in: tx) }
            let called = try await withThrowingTaskGroup(of: [Ticket].self) { group in
                for window in 1...8 {
                    group.addTask {
                        var mine: [Ticket] = []
                        for turn in 0..<5 {
                            mine.append(
                                try await store.write { tx in
                                    try Self.call(window, at: Story.at(11, turn), in: tx)
                                })
                        }
                        return mine
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(Set(called.map(\.id)).count == 40, "each of the forty once")
            await #expect(throws: QueueRefusal.nobodyWaits) {
                try await store.write { tx in try Self.call(1, at: Story.at(12), in: tx) }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `of two who call the same ticket one is refused`(_ place: StoreUnderTest) async throws {
        try await place.use(WindowShape.migrations) { store in
            let ticket = try await store.write { tx in try Self.take(1, in: tx)[0] }
            _ = try await store.write { tx in try Self.apply(.call(1), ticket, by: 1, at: Story.at(10), in: tx) }
            // The second saw the ticket before the first had called it: its entry has the place of the first's.
            await #expect(throws: Fault.contended) {
                try await store.write { tx in
                    try Self.apply(.call(2), ticket, by: 2, at: Story.at(10), in: tx)
                }
            }
            let kept = try await store.read { tx in try TicketTable.ticket(ticket.id, of: Story.hall, in: tx) }
            #expect(kept.state == .called(1))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was favoured last is counted over all that a window does`(_ place: StoreUnderTest) async throws {
        try await place.use(WindowShape.migrations) { store in
            try await store.write { tx in
                let run = { (needs: [Capability]) in
                    try TicketTable.favouredRun(needs, of: Story.hall, on: Story.day, limit: 3, in: tx)
                }
                #expect(try run([.comprehensive]) == 0)
                let pattern: [(Capability, Bool)] = [
                    (.comprehensive, false), (.issuing, true), (.comprehensive, true), (.comprehensive, true),
                ]
                for (index, (need, isFavoured)) in pattern.enumerated() {
                    var taking = TicketTaking(at: Story.hall, for: need, by: .triage)
                    taking.priority = isFavoured ? .disabled : nil
                    let stamp = Story.stamp(Story.at(9, index))
                    let ticket = try TicketTable.add(
                        taking, as: TicketID(Sample.subject(50 + index)), stamp: stamp, in: tx)
                    try Self.apply(.call(1), ticket, by: 1, at: Story.at(10, index), in: tx)
                }
                #expect(try run([.comprehensive]) == 2)
                #expect(try run([.comprehensive, .issuing]) == 3)
                #expect(try run([.special]) == 0)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `tickets are found by whose they are, and those of earlier days that are not over`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(WindowShape.migrations) { store in
            let person = PersonID(Sample.subject(80))
            try await store.write { tx in
                let own = try Self.take(2, person: person, in: tx)
                _ = try Self.take(2, from: 21, in: tx)
                #expect(try TicketTable.tickets(of: person, on: Story.day, in: tx) == own.reversed())
                #expect(try TicketTable.tickets(of: person, on: Story.day.advanced(byDays: 1), in: tx).isEmpty)
                #expect(try TicketTable.leftOpen(before: Story.day, limit: 9, in: tx).isEmpty)
                let tomorrow = Story.day.advanced(byDays: 1)
                #expect(try TicketTable.leftOpen(before: tomorrow, limit: 3, in: tx).count == 3)
                try Self.apply(.lapse, own[0], by: nil, at: Story.at(23), in: tx)
                #expect(try TicketTable.leftOpen(before: tomorrow, limit: 9, in: tx).count == 3)
            }
        }
    }
}
