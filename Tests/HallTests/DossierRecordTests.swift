import Dossiers
import Exchange
import Foundation
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct DossierRecordTests {
    private static let printed = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../docs/exchange-records.md")

    private let families: RecordFamilies

    init() throws { families = try .shipped() }

    private func records(_ id: DossierID, _ story: HallStory) async throws -> [Hall.CausedRecord] {
        try await story.hall.records(of: id, in: families)
    }

    /// The text of a column in the only record of a family.
    private func text(_ column: String, _ family: String, _ records: [Hall.CausedRecord]) throws -> String? {
        let found = records.map(\.record).filter { $0.family == family }
        #expect(found.count == 1, "\(family)")
        return try #require(found.first).values[column]?.text
    }

    @Test(arguments: StoreUnderTest.all)
    func `a case is told from its acceptance to its certificate, each record with the event that makes it due`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let filed = try await story.filed()
            let early = try await records(filed, story)
            #expect(early.isEmpty, "the exchange knows nothing before the acceptance")
            let id = try await story.granted()
            let before = try await records(id, story)
            try await story.settle()
            let all = try await records(id, story)
            #expect(all.map(\.sequence) == all.map(\.sequence).sorted())
            #expect(all.first?.record.family == "up_pro_accept")
            let dossier = try await story.dossier(id)
            let number = dossier.submitted.numbers.number
            #expect(try text("project_no", "up_pro_accept", all) == number)
            #expect(try text("catalog_code", "up_pro_accept", all) == "000114111003")
            #expect(try text("applyer_type", "up_pro_accept", all) == "9", "an organisation of which no more is known")
            #expect(try text("applyer_page_type", "up_pro_accept", all) == "001")
            #expect(try text("apply_type", "up_pro_accept", all) == "1")
            #expect(try text("accept_date", "up_pro_accept", all) == "2018-11-19 09:00:00")
            #expect(try text("promise_date", "up_pro_accept", all)?.hasPrefix("2018-11-23 ") == true)
            #expect(try text("accept_doc_no", "up_pro_accept", all) != nil)
            #expect(try text("result_type", "up_pro_result", all) == "0")
            #expect(try text("result_cetr_no", "up_pro_result", all) == "35010020180000001")
            #expect(try text("is_delivery_results", "up_pro_result", all) == "0")
            #expect(try text("certificate_number", "up_lic_data", all) == "35010020180000001")
            let steps = all.map(\.record).filter { $0.family == "up_pro_process" }
            #expect(
                steps.compactMap { $0.values["process_name"]?.text } == [
                    "收件", "受理", "审核", "审批", "制证", "发证", "送达", "办结",
                ])
            #expect(Set(all.map { "\($0.record.family) \($0.record.key)" }).count == all.count)
            // What was told once is told alike ever after.
            let digests = Dictionary(uniqueKeysWithValues: all.map { ("\($0.record.family) \($0.record.key)", $0) })
            for caused in before {
                let later = try #require(digests["\(caused.record.family) \(caused.record.key)"])
                #expect(later.record.digest == caused.record.digest && later.sequence == caused.sequence)
            }
        }
    }

    @Test func `a refusal, a withdrawal and what was never accepted are told with their result`() async throws {
        try await StoreUnderTest.sqlite.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let declined = try await story.filed()
            try await story.perform(
                .decline(.notNeeded, authority: "", note: "无需许可"), on: declined, by: HallStory.clerk)
            let one = try await records(declined, story)
            #expect(try text("result_type", "up_pro_result", one) == "6")
            #expect(try text("result_explain", "up_pro_result", one) == "无需许可")
            #expect(try text("promise_date", "up_pro_accept", one) == nil)
            let refused = try await story.filed()
            try await story.perform(.accept, on: refused, by: HallStory.clerk)
            let words = String(repeating: "不", count: 900)
            try await story.perform(.passReview(.refuse, opinion: words), on: refused, by: HallStory.reviewer)
            try await story.perform(.refuse(grounds: "不符合", standard: ""), on: refused, by: HallStory.decider)
            let two = try await records(refused, story)
            #expect(try text("result_type", "up_pro_result", two) == "1")
            let review = two.first { $0.record.values["process_name"] == .text("审核") }?.record
            #expect(review?.values["event_name"] == .text("2") && review?.values["handle_explain"] == .text(words))
            let withdrawn = try await story.filed()
            try await story.perform(.withdraw(note: "不办了"), on: withdrawn, by: .person(HallStory.applicant))
            #expect(try text("result_type", "up_pro_result", try await records(withdrawn, story)) == "2")
        }
    }

    @Test func `a special procedure is told once it is over, and an extension with its approval`() async throws {
        try await StoreUnderTest.sqlite.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.filed()
            try await story.perform(.accept, on: id, by: HallStory.clerk)
            try await story.perform(
                .special(.begin(.expertReview, days: 5, note: "专家评审")), on: id, by: HallStory.reviewer)
            let running = try await records(id, story)
            #expect(!running.contains { $0.record.family == "up_pro_special_procedure" })
            #expect(running.contains { $0.record.values["process_name"] == .text("专家评审开始") })
            story.clock.move(days: 2)
            try await story.perform(
                .special(.end(.expertReview, .init(isFavourable: true), note: "通过")), on: id, by: HallStory.reviewer)
            let over = try await records(id, story)
            #expect(try text("special_type", "up_pro_special_procedure", over) == "2")
            #expect(try text("special_time", "up_pro_special_procedure", over) == "2018-11-19 09:00:00")
            #expect(try text("end_time", "up_pro_special_procedure", over) == "2018-11-21 09:00:00")
            #expect(try text("result", "up_pro_special_procedure", over) == "合格")
        }
    }

    @Test func `the printed mapping is the one that maps`() throws {
        let printed = try String(contentsOf: Self.printed, encoding: .utf8)
        let start = try #require(printed.range(of: "## `up_pro_accept`")).lowerBound
        let table = try RecordTable.markdown(families)
        if ProcessInfo.processInfo.environment["GOLDEN"] == "record" {
            try (printed[..<start] + table).write(to: Self.printed, atomically: true, encoding: .utf8)
        }
        #expect(String(printed[start...]) == table)
    }
}
