package import Store
package import Vocabulary

/// The dossiers that systems of other organisations filed for people: a system follows those, and no others.
package enum PartnerFilingTable {
    static let migration = Migration(
        "dossiers.015-partner-filing",
        tables: [
            Table(
                "dossier_by_partner", .distributed(by: "partner"),
                columns: "partner BYTEA NOT NULL, dossier BYTEA NOT NULL, PRIMARY KEY (partner, dossier)")
        ])

    /// Writes down who filed a dossier; nothing where no partner did.
    package static func note(_ dossier: DossierID, by actor: Actor, in tx: Transaction) throws {
        guard case .partner(let partner, _) = actor else { return }
        try tx.execute("INSERT INTO dossier_by_partner (partner, dossier) VALUES (\(partner), \(dossier))")
    }

    /// Whether a partner filed the dossier.
    package static func has(_ dossier: DossierID, by partner: PartnerID, in tx: Transaction) throws -> Bool {
        try tx.row(
            "SELECT dossier FROM dossier_by_partner WHERE partner = \(partner) AND dossier = \(dossier)") != nil
    }

    /// One page of what a partner filed, the newest first, before one of them.
    package static func filed(
        by partner: PartnerID, before last: DossierID? = nil, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [DossierLine] {
        let end = last ?? DossierID(Subject(high: .max, low: .max))
        return try tx.rows(
            """
            SELECT \(raw: DossierTable.columns) FROM dossier_by_partner p JOIN dossier d ON d.id = p.dossier
            WHERE p.partner = \(partner) AND p.dossier < \(end) ORDER BY p.dossier DESC LIMIT \(limit)
            """
        ).map(DossierTable.line)
    }
}
