package import Vocabulary

/// What failed: a later try, or a task for a person.
extension Outbox {
    /// Puts an effect back for a later try, or sets it aside as spent. True when it is spent.
    @discardableResult
    package static func fail(_ lease: Lease, failure: String, now: Instant, in tx: Transaction) throws -> Bool {
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
        return try setAside(lease, failure: failure, now: now, in: tx)
    }

    /// Makes an effect a task on an officer's screen at once, because no further try can help. False when the lease was
    /// lost.
    package static func setAside(_ lease: Lease, failure: String, now: Instant, in tx: Transaction) throws -> Bool {
        guard try complete(lease, in: tx) else { return false }
        let short = String(failure.prefix(failureCharactersMax))
        try tx.execute(
            """
            INSERT INTO outbox_spent (subject, sequence, ordinal, kind, payload, attempts, failure, at, lane)
            VALUES (\(lease.id.subject), \(lease.id.sequence), \(lease.id.ordinal), \(lease.effect.kind),
                \(lease.effect.payload), \(min(lease.attempt, attemptsMax)), \(short), \(now),
                \(lease.effect.lane.rawValue))
            """)
        return true
    }

    /// The spent effects after one of them, the oldest subject first.
    package static func spent(after last: EffectID? = nil, limit: Int, in tx: Transaction) throws -> [SpentEffect] {
        let last = last ?? EffectID(subject: Subject(high: 0, low: 0), sequence: 0, ordinal: 0)
        return try tx.rows(
            """
            SELECT subject, sequence, ordinal, kind, payload, attempts, failure, at, lane FROM outbox_spent
            WHERE (subject, sequence, ordinal) > (\(last.subject), \(last.sequence), \(last.ordinal))
            ORDER BY subject, sequence, ordinal LIMIT \(limit)
            """
        ).map { row in
            SpentEffect(
                id: try id(row), effect: try effect(row, 3, lane: 8),
                attempts: try row.integer(5), failure: try row.text(6), at: try row.instant(7))
        }
    }

    /// Gives a spent effect its tries back and answers it; nil when there is none with this id.
    package static func redeliver(_ id: EffectID, now: Instant, in tx: Transaction) throws -> Effect? {
        guard let effect = try dismiss(id, in: tx) else { return nil }
        try tx.execute(
            """
            INSERT INTO outbox (subject, sequence, ordinal, kind, payload, lease_until, attempts, holder, lane)
            VALUES (\(id.subject), \(id.sequence), \(id.ordinal), \(effect.kind), \(effect.payload), \(now), 0, '',
                \(effect.lane.rawValue))
            """)
        return effect
    }

    /// Takes a spent effect off the screen and answers it: somebody has done otherwise what it was for. Nil when there
    /// is none with this id.
    package static func dismiss(_ id: EffectID, in tx: Transaction) throws -> Effect? {
        try tx.row(
            """
            DELETE FROM outbox_spent
            WHERE subject = \(id.subject) AND sequence = \(id.sequence) AND ordinal = \(id.ordinal)
            RETURNING kind, payload, lane
            """
        ).map { try effect($0, 0, lane: 2) }
    }

    private static func effect(_ row: Row, _ first: Int, lane: Int) throws -> Effect {
        guard let lane = Effect.Lane(rawValue: try row.integer(lane)) else { throw Fault.corrupt("a lane of no kind") }
        return Effect(try row.text(first), payload: try row.bytes(first + 1), lane: lane)
    }
}
