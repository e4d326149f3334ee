package import Store
package import Vocabulary

/// What lies on desks: the pool of each desk, what somebody has taken, what is asked of her, what is due soon. Rows
/// only; the columns belong to the rows of `DossierTable`.
package enum DeskTable {
    static let migration = Migration(
        "dossiers.011-desk",
        tables: [
            Table(
                "dossier_opinion", .distributed(by: "asked"),
                columns: """
                    asked TEXT NOT NULL, dossier BYTEA NOT NULL, until_day BIGINT NOT NULL, PRIMARY KEY (asked, dossier)
                    """,
                indexes: ["dossier_opinion_by_day ON dossier_opinion (asked, until_day, dossier)"])
        ],
        statements: [
            "ALTER TABLE dossier ADD COLUMN at_body TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE dossier ADD COLUMN at_region TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE dossier ADD COLUMN step TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE dossier ADD COLUMN since BIGINT",
            "ALTER TABLE dossier ADD COLUMN holder TEXT",
            "ALTER TABLE dossier ADD COLUMN priority BIGINT NOT NULL DEFAULT 1",
            "ALTER TABLE dossier ADD COLUMN is_shared BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE dossier ADD COLUMN is_soon BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE dossier ADD COLUMN proposal TEXT NOT NULL DEFAULT ''",
            """
            UPDATE dossier SET at_body = body, at_region = region,
                is_soon = CASE WHEN light >= 1 AND stage IN ('inReview', 'reviewed') THEN 1 ELSE 0 END
            """,
            "CREATE INDEX dossier_by_desk ON dossier (stage, at_body, priority, due, id)",
            "CREATE INDEX dossier_by_holder ON dossier (holder, priority, due, id) WHERE holder IS NOT NULL",
            "CREATE INDEX dossier_due_soon ON dossier (at_body, priority, due, id) WHERE is_soon = 1",
        ])

    /// What a row says of the desk.
    struct Place: Sendable {
        let body: CreditCode
        let region: Region
        let step: String
        let since: Instant?
        let holder: String?
        let priority: Int
        let isShared: Bool
        let isSoon: Bool
        let proposal: String

        init(_ dossier: Dossier, _ rules: DossierRules) {
            let handling = dossier.proceedings.handling
            let examined = dossier.isBeingExamined
            (body, region) = dossier.desk
            step = dossier.step?.id ?? ""
            since = handling.since
            holder = examined ? handling.holder?.description : nil
            priority = examined && handling.isUrged ? 0 : 1
            let due = rules.promisedDue(of: dossier)?.day
            isShared = examined && handling.sharedFor != nil && handling.sharedFor == due
            isSoon = examined && (isShared || rules.light(of: dossier) ?? .green > .green)
            if case .reviewed(_, let review) = dossier.stage {
                proposal = review.proposal.rawValue
            } else {
                proposal = ""
            }
        }
    }

    /// Under which key what is asked of somebody is found.
    package static func key(_ respondent: Respondent) -> String {
        switch respondent {
        case .officer(let staff): "staff:\(staff)"
        case .body(let code, _): "body:\(code.code)"
        }
    }

    /// Notes who is asked.
    package static func ask(_ asked: [Respondent], until: CivilDate, about id: DossierID, in tx: Transaction) throws {
        for respondent in asked {
            try tx.execute(
                """
                INSERT INTO dossier_opinion (asked, dossier, until_day) VALUES (\(key(respondent)), \(id), \(until))
                ON CONFLICT (asked, dossier) DO UPDATE SET until_day = excluded.until_day
                """)
        }
    }

    /// Nothing is asked of these any more.
    package static func settle(_ asked: [Respondent], about id: DossierID, in tx: Transaction) throws {
        for respondent in asked {
            try tx.execute("DELETE FROM dossier_opinion WHERE asked = \(key(respondent)) AND dossier = \(id)")
        }
    }
}
