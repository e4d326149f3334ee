package import Store
package import Vocabulary

/// Who delivers a subscription. One process does at a time: it holds a lease, and whatever it writes names the lease's
/// number, so that one that was away for too long writes nothing more.
package struct LaneLease: Hashable, Sendable {
    /// A holder that has written nothing for so long has lost its subscription to another.
    package static let seconds: Int64 = 30

    package let subscription: SubscriptionID
    let holder: String
    let fence: Int
}

/// Another process has the subscription, or nobody wants it any more.
struct LaneLost: Error {}

/// How lanes take and keep subscriptions.
package enum LaneTable {
    /// Which subscriptions are to be delivered and have nobody who does.
    package static func free(now: Instant, in tx: Transaction) throws -> [SubscriptionID] {
        try tx.rows(
            """
            SELECT id FROM subscription WHERE state = 'active' AND lease_until <= \(now)
            ORDER BY id LIMIT \(Subscription.perHouseMax)
            """
        ).map { try $0.id(0) }
    }

    /// Takes one; nil when somebody else was first.
    package static func take(
        _ id: SubscriptionID, by holder: String, now: Instant, in tx: Transaction
    ) throws -> LaneLease? {
        let row = try tx.row("SELECT fence FROM subscription WHERE id = \(id) AND lease_until <= \(now)")
        guard let fence = try row?.integer(0) else { return nil }
        let taken = try tx.changes(
            """
            UPDATE subscription SET holder = \(holder), fence = \(fence + 1),
                lease_until = \(now.advanced(bySeconds: LaneLease.seconds))
            WHERE id = \(id) AND fence = \(fence) AND lease_until <= \(now)
            """)
        return taken == 1 ? LaneLease(subscription: id, holder: holder, fence: fence + 1) : nil
    }

    /// Gives it back, so that the next need not wait.
    package static func release(_ lease: LaneLease, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE subscription SET lease_until = 0
            WHERE id = \(lease.subscription) AND holder = \(lease.holder) AND fence = \(lease.fence)
            """)
    }

    /// Writes where a subscription stands and keeps the lease.
    static func save(_ standing: Subscription, _ lease: LaneLease, now: Instant, in tx: Transaction) throws {
        let changed = try tx.changes(
            """
            UPDATE subscription SET cursor = \(standing.cursor.next), state = \(standing.state.rawValue),
                failures = \(standing.failures), failing_since = \(standing.failingSince),
                paused_until = \(standing.pausedUntil), last_at = \(standing.last?.at),
                last_name = \(standing.last?.name), last_status = \(standing.last?.status),
                lease_until = \(now.advanced(bySeconds: LaneLease.seconds))
            WHERE id = \(lease.subscription) AND holder = \(lease.holder) AND fence = \(lease.fence)
                AND state = 'active'
            """)
        guard changed == 1 else { throw LaneLost() }
    }

    /// Keeps the lease and writes nothing else.
    static func keep(_ lease: LaneLease, now: Instant, in tx: Transaction) throws {
        let changed = try tx.changes(
            """
            UPDATE subscription SET lease_until = \(now.advanced(bySeconds: LaneLease.seconds))
            WHERE id = \(lease.subscription) AND holder = \(lease.holder) AND fence = \(lease.fence)
                AND state = 'active'
            """)
        guard changed == 1 else { throw LaneLost() }
    }
}
