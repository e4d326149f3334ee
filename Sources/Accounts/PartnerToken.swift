import Crypto
package import Store
package import Vocabulary

/// A short token by which a partner's program asks: 256 random bits. The database knows only its SHA-256.
package struct PartnerToken: Sendable, CustomStringConvertible {
    /// How long one counts.
    package static let seconds: Int64 = 600
    /// What stands before it, so that it is told from a session's wherever it is found.
    package static let prefix = "owp_"

    private let bytes: [UInt8]

    /// A new one. In service the dice are the operating system's.
    package init(_ dice: Dice) { bytes = dice.bytes(32) }

    /// Reads `text`; nil for any other shape.
    package init?(_ text: some StringProtocol) {
        guard text.hasPrefix(Self.prefix), let bytes = Hex.bytes(text.dropFirst(Self.prefix.count), count: 32) else {
            return nil
        }
        self.bytes = bytes
    }

    /// As it is sent: the prefix and 64 hexadecimal digits.
    package var text: String { Self.prefix + Hex.text(bytes) }

    /// Masked.
    package var description: String { "PartnerToken(***)" }

    fileprivate var digest: [UInt8] { Array(SHA256.hash(data: bytes)) }
}

/// The tokens that were given, by their digests.
package enum PartnerTokenTable {
    /// LIMIT: tokens of one partner that count at a time; one more ends the one that was given first.
    package static let perPartnerMax = 100
    /// LIMIT: tokens pruned in one transaction.
    package static let pruneMax = 500

    static let migration = Migration(
        "accounts.013-partner-tokens",
        tables: [
            Table(
                "partner_token", .distributed(by: "partner"),
                columns: """
                    partner BYTEA NOT NULL, digest BYTEA NOT NULL, scopes TEXT NOT NULL, expires_at BIGINT NOT NULL,
                    PRIMARY KEY (partner, digest)
                    """,
                indexes: ["partner_token_by_end ON partner_token (expires_at)"]),
            Table(
                "partner_token_by_digest", .distributed(by: "digest"),
                columns: "digest BYTEA NOT NULL PRIMARY KEY, partner BYTEA NOT NULL"),
        ])

    /// Gives a token with these scopes.
    package static func give(
        _ token: PartnerToken, to partner: PartnerID, scopes: [PartnerScope], now: Instant, in tx: Transaction
    ) throws {
        for digest in try digests(of: partner, in: tx).dropFirst(perPartnerMax - 1) { try end(digest, partner, in: tx) }
        let until = now.advanced(bySeconds: PartnerToken.seconds)
        try tx.execute(
            """
            INSERT INTO partner_token (partner, digest, scopes, expires_at)
            VALUES (\(partner), \(token.digest), \(scopes.map(\.rawValue).joined(separator: " ")), \(until))
            """)
        try tx.execute(
            "INSERT INTO partner_token_by_digest (digest, partner) VALUES (\(token.digest), \(partner))")
    }

    /// Whose token it is and for what; nil for one that is over or was never given.
    package static func read(
        _ token: PartnerToken, now: Instant, in tx: Transaction
    ) throws -> (partner: PartnerID, scopes: [PartnerScope])? {
        guard
            let partner: PartnerID = try tx.row(
                "SELECT partner FROM partner_token_by_digest WHERE digest = \(token.digest)")?.id(0),
            let row = try tx.row(
                """
                SELECT scopes FROM partner_token
                WHERE partner = \(partner) AND digest = \(token.digest) AND expires_at > \(now)
                """)
        else { return nil }
        return (partner, try row.text(0).split(separator: " ").compactMap { PartnerScope(rawValue: String($0)) })
    }

    /// Ends every token of a partner.
    static func endAll(of partner: PartnerID, in tx: Transaction) throws {
        for digest in try digests(of: partner, in: tx) { try end(digest, partner, in: tx) }
    }

    /// Removes tokens that are over; answers how many.
    package static func prune(now: Instant, in tx: Transaction) throws -> Int {
        let rows = try tx.rows(
            """
            SELECT partner, digest FROM partner_token WHERE expires_at <= \(now)
            ORDER BY expires_at, digest LIMIT \(pruneMax)
            """)
        for row in rows { try end(row.bytes(1), row.id(0), in: tx) }
        return rows.count
    }

    private static func end(_ digest: [UInt8], _ partner: PartnerID, in tx: Transaction) throws {
        try tx.execute("DELETE FROM partner_token WHERE partner = \(partner) AND digest = \(digest)")
        try tx.execute("DELETE FROM partner_token_by_digest WHERE digest = \(digest)")
    }

    /// The one that lasts longest first. Two that are given at once may both count themselves in, so there can be a few
    /// above the limit.
    private static func digests(of partner: PartnerID, in tx: Transaction) throws -> [[UInt8]] {
        try tx.rows(
            """
            SELECT digest FROM partner_token WHERE partner = \(partner)
            ORDER BY expires_at DESC, digest LIMIT \(perPartnerMax * 10)
            """
        ).map { try $0.bytes(0) }
    }
}
