package import Store
package import Vocabulary

/// A record as it was sent last, and what came of it.
package struct SentRecord: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable {
        /// It lies where the other side fetches it.
        case handedOver = "handed-over"
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

    package let key: LinkKey
    package let number: String
    package let dossier: DossierID
    package let digest: String
    package let state: State
    /// Why it was refused; empty where it was not.
    package let code: String
    package let message: String
    package let batch: String
    package let at: Instant
    /// How often it was sent.
    package let times: Int
}

/// What was sent over links: names, digests and outcomes, not what the records say; that follows from the dossier.
package enum SentRecordTable {
    static let table = Table(
        "record_sent", .distributed(by: "link"),
        columns: """
            link BYTEA NOT NULL, family TEXT NOT NULL, key TEXT NOT NULL, number TEXT NOT NULL, dossier BYTEA NOT NULL,
            digest TEXT NOT NULL, state TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, batch TEXT NOT NULL,
            at BIGINT NOT NULL, times BIGINT NOT NULL, PRIMARY KEY (link, family, key)
            """,
        indexes: [
            "record_sent_by_number ON record_sent (link, number, family, key)",
            "record_sent_by_state ON record_sent (link, state, at, family, key)",
        ])

    private static let columns: StaticString =
        "family, key, number, dossier, digest, state, code, message, batch, at, times"

    /// Writes what came of a batch; a record for which nothing is said was handed over.
    package static func write(
        _ batch: LinkBatch, of dossier: DossierID, to link: SubscriptionID, _ verdicts: [LinkKey: LinkVerdict],
        now: Instant, in tx: Transaction
    ) throws {
        for one in batch.records {
            let (record, verdict) = (one.record, verdicts[one.key])
            let state = verdict.map { SentRecord.State($0.outcome) } ?? .handedOver
            let (code, message) = (verdict?.code ?? "", verdict?.message ?? "")
            try tx.execute(
                """
                INSERT INTO record_sent (link, family, key, number, dossier, digest, state, code, message, batch, at,
                    times)
                VALUES (\(link), \(record.family), \(record.key), \(one.number), \(dossier), \(record.digest),
                    \(state.rawValue), \(code), \(message), \(batch.id), \(now), 1)
                ON CONFLICT (link, family, key) DO UPDATE SET digest = \(record.digest), state = \(state.rawValue),
                    code = \(code), message = \(message), batch = \(batch.id), at = \(now),
                    times = record_sent.times + 1
                """)
        }
    }

    /// Writes what came later of what was handed over. A name under which nothing was sent is passed over.
    static func settle(
        _ verdicts: [LinkKey: LinkVerdict], of link: SubscriptionID, in tx: Transaction
    ) throws {
        for (key, verdict) in verdicts.sorted(by: { ($0.key.family, $0.key.key) < ($1.key.family, $1.key.key) }) {
            try tx.execute(
                """
                UPDATE record_sent SET state = \(SentRecord.State(verdict.outcome).rawValue), code = \(verdict.code),
                    message = \(verdict.message)
                WHERE link = \(link) AND family = \(key.family) AND key = \(key.key)
                """)
        }
    }

    /// What was sent of a dossier, by its number.
    package static func of(_ number: String, to link: SubscriptionID, in tx: Transaction) throws -> [SentRecord] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM record_sent WHERE link = \(link) AND number = \(number)
            ORDER BY family, key LIMIT \(LinkBatch.recordsMax)
            """
        ).map(SentRecord.init)
    }

    /// How many stand in each state.
    package static func counts(of link: SubscriptionID, in tx: Transaction) throws -> [SentRecord.State: Int] {
        var counts: [SentRecord.State: Int] = [:]
        for row in try tx.rows(
            "SELECT state, COUNT(*) FROM record_sent WHERE link = \(link) GROUP BY state ORDER BY state LIMIT 10")
        {
            counts[try row.value(0, SentRecord.State.init)] = try row.integer(1)
        }
        return counts
    }

    /// Those in a state, the oldest first, after one of them.
    package static func page(
        _ state: SentRecord.State, of link: SubscriptionID, after last: SentRecord? = nil, in tx: Transaction
    ) throws -> [SentRecord] {
        let (at, family, key) = (last?.at ?? Instant(milliseconds: 0), last?.key.family ?? "", last?.key.key ?? "")
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM record_sent
            WHERE link = \(link) AND state = \(state.rawValue)
                AND (at > \(at) OR at = \(at) AND (family > \(family) OR family = \(family) AND key > \(key)))
            ORDER BY at, family, key LIMIT \(Limits.pageRowsMax)
            """
        ).map(SentRecord.init)
    }
}

extension SentRecord {
    init(_ row: Row) throws {
        self.init(
            key: LinkKey(try row.text(0), try row.text(1)), number: try row.text(2), dossier: try row.id(3),
            digest: try row.text(4), state: try row.value(5, State.init), code: try row.text(6),
            message: try row.text(7), batch: try row.text(8), at: try row.instant(9), times: try row.integer(10))
    }
}

extension LinkRecord {
    /// By what it is named.
    package var key: LinkKey { LinkKey(record.family, record.key) }
}
