import Dossiers
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct PerformerTests {
    @Test func `whoever holds the applicant's letter acts in what a window took in, and in nobody else's`() async throws
    {
        try await StoreUnderTest.sqlite.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.filed(.nearestWindow, delivery: .counter)
            let stranger = PersonID(story.hall.ids.next())
            let holder = Performer.person(stranger, actingFor: HallStory.applicant)
            for other in [Performer.person(stranger), .person(stranger, actingFor: stranger)] {
                await #expect(throws: PerformerRefusal.notAllowed) {
                    try await story.perform(.withdraw(note: "暂不需要"), on: id, by: other)
                }
            }
            await #expect(throws: PerformerRefusal.notAllowed) { try await story.perform(.accept, on: id, by: holder) }
            try await story.perform(.withdraw(note: "暂不需要"), on: id, by: holder)
            #expect(try await story.dossier(id).hasEnded)
        }
    }
}
