package import Vocabulary

/// Something that must happen in the world because a transaction said so: a seal, a message, a report.
package struct Effect: Equatable, Sendable {
    /// `room.verb`; a handler is registered under it.
    package let kind: String
    /// What the handler needs, as JSON.
    package let payload: [UInt8]
    /// Who waits for it: effects of one lane never wait for those of another.
    package let lane: Lane

    /// Where effects stand in line.
    package enum Lane: Int, Sendable, CaseIterable {
        /// What this house does by itself: quick, and it answers.
        case house = 0
        /// What needs a partner who may be slow or away.
        case world = 1
    }

    package init(_ kind: String, payload: [UInt8] = [], lane: Lane = .house) {
        self.kind = kind
        self.payload = payload
        self.lane = lane
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

    /// Reads `description`; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 3).map(String.init)
        guard parts.count == 3, let subject = Subject(parts[0]), let sequence = Int(parts[1]),
            let ordinal = Int(parts[2])
        else { return nil }
        self.init(subject: subject, sequence: sequence, ordinal: ordinal)
    }
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

    /// The longest waiting of one lane is found without stepping over another's.
    static let lanes = Migration(
        "store.008-outbox-lanes",
        statements: [
            "ALTER TABLE outbox ADD COLUMN lane BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE outbox_spent ADD COLUMN lane BIGINT NOT NULL DEFAULT 0",
            "CREATE INDEX outbox_by_lane ON outbox (lane, lease_until)",
            "DROP INDEX outbox_by_lease",
        ])

    /// Adds the effects of one event, due at once, or from an instant on that is still to come.
    package static func enqueue(
        _ effects: [Effect], of subject: Subject, sequence: Int, now: Instant, notBefore: Instant? = nil,
        in tx: Transaction
    ) throws {
        let due = max(now, notBefore ?? now)
        for (ordinal, effect) in effects.enumerated() {
            try tx.execute(
                """
                INSERT INTO outbox (subject, sequence, ordinal, kind, payload, lease_until, attempts, holder, lane)
                VALUES (\(subject), \(sequence), \(ordinal), \(effect.kind), \(effect.payload), \(due), 0, '',
                    \(effect.lane.rawValue))
                """)
        }
    }

    /// Takes at most `limit` effects of a lane that are due, the longest waiting first. Of two that ask, one gets each.
    /// One that was tried `attemptsMax` times without an answer is set aside as spent instead.
    package static func lease(
        limit: Int, holder: String, lane: Effect.Lane = .house, now: Instant, in tx: Transaction
    ) throws -> [Lease] {
        let until = now.advanced(bySeconds: leaseSeconds)
        return try tx.rows(
            """
            UPDATE outbox SET lease_until = \(until), attempts = attempts + 1, holder = \(holder)
            WHERE (subject, sequence, ordinal) IN (
                SELECT subject, sequence, ordinal FROM outbox
                WHERE lane = \(lane.rawValue) AND lease_until <= \(now)
                ORDER BY lease_until, subject, sequence, ordinal LIMIT \(limit)
            ) AND lease_until <= \(now)
            RETURNING subject, sequence, ordinal, kind, payload, attempts
            """
        ).map { row in
            Lease(
                id: try id(row), effect: Effect(try row.text(3), payload: try row.bytes(4), lane: lane),
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

    /// Puts an effect back until an instant as if it had never been taken: the world could not be asked now.
    package static func postpone(_ lease: Lease, until: Instant, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE outbox SET lease_until = \(until), attempts = attempts - 1
            WHERE subject = \(lease.id.subject) AND sequence = \(lease.id.sequence)
                AND ordinal = \(lease.id.ordinal) AND holder = \(lease.holder) AND attempts = \(lease.attempt)
            """)
    }

    /// How many effects wait, and how many are spent.
    package static func counts(in tx: Transaction) throws -> (waiting: Int, spent: Int) {
        let row = try tx.row("SELECT (SELECT COUNT(*) FROM outbox), (SELECT COUNT(*) FROM outbox_spent)")
        return (try row?.integer(0) ?? 0, try row?.integer(1) ?? 0)
    }

    /// When the effect that waits longest was due; nil when none waits.
    package static func dueSince(in tx: Transaction) throws -> Instant? {
        try Effect.Lane.allCases.compactMap { lane in
            try tx.row(
                """
                SELECT lease_until FROM outbox WHERE lane = \(lane.rawValue) ORDER BY lease_until LIMIT 1
                """)?.instant(0)
        }.min()
    }

    static func id(_ row: Row) throws -> EffectID {
        EffectID(subject: try row.subject(0), sequence: try row.integer(1), ordinal: try row.integer(2))
    }
}
