package import Store
package import Vocabulary

/// One line of a list: what one sees of a dossier without opening it. It holds no personal data.
package struct DossierLine: Equatable, Sendable {
    package let id: DossierID
    package let number: String
    package let short: String
    /// 33 characters where there is a handling item, else 31.
    package let itemCode: String
    package let region: Region
    package let stage: Dossier.Stage.Name
    package let ending: Dossier.Ending?
    package let mode: ServiceMode
    package let submittedAt: Instant
    package let receivedAt: Instant?
    /// The day by which the next deed is due: acceptance, decision or delivery; nil when the applicant must act.
    package let due: CivilDate?
    package let statutoryDue: CivilDate?
    package let isProvisional: Bool
    package let applicant: PersonID
    /// By what has been written down; green as well when no limit of the authority runs.
    package let light: Light

    /// 12 characters: the item wherever it is implemented.
    package var catalogCode: String { String(itemCode.dropFirst(19).prefix(12)) }

    /// Where the page of work after this line begins.
    package var cursor: DossierTable.Cursor { DossierTable.Cursor(due: due ?? Self.noDue, id: id) }

    /// What the row holds when nothing is due.
    static let noDue = CivilDate(daysSinceEpoch: 2_932_896)
}

/// The journal of dossiers, and the rows by which lists find them. The rows can be rebuilt from the journal.
package enum DossierTable {
    package static let migrations = [
        DraftTable.migration, migration, lightMigration, CommitmentRegister.migration, waitMigration,
        DeskTable.migration, wakeMigration, FiledTable.migration, OverrunTable.migration,
        PublicGrantTable.migration, TripTable.migration, PartnerFilingTable.migration,
        UploadTable.migration, LightTable.migration, windowMigration,
        LightTable.countMigration, issuingMigration,
    ]

    /// Red ones are few: the index holds nothing else.
    private static let lightMigration = Migration(
        "dossiers.003-light",
        statements: [
            "ALTER TABLE dossier ADD COLUMN light BIGINT NOT NULL DEFAULT 0",
            "CREATE INDEX dossier_by_light ON dossier (light, due, id) WHERE light >= 2",
        ])

    private static let migration = Migration(
        "dossiers.002-dossier",
        tables: [
            Table(
                "dossier", .distributed(by: "id"),
                columns: """
                    id BYTEA NOT NULL PRIMARY KEY, sequence BIGINT NOT NULL, number TEXT NOT NULL, short TEXT NOT NULL,
                    item TEXT NOT NULL, catalog_code TEXT NOT NULL, item_version BIGINT NOT NULL, body TEXT NOT NULL,
                    region TEXT NOT NULL,
                    hall TEXT NOT NULL, mode TEXT NOT NULL, applicant BYTEA NOT NULL, stage TEXT NOT NULL,
                    ending TEXT NOT NULL, submitted_at BIGINT NOT NULL, received_at BIGINT, due BIGINT NOT NULL,
                    statutory_due BIGINT, is_provisional BIGINT NOT NULL, next_wake BIGINT
                    """,
                indexes: [
                    "dossier_by_work ON dossier (stage, body, due, id)",
                    "dossier_by_wake ON dossier (next_wake)",
                ]),
            Table(
                "dossier_by_number", .distributed(by: "number"),
                columns: "number TEXT NOT NULL PRIMARY KEY, dossier BYTEA NOT NULL"),
            Table(
                "dossier_by_applicant", .distributed(by: "applicant"),
                columns: """
                    applicant BYTEA NOT NULL, dossier BYTEA NOT NULL, item TEXT NOT NULL, is_open BIGINT NOT NULL,
                    PRIMARY KEY (applicant, dossier)
                    """),
        ])

    /// The dossier as the fold of its events; nil when there is none.
    package static func load(_ id: DossierID, in tx: Transaction) throws -> Dossier? {
        try Dossier.folded(id, try Journal.entries(of: id.subject, in: tx))
    }

    /// How many events the dossier has by its row; nil when there is none.
    package static func sequence(of id: DossierID, in tx: Transaction) throws -> Int? {
        try tx.row("SELECT sequence FROM dossier WHERE id = \(id)")?.integer(0)
    }

    /// Everything that happened to it, in order.
    package static func history(of id: DossierID, in tx: Transaction) throws -> [HistoryLine] {
        try Journal.entries(of: id.subject, in: tx).map { entry in
            HistoryLine(sequence: entry.sequence, at: entry.at, actor: entry.actor, event: try DossierEvent(entry))
        }
    }

    /// One event and where it stands.
    package struct HistoryLine: Equatable, Sendable {
        package let sequence: Int
        package let at: Instant
        package let actor: Actor
        package let event: DossierEvent

        package init(sequence: Int, at: Instant, actor: Actor, event: DossierEvent) {
            (self.sequence, self.at, self.actor, self.event) = (sequence, at, actor, event)
        }
    }

    /// LIMIT: dossiers of one body and stage that a count looks at.
    static let countedMax = 20_000

    /// How many open dossiers of an item a body has; `isAtLeast` when it has more of any item than a count looks at.
    package static func open(
        item: String, at body: CreditCode, in tx: Transaction
    ) throws -> (count: Int, isAtLeast: Bool) {
        var (count, isAtLeast) = (0, false)
        for stage in Dossier.Stage.Name.allCases where stage != .ended {
            let row = try tx.row(
                """
                SELECT COUNT(*), COALESCE(SUM(CASE WHEN item = \(item) THEN 1 ELSE 0 END), 0) FROM
                    (SELECT item FROM dossier WHERE stage = \(stage.rawValue) AND body = \(body)
                     ORDER BY due, id LIMIT \(countedMax)) AS waiting
                """)
            guard let row else { continue }
            count += try row.integer(1)
            isAtLeast = try isAtLeast || row.integer(0) == countedMax
        }
        return (count, isAtLeast)
    }

    /// Writes the row of a new dossier and the ways to find it.
    package static func insert(_ dossier: Dossier, dates: Dates, in tx: Transaction) throws {
        let submitted = dossier.submitted
        let terms = submitted.terms
        try tx.execute(
            """
            INSERT INTO dossier (id, sequence, number, short, item, catalog_code, item_version, body, region, hall,
                mode, applicant, stage, ending, submitted_at, received_at, due, statutory_due, is_provisional,
                next_wake, light, at_body, at_region, step, since, holder, priority, is_shared, is_soon, proposal)
            VALUES (\(dossier.id), \(dossier.sequence), \(submitted.numbers.number), \(submitted.numbers.short),
                \(terms.itemCode), \(terms.catalogCode), \(terms.version), \(terms.body), \(terms.region),
                \(submitted.hall?.code ?? ""), \(submitted.mode.id), \(submitted.applicant),
                \(dossier.stage.name.rawValue), '', \(dossier.submittedAt), \(dossier.receivedAt), \(dates.due),
                \(dates.statutory), \(dates.isProvisional), \(dates.wake), \(dates.light.rawValue), \(dates.desk.body),
                \(dates.desk.region), \(dates.desk.step), \(dates.desk.since), \(dates.desk.holder),
                \(dates.desk.priority), \(dates.desk.isShared), \(dates.desk.isSoon), \(dates.desk.proposal))
            """)
        for number in [submitted.numbers.number, submitted.numbers.short] {
            try tx.execute("INSERT INTO dossier_by_number (number, dossier) VALUES (\(number), \(dossier.id))")
        }
        try tx.execute(
            """
            INSERT INTO dossier_by_applicant (applicant, dossier, item, is_open)
            VALUES (\(submitted.applicant), \(dossier.id), \(terms.implementationCode), 1)
            """)
    }

    /// Brings the row up to the dossier.
    package static func update(_ dossier: Dossier, dates: Dates, in tx: Transaction) throws {
        var ending = ""
        if case .ended(let how, _, _) = dossier.stage { ending = how.rawValue }
        try tx.execute(
            """
            UPDATE dossier SET sequence = \(dossier.sequence), stage = \(dossier.stage.name.rawValue),
                ending = \(ending), received_at = \(dossier.receivedAt), due = \(dates.due),
                statutory_due = \(dates.statutory), is_provisional = \(dates.isProvisional), next_wake = \(dates.wake),
                light = \(dates.light.rawValue), waits_for = \(dates.wait?.for.rawValue ?? ""),
                waits_until = \(dates.waitsUntil ?? DossierLine.noDue),
                at_body = \(dates.desk.body), at_region = \(dates.desk.region),
                step = \(dates.desk.step), since = \(dates.desk.since), holder = \(dates.desk.holder),
                priority = \(dates.desk.priority), is_shared = \(dates.desk.isShared), is_soon = \(dates.desk.isSoon),
                proposal = \(dates.desk.proposal)
            WHERE id = \(dossier.id)
            """)
        if dossier.hasEnded {
            try tx.execute(
                """
                UPDATE dossier_by_applicant SET is_open = 0
                WHERE applicant = \(dossier.submitted.applicant) AND dossier = \(dossier.id)
                """)
        }
    }

    /// The dates that a row carries for lists and for the pulse.
    package struct Dates: Sendable {
        let due: CivilDate
        let statutory: CivilDate?
        let isProvisional: Bool
        let wake: Instant?
        let light: Light
        let wait: (for: Dossier.Wait, until: CivilDate?)?
        let desk: DeskTable.Place

        /// By when what it waits for is due; nil when it waits for nothing.
        var waitsUntil: CivilDate? { wait.map { $0.until ?? DossierLine.noDue } }

        /// What the rules say of the dossier as it stands.
        package init(_ dossier: Dossier, _ rules: DossierRules) {
            let next = rules.due(of: dossier)
            let last = rules.statutoryDue(of: dossier)
            // Nothing is due while the applicant must act: such dossiers come last in a list.
            (due, statutory) = (next?.day ?? DossierLine.noDue, last?.day)
            isProvisional = next?.isProvisional ?? false || last?.isProvisional ?? false
            wake = rules.nextWake(of: dossier)
            light = rules.light(of: dossier) ?? .green
            wait = dossier.waitsFor.map { ($0, rules.waitDue(of: dossier)) }
            desk = DeskTable.Place(dossier, rules)
        }
    }

    /// The short numbers of dossiers, as many as a page has.
    package static func shortNumbers(of ids: [DossierID], in tx: Transaction) throws -> [DossierID: String] {
        let rows = try tx.rows(
            "SELECT id, short FROM dossier WHERE id IN \(list: ids) ORDER BY id LIMIT \(max(ids.count, 1))")
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.id(0), try $0.text(1)) })
    }

    /// The dossier with a long or short number; nil when there is none.
    package static func id(number: String, in tx: Transaction) throws -> DossierID? {
        try tx.row("SELECT dossier FROM dossier_by_number WHERE number = \(number)")?.id(0)
    }
}
