package import Store
import Vocabulary

/// Takes effects out of the outbox and lets their handlers do them, so many at a time.
package struct EffectRunner: Sendable {
    /// LIMIT: effects in this process's hands at once.
    package static let batchMax = 64

    private let hall: Hall
    private let holder: String
    private let lanes: [Effect.Lane]
    private let onDone: @Sendable (Lease, Duration) -> Void

    /// `holder` names this process among all that take effects, and it takes those of these lanes; `onDone` is told of
    /// each effect that was done here, and how long it took.
    package init(
        hall: Hall, holder: String, lanes: [Effect.Lane] = Effect.Lane.allCases,
        onDone: @escaping @Sendable (Lease, Duration) -> Void = { _, _ in }
    ) {
        self.hall = hall
        self.holder = holder
        self.lanes = lanes
        self.onDone = onDone
    }

    /// Takes batch after batch until the task is cancelled; looks again after `idle` when there was nothing to do.
    /// `onRound` is told of each batch that went well, an empty one included.
    package func run(
        idle: Duration, limit: Int = batchMax, onRound: @Sendable () -> Void = {}
    ) async throws {
        while !Task.isCancelled {
            do {
                let count = try await runOnce(limit: limit)
                onRound()
                if count == 0 { try await Task.sleep(for: idle) }
            } catch let fault as Fault where fault.isRetryable {
                try await Task.sleep(for: Self.pauseAfterFault)
            }
        }
    }

    /// How long a runner waits when the store does not answer.
    private static let pauseAfterFault = Duration.seconds(1)

    /// Takes one batch and answers how many effects it held. Failures go back into the outbox with their reason.
    package func runOnce(limit: Int = batchMax, isOrdered: Bool = false) async throws -> Int {
        let leases = try await take(limit: limit)
        if isOrdered {
            for lease in leases { try await run(lease) }
        } else {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lease in leases { group.addTask { try await run(lease) } }
                try await group.waitForAll()
            }
        }
        return leases.count
    }

    /// Takes effects that are due into this process's hands, to be run one by one.
    package func take(limit: Int = batchMax) async throws -> [Lease] {
        let now = hall.time.now()
        return try await hall.store.write { [holder, lanes] tx in
            var taken: [Lease] = []
            for lane in lanes {
                taken += try Outbox.lease(limit: limit - taken.count, holder: holder, lane: lane, now: now, in: tx)
            }
            return taken
        }
    }

    /// Does one that was taken. A failure goes back into the outbox with its reason.
    package func run(_ lease: Lease) async throws {
        do {
            guard let handler = EffectHandlers.all[lease.effect.kind] else {
                throw Fault.misconfigured("no handler for \(lease.effect.kind)")
            }
            let start = ContinuousClock.now
            try await handler(hall, lease)
            onDone(lease, ContinuousClock.now - start)
        } catch is LeaseLost {
            // Another process has it, or has done it.
        } catch {
            let now = hall.time.now()
            let reason = (error as? any Refusal)?.code ?? "\(error)"
            _ = try await hall.store.write { tx in try Outbox.fail(lease, failure: reason, now: now, in: tx) }
        }
    }
}
