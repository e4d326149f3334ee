import Dossiers
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct DoubleClickTests {
    @Test(arguments: StoreUnderTest.all)
    func `the same token twice at the same moment gets the same answer twice`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            for _ in 0..<60 {
                let id = try await story.filed()
                let attempt = story.token()
                let outcomes = try await withThrowingTaskGroup(of: Outcome.self) { group in
                    for _ in 0..<4 {
                        group.addTask {
                            try await story.hall.perform(.accept, on: id, by: HallStory.clerk, attempt: attempt)
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(outcomes.count == 4 && Set(outcomes.map(\.sequence)) == [3])
            }
        }
    }
}
