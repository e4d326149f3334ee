import Foundation
import GRDB
import Synchronization
import Vocabulary

/// One writer thread. Whatever arrived while the last commit went to disk shares the next one: each body runs in a
/// savepoint of its own, so that one that fails takes nothing else with it.
final class CommitGroup: Sendable {
    /// LIMIT: bodies that may wait for the writer; one more is `Fault.busy`.
    static let queueMax = 4096
    /// LIMIT: bodies that share one commit.
    static let groupMax = 256

    private struct State {
        var waiting: [any GroupJob] = []
        var isClosed = false
        var isFinished = false
    }

    private let pool: DatabasePool
    private let faults: FaultPlan?
    private let condition = NSCondition()
    private let state = Mutex(State())
    /// How many commits were made, for benches: commits are what costs an fsync.
    let commits = Atomic<Int>(0)

    init(pool: DatabasePool, faults: FaultPlan?) {
        self.pool = pool
        self.faults = faults
        let thread = Thread { [self] in run() }
        thread.name = "sqlite-writer"
        thread.stackSize = 4 << 20
        thread.start()
    }

    func submit(_ job: any GroupJob) -> Bool {
        let accepted = state.withLock { state in
            guard !state.isClosed, state.waiting.count < Self.queueMax else { return false }
            state.waiting.append(job)
            return true
        }
        if accepted { wake() }
        return accepted
    }

    /// Runs what waits and ends the thread; blocks until it has ended.
    func close() {
        state.withLock { $0.isClosed = true }
        wake()
        condition.lock()
        while !state.withLock({ $0.isFinished }) { condition.wait() }
        condition.unlock()
    }

    private func wake() {
        condition.lock()
        condition.broadcast()
        condition.unlock()
    }

    private func run() {
        while let jobs = next() { commit(jobs) }
        state.withLock { $0.isFinished = true }
        wake()
    }

    private func next() -> [any GroupJob]? {
        condition.lock()
        defer { condition.unlock() }
        while true {
            let (jobs, isClosed) = state.withLock { state in
                let jobs = Array(state.waiting.prefix(Self.groupMax))
                state.waiting.removeFirst(jobs.count)
                return (jobs, state.isClosed)
            }
            if !jobs.isEmpty { return jobs }
            if isClosed { return nil }
            condition.wait()
        }
    }

    private func commit(_ jobs: [any GroupJob]) {
        var failure: (any Error)?
        var keepsSomething = false
        do {
            try pool.writeWithoutTransaction { database in
                try translatingErrors { try database.execute(sql: "BEGIN IMMEDIATE") }
                do {
                    let connection = SQLiteConnection(database)
                    for job in jobs { try run(job, on: connection) }
                    keepsSomething = jobs.contains { $0.error == nil }
                    if keepsSomething { try faults?.strike(.beforeCommit) }
                    try connection.execute(keepsSomething ? "COMMIT" : "ROLLBACK", [])
                } catch {
                    if database.isInsideTransaction { try database.execute(sql: "ROLLBACK") }
                    throw error
                }
            }
            if keepsSomething {
                commits.add(1, ordering: .relaxed)
                try faults?.strike(.afterCommit)
            }
        } catch {
            failure = error is WriteConflict ? Fault.unavailable("commit") : error
        }
        for job in jobs { job.finish(failure) }
    }

    private func run(_ job: any GroupJob, on connection: SQLiteConnection) throws {
        try connection.execute("SAVEPOINT body", [])
        job.run(Transaction(connection, dialect: .sqlite, faults: faults))
        // A full disk may have ended the whole transaction; then nobody in this group has anything.
        guard connection.database.isInsideTransaction else { throw job.error ?? Fault.unavailable("sqlite") }
        if job.error != nil { try connection.execute("ROLLBACK TO body", []) }
        try connection.execute("RELEASE body", [])
    }
}

/// A body with somebody who waits for its answer.
protocol GroupJob: AnyObject, Sendable {
    /// What the body threw, once it ran.
    var error: (any Error)? { get }
    func run(_ transaction: Transaction)
    /// Answers: the failure of the whole group, unless the body had already refused.
    func finish(_ failure: (any Error)?)
}

// SAFETY: `result` is written by the writer thread and read by it alone; the continuation is resumed once.
final class BodyJob<Value: Sendable>: GroupJob, @unchecked Sendable {
    private let body: @Sendable (Transaction) throws -> Value
    private let continuation: CheckedContinuation<Value, any Error>
    private var result: Result<Value, any Error>?

    init(
        _ body: @escaping @Sendable (Transaction) throws -> Value, _ continuation: CheckedContinuation<Value, any Error>
    ) {
        self.body = body
        self.continuation = continuation
    }

    var error: (any Error)? {
        if case .failure(let error) = result { return error }
        return nil
    }

    func run(_ transaction: Transaction) {
        result = Result { try transaction.perform(body) }
    }

    func finish(_ failure: (any Error)?) {
        switch (result, failure) {
        case (.failure(let error), _): continuation.resume(throwing: error)
        case (_, .some(let failure)): continuation.resume(throwing: failure)
        case (.success(let value), .none): continuation.resume(returning: value)
        case (.none, .none): preconditionFailure("a group was committed without one of its bodies")
        }
    }
}
