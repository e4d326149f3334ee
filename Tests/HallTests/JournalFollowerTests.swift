import Hall
import Synchronization
import Testing

/// How whoever follows the journal goes on and stops.
@Suite struct JournalFollowerTests {
    /// Goes on by what is left, as the limit lets it.
    private final class Steps: JournalFollower {
        private let left: Mutex<Int>

        init(_ entries: Int) { left = Mutex(entries) }

        func step(limit: Int) async throws -> Int {
            left.withLock { left in
                let taken = min(left, limit)
                left -= taken
                return taken
            }
        }
    }

    @Test func `it follows to the end, and no further in one round than it is told`() async throws {
        let steps = Steps(10)
        #expect(try await steps.follow(limit: 2, atMost: 4) == 4)
        #expect(try await steps.follow(limit: 4) == 6)
        #expect(try await steps.follow(limit: 4) == 0)
    }

    @Test func `a server that stops does not wait until everything is counted`() async throws {
        let steps = Steps(.max)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await steps.follow(limit: 1)
        }
        task.cancel()
        #expect(try await task.value == 0)
    }
}
