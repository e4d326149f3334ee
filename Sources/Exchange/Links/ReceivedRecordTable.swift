package import Store
package import Vocabulary

/// Something that came over a link, and what came of it.
package struct ReceivedRecord: Sendable {
    package enum State: String, Sendable, CaseIterable {
        /// It is to be done, or waits for what it needs.
        case waiting
        case taken, known, refused

        init(_ outcome: LinkVerdict.Outcome) {
            self =
                switch outcome {
                case .taken: .taken
                case .known: .known
                case .refused: .refused
                }
        }
    }

    /// The how-manieth thing of its link.
    package let arrival: Int
    package let mark: String
    package let key: LinkKey
    package let number: String
    package let digest: String
    /// The record as JSON: as it came while it waits or was refused, masked once it was taken; empty where it could not
    /// be read.
    package let body: [UInt8]
    package let state: State
    package let code: String
    package let message: String
    package let tries: Int
    package let arrivedAt: Instant
}

/// What came over links.
package enum ReceivedRecordTable {
    /// LIMIT: days for which a record waits for what it needs.
    package static let waitingDaysMax: Int64 = 3
    /// LIMIT: records of a link that wait; beyond, nothing more is read.
    package static let waitingMax = 10_000
    /// LIMIT: records that are done, and receipts that are sent, in one round.
    static let roundMax = 200
    /// LIMIT: days for which what was refused is kept as it came.
    package static let rawDaysMax: Int64 = 30

    static let table = Table(
        "record_received", .distributed(by: "link"),
        columns: """
            link BYTEA NOT NULL, arrival BIGINT NOT NULL, mark TEXT NOT NULL, family TEXT NOT NULL, key TEXT NOT NULL,
            number TEXT NOT NULL, digest TEXT NOT NULL, body BYTEA NOT NULL, state TEXT NOT NULL, code TEXT NOT NULL,
            message TEXT NOT NULL, tries BIGINT NOT NULL, due BIGINT NOT NULL, arrived_at BIGINT NOT NULL,
            settled_at BIGINT, told BIGINT NOT NULL, PRIMARY KEY (link, arrival)
            """,
        indexes: [
            "UNIQUE record_received_by_mark ON record_received (link, mark)",
            "record_received_by_key ON record_received (link, family, key, arrival)",
            "record_received_by_number ON record_received (link, number, arrival)",
            "record_received_by_due ON record_received (link, state, due, arrival)",
            "record_received_by_told ON record_received (link, told, arrival)",
        ])

    private static let columns: StaticString =
        "arrival, mark, family, key, number, digest, body, state, code, message, tries, arrived_at"

    /// Keeps what was read; a mark that came before is passed over.
    static func keep(_ rows: [LinkPage.Row], of link: SubscriptionID, now: Instant, in tx: Transaction) throws {
        for row in rows {
            guard try tx.row("SELECT arrival FROM record_received WHERE link = \(link) AND mark = \(row.mark)") == nil
            else { continue }
            let arrival = try LinkTable.nextArrival(of: link, in: tx)
            let content = Content(row)
            try tx.execute(
                """
                INSERT INTO record_received (link, arrival, mark, family, key, number, digest, body, state, code,
                    message, tries, due, arrived_at, settled_at, told)
                VALUES (\(link), \(arrival), \(row.mark), \(row.key.family), \(row.key.key), \(content.number),
                    \(content.digest), \(content.body), \(content.state.rawValue), \(content.code),
                    \(content.message), 0, \(now), \(now), \(content.state == .waiting ? nil : now), 0)
                """)
        }
    }

    /// What of a row is written down.
    private struct Content {
        var (number, digest, body, code, message): (String, String, [UInt8], String, String) = ("", "", [], "", "")
        var state = ReceivedRecord.State.waiting

        init(_ row: LinkPage.Row) {
            switch row.content {
            case .success(let record):
                (number, digest) = (record.number, record.record.digest)
                body = CanonicalJSON.bytes(writing: record.json)
            case .failure(let unfit):
                (state, code, message) = (.refused, unfit.code, LinkVerdict(.refused, message: unfit.place).message)
            }
        }
    }

    /// What is to be done now, in the order in which it came.
    static func due(of link: SubscriptionID, now: Instant, in tx: Transaction) throws -> [ReceivedRecord] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM record_received
            WHERE link = \(link) AND state = 'waiting' AND due <= \(now) ORDER BY arrival LIMIT \(roundMax)
            """
        ).map(ReceivedRecord.init)
    }

    /// What came before under the same name and was not refused: what was taken last, else what waits.
    static func earlier(
        than record: ReceivedRecord, of link: SubscriptionID, in tx: Transaction
    ) throws -> ReceivedRecord? {
        let rows = try tx.rows(
            """
            SELECT \(raw: columns) FROM record_received
            WHERE link = \(link) AND family = \(record.key.family) AND key = \(record.key.key)
                AND arrival < \(record.arrival) AND state IN ('taken', 'waiting')
            ORDER BY arrival DESC LIMIT \(roundMax)
            """
        ).map(ReceivedRecord.init)
        return rows.first { $0.state == .taken } ?? rows.first
    }

    /// Writes what came of a record. What was taken is kept masked; those of its dossier that wait are tried at once.
    static func settle(
        _ record: ReceivedRecord, as verdict: LinkVerdict, masked: [UInt8]?, of link: SubscriptionID, now: Instant,
        in tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE record_received SET state = \(ReceivedRecord.State(verdict.outcome).rawValue),
                code = \(verdict.code), message = \(verdict.message), settled_at = \(now),
                body = \(masked ?? record.body), told = 0
            WHERE link = \(link) AND arrival = \(record.arrival) AND state = 'waiting'
            """)
        guard verdict.outcome == .taken, !record.number.isEmpty else { return }
        try tx.execute(
            """
            UPDATE record_received SET due = \(now)
            WHERE link = \(link) AND number = \(record.number) AND state = 'waiting' AND due > \(now)
            """)
    }

    /// Lets a record wait for what it needs.
    static func postpone(
        _ record: ReceivedRecord, until due: Instant, because code: String, of link: SubscriptionID,
        in tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE record_received SET tries = \(record.tries + 1), due = \(due), code = \(code)
            WHERE link = \(link) AND arrival = \(record.arrival) AND state = 'waiting'
            """)
    }

    /// Those of which the other side was not told, the oldest first.
    static func untold(of link: SubscriptionID, in tx: Transaction) throws -> [ReceivedRecord] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM record_received
            WHERE link = \(link) AND told = 0 AND state <> 'waiting' ORDER BY arrival LIMIT \(roundMax)
            """
        ).map(ReceivedRecord.init)
    }

    /// Notes that the other side was told.
    static func told(_ records: [ReceivedRecord], of link: SubscriptionID, in tx: Transaction) throws {
        for record in records {
            try tx.execute(
                """
                UPDATE record_received SET told = 1
                WHERE link = \(link) AND arrival = \(record.arrival) AND state = \(record.state.rawValue)
                """)
        }
    }

    /// How many stand in each state.
    package static func counts(of link: SubscriptionID, in tx: Transaction) throws -> [ReceivedRecord.State: Int] {
        var counts: [ReceivedRecord.State: Int] = [:]
        for row in try tx.rows(
            "SELECT state, COUNT(*) FROM record_received WHERE link = \(link) GROUP BY state ORDER BY state LIMIT 10")
        {
            counts[try row.value(0, ReceivedRecord.State.init)] = try row.integer(1)
        }
        return counts
    }

    /// What came for a dossier, by its number, in the order in which it came.
    package static func of(_ number: String, from link: SubscriptionID, in tx: Transaction) throws -> [ReceivedRecord] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM record_received WHERE link = \(link) AND number = \(number)
            ORDER BY arrival LIMIT \(LinkBatch.recordsMax)
            """
        ).map(ReceivedRecord.init)
    }

    /// The one that came last under a name; nil where none did.
    package static func last(
        _ key: LinkKey, from link: SubscriptionID, in tx: Transaction
    ) throws -> ReceivedRecord? {
        try tx.row(
            """
            SELECT \(raw: columns) FROM record_received
            WHERE link = \(link) AND family = \(key.family) AND key = \(key.key) ORDER BY arrival DESC LIMIT 1
            """
        ).map(ReceivedRecord.init)
    }

    /// Those in a state, the newest first, before one of them.
    package static func page(
        _ state: ReceivedRecord.State, of link: SubscriptionID, before arrival: Int = .max, in tx: Transaction
    ) throws -> [ReceivedRecord] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM record_received
            WHERE link = \(link) AND state = \(state.rawValue) AND arrival < \(arrival)
            ORDER BY arrival DESC LIMIT \(Limits.pageRowsMax)
            """
        ).map(ReceivedRecord.init)
    }

    /// Lets what was refused be done once more. Refuses what was not.
    package static func again(
        _ arrival: Int, of link: SubscriptionID, now: Instant, in tx: Transaction
    ) throws {
        let changed = try tx.changes(
            """
            UPDATE record_received SET state = 'waiting', tries = 0, due = \(now), arrived_at = \(now),
                settled_at = NULL
            WHERE link = \(link) AND arrival = \(arrival) AND state = 'refused' AND digest <> ''
                AND settled_at > \(now.advanced(bySeconds: -rawDaysMax * 86_400))
            """)
        guard changed == 1 else { throw ExchangeRefusal.eventNotHeld }
    }

    /// Forgets what refused records said, once nobody will have them done again.
    static func forget(of link: SubscriptionID, now: Instant, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE record_received SET body = \([UInt8]())
            WHERE link = \(link) AND state = 'refused' AND body <> \([UInt8]())
                AND settled_at <= \(now.advanced(bySeconds: -rawDaysMax * 86_400))
            """)
    }
}

extension ReceivedRecord {
    init(_ row: Row) throws {
        self.init(
            arrival: try row.integer(0), mark: try row.text(1), key: LinkKey(try row.text(2), try row.text(3)),
            number: try row.text(4), digest: try row.text(5), body: try row.bytes(6),
            state: try row.value(7, State.init), code: try row.text(8), message: try row.text(9),
            tries: try row.integer(10), arrivedAt: try row.instant(11))
    }
}
