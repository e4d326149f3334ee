package import Store
package import Vocabulary

/// The items of the catalogue, their versions and the words by which they are found.
package enum ItemTable {
    package static let migrations = [
        Migration(
            "catalogue.001-item",
            tables: [
                Table(
                    "item", .reference,
                    columns: """
                        code TEXT NOT NULL PRIMARY KEY, slug TEXT NOT NULL, region TEXT NOT NULL,
                        department TEXT NOT NULL,
                        body TEXT NOT NULL, catalog_code TEXT NOT NULL, version BIGINT NOT NULL, state TEXT NOT NULL,
                        line BYTEA NOT NULL
                        """,
                    indexes: [
                        "item_by_slug ON item (slug, region, code)", "item_by_region ON item (region, code)",
                        "item_by_body ON item (body, code)",
                        "item_by_catalog_code ON item (catalog_code, region, code)",
                    ]),
                Table(
                    "item_version", .reference,
                    columns: """
                        item TEXT NOT NULL, version BIGINT NOT NULL, digest TEXT NOT NULL, size BIGINT NOT NULL,
                        effective BIGINT NOT NULL, published_at BIGINT NOT NULL, PRIMARY KEY (item, version)
                        """),
                Table(
                    "item_token", .reference,
                    columns: """
                        token TEXT NOT NULL, slug TEXT NOT NULL, weight BIGINT NOT NULL, PRIMARY KEY (token, slug)
                        """,
                    indexes: ["item_token_by_slug ON item_token (slug, token)"]),
            ]),
        Migration(
            "catalogue.002-awaited",
            tables: [
                Table(
                    "item_awaited", .reference,
                    columns: """
                        item TEXT NOT NULL, version BIGINT NOT NULL, effective BIGINT NOT NULL,
                        PRIMARY KEY (item, version)
                        """,
                    indexes: ["item_awaited_by_day ON item_awaited (effective, item, version)"])
            ]),
        SheetTable.migration,
        ItemChangeTable.migration,
        MisguidanceTable.migration,
        ProposalTable.migration,
    ]

    /// Publishes guides of one item as the next versions of its implementations; the same guide again is the version
    /// that is there. Writes a journal entry under `id` for each new version. The guides must have been checked
    /// (`CatalogueRules`).
    ///
    /// A version whose day has not come waits: `takeEffect` puts it in force. Throws `CatalogueRefusal.overlaps` for a
    /// day before the one from which the latest version applies.
    @discardableResult
    package static func publish(
        _ guides: [Guide], effective: CivilDate, id: Subject, stamp: Stamp, in tx: Transaction
    ) throws -> [ItemVersion] {
        var keeper = GuideKeeper(now: stamp.now)
        var events: [ItemPublished] = []
        let versions = try guides.map { guide in
            let bytes = try keeper.bytes(of: guide, in: tx)
            let ref = BlobRef(of: bytes)
            let latest = try row(of: guide.itemCode, in: tx)
            if let latest, try latest.ref == ref || self.guide(latest.ref, in: tx) == guide {
                return ItemVersion(
                    guide: guide, version: latest.version, digest: latest.ref.digest, effectiveDate: latest.effective)
            }
            if let latest, effective < latest.effective { throw CatalogueRefusal.overlaps(latest.effective) }
            let version = (latest?.version ?? 0) + 1
            try Blobs.put(bytes, now: stamp.now, in: tx)
            try tx.execute(
                """
                INSERT INTO item_version (item, version, digest, size, effective, published_at)
                VALUES (\(guide.itemCode), \(version), \(ref.digest), \(ref.size), \(effective), \(stamp.now))
                """)
            if effective <= stamp.now.day {
                try show(guide, version, in: tx)
            } else {
                try tx.execute(
                    """
                    INSERT INTO item_awaited (item, version, effective)
                    VALUES (\(guide.itemCode), \(version), \(effective))
                    """)
            }
            events.append(ItemPublished(item: guide.itemCode, version: version, guideDigest: ref.digest))
            return ItemVersion(guide: guide, version: version, digest: ref.digest, effectiveDate: effective)
        }
        if !events.isEmpty { try Journal.append(events, to: id, after: 0, stamp: stamp, in: tx) }
        return versions
    }

    /// Publishes one guide.
    @discardableResult
    package static func publish(
        _ guide: Guide, effective: CivilDate, id: Subject, stamp: Stamp, in tx: Transaction
    ) throws -> ItemVersion {
        try publish([guide], effective: effective, id: id, stamp: stamp, in: tx)[0]
    }

    /// Whether a version's day has come that is not in force yet.
    package static func isAwaited(on day: CivilDate, in tx: Transaction) throws -> Bool {
        try tx.row("SELECT 1 FROM item_awaited WHERE effective <= \(day) LIMIT 1") != nil
    }

    /// Puts in force at most `limit` versions whose day has come; answers how many.
    package static func takeEffect(on day: CivilDate, limit: Int = Limits.pageRowsMax, in tx: Transaction) throws -> Int
    {
        let due = try tx.rows(
            """
            SELECT item, version FROM item_awaited WHERE effective <= \(day) ORDER BY effective, item, version
            LIMIT \(limit)
            """
        ).map { (item: try $0.text(0), version: try $0.integer(1)) }
        for one in due {
            try tx.execute("DELETE FROM item_awaited WHERE item = \(one.item) AND version = \(one.version)")
            if one.version == endingVersion {
                try setState(.cancelled, of: one.item, in: tx)
                continue
            }
            guard let found = try version(of: one.item, one.version, in: tx) else {
                throw Fault.corrupt("version \(one.version) of \(one.item) is missing")
            }
            try show(found.guide, one.version, in: tx)
        }
        return due.count
    }

    /// Makes a version the one that lists show and that filings are made under. What is suspended stays so; what had
    /// ended is in use again.
    private static func show(_ guide: Guide, _ version: Int, in tx: Transaction) throws {
        var shown = guide.line(version: version)
        let before = try item(guide.itemCode, in: tx)
        if before?.state == .suspended { shown.stateNote = before?.stateNote }
        let line = try CanonicalJSON.bytes(of: shown)
        try tx.execute(
            """
            INSERT INTO item (code, slug, region, department, body, catalog_code, version, state, line)
            VALUES (\(guide.itemCode), \(guide.standard.slug), \(guide.body.region), \(guide.standard.department),
                \(guide.body.code), \(guide.catalogCode.code), \(version), \(ItemState.inUse.rawValue), \(line))
            ON CONFLICT (code) DO UPDATE SET slug = excluded.slug, region = excluded.region,
                department = excluded.department, body = excluded.body, catalog_code = excluded.catalog_code,
                version = excluded.version, line = excluded.line,
                state = CASE WHEN item.state = \(ItemState.cancelled.rawValue) THEN excluded.state ELSE item.state END
            """)
        try ItemChangeTable.put(
            ItemWording(guide.standard), of: guide.standard.slug, item: guide.itemCode, in: tx)
    }

    /// Suspends, cancels or takes up an item again. Throws `CatalogueRefusal.itemNotFound` for a code that is not
    /// there.
    package static func setState(_ state: ItemState, of itemCode: String, in tx: Transaction) throws {
        guard try tx.changes("UPDATE item SET state = \(state.rawValue) WHERE code = \(itemCode)") == 1 else {
            throw CatalogueRefusal.itemNotFound
        }
        try ItemChangeTable.note(itemCode, in: tx)
    }
}
