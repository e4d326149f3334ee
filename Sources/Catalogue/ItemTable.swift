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
        ItemChangeTable.migration,
    ]

    /// Publishes a guide as the next version of its item; the same guide again is the version that is there. Writes a
    /// journal entry under `id` for a new version. The guide must have been checked (`CatalogueRules`).
    @discardableResult
    package static func publish(
        _ guide: Guide, effective: CivilDate, id: Subject, stamp: Stamp, in tx: Transaction
    ) throws -> ItemVersion {
        let bytes = try CanonicalJSON.bytes(of: guide)
        let ref = BlobRef(of: bytes)
        let latest = try row(of: guide.itemCode, version: nil, in: tx)
        if let latest, latest.ref == ref {
            return ItemVersion(
                guide: guide, version: latest.version, digest: ref.digest, effectiveDate: latest.effective)
        }
        let version = (latest?.version ?? 0) + 1
        try Blobs.put(bytes, now: stamp.now, in: tx)
        try insert(guide, version, ref, effective: effective, now: stamp.now, in: tx)
        try ItemChangeTable.put(
            ItemWording(guide.standard), of: guide.standard.slug, item: guide.itemCode, in: tx)
        let event = ItemPublished(item: guide.itemCode, version: version, guideDigest: ref.digest)
        try Journal.append([event], to: id, after: 0, stamp: stamp, in: tx)
        return ItemVersion(guide: guide, version: version, digest: ref.digest, effectiveDate: effective)
    }

    private static func insert(
        _ guide: Guide, _ version: Int, _ ref: BlobRef, effective: CivilDate, now: Instant, in tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO item_version (item, version, digest, size, effective, published_at)
            VALUES (\(guide.itemCode), \(version), \(ref.digest), \(ref.size), \(effective), \(now))
            """)
        let line = try CanonicalJSON.bytes(of: guide.line(version: version))
        try tx.execute(
            """
            INSERT INTO item (code, slug, region, department, body, catalog_code, version, state, line)
            VALUES (\(guide.itemCode), \(guide.standard.slug), \(guide.body.region), \(guide.standard.department),
                \(guide.body.code), \(guide.catalogCode.code), \(version), \(ItemState.inUse.rawValue), \(line))
            ON CONFLICT (code) DO UPDATE SET slug = excluded.slug, region = excluded.region,
                department = excluded.department, body = excluded.body, catalog_code = excluded.catalog_code,
                version = excluded.version, line = excluded.line
            """)
    }

    /// Suspends, cancels or takes up an item again. Throws `CatalogueRefusal.itemNotFound` for a code that is not
    /// there.
    package static func setState(_ state: ItemState, of itemCode: String, in tx: Transaction) throws {
        guard try tx.changes("UPDATE item SET state = \(state.rawValue) WHERE code = \(itemCode)") == 1 else {
            throw CatalogueRefusal.itemNotFound
        }
        try ItemChangeTable.note(itemCode, in: tx)
    }

    // MARK: reading

    private struct VersionRow {
        let version: Int
        let ref: BlobRef
        let effective: CivilDate
    }

    private static func row(of itemCode: String, version: Int?, in tx: Transaction) throws -> VersionRow? {
        let row = try tx.row(
            """
            SELECT version, digest, size, effective FROM item_version
            WHERE item = \(itemCode) AND version >= \(version ?? 1) AND version <= \(version ?? Int(Int32.max))
            ORDER BY version DESC LIMIT 1
            """)
        guard let row else { return nil }
        guard let ref = BlobRef(digest: try row.text(1), size: try row.integer(2)) else {
            throw Fault.corrupt("a version of \(itemCode) has a digest that is none")
        }
        return VersionRow(version: try row.integer(0), ref: ref, effective: try row.day(3))
    }

    /// A version of an item by its code (33 or 31 characters), the latest when no number is given; nil when there is
    /// none.
    package static func version(of itemCode: String, _ number: Int? = nil, in tx: Transaction) throws -> ItemVersion? {
        guard let row = try row(of: itemCode, version: number, in: tx) else { return nil }
        guard let bytes = try Blobs.bytes(of: row.ref, in: tx) else {
            throw Fault.corrupt("the guide of \(itemCode) is missing")
        }
        let guide: Guide = try CanonicalJSON.value(in: bytes)
        return ItemVersion(guide: guide, version: row.version, digest: row.ref.digest, effectiveDate: row.effective)
    }

    /// The line of an item by its code; nil when there is none.
    package static func item(_ itemCode: String, in tx: Transaction) throws -> ItemLine? {
        try tx.row("SELECT state, line FROM item WHERE code = \(itemCode)").map(line)
    }

    /// The lines of an item's name on the web in one region; usually one.
    package static func items(_ slug: String, in region: Region, in tx: Transaction) throws -> [ItemLine] {
        try tx.rows(
            """
            SELECT state, line FROM item WHERE slug = \(slug) AND region = \(region) ORDER BY code
            LIMIT \(Limits.pageRowsMax)
            """
        ).map(line)
    }

    /// The items of a region after a code, in the order of codes.
    package static func items(
        in region: Region, after itemCode: String = "", limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [ItemLine] {
        try tx.rows(
            """
            SELECT state, line FROM item WHERE region = \(region) AND code > \(itemCode) ORDER BY code LIMIT \(limit)
            """
        ).map(line)
    }

    /// The items of a body after a code, in the order of codes.
    package static func items(
        of body: CreditCode, after itemCode: String = "", limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [ItemLine] {
        try tx.rows(
            """
            SELECT state, line FROM item WHERE body = \(body) AND code > \(itemCode) ORDER BY code LIMIT \(limit)
            """
        ).map(line)
    }

    static func line(_ row: Row) throws -> ItemLine {
        var line: ItemLine = try CanonicalJSON.value(in: try row.bytes(1))
        line.state = try row.value(0, ItemState.init)
        return line
    }
}
