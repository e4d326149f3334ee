package import Documents
package import Store
package import Vocabulary

/// What the verifier said of a file that was handed in, by the file's digest: equal files are verified once.
package struct KeptReport: Hashable, Sendable {
    /// Without the data that the file carries: they are in the file.
    package let report: FileReport
    /// Which certificate the file says that it is; nil for one that says nothing.
    package let identifier: CertificateIdentifier?
    /// What the registers said then. Where they say something else, the file is verified again.
    package let standing: RegisterStanding
    package let at: Instant

    package init(
        _ report: FileReport, _ identifier: CertificateIdentifier?, under standing: RegisterStanding, at: Instant
    ) {
        self.report = report.withoutData
        (self.identifier, self.standing, self.at) = (identifier, standing, at)
    }

    /// Whether the report still says what is true. One of a file that nobody signed does not depend on any register.
    package func holds(under now: RegisterStanding) -> Bool { report.verdict == .unsigned || standing == now }
}

/// Everything outside a file on which a verdict rests: the registers of seals and of the certificates of keys, the
/// certificate that the file is, and the day.
package struct RegisterStanding: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// Reads the registers as they stand on a day.
    package init(of identifier: CertificateIdentifier?, on day: CivilDate, in tx: Transaction) throws {
        let seals = try SealTable.changes(in: tx).map(\.description).joined(separator: ".")
        let certificate = try identifier.flatMap { try CertificateTable.id($0, in: tx) }
            .flatMap { try CertificateTable.load($0, in: tx) }
        let life = certificate.map { "\($0.sequence).\($0.standing(on: day).rawValue)" } ?? "-"
        description = "\(day) \(seals) \(life)"
    }

    init(kept text: String) { description = text }
}

/// The reports, by digest.
package enum FileReportTable {
    static let migration = Migration(
        "certificates.007-file-report",
        tables: [
            Table(
                "file_report", .distributed(by: "digest"),
                columns: """
                    digest TEXT NOT NULL PRIMARY KEY, identifier TEXT, standing TEXT NOT NULL, at BIGINT NOT NULL,
                    report BYTEA NOT NULL
                    """,
                hasLargeRows: true)
        ])

    /// Keeps a report in the place of an earlier one of the same file.
    package static func keep(_ kept: KeptReport, of digest: String, in tx: Transaction) throws {
        let bytes = try CanonicalJSON.bytes(of: kept.report)
        try tx.execute(
            """
            INSERT INTO file_report (digest, identifier, standing, at, report)
            VALUES (\(digest), \(kept.identifier?.description), \(kept.standing.description), \(kept.at), \(bytes))
            ON CONFLICT (digest) DO UPDATE SET identifier = excluded.identifier, standing = excluded.standing,
                at = excluded.at, report = excluded.report
            """)
    }

    /// The report of a file; nil for one that was never verified.
    package static func report(of digest: String, in tx: Transaction) throws -> KeptReport? {
        let row = try tx.row("SELECT identifier, standing, at, report FROM file_report WHERE digest = \(digest)")
        return try row.map { row in
            KeptReport(
                try CanonicalJSON.value(in: try row.bytes(3)),
                try row.optionalText(0).map { text in
                    guard let identifier = CertificateIdentifier(text) else {
                        throw Fault.corrupt("a report on no certificate")
                    }
                    return identifier
                },
                under: RegisterStanding(kept: try row.text(1)), at: try row.instant(2))
        }
    }
}
