import Certificates
import Documents
import Dossiers
import Hall
import Papers
import Signing
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// What papers must say and carry, by the numbers of docs/law/rules.md.
@Suite struct PaperLawTests {
    /// The paper of that kind of a dossier, and what it says.
    private func paper(_ kind: PaperKind, of id: DossierID, _ story: HallStory) async throws -> (Paper, String) {
        let line = try #require(try await story.hall.papers(of: id).first { $0.kind == kind })
        let opened = try await story.hall.paper(line.id, of: id)
        return (opened.paper, try opened.paper.parts(opened.template).map { "\($0)" }.joined())
    }

    private func refused(_ story: HallStory) async throws -> DossierID {
        let id = try await story.filed()
        try await story.perform(.accept, on: id, by: HallStory.clerk)
        try await story.perform(.passReview(.refuse, opinion: "不符合"), on: id, by: HallStory.reviewer)
        try await story.perform(.refuse(grounds: "不符合法定条件", standard: ""), on: id, by: HallStory.decider)
        return id
    }

    private func story(_ body: @escaping @Sendable (HallStory) async throws -> Void) async throws {
        try await StoreUnderTest.all[0].use(HallStory.migrations) { store in try await body(try HallStory(store: store))
        }
    }

    @Test func `R13 acceptance and non-acceptance have a dated paper with the special seal`() async throws {
        #expect(PaperKind.acceptance.seal == .acceptance && PaperKind.nonAcceptance.seal == .acceptance)
        try await story { story in
            let accepted = try await story.filed()
            try await story.perform(.accept, on: accepted, by: HallStory.clerk)
            let declined = try await story.filed()
            try await story.perform(
                .decline(.otherAuthority, authority: "福州市教育局", note: "请向市教育局申请"), on: declined,
                by: HallStory.clerk)
            for (id, kind) in [(accepted, PaperKind.acceptance), (declined, .nonAcceptance)] {
                let lines = try await story.hall.papers(of: id)
                #expect(lines.first { $0.kind == kind }?.day == story.hall.time.now().day)
            }
            #expect(try await paper(.nonAcceptance, of: declined, story).1.contains("福州市教育局"))
        }
    }

    @Test func `R21 a grant is a decision with the body's seal and a certificate of the item's type`() async throws {
        #expect(PaperKind.grant.seal == .official)
        try await story { story in
            let id = try await story.granted()
            try await story.settle()
            let held = try #require(try await story.hall.certificates(of: HallStory.applicant).first)
            #expect(held.dossier == id && held.isFiled)
            #expect(held.identifier.type == (try HallStory.terms().certificateType))
            #expect(try await paper(.grant, of: id, story).1.contains(held.identifier.serial))
        }
    }

    @Test func `R32 a refusal names the body of reconsideration and sixty days`() async throws {
        #expect(Remedies.reconsiderationDays == 60)
        try await story { story in
            let said = try await paper(.refusal, of: try await refused(story), story).1
            #expect(said.contains("六十日内") && said.contains("福州市人民政府") && said.contains("第二十条"))
        }
    }

    @Test func `R33 a refusal names where one asks for reconsideration online`() async throws {
        try await story { story in
            let said = try await paper(.refusal, of: try await refused(story), story).1
            #expect(said.contains("在线提交申请") && said.contains("全国行政复议服务平台"))
        }
    }

    @Test func `R34 a notice of acceptance says that reconsideration comes first where nobody decides`() async throws {
        try await story { story in
            let id = try await story.filed()
            try await story.perform(.accept, on: id, by: HallStory.clerk)
            let said = try await paper(.acceptance, of: id, story).1
            #expect(said.contains("逾期未作出决定") && said.contains("先申请行政复议") && said.contains("第二十三条"))
        }
    }

    @Test func `R35 a refusal names the court and six months`() async throws {
        #expect(Remedies.courtMonths == 6)
        try await story { story in
            let said = try await paper(.refusal, of: try await refused(story), story).1
            #expect(said.contains("六个月内") && said.contains("福州市鼓楼区人民法院") && said.contains("第四十六条"))
        }
    }

    @Test func `R36 a department's decisions are reconsidered by its government and heard at its seat`() throws {
        let table = try RemedyTable.shipped()
        #expect(table.regions.count == 14)
        let county = try #require(table.regions.last)
        for region in table.regions {
            let department = try #require(table.remedies(against: "民政局", in: region))
            #expect(department.reconsideration.zh.hasSuffix("人民政府") && department.court.zh.hasSuffix("人民法院"))
        }
        let own = try #require(table.remedies(against: "民政局", in: county))
        let government = try #require(table.remedies(against: "人民政府", in: county))
        #expect(own.reconsideration != government.reconsideration, "a government is reconsidered by the one above")
    }

    @Test func `R37 a certificate counts by its signature, and a paper is kept byte for byte`() async throws {
        try await story { story in
            let id = try await story.granted()
            try await story.settle()
            let held = try #require(try await story.hall.certificates(of: HallStory.applicant).first)
            let certificate = try #require(try await story.hall.certificate(held.id))
            #expect(certificate.standing(on: story.hall.time.now().day) == .valid && certificate.filing != nil)
            let line = try #require(try await story.hall.papers(of: id).first { $0.kind == .grant })
            for bytes in [[1], [2], [3]] as [[UInt8]] {
                let opened = try await story.hall.paper(line.id, of: id)
                let kept = try await story.hall.file(of: opened, for: .platform) { _ in bytes }
                #expect(kept == [1])
            }
        }
    }
}
