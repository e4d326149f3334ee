import Catalogue
import Dossiers
import Foundation
import Hall
import Papers
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct PaperTests {
    /// Prints nothing: what the bytes are is the matter of other tests.
    private static func printer(_ bytes: [UInt8]) -> Hall.PaperPrinter { { _ in bytes } }

    private func kinds(_ story: HallStory, _ id: DossierID) async throws -> [PaperKind] {
        try await story.hall.papers(of: id).map(\.kind)
    }

    @Test(arguments: StoreUnderTest.all)
    func `each event that the law wants a paper for has one, with the next number of its series`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let granted = try await story.granted()
            #expect(try await kinds(story, granted) == [.receipt, .acceptance, .grant])
            let refused = try await story.filed()
            try await story.perform(.accept, on: refused, by: HallStory.clerk)
            try await story.perform(.passReview(.refuse, opinion: "不符"), on: refused, by: HallStory.reviewer)
            try await story.perform(.refuse(grounds: "不符合条件", standard: ""), on: refused, by: HallStory.decider)
            #expect(try await kinds(story, refused) == [.receipt, .acceptance, .refusal])
            let corrected = try await story.filed()
            try await story.perform(
                .requestCorrection([MaterialDefect("form", .illegible, .overlooked)], note: ""), on: corrected,
                by: HallStory.clerk)
            try await story.perform(.withdraw(note: "不办了"), on: corrected, by: .person(HallStory.applicant))
            #expect(try await kinds(story, corrected) == [.receipt, .correction, .withdrawn])
            let declined = try await story.filed()
            try await story.perform(
                .decline(.otherAuthority, authority: "福州市教育局", note: "请向区局申请"), on: declined, by: HallStory.clerk)
            #expect(try await kinds(story, declined) == [.receipt, .nonAcceptance])
            let numbers = try await story.hall.papers(of: declined).map(\.number)
            #expect(numbers == ["市人社局（示例）收〔2018〕第0004号", "市人社局（示例）不受〔2018〕第0001号"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `silence accepts with a paper too, and a correction that does not come ends with one`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let silent = try await story.filed()
            let lapsed = try await story.filed()
            try await story.perform(
                .requestCorrection([MaterialDefect("form", .missing, .overlooked)], note: ""), on: lapsed,
                by: HallStory.clerk)
            story.clock.move(days: 60)
            _ = try await Pulse(hall: story.hall).beat(limit: 10)
            #expect(try await kinds(story, silent) == [.receipt, .acceptance])
            #expect(try await kinds(story, lapsed) == [.receipt, .correction, .termination])
            let line = try #require(try await story.hall.papers(of: lapsed).last)
            let opened = try await story.hall.paper(line.id, of: lapsed)
            let said = try opened.paper.parts(opened.template).map { "\($0)" }.joined()
            #expect(said.contains("逾期未提交补正材料"))
            #expect(said.contains("福州市人民政府") && said.contains("福州市鼓楼区人民法院"))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `many dossiers of one body at once leave its numbers without a gap`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<24 {
                    group.addTask {
                        let id = try await story.filed()
                        try await story.perform(.accept, on: id, by: HallStory.clerk)
                    }
                }
                try await group.waitForAll()
            }
            let body = try HallStory.terms().body
            for kind in [PaperKind.receipt, .acceptance] {
                let register = try await store.read { tx in
                    try PaperNumbering.register(kind, of: body, year: 2018, in: tx).map(\.serial)
                }
                #expect(register == Array(1...24))
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the first bytes stay, a service is written down once, and its proof with it`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.granted()
            let hall = story.hall
            let line = try #require(try await hall.papers(of: id).last)
            let opened = try await hall.paper(line.id, of: id)
            let first = try await hall.file(of: opened, for: .platform, printer: Self.printer([1]))
            let second = try await hall.file(of: opened, for: .platform, printer: Self.printer([2]))
            #expect(first == [1] && second == [1])
            let attempt = story.token()
            let served = PaperEvent.Served(mode: .direct, servedAt: hall.time.now(), server: nil)
            let handing = PaperEvent.Handing(recipient: "李明", place: "综合窗口", server: "陈晓")
            func serve(_ attempt: Attempt, _ paper: PaperLine, of dossier: DossierID) async throws {
                try await hall.serve(
                    paper.id, of: dossier, served, handing, by: .platform, attempt: attempt,
                    printer: Self.printer([3]))
            }
            for _ in 0..<2 { try await serve(attempt, line, of: id) }
            await #expect(throws: PaperRefusal.alreadyServed) { try await serve(story.token(), line, of: id) }
            #expect(try await kinds(story, id) == [.receipt, .acceptance, .grant, .serviceRecord])
            // A paper that nobody had wanted before is produced by its service.
            let notice = try #require(try await hall.papers(of: id).first { $0.kind == .acceptance })
            try await serve(story.token(), notice, of: id)
            let kept = try #require(try await hall.paper(notice.id, of: id).paper.file)
            #expect(try await hall.bytes(of: kept) == [3])
            let other = try await story.filed()
            await #expect(throws: PaperRefusal.notFound) { try await serve(story.token(), notice, of: other) }
            await #expect(throws: PaperRefusal.notFound) {
                _ = try await hall.paper(PaperID(id.subject), of: id)
            }
        }
    }
}
