package import Store
package import Vocabulary

/// The sessions, by the digest of their secret and by holder.
package enum SessionTable {
    /// LIMIT: sessions of one holder at a time; one more ends the one that started first.
    package static let perHolderMax = 20
    /// LIMIT: sessions pruned in one transaction.
    package static let pruneMax = 500

    static let migration = Migration(
        "accounts.004-sessions",
        tables: [
            Table(
                "session", .distributed(by: "digest"),
                columns: """
                    digest BYTEA NOT NULL PRIMARY KEY, holder TEXT NOT NULL, started_at BIGINT NOT NULL,
                    seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL
                    """,
                indexes: ["session_by_end ON session (expires_at)"]),
            Table(
                "session_by_holder", .distributed(by: "holder"),
                columns: """
                    holder TEXT NOT NULL, digest BYTEA NOT NULL, started_at BIGINT NOT NULL,
                    PRIMARY KEY (holder, digest)
                    """),
        ])

    /// Starts a session under a new secret, and ends the oldest ones beyond `perHolderMax`.
    @discardableResult
    package static func start(
        _ token: SessionToken, of holder: Holder, level: AssuranceLevel = .realName, now: Instant, in tx: Transaction
    ) throws -> Session {
        let session = Session(token.digest, holder: holder, level: level, startedAt: now, seenAt: now)
        for digest in try digests(of: holder, in: tx).dropFirst(perHolderMax - 1) {
            try end(digest, of: holder, in: tx)
        }
        try tx.execute(
            """
            INSERT INTO session (digest, holder, started_at, seen_at, expires_at, level)
            VALUES (\(session.digest), \(holder.description), \(now), \(now), \(session.expiresAt), \(level.rawValue))
            """)
        try tx.execute(
            """
            INSERT INTO session_by_holder (holder, digest, started_at)
            VALUES (\(holder.description), \(session.digest), \(now))
            """)
        return session
    }

    /// The session behind a cookie's secret. Refuses one that is not known or has run out. Writes nothing.
    package static func session(_ token: SessionToken, now: Instant, in tx: Transaction) throws -> Session {
        let row = try tx.row(
            """
            SELECT holder, started_at, seen_at, level FROM session
            WHERE digest = \(token.digest) AND expires_at > \(now)
            """)
        guard let row else { throw LoginRefusal.sessionEnded }
        let session = Session(
            token.digest, holder: try row.value(0, Holder.init), level: try level(row.optionalText(3)),
            startedAt: try row.instant(1), seenAt: try row.instant(2))
        guard session.lives(at: now) else { throw LoginRefusal.sessionEnded }
        return session
    }

    /// A session from before levels were kept was begun with a password.
    private static func level(_ text: String?) throws -> AssuranceLevel {
        guard let text else { return .realName }
        guard let level = AssuranceLevel(rawValue: text) else { throw Fault.corrupt("a session's level is none") }
        return level
    }

    /// Writes down that the session was seen, when it `wantsRenewal`; of many requests at once, one writes.
    @discardableResult
    package static func renew(_ session: Session, now: Instant, in tx: Transaction) throws -> Session {
        guard session.wantsRenewal(at: now) else { return session }
        let seen = session.seen(at: now)
        try tx.execute(
            """
            UPDATE session SET seen_at = \(now), expires_at = \(seen.expiresAt)
            WHERE digest = \(session.digest) AND seen_at = \(session.seenAt)
            """)
        return seen
    }

    /// Signs out. A session that is not there is no mistake.
    package static func end(_ session: Session, in tx: Transaction) throws {
        try end(session.digest, of: session.holder, in: tx)
    }

    /// Signs out everywhere, but for the session that asks for it if it is given; answers how many sessions ended.
    @discardableResult
    package static func endAll(of holder: Holder, but kept: Session? = nil, in tx: Transaction) throws -> Int {
        var ended = 0
        while true {
            let digests = try digests(of: holder, in: tx).filter { $0 != kept?.digest }
            if digests.isEmpty { return ended }
            for digest in digests { try end(digest, of: holder, in: tx) }
            ended += digests.count
        }
    }

    /// Removes sessions that have run out; answers how many.
    package static func prune(now: Instant, in tx: Transaction) throws -> Int {
        let rows = try tx.rows(
            """
            SELECT digest, holder FROM session WHERE expires_at <= \(now) ORDER BY expires_at, digest LIMIT \(pruneMax)
            """)
        for row in rows { try end(row.bytes(0), of: row.value(1, Holder.init), in: tx) }
        return rows.count
    }

    static func end(_ digest: [UInt8], of holder: Holder, in tx: Transaction) throws {
        try tx.execute("DELETE FROM session WHERE digest = \(digest)")
        try tx.execute("DELETE FROM session_identity WHERE digest = \(digest)")
        try tx.execute("DELETE FROM session_by_holder WHERE holder = \(holder.description) AND digest = \(digest)")
    }

    /// The latest first. Two that start at once may both count themselves in, so there can be a few above the limit.
    static func digests(of holder: Holder, in tx: Transaction) throws -> [[UInt8]] {
        try tx.rows(
            """
            SELECT digest FROM session_by_holder WHERE holder = \(holder.description)
            ORDER BY started_at DESC, digest LIMIT \(perHolderMax * 10)
            """
        ).map { try $0.bytes(0) }
    }
}
