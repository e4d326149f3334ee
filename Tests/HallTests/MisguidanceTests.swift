import Catalogue
import Dossiers
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// Every notice is counted for the editors in its own transaction.
@Suite struct MisguidanceTests {
    private static let sample = GuidePlace.material("form", .sample)

    private static func defect(_ cause: CorrectionCause?, words: String? = nil) -> MaterialDefect {
        MaterialDefect("form", .incomplete, cause, words: words)
    }

    private static func report(_ story: HallStory) async throws -> MisguidanceReport {
        try await story.hall.misguidance(since: story.hall.time.now().day.advanced(byDays: -89))
    }

    @Test(arguments: StoreUnderTest.all)
    func `what notices say is ranked, with the share of what was filed and the latest examples`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let causes: [(CorrectionCause, String?)] = [
                (.guide(Self.sample), "样表未标明签章处"), (.guide(Self.sample), nil), (.guide(.element("E17")), nil),
                (.overlooked, nil), (.other, "邮寄时受潮"),
            ]
            for (cause, words) in causes {
                let id = try await story.filed()
                try await story.perform(
                    .requestCorrection([Self.defect(cause, words: words)], note: ""), on: id, by: HallStory.clerk)
            }
            let returned = try await story.filed(.preReviewThenCounter)
            try await story.perform(
                .returnForPreReview([Self.defect(.guide(Self.sample))], note: ""), on: returned, by: HallStory.clerk)
            _ = try await story.filed()
            let report = try await Self.report(story)
            #expect((report.counts.guide, report.counts.overlooked, report.counts.other) == (4, 1, 1))
            #expect(report.lines.map(\.place) == [Self.sample, .element("E17")])
            let first = try #require(report.lines.first)
            #expect((first.all.misled, first.all.filed, first.all.isAtLeast) == (3, 7, false))
            #expect(first.examples.compactMap(\.words) == ["样表未标明签章处"])
            #expect(first.examples.allSatisfy { $0.number.count == 12 })
            #expect(first.slug == nil && first.mend == nil, "the item is published nowhere")
            let own = try await story.hall.misguidance(of: ["000114111003"], since: report.since)
            #expect(own.lines.map(\.all.misled) == [3, 1])
            let none = try await story.hall.misguidance(of: ["000117003001"], since: report.since)
            #expect(none.lines.isEmpty && none.counts.all == 0)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a notice that is refused counts nothing, and one that is sent twice counts once`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.filed()
            await #expect(throws: DossierRefusal.causeMissing) {
                try await story.perform(
                    .requestCorrection([Self.defect(nil)], note: ""), on: id, by: HallStory.clerk)
            }
            #expect(try await Self.report(story).counts.all == 0)
            let attempt = story.token()
            let notice = DossierCommand.requestCorrection([Self.defect(.guide(Self.sample))], note: "")
            for _ in 1...2 {
                _ = try await story.hall.perform(notice, on: id, by: HallStory.clerk, attempt: attempt)
            }
            #expect(try await Self.report(story).counts.all == 1)
            // The token stands for this cause and no other.
            let other = DossierCommand.requestCorrection([Self.defect(.overlooked)], note: "")
            await #expect(throws: (any Error).self) {
                try await story.hall.perform(other, on: id, by: HallStory.clerk, attempt: attempt)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the rows are written anew from the journal as they were`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            for number in 0..<5 {
                let id = try await story.filed()
                let cause: CorrectionCause = number.isMultiple(of: 2) ? .guide(Self.sample) : .overlooked
                try await story.perform(
                    .requestCorrection([Self.defect(cause, words: "例\(number)")], note: ""), on: id,
                    by: HallStory.clerk)
            }
            let before = try await Self.report(story)
            try await store.write { tx in
                for example in before.lines[0].examples { try MisguidanceTable.clear(example.notice.dossier, in: tx) }
            }
            #expect(try await Self.report(story).counts.guide == 0)
            #expect(try await story.hall.rebuildMisguidance(batch: 2) == 5)
            let after = try await Self.report(story)
            #expect(after.counts == before.counts)
            #expect(after.lines.map(\.examples) == before.lines.map(\.examples))
            #expect(try await story.hall.rebuildMisguidance() == 5)
            #expect(try await Self.report(story).counts == before.counts, "twice is as good as once")
        }
    }
}
