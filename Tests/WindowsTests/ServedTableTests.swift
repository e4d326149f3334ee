import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Windows

@Suite("What was done for whoever stands at a window")
struct ServedTableTests {
    private typealias Story = QueueStory

    /// A ticket that is served at window 3.
    private static func serving(_ number: Int, in tx: Transaction) throws -> Ticket {
        var ticket = try TicketTable.add(
            TicketTaking(at: Story.hall, for: .comprehensive, by: .kiosk), as: TicketID(Sample.subject(number)),
            stamp: Story.stamp(Story.at(9)), in: tx)
        for (minute, deed) in [TicketDeed.call(3), .start].enumerated() {
            ticket = try TicketRules.apply(deed, to: ticket, by: 3, at: Story.at(9, 1 + minute))
            try TicketTable.update(ticket, after: deed, stamp: Story.stamp(Story.at(9, 1 + minute)), in: tx)
        }
        return ticket
    }

    private static func bind(_ served: ServedDossier, _ id: TicketID, by window: Int = 3, in tx: Transaction) throws {
        let ticket = try TicketTable.ticket(id, of: Story.hall, in: tx)
        try ServedTable.bind(served, to: ticket, by: window, stamp: Story.stamp(Story.at(9, 5)), in: tx)
    }

    @Test(arguments: StoreUnderTest.all)
    func `one ticket serves several dossiers, one dossier several tickets, and the same deed twice is one link`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(WindowShape.migrations) { store in
            try await store.write { tx in
                let (first, second) = (try Self.serving(1, in: tx).id, try Self.serving(2, in: tx).id)
                for served in [
                    Story.served(1), Story.served(2), Story.served(1), Story.served(1, .correction),
                ] { try Self.bind(served, first, in: tx) }
                try Self.bind(Story.served(1, .handOver), second, in: tx)
                let kinds = try Journal.entries(of: first.subject, in: tx).map(\.kind)
                #expect(kinds.count { $0 == "windows.ticket-served-dossier" } == 3)
                #expect(try TicketTable.ticket(first, of: Story.hall, in: tx).revision == 6)
                #expect(
                    try ServedTable.tickets(of: Story.served(1).dossier, in: tx).map(\.ticket) == [first, second])
                #expect(try ServedTable.tickets(of: Story.served(2).dossier, in: tx).map(\.ticket) == [first])
                #expect(try ServedTable.tickets(of: Story.served(3).dossier, in: tx).isEmpty)
                #expect(try ServedTable.isBound(Story.served(2).dossier, to: first, in: tx))
                #expect(try !ServedTable.isBound(Story.served(2).dossier, to: second, in: tx))
                #expect(try Journal.entries(of: first.subject, in: tx).allSatisfy { $0.personal == nil })
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `another window, and the same window when it is over, bind nothing`(_ place: StoreUnderTest) async throws {
        try await place.use(WindowShape.migrations) { store in
            try await store.write { tx in
                let id = try Self.serving(1, in: tx).id
                #expect(throws: QueueRefusal.notServedHere) { try Self.bind(Story.served(1), id, by: 4, in: tx) }
                let ticket = try TicketTable.ticket(id, of: Story.hall, in: tx)
                let after = try TicketRules.apply(.finish, to: ticket, by: 3, at: Story.at(10))
                try TicketTable.update(after, after: .finish, stamp: Story.stamp(Story.at(10)), in: tx)
                #expect(throws: QueueRefusal.notServedHere) { try Self.bind(Story.served(1), id, in: tx) }
                #expect(try ServedTable.tickets(of: Story.served(1).dossier, in: tx).isEmpty)
            }
        }
    }
}
