package import Store
package import Vocabulary

/// The register of seals: a row for each, and the seal that a body has. There are a few hundred.
package enum SealTable {
    /// LIMIT: seals of one house, those that were taken back included; a trust list holds as many.
    package static let sealsMax = 20_000

    /// The registers of seals and of the certificates of keys.
    package static let migrations = [migration, KeyCertificateTable.migration]

    private static let migration = Migration(
        "seals.001-seal",
        tables: [
            Table(
                "seal", .reference,
                columns: """
                    id BYTEA NOT NULL PRIMARY KEY, body TEXT NOT NULL, number TEXT NOT NULL,
                    valid_from BIGINT NOT NULL, valid_until BIGINT NOT NULL, revoked_at BIGINT,
                    sequence BIGINT NOT NULL
                    """),
            Table(
                "seal_of_body", .reference, columns: "body TEXT NOT NULL PRIMARY KEY, seal BYTEA NOT NULL"),
        ])

    /// The next number of a region: its six digits and seven of a serial.
    package static func nextNumber(in region: String, _ tx: Transaction) throws -> String {
        let serial = try Serials.take(1, of: "seal:\(region)", period: 0, in: tx)
        return region + "0000000\(serial)".suffix(7)
    }

    /// Writes the first event of a seal, and makes it its body's in the place of `existing`. Of two who make one for a
    /// body at once, the later finds the other's and does all of it again.
    package static func make(
        _ event: SealEvent, as id: SealID, inPlaceOf existing: SealID?, stamp: Stamp, in tx: Transaction
    ) throws -> Seal {
        guard case .made(let body, let number, let edition, _) = event else {
            preconditionFailure("a seal begins with its making")
        }
        let seal = Seal(id, body: body, number: number, edition, at: stamp.now)
        try Journal.append([event], to: id.subject, after: 0, stamp: stamp, in: tx)
        try tx.execute(
            """
            INSERT INTO seal (id, body, number, valid_from, valid_until, revoked_at, sequence)
            VALUES (\(id), \(body.code), \(number), \(edition.validFrom), \(edition.validUntil), NULL, 1)
            """)
        if let existing {
            let changed = try tx.changes(
                "UPDATE seal_of_body SET seal = \(id) WHERE body = \(body.code) AND seal = \(existing)")
            guard changed == 1 else { throw Fault.contended }
        } else {
            try tx.execute("INSERT INTO seal_of_body (body, seal) VALUES (\(body.code), \(id))")
        }
        return seal
    }

    /// Writes an event that follows, and brings the row up to it.
    package static func append(
        _ event: SealEvent, to seal: Seal, stamp: Stamp, in tx: Transaction
    ) throws -> Seal {
        try Journal.append([event], to: seal.id.subject, after: seal.sequence, stamp: stamp, in: tx)
        let after = try seal.after(event, at: stamp.now)
        try tx.execute(
            """
            UPDATE seal SET valid_until = \(after.current.validUntil), revoked_at = \(after.revokedAt),
                sequence = \(after.sequence)
            WHERE id = \(seal.id)
            """)
        return after
    }

    /// The seal as the fold of its events; nil when there is none.
    package static func load(_ id: SealID, in tx: Transaction) throws -> Seal? {
        try Seal.folded(id, try Journal.entries(of: id.subject, in: tx))
    }

    /// The seal that a body has, or had last; nil when it never had one.
    package static func seal(of body: CreditCode, in tx: Transaction) throws -> Seal? {
        let row = try tx.row("SELECT seal FROM seal_of_body WHERE body = \(body.code)")
        return try row.flatMap { try load(try $0.id(0), in: tx) }
    }

    /// What both registers have seen: another answer after each change of a seal or a certificate, and only then.
    package static func changes(in tx: Transaction) throws -> [Int] {
        let seals = try tx.row("SELECT COUNT(*), CAST(COALESCE(SUM(sequence), 0) AS BIGINT) FROM seal")
        let certificates = try tx.row("SELECT COUNT(*), COUNT(revoked_at) FROM key_certificate")
        return try [seals, certificates].flatMap { row in
            try row.map { [try $0.integer(0), try $0.integer(1)] } ?? []
        }
    }

    /// So many seals after the one given, in the order in which they were made.
    package static func page(
        after id: SealID?, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [Seal] {
        let rows = try tx.rows(
            "SELECT id FROM seal WHERE id > \(id?.subject.bytes ?? []) ORDER BY id LIMIT \(limit)")
        return try rows.compactMap { try load(try $0.id(0), in: tx) }
    }
}
