import Synchronization
package import Vocabulary

/// Rising numbers: one series a day (case numbers) or a year (certificates).
package enum Serials {
    static let migration = Migration(
        "store.007-serials",
        tables: [
            Table(
                "serial", .distributed(by: "series"),
                columns: """
                    series TEXT NOT NULL, period BIGINT NOT NULL, next BIGINT NOT NULL, PRIMARY KEY (series, period)
                    """)
        ])

    /// One series in one period, and its next number.
    package struct Series: Sendable {
        package let name: String
        package let period: Int
        package let next: Int
    }

    /// LIMIT: series that are read at once.
    private static let pageRows = 1000

    /// Every series of every period.
    package static func all(in tx: Transaction) throws -> [Series] {
        var found: [Series] = []
        while true {
            let (name, period) = (found.last?.name ?? "", found.last?.period ?? -1)
            let page = try tx.rows(
                """
                SELECT series, period, next FROM serial WHERE (series, period) > (\(name), \(period))
                ORDER BY series, period LIMIT \(pageRows)
                """)
            found += try page.map { Series(name: try $0.text(0), period: try $0.integer(1), next: try $0.integer(2)) }
            if page.count < pageRows { return found }
        }
    }

    /// Takes so many numbers and answers the first; a new series begins at 1. Writers of one series wait for each other
    /// until they commit, and a number is never given twice.
    package static func take(_ count: Int, of series: String, period: Int, in tx: Transaction) throws -> Int {
        let row = try tx.row(
            """
            INSERT INTO serial (series, period, next) VALUES (\(series), \(period), \(1 + count))
            ON CONFLICT (series, period) DO UPDATE SET next = serial.next + \(count)
            RETURNING next
            """)
        guard let row else { throw Fault.corrupt("a series without a next number") }
        return try row.integer(0) - count
    }
}

/// Daily serials, unique and rising, with gaps: each process leases blocks of twenty per series and day, so that a
/// command needs no number from the database.
package final class SerialBlocks: Sendable {
    /// How many serials one lease takes.
    package static let blockSize = 20
    /// LIMIT: series whose rest of a block is remembered; those of past days go first.
    private static let seriesMax = 20_000

    private struct Key: Hashable {
        let series: String
        let day: CivilDate
    }

    private let store: any Store
    private let blocks = Mutex<[Key: Range<Int>]>([:])

    /// Serials kept in the store.
    package init(store: any Store) {
        self.store = store
    }

    /// The next serial of the series on that day, from 1.
    package func next(_ series: String, on day: CivilDate) async throws -> Int {
        let key = Key(series: series, day: day)
        if let serial = take(key) { return serial }
        let start = try await store.write { tx in
            try Serials.take(Self.blockSize, of: series, period: day.daysSinceEpoch, in: tx)
        }
        return blocks.withLock { blocks in
            if blocks.count >= Self.seriesMax { blocks = blocks.filter { $0.key.day >= day } }
            // Two tasks may lease at once: the rest of the lower block is given up, so that serials rise.
            if blocks[key]?.lowerBound ?? 0 <= start { blocks[key] = start + 1..<start + Self.blockSize }
            return start
        }
    }

    private func take(_ key: Key) -> Int? {
        blocks.withLock { blocks in
            guard let block = blocks[key], let serial = block.first else { return nil }
            blocks[key] = block.dropFirst()
            return serial
        }
    }
}
