import Accounts
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct LetterTests {
    @Test(arguments: StoreUnderTest.all)
    func `a letter for one item opens neither the other items nor the principal's certificates`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let key = try #require(AccountKey(Array(repeating: 7, count: 32)))
            let deed = Deed(by: .platform, now: story.hall.time.now(), entropy: Entropy(.seeded(1)))
            let name = try #require(FullName("林晓榕"))
            let number = try #require(CitizenID("350102188501010019"))
            let citizen = Citizen(PersonID(story.hall.ids.next()), name: name, number: number, mobile: nil)
            let codes = ["91350100MADEM0054D", "92350102MADEM00622"]
            let firms = try codes.map { code in
                LegalPerson(
                    PersonID(story.hall.ids.next()), name: try #require(FullName("示例\(code.prefix(2))")),
                    code: try #require(CreditCode(code)), kind: .enterprise,
                    representative: LegalPerson.Representative(name: name, number: number))
            }
            let today = story.hall.time.now().day
            let term = try Term(from: today, until: today.advanced(byMonths: 12))
            let one = try Agency(
                AgencyID(story.hall.ids.next()), principal: firms[0].id, agent: citizen.id,
                items: .listed([try ItemCodePrefix("000114111003")]), term: term)
            let all = try Agency(
                AgencyID(story.hall.ids.next()), principal: firms[1].id, agent: citizen.id, items: .all, term: term)
            try await store.write { tx in
                try PersonTable.register(.citizen(citizen), key: key, by: deed, in: tx)
                for firm in firms { try PersonTable.register(.legalPerson(firm), key: key, by: deed, in: tx) }
                for letter in [one, all] { try AgencyTable.give(letter, by: deed, in: tx) }
            }
            let expected: [(matter: Hall.Matter, ids: [PersonID])] = [
                (.something, [citizen.id, firms[0].id, firms[1].id]),
                (.item("000114111003"), [citizen.id, firms[0].id, firms[1].id]),
                (.item("000131901000"), [citizen.id, firms[1].id]), (.everything, [citizen.id, firms[1].id]),
            ]
            for (matter, ids) in expected {
                let found = try await story.hall.principals(of: citizen, in: matter)
                #expect(found.map(\.id) == ids, "\(matter)")
            }
        }
    }
}
