import Accounts
import Dossiers
import Hall
import Notices
import Store
import StoreTestSupport
import Supervision
import Testing
import Vocabulary

/// The access ledger: looks, questions about them, and what is unusual.
@Suite struct LookInquiryTests {
    /// A case at which the reviewer looked; its applicant; the look.
    private func looked(_ house: SupervisionHouse) async throws -> (look: Subject, citizen: Citizen) {
        let id = try await house.examined()
        _ = try await house.hall.open(id, by: try await house.guest(.reviewer), with: [.review], purpose: .review)
        let applicant = try await house.story.dossier(id).submitted.applicant
        let looks = try await house.hall.looks(of: [applicant])
        let look = try #require(looks.first)
        #expect(look.matter == id && look.purpose == .review && look.number != nil)
        guard case .staff(let number, let body, _) = look.who else { throw Fault.corrupt("not of the staff") }
        let own = try HallStory.terms().body
        #expect(number.text == "FZ-1" && body == own, "the number and the body, no name")
        let citizen = Citizen(
            applicant, name: try #require(FullName("林晓榕")), number: try #require(CitizenID("350102188501010019")),
            mobile: nil)
        return (look.id, citizen)
    }

    private func ask(
        _ house: SupervisionHouse, _ look: Subject, _ citizen: Citizen, _ text: String = "为什么打开我的办件",
        attempt: Attempt? = nil
    ) async throws -> LookInquiryID {
        try await house.hall.ask(
            about: look, saying: text, by: citizen, for: [citizen.id], attempt: attempt ?? house.story.token())
    }

    private func perform(
        _ command: LookInquiryCommand, _ id: LookInquiryID, _ house: SupervisionHouse, by who: SupervisionHouse.Who
    ) async throws {
        try await house.hall.perform(
            command, on: id, by: try await house.guest(who), attempt: house.story.token())
    }

