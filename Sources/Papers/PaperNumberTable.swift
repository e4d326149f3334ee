package import Store
package import Vocabulary

/// The counters of papers, and the register of the numbers that were given.
package enum PaperNumbering {
    static let tables = [
        Table(
            "paper_counter", .distributed(by: "body"),
            columns: """
                body TEXT NOT NULL, kind TEXT NOT NULL, year BIGINT NOT NULL, last BIGINT NOT NULL,
                PRIMARY KEY (body, kind, year)
                """),
        Table(
            "paper_number", .distributed(by: "body"),
            columns: """
                body TEXT NOT NULL, kind TEXT NOT NULL, year BIGINT NOT NULL, serial BIGINT NOT NULL,
                paper BYTEA NOT NULL, PRIMARY KEY (body, kind, year, serial)
                """),
    ]

    /// Sets every counter to so many times what it was: as many papers were numbered elsewhere, series after series.
    package static func multiply(by factor: Int, in tx: Transaction) throws {
        try tx.execute("UPDATE paper_counter SET last = last * \(factor)")
    }

    /// What a series is called among counters.
    static func key(_ kind: PaperKind, of body: CreditCode, year: Int) -> String {
        "paper_counter \(body.code) \(kind.id) \(year)"
    }

    /// The next number of a series, at the end of a transaction. The counter is moved by compare and set as the last
    /// statement (`Transaction.claim`); whoever loses it does the end again and reads the number after the winner's.
    static func take(_ kind: PaperKind, of body: CreditCode, year: Int, in tx: Transaction) throws -> Int {
        let key = key(kind, of: body, year: year)
        let earlier = tx.claimed(key)
        let read = try earlier.map(\.read) ?? last(kind, of: body, year: year, in: tx)
        let next = (earlier?.value ?? read ?? 0) + 1
        let statement: SQL =
            if let read {
                """
                UPDATE paper_counter SET last = \(next)
                WHERE body = \(body) AND kind = \(kind.id) AND year = \(year) AND last = \(read)
                """
            } else {
                """
                INSERT INTO paper_counter (body, kind, year, last) VALUES (\(body), \(kind.id), \(year), \(next))
                ON CONFLICT (body, kind, year) DO NOTHING
                """
            }
        tx.claim(Claim(key, read: read, value: next, statement))
        return next
    }

    /// Where the counter stands. On PostgreSQL those who want the same counter line up here, each for a few statements,
    /// instead of losing to one another; that the number is nobody else's rests on the compare and set alone.
    private static func last(_ kind: PaperKind, of body: CreditCode, year: Int, in tx: Transaction) throws -> Int? {
        let read: SQL = "SELECT last FROM paper_counter WHERE body = \(body) AND kind = \(kind.id) AND year = \(year)"
        return try tx.row(SQL(sqlite: read, postgres: "\(part: read) FOR UPDATE"))?.integer(0)
    }

    /// Writes which paper has the number. A number that another paper has breaks the key, and the body is replayed.
    static func register(_ issued: PaperEvent.Issued, as id: PaperID, in tx: Transaction) throws {
        let (body, number) = (issued.body.code, issued.number)
        try tx.execute(
            """
            INSERT INTO paper_number (body, kind, year, serial, paper)
            VALUES (\(body), \(issued.kind), \(number.year), \(number.serial), \(id))
            """)
    }

    /// One page of a register: the numbers of a body, a kind and a year after one of them, with their papers.
    package static func register(
        _ kind: PaperKind, of body: CreditCode, year: Int, after serial: Int = 0, limit: Int = Limits.pageRowsMax,
        in tx: Transaction
    ) throws -> [(serial: Int, paper: PaperID)] {
        try tx.rows(
            """
            SELECT serial, paper FROM paper_number
            WHERE body = \(body) AND kind = \(kind.id) AND year = \(year) AND serial > \(serial)
            ORDER BY serial LIMIT \(limit)
            """
        ).map { (try $0.integer(0), try $0.id(1)) }
    }
}

/// What an audit reads.
extension PaperNumbering {
    /// A counter.
    struct Series {
        let body: String
        let kind: String
        let year: Int
        let last: Int
    }

    /// The counters after one of them.
    static func series(after last: Series?, in tx: Transaction) throws -> [Series] {
        let (body, kind, year) = (last?.body ?? "", last?.kind ?? "", last?.year ?? 0)
        return try tx.rows(
            """
            SELECT body, kind, year, last FROM paper_counter WHERE (body, kind, year) > (\(body), \(kind), \(year))
            ORDER BY body, kind, year LIMIT \(Limits.pageRowsMax)
            """
        ).map { row in
            Series(body: try row.text(0), kind: try row.text(1), year: try row.integer(2), last: try row.integer(3))
        }
    }

    /// Numbers of a series after one of them, each with whether its paper says the same.
    static func numbers(
        of series: Series, after serial: Int, in tx: Transaction
    ) throws -> [(number: Int, holds: Bool)] {
        try tx.rows(
            """
            SELECT serial, paper FROM paper_number
            WHERE body = \(series.body) AND kind = \(series.kind) AND year = \(series.year) AND serial > \(serial)
            ORDER BY serial LIMIT \(Limits.pageRowsMax)
            """
        ).map { row in
            let number = try row.integer(0)
            let issued = try PaperTable.load(try row.id(1), in: tx).issued
            let holds =
                issued.number.serial == number && issued.number.year == series.year && issued.kind == series.kind
                && issued.body.code.code == series.body
            return (number, holds)
        }
    }
}
