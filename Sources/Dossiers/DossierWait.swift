package import Store
package import Vocabulary

extension Dossier {
    /// What a dossier waits for beside its stage: something that somebody finds on a list of her own.
    package enum Wait: String, Sendable, CaseIterable {
        /// An extension was asked for, and the head of the authority answers (行政许可法 art. 42(1)).
        case head
        /// The same, for the head of the government (art. 42(2)).
        case government
        /// A commitment is to be verified.
        case verification
    }

    /// What it waits for; nil for nothing.
    package var waitsFor: Wait? {
        if proceedings.verification == .due { return .verification }
        guard proceedings.extensionRequest != nil, isBeingExamined else { return nil }
        return submitted.terms.extensionAuthority == .head ? .head : .government
    }
}

extension DossierRules {
    /// By when what it waits for is due; nil when it waits for nothing.
    package func waitDue(of dossier: Dossier) -> CivilDate? {
        switch dossier.waitsFor {
        case .verification: verificationDue(of: dossier)?.day
        case .head, .government: statutoryDue(of: dossier)?.day
        case nil: nil
        }
    }
}

extension DossierTable {
    /// Few dossiers wait for anything: the index holds nothing else.
    static let waitMigration = Migration(
        "dossiers.006-wait",
        statements: [
            "ALTER TABLE dossier ADD COLUMN waits_for TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE dossier ADD COLUMN waits_until BIGINT NOT NULL DEFAULT 0",
            "CREATE INDEX dossier_by_wait ON dossier (waits_for, waits_until, id) WHERE waits_for <> ''",
        ])

    /// Dossiers that wait for something within a part of the city's business, the longest due first; `due` is then the
    /// day by which it is due.
    package static func waiting(
        for wait: Dossier.Wait, in part: Part, limit: Int = Limits.pageRowsMax, tx: Transaction
    ) throws -> [DossierLine] {
        try tx.rows(
            """
            SELECT \(raw: waitColumns) FROM dossier d WHERE d.waits_for = \(wait.rawValue) AND d.waits_for <> ''
                AND \(part: part.rows())
            ORDER BY d.waits_until, d.id LIMIT \(limit)
            """
        ).map(line)
    }
}
