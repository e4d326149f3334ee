package import Store
import Synchronization
package import Vocabulary

/// Lets the n-th fault point of an armed stretch fail, and counts the points.
package final class FaultSwitch: Sendable {
    private struct State {
        var target: Int?
        var passed = 0
        var struck: FaultPlan.Point?
    }

    private let state = Mutex(State())

    package init() {}

    /// The plan to open a store with. It does nothing until the switch is armed.
    package var plan: FaultPlan { FaultPlan { [self] point in try pass(point) } }

    /// From now on the n-th point (from 1) fails, once.
    package func arm(at target: Int) {
        state.withLock { $0 = State(target: target) }
    }

    /// No point fails any more. Answers the point that did, if one was reached.
    @discardableResult
    package func disarm() -> FaultPlan.Point? {
        state.withLock { state in
            state.target = nil
            return state.struck
        }
    }

    private func pass(_ point: FaultPlan.Point) throws {
        let fails = state.withLock { state in
            guard let target = state.target else { return false }
            state.passed += 1
            guard state.passed == target else { return false }
            state.struck = point
            return true
        }
        guard fails else { return }
        switch point {
        case .statement, .afterCommit: throw Fault.unavailable("planned")
        case .beforeCommit: throw Fault.storageFull
        }
    }
}

/// One run of a fault loop.
package struct FaultRun: Sendable {
    /// Which fault point fails in this run, from 1; a path makes subjects of its own from it.
    package let number: Int
    /// 0 for the run that may be struck, 1 for the recovery after it.
    package let attempt: Int

    /// A time for this run, ten minutes later in the recovery, so that leases have ended.
    package var now: Instant {
        Instant(milliseconds: 1_790_000_000_000 + Int64(number) * 3_600_000 + Int64(attempt) * 600_000)
    }
}

/// A path that did not recover from a fault, or hid it behind another error.
package struct FaultLoopFailure: Error, CustomStringConvertible {
    package let description: String
}

extension StoreUnderTest {
    /// Runs the path with its 1st, 2nd, 3rd … fault point failing (before a statement, before a commit, after a
    /// commit), until a run completes whole. After each fault the same path is run again without one and must
    /// succeed. `holds` asserts what must be true at every such moment. Answers how many runs there were, the whole
    /// one included.
    ///
    /// The store is one for all runs; a path takes its subjects from `run.number` and its time from `run.now`.
    @discardableResult
    package func faultLoop(
        _ migrations: [Migration] = [], runsMax: Int = 1000,
        path: (any Store, FaultRun) async throws -> Void,
        holds: (any Store, FaultRun) async throws -> Void
    ) async throws -> Int {
        let faults = FaultSwitch()
        var runs = 0
        try await use(migrations, faults: faults.plan) { store in
            var isWhole = false
            while !isWhole {
                runs += 1
                guard runs <= runsMax else {
                    throw FaultLoopFailure(description: "still no whole run after \(runsMax)")
                }
                let run = FaultRun(number: runs, attempt: 0)
                faults.arm(at: runs)
                var failure: (any Error)?
                do { try await path(store, run) } catch { failure = error }
                isWhole = faults.disarm() == nil
                if let failure, isWhole || !(failure is Fault) { throw failure }
                try await holds(store, run)
                if isWhole { break }
                let recovery = FaultRun(number: runs, attempt: 1)
                try await path(store, recovery)
                try await holds(store, recovery)
            }
        }
        return runs
    }
}
