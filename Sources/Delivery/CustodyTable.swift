package import Store
package import Vocabulary

/// One row of what a count misses.
package struct CustodyAlarm: Hashable, Sendable {
    package let item: CustodyID
    package let code: CustodyCode
    package let dossier: DossierID
    /// Where it should be.
    package let holder: CustodyHolder
    package let since: Instant
}

/// One link of the chain of hands.
package struct CustodyStep: Hashable, Sendable {
    package let event: CustodyEvent
    package let at: Instant
    package let signer: Actor
}

/// The journal of originals, and the rows by which they are found.
package enum CustodyTable {
    /// LIMIT: originals of one dossier.
    package static let perDossierMax = 200

    package static let migration = Migration(
        "delivery.002-custody",
        tables: [
            Table(
                "custody_by_code", .distributed(by: "code"),
                columns: "code TEXT NOT NULL PRIMARY KEY, item BYTEA NOT NULL"),
            Table(
                "custody_by_holder", .distributed(by: "holder"),
                columns: "holder TEXT NOT NULL, item BYTEA NOT NULL, PRIMARY KEY (holder, item)"),
            Table(
                "custody_by_dossier", .distributed(by: "dossier"),
                columns: "dossier BYTEA NOT NULL, item BYTEA NOT NULL, PRIMARY KEY (dossier, item)"),
            Table(
                "custody_alarm", .distributed(by: "item"),
                columns: """
                    item BYTEA NOT NULL PRIMARY KEY, code TEXT NOT NULL, dossier BYTEA NOT NULL, holder TEXT NOT NULL,
                    since BIGINT NOT NULL
                    """,
                indexes: ["custody_alarm_by_age ON custody_alarm (since, item)"]),
        ])

    /// Writes a new original and answers it.
    package static func receive(
        _ draft: CustodyDraft, as id: CustodyID, stamp: Stamp, in tx: Transaction
    ) throws -> CustodyItem {
        try begin(try CustodyRules.receive(draft), of: draft, as: id, stamp: stamp, in: tx)
    }

    /// Writes the label that an applicant makes for an original at home and answers it.
    package static func label(
        _ draft: CustodyDraft, as id: CustodyID, stamp: Stamp, in tx: Transaction
    ) throws -> CustodyItem {
        try begin(try CustodyRules.label(draft), of: draft, as: id, stamp: stamp, in: tx)
    }

    private static func begin(
        _ event: CustodyEvent, of draft: CustodyDraft, as id: CustodyID, stamp: Stamp, in tx: Transaction
    ) throws -> CustodyItem {
        guard try count(of: draft.dossier, in: tx) < perDossierMax else { throw CustodyRefusal.tooMany }
        try Journal.append([event], to: id.subject, after: 0, stamp: stamp, in: tx)
        try tx.execute("INSERT INTO custody_by_code (code, item) VALUES (\(draft.code.text), \(id))")
        try tx.execute("INSERT INTO custody_by_dossier (dossier, item) VALUES (\(draft.dossier), \(id))")
        try arrive(id, at: draft.holder, in: tx)
        return try CustodyItem(id, event, at: stamp.now, by: stamp.actor)
    }

    /// Writes what happened to an original and answers it as it stands then.
    package static func append(
        _ events: [CustodyEvent], to item: CustodyItem, stamp: Stamp, in tx: Transaction
    ) throws -> CustodyItem {
        guard !events.isEmpty else { return item }
        var after = item
        for event in events { try after.apply(event, at: stamp.now, by: stamp.actor) }
        try Journal.append(events, to: item.id.subject, after: item.sequence, stamp: stamp, in: tx)
        if after.holder != item.holder {
            try tx.execute("DELETE FROM custody_by_holder WHERE holder = \(item.holder) AND item = \(item.id)")
            try arrive(item.id, at: after.holder, in: tx)
        }
        if item.missingSince == nil, let since = after.missingSince {
            try tx.execute(
                """
                INSERT INTO custody_alarm (item, code, dossier, holder, since)
                VALUES (\(item.id), \(item.code.text), \(item.received.dossier), \(after.holder), \(since))
                """)
        } else if item.missingSince != nil, after.missingSince == nil {
            try tx.execute("DELETE FROM custody_alarm WHERE item = \(item.id)")
        }
        return after
    }

    /// Does what somebody wants with an original and answers it.
    package static func perform(
        _ command: CustodyRules.Command, on item: CustodyItem, stamp: Stamp, in tx: Transaction
    ) throws -> CustodyItem {
        try append(try CustodyRules.decide(command, on: item), to: item, stamp: stamp, in: tx)
    }

    /// The original behind a label; nil when there is none.
    package static func find(_ code: CustodyCode, in tx: Transaction) throws -> CustodyItem? {
        try tx.row("SELECT item FROM custody_by_code WHERE code = \(code.text)").map { try load(try $0.id(0), in: tx) }
    }

    /// The original as the fold of its events; refuses an id that nobody has.
    package static func load(_ id: CustodyID, in tx: Transaction) throws -> CustodyItem {
        let entries = try Journal.entries(of: id.subject, in: tx)
        guard let first = entries.first, CustodyEvent.firstKinds.contains(first.kind),
            let item = try CustodyItem.folded(id, entries)
        else { throw CustodyRefusal.notFound }
        return item
    }

    /// What happened to an original, in order: each with when, and who signed.
    package static func history(of id: CustodyID, in tx: Transaction) throws -> [CustodyStep] {
        try Journal.entries(of: id.subject, in: tx).map {
            CustodyStep(event: try CustodyEvent($0), at: $0.at, signer: $0.actor)
        }
    }

    /// What a holder has in hand, the oldest first. Refuses more than `CustodyCount.itemsMax`.
    package static func items(at holder: CustodyHolder, in tx: Transaction) throws -> [CustodyItem] {
        let rows = try tx.rows(
            """
            SELECT item FROM custody_by_holder WHERE holder = \(holder)
            ORDER BY item LIMIT \(CustodyCount.itemsMax + 1)
            """)
        guard rows.count <= CustodyCount.itemsMax else { throw CustodyRefusal.tooMany }
        return try rows.map { try load(try $0.id(0), in: tx) }
    }

    /// The originals of a dossier, the oldest first: where each is now.
    package static func items(of dossier: DossierID, in tx: Transaction) throws -> [CustodyItem] {
        try tx.rows(
            "SELECT item FROM custody_by_dossier WHERE dossier = \(dossier) ORDER BY item LIMIT \(perDossierMax)"
        ).map { try load(try $0.id(0), in: tx) }
    }

    private static func count(of dossier: DossierID, in tx: Transaction) throws -> Int {
        try tx.row("SELECT COUNT(*) FROM custody_by_dossier WHERE dossier = \(dossier)")?.integer(0) ?? 0
    }

    /// What counts miss, the longest missing first.
    package static func alarms(limit: Int = Limits.pageRowsMax, in tx: Transaction) throws -> [CustodyAlarm] {
        try tx.rows(
            """
            SELECT item, code, dossier, holder, since FROM custody_alarm ORDER BY since, item LIMIT \(limit)
            """
        ).map { row in
            CustodyAlarm(
                item: try row.id(0), code: try row.value(1) { CustodyCode($0) }, dossier: try row.id(2),
                holder: try row.value(3) { CustodyHolder($0) }, since: try row.instant(4))
        }
    }
}
