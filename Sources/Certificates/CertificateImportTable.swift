package import Store
package import Vocabulary

/// How far imports have come, and what waits for the ways that are built afterwards.
package enum CertificateImportTable {
    static let migration = Migration(
        "certificates.010-import",
        tables: [
            Table(
                "certificate_log_run", .local,
                columns: "position BIGINT NOT NULL PRIMARY KEY, followed BIGINT NOT NULL, count BIGINT NOT NULL"),
            Table(
                "certificate_import", .local,
                columns: """
                    source TEXT NOT NULL PRIMARY KEY, step BIGINT NOT NULL, part BIGINT NOT NULL,
                    place BIGINT NOT NULL, line BIGINT NOT NULL, taken BIGINT NOT NULL, refused BIGINT NOT NULL,
                    refused_bytes BIGINT NOT NULL, first_id BYTEA NOT NULL, last_id BYTEA NOT NULL,
                    changed_at BIGINT NOT NULL
                    """),
            Table(
                "certificate_import_name", .local,
                columns: "position BIGINT NOT NULL PRIMARY KEY, holder BYTEA NOT NULL, name TEXT NOT NULL"),
        ])

    /// What an import does, one after the other. The ways come after the records, each written once and in order. The
    /// words of names are written where the database has no index for them.
    package enum Step: Int, Sendable, CaseIterable {
        case records, names, nameWords, holders, issuers, wakes, done
    }

    /// How far one import has come. It is written in the transaction of what it counts, so that whoever goes on after
    /// a stop neither loses nor doubles anything.
    package struct Progress: Hashable, Sendable {
        /// What is read: digest and length of a file, seed and count of a generator.
        package let source: String
        package var step = Step.records
        /// Where the source goes on: a byte, or a number.
        package var place = 0
        /// The line there, from 1.
        package var line = 1
        package var taken = 0
        package var refused = 0
        /// How long the file of refused rows is.
        package var refusedBytes = 0
        /// The first and the last certificate.
        package var first = CertificateID(Subject(high: .max, low: .max))
        package var last = CertificateID(Subject(high: 0, low: 0))

        package init(source: String) { self.source = source }
    }

    /// How far an import has come; nil for one that nobody began.
    package static func progress(of source: String, in tx: Transaction) throws -> Progress? {
        try tx.row(
            """
            SELECT step, place, line, taken, refused, refused_bytes, first_id, last_id
            FROM certificate_import WHERE source = \(source)
            """
        ).map { row in
            var progress = Progress(source: source)
            guard let step = Step(rawValue: try row.integer(0)) else { throw Fault.corrupt("an import without a step") }
            (progress.step, progress.place) = (step, try row.integer(1))
            (progress.line, progress.taken) = (try row.integer(2), try row.integer(3))
            (progress.refused, progress.refusedBytes) = (try row.integer(4), try row.integer(5))
            (progress.first, progress.last) = (try row.id(6), try row.id(7))
            return progress
        }
    }

    /// Writes down how far an import has come.
    package static func keep(_ progress: Progress, now: Instant, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO certificate_import
                (source, step, place, line, taken, refused, refused_bytes, first_id, last_id, changed_at)
            VALUES (\(progress.source), \(progress.step.rawValue), \(progress.place),
                \(progress.line), \(progress.taken), \(progress.refused), \(progress.refusedBytes),
                \(progress.first), \(progress.last), \(now))
            ON CONFLICT (source) DO UPDATE SET step = excluded.step, place = excluded.place,
                line = excluded.line, taken = excluded.taken, refused = excluded.refused,
                refused_bytes = excluded.refused_bytes, first_id = excluded.first_id, last_id = excluded.last_id,
                changed_at = excluded.changed_at
            """)
    }

    /// Which identifiers of these stand in the library already. Nothing but one look where all their serials lie in a
    /// gap.
    package static func known(
        _ identifiers: [CertificateIdentifier], in tx: Transaction
    ) throws -> Set<CertificateIdentifier> {
        let serials = Set(identifiers.map(\.serial)).sorted()
        guard let first = serials.first, let last = serials.last else { return [] }
        let anything = try tx.row(
            "SELECT 1 FROM certificate_by_serial WHERE serial >= \(first) AND serial <= \(last) LIMIT 1")
        guard anything != nil else { return [] }
        var (known, book) = (Set<CertificateIdentifier>(), CertificateCodes.Book())
        for start in stride(from: 0, to: serials.count, by: askedMax) {
            // LIMIT: versions of one serial, over all types and bodies that use it.
            let rows = try tx.rows(
                """
                SELECT kind, issuer, serial, version FROM certificate_by_serial
                WHERE serial IN \(list: Array(serials[start..<min(start + askedMax, serials.count)]))
                ORDER BY serial, kind, issuer, version LIMIT 1000000
                """)
            for row in rows {
                known.insert(
                    try book.identifier(
                        kind: try row.integer(0), issuer: try row.integer(1), serial: try row.text(2),
                        version: try row.integer(3), in: tx))
            }
        }
        return known
    }

    /// LIMIT: serials asked for in one statement.
    private static let askedMax = 1000
}
