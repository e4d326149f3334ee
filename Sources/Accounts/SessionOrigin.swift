import Crypto
package import Store
package import Vocabulary

/// Where a session came from that was not begun with a password: the subject at the provider, the provider's own
/// session, and the token with which it is told that she signs out.
package struct SessionOrigin: Sendable {
    package let subject: IdentityStatement.Subject
    /// The session at the provider; nil where it has none.
    package let sid: String?
    /// The token that the provider gave. It names the person, so it is kept encrypted under the browser's secret.
    package let token: String

    package init(_ subject: IdentityStatement.Subject, sid: String?, token: String) {
        (self.subject, self.sid, self.token) = (subject, sid, token)
    }
}

/// What a provider says when somebody signed out there: whose sessions of ours end (Back-Channel Logout).
package struct SignedOutThere: Sendable {
    package let subject: IdentityStatement.Subject
    /// The one session that ended; nil for all of the subject's.
    package let sid: String?
    /// The name of the message, which counts once.
    package let message: String
    /// Until when the message could come again.
    package let until: Instant

    package init(_ subject: IdentityStatement.Subject, sid: String?, message: String, until: Instant) {
        (self.subject, self.sid, self.message, self.until) = (subject, sid, message, until)
    }
}

extension SessionTable {
    static let levelMigration = Migration(
        "accounts.015-session-level", statements: ["ALTER TABLE session ADD COLUMN level TEXT"])

    /// Remembers where a session came from.
    package static func keep(
        _ origin: SessionOrigin, of token: SessionToken, key: AccountKey, in tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO session_identity (digest, subject_digest, sid, hint)
            VALUES (\(token.digest), \(IdentityLinkTable.digest(origin.subject, key)), \(origin.sid),
                \(try token.seal(origin.token)))
            """)
    }

    /// The provider's token of a session; nil for one that was begun with a password.
    package static func providerToken(of token: SessionToken, in tx: Transaction) throws -> String? {
        let row = try tx.row("SELECT hint FROM session_identity WHERE digest = \(token.digest)")
        return try row.map { try token.open($0.bytes(0)) }
    }

    /// Ends the sessions that came from a session at the provider; answers how many. The same message counts once:
    /// refuses the second as `requestSpent`.
    package static func end(
        _ message: SignedOutThere, key: AccountKey, in tx: Transaction
    ) throws -> Int {
        let name = key.digest(of: "\(message.subject.issuer)\n\(message.message)", for: .identityRequests)
        try IdentityLinkTable.spend(name, until: message.until, in: tx)
        guard let person = try IdentityLinkTable.person(message.subject, key: key, in: tx) else { return 0 }
        let subject = IdentityLinkTable.digest(message.subject, key)
        var ended = 0
        for digest in try digests(of: .person(person), in: tx) {
            let row = try tx.row("SELECT subject_digest, sid FROM session_identity WHERE digest = \(digest)")
            guard let row, try row.bytes(0) == subject else { continue }
            let sid = try row.optionalText(1)
            guard message.sid == nil || sid == message.sid else { continue }
            try end(digest, of: .person(person), in: tx)
            ended += 1
        }
        return ended
    }
}

extension SessionToken {
    private var originKey: SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secretBytes), info: Array("session.origin".utf8), outputByteCount: 32)
    }

    /// AES-GCM under a key that only the browser's cookie gives.
    fileprivate func seal(_ text: String) throws -> [UInt8] {
        guard let sealed = try AES.GCM.seal(Array(text.utf8), using: originKey).combined else {
            throw Fault.corrupt("a provider's token could not be sealed")
        }
        return Array(sealed)
    }

    fileprivate func open(_ bytes: [UInt8]) throws -> String {
        do {
            return String(decoding: try AES.GCM.open(.init(combined: bytes), using: originKey), as: UTF8.self)
        } catch {
            throw Fault.corrupt("a session's origin cannot be opened")
        }
    }
}
