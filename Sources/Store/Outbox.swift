package import Vocabulary

/// Something that must happen in the world because a transaction said so: a seal, a message, a report.
package struct Effect: Equatable, Sendable {
    /// `room.verb`; a handler is registered under it.
    package let kind: String
    /// What the handler needs, as JSON.
    package let payload: [UInt8]

    package init(_ kind: String, payload: [UInt8] = []) {
        self.kind = kind
        self.payload = payload
    }
}

/// Which effect: the ordinal-th that the event (subject, sequence) asked for. The same for ever, so that handlers can
/// recognise a second delivery.
package struct EffectID: Hashable, Sendable, CustomStringConvertible {
    package let subject: Subject
    package let sequence: Int
    package let ordinal: Int

    package init(subject: Subject, sequence: Int, ordinal: Int) {
        self.subject = subject
        self.sequence = sequence
        self.ordinal = ordinal
    }

    package var description: String { "\(subject)-\(sequence)-\(ordinal)" }
}

/// An effect in somebody's hands until a certain instant.
package struct Lease: Equatable, Sendable {
    package let id: EffectID
    package let effect: Effect
    /// 1 for the first try.
    package let attempt: Int
    package let holder: String
}

/// An effect that was tried as often as it may be; somebody must look at it.
package struct SpentEffect: Equatable, Sendable {
    package let id: EffectID
    package let effect: Effect
    package let attempts: Int
    package let failure: String
    package let at: Instant
}

