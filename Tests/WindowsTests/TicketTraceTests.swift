import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Windows

@Suite("From the ticket to the minutes")
struct TicketTraceTests {
    private typealias Story = QueueStory

    private static func take(_ number: Int, at instant: Instant, in tx: Transaction) throws -> Ticket {
        try TicketTable.add(
            TicketTaking(at: Story.hall, for: .comprehensive, by: .kiosk), as: TicketID(Sample.subject(number)),
            stamp: Story.stamp(instant), in: tx)
    }

    /// A deed as the hall does it.
    private static func step(
        _ deed: TicketDeed, _ ticket: Ticket, by window: Int?, at instant: Instant, in tx: Transaction
    ) throws -> Ticket {
        if case .serve(let served) = deed {
            try ServedTable.bind(served, to: ticket, by: window ?? 0, stamp: Story.stamp(instant), in: tx)
            return try TicketTable.ticket(ticket.id, of: Story.hall, in: tx)
        }
        let after = try TicketRules.apply(deed, to: ticket, by: window, at: instant)
        try TicketTable.update(after, after: deed, stamp: Story.stamp(instant), in: tx)
        return after
    }

    private static func trace(_ id: TicketID, now: Instant = Story.at(23), in tx: Transaction) throws -> TicketTrace {
        try TicketTrace(try Journal.entries(of: id.subject, in: tx), now: now)
    }

    @Test(arguments: StoreUnderTest.all)
    func `a morning is told minute by minute, and what each dossier took`(_ place: StoreUnderTest) async throws {
        try await place.use(WindowShape.migrations) { store in
            try await store.write { tx in
                var ticket = try Self.take(1, at: Story.at(9, 2), in: tx)
                let deeds: [(TicketDeed, Int)] = [
                    (.call(3), 13), (.recall, 14), (.start, 15), (.serve(Story.served(1)), 21), (.interrupt, 22),
                    (.resume, 26), (.serve(Story.served(2, item: "350200")), 30), (.serve(Story.served(1)), 31),
                    (.finish, 33),
                ]
                for (deed, minute) in deeds {
                    ticket = try Self.step(deed, ticket, by: 3, at: Story.at(9, minute), in: tx)
                }
                let trace = try Self.trace(ticket.id, in: tx)
                #expect(trace.number == "A001" && trace.origin == .kiosk && trace.endedAt == Story.at(9, 33))
                #expect(trace.parts.map(\.kind) == [.waiting, .called, .handling, .interrupted, .handling])
                #expect(trace.minutes == [11, 2, 7, 4, 7])
                #expect(trace.minutes(.handling) == 14 && trace.minutes(.interrupted) == 4)
                #expect(
                    trace.steps.map(\.what) == [
                        .taken, .called, .recalled, .started, .served(Story.served(1)), .interrupted, .resumed,
                        .served(Story.served(2, item: "350200")), .finished,
                    ], "the same deed twice stands there once")
                #expect(trace.efforts.map(\.served.dossier) == [Story.served(1).dossier, Story.served(2).dossier])
                #expect(trace.efforts.map { $0.milliseconds / 60_000 } == [6, 8])
                #expect(trace.windowMilliseconds == 16 * 60_000)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a number that still waits is told until now, and one that was sent on keeps its windows apart`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(WindowShape.migrations) { store in
            try await store.write { tx in
                var ticket = try Self.take(1, at: Story.at(9), in: tx)
                let waiting = try Self.trace(ticket.id, now: Story.at(9, 20), in: tx)
                #expect(waiting.minutes == [20] && waiting.endedAt == nil && waiting.efforts.isEmpty)
                #expect(try Self.trace(ticket.id, now: Story.at(8), in: tx).parts.isEmpty, "a clock that steps back")
                let deeds: [(TicketDeed, Int, Int)] = [
                    (.call(3), 3, 5), (.start, 3, 6), (.transfer(.issuing, to: 5), 3, 10), (.call(5), 5, 12),
                    (.start, 5, 13),
                ]
                for (deed, window, minute) in deeds {
                    ticket = try Self.step(deed, ticket, by: window, at: Story.at(9, minute), in: tx)
                }
                let trace = try Self.trace(ticket.id, now: Story.at(9, 14), in: tx)
                #expect(trace.parts.map(\.window) == [nil, 3, 3, nil, 5, 5])
                #expect(trace.minutes == [5, 1, 4, 2, 1, 1])
                #expect(trace.steps[3].what == .transferred(.issuing, to: 5))
            }
        }
    }

    @Test func `a clock that steps back between two entries loses no minute and counts none twice`() async throws {
        try await StoreUnderTest.sqlite.use(WindowShape.migrations) { store in
            try await store.write { tx in
                var ticket = try Self.take(1, at: Story.at(9), in: tx)
                for (deed, minute) in [(TicketDeed.call(3), 10), (.start, 8), (.finish, 15)] {
                    ticket = try Self.step(deed, ticket, by: 3, at: Story.at(9, minute), in: tx)
                }
                let trace = try Self.trace(ticket.id, in: tx)
                #expect(trace.parts.map(\.kind) == [.waiting, .handling] && trace.minutes == [10, 5])
            }
        }
    }

