import Dossiers
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// What is public of dossiers is written with its cause, and again from the journal.
@Suite struct PublicationTests {
    private static let days = CivilDate(daysSinceEpoch: 0)...CivilDate(daysSinceEpoch: 40_000)

    @Test(arguments: StoreUnderTest.all)
    func `R38 what the pulse finds past is public at once, and its explanation with the deed`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.filed()
            try await story.perform(.accept, on: id, by: HallStory.clerk)
            story.clock.move(days: 9)
            _ = try await Pulse(hall: story.hall).beat()
            let late = try await story.hall.overruns(Self.days)
            #expect(late.map(\.dossier) == [id] && late.first?.explainedAt == nil)
            #expect(try await story.hall.unexplainedOverruns() == 1)
            try await story.perform(
                .overrun(.explain(.promised, text: "系统升级")), on: id, by: HallStory.performer(5, .lead))
            try await story.perform(.passReview(.refuse, opinion: "不符合"), on: id, by: HallStory.reviewer)
            try await story.perform(.refuse(grounds: "不符合", standard: ""), on: id, by: HallStory.decider)
            let decided = try await story.hall.overruns(Self.days)
            #expect(decided.map(\.explanation) == ["系统升级"] && decided.first?.taken == WorkingDays(7))
            #expect(try await story.hall.overruns(Self.days, isUnexplained: true) == [])
            try await store.write { tx in try tx.execute("DELETE FROM overrun") }
            #expect(try await story.hall.overruns(Self.days) == [])
            #expect(try await story.hall.rebuildPublications() == 1)
            #expect(try await story.hall.overruns(Self.days) == decided)
        }
    }
}
