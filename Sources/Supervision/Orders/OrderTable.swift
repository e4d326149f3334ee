package import Store
package import Vocabulary

/// One line of a list of orders.
package struct OrderLine: Hashable, Sendable {
    package let id: OrderID
    package let matter: SupervisedCase
    package let number: String
    /// Nil for an order about a case as a whole.
    package let rule: FindingRule?
    package let stage: SupervisionOrder.Stage.Name
    package let due: CivilDate
    /// How often it has gone up.
    package let escalations: Int
    package let issuedAt: Instant

    /// Not answered in time.
    package var isRed: Bool { stage == .open && escalations > 0 }
    /// Where the page after this line begins.
    package var cursor: OrderTable.Cursor { OrderTable.Cursor(due: due, id: id) }
}

extension SupervisionOrder {
    /// The order as a line of a list.
    package var line: OrderLine {
        OrderLine(
            id: id, matter: issued.matter, number: issued.number, rule: issued.rule, stage: stage.name, due: due,
            escalations: escalations, issuedAt: issuedAt)
    }
}

/// The journal of supervision orders, and the rows by which they are found.
package enum OrderTable {
    static let migration = Migration(
        "supervision.011-order",
        tables: [
            Table(
                "supervision_order", .distributed(by: "id"),
                columns: """
                    id BYTEA NOT NULL PRIMARY KEY, dossier BYTEA NOT NULL, number TEXT NOT NULL, item TEXT NOT NULL,
                    catalog_code TEXT NOT NULL, body TEXT NOT NULL, region TEXT NOT NULL, rule TEXT,
                    order_number TEXT NOT NULL, stage TEXT NOT NULL, due BIGINT NOT NULL, escalations BIGINT NOT NULL,
                    issued_at BIGINT NOT NULL, next_wake BIGINT
                    """,
                indexes: ["supervision_order_by_stage ON supervision_order (stage, due, id)"]),
            Table(
                "supervision_order_by_dossier", .distributed(by: "dossier"),
                columns: "dossier BYTEA NOT NULL, id BYTEA NOT NULL, PRIMARY KEY (dossier, id)"),
        ],
        statements: [
            """
            CREATE INDEX supervision_order_by_wake ON supervision_order (next_wake, id) WHERE next_wake IS NOT NULL
            """
        ])

    /// No two orders about one case bear one number: of two that are issued at once one is replayed, and then finds the
    /// other. Those of before that do keep theirs; here they have their places in the order of their ids.
    static let ordinalMigration = Migration(
        "supervision.061-order-ordinal",
        statements: [
            "ALTER TABLE supervision_order_by_dossier ADD COLUMN ordinal BIGINT NOT NULL DEFAULT 0",
            """
            UPDATE supervision_order_by_dossier SET ordinal = (
                SELECT COUNT(*) FROM supervision_order_by_dossier o
                WHERE o.dossier = supervision_order_by_dossier.dossier AND o.id <= supervision_order_by_dossier.id)
            """,
            """
            CREATE UNIQUE INDEX supervision_order_by_ordinal ON supervision_order_by_dossier (dossier, ordinal)
            """,
        ])

    /// LIMIT: orders that a count looks at.
    package static let countedMax = 1000

    private static let columns: StaticString = """
        id, dossier, number, item, catalog_code, body, region, rule, order_number, stage, due, escalations, issued_at
        """

    /// Writes a new order and answers it.
    package static func issue(
        _ event: OrderEvent, as id: OrderID, _ rules: OrderRules, stamp: Stamp, in tx: Transaction
    ) throws -> SupervisionOrder {
        let order = try SupervisionOrder(id, event, at: stamp.now, by: stamp.actor)
        let matter = order.issued.matter
        guard let ordinal = order.issued.ordinal else { throw Fault.corrupt("order \(id) has no number of its case") }
        try Journal.append([event], to: id.subject, after: 0, stamp: stamp, in: tx)
        try tx.execute(
            """
            INSERT INTO supervision_order (\(raw: columns), next_wake)
            VALUES (\(id), \(matter.dossier), \(matter.number), \(matter.item), \(matter.catalogCode), \(matter.body),
                \(matter.region), \(order.issued.rule?.rawValue), \(order.issued.number),
                \(order.stage.name.rawValue), \(order.due), \(order.escalations), \(stamp.now),
                \(rules.nextWake(of: order)))
            """)
        try tx.execute(
            """
            INSERT INTO supervision_order_by_dossier (dossier, id, ordinal)
            VALUES (\(matter.dossier), \(id), \(ordinal))
            """)
        return order
    }

    /// Writes what happened to an order and answers it as it stands then.
    package static func append(
        _ events: [OrderEvent], to order: SupervisionOrder, _ rules: OrderRules, stamp: Stamp, in tx: Transaction
    ) throws -> SupervisionOrder {
        guard !events.isEmpty else { return order }
        let after = try order.after(events, at: stamp.now)
        try Journal.append(events, to: order.id.subject, after: order.sequence, stamp: stamp, in: tx)
        try tx.execute(
            """
            UPDATE supervision_order SET stage = \(after.stage.name.rawValue), due = \(after.due),
                escalations = \(after.escalations), next_wake = \(rules.nextWake(of: after))
            WHERE id = \(order.id)
            """)
        return after
    }

    /// The order as the fold of its events; refuses an id that nobody has.
    package static func load(_ id: OrderID, in tx: Transaction) throws -> SupervisionOrder {
        let entries = try Journal.entries(of: id.subject, in: tx)
        // An address may name anything that the journal is about.
        guard entries.first?.kind == OrderEvent.firstKind, let order = try SupervisionOrder.folded(id, entries) else {
            throw OrderRefusal.notFound
        }
        return order
    }

    /// One thing that happened to an order.
    package struct Step: Hashable, Sendable {
        package let event: OrderEvent
        package let at: Instant
        package let actor: Actor
    }

    /// Everything that happened to it, in order.
    package static func history(of id: OrderID, in tx: Transaction) throws -> [Step] {
        try Journal.entries(of: id.subject, in: tx).map {
            Step(event: try OrderEvent($0), at: $0.at, actor: $0.actor)
        }
    }

    /// The orders about a case, the oldest first.
    package static func of(_ dossier: DossierID, in tx: Transaction) throws -> [SupervisionOrder] {
        try tx.rows(
            """
            SELECT id FROM supervision_order_by_dossier WHERE dossier = \(dossier)
            ORDER BY id LIMIT \(OrderRules.perCaseMax)
            """
        ).map { try load(try $0.id(0), in: tx) }
    }

    /// Where a page begins: after the last line of the page before.
    package struct Cursor: Hashable, Sendable, Comparable {
        package let due: CivilDate
        package let id: OrderID

        package init(due: CivilDate, id: OrderID) { (self.due, self.id) = (due, id) }

        package static func < (left: Cursor, right: Cursor) -> Bool { (left.due, left.id) < (right.due, right.id) }

        static let first = Cursor(
            due: CivilDate(daysSinceEpoch: -1_000_000), id: OrderID(Subject(high: 0, low: 0)))
    }

    /// Those at a stage within a part of the city's business, the longest due first.
    package static func lines(
        _ stage: SupervisionOrder.Stage.Name, in part: SupervisedPart, after cursor: Cursor? = nil,
        limit: Int = Limits.pageRowsMax, tx: Transaction
    ) throws -> [OrderLine] {
        let first = cursor ?? .first
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM supervision_order WHERE stage = \(stage.rawValue)
                AND (due, id) > (\(first.due), \(first.id)) AND \(part: part.condition)
            ORDER BY due, id LIMIT \(limit)
            """
        ).map(line)
    }

    /// How many stand at a stage within a part, and how many of them have gone up; a count stops at `countedMax`.
    package static func counts(
        _ stage: SupervisionOrder.Stage.Name, in part: SupervisedPart, tx: Transaction
    ) throws -> (all: Int, red: Int) {
        let row = try tx.row(
            """
            SELECT COUNT(*), COALESCE(SUM(CASE WHEN escalations > 0 THEN 1 ELSE 0 END), 0) FROM
                (SELECT escalations FROM supervision_order WHERE stage = \(stage.rawValue)
                    AND \(part: part.condition) ORDER BY due, id LIMIT \(countedMax)) AS counted
            """)
        return (try row?.integer(0) ?? 0, try row?.integer(1) ?? 0)
    }

    /// Orders to which time does something by now, the longest due first.
    package static func due(by now: Instant, limit: Int, in tx: Transaction) throws -> [OrderID] {
        try tx.rows(
            """
            SELECT id FROM supervision_order WHERE next_wake <= \(now) ORDER BY next_wake, id LIMIT \(limit)
            """
        ).map { try $0.id(0) }
    }

    private static func line(_ row: Row) throws -> OrderLine {
        let rule = try row.optionalText(7)
        return OrderLine(
            id: try row.id(0),
            matter: SupervisedCase(
                try row.id(1), number: try row.text(2), item: (try row.text(3), try row.text(4)),
                body: try row.value(5, CreditCode.init), region: try row.value(6, Region.init)),
            number: try row.text(8), rule: rule == nil ? nil : try row.value(7, FindingRule.init),
            stage: try row.value(9, SupervisionOrder.Stage.Name.init), due: try row.day(10),
            escalations: try row.integer(11), issuedAt: try row.instant(12))
    }
}
