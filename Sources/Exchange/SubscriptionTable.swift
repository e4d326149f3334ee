package import Store
package import Vocabulary

/// The subscriptions and where each stands.
package enum SubscriptionTable {
    static let migration = Migration(
        "exchange.001-subscription",
        tables: [
            Table(
                "subscription", .distributed(by: "id"),
                columns: """
                    id BYTEA NOT NULL PRIMARY KEY, partner BYTEA NOT NULL, url TEXT NOT NULL, kinds TEXT NOT NULL,
                    created_at BIGINT NOT NULL, edition BIGINT NOT NULL, renewed_at BIGINT, state TEXT NOT NULL,
                    cursor BIGINT NOT NULL, failures BIGINT NOT NULL, failing_since BIGINT, paused_until BIGINT,
                    last_at BIGINT, last_name TEXT, last_status BIGINT, holder TEXT NOT NULL, fence BIGINT NOT NULL,
                    lease_until BIGINT NOT NULL
                    """),
            Table(
                "subscription_by_partner", .distributed(by: "partner"),
                columns: """
                    partner BYTEA NOT NULL, url TEXT NOT NULL, subscription BYTEA NOT NULL,
                    PRIMARY KEY (partner, url)
                    """),
            HeldTable.table,
        ])

    static let columns: StaticString = """
        id, partner, url, kinds, created_at, edition, renewed_at, state, cursor, failures, failing_since, paused_until,
        last_at, last_name, last_status, way
        """

    /// A subscription that was there before is a webhook.
    static let ways = Migration(
        "exchange.002-links",
        tables: [SentRecordTable.table, ReceivedRecordTable.table, LinkTable.table] + ReconciliationTable.tables,
        statements: ["ALTER TABLE subscription ADD COLUMN way TEXT NOT NULL DEFAULT 'webhook'"])

    /// Writes a new one. Refuses one too many, of the partner and of the house, and a second one to the same address.
    package static func add(_ subscription: Subscription, stamp: Stamp, in tx: Transaction) throws {
        let partner = subscription.partner
        let (own, all) = (
            try count("SELECT COUNT(*) FROM subscription_by_partner WHERE partner = \(partner)", in: tx),
            try count("SELECT COUNT(*) FROM subscription", in: tx)
        )
        let isNew = try tx.changes(
            """
            INSERT INTO subscription_by_partner (partner, url, subscription)
            VALUES (\(partner), \(subscription.address.description), \(subscription.id))
            ON CONFLICT (partner, url) DO NOTHING
            """)
        guard isNew == 1 else { throw ExchangeRefusal.addressTaken }
        guard own < Subscription.perPartnerMax else { throw ExchangeRefusal.tooMany }
        guard all < Subscription.perHouseMax else { throw ExchangeRefusal.houseFull }
        try tx.execute(
            """
            INSERT INTO subscription (id, partner, url, kinds, created_at, edition, state, cursor, failures, holder,
                fence, lease_until, way)
            VALUES (\(subscription.id), \(partner), \(subscription.address.description),
                \(subscription.kinds.description), \(subscription.createdAt), \(subscription.edition),
                \(subscription.state.rawValue), \(subscription.cursor.next), 0, '', 0, 0,
                \(subscription.way.rawValue))
            """)
        try ExchangeEntry.added.write(
            of: subscription.id,
            ExchangeEntry.Added(
                kinds: subscription.kinds.patterns, partner: partner,
                way: subscription.way.carriesRecords ? subscription.way.rawValue : nil),
            personal: ExchangeEntry.Address(url: subscription.address.description), stamp: stamp, in: tx)
    }

    /// The subscription; nil when there is none.
    package static func read(_ id: SubscriptionID, in tx: Transaction) throws -> Subscription? {
        try tx.row("SELECT \(raw: columns) FROM subscription WHERE id = \(id)").map(Subscription.init)
    }

    /// Those of a partner, the oldest first.
    package static func of(_ partner: PartnerID, in tx: Transaction) throws -> [Subscription] {
        let ids: [SubscriptionID] = try tx.rows(
            """
            SELECT subscription FROM subscription_by_partner WHERE partner = \(partner)
            ORDER BY subscription LIMIT \(Subscription.perPartnerMax)
            """
        ).map { try $0.id(0) }
        return try ids.compactMap { try read($0, in: tx) }
    }

    /// All of them, the oldest first.
    package static func all(in tx: Transaction) throws -> [Subscription] {
        try tx.rows(
            "SELECT \(raw: columns) FROM subscription ORDER BY id LIMIT \(Subscription.perHouseMax)"
        ).map(Subscription.init)
    }

    /// Gives it its next secret. Refuses one that ended.
    package static func renew(_ subscription: Subscription, stamp: Stamp, in tx: Transaction) throws -> Subscription {
        let changed = try tx.changes(
            """
            UPDATE subscription SET edition = \(subscription.edition + 1), renewed_at = \(stamp.now)
            WHERE id = \(subscription.id) AND edition = \(subscription.edition) AND state <> 'ended'
            """)
        guard changed == 1, let renewed = try read(subscription.id, in: tx) else { throw ExchangeRefusal.ended }
        try ExchangeEntry.secretRenewed.write(
            of: renewed.id, ExchangeEntry.Edition(edition: renewed.edition), stamp: stamp, in: tx)
        return renewed
    }

    /// Lets the receiver be tried at once. Refuses one that ended.
    package static func wake(_ id: SubscriptionID, stamp: Stamp, in tx: Transaction) throws {
        let changed = try tx.changes(
            """
            UPDATE subscription SET state = 'active', failures = 0, failing_since = NULL, paused_until = NULL
            WHERE id = \(id) AND state <> 'ended'
            """)
        guard changed == 1 else { throw ExchangeRefusal.ended }
        try ExchangeEntry.woken.write(of: id, ExchangeEntry.Nothing(), stamp: stamp, in: tx)
    }

    /// Takes it away with everything that is held for it.
    package static func remove(_ subscription: Subscription, stamp: Stamp, in tx: Transaction) throws {
        try tx.execute("DELETE FROM subscription WHERE id = \(subscription.id)")
        try tx.execute(
            """
            DELETE FROM subscription_by_partner
            WHERE partner = \(subscription.partner) AND url = \(subscription.address.description)
            """)
        try tx.execute("DELETE FROM subscription_event WHERE subscription = \(subscription.id)")
        try LinkTable.remove(subscription.id, in: tx)
        try ExchangeEntry.removed.write(of: subscription.id, ExchangeEntry.Nothing(), stamp: stamp, in: tx)
    }

    private static func count(_ statement: SQL, in tx: Transaction) throws -> Int {
        try tx.row(statement)?.integer(0) ?? 0
    }
}

extension Subscription {
    init(_ row: Row) throws {
        self.init(
            try row.id(0), of: try row.id(1),
            to: (ReceiverAddress(known: try row.text(2)), try row.value(15, LinkWay.init)),
            kinds: try row.value(3, Self.kinds), since: try row.instant(4),
            secret: (try row.integer(5), try row.optionalInstant(6)), try row.value(7, State.init),
            at: EventCursor(next: try row.integer(8)), failures: try row.integer(9))
        (failingSince, pausedUntil) = (try row.optionalInstant(10), try row.optionalInstant(11))
        last = try Last(at: row.optionalInstant(12), name: row.optionalText(13), status: row.optionalInteger(14))
    }

    private static func kinds(_ text: String) -> EventKinds? {
        do { return try EventKinds(text) } catch { return nil }
    }
}

extension Subscription.Last {
    /// Nil where nothing was said.
    init?(at: Instant?, name: String?, status: Int?) {
        guard let at, let name else { return nil }
        self.init(at: at, name: name, status: status)
    }
}

/// The migrations of this room.
package enum ExchangeShape {
    package static let migrations = [SubscriptionTable.migration, SubscriptionTable.ways]
}
