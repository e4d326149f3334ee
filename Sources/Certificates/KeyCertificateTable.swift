package import Signing
package import Store
package import Vocabulary

/// The register of the certificates of the house's keys.
package enum KeyCertificateTable {
    /// LIMIT: certificates of one house.
    package static let certificatesMax = 100_000

    static let migration = Migration(
        "seals.002-key-certificate",
        tables: [
            Table(
                "key_certificate", .reference,
                columns: """
                    fingerprint TEXT NOT NULL PRIMARY KEY, id BYTEA NOT NULL, role TEXT NOT NULL,
                    valid_until BIGINT NOT NULL, revoked_at BIGINT
                    """,
                indexes: ["key_certificate_by_role ON key_certificate (role, id)"]),
            Table(
                "seal_ceremony", .reference, columns: "place BIGINT NOT NULL PRIMARY KEY, held_at BIGINT NOT NULL"),
        ])

    /// Notes that the key ceremony was held. Of two who hold it at once, the later does all of it again and finds the
    /// other's. Refuses a second time.
    package static func holdCeremony(at now: Instant, in tx: Transaction) throws {
        guard try tx.row("SELECT held_at FROM seal_ceremony WHERE place = 1") == nil else {
            throw SealRefusal.ceremonyHeld
        }
        try tx.execute("INSERT INTO seal_ceremony (place, held_at) VALUES (1, \(now))")
    }

    /// Writes a new certificate.
    package static func issue(
        _ certificate: X509Certificate, for role: KeyRole, as id: KeyCertificateID, stamp: Stamp, in tx: Transaction
    ) throws {
        try Journal.append(
            [KeyCertificateEvent.issued(role, certificate)], to: id.subject, after: 0, stamp: stamp, in: tx)
        try tx.execute(
            """
            INSERT INTO key_certificate (fingerprint, id, role, valid_until, revoked_at)
            VALUES (\(certificate.fingerprint), \(id), \(role.description), \(certificate.validUntil), NULL)
            """)
    }

    /// Takes a certificate back from an instant on.
    package static func revoke(
        _ event: KeyCertificateEvent, _ certificate: KeyCertificate, stamp: Stamp, in tx: Transaction
    ) throws {
        guard case .revoked(let from, _, _) = event else { preconditionFailure("a certificate is issued once") }
        try Journal.append(
            [event], to: certificate.id.subject, after: certificate.sequence, stamp: stamp, in: tx)
        try tx.execute(
            """
            UPDATE key_certificate SET revoked_at = \(from)
            WHERE fingerprint = \(certificate.certificate.fingerprint)
            """)
    }

    /// The certificate with the fingerprint; nil when the register has none.
    package static func certificate(_ fingerprint: String, in tx: Transaction) throws -> KeyCertificate? {
        let row = try tx.row("SELECT id FROM key_certificate WHERE fingerprint = \(fingerprint)")
        return try row.flatMap { try load(try $0.id(0), in: tx) }
    }

    /// The newest certificate of a role that was not taken back; nil when there is none. It may be over.
    package static func current(_ role: KeyRole, in tx: Transaction) throws -> KeyCertificate? {
        let row = try tx.row(
            """
            SELECT id FROM key_certificate WHERE role = \(role.description) AND revoked_at IS NULL
            ORDER BY id DESC LIMIT 1
            """)
        return try row.flatMap { try load(try $0.id(0), in: tx) }
    }

    /// Every certificate of a role, the oldest first.
    package static func all(
        _ role: KeyRole, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [KeyCertificate] {
        try tx.rows(
            "SELECT id FROM key_certificate WHERE role = \(role.description) ORDER BY id LIMIT \(limit)"
        ).compactMap { try load(try $0.id(0), in: tx) }
    }

    /// Those that were taken back, by fingerprint, so many after the one given.
    package static func revoked(
        after fingerprint: String, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [TrustList.RevokedCertificate] {
        try tx.rows(
            """
            SELECT fingerprint, revoked_at FROM key_certificate
            WHERE revoked_at IS NOT NULL AND fingerprint > \(fingerprint) ORDER BY fingerprint LIMIT \(limit)
            """
        ).map { TrustList.RevokedCertificate(fingerprint: try $0.text(0), revokedAt: try $0.instant(1)) }
    }

    private static func load(_ id: KeyCertificateID, in tx: Transaction) throws -> KeyCertificate? {
        try KeyCertificate.folded(id, try Journal.entries(of: id.subject, in: tx))
    }
}
