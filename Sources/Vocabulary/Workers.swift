import Foundation
import Synchronization

/// A fixed number of threads of its own for work that blocks or burns a core (databases, password hashing, SM2), so
/// that neither an event loop nor the cooperative pool waits for it. The queue before them is bounded.
package final class Workers: Sendable {
    private struct State {
        var jobs: [@Sendable () -> Void] = []
        var head = 0
        var isClosed = false
        var threads: Int
        var leavers: [CheckedContinuation<Void, Never>] = []
        var waiting: Int { jobs.count - head }
    }

    private let name: String
    private let queueMax: Int
    private let condition = NSCondition()
    private let state: Mutex<State>

    /// Starts the threads. `queueMax` jobs may wait; one more is refused as `Fault.busy(name)`.
    package init(name: String, threads: Int, queueMax: Int) {
        precondition(threads > 0 && queueMax > 0, "workers need a thread and a queue")
        self.name = name
        self.queueMax = queueMax
        state = Mutex(State(threads: threads))
        for index in 0..<threads {
            let thread = Thread { [self] in run() }
            thread.name = "\(name)-\(index)"
            thread.stackSize = 1 << 20
            thread.start()
        }
    }

    /// Runs the closure on one of the threads and waits for it without blocking the caller's.
    package func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let accepted = enqueue {
                continuation.resume(with: Result { try work() })
            }
            if !accepted { continuation.resume(throwing: Fault.busy(name)) }
        }
    }

    /// Puts a job in the queue; false when the queue is full or closed, and then the job never runs.
    package func enqueue(_ job: @escaping @Sendable () -> Void) -> Bool {
        let accepted = state.withLock { state in
            guard !state.isClosed, state.waiting < queueMax else { return false }
            state.jobs.append(job)
            return true
        }
        if accepted {
            condition.lock()
            condition.signal()
            condition.unlock()
        }
        return accepted
    }

    /// Lets the queue run empty and ends the threads; nothing more is taken.
    package func close() {
        state.withLock { $0.isClosed = true }
        condition.lock()
        condition.broadcast()
        condition.unlock()
    }

    /// Closes, and returns when the last job has ended.
    package func drain() async {
        close()
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.threads > 0 { state.leavers.append(continuation) }
                return state.threads == 0
            }
            if isOver { continuation.resume() }
        }
    }

    private func run() {
        while let job = next() { job() }
        let leavers = state.withLock { state in
            state.threads -= 1
            return state.threads == 0 ? state.leavers : []
        }
        for leaver in leavers { leaver.resume() }
    }

    private func next() -> (@Sendable () -> Void)? {
        condition.lock()
        defer { condition.unlock() }
        while true {
            let (job, isClosed) = state.withLock { state in (Self.take(&state), state.isClosed) }
            if job != nil || isClosed { return job }
            condition.wait()
        }
    }

    private static func take(_ state: inout State) -> (@Sendable () -> Void)? {
        guard state.head < state.jobs.count else { return nil }
        let job = state.jobs[state.head]
        state.head += 1
        if state.head == state.jobs.count {
            state.jobs.removeAll(keepingCapacity: true)
            state.head = 0
        } else if state.head > 1024 {
            state.jobs.removeFirst(state.head)
            state.head = 0
        }
        return job
    }
}
