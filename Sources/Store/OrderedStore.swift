import Synchronization
import Vocabulary

/// A store whose writers come in an order that does not depend on chance: what many do together is prepared at once,
/// and their bodies run one after another in the order of their places, all in one transaction.
///
/// A simulation uses it, so that the same seed writes the same rows however its threads run. As durable as the store
/// below, with one commit for many commands.
package final class OrderedStore: Store {
    /// LIMIT: works that go on together.
    package static let togetherMax = 256

    @TaskLocal private static var seat: Seat?

    private struct Seat: Sendable {
        let round: Round
        let place: Int
    }

    private let base: any Store

    package var dialect: Dialect { base.dialect }

    /// The order above another store.
    package init(above base: any Store) {
        self.base = base
    }

    /// Does all of it at once and answers what became of each, in their order. Whenever every work that has not ended
    /// waits for a write, the bodies that wait are run in the order of the works, and the works go on.
    package func together<Value: Sendable>(
        _ works: [@Sendable () async throws -> Value]
    ) async -> [Result<Value, any Error>] {
        precondition(works.count <= Self.togetherMax, "so many works at once")
        let round = Round(base, count: works.count)
        return await withTaskGroup(of: (Int, Result<Value, any Error>).self) { group in
            for (place, work) in works.enumerated() {
                group.addTask {
                    let result: Result<Value, any Error> = await Self.$seat.withValue(Seat(round: round, place: place))
                    {
                        do {
                            return .success(try await work())
                        } catch {
                            return .failure(error)
                        }
                    }
                    round.leave()
                    return (place, result)
                }
            }
            var results = [Result<Value, any Error>?](repeating: nil, count: works.count)
            for await (place, result) in group { results[place] = result }
            return results.compactMap(\.self)
        }
    }

    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        guard let seat = Self.seat else { return try await base.write(body) }
        return try await withCheckedThrowingContinuation { continuation in
            seat.round.wait(PlacedBody(body, continuation), at: seat.place)
        }
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await base.read(body)
    }

    package func copy(to path: String, migrations: [Migration]) async throws {
        try await base.copy(to: path, migrations: migrations)
    }

    package func compact() async throws { try await base.compact() }

    package func checkpoint() async throws { try await base.checkpoint() }

    package func close() async { await base.close() }
}

/// Works that go on together.
private final class Round: Sendable {
    private struct State {
        /// Works that neither have ended nor wait for a write.
        var busy: Int
        var waiting: [(place: Int, job: any PlacedJob)] = []
    }

    private let base: any Store
    private let state: Mutex<State>

    init(_ base: any Store, count: Int) {
        self.base = base
        state = Mutex(State(busy: count))
    }

    func wait(_ job: any PlacedJob, at place: Int) {
        step { $0.waiting.append((place, job)) }
    }

    func leave() {
        step { _ in }
    }

    /// One work less is busy; when none is, those that wait have their turn.
    private func step(_ change: (inout State) -> Void) {
        let due = state.withLock { state -> [any PlacedJob] in
            change(&state)
            state.busy -= 1
            guard state.busy == 0, !state.waiting.isEmpty else { return [] }
            let due = state.waiting.sorted { $0.place < $1.place }.map(\.job)
            state.waiting = []
            state.busy = due.count
            return due
        }
        guard !due.isEmpty else { return }
        let base = base
        // Detached: these writes have no place of their own.
        Task.detached {
            var failure: (any Error)?
            do {
                try await base.write { tx in for job in due { try job.run(tx) } }
            } catch {
                failure = error
            }
            for job in due { job.finish(failure) }
        }
    }
}

/// A body that has its turn in a transaction with others.
private protocol PlacedJob: AnyObject, Sendable {
    /// Runs it. A refusal is its own; what stands against the whole transaction is thrown.
    func run(_ transaction: Transaction) throws
    func finish(_ failure: (any Error)?)
}

// SAFETY: `result` is written inside one transaction at a time and read when that is over; the continuation is resumed
// once.
private final class PlacedBody<Value: Sendable>: PlacedJob, @unchecked Sendable {
    private let body: @Sendable (Transaction) throws -> Value
    private let continuation: CheckedContinuation<Value, any Error>
    private var result: Result<Value, any Error>?

    init(
        _ body: @escaping @Sendable (Transaction) throws -> Value, _ continuation: CheckedContinuation<Value, any Error>
    ) {
        (self.body, self.continuation) = (body, continuation)
    }

    func run(_ transaction: Transaction) throws {
        do {
            result = .success(try transaction.part(body))
        } catch {
            if error is WriteConflict || error is CounterLost || error is Fault { throw error }
            result = .failure(error)
        }
    }

    func finish(_ failure: (any Error)?) {
        switch (failure, result) {
        case (.some(let failure), _): continuation.resume(throwing: failure)
        case (.none, .some(let result)): continuation.resume(with: result)
        case (.none, .none): preconditionFailure("a transaction was committed without one of its bodies")
        }
    }
}
