import Store
import Vocabulary

/// Gives every subscription that has nobody a lane in this process, until the task is cancelled.
package struct EventDelivery: Sendable {
    /// How often subscriptions without a lane are looked for.
    private static let roundAfter = Duration.seconds(1)

    private let house: LaneHouse
    private let holder: String
    private let say: @Sendable (String) -> Void

    /// `holder` names this process; `say` is told of faults.
    package init(_ house: LaneHouse, holder: String, say: @escaping @Sendable (String) -> Void) {
        (self.house, self.holder, self.say) = (house, holder, say)
    }

    /// Runs lanes; `onRound` is told of each look that went well.
    ///
    /// LIMIT: `Subscription.perHouseMax` lanes.
    package func run(onRound: @escaping @Sendable () -> Void = {}) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            while !Task.isCancelled {
                do {
                    for lease in try await leases() { group.addTask { await run(lease) } }
                    onRound()
                } catch let fault as Fault where fault.isRetryable {
                    say("exchange: \(fault)")
                }
                try await Task.sleep(for: Self.roundAfter)
            }
        }
    }

    private func leases() async throws -> [LaneLease] {
        let now = house.time.now()
        let free = try await house.store.read { tx in try LaneTable.free(now: now, in: tx) }
        var leases: [LaneLease] = []
        for id in free {
            let lease = try await house.store.write { [holder] tx in
                try LaneTable.take(id, by: holder, now: now, in: tx)
            }
            if let lease { leases.append(lease) }
        }
        return leases
    }

    private func run(_ lease: LaneLease) async {
        do {
            try await Lane(lease, in: house).run()
        } catch is CancellationError {
        } catch {
            say("exchange: \(lease.subscription): \(error)")
        }
        // Cancelled or not, the next need not wait for the lease to run out; a store that does not answer is not asked
        // again.
        let store = house.store
        await Task {
            do { try await store.write { tx in try LaneTable.release(lease, in: tx) } } catch { return }
        }.value
    }
}
