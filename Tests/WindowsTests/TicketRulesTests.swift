import StoreTestSupport
import Testing
import Vocabulary

@testable import Windows

@Suite("What may happen to a ticket")
struct TicketRulesTests {
    private typealias Story = QueueStory
    private static let now = QueueStory.at(10)

    /// Every state that a ticket can be in, at window 3 where it is at one.
    private static let states: [Ticket.State] = [
        .waiting, .called(3), .serving(3), .interrupted(3), .passed, .served(3), .cancelled, .lapsed,
    ]
    private static let deeds: [TicketDeed] = [
        .call(3), .recall, .start, .pass, .rejoin(at: QueueStory.end), .interrupt, .resume,
        .transfer(.issuing, to: nil), .finish, .cancel, .lapse, .serve(QueueStory.served(1)),
    ]

    /// What each deed makes of each state, by hand: the name of the next state, or the refusal. The deeds in the order
    /// of `deeds`.
    private static let table: [String: [String]] = [
        "waiting": [
            "called", "otherWindow", "otherWindow", "otherWindow", "notPassed", "otherWindow", "otherWindow",
            "otherWindow", "otherWindow", "cancelled", "lapsed", "notServedHere",
        ],
        "called": [
            "calledElsewhere", "called", "serving", "passed", "notPassed", "otherWindow", "otherWindow", "waiting",
            "otherWindow", "cancelled", "lapsed", "notServedHere",
        ],
        "serving": [
            "calledElsewhere", "otherWindow", "otherWindow", "otherWindow", "notPassed", "interrupted", "otherWindow",
            "waiting", "served", "beingServed", "lapsed", "serving",
        ],
        "interrupted": [
            "calledElsewhere", "otherWindow", "otherWindow", "otherWindow", "notPassed", "otherWindow", "serving",
            "waiting", "served", "beingServed", "lapsed", "interrupted",
        ],
        "passed": [
            "calledElsewhere", "otherWindow", "otherWindow", "otherWindow", "waiting", "otherWindow", "otherWindow",
            "otherWindow", "otherWindow", "cancelled", "lapsed", "notServedHere",
        ],
    ]

    private static func ticket(_ state: Ticket.State) -> Ticket {
        var ticket = Story.ticket(1)
        (ticket.state, ticket.calls, ticket.calledAt) = (state, 3, Story.at(9, 30))
        return ticket
    }

    private static func outcome(_ deed: TicketDeed, _ ticket: Ticket, by window: Int? = 3) -> String {
        do throws(QueueRefusal) {
            return try TicketRules.apply(deed, to: ticket, by: window, at: now).state.name
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: states)
    func `each deed in each state does what the table says`(_ state: Ticket.State) throws {
        let ticket = Self.ticket(state)
        let over = Self.deeds.dropLast().map { _ in "over" } + ["notServedHere"]
        let expected = ticket.isOver ? over : try #require(Self.table[state.name])
        #expect(Self.deeds.map { Self.outcome($0, ticket) } == expected)
    }

    @Test(arguments: deeds)
    func `a window does nothing to a ticket that another one has`(_ deed: TicketDeed) {
        for state in [Ticket.State.called(3), .serving(3), .interrupted(3)] {
            let outcome = Self.outcome(deed, Self.ticket(state), by: 4)
            switch deed {
            case .cancel, .lapse, .rejoin: continue
            case .call: #expect(outcome == "calledElsewhere")
            case .serve: #expect(outcome == "notServedHere")
            default: #expect(outcome == "otherWindow", "\(state) \(deed)")
            }
        }
    }

    @Test func `a number is passed after three calls, ten seconds apart at least`() throws {
        var ticket = try TicketRules.apply(.call(3), to: Story.ticket(1), by: 3, at: Story.at(10))
        #expect(throws: QueueRefusal.calledJustNow) {
            try TicketRules.apply(.recall, to: ticket, by: 3, at: Story.at(10, seconds: 9))
        }
        for call in 1...2 {
            #expect(throws: QueueRefusal.callsTooFew) {
                try TicketRules.apply(.pass, to: ticket, by: 3, at: Story.at(10, call))
            }
            ticket = try TicketRules.apply(.recall, to: ticket, by: 3, at: Story.at(10, call))
        }
        #expect(ticket.calls == 3 && ticket.turnAt == Story.at(10) && ticket.calledAt == Story.at(10, 2))
        let passed = try TicketRules.apply(.pass, to: ticket, by: 3, at: Story.at(10, 3))
        #expect(passed.state == .passed && passed.revision == 5)
        let again = try TicketRules.apply(.rejoin(at: Story.end), to: passed, by: nil, at: Story.at(10, 4))
        #expect(again.calls == 0 && again.place == Story.end)
        var twice = again
        twice.state = .passed
        #expect(throws: QueueRefusal.rejoinedBefore) {
            try TicketRules.apply(.rejoin(at: Story.end), to: twice, by: nil, at: Story.at(11))
        }
    }

    @Test func `whoever stands at a window does not give the number back, and it is not called anew`() throws {
        for state in [Ticket.State.serving(3), .interrupted(3)] {
            #expect(throws: QueueRefusal.beingServed) {
                try TicketRules.apply(.cancel, to: Self.ticket(state), by: nil, at: Self.now)
            }
            #expect(throws: QueueRefusal.calledElsewhere) {
                try TicketRules.apply(.call(4), to: Self.ticket(state), by: 4, at: Self.now)
            }
        }
    }

    @Test func `whoever is sent on keeps her place and her number`() throws {
        let serving = Self.ticket(.serving(3))
        let sent = try TicketRules.apply(.transfer(.issuing, to: 5), to: serving, by: 3, at: Self.now)
        #expect(sent.state == .waiting && sent.reservedFor == 5 && sent.place == serving.place)
        #expect(sent.number == "A001" && sent.need == .issuing && sent.calls == 0)
        #expect(throws: QueueRefusal.sameWindow) {
            try TicketRules.apply(.transfer(.comprehensive, to: nil), to: serving, by: 3, at: Self.now)
        }
        #expect(throws: QueueRefusal.sameWindow) {
            try TicketRules.apply(.transfer(.comprehensive, to: 3), to: serving, by: 3, at: Self.now)
        }
    }
}
