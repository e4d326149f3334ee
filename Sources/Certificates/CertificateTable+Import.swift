package import Store
package import Vocabulary

/// The bulk path: rows in the order of their keys, and the ways to them afterwards.
extension CertificateTable {
    /// Writes records with their entries of the journal, which are sealed at once, and their lines of the public log.
    /// Of the ways, only that by number is there then. Throws `Fault.busy` while another process holds the sealer's
    /// lease, and `Fault.contended` when something was sealed and not followed.
    package static func load(
        _ chunk: CertificateChunk, by sealer: Sealer, now: Instant, in tx: Transaction
    ) throws {
        guard let positions = try sealer.append(chunk.prepared, now: now, in: tx) else { throw Fault.busy("sealer") }
        var codes: [String: SQLValue] = [:]
        func number(_ code: String) throws -> SQLValue {
            if let number = codes[code] { return number }
            let number = try CertificateCodes.number(of: code, in: tx).sqlValue
            codes[code] = number
            return number
        }
        var (rows, serials, names): ([[SQLValue]], [[SQLValue]], [[SQLValue]]) = ([], [], [])
        for (row, position) in zip(chunk.rows, positions) {
            let (reservation, identifier) = (row.reservation, row.reservation.identifier)
            let (kind, issuer) = (try number(identifier.type), try number(identifier.issuer.code))
            let (id, serial) = (row.entry.subject.sqlValue, identifier.serial.sqlValue)
            rows.append([
                id, kind, issuer, serial, identifier.version.sqlValue, reservation.holder.sqlValue, .null,
                row.state.rawValue.sqlValue, reservation.validFrom.sqlValue, reservation.validUntil.sqlValue,
            ])
            serials.append([serial, kind, issuer, identifier.version.sqlValue, id])
            names.append([
                position.sqlValue, reservation.holder.sqlValue, row.holderName.sqlValue, row.holderWords.sqlValue,
            ])
        }
        let columns: StaticString = """
            certificate (id, kind, issuer, serial, version, holder, dossier, state, valid_from, valid_until)
            """
        try tx.load(rows, into: columns)
        let order = serials.indices.sorted {
            chunk.rows[$0].reservation.identifier.serial
                < chunk.rows[$1].reservation.identifier.serial
        }
        try tx.load(
            order.map { serials[$0] }, into: "certificate_by_serial (serial, kind, issuer, version, certificate)")
        try tx.load(names, into: "certificate_import_name (position, holder, name, words)")
        try CertificateLogTable.append(run: chunk.rows.map(\.leaf), following: positions, in: tx)
    }

    /// Writes one of the ways of an import whole, in the order of its key. What stands there already stays.
    package static func build(
        _ step: CertificateImportTable.Step, from first: CertificateID, to last: CertificateID, in tx: Transaction
    ) throws {
        switch step {
        case .holders:
            try tx.execute(
                """
                INSERT INTO certificate_of_holder (holder, kind, certificate)
                SELECT holder, kind, id FROM certificate WHERE id >= \(first) AND id <= \(last)
                ORDER BY holder, kind, id ON CONFLICT (holder, kind, certificate) DO NOTHING
                """)
        case .issuers:
            try tx.execute(
                """
                INSERT INTO certificate_of_issuer (issuer, kind, day, certificate)
                SELECT issuer, kind, valid_from, id FROM certificate WHERE id >= \(first) AND id <= \(last)
                ORDER BY issuer, kind, valid_from, id ON CONFLICT (issuer, kind, day, certificate) DO NOTHING
                """)
        case .wakes:
            let days = CertificateRules.nearingDays
            try tx.execute(
                """
                INSERT INTO certificate_wake (day, certificate)
                SELECT CASE WHEN valid_until - \(days) <= valid_from THEN valid_until + 1
                    ELSE valid_until - \(days) END, id
                FROM certificate
                WHERE id >= \(first) AND id <= \(last) AND state = \(Certificate.State.issued.rawValue)
                    AND valid_until IS NOT NULL
                ORDER BY 1, 2 ON CONFLICT (day, certificate) DO NOTHING
                """)
        case .names:
            try tx.execute(
                """
                INSERT INTO certificate_holder_name (holder, name, words)
                SELECT DISTINCT holder, name, words FROM certificate_import_name WHERE position >= 0
                ORDER BY holder, name ON CONFLICT (holder, name) DO NOTHING
                """)
        case .nameWords:
            if tx.dialect == .sqlite {
                try tx.execute(
                    """
                    INSERT INTO certificate_name_word (word, holder)
                    SELECT DISTINCT word.value, source.holder
                    FROM (SELECT DISTINCT holder, words FROM certificate_import_name) source,
                        \(raw: HolderNameShape.split) word
                    WHERE source.words <> '' ORDER BY 1, 2 ON CONFLICT (word, holder) DO NOTHING
                    """)
            }
            try HolderNames.clearImported(in: tx)
        case .records, .done: break
        }
    }
}
