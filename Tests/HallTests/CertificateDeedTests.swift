import Accounts
import Certificates
import Dossiers
import Hall
import Notices
import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

/// Deeds on certificates, and what the days do, through the hall.
@Suite struct CertificateDeedTests {
    private static let keeper = HallStory.performer(9, .keepCertificates)

    /// A certificate that no case made, valid for so many days.
    private static func taken(_ story: HallStory, days: Int = 365) async throws -> CertificateID {
        let issuer = try #require(CreditCode("11350100MADEM002X0"))
        let identifier = try #require(
            CertificateIdentifier(type: "11350100MADEM002X0001", issuer: issuer, serial: "GH1", version: 1))
        let today = story.hall.time.now().day
        return try await story.hall.takeOver(
            Certificate.Reservation(
                identifier: identifier, holder: HallStory.applicant, origin: nil,
                validFrom: today.advanced(byDays: -100), validUntil: today.advanced(byDays: days)),
            Certificate.Personal(
                holder: ("林晓榕", "350102188501010019", "111"), names: ("示例许可证", "市人社局（示例）"), face: [:]))
    }

    private static func told(_ story: HallStory) async throws -> [String] {
        try await story.hall.notices(for: .person(HallStory.applicant)).reversed().map(\.kind.id)
            .filter { $0.hasPrefix("certificate-") }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a deed sent twice is done once, and tells the holder once`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await Self.taken(story)
            let (attempt, command) = (story.token(), CertificateCommand.restrict(.courtOrder, note: "示例"))
            for _ in 1...2 {
                let after = try await story.hall.perform(command, on: id, by: Self.keeper, attempt: attempt)
                #expect(after.state == .restricted && after.sequence == 3)
            }
            #expect(try await Self.told(story) == ["certificate-restricted"])
            await #expect(throws: CertificateRefusal.alreadyRestricted) {
                try await story.hall.perform(command, on: id, by: Self.keeper, attempt: story.token())
            }
            let held = try await story.hall.certificates(of: HallStory.applicant)
            #expect(held.map { $0.isValid(on: story.hall.time.now().day) } == [false], "it satisfies no material")
        }
    }

    @Test func `only who may keep certificates restricts, and only who decides ends`() async throws {
        try await StoreUnderTest.sqlite.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await Self.taken(story)
            let restrict = CertificateCommand.restrict(.courtOrder, note: "示例")
            let end = CertificateCommand.end(.revoked, .fraud, note: "示例")
            let supervisor = HallStory.performer(8, .supervise)
            for (command, performer) in [
                (restrict, supervisor), (end, supervisor), (.tick, supervisor), (restrict, HallStory.decider),
                (end, Self.keeper), (restrict, .person(HallStory.applicant)), (restrict, .platform),
            ] {
                await #expect(throws: PerformerRefusal.notAllowed) {
                    try await story.hall.perform(command, on: id, by: performer, attempt: story.token())
                }
            }
            try await story.hall.perform(end, on: id, by: HallStory.decider, attempt: story.token())
            #expect(try await story.hall.certificate(id)?.ending == .revoked)
            let nothing = CertificateID(Subject(high: 1, low: 1))
            await #expect(throws: CertificateRefusal.notFound) {
                try await story.hall.perform(end, on: nothing, by: HallStory.decider, attempt: story.token())
            }
        }
    }

    @Test func `what a case made ends in its case, and the certificate with it`() async throws {
        try await StoreUnderTest.sqlite.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let dossier = try await story.granted()
            try await story.settle()
            let id = try #require(try await story.dossier(dossier).certificate)
            let end = CertificateCommand.end(.revoked, .fraud, note: "示例")
            await #expect(throws: CertificateRefusal.endsWithItsCase) {
                try await story.hall.perform(end, on: id, by: HallStory.decider, attempt: story.token())
            }
            try await story.hall.perform(
                .suspend(.penalty, note: "示例"), on: id, by: Self.keeper, attempt: story.token())
            try await story.perform(
                .licence(.end(.revoked(.fraud), sparesPublicInterest: true, note: "示例")), on: dossier,
                by: HallStory.decider)
            let ended = try #require(try await story.hall.certificate(id))
            #expect(ended.state == .revoked && ended.restriction == nil)
            #expect(try await Self.told(story) == ["certificate-restricted"], "the case tells the end")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the pulse tells of an end that is near, writes the end down, and rests`(_ place: StoreUnderTest) async throws
    {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await Self.taken(story, days: 40)
            let pulse = Pulse(hall: story.hall)
            #expect(try await pulse.round().certificates == 0)
            story.clock.move(days: 10)
            #expect(try await pulse.round().certificates == 1)
            #expect(try await pulse.round().certificates == 0)
            #expect(try await story.hall.certificate(id)?.standing(on: story.hall.time.now().day) == .valid)
            story.clock.move(days: 30)
            #expect(try await pulse.round().certificates == 0, "the last day is a day")
            story.clock.move(days: 1)
            #expect(try await story.hall.certificate(id)?.standing(on: story.hall.time.now().day) == .expired)
            #expect(try await pulse.round().certificates == 1)
            let expired = try #require(try await story.hall.certificate(id))
            #expect(expired.state == .expired && expired.wake == nil)
            #expect(try await Self.told(story) == ["certificate-nearing", "certificate-expired"])
            try await story.hall.perform(.archive, on: id, by: Self.keeper, attempt: story.token())
            #expect(try await story.hall.rebuildLibrary() == 1)
            story.clock.move(days: 400)
            #expect(try await pulse.round().certificates == 0)
            #expect(try await story.hall.certificate(id)?.state == .archived)
        }
    }

    @Test func `a mail about a certificate says its type in the reader's language, and a refused one names its number`()
        async throws
    {
        try await StoreUnderTest.sqlite.use(HallStory.migrations) { store in
            let post = try NoticeStory(store: store, quiet: .none)
            let kind = CertificateKind(
                code: "11350100MADEM002X0001", names: ("示例许可证", "Sample licence"), holderKind: .person,
                validity: .longTerm, faceFields: [])
            try await post.hall.take([kind])
            let id = try await Self.taken(post.story)
            let wanted = NoticePreference(wantsSMS: false, mail: MailAddress("lin@example.com"), language: .en)
            try await post.hall.keep(wanted, of: .person(HallStory.applicant))
            try await post.hall.perform(
                .restrict(.courtOrder, note: "示例"), on: id, by: Self.keeper, attempt: post.story.token())
            try await post.story.settle()
            let text = try #require(post.mail.texts.first)
            #expect(text.contains("“Sample licence” (no. GH1) was restricted"), "\(text)")
            post.mail.state.withLock { $0.rejected = ["lin@example.com"] }
            try await post.hall.perform(.lift(note: "示例"), on: id, by: Self.keeper, attempt: post.story.token())
            try await post.story.settle()
            let task = try #require(try await post.hall.undelivered().first)
            #expect(try await post.hall.shortNumber(of: task) == "GH1")
        }
    }
}
