package import Store
import Vocabulary

/// The events that are held for a subscription: their places in the journal, not what they say.
package enum HeldTable {
    /// LIMIT: held events that are tried again in one round of a lane.
    static let dueMax = 64
    /// LIMIT: dead letters on one page.
    package static let pageMax = 50

    static let table = Table(
        "subscription_event", .distributed(by: "subscription"),
        columns: """
            subscription BYTEA NOT NULL, position BIGINT NOT NULL, dossier BYTEA NOT NULL, event TEXT NOT NULL,
            kind TEXT NOT NULL, tries BIGINT NOT NULL, state TEXT NOT NULL, due BIGINT NOT NULL, last_at BIGINT,
            last_name TEXT, last_status BIGINT, PRIMARY KEY (subscription, position)
            """,
        indexes: [
            "subscription_event_by_due ON subscription_event (subscription, state, due, position)",
            "subscription_event_by_dossier ON subscription_event (subscription, dossier, position)",
        ])

    private static let columns: StaticString =
        "subscription, position, dossier, event, kind, tries, state, last_at, last_name, last_status"

    /// What is to be tried now, the longest due first.
    static func due(of id: SubscriptionID, now: Instant, in tx: Transaction) throws -> [HeldEvent] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM subscription_event
            WHERE subscription = \(id) AND state IN ('waiting', 'again') AND due <= \(now)
            ORDER BY due, position LIMIT \(dueMax)
            """
        ).map(HeldEvent.init)
    }

    /// The dossiers that wait for one of their events to be taken.
    static func dossiers(of id: SubscriptionID, in tx: Transaction) throws -> [DossierID] {
        try tx.rows(
            """
            SELECT DISTINCT dossier FROM subscription_event WHERE subscription = \(id) AND state = 'waiting'
            ORDER BY dossier LIMIT \(DeliveryTerms.usual.heldMax)
            """
        ).map { try $0.id(0) }
    }

    /// How many are held of a subscription: those that wait or are tried again, and the dead.
    package static func counts(of id: SubscriptionID, in tx: Transaction) throws -> (waiting: Int, dead: Int) {
        let row = try tx.row(
            """
            SELECT COALESCE(SUM(CASE WHEN state = 'dead' THEN 0 ELSE 1 END), 0),
                COALESCE(SUM(CASE WHEN state = 'dead' THEN 1 ELSE 0 END), 0)
            FROM subscription_event WHERE subscription = \(id)
            """)
        return (try row?.integer(0) ?? 0, try row?.integer(1) ?? 0)
    }

    /// One page of the dead letters of a subscription, in the order of the journal, after one of them.
    package static func dead(
        of id: SubscriptionID, after position: Int = -1, limit: Int = pageMax, in tx: Transaction
    ) throws -> [HeldEvent] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM subscription_event
            WHERE subscription = \(id) AND state = 'dead' AND position > \(position)
            ORDER BY position LIMIT \(limit)
            """
        ).map(HeldEvent.init)
    }

    /// Lets a dead letter be tried once more. Refuses what is none.
    package static func again(_ id: SubscriptionID, _ position: Int, stamp: Stamp, in tx: Transaction) throws {
        let changed = try tx.changes(
            """
            UPDATE subscription_event SET state = 'again', due = \(stamp.now)
            WHERE subscription = \(id) AND position = \(position) AND state = 'dead'
            """)
        guard changed == 1,
            let event = try tx.row(
                "SELECT event FROM subscription_event WHERE subscription = \(id) AND position = \(position)")?.text(0)
        else { throw ExchangeRefusal.eventNotHeld }
        try ExchangeEntry.redelivered.write(of: id, ExchangeEntry.Event(event: event), stamp: stamp, in: tx)
    }

    /// Holds an event.
    static func hold(
        _ event: OutgoingEvent, for id: SubscriptionID, tries: Int, due: Instant, last: Subscription.Last?,
        in tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO subscription_event (subscription, position, dossier, event, kind, tries, state, due, last_at,
                last_name, last_status)
            VALUES (\(id), \(event.position), \(event.dossier), \(event.id), \(event.kind), \(tries), 'waiting',
                \(due), \(last?.at), \(last?.name), \(last?.status))
            ON CONFLICT (subscription, position) DO NOTHING
            """)
    }

    /// Writes down that a held event was tried in vain.
    static func tried(
        _ held: HeldEvent, _ state: HeldEvent.State, due: Instant, last: Subscription.Last, in tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE subscription_event SET tries = tries + 1, state = \(state.rawValue), due = \(due),
                last_at = \(last.at), last_name = \(last.name), last_status = \(last.status)
            WHERE subscription = \(held.subscription) AND position = \(held.position)
            """)
    }

    /// Lets go of a held event.
    static func release(_ held: HeldEvent, in tx: Transaction) throws {
        try tx.execute(
            """
            DELETE FROM subscription_event
            WHERE subscription = \(held.subscription) AND position = \(held.position)
            """)
    }

    /// The first that waits of a dossier is due now, if it waited for one before it. False when none waits.
    static func advance(_ dossier: DossierID, of id: SubscriptionID, now: Instant, in tx: Transaction) throws -> Bool {
        let row = try tx.row(
            """
            SELECT position, due FROM subscription_event
            WHERE subscription = \(id) AND dossier = \(dossier) AND state = 'waiting'
            ORDER BY position LIMIT 1
            """)
        guard let row else { return false }
        if try row.instant(1) == HeldEvent.behind {
            try tx.execute(
                """
                UPDATE subscription_event SET due = \(now)
                WHERE subscription = \(id) AND position = \(try row.integer(0))
                """)
        }
        return true
    }
}

extension HeldEvent {
    init(_ row: Row) throws {
        (subscription, position, dossier) = (try row.id(0), try row.integer(1), try row.id(2))
        (event, kind, tries) = (try row.text(3), try row.text(4), try row.integer(5))
        state = try row.value(6, State.init)
        last = try Subscription.Last(
            at: row.optionalInstant(7), name: row.optionalText(8), status: row.optionalInteger(9))
    }
}
