package import Store
package import Vocabulary

/// A link under which a copy of a certificate can be fetched for a while.
package struct SharingLink: Equatable, Sendable {
    /// LIMIT: minutes for which a link works.
    package static let minutes = 1...1440
    /// Minutes for which it works where nothing is asked.
    package static let minutesUsual = 30
    /// LIMIT: times that one is opened.
    package static let openedMax = 20

    package let id: Subject
    package let certificate: CertificateID
    package let accessID: AccessID
    package let cause: String
    package let expiresAt: Instant

    package init(
        _ id: Subject, to certificate: CertificateID, for accessID: AccessID, cause: String, until expiresAt: Instant
    ) {
        (self.id, self.certificate, self.accessID) = (id, certificate, accessID)
        (self.cause, self.expiresAt) = (cause, expiresAt)
    }
}

/// What callers did lately.
extension SharingTable {
    /// LIMIT: rows forgotten in one transaction.
    package static let pruneMax = 2000

    /// Takes a call of a caller in. Refuses one with a nonce that was used, and one beyond the caller's calls in a
    /// minute; the transaction must be kept all the same, so that neither can be tried again.
    package static func take(
        _ nonce: String, of caller: SharingCaller, now: Instant, in tx: Transaction
    ) throws {
        let (accessID, forgetAt) = (
            caller.accessID.description, now.advanced(bySeconds: 2 * SharingRules.clockSeconds + 1)
        )
        let isNew = try tx.changes(
            """
            INSERT INTO sharing_nonce (access_id, nonce, forget_at) VALUES (\(accessID), \(nonce), \(forgetAt))
            ON CONFLICT (access_id, nonce) DO NOTHING
            """)
        guard isNew == 1 else { throw SharingRefusal.repeatedCall }
        let minute = now.milliseconds / 60_000
        let calls = try tx.row(
            """
            INSERT INTO sharing_minute (access_id, minute, calls) VALUES (\(accessID), \(minute), 1)
            ON CONFLICT (access_id, minute) DO UPDATE SET calls = sharing_minute.calls + 1 RETURNING calls
            """)?.integer(0)
        guard let calls, calls <= caller.perMinute else { throw SharingRefusal.tooManyCalls }
    }

    /// Writes a call down under an id of its own, with a look for each certificate whose data are given; before the
    /// answer leaves.
    package static func note(
        _ entry: SharingEntry, as id: Subject, looks: [Subject], of caller: SharingCaller, stamp: Stamp,
        in tx: Transaction
    ) throws {
        try Journal.append([SharingEvent.called(entry)], to: id, after: 0, stamp: stamp, in: tx)
        for (certificate, look) in zip(entry.certificates, looks) {
            let actor = Actor.caller(caller.id)
            guard let holder = try CertificateTable.load(certificate, in: tx)?.reservation.holder else { continue }
            let seen = Look.Seen.certificate(certificate, of: holder)
            try Looks.record(
                Look(Look.Looker(actor, body: caller.body), at: seen, for: .shared, stamp.now), id: look, in: tx)
            let showing = Showing(
                ShowingID(look), of: certificate, at: stamp.now, by: (actor, caller.body), way: .shared,
                purpose: entry.cause)
            try ShowingTable.add(showing, entry: id, in: tx)
        }
    }

    /// Keeps a link, under the digest of its secret.
    package static func add(_ link: SharingLink, digest: [UInt8], in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO sharing_link (digest, id, certificate, access_id, cause, expires_at, opened)
            VALUES (\(digest), \(link.id), \(link.certificate), \(link.accessID.description), \(link.cause),
                \(link.expiresAt), 0)
            """)
    }

    /// Opens a link once more. Refuses one that nobody knows, one whose time is over, and one that was opened
    /// `SharingLink.openedMax` times, all alike.
    package static func open(_ digest: [UInt8], now: Instant, in tx: Transaction) throws -> SharingLink {
        let row = try tx.row(
            """
            UPDATE sharing_link SET opened = opened + 1
            WHERE digest = \(digest) AND expires_at > \(now) AND opened < \(SharingLink.openedMax)
            RETURNING id, certificate, access_id, cause, expires_at
            """)
        guard let row else { throw SharingRefusal.unknownLink }
        return SharingLink(
            try row.subject(0), to: try row.id(1), for: try row.value(2, AccessID.init), cause: try row.text(3),
            until: try row.instant(4))
    }

    /// Forgets nonces, minutes and links that are over; answers how many.
    package static func prune(now: Instant, in tx: Transaction) throws -> Int {
        let minute = now.milliseconds / 60_000
        let statements: [SQL] = [
            """
            DELETE FROM sharing_nonce WHERE (access_id, nonce) IN (
                SELECT access_id, nonce FROM sharing_nonce WHERE forget_at <= \(now)
                ORDER BY forget_at, access_id, nonce LIMIT \(pruneMax))
            """,
            """
            DELETE FROM sharing_minute WHERE (access_id, minute) IN (
                SELECT access_id, minute FROM sharing_minute WHERE minute < \(minute - 1)
                ORDER BY access_id, minute LIMIT \(pruneMax))
            """,
            """
            DELETE FROM sharing_link WHERE digest IN (
                SELECT digest FROM sharing_link WHERE expires_at <= \(now) ORDER BY expires_at, digest
                LIMIT \(pruneMax))
            """,
        ]
        return try statements.reduce(0) { try $0 + tx.changes($1) }
    }
}
