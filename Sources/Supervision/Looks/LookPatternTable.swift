package import Store
package import Vocabulary

/// The unusual looks, a row for each pattern that one bears: written with the look, so that they say what was so then.
package enum LookPatternTable {
    static let migration = Migration(
        "supervision.030-look-patterns",
        tables: [
            Table(
                "look_pattern", .distributed(by: "look"),
                columns: """
                    look BYTEA NOT NULL, pattern TEXT NOT NULL, month BIGINT NOT NULL, body TEXT NOT NULL,
                    region TEXT NOT NULL, actor TEXT NOT NULL, person BYTEA, day BIGINT NOT NULL,
                    PRIMARY KEY (look, pattern)
                    """,
                indexes: [
                    "look_pattern_by_month ON look_pattern (month, pattern, look)",
                    "look_pattern_by_actor ON look_pattern (actor, day, look)",
                ]),
            Table(
                "look_hour", .distributed(by: "actor"),
                columns: """
                    actor TEXT NOT NULL, hour BIGINT NOT NULL, looks BIGINT NOT NULL, PRIMARY KEY (actor, hour)
                    """),
        ])

    /// LIMIT: rows of each pattern that a month's counts look at; beyond it they say "at least".
    package static let countedMax = 20_000
    /// LIMIT: rows of past hours forgotten in one transaction.
    static let pruneMax = 2000

    /// Counts one more look of somebody in the hour; answers how many there are.
    package static func count(_ look: Look, in tx: Transaction) throws -> Int {
        let hour = look.at.milliseconds / 3_600_000
        let row = try tx.row(
            """
            INSERT INTO look_hour (actor, hour, looks) VALUES (\(look.actor), \(hour), 1)
            ON CONFLICT (actor, hour) DO UPDATE SET looks = look_hour.looks + 1 RETURNING looks
            """)
        return try row?.integer(0) ?? 0
    }

    /// Notes what is unusual about a look.
    package static func note(_ patterns: [LookPattern], of taken: Looks.Taken, in tx: Transaction) throws {
        let (look, day) = (taken.look, taken.look.at.day)
        for pattern in patterns {
            try tx.execute(
                """
                INSERT INTO look_pattern (look, pattern, month, body, region, actor, person, day)
                VALUES (\(taken.id), \(pattern.rawValue), \(Month(of: day).code), \(look.by.body?.code ?? ""),
                    \(look.by.region?.code ?? ""), \(look.actor), \(look.seen.holder), \(day))
                ON CONFLICT (look, pattern) DO NOTHING
                """)
        }
    }

    /// Takes the looks without a case back that somebody took at a person on a day: a case of hers followed.
    package static func settle(_ person: PersonID, of actor: Actor, on day: CivilDate, in tx: Transaction) throws {
        try tx.execute(
            """
            DELETE FROM look_pattern WHERE actor = \(actor) AND day = \(day) AND person = \(person)
                AND pattern = \(LookPattern.withoutCase.rawValue)
            """)
    }

    /// How many looks of a body bear a pattern in a month.
    package struct Count: Hashable, Sendable {
        package let pattern: LookPattern
        /// Nil for windows.
        package let body: CreditCode?
        package let looks: Int
    }

    /// What a month holds of the looks of some places, by pattern and body, and whether a pattern has more than is
    /// counted of it.
    package static func counts(
        _ month: Month, in regions: ClosedRange<String>, atMost most: Int = countedMax, tx: Transaction
    ) throws -> (counts: [Count], isAtLeast: Bool) {
        var (counts, isAtLeast): ([Count], Bool) = ([], false)
        for pattern in LookPattern.allCases {
            let lines = try tx.rows(
                """
                SELECT body, COUNT(*) FROM (
                    SELECT body FROM look_pattern WHERE month = \(month.code) AND pattern = \(pattern.rawValue)
                        AND region BETWEEN \(regions.lowerBound) AND \(regions.upperBound)
                    ORDER BY look LIMIT \(most)) AS counted
                GROUP BY body ORDER BY body LIMIT 10000
                """
            ).map { Count(pattern: pattern, body: CreditCode(try $0.text(0)), looks: try $0.integer(1)) }
            counts += lines
            isAtLeast = isAtLeast || lines.reduce(0) { $0 + $1.looks } >= most
        }
        return (counts, isAtLeast)
    }

    /// The looks that bear a pattern in a month, the latest first, before one of them; of one body where it is said,
    /// and of windows for an empty text.
    package static func looks(
        _ pattern: LookPattern, in month: Month, of body: String?, within regions: ClosedRange<String>,
        before last: Subject? = nil, tx: Transaction
    ) throws -> [Subject] {
        let before = last ?? Subject(high: .max, low: .max)
        let bodies = body.map { $0...$0 } ?? ""..."~"
        return try tx.rows(
            """
            SELECT look FROM look_pattern WHERE month = \(month.code) AND pattern = \(pattern.rawValue)
                AND look < \(before) AND region BETWEEN \(regions.lowerBound) AND \(regions.upperBound)
                AND body BETWEEN \(bodies.lowerBound) AND \(bodies.upperBound)
            ORDER BY look DESC LIMIT \(Limits.pageRowsMax)
            """
        ).map { try $0.subject(0) }
    }

    /// What is unusual about a look, in the order of the list.
    package static func of(_ look: Subject, in tx: Transaction) throws -> [LookPattern] {
        let found = try tx.rows("SELECT pattern FROM look_pattern WHERE look = \(look) ORDER BY pattern LIMIT 10")
            .map { try $0.value(0, LookPattern.init) }
        return LookPattern.allCases.filter(found.contains)
    }

    /// Forgets the counts of hours that are over; answers how many.
    package static func prune(now: Instant, in tx: Transaction) throws -> Int {
        try tx.changes(
            """
            DELETE FROM look_hour WHERE (actor, hour) IN (
                SELECT actor, hour FROM look_hour WHERE hour < \(now.milliseconds / 3_600_000 - 1)
                ORDER BY actor, hour LIMIT \(pruneMax))
            """)
    }
}
