package import Store
package import Vocabulary

/// One line of a holder's list.
package struct CertificateLine: Equatable, Sendable {
    package let id: CertificateID
    package let identifier: CertificateIdentifier
    package let isFiled: Bool
    /// Whether the licence behind it ended before its time.
    package let hasEnded: Bool
    package let validFrom: CivilDate
    package let validUntil: CivilDate?
    /// The case that made it; nil for one that the library took over from elsewhere.
    package let dossier: DossierID?

    /// Whether it can stand in for a material on the day.
    package func isValid(on day: CivilDate) -> Bool {
        isFiled && !hasEnded && validFrom <= day && validUntil.map { day <= $0 } ?? true
    }
}

/// The library's rows and the ways to them.
package enum CertificateTable {
    package static let migrations = [CertificateKindTable.migration, migration, endingMigration]

    private static let endingMigration = Migration(
        "certificates.003-ending",
        statements: ["ALTER TABLE certificate ADD COLUMN has_ended BIGINT NOT NULL DEFAULT 0"])

    private static let migration = Migration(
        "certificates.002-certificate",
        tables: [
            Table(
                "certificate", .distributed(by: "id"),
                columns: """
                    id BYTEA NOT NULL PRIMARY KEY, identifier TEXT NOT NULL, holder BYTEA NOT NULL,
                    dossier BYTEA, is_filed BIGINT NOT NULL, valid_from BIGINT NOT NULL, valid_until BIGINT
                    """),
            Table(
                "certificate_by_identifier", .distributed(by: "identifier"),
                columns: "identifier TEXT NOT NULL PRIMARY KEY, certificate BYTEA NOT NULL"),
            Table(
                "certificate_by_holder", .distributed(by: "holder"),
                columns: """
                    holder BYTEA NOT NULL, type TEXT NOT NULL, certificate BYTEA NOT NULL,
                    PRIMARY KEY (holder, type, certificate)
                    """),
        ])

    /// The next number of a type at an issuer in a year: region, year and seven digits, unique under (type, issuer).
    package static func nextNumber(
        type: String, issuer: CreditCode, region: Region, year: Int, in tx: Transaction
    ) throws -> String {
        let serial = try Serials.take(1, of: "certificate:\(type):\(issuer.code)", period: year, in: tx)
        return "\(region.code)\(year)\("0000000\(serial)".suffix(max(7, "\(serial)".utf8.count)))"
    }

    /// Reserves: the first event, the row and the ways to it.
    package static func reserve(
        _ id: CertificateID, _ reservation: Certificate.Reservation, _ personal: Certificate.Personal,
        stamp: Stamp, in tx: Transaction
    ) throws {
        try Journal.append(
            [CertificateEvent.reserved(reservation, personal)], to: id.subject, after: 0, stamp: stamp, in: tx)
        let identifier = reservation.identifier
        try tx.execute(
            """
            INSERT INTO certificate (id, identifier, holder, dossier, is_filed, valid_from, valid_until)
            VALUES (\(id), \(identifier.description), \(reservation.holder), \(reservation.dossier), 0,
                \(reservation.validFrom), \(reservation.validUntil))
            """)
        try tx.execute(
            """
            INSERT INTO certificate_by_identifier (identifier, certificate) VALUES (\(identifier.description), \(id))
            """)
        try tx.execute(
            """
            INSERT INTO certificate_by_holder (holder, type, certificate)
            VALUES (\(reservation.holder), \(identifier.type), \(id))
            """)
    }

    /// Files: the event that follows, and the row brought up to it.
    package static func file(
        _ event: CertificateEvent, on certificate: Certificate, stamp: Stamp, in tx: Transaction
    ) throws {
        try Journal.append([event], to: certificate.id.subject, after: certificate.sequence, stamp: stamp, in: tx)
        try tx.execute("UPDATE certificate SET is_filed = 1 WHERE id = \(certificate.id)")
    }

    /// Ends: the licence behind it was taken back, revoked or struck off, or `successor` took its place.
    package static func end(
        _ id: CertificateID, _ ending: Certificate.Ending, successor: CertificateID? = nil, stamp: Stamp,
        in tx: Transaction
    ) throws {
        guard let certificate = try load(id, in: tx) else { throw CertificateRefusal.notFound }
        try Journal.append(
            [CertificateEvent.ended(ending, successor: successor)], to: id.subject, after: certificate.sequence,
            stamp: stamp, in: tx)
        try tx.execute("UPDATE certificate SET has_ended = 1 WHERE id = \(id)")
    }

    /// The day on which another took its place; nil for one that was not changed.
    package static func changedOn(_ id: CertificateID, in tx: Transaction) throws -> CivilDate? {
        for entry in try Journal.entries(of: id.subject, in: tx) {
            if case .ended(.changed, _) = try CertificateEvent(entry) { return entry.at.day }
        }
        return nil
    }

    /// The certificate as the fold of its events; nil when there is none.
    package static func load(_ id: CertificateID, in tx: Transaction) throws -> Certificate? {
        try Certificate.folded(id, try Journal.entries(of: id.subject, in: tx))
    }

    /// The certificate with the identifier; nil when there is none.
    package static func id(_ identifier: CertificateIdentifier, in tx: Transaction) throws -> CertificateID? {
        try tx.row(
            """
            SELECT certificate FROM certificate_by_identifier WHERE identifier = \(identifier.description)
            """)?.id(0)
    }

    /// What a holder has, by type and then the newest first.
    package static func held(
        by holder: PersonID, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [CertificateLine] {
        try tx.rows(
            """
            SELECT c.id, c.identifier, c.is_filed, c.valid_from, c.valid_until, c.dossier, c.has_ended
            FROM certificate_by_holder h JOIN certificate c ON c.id = h.certificate
            WHERE h.holder = \(holder) ORDER BY h.type, h.certificate DESC LIMIT \(limit)
            """
        ).map { row in
            CertificateLine(
                id: try row.id(0), identifier: try row.value(1, CertificateIdentifier.init),
                isFiled: try row.bool(2), hasEnded: try row.bool(6),
                validFrom: try row.day(3), validUntil: try row.optionalDay(4),
                dossier: try row.optionalBytes(5) == nil ? nil : try row.id(5))
        }
    }
}
