import Dossiers
import Hall
import Papers
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// Every procedure has its paper, issued with the event that makes it lawful.
@Suite struct ProceedingPaperTests {
    private static let two = [StaffID(Subject(high: 2, low: 7)), StaffID(Subject(high: 2, low: 8))]

    private func kinds(_ id: DossierID, _ story: HallStory) async throws -> [String] {
        try await story.hall.papers(of: id).map(\.kind.id)
    }

    @Test(arguments: StoreUnderTest.all)
    func `what runs beside the stages issues its papers, and so does the end of a licence`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.filed()
            let (clerk, reviewer, decider) = (HallStory.clerk, HallStory.reviewer, HallStory.decider)
            let head = HallStory.performer(6, .lead)
            try await story.perform(.accept, on: id, by: clerk)
            try await story.perform(.special(.begin(.inspection, days: 3, note: "核查台账")), on: id, by: reviewer)
            let finding = SpecialRecord.Finding(isFavourable: true, staff: Self.two)
            try await story.perform(.special(.end(.inspection, finding, note: "属实")), on: id, by: reviewer)
            try await story.perform(
                .party(.inform(name: "相邻业主林二", matter: "影响通行")), on: id, by: reviewer)
            try await story.perform(.party(.hear(party: 0, statement: "无意见")), on: id, by: reviewer)
            try await story.perform(.extend(.approve(value: 5, by: .head, note: "情况复杂")), on: id, by: head)
            try await story.perform(.hearing(.tell(note: "涉及重大利益")), on: id, by: reviewer)
            try await story.perform(.hearing(.request), on: id, by: .person(HallStory.applicant))
            let day = try #require(CivilDate("2018-12-05"))
            let plan = Hearing.Plan(day: day, minute: 570, place: "第一听证室", chair: Self.two[0])
            try await story.perform(.hearing(.schedule(plan)), on: id, by: reviewer)
            story.clock.move(days: 16)
            let chair = Performer(.staff(Self.two[0])) { power, _ in
                guard power == .review else { throw PerformerRefusal.notAllowed }
            }
            try await story.perform(.hearing(.record(note: "听证笔录")), on: id, by: chair)
            try await story.perform(.passReview(.grant, opinion: "符合"), on: id, by: reviewer)
            let certificate = CertificateID(story.hall.ids.next())
            try await story.perform(.grant(grounds: "符合", certificate: certificate), on: id, by: decider)
            let revoke = LicenceCommand.end(.revoked(.fraud), sparesPublicInterest: true, note: "提交虚假材料")
            try await story.perform(.licence(revoke), on: id, by: decider)
            #expect(
                try await kinds(id, story) == [
                    "receipt", "acceptance-notice", "special-procedure-notice", "statement-notice",
                    "extension-notice", "hearing-rights-notice", "hearing-notice", "hearing-record",
                    "grant-decision", "revocation-decision",
                ])
            let numbers = try await story.hall.papers(of: id).map(\.number)
            #expect(numbers.allSatisfy { $0.hasSuffix("〔2018〕第0001号") }, "\(numbers)")
        }
    }
}
