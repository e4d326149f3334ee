package import Store
package import Vocabulary

/// Who signed a commitment that was false, and until when she may sign no other (国办发〔2020〕42号): one row a person, the
/// longest bar of hers.
package enum CommitmentRegister {
    /// Months for which a false commitment bars further ones.
    package static let barMonths = 24

    static let migration = Migration(
        "dossiers.004-commitment-register",
        tables: [
            Table(
                "commitment_bar", .distributed(by: "person"),
                columns: "person BYTEA NOT NULL PRIMARY KEY, until BIGINT NOT NULL, dossier BYTEA NOT NULL")
        ])

    /// Enters a person whose commitment was found false today.
    package static func bar(_ person: PersonID, because dossier: DossierID, today: CivilDate, in tx: Transaction) throws
    {
        let until = today.advanced(byMonths: barMonths)
        try tx.execute(
            """
            INSERT INTO commitment_bar (person, until, dossier) VALUES (\(person), \(until), \(dossier))
            ON CONFLICT (person) DO UPDATE SET until = \(until), dossier = \(dossier)
            """)
    }

    /// The last day on which a person may sign no commitment; nil when she may.
    package static func barredUntil(_ person: PersonID, today: CivilDate, in tx: Transaction) throws -> CivilDate? {
        let row = try tx.row("SELECT until FROM commitment_bar WHERE person = \(person) AND until >= \(today)")
        return try row?.day(0)
    }
}

extension DossierTable {
    /// Whether a body has a dossier of the item that was accepted earlier and is not decided (行政许可法 art. 57).
    package static func hasEarlier(_ dossier: Dossier, in tx: Transaction) throws -> Bool {
        guard let accepted = dossier.acceptance?.from else { return false }
        let terms = dossier.submitted.terms
        for stage in [Dossier.Stage.Name.inReview, .reviewed] {
            // Whoever was received later was accepted later, unless the law set the acceptance back to the receipt.
            let rows = try tx.rows(
                """
                SELECT id FROM dossier WHERE stage = \(stage.rawValue) AND body = \(terms.body)
                    AND item = \(terms.itemCode) AND received_at <= \(accepted) AND id <> \(dossier.id)
                ORDER BY received_at, id LIMIT \(limitedMax)
                """)
            for row in rows {
                let other = try load(try row.id(0), in: tx)
                guard let first = other?.acceptance?.from else { continue }
                if first < accepted { return true }
            }
        }
        return false
    }

    /// LIMIT: undecided dossiers of one limited item that a decision looks at.
    private static let limitedMax = 1000
}