    @Test(arguments: StoreUnderTest.all)
    func `a question goes to the head of whoever looked, is asked once, and is answered by nobody else`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let (look, citizen) = try await looked(house)
            await #expect(throws: LookInquiryRefusal.notFound) {
                try await perform(.answer(.justified, "审查需要"), .byPerson(look), house, by: .head)
            }
            let other = Citizen(
                PersonID(Subject(high: 1, low: 999)), name: citizen.name, number: citizen.number, mobile: nil)
            await #expect(throws: LookInquiryRefusal.lookNotFound) { try await ask(house, look, other) }
            await #expect(throws: LookInquiryRefusal.lookNotFound) {
                try await ask(house, look.sibling(7), citizen)
            }
            let attempt = house.story.token()
            let id = try await ask(house, look, citizen, attempt: attempt)
            #expect(try await ask(house, look, citizen, attempt: attempt) == id, "one click, one question")
            await #expect(throws: LookInquiryRefusal.askedBefore) { try await ask(house, look, citizen) }
            #expect(try await house.told(.head).first == "look-asked")
            await #expect(throws: LookInquiryRefusal.lookerMayNot) {
                try await perform(.answer(.justified, "审查需要"), id, house, by: .reviewer)
            }
            for who in [SupervisionHouse.Who.stranger, .supervisor, .decider] {
                await #expect(throws: PerformerRefusal.notAllowed) {
                    try await perform(.answer(.justified, "审查需要"), id, house, by: who)
                }
            }
            await #expect(throws: PerformerRefusal.notAllowed) {
                try await house.hall.inquiry(id, for: try await house.guest(.stranger))
            }
            try await perform(.answer(.justified, "审查需要"), id, house, by: .head)
            let seen = try await house.hall.look(look, of: [citizen.id])
            #expect(seen.inquiry?.stage == .answered && seen.inquiry?.history.last?.event.words == "审查需要")
            #expect(try await house.hall.notices(for: .person(citizen.id)).contains { $0.kind.id == "look-answered" })
            try await house.hall.perform(
                .contest("我没有申请过"), on: look, by: citizen, for: [citizen.id], attempt: house.story.token())
            #expect(try await house.told(.supervisor).first == "look-raised")
            try await perform(.rule(.unjustified, "已批评教育"), id, house, by: .supervisor)
            #expect(try await house.hall.notices(for: .person(citizen.id)).contains { $0.kind.id == "look-ruled" })
            #expect(try await house.hall.inquiries(at: .closed, for: try await house.guest(.head)).map(\.id) == [id])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what nobody answers in five working days goes up to the supervisor, and is told once`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let (look, citizen) = try await looked(house)
            let id = try await ask(house, look, citizen)
            house.story.clock.move(days: 7)
            try await house.beat()
            #expect(try await house.hall.openInquiries()[.atBody] == 1, "the last day is not over")
            house.story.clock.move(days: 1)
            try await house.beat()
            try await house.beat()
            let told = try await house.told(.supervisor).filter { $0 == "look-raised" }
            #expect(told.count == 1)
            let lines = try await house.hall.inquiries(at: .atSupervisor, for: try await house.guest(.supervisor))
            #expect(lines.map(\.id) == [id] && lines.first?.isLate == true)
            try await perform(.rule(.justified, "经查属审查需要"), id, house, by: .supervisor)
            #expect(try await house.hall.openInquiries()[.atSupervisor] == 0)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a supervisor finds a look on a Saturday, asks for its reason and closes it`(_ place: StoreUnderTest)
        async throws
    {
        try await SupervisionHouse.open(place) { house in
            let id = try await house.examined()
            house.story.clock.move(days: 5)
            let saturday = house.hall.time.now()
            _ = try await house.hall.open(id, by: try await house.guest(.reviewer), with: [.review], purpose: .review)
            let (month, guest) = (Month(of: saturday.day), try await house.guest(.supervisor))
            let board = try await house.hall.lookBoard(month, for: guest)
            #expect(board.counts.map(\.pattern) == [.afterHours] && board.counts.first?.looks == 1)
            let looks = try await house.hall.looks(bearing: .afterHours, in: month, of: nil, for: guest)
            let look = try #require(looks.first)
            await #expect(throws: PerformerRefusal.notAllowed) {
                try await house.hall.lookBoard(month, for: try await house.guest(.head))
            }
            await #expect(throws: PerformerRefusal.notAllowed) {
                try await house.hall.demand(
                    about: look.id, saying: "请说明", by: try await house.guest(.head), attempt: house.story.token())
            }
            let asked = try await house.hall.demand(
                about: look.id, saying: "请说明周末查阅的原因", by: guest, attempt: house.story.token())
            #expect(try await house.told(.head).first == "look-asked")
            try await perform(.answer(.justified, "当晚值班"), asked, house, by: .head)
            #expect(try await house.told(.supervisor).first == "look-replied")
            try await perform(.settle, asked, house, by: .supervisor)
            let after = try await house.hall.inquiry(asked, for: guest)
            #expect(after.it.stage == .closed && after.look.patterns == [.afterHours])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a look at a record under a declared relative's name is a pattern, until the declaration is taken back`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            var hall = house.hall
            let key = try #require(AccountKey(Array(repeating: 7, count: 32)))
            hall.nameKey = key
            let (name, number) = (try #require(FullName("陈 一鸣")), try #require(EmployeeNumber("FZ-1")))
            let citizen = Citizen(
                PersonID(Subject(high: 1, low: 77)), name: try #require(FullName("陈一鸣")),
                number: try #require(CitizenID("350102188501010019")), mobile: nil)
            let (deed, head) = (
                Deed(by: .platform, now: hall.time.now(), entropy: Entropy(hall.dice)), try await house.guest(.head)
            )
            try await hall.store.write { tx in
                try PersonTable.register(.citizen(citizen), key: key, by: deed, in: tx)
            }
            await #expect(throws: PerformerRefusal.notAllowed) {
                try await hall.relatives(of: number, for: try await house.guest(.stranger))
            }
            await #expect(throws: PerformerRefusal.notAllowed) {
                try await hall.relatives(of: number, for: try await house.guest(.reviewer))
            }
            try await hall.declare(.spouse, named: name, of: number, by: head, attempt: house.story.token())
            await #expect(throws: AccountRefusal.relativeKnown) {
                try await hall.declare(.direct, named: citizen.name, of: number, by: head, attempt: house.story.token())
            }
            let look = { @Sendable (hall: Hall) in
                _ = try await hall.person(
                    numbered: .citizen(citizen.number), for: try await house.guest(.reviewer), purpose: .intake,
                    key: key)
            }
            try await look(hall)
            let (month, guest) = (Month(of: hall.time.now().day), try await house.guest(.supervisor))
            let found = { @Sendable (hall: Hall) in
                try await hall.looks(bearing: .relative, in: month, of: nil, for: guest).count
            }
            #expect(try await found(hall) == 1)
            let declared = try #require(try await hall.relatives(of: number, for: head).relatives.first)
            #expect(declared.kind == .spouse)
            try await hall.withdraw(declared.id, of: number, by: head, attempt: house.story.token())
            await #expect(throws: AccountRefusal.relativeNotFound) {
                try await hall.withdraw(declared.id, of: number, by: head, attempt: house.story.token())
            }
            try await look(hall)
            #expect(try await found(hall) == 1, "what was true then stays")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a recount finds whose record it was and the case, also in entries of before`(_ place: StoreUnderTest)
        async throws
    {
        try await SupervisionHouse.open(place) { house in
            let (_, citizen) = try await looked(house)
            let (hall, dossier) = (house.hall, try await house.examined())
            let older = hall.ids.next()
            let place = JournalEntry.Place(
                older, sequence: 1, at: hall.time.now(), actor: .staff(house[.decider]))
            let body = #"{"of":"\#(dossier)","purpose":"review","target":"dossier"}"#
            let entry = JournalEntry(place, kind: Looks.kind, version: 1, body: Array(body.utf8), personal: nil)
            try await hall.store.write { tx in
                try Journal.append([entry], in: tx)
                try tx.execute(
                    """
                    INSERT INTO look_by_target (target, look, at, actor, kind, purpose)
                    VALUES (\(dossier), \(older), \(hall.time.now()), \(Actor.staff(house[.decider])), 'dossier',
                        'review')
                    """)
                try tx.execute("DELETE FROM look_by_person WHERE person IS NOT NULL")
            }
            #expect(try await hall.looks(of: [citizen.id]).isEmpty)
            let done = try await hall.recountLooks()
            #expect(done.looks == 2 && done.filed == 2)
            let again = try await hall.recountLooks()
            #expect(again.looks == 2, "done twice it is done once")
            let looks = try await hall.looks(of: [citizen.id])
            #expect(looks.contains { $0.id == older && $0.matter == dossier })
            #expect(looks.count == 2)
        }
    }
}
