import Accounts
import Certificates
import Dossiers
import Hall
import Signing
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// What the whole service refuses, each for a real reason.
@Suite struct RefusalTests {
    @Test(arguments: StoreUnderTest.all)
    func `an identifier that is none, or that nobody has, verifies as nothing`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let nobody = try TrustedKeys([])
            for text in ["", "1.2.3", "1.2.156.3005.2.11350100MADEM002X0001.11350100MADEM002X0.FZ2018000001.001.T"] {
                await #expect(throws: CertificateRefusal.malformedIdentifier) {
                    try await story.hall.verify(text, trusting: nobody)
                }
            }
            let sound = "1.2.156.3005.2.11350100MADEM002X0001.11350100MADEM002X0.FZ2018000001.001.S"
            await #expect(throws: CertificateRefusal.notFound) {
                try await story.hall.verify(sound, trusting: nobody)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a draft is its writer's alone`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let draft = Draft(
                id: DraftID(story.hall.ids.next()), owner: HallStory.applicant,
                item: ("11350100MADEM002X03000114111003", 1), now: story.hall.time.now())
            try await story.hall.save(draft)
            _ = try await story.hall.draft(draft.id, of: HallStory.applicant)
            await #expect(throws: DraftRefusal.notFound) {
                try await story.hall.draft(draft.id, of: PersonID(Subject(high: 1, low: 2)))
            }
            try await story.hall.discard(draft)
            await #expect(throws: DraftRefusal.notFound) {
                try await story.hall.draft(draft.id, of: HallStory.applicant)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `nothing is granted whose certificate would have a type that is none, and the dossier stays where it was`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let template = try await story.submission()
            let sound = template.terms
            let terms = Terms(
                item: Terms.Item(
                    implementationCode: sound.implementationCode, handlingItemCode: nil, name: sound.itemName,
                    version: (sound.version, String(repeating: "0", count: 64)),
                    body: Terms.Body(sound.body, name: sound.bodyName, region: sound.region)),
                limits: Terms.Limits(statutory: sound.statutory, promised: sound.promised),
                result: Terms.Result(certificateType: "no-such-type", name: "准予决定书", validityMonths: nil),
                materials: sound.materials)
            let submission = Submission(
                terms: terms, way: Submission.Way(mode: .fullyOnline, delivery: .eCertificate),
                parties: Submission.Parties(applicant: HallStory.applicant), numbers: template.numbers,
                contents: Submission.Contents(materials: template.materials, personal: template.personal))
            let id = try await story.hall.submit(
                submission, by: .person(HallStory.applicant), attempt: story.token()
            ).dossier
            try await story.perform(.accept, on: id, by: HallStory.clerk)
            try await story.perform(.passReview(.grant, opinion: "符合"), on: id, by: HallStory.reviewer)
            await #expect(throws: CertificateRefusal.unknownType) {
                let certificate = CertificateID(story.hall.ids.next())
                try await story.perform(.grant(grounds: "符合", certificate: certificate), on: id, by: HallStory.decider)
            }
            #expect(try await story.dossier(id).stage.name == .reviewed)
        }
    }
}
