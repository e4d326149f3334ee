import Foundation
import Synchronization

/// Opens once it was opened so often; threads wait for it, and so do tasks, which do not block.
final class Latch: Sendable {
    private let condition = NSCondition()
    private let left: Mutex<Int>

    init(_ times: Int = 1) {
        left = Mutex(times)
    }

    func open() {
        left.withLock { $0 -= 1 }
        condition.lock()
        condition.broadcast()
        condition.unlock()
    }

    /// Blocks the thread: for bodies of transactions only.
    func wait() {
        condition.lock()
        while left.withLock({ $0 > 0 }) { condition.wait() }
        condition.unlock()
    }

    func opened() async {
        while left.withLock({ $0 > 0 }) { await Task.yield() }
    }
}

/// A number that many threads raise.
final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    var value: Int { count.load(ordering: .sequentiallyConsistent) }

    func add() { count.add(1, ordering: .sequentiallyConsistent) }
}
