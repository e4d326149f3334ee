package import Store
package import Vocabulary

/// Reading what was published.
extension ItemTable {
    struct VersionRow {
        let version: Int
        let ref: BlobRef
        let effective: CivilDate
    }

    /// The version with the number, the latest that was published when none is given.
    static func row(of itemCode: String, version: Int? = nil, in tx: Transaction) throws -> VersionRow? {
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

    static func guide(_ ref: BlobRef, in tx: Transaction) throws -> Guide {
        guard let bytes = try Blobs.bytes(of: ref, in: tx) else {
            throw Fault.corrupt("guide \(ref.digest) is missing")
        }
        var reader = GuideReader()
        return try reader.guide(from: bytes, in: tx)
    }

    /// The guides in force after one of them, in the order of basic codes, so that those of one item come together.
    package static func guides(
        after last: Guide? = nil, limit: Int = Limits.pageRowsMax, with reader: inout GuideReader, in tx: Transaction
    ) throws -> [ItemVersion] {
        let (code, region, item) = (last?.catalogCode.code ?? "", last?.body.region.code ?? "", last?.itemCode ?? "")
        return try tx.rows(
            """
            SELECT item.code, item.version, item_version.digest, item_version.size, item_version.effective FROM item
            JOIN item_version ON item_version.item = item.code AND item_version.version = item.version
            WHERE (item.catalog_code, item.region, item.code) > (\(code), \(region), \(item))
            ORDER BY item.catalog_code, item.region, item.code LIMIT \(limit)
            """
        ).map { row in
            guard let ref = BlobRef(digest: try row.text(2), size: try row.integer(3)),
                let bytes = try Blobs.bytes(of: ref, in: tx)
            else { throw Fault.corrupt("the guide of \(try row.text(0)) is missing") }
            return ItemVersion(
                guide: try reader.guide(from: bytes, in: tx), version: try row.integer(1), digest: ref.digest,
                effectiveDate: try row.day(4))
        }
    }

    /// A version of an item by its code (33 or 31 characters), the one in force when no number is given; nil when there
    /// is none. Guides that are `known` by their digests are not read again: what has one digest is one guide for ever.
    package static func version(
        of itemCode: String, _ number: Int? = nil, known: Remembered<String, Guide>? = nil, in tx: Transaction
    ) throws -> ItemVersion? {
        let inForce = try number == nil ? item(itemCode, in: tx) : nil
        guard let wanted = number ?? inForce?.version, let row = try row(of: itemCode, version: wanted, in: tx) else {
            return nil
        }
        let stop = inForce.flatMap { line in
            line.state == .inUse ? nil : ItemStop(state: line.state, reason: line.stateNote ?? "")
        }
        return ItemVersion(
            guide: try known?.value(for: row.ref.digest) { try guide(row.ref, in: tx) } ?? guide(row.ref, in: tx),
            version: row.version, digest: row.ref.digest,
            effectiveDate: row.effective, stop: stop)
    }

    /// The versions of an item with the day from which each applies, the latest first.
    package static func versions(
        of itemCode: String, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [(version: Int, effective: CivilDate)] {
        try tx.rows(
            """
            SELECT version, effective FROM item_version WHERE item = \(itemCode) ORDER BY version DESC LIMIT \(limit)
            """
        ).map { (try $0.integer(0), try $0.day(1)) }
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

    /// The lines of what the catalogue knows under one code of 12 characters, in the order of regions: each body that
    /// has the power has one.
    package static func items(
        catalogued code: String, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [ItemLine] {
        try tx.rows(
            """
            SELECT state, line FROM item WHERE catalog_code = \(code) ORDER BY region, code
            LIMIT \(min(limit, Limits.pageRowsMax))
            """
        ).map(line)
    }

    static func line(_ row: Row) throws -> ItemLine {
        var line: ItemLine = try CanonicalJSON.value(in: try row.bytes(1))
        line.state = try row.value(0, ItemState.init)
        return line
    }
}
