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
        let event = try CustodyRules.receive(draft)
        guard try count(of: draft.dossier, in: tx) < perDossierMax else { throw CustodyRefusal.tooMany }
        try Journal.append([event], to: id.subject, after: 0, stamp: stamp, in: tx)
        try tx.execute("INSERT INTO custody_by_code (code, item) VALUES (\(draft.code.text), \(id))")
        try tx.execute("INSERT INTO custody_by_dossier (dossier, item) VALUES (\(draft.dossier), \(id))")
        try tx.execute("INSERT INTO custody_by_holder (holder, item) VALUES (\(draft.holder), \(id))")
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
            if !after.holder.isLast {
                try tx.execute("INSERT INTO custody_by_holder (holder, item) VALUES (\(after.holder), \(item.id))")
            }
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

    /// Compares what a holder has with the labels that were read there, writes the count down, raises an alarm for each
    /// original that is newly missing and ends that of each that was read again. `id` is a new one.
    package static func count(
        _ holder: CustodyHolder, read codes: [CustodyCode], as id: CustodyID, stamp: Stamp, in tx: Transaction
    ) throws -> CustodyCount {
        guard codes.count <= CustodyCount.itemsMax else { throw CustodyRefusal.tooMany }
        let items = try items(at: holder, in: tx)
        let here = Set(items.map(\.code))
        let strangers = Set(codes).subtracting(here).sorted()
        let elsewhere = try strangers.compactMap { code in try find(code, in: tx) }
        let count = CustodyCount(expected: items, read: codes, elsewhere: elsewhere)
        try Journal.append(
            [CustodyCountEvent(holder: holder, count: count)], to: id.subject, after: 0, stamp: stamp, in: tx)
        for item in count.missing where item.missingSince == nil {
            _ = try append([.missed(holder)], to: item, stamp: stamp, in: tx)
        }
        for item in count.found { _ = try append([.found(holder)], to: item, stamp: stamp, in: tx) }
        return count
    }

    /// The original behind a label; nil when there is none.
    package static func find(_ code: CustodyCode, in tx: Transaction) throws -> CustodyItem? {
        try tx.row("SELECT item FROM custody_by_code WHERE code = \(code.text)").map { try load(try $0.id(0), in: tx) }
    }

    /// The original as the fold of its events; refuses an id that nobody has.
    package static func load(_ id: CustodyID, in tx: Transaction) throws -> CustodyItem {
        let entries = try Journal.entries(of: id.subject, in: tx)
        guard entries.first?.kind == CustodyEvent.receivedKind, let item = try CustodyItem.folded(id, entries) else {
            throw CustodyRefusal.notFound
        }
        return item
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