    @Test func `what is no ticket's whole life is not told`() async throws {
        try await StoreUnderTest.sqlite.use(WindowShape.migrations) { store in
            try await store.write { tx in
                let ticket = try Self.take(1, at: Story.at(9), in: tx)
                _ = try Self.step(.call(3), ticket, by: 3, at: Story.at(9, 1), in: tx)
                let entries = try Journal.entries(of: ticket.id.subject, in: tx)
                #expect(throws: Fault.self) { try TicketTrace([], now: Story.at(9)) }
                #expect(throws: Fault.self) { try TicketTrace(Array(entries.dropFirst()), now: Story.at(9)) }
            }
        }
    }

    /// Two hundred seeded days: whoever comes, whatever is done with her, at whatever instant, each moment between the
    /// taking and the end is in one part and in no other, and the parts are those of an independent recount.
    @Test(arguments: 0..<10)
    func `over seeded days of chance the parts of every trace are the whole, and equal a recount`(
        _ batch: Int
    ) async throws {
        try await StoreUnderTest.sqlite.use(WindowShape.migrations) { store in
            for seed in batch * 20..<batch * 20 + 20 {
                try await store.write { tx in
                    let day = ChanceDay(seed: UInt64(seed))
                    var lives = try (0..<6).map { number in
                        let taken = day.next(900)
                        let ticket = try Self.take(seed * 100 + number, at: taken, in: tx)
                        return (ticket: ticket, states: [("waiting", taken)])
                    }
                    for index in lives.indices {
                        for _ in 0..<day.roll(24) {
                            let (deed, window) = day.deed(on: lives[index].ticket)
                            let at = day.later(than: lives[index].states.last?.1)
                            do throws(QueueRefusal) {
                                _ = try TicketRules.apply(deed, to: lives[index].ticket, by: window, at: at)
                            } catch { continue }
                            lives[index].ticket = try Self.step(
                                deed, lives[index].ticket, by: window, at: at, in: tx)
                            lives[index].states.append((lives[index].ticket.state.name, at))
                        }
                        try Self.expect(lives[index].ticket, lives[index].states, seed, in: tx)
                    }
                }
            }
        }
    }

    private static func expect(
        _ ticket: Ticket, _ states: [(String, Instant)], _ seed: Int, in tx: Transaction
    ) throws {
        let now = Story.at(23, 59)
        let trace = try Self.trace(ticket.id, now: now, in: tx)
        let end = ticket.isOver ? states.last?.1 ?? now : now
        let whole = end.milliseconds - ticket.takenAt.milliseconds
        #expect(trace.parts.map(\.milliseconds).reduce(0, +) == whole, "seed \(seed)")
        #expect(trace.minutes.reduce(0, +) == Int((whole + 30_000) / 60_000), "seed \(seed)")
        #expect(zip(trace.parts, trace.parts.dropFirst()).allSatisfy { $0.until == $1.from }, "seed \(seed)")
        // The recount: each state for as long as it lasted, by name.
        var naive: [String: Int64] = [:]
        for (index, (name, from)) in states.enumerated() {
            let until = index + 1 < states.count ? states[index + 1].1 : end
            naive[name, default: 0] += until.milliseconds - from.milliseconds
        }
        let names: [TicketTrace.Kind: String] = [
            .waiting: "waiting", .called: "called", .handling: "serving", .interrupted: "interrupted",
            .passed: "passed",
        ]
        for kind in TicketTrace.Kind.allCases {
            #expect(trace.milliseconds(kind) == naive[names[kind] ?? ""] ?? 0, "seed \(seed) \(kind)")
        }
        let handled = trace.efforts.map(\.milliseconds).reduce(0, +)
        let isServed = trace.steps.contains { if case .served = $0.what { true } else { false } }
        #expect(handled == (isServed ? naive["serving"] ?? 0 : 0), "seed \(seed)")
    }
}

/// What may happen on a day, by chance.
private struct ChanceDay {
    private let dice: Dice

    init(seed: UInt64) { dice = .seeded(seed) }

    func roll(_ sides: Int) -> Int { Int(dice.roll() % UInt64(sides)) }

    /// Some instant of the morning.
    func next(_ seconds: Int) -> Instant { QueueStory.at(8).advanced(bySeconds: Int64(roll(seconds))) }

    /// Up to twenty minutes later, to the millisecond; sometimes at the same instant.
    func later(than last: Instant?) -> Instant {
        let from = last ?? QueueStory.at(8)
        return Instant(milliseconds: from.milliseconds + (roll(5) == 0 ? 0 : Int64(roll(1_200_000))))
    }

    func deed(on ticket: Ticket) -> (TicketDeed, Int?) {
        let window = ticket.window ?? 3 + roll(2)
        switch roll(13) {
        case 0, 1: return (.call(window), window)
        case 2: return (.recall, window)
        case 3, 4: return (.start, window)
        case 5: return (.pass, window)
        case 6: return (.rejoin(at: QueueStory.end), nil)
        case 7: return (.interrupt, window)
        case 8: return (.resume, window)
        case 9: return (.transfer(roll(2) == 0 ? .issuing : .comprehensive, to: 3 + roll(2)), window)
        case 10, 11: return (.serve(QueueStory.served(roll(3), roll(2) == 0 ? .intake : .correction)), window)
        default: return roll(3) == 0 ? (.finish, window) : (.cancel, nil)
        }
    }
}
