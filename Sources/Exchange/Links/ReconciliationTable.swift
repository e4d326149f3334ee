package import Store
package import Vocabulary

/// What was compared last, day by day.
package enum ReconciliationTable {
    /// LIMIT: differences of one day that are written down; the count is whole.
    package static let differencesMax = 1_000
    /// LIMIT: days of one page.
    package static let daysMax = 62

    static let tables = [
        Table(
            "record_comparison", .distributed(by: "link"),
            columns: """
                link BYTEA NOT NULL, day BIGINT NOT NULL, at BIGINT NOT NULL, compared BIGINT NOT NULL,
                differences BIGINT NOT NULL, PRIMARY KEY (link, day)
                """),
        Table(
            "record_difference", .distributed(by: "link"),
            columns: """
                link BYTEA NOT NULL, day BIGINT NOT NULL, kind TEXT NOT NULL, family TEXT NOT NULL, key TEXT NOT NULL,
                number TEXT NOT NULL, PRIMARY KEY (link, day, kind, family, key)
                """),
    ]

    /// One day as it was compared last.
    package struct Line: Hashable, Sendable {
        package let day: CivilDate
        package let at: Instant
        package let compared: Int
        package let differences: Int
    }

    /// Writes what was found in the place of what was found before.
    package static func write(
        _ found: Reconciliation, of link: SubscriptionID, now: Instant, in tx: Transaction
    ) throws {
        let (day, count) = (found.day, found.differences.count)
        try tx.execute(
            """
            INSERT INTO record_comparison (link, day, at, compared, differences)
            VALUES (\(link), \(day), \(now), \(found.compared), \(count))
            ON CONFLICT (link, day) DO UPDATE SET at = \(now), compared = \(found.compared), differences = \(count)
            """)
        try tx.execute("DELETE FROM record_difference WHERE link = \(link) AND day = \(day)")
        for one in found.differences.prefix(differencesMax) {
            try tx.execute(
                """
                INSERT INTO record_difference (link, day, kind, family, key, number)
                VALUES (\(link), \(day), \(one.kind.rawValue), \(one.key.family), \(one.key.key), \(one.number))
                """)
        }
    }

    /// The days that were compared, the newest first.
    package static func lines(of link: SubscriptionID, in tx: Transaction) throws -> [Line] {
        try tx.rows(
            """
            SELECT day, at, compared, differences FROM record_comparison WHERE link = \(link)
            ORDER BY day DESC LIMIT \(daysMax)
            """
        ).map {
            Line(
                day: try $0.day(0), at: try $0.instant(1), compared: try $0.integer(2),
                differences: try $0.integer(3))
        }
    }

    /// The differences of a day.
    package static func differences(
        of link: SubscriptionID, on day: CivilDate, in tx: Transaction
    ) throws -> [Reconciliation.Difference] {
        try tx.rows(
            """
            SELECT kind, family, key, number FROM record_difference WHERE link = \(link) AND day = \(day)
            ORDER BY kind, family, key LIMIT \(differencesMax)
            """
        ).map {
            Reconciliation.Difference(
                try $0.value(0, Reconciliation.Kind.init), LinkKey(try $0.text(1), try $0.text(2)),
                number: try $0.text(3))
        }
    }

    /// The days of which something was sent or came since an instant, and those that differed when they were compared
    /// last: the oldest first.
    package static func due(
        of link: SubscriptionID, since: Instant, in tx: Transaction
    ) throws -> [CivilDate] {
        let texts = try tx.rows(
            """
            SELECT DISTINCT SUBSTR(number, 32, 8) FROM record_sent WHERE link = \(link) AND at >= \(since)
            ORDER BY 1 LIMIT \(daysMax)
            """
        ).map { try $0.text(0) }
        let came = try tx.rows(
            """
            SELECT DISTINCT SUBSTR(number, 32, 8) FROM record_received WHERE link = \(link) AND arrived_at >= \(since)
            ORDER BY 1 LIMIT \(daysMax)
            """
        ).map { try $0.text(0) }
        let open = try tx.rows(
            """
            SELECT day FROM record_comparison WHERE link = \(link) AND differences > 0 ORDER BY day LIMIT \(daysMax)
            """
        ).map { try $0.day(0) }
        return Set((texts + came).compactMap(DossierDay.day) + open).sorted()
    }

    static func remove(_ link: SubscriptionID, in tx: Transaction) throws {
        try tx.execute("DELETE FROM record_comparison WHERE link = \(link)")
        try tx.execute("DELETE FROM record_difference WHERE link = \(link)")
    }
}

/// The day in a dossier's number: characters 32 to 39, `yyyyMMdd`.
package enum DossierDay {
    /// The day of a number; nil for what is none.
    package static func of(_ number: String) -> CivilDate? { day(String(number.dropFirst(31).prefix(8))) }

    static func day(_ text: String) -> CivilDate? {
        guard text.utf8.count == 8 else { return nil }
        return CivilDate("\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))")
    }
}
