import Accounts
import Dossiers
import Hall
import Store
import StoreTestSupport
import Supervision
import Testing
import Vocabulary

/// For whom somebody looks who acts in a colleague's place, and what a supervisor sees who does.
@Suite struct LookerTests {
    @Test(arguments: StoreUnderTest.all)
    func `who acts in the place of a colleague of another body looks for that body, and it is not unusual`(
        _ place: StoreUnderTest
    ) async throws {
        try await DeskHouse.open(place) { house in
            let hall = house.story.hall
            let id = try await house.examined()
            await #expect(throws: PerformerRefusal.notAllowed) {
                _ = try await hall.open(
                    id, by: try await house.guest(.stranger), with: [.review], purpose: .review)
            }
            try await house.away(.reviewer, deputy: .stranger)
            _ = try await hall.open(id, by: try await house.guest(.stranger), with: [.review], purpose: .review)
            let look = try #require(try await hall.looks(of: [HallStory.applicant]).first)
            guard case .staff(let number, let body, _) = look.who else { throw Fault.corrupt("not of the staff") }
            let own = try HallStory.terms().body
            #expect(number == DeskHouse.number(.stranger) && body == own)
            let patterns = try await hall.store.read { tx in try LookPatternTable.of(look.id, in: tx) }
            #expect(!patterns.contains(.otherBody))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an officer who was asked by name looks for her body, and so does her deputy`(
        _ place: StoreUnderTest
    ) async throws {
        try await DeskHouse.open(place) { house in
            let hall = house.story.hall
            let id = try await house.examined()
            try await house.perform(
                .handling(
                    .ask(
                        respondents: [.officer(staff: house[.stranger])], until: DeskHouse.until, question: "可否")),
                on: id, by: .reviewer)
            let other = try #require(CreditCode("91350100MADEM0054D"))
            _ = try await hall.open(id, by: try await house.guest(.stranger), with: [.review], purpose: .review)
            try await house.away(.stranger, deputy: .assistant)
            _ = try await hall.open(id, by: try await house.guest(.assistant), with: [.review], purpose: .review)
            let looks = try await hall.looks(of: [HallStory.applicant])
            #expect(looks.count == 2)
            for look in looks {
                guard case .staff(_, let body, _) = look.who else { throw Fault.corrupt("not of the staff") }
                let patterns = try await hall.store.read { tx in try LookPatternTable.of(look.id, in: tx) }
                #expect(body == other && !patterns.contains(.otherBody))
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a supervisor who acts for another of the same place counts every look once`(_ place: StoreUnderTest)
        async throws
    {
        try await SupervisionHouse.open(place) { house in
            let id = try await house.examined()
            house.story.clock.move(days: 5)
            let today = house.hall.time.now().day
            _ = try await house.hall.enterAbsence(
                of: try #require(EmployeeNumber("FZ-\(SupervisionHouse.Who.colleague.rawValue)")),
                deputy: try #require(EmployeeNumber("FZ-\(SupervisionHouse.Who.supervisor.rawValue)")),
                days: (today, today), by: try await house.guest(.colleague))
            _ = try await house.hall.open(id, by: try await house.guest(.reviewer), with: [.review], purpose: .review)
            let (month, guest) = (Month(of: today), try await house.guest(.supervisor))
            #expect(guest.places.count == 2)
            let board = try await house.hall.lookBoard(month, for: guest)
            #expect(board.counts.map(\.looks) == [1])
            let looks = try await house.hall.looks(bearing: .afterHours, in: month, of: nil, for: guest)
            #expect(looks.count == 1)
        }
    }
}
