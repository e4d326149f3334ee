package import Store
package import Vocabulary

/// The failures to sign in, by digest of the login and of the address.
///
/// An attempt is counted as a failure before the password is looked at and taken back when it was right; so a hundred
/// attempts at once are not a hundred free guesses, and a crash is not one either.
package enum ThrottleTable {
    /// LIMIT: rows forgotten in one transaction.
    package static let pruneMax = 1000

    static let migration = Migration(
        "accounts.005-throttle",
        tables: [
            Table(
                "login_failure", .distributed(by: "way"),
                columns: """
                    way BYTEA NOT NULL PRIMARY KEY, failures BIGINT NOT NULL, wait_until BIGINT NOT NULL,
                    forget_at BIGINT NOT NULL
                    """,
                indexes: ["login_failure_by_age ON login_failure (forget_at)"])
        ])

    /// Counts the attempt. Refuses it, without counting, while the login or the address must wait.
    package static func begin(_ attempt: LoginAttempt, now: Instant, in tx: Transaction) throws {
        for (throttle, way) in attempt.ways {
            let forgetAt = now.advanced(bySeconds: throttle.forgetSeconds)
            let counted = try tx.row(
                """
                INSERT INTO login_failure (way, failures, wait_until, forget_at) VALUES (\(way), 1, 0, \(forgetAt))
                ON CONFLICT (way) DO UPDATE SET
                    failures = CASE WHEN login_failure.forget_at <= \(now) THEN 1 ELSE login_failure.failures + 1 END,
                    forget_at = \(forgetAt)
                WHERE login_failure.wait_until <= \(now) RETURNING failures
                """)
            guard let counted else { throw LoginRefusal.wait(until: try waitUntil(way, now: now, in: tx)) }
            let waitUntil = now.advanced(bySeconds: throttle.waitSeconds(after: try counted.integer(0)))
            try tx.execute("UPDATE login_failure SET wait_until = \(waitUntil) WHERE way = \(way)")
        }
    }

    /// The password was right: the login starts anew, and the address is where it was before.
    package static func succeeded(_ attempt: LoginAttempt, in tx: Transaction) throws {
        try takeBack(attempt, in: tx)
        for (throttle, way) in attempt.ways where throttle == .login {
            try tx.execute("DELETE FROM login_failure WHERE way = \(way)")
        }
    }

    /// Nobody looked at the password (`Fault.busy`): the attempt does not count.
    package static func takeBack(_ attempt: LoginAttempt, in tx: Transaction) throws {
        for (_, way) in attempt.ways {
            try tx.execute(
                """
                UPDATE login_failure SET failures = failures - 1, wait_until = 0 WHERE way = \(way) AND failures > 0
                """)
        }
    }

    /// Forgets what is old; answers how many rows.
    package static func prune(now: Instant, in tx: Transaction) throws -> Int {
        try tx.changes(
            """
            DELETE FROM login_failure WHERE way IN (
                SELECT way FROM login_failure WHERE forget_at <= \(now) ORDER BY forget_at, way LIMIT \(pruneMax)
            )
            """)
    }

    private static func waitUntil(_ way: [UInt8], now: Instant, in tx: Transaction) throws -> Instant {
        try tx.row("SELECT wait_until FROM login_failure WHERE way = \(way)")?.instant(0) ?? now
    }
}
