package import Store
package import Vocabulary

/// The uses, by certificate and by case.
package enum CertificateUseTable {
    /// LIMIT: uses that are listed of one certificate.
    package static let listedMax = 50

    static let migration = Migration(
        "certificates.006-use",
        tables: [
            Table(
                "certificate_use", .distributed(by: "certificate"),
                columns: """
                    certificate BYTEA NOT NULL, code BYTEA NOT NULL, dossier BYTEA NOT NULL, item TEXT NOT NULL,
                    material TEXT NOT NULL, actor TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (certificate, code)
                    """),
            Table(
                "certificate_use_of_dossier", .distributed(by: "dossier"),
                columns: """
                    dossier BYTEA NOT NULL, code BYTEA NOT NULL, certificate BYTEA NOT NULL,
                    PRIMARY KEY (dossier, code)
                    """),
        ])

    /// Writes the use down, in the transaction of the filing.
    package static func authorise(_ use: CertificateUse, stamp: Stamp, in tx: Transaction) throws {
        try Journal.append(
            [CertificateUseEvent.authorised(use.terms)], to: use.code.subject, after: 0, stamp: stamp, in: tx)
        try tx.execute(
            """
            INSERT INTO certificate_use (certificate, code, dossier, item, material, actor, at)
            VALUES (\(use.certificate), \(use.code), \(use.dossier), \(use.item), \(use.material), \(use.by), \(use.at))
            """)
        try tx.execute(
            """
            INSERT INTO certificate_use_of_dossier (dossier, code, certificate)
            VALUES (\(use.dossier), \(use.code), \(use.certificate))
            """)
    }

    /// The uses of a certificate, the latest first.
    package static func of(
        _ certificate: CertificateID, limit: Int = listedMax, in tx: Transaction
    ) throws -> [CertificateUse] {
        try tx.rows(
            """
            SELECT code, certificate, dossier, item, material, actor, at FROM certificate_use
            WHERE certificate = \(certificate) ORDER BY code DESC LIMIT \(limit)
            """
        ).map(CertificateUse.init)
    }

    /// The uses that a case was given, the first first; a case has few materials.
    package static func of(
        _ dossier: DossierID, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [CertificateUse] {
        try tx.rows(
            """
            SELECT u.code, u.certificate, u.dossier, u.item, u.material, u.actor, u.at
            FROM certificate_use_of_dossier d
            JOIN certificate_use u ON u.certificate = d.certificate AND u.code = d.code
            WHERE d.dossier = \(dossier) ORDER BY d.code LIMIT \(limit)
            """
        ).map(CertificateUse.init)
    }
}

extension CertificateUse {
    fileprivate init(_ row: Row) throws {
        self.init(
            try row.id(0), try row.id(1), in: try row.id(2), as: (try row.text(3), try row.text(4)),
            by: try row.value(5, Actor.init), at: try row.instant(6))
    }
}
