import Dispatch
import Synchronization
import Testing
import Vocabulary

@Suite struct WorkersTests {
    private struct Failure: Error, Equatable { let number: Int }

    private final class Counter: Sendable {
        private let count = Atomic<Int>(0)
        var value: Int { count.load(ordering: .sequentiallyConsistent) }
        func add() { count.add(1, ordering: .sequentiallyConsistent) }
    }

    @Test func `ten thousand jobs give their results and errors back`() async throws {
        let workers = Workers(name: "test", threads: 4, queueMax: 20_000)
        let (right, wrong) = (Counter(), Counter())
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<10_000 {
                group.addTask {
                    do {
                        let answer = try await workers.run {
                            if number % 10 == 0 { throw Failure(number: number) }
                            return number * 2
                        }
                        if answer == number * 2 { right.add() }
                    } catch {
                        if error as? Failure == Failure(number: number) { wrong.add() }
                    }
                }
            }
        }
        #expect(right.value == 9000)
        #expect(wrong.value == 1000)
        await workers.drain()
    }

    @Test func `one job more than may wait is refused as busy`() async throws {
        let workers = Workers(name: "narrow", threads: 1, queueMax: 3)
        let (begun, release) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let done = Counter()
        #expect(
            workers.enqueue {
                begun.signal()
                release.wait()
            })
        try await Workers(name: "waiter", threads: 1, queueMax: 1).runOnce { begun.wait() }
        for _ in 0..<3 { #expect(workers.enqueue { done.add() }) }
        #expect(!workers.enqueue { done.add() })
        await #expect(throws: Fault.busy("narrow")) { try await workers.run { 1 } }
        release.signal()
        await workers.drain()
        #expect(done.value == 3)
    }

    @Test func `closing runs what waits, takes nothing more, and is over when the last job is`() async {
        let workers = Workers(name: "closing", threads: 2, queueMax: 1000)
        let done = Counter()
        for _ in 0..<500 { #expect(workers.enqueue { done.add() }) }
        await workers.drain()
        #expect(done.value == 500)
        #expect(!workers.enqueue { done.add() })
        await #expect(throws: Fault.busy("closing")) { try await workers.run { 1 } }
        await workers.drain()
        #expect(done.value == 500)
    }

    @Test func `jobs of one thread run in the order in which they came`() async throws {
        let workers = Workers(name: "order", threads: 1, queueMax: 5000)
        let order = Order()
        for number in 0..<3000 { #expect(workers.enqueue { order.add(number) }) }
        await workers.drain()
        #expect(order.numbers == Array(0..<3000))
    }

    private final class Order: Sendable {
        private let all = Mutex<[Int]>([])
        var numbers: [Int] { all.withLock { $0 } }
        func add(_ number: Int) { all.withLock { $0.append(number) } }
    }
}

extension Workers {
    /// Runs one job and ends.
    fileprivate func runOnce(_ work: @escaping @Sendable () -> Void) async throws {
        try await run(work)
        await drain()
    }
}
