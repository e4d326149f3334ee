import Accounts
import Dossiers
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary
import Windows

@Suite("A dossier and the number with which somebody came for it")
struct ServingTests {
    /// A house of the queue in which cases can be filed.
    struct Counter {
        let house: QueueHouse
        let story: HallStory

        init(_ house: QueueHouse) throws {
            self.house = house
            var story = try HallStory(store: house.hall.store)
            story.hall = house.hall
            self.story = story
        }

        /// Somebody stands at the window of a clerk.
        func standing(at guest: Hall.Guest, _ holder: Hall.TicketHolder = .nobody) async throws -> TicketID {
            let id = try await house.take(.comprehensive, holder)
            try await house.queue(.next, guest)
            try await house.queue(.start, guest)
            return id
        }

        func file(_ ticket: TicketID?, by guest: Hall.Guest, attempt: Attempt? = nil) async throws -> DossierID {
            let submission = try await story.submission(.nearestWindow, delivery: .counter)
            return try await house.hall.submit(
                submission, by: guest.performer(today: QueueHouse.day), attempt: attempt ?? house.attempt(),
                for: ticket
            ).dossier
        }

        func perform(
            _ command: DossierCommand, on id: DossierID, _ ticket: TicketID?, by guest: Hall.Guest
        ) async throws {
            _ = try await house.hall.perform(
                command, on: id, by: guest.performer(today: QueueHouse.day), attempt: house.attempt(), for: ticket)
        }

        /// The tickets of a dossier, and the deeds of a ticket in the journal.
        func tickets(of id: DossierID) async throws -> [TicketID] {
            try await house.hall.store.read { tx in try ServedTable.tickets(of: id, in: tx).map(\.ticket) }
        }

        func links(of id: TicketID) async throws -> [String] {
            try await house.hall.store.read { tx in
                try Journal.entries(of: id.subject, in: tx).filter { $0.kind == "windows.ticket-served-dossier" }
                    .map { String(decoding: $0.body, as: UTF8.self) }
            }
        }
    }

    private static func open(
        _ place: StoreUnderTest = .sqlite, _ body: (Counter) async throws -> Void
    ) async throws {
        try await QueueHouse.open(place) { house in try await body(try Counter(house)) }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is taken in at the window is bound to the number there, in the same transaction and once`(
        _ place: StoreUnderTest
    ) async throws {
        try await Self.open(place) { counter in
            let clerk = try await counter.house.sit(1)
            let ticket = try await counter.standing(at: clerk)
            #expect(try await counter.house.hall.servedTicket(of: clerk)?.id == ticket)
            let attempt = counter.house.attempt()
            let dossier = try await counter.file(ticket, by: clerk, attempt: attempt)
            #expect(try await counter.tickets(of: dossier) == [ticket])
            let second = try await counter.file(ticket, by: clerk)
            #expect(second != dossier)
            let links = try await counter.links(of: ticket)
            #expect(links.count == 2 && links[0].contains("\"dossier\":\"\(dossier)\""))
            #expect(links[0].contains("\"deed\":\"intake\"") && !links[0].contains("示例企业"))
            let sequence = try await counter.house.hall.ticket(ticket, of: QueueHouse.code).ticket.revision
            #expect(sequence == 5)
            try await counter.house.queue(.finish, clerk)
            #expect(try await counter.house.hall.servedTicket(of: clerk) == nil)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `of two clerks who receive for one number the one is refused at whose window it does not stand`(
        _ place: StoreUnderTest
    ) async throws {
        try await Self.open(place) { counter in
            let (first, second) = (try await counter.house.sit(1), try await counter.house.sit(2))
            let ticket = try await counter.standing(at: first)
            try await counter.house.queue(.transfer(.comprehensive, to: 2), first)
            try await counter.house.queue(.next, second)
            try await counter.house.queue(.start, second)
            let outcomes = await withTaskGroup(of: String.self) { group in
                for guest in [first, second] {
                    group.addTask {
                        do {
                            _ = try await counter.file(ticket, by: guest)
                            return "filed"
                        } catch {
                            return (error as? QueueRefusal)?.code ?? "\(error)"
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.sorted() == ["filed", "queue.not-served-here"])
            #expect(try await counter.links(of: ticket).count == 1)
            let dossiers = try await counter.house.hall.store.read { tx in
                try tx.row("SELECT COUNT(*) FROM dossier")?.integer(0)
            }
            #expect(dossiers == 1, "what was refused has filed nothing")
        }
    }

    @Test func `a number that is over, a clerk who sits nowhere and a stranger's hall bind nothing`() async throws {
        try await Self.open { counter in
            let clerk = try await counter.house.sit(1)
            let ticket = try await counter.standing(at: clerk)
            let roaming = try await counter.house.guest(2)
            await #expect(throws: QueueRefusal.notServedHere) { try await counter.file(ticket, by: roaming) }
            try await counter.house.queue(.finish, clerk)
            await #expect(throws: QueueRefusal.notServedHere) { try await counter.file(ticket, by: clerk) }
            let unknown = TicketID(Subject(high: 9, low: 9))
            await #expect(throws: QueueRefusal.ticketNotFound) { try await counter.file(unknown, by: clerk) }
            #expect(try await counter.file(nil, by: clerk) != DossierID(Subject(high: 9, low: 9)))
        }
    }

    @Test func `a deed of the inbox is bound only where the number is the applicant's or was bound before`()
        async throws
    {
        try await Self.open { counter in
            let clerk = try await counter.house.sit(1)
            let online = try await counter.story.filed()
            let nobody = try await counter.standing(at: clerk)
            try await counter.perform(.accept, on: online, nobody, by: clerk)
            #expect(try await counter.tickets(of: online).isEmpty, "she went on with her inbox")
            let counterCase = try await counter.file(nobody, by: clerk)
            try await counter.perform(.accept, on: counterCase, nobody, by: clerk)
            #expect(try await counter.links(of: nobody).count == 2)
            try await counter.house.queue(.finish, clerk)
            let own = try await counter.standing(at: clerk, .person(HallStory.applicant, nil))
            let other = try await counter.story.filed()
            try await counter.perform(.accept, on: other, own, by: clerk)
            #expect(try await counter.tickets(of: other) == [own])
        }
    }
}
