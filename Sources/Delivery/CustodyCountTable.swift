package import Store
package import Vocabulary

/// A window that was closed with originals which nobody had counted: it owes a count.
package struct CustodyDebt: Hashable, Sendable {
    package let holder: CustodyHolder
    package let since: Instant
    /// How many originals were there.
    package let items: Int
}

/// The counts of holders: the latest of each, and which are owed.
extension CustodyTable {
    package static let countMigration = Migration(
        "delivery.004-custody-count",
        tables: [
            Table(
                "custody_count", .distributed(by: "holder"),
                columns: """
                    holder TEXT NOT NULL PRIMARY KEY, counted_at BIGINT, owed_since BIGINT, items BIGINT NOT NULL
                    """,
                indexes: ["custody_count_by_debt ON custody_count (owed_since, holder)"])
        ])

    /// Notes who has an original now; a count of before counts no more.
    static func arrive(_ id: CustodyID, at holder: CustodyHolder, in tx: Transaction) throws {
        guard !holder.isLast else { return }
        try tx.execute("INSERT INTO custody_by_holder (holder, item) VALUES (\(holder), \(id))")
        try tx.execute("UPDATE custody_count SET counted_at = NULL WHERE holder = \(holder)")
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
        try tx.execute(
            """
            INSERT INTO custody_count (holder, counted_at, items) VALUES (\(holder), \(stamp.now), \(items.count))
            ON CONFLICT (holder) DO UPDATE SET counted_at = excluded.counted_at, owed_since = NULL,
                items = excluded.items
            """)
        for item in count.missing where item.missingSince == nil {
            _ = try append([.missed(holder)], to: item, stamp: stamp, in: tx)
        }
        for item in count.found { _ = try append([.found(holder)], to: item, stamp: stamp, in: tx) }
        return count
    }

    /// How many originals a holder has that nobody has counted since an instant, or since the latest of them came; 0
    /// where a count was made.
    package static func uncounted(
        at holder: CustodyHolder, since began: Instant, in tx: Transaction
    ) throws -> Int {
        let counted = try tx.row("SELECT counted_at FROM custody_count WHERE holder = \(holder)")
        if let last = try counted?.optionalInstant(0), last >= began { return 0 }
        return try tx.row("SELECT COUNT(*) FROM custody_by_holder WHERE holder = \(holder)")?.integer(0) ?? 0
    }

    /// Writes down that a window was closed with originals nobody had counted. `id` is a new one.
    package static func owe(
        _ holder: CustodyHolder, items: Int, as id: CustodyID, stamp: Stamp, in tx: Transaction
    ) throws {
        let event = CustodyUncountedEvent(holder: holder, items: items)
        try Journal.append([event], to: id.subject, after: 0, stamp: stamp, in: tx)
        try tx.execute(
            """
            INSERT INTO custody_count (holder, owed_since, items) VALUES (\(holder), \(stamp.now), \(items))
            ON CONFLICT (holder) DO UPDATE SET owed_since = excluded.owed_since, items = excluded.items
            """)
    }

    /// The windows that owe a count, the longest first.
    package static func debts(limit: Int = Limits.pageRowsMax, in tx: Transaction) throws -> [CustodyDebt] {
        try tx.rows(
            """
            SELECT holder, owed_since, items FROM custody_count WHERE owed_since > 0
            ORDER BY owed_since, holder LIMIT \(limit)
            """
        ).map { row in
            CustodyDebt(
                holder: try row.value(0) { CustodyHolder($0) }, since: try row.instant(1), items: try row.integer(2))
        }
    }
}