/// The effects that wait. Delivery is at least once; done is a deletion in the transaction that keeps the answer.
package enum Outbox {
    /// A holder that has not answered for so long has lost its effect to another.
    package static let leaseSeconds: Int64 = 60
    /// LIMIT: tries before an effect becomes a task on an officer's screen.
    package static let attemptsMax = 12
    /// LIMIT: seconds between two tries.
    package static let backoffSecondsMax: Int64 = 3600
    /// LIMIT: characters kept of a failure.
    static let failureCharactersMax = 500

    static let migration = Migration(
        "store.003-outbox",
        tables: [
            Table(
                "outbox", .distributed(by: "subject"),
                columns: """
                    subject BYTEA NOT NULL, sequence BIGINT NOT NULL, ordinal BIGINT NOT NULL, kind TEXT NOT NULL,
                    payload BYTEA NOT NULL, lease_until BIGINT NOT NULL, attempts BIGINT NOT NULL, holder TEXT NOT NULL,
                    PRIMARY KEY (subject, sequence, ordinal)
                    """,
                indexes: ["outbox_by_lease ON outbox (lease_until)"]),
            Table(
                "outbox_spent", .distributed(by: "subject"),
                columns: """
                    subject BYTEA NOT NULL, sequence BIGINT NOT NULL, ordinal BIGINT NOT NULL, kind TEXT NOT NULL,
                    payload BYTEA NOT NULL, attempts BIGINT NOT NULL, failure TEXT NOT NULL, at BIGINT NOT NULL,
                    PRIMARY KEY (subject, sequence, ordinal)
                    """),
        ])

    /// Adds the effects of one event, due at once.
    package static func enqueue(
        _ effects: [Effect], of subject: Subject, sequence: Int, now: Instant, in tx: Transaction
    ) throws {
        for (ordinal, effect) in effects.enumerated() {
            try tx.execute(
                """
                INSERT INTO outbox (subject, sequence, ordinal, kind, payload, lease_until, attempts, holder)
                VALUES (\(subject), \(sequence), \(ordinal), \(effect.kind), \(effect.payload), \(now), 0, '')
                """)
        }
    }

    /// Takes at most `limit` effects that are due, the longest waiting first. Of two that ask, one gets each. One
    /// that was tried `attemptsMax` times without an answer is set aside as spent instead.
    package static func lease(limit: Int, holder: String, now: Instant, in tx: Transaction) throws -> [Lease] {
        let until = now.advanced(bySeconds: leaseSeconds)
        return try tx.rows(
            """
            UPDATE outbox SET lease_until = \(until), attempts = attempts + 1, holder = \(holder)
            WHERE (subject, sequence, ordinal) IN (
                SELECT subject, sequence, ordinal FROM outbox WHERE lease_until <= \(now)
                ORDER BY lease_until, subject, sequence, ordinal LIMIT \(limit)
            ) AND lease_until <= \(now)
            RETURNING subject, sequence, ordinal, kind, payload, attempts
            """
        ).map { row in
            Lease(
                id: try id(row), effect: Effect(try row.text(3), payload: try row.bytes(4)),
                attempt: try row.integer(5), holder: holder)
        }
        .sorted { ($0.id.subject, $0.id.sequence, $0.id.ordinal) < ($1.id.subject, $1.id.sequence, $1.id.ordinal) }
        .filter { lease in
            // A holder that dies every time never says that it failed: its tries are bounded all the same.
            guard lease.attempt > attemptsMax else { return true }
            try fail(lease, failure: "no answer within \(leaseSeconds) seconds", now: now, in: tx)
            return false
        }
    }

    /// Ends an effect in the transaction that keeps its answer; false when the lease was lost, and then the caller must
    /// keep nothing.
    package static func complete(_ lease: Lease, in tx: Transaction) throws -> Bool {
        try tx.changes(
            """
            DELETE FROM outbox WHERE subject = \(lease.id.subject) AND sequence = \(lease.id.sequence)
                AND ordinal = \(lease.id.ordinal) AND holder = \(lease.holder) AND attempts = \(lease.attempt)
            """) == 1
    }

    /// Puts an effect back for a later try, or sets it aside as spent. True when it is spent.
    @discardableResult
    package static func fail(_ lease: Lease, failure: String, now: Instant, in tx: Transaction) throws -> Bool {
        let short = String(failure.prefix(failureCharactersMax))
        guard lease.attempt >= attemptsMax else {
            let wait = min(backoffSecondsMax, 1 << Int64(lease.attempt))
            try tx.execute(
                """
                UPDATE outbox SET lease_until = \(now.advanced(bySeconds: wait))
                WHERE subject = \(lease.id.subject) AND sequence = \(lease.id.sequence)
                    AND ordinal = \(lease.id.ordinal) AND holder = \(lease.holder) AND attempts = \(lease.attempt)
                """)
            return false
        }
        guard try complete(lease, in: tx) else { return false }
        try tx.execute(
            """
            INSERT INTO outbox_spent (subject, sequence, ordinal, kind, payload, attempts, failure, at)
            VALUES (\(lease.id.subject), \(lease.id.sequence), \(lease.id.ordinal), \(lease.effect.kind),
                \(lease.effect.payload), \(min(lease.attempt, attemptsMax)), \(short), \(now))
            """)
        return true
    }

    /// The spent effects, the oldest subject first.
    package static func spent(limit: Int, in tx: Transaction) throws -> [SpentEffect] {
        try tx.rows(
            """
            SELECT subject, sequence, ordinal, kind, payload, attempts, failure, at FROM outbox_spent
            ORDER BY subject, sequence, ordinal LIMIT \(limit)
            """
        ).map { row in
            SpentEffect(
                id: try id(row), effect: Effect(try row.text(3), payload: try row.bytes(4)),
                attempts: try row.integer(5), failure: try row.text(6), at: try row.instant(7))
        }
    }

    /// Gives a spent effect its tries back; false when there is none with this id.
    package static func redeliver(_ id: EffectID, now: Instant, in tx: Transaction) throws -> Bool {
        let rows = try tx.rows(
            """
            DELETE FROM outbox_spent
            WHERE subject = \(id.subject) AND sequence = \(id.sequence) AND ordinal = \(id.ordinal)
            RETURNING kind, payload
            """)
        guard let row = rows.first else { return false }
        try tx.execute(
            """
            INSERT INTO outbox (subject, sequence, ordinal, kind, payload, lease_until, attempts, holder)
            VALUES (\(id.subject), \(id.sequence), \(id.ordinal), \(try row.text(0)), \(try row.bytes(1)), \(now), 0,
                '')
            """)
        return true
    }

    /// How many effects wait, and how many are spent.
    package static func counts(in tx: Transaction) throws -> (waiting: Int, spent: Int) {
        let row = try tx.row("SELECT (SELECT COUNT(*) FROM outbox), (SELECT COUNT(*) FROM outbox_spent)")
        return (try row?.integer(0) ?? 0, try row?.integer(1) ?? 0)
    }

    /// When the effect that waits longest was due; nil when none waits.
    package static func dueSince(in tx: Transaction) throws -> Instant? {
        try tx.row("SELECT lease_until FROM outbox ORDER BY lease_until LIMIT 1")?.instant(0)
    }

    private static func id(_ row: Row) throws -> EffectID {
        EffectID(subject: try row.subject(0), sequence: try row.integer(1), ordinal: try row.integer(2))
    }
}
