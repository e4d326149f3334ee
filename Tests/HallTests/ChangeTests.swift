import Certificates
import Dossiers
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// 变更: a licence is changed by the authority that granted it (行政许可法 art. 49).
@Suite struct ChangeTests {
    private static let days = CivilDate(daysSinceEpoch: 0)...CivilDate(daysSinceEpoch: 40_000)

    /// A filing that changes a certificate, of the usual item or of one of another body.
    private func filed(
        _ certificate: CertificateID, _ story: HallStory, of applicant: PersonID = HallStory.applicant,
        body: CreditCode? = nil
    ) async throws -> DossierID {
        let usual = try await story.submission(applicant: applicant)
        let own = usual.terms
        let terms = Terms(
            item: Terms.Item(
                implementationCode: own.implementationCode, handlingItemCode: nil, name: own.itemName,
                version: (own.version, own.guideDigest),
                body: Terms.Body(body ?? own.body, name: own.bodyName, region: own.region)),
            limits: Terms.Limits(statutory: own.statutory, promised: own.promised),
            result: Terms.Result(
                certificateType: own.certificateType ?? "", name: own.certificateName ?? "", validityMonths: 36),
            materials: own.materials)
        let submission = Submission(
            terms: terms,
            way: Submission.Way(
                mode: .fullyOnline, delivery: .eCertificate, change: LicenceChange(certificate: certificate)),
            parties: Submission.Parties(applicant: applicant), numbers: usual.numbers,
            contents: Submission.Contents(materials: usual.materials, personal: usual.personal))
        return try await story.hall.submit(submission, by: .person(applicant), attempt: story.token()).dossier
    }

    private func reviewed(_ id: DossierID, _ story: HallStory) async throws {
        try await story.perform(.accept, on: id, by: HallStory.clerk)
        try await story.perform(.passReview(.grant, opinion: "符合"), on: id, by: HallStory.reviewer)
    }

    private func grant(_ id: DossierID, _ story: HallStory) async throws -> CertificateID {
        let certificate = CertificateID(story.hall.ids.next())
        try await story.perform(.grant(grounds: "符合", certificate: certificate), on: id, by: HallStory.decider)
        return certificate
    }

    private func held(_ story: HallStory) async throws -> (dossier: DossierID, certificate: CertificateID) {
        let id = try await story.granted()
        try await story.settle()
        return (id, try #require(try await story.dossier(id).certificate))
    }

    @Test(arguments: StoreUnderTest.all)
    func `R27 the grant of a change puts the next version in the place of the certificate, with the same last day`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let (first, old) = try await held(story)
            story.clock.move(days: 1)
            let id = try await filed(old, story)
            try await reviewed(id, story)
            let new = try await grant(id, story)
            try await story.settle()
            let before = try #require(try await story.hall.certificate(old))
            let after = try #require(try await story.hall.certificate(new))
            let (a, b) = (before.reservation, after.reservation)
            #expect(before.ending == .changed && before.successor == new && b.supersedes == old)
            #expect(a.identifier.serial == b.identifier.serial && b.identifier.version == a.identifier.version + 1)
            #expect(a.validUntil == b.validUntil && after.standing(on: story.hall.time.now().day) == .valid)
            let grants = try await story.hall.publicGrants(PublicGrantTable.Filter(Self.days))
            let today = story.hall.time.now().day
            #expect(grants.map(\.dossier) == [id, first])
            #expect(grants.map { $0.standing(on: today) } == [.valid, .changed])
            try await story.hall.rebuildPublications()
            #expect(try await story.hall.publicGrants(PublicGrantTable.Filter(Self.days)) == grants)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `R27 what another authority granted is changed there, and the refusal names it`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let (_, old) = try await held(story)
            let other = try #require(CreditCode(authority: "11", region: .fuzhou, organisation: "MADEM003"))
            await #expect(throws: ChangeRefusal.grantedElsewhere("市人社局（示例）")) {
                _ = try await filed(old, story, body: other)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `R27 nobody changes what is not hers or has ended, not even between filing and grant`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let (first, old) = try await held(story)
            await #expect(throws: ChangeRefusal.nothingToChange) {
                _ = try await filed(old, story, of: PersonID(Subject(high: 1, low: 9)))
            }
            await #expect(throws: ChangeRefusal.nothingToChange) {
                _ = try await filed(CertificateID(Subject(high: 9, low: 9)), story)
            }
            let id = try await filed(old, story)
            try await reviewed(id, story)
            try await story.perform(
                .licence(.end(.revoked(.fraud), sparesPublicInterest: true, note: "材料虚假")), on: first,
                by: HallStory.decider)
            await #expect(throws: ChangeRefusal.nothingToChange) { _ = try await grant(id, story) }
            await #expect(throws: ChangeRefusal.nothingToChange) { _ = try await filed(old, story) }
        }
    }
}
