import Certificates
import Dossiers
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// What the procedures of a dossier do to other rooms, on both stores.
@Suite struct ProceedingsTests {
    private static let committing = ProcedureTerms(
        tolerable: ["form"], commitment: .init(materials: ["form"], verifyWithin: WorkingDays(20)), isLimited: true)
    private static let two = [StaffID(Subject(high: 2, low: 7)), StaffID(Subject(high: 2, low: 8))]

    private func submission(
        _ story: HallStory, applicant: PersonID = HallStory.applicant, isCommitted: Bool = false,
        materials: [HandedIn] = [HandedIn("form", .paper)]
    ) async throws -> Submission {
        let sound = try await story.submission()
        let terms = sound.terms
        return Submission(
            terms: Terms(
                item: Terms.Item(
                    implementationCode: terms.implementationCode, handlingItemCode: nil, name: terms.itemName,
                    version: (terms.version, terms.guideDigest),
                    body: Terms.Body(terms.body, name: terms.bodyName, region: terms.region)),
                limits: Terms.Limits(statutory: terms.statutory, promised: terms.promised),
                result: Terms.Result(
                    certificateType: "11350100MADEM002X0001", name: "准予决定书", validityMonths: 36),
                materials: terms.materials, procedure: Self.committing),
            way: Submission.Way(mode: .fullyOnline, delivery: .eCertificate, isCommitted: isCommitted),
            parties: Submission.Parties(applicant: applicant), numbers: sound.numbers,
            contents: Submission.Contents(materials: materials, personal: sound.personal))
    }

    private func file(_ submission: Submission, _ story: HallStory) async throws -> DossierID {
        try await story.hall.submit(submission, by: .person(submission.applicant), attempt: story.token()).dossier
    }

    private func grant(_ id: DossierID, _ story: HallStory) async throws {
        let certificate = CertificateID(story.hall.ids.next())
        try await story.perform(.grant(grounds: "符合", certificate: certificate), on: id, by: HallStory.decider)
    }

    private func certificate(of id: DossierID, _ story: HallStory) async throws -> Certificate? {
        let dossier = try await story.dossier(id)
        return try await story.hall.store.read { tx in
            try dossier.certificate.flatMap { try CertificateTable.load($0, in: tx) }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a false commitment ends the certificate and bars the person from the next one`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await file(try await submission(story, isCommitted: true, materials: []), story)
            try await story.perform(.accept, on: id, by: HallStory.clerk)
            try await grant(id, story)
            try await story.settle()
            #expect(try await certificate(of: id, story)?.standing(on: story.hall.time.now().day) == .valid)
            let verify = DossierCommand.commitment(.verify(isKept: false, staff: Self.two, note: "现场不符"))
            try await story.perform(verify, on: id, by: HallStory.reviewer)
            #expect(try await certificate(of: id, story)?.ending == .revoked)
            let held = try await story.hall.certificates(of: HallStory.applicant)
            #expect(held.map { $0.isValid(on: story.hall.time.now().day) } == [false])
            let next = try await submission(story, isCommitted: true, materials: [])
            await #expect(throws: DossierRefusal.commitmentBarred) { try await file(next, story) }
            // In the ordinary way she may apply, and others may commit themselves.
            _ = try await file(try await submission(story), story)
            let other = PersonID(Subject(high: 1, low: 77))
            _ = try await file(try await submission(story, applicant: other, isCommitted: true, materials: []), story)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `R29 where grants are limited, whoever was accepted first is granted first`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            var ids: [DossierID] = []
            for number in 1...2 {
                let applicant = PersonID(Subject(high: 1, low: UInt64(number)))
                let id = try await file(try await submission(story, applicant: applicant), story)
                story.clock.move(seconds: 300)
                try await story.perform(.accept, on: id, by: HallStory.clerk)
                try await story.perform(.passReview(.grant, opinion: "符合"), on: id, by: HallStory.reviewer)
                ids.append(id)
            }
            await #expect(throws: DossierRefusal.earlierApplicationFirst) { try await grant(ids[1], story) }
            try await grant(ids[0], story)
            try await grant(ids[1], story)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a tolerated dossier is released when the last material is there, and ended with its certificate when not`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            var ids: [DossierID] = []
            for number in 1...2 {
                let applicant = PersonID(Subject(high: 1, low: UInt64(number)))
                let id = try await file(try await submission(story, applicant: applicant, materials: []), story)
                let tolerate = ToleranceCommand.accept(lagging: ["form"], days: 2, undertaking: .paper)
                try await story.perform(.tolerance(tolerate), on: id, by: HallStory.clerk)
                try await story.perform(.passReview(.grant, opinion: "符合"), on: id, by: HallStory.reviewer)
                try await grant(id, story)
                ids.append(id)
            }
            try await story.settle()
            #expect(try await story.dossier(ids[0]).stage.name == .certified)
            let supply = DossierCommand.tolerance(.supply([HandedIn("form", .paper)]))
            let applicant = PersonID(Subject(high: 1, low: 1))
            try await story.perform(supply, on: ids[0], by: .person(applicant))
            try await story.settle()
            #expect(try await story.dossier(ids[0]).hasEnded)
            #expect(try await certificate(of: ids[0], story)?.ending == nil)
            story.clock.move(days: 5)
            _ = try await Pulse(hall: story.hall).beat()
            #expect(try await story.dossier(ids[1]).stage.name == .ended)
            #expect(try await certificate(of: ids[1], story)?.ending == .revoked)
        }
    }
}
