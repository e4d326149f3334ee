import Store
package import Vocabulary

extension Hall {
    /// How the house stands, for those who run it: numbers only, nothing of anybody.
    package struct Standing: Sendable, Equatable {
        /// Effects that wait or are under way.
        package let effectsWaiting: Int
        /// Effects that were tried often enough and wait for a person.
        package let effectsSpent: Int
        /// When the effect that waits longest was due; nil when none waits.
        package let effectDueSince: Instant?
        /// Entries of the journal without a place in the log.
        package let unsealed: Int
        /// Entries in the log.
        package let sealed: Int
        /// When the newest checkpoint was signed; nil before the first.
        package let checkpointAt: Instant?
    }

    /// Asks the database how the house stands; throws a `Fault` when it does not answer.
    package func standing() async throws -> Standing {
        try await store.read { tx in
            let effects = try Outbox.counts(in: tx)
            return Standing(
                effectsWaiting: effects.waiting, effectsSpent: effects.spent,
                effectDueSince: try Outbox.dueSince(in: tx),
                unsealed: try Journal.pendingCount(in: tx), sealed: try SealedLog.size(in: tx),
                checkpointAt: try SealedLog.latestCheckpoint(in: tx)?.at)
        }
    }
}
