package import Store
package import Vocabulary

/// How far a link has been read, and how it stands with reading.
package struct LinkStanding: Hashable, Sendable {
    /// Up to which mark everything was taken in.
    package var mark = ""
    /// When something was answered last; nil before the first time.
    package var answeredAt: Instant?
    /// Tries in a row of which nothing came, since when, and why the last one failed.
    package var failures = 0
    package var failingSince: Instant?
    package var trouble: LinkTrouble?
}

/// What is known of the reading side of links.
package enum LinkTable {
    static let table = Table(
        "record_link", .distributed(by: "link"),
        columns: """
            link BYTEA NOT NULL PRIMARY KEY, mark TEXT NOT NULL, arrivals BIGINT NOT NULL, answered_at BIGINT,
            failures BIGINT NOT NULL, failing_since BIGINT, trouble TEXT, message TEXT
            """)

    /// How a link stands; as new where it never was read.
    package static func standing(of link: SubscriptionID, in tx: Transaction) throws -> LinkStanding {
        let row = try tx.row(
            """
            SELECT mark, answered_at, failures, failing_since, trouble, message FROM record_link WHERE link = \(link)
            """)
        guard let row else { return LinkStanding() }
        let reason = try row.optionalText(4).flatMap(LinkRefusal.init)
        let message = try row.optionalText(5) ?? ""
        return LinkStanding(
            mark: try row.text(0), answeredAt: try row.optionalInstant(1), failures: try row.integer(2),
            failingSince: try row.optionalInstant(3), trouble: reason.map { LinkTrouble($0, message: message) })
    }

    /// Writes how a link stands.
    static func save(_ standing: LinkStanding, of link: SubscriptionID, in tx: Transaction) throws {
        let (reason, message) = (standing.trouble?.reason.rawValue, standing.trouble?.message)
        try tx.execute(
            """
            INSERT INTO record_link (link, mark, arrivals, answered_at, failures, failing_since, trouble, message)
            VALUES (\(link), \(standing.mark), 0, \(standing.answeredAt), \(standing.failures),
                \(standing.failingSince), \(reason), \(message))
            ON CONFLICT (link) DO UPDATE SET mark = \(standing.mark), answered_at = \(standing.answeredAt),
                failures = \(standing.failures), failing_since = \(standing.failingSince), trouble = \(reason),
                message = \(message)
            """)
    }

    /// Lets everything that the other side ever offered be read once more; what is known is passed over.
    package static func reread(_ link: SubscriptionID, in tx: Transaction) throws {
        try tx.execute("UPDATE record_link SET mark = '' WHERE link = \(link)")
    }

    /// The number of the next thing that comes from a link.
    static func nextArrival(of link: SubscriptionID, in tx: Transaction) throws -> Int {
        try tx.execute(
            """
            INSERT INTO record_link (link, mark, arrivals, failures) VALUES (\(link), '', 1, 0)
            ON CONFLICT (link) DO UPDATE SET arrivals = record_link.arrivals + 1
            """)
        return try tx.row("SELECT arrivals FROM record_link WHERE link = \(link)")?.integer(0) ?? 1
    }

    /// LIMIT: links that are looked through for what remained.
    private static let linksMax = 10_000

    /// Takes away what is known of links that are there no more: whoever read from one when it was taken away may have
    /// written something down after it.
    package static func removeRemains(in tx: Transaction) throws {
        let rows = try tx.rows("SELECT link FROM record_link ORDER BY link LIMIT \(linksMax)")
        for row in rows {
            let link: SubscriptionID = try row.id(0)
            if try SubscriptionTable.read(link, in: tx) == nil { try remove(link, in: tx) }
        }
    }

    /// Takes away all that is known of a link.
    static func remove(_ link: SubscriptionID, in tx: Transaction) throws {
        try tx.execute("DELETE FROM record_link WHERE link = \(link)")
        try tx.execute("DELETE FROM record_sent WHERE link = \(link)")
        try tx.execute("DELETE FROM record_received WHERE link = \(link)")
        try ReconciliationTable.remove(link, in: tx)
    }
}
