import Dossiers
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct AttemptTests {
    /// The story's submission with other contents.
    private static func submission(
        _ story: HallStory, answers: [String: String] = ["headcount": "120"], situation: [String: String] = [:],
        agent: PersonID? = nil, mobile: String = "13800000000"
    ) async throws -> Submission {
        let terms = try HallStory.terms()
        return Submission(
            terms: terms,
            way: Submission.Way(mode: .fullyOnline, delivery: .eCertificate, situation: situation),
            parties: Submission.Parties(applicant: HallStory.applicant, agent: agent),
            numbers: try await story.hall.numbers(for: terms.implementationCode),
            contents: Submission.Contents(
                materials: [HandedIn("form", .paper)],
                personal: Submission.Personal(
                    applicant: ("示例企业一", "91350100MADEM0054D"), contactMobile: mobile, answers: answers,
                    files: ([:], story.hall.queryPassword()))))
    }

    @Test(arguments: StoreUnderTest.all)
    func `a token that filed one application does not answer for one that differs in anything`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let (attempt, performer) = (story.token(), Performer.person(HallStory.applicant))
            let first = try await story.hall.submit(
                try await Self.submission(story, answers: ["a": "1", "b": "2"]), by: performer, attempt: attempt)
            let same = try await story.hall.submit(
                try await Self.submission(story, answers: ["b": "2", "a": "1"]), by: performer, attempt: attempt)
            #expect(same == first, "numbers and passwords are drawn anew, and yet it is the same")
            let others = [
                try await Self.submission(story, answers: ["a": "1&b=2"]),
                try await Self.submission(story, answers: ["a": "1", "b": "2"], situation: ["kind": "new"]),
                try await Self.submission(
                    story, answers: ["a": "1", "b": "2"], agent: PersonID(Subject(high: 1, low: 2))),
                try await Self.submission(story, answers: ["a": "1", "b": "2"], mobile: "13800000009"),
            ]
            for other in others {
                await #expect(throws: TokenRefusal.usedForAnotherCommand) {
                    _ = try await story.hall.submit(other, by: performer, attempt: attempt)
                }
            }
        }
    }
}
