import Accounts
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct GuestTests {
    private static func deed(_ story: HallStory) -> Deed {
        Deed(by: .platform, now: story.hall.time.now(), entropy: Entropy(.seeded(1)))
    }

    /// A clerk with three grants: one in force, one that is over, one that was revoked; and a session of hers.
    private static func clerk(_ story: HallStory, _ store: any Store) async throws -> (StaffID, SessionToken) {
        let (deed, now) = (deed(story), story.hall.time.now())
        let staff = Staff(
            StaffID(Subject(high: 2, low: 50)), name: try #require(FullName("周平")),
            employeeNumber: try #require(EmployeeNumber("FZ-50")), region: .fuzhou)
        let grants = try [(1, Role.clerk, 10), (2, .reviewer, -1), (3, .decider, 10)].map { number, role, days in
            Grant(
                GrantID(Subject(high: 6, low: number)), staff: staff.id, role: role, extent: .everywhere,
                term: try Term(from: now.day.advanced(byDays: -20), until: now.day.advanced(byDays: days)))
        }
        let token = SessionToken(.seeded(9))
        try await store.write { tx in
            try StaffTable.register(staff, by: deed, in: tx)
            for grant in grants { try GrantTable.give(grant, by: deed, in: tx) }
            try GrantTable.revoke(grants[2].id, by: deed, in: tx)
            try SessionTable.start(token, of: .staff(staff.id), now: now, in: tx)
        }
        return (staff.id, token)
    }

    @Test(arguments: StoreUnderTest.all)
    func `a guest has the grants in force today and no others`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let (_, token) = try await Self.clerk(story, store)
            guard case .staff(_, let grants) = try await story.hall.guest(token)?.who else {
                Issue.record("the clerk is there")
                return
            }
            #expect(grants.map(\.role) == [.clerk])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `whoever left is nobody, even when a session of hers stayed open`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let (id, token) = try await Self.clerk(story, store)
            #expect(try await story.hall.guest(token) != nil)
            let deed = Self.deed(story)
            try await store.write { tx in try StaffTable.leave(id, by: deed, in: tx) }
            let now = story.hall.time.now()
            let session = try await store.read { tx in try SessionTable.session(token, now: now, in: tx) }
            #expect(session.holder == .staff(id), "the session is still there")
            #expect(try await story.hall.guest(token) == nil)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `whoever was erased is nobody, and meets no refusal on every page`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let (deed, now) = (Self.deed(story), story.hall.time.now())
            let key = try #require(AccountKey(Array(repeating: 7, count: 32)))
            let citizen = Citizen(
                PersonID(Subject(high: 1, low: 60)), name: try #require(FullName("林晓榕")),
                number: try #require(CitizenID("350102188501010019")), mobile: nil)
            let token = SessionToken(.seeded(9))
            try await store.write { tx in
                try PersonTable.register(.citizen(citizen), key: key, by: deed, in: tx)
                try SessionTable.start(token, of: .person(citizen.id), now: now, in: tx)
            }
            #expect(try await story.hall.guest(token) != nil)
            try await store.write { tx in try PersonTable.erase(citizen.id, key: key, by: deed, in: tx) }
            #expect(try await story.hall.guest(token) == nil)
        }
    }
}
