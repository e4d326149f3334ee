import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct SerialTests {
    @Test(arguments: StoreUnderTest.all)
    func `numbers of a series rise from one, and each series and period has its own`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use { store in
            let taken = try await store.write { tx in
                try [("a", 1, 1), ("a", 1, 3), ("a", 1, 1), ("a", 2, 1), ("b", 1, 1)].map { series, period, count in
                    try Serials.take(count, of: series, period: period, in: tx)
                }
            }
            #expect(taken == [1, 2, 5, 1, 1])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `many processes never give a number twice`(_ place: StoreUnderTest) async throws {
        let day = Sample.now.day
        try await place.use { store in
            let blocks = [SerialBlocks(store: store), SerialBlocks(store: store)]
            let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<200 {
                    group.addTask { try await blocks[number % 2].next("dossier", on: day) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(numbers).count == 200)
            #expect(numbers.allSatisfy { $0 >= 1 })
            let other = try await blocks[0].next("dossier", on: day.advanced(byDays: 1))
            #expect(other == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `one process after another gives rising numbers, one command to the database in twenty`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use { store in
            let blocks = SerialBlocks(store: store)
            var numbers: [Int] = []
            for _ in 0..<45 { numbers.append(try await blocks.next("dossier", on: Sample.now.day)) }
            #expect(numbers == Array(1...45))
            let next = try await store.read { tx in try tx.row("SELECT next FROM serial")?.integer(0) }
            #expect(next == 3 * SerialBlocks.blockSize + 1)
        }
    }
}
