import Accounts
import Hall
import Identity
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct UnifiedIdentityTests {
    private static let issuer = "https://id.example"

    private static func key() throws -> AccountKey { try #require(AccountKey(Array(repeating: 7, count: 32))) }

    private static func number(_ serial: Int) throws -> CitizenID {
        let digits = "35010219900101" + String(String(1000 + serial).suffix(3))
        let check = try #require(CitizenID.checkCharacter(for: digits))
        return try #require(CitizenID(digits + String(check)))
    }

    private static func proven(
        _ subject: String = "s-1", level: AssuranceLevel = .realName, name: String? = "林小满", serial: Int? = 1
    ) throws -> IdentityProvider.Proven {
        IdentityProvider.Proven(
            subject: subject,
            particulars: Particulars(
                level: level, name: name, number: try serial.map(number), mobile: MobileNumber("13800000001")),
            sid: "sid", token: "a.b.c")
    }

    private static func guest(_ token: SessionToken, _ story: HallStory) async throws -> Hall.Guest {
        try #require(try await story.hall.guest(token))
    }

    @Test(arguments: StoreUnderTest.all)
    func `somebody new is registered once, and comes again as the same person at another level`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let (hall, key) = (story.hall, try Self.key())
            let first = try await hall.enter(try Self.proven(), at: Self.issuer, insteadOf: nil, key: key)
            let before = try await Self.guest(first, story)
            guard case .person(.citizen(let citizen)) = before.who else {
                Issue.record("a citizen is there")
                return
            }
            #expect(citizen.name.text == "林小满" && citizen.mobile?.number == "13800000001")
            let again = try await hall.enter(
                try Self.proven(level: .registered, name: nil, serial: nil), at: Self.issuer,
                insteadOf: before.session, key: key)
            let after = try await Self.guest(again, story)
            #expect(after.session.holder == before.session.holder)
            #expect(after.session.level(at: hall.time.now()) == .registered)
            #expect(try await hall.guest(first) == nil, "the browser's earlier session is over")
            #expect(try await hall.signOut(after.session, of: again) == "a.b.c")
            #expect(try await hall.guest(again) == nil)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `whoever is refused leaves nothing behind`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let (hall, key) = (story.hall, try Self.key())
            _ = try await hall.enter(try Self.proven(), at: Self.issuer, insteadOf: nil, key: key)
            let refused: [(IdentityProvider.Proven, IdentityLinkRefusal)] = [
                (try Self.proven("s-2", name: "王大寒"), .nameDiffers), (try Self.proven("s-1", serial: 2), .subjectTaken),
                (try Self.proven("s-3", level: .registered), .levelTooLow),
                (try Self.proven("s-4", name: nil), .particularsMissing),
            ]
            let count = { () async throws -> [Int] in
                try await store.read { tx in
                    try (["session", "identity_link", "person", "journal"] as [StaticString]).map {
                        try tx.rows("SELECT 1 FROM \(raw: $0) LIMIT 100").count
                    }
                }
            }
            let before = try await count()
            for (proven, refusal) in refused {
                await #expect(throws: refusal) {
                    _ = try await hall.enter(proven, at: Self.issuer, insteadOf: nil, key: key)
                }
            }
            #expect(try await count() == before)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a filing is refused to whoever is not known surely enough, and taken from whoever is`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            var story = try HallStory(store: store)
            story.hall.demands = try #require(LevelDemands("O1=certificate"))
            let hall = story.hall
            let submission = try await story.submission()
            for level in [AssuranceLevel.registered, .realName] {
                await #expect(throws: LevelRefusal.tooLow) {
                    _ = try await hall.submit(
                        submission, by: .person(HallStory.applicant, level: level), attempt: story.token())
                }
            }
            let outcome = try await hall.submit(
                submission, by: .person(HallStory.applicant, level: .certificate), attempt: story.token())
            #expect(outcome.sequence > 0)
        }
    }
}
