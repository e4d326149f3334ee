package import Store
package import Vocabulary

/// The lists in which people find dossiers.
extension DossierTable {
    static let columns: StaticString = """
        d.id, d.number, d.short, d.item, d.region, d.stage, d.ending, d.mode, d.submitted_at, d.received_at, d.due,
        d.statutory_due, d.is_provisional, d.applicant, d.light
        """
    /// The same with the day until which it waits in the place of the day by which the authority must act.
    static let waitColumns: StaticString = """
        d.id, d.number, d.short, d.item, d.region, d.stage, d.ending, d.mode, d.submitted_at, d.received_at,
        d.waits_until, d.statutory_due, d.is_provisional, d.applicant, d.light
        """

    /// Dossiers of one applicant, the newest first, before one of them.
    package static func of(
        applicant: PersonID, before last: DossierID? = nil, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [DossierLine] {
        let end = last ?? DossierID(Subject(high: .max, low: .max))
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM dossier_by_applicant a JOIN dossier d ON d.id = a.dossier
            WHERE a.applicant = \(applicant) AND a.dossier < \(end) ORDER BY a.dossier DESC LIMIT \(limit)
            """
        ).map(line)
    }

    /// An open dossier of the applicant for the same item; nil when there is none.
    package static func open(
        applicant: PersonID, implementationCode: String, in tx: Transaction
    ) throws -> DossierLine? {
        try tx.row(
            """
            SELECT \(raw: columns) FROM dossier_by_applicant a JOIN dossier d ON d.id = a.dossier
            WHERE a.applicant = \(applicant) AND a.item = \(implementationCode) AND a.is_open = 1
            ORDER BY a.dossier DESC LIMIT 1
            """
        ).map(line)
    }

    /// Where a page of work begins: after the last line of the page before.
    package struct Cursor: Hashable, Sendable {
        package let due: CivilDate
        package let id: DossierID

        package init(due: CivilDate, id: DossierID) {
            self.due = due
            self.id = id
        }
    }

    /// Where the bodies, items and regions of a list of work lie: three ranges of codes, compared as bytes.
    package struct Part: Hashable, Comparable, Sendable {
        package let bodies: ClosedRange<String>
        let items: ClosedRange<String>
        let regions: ClosedRange<String>

        package init(bodies: ClosedRange<String>, items: ClosedRange<String>, regions: ClosedRange<String>) {
            self.bodies = bodies
            self.items = items
            self.regions = regions
        }

        /// In a total order, so that lists ask in the same order always.
        package static func < (left: Part, right: Part) -> Bool {
            left.order.lexicographicallyPrecedes(right.order)
        }

        private var order: [String] {
            [bodies, items, regions].flatMap { [$0.lowerBound, $0.upperBound] }
        }

        /// Which rows lie in it. One body, or one place, is asked for by its name, so that rows come in the order of an
        /// index.
        func rows(
            body: StaticString = "d.body", item: StaticString = "d.catalog_code", region: StaticString = "d.region"
        ) -> SQL {
            """
            \(part: Self.within(body, bodies)) AND \(part: Self.within(item, items))
                AND \(part: Self.within(region, regions))
            """
        }

        private static func within(_ column: StaticString, _ codes: ClosedRange<String>) -> SQL {
            if codes.lowerBound == codes.upperBound { return "\(raw: column) = \(codes.lowerBound)" }
            return "\(raw: column) BETWEEN \(codes.lowerBound) AND \(codes.upperBound)"
        }

        /// What one body decides.
        package static func of(_ body: CreditCode) -> Part {
            Part(bodies: body.code...body.code, items: ""..."~", regions: ""..."~")
        }
    }

    /// What lies with windows, the longest due first: the index holds nothing else. A window takes what any place of
    /// its city decides, so that places come last.
    static let windowMigration = Migration(
        "dossiers.018-window",
        statements: ["CREATE INDEX dossier_at_window ON dossier (stage, due, id, region) WHERE \(windowStages)"])

    /// The same of what is granted and not handed over yet: what nobody fetches stays at its desk for months. Two
    /// stages, because SQLite prepares a statement anew where a value that is bound stands against one alone.
    static let issuingMigration = Migration(
        "dossiers.020-issuing",
        statements: ["CREATE INDEX dossier_at_issuing ON dossier (stage, due, id, region) WHERE \(issuingStages)"])

    /// The stages at which a dossier lies with a window, and the same in the words of the index.
    private static let atWindow: [Dossier.Stage.Name] = [
        .received, .preReview, .awaitingOriginals, .correctionRequested,
    ]
    private static let windowStages: StaticString =
        "stage IN ('received', 'preReview', 'awaitingOriginals', 'correctionRequested')"
    private static let issuingStages: StaticString = "stage IN ('granted', 'issued')"

    /// The condition of the index that holds a stage: without its own words it would not be looked into.
    private static func indexed(_ stage: Dossier.Stage.Name) -> SQL {
        if atWindow.contains(stage) { return "\(raw: windowStages)" }
        return stage == .issued ? "\(raw: issuingStages)" : "1 = 1"
    }

    /// The dossiers at one stage within a part of the city's business, in the order of the time left.
    package static func work(
        in part: Part, at stage: Dossier.Stage.Name, after cursor: Cursor? = nil, limit: Int = Limits.pageRowsMax,
        tx: Transaction
    ) throws -> [DossierLine] {
        let first =
            cursor ?? Cursor(due: CivilDate(daysSinceEpoch: -1_000_000), id: DossierID(Subject(high: 0, low: 0)))
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM dossier d WHERE d.stage = \(stage.rawValue)
                AND \(part: indexed(stage)) AND \(part: part.rows())
                AND (d.due, d.id) > (\(first.due), \(first.id))
            ORDER BY d.due, d.id LIMIT \(limit)
            """
        ).map(line)
    }

    private static func light(_ row: Row) throws -> Light {
        guard let light = Light(rawValue: try row.integer(14)) else { throw Fault.corrupt("a dossier's light") }
        return light
    }

    static func line(_ row: Row) throws -> DossierLine {
        let ending = try row.text(6)
        let due = try row.day(10)
        return DossierLine(
            id: try row.id(0), number: try row.text(1), short: try row.text(2), itemCode: try row.text(3),
            region: try row.value(4, Region.init), stage: try row.value(5, Dossier.Stage.Name.init),
            ending: ending.isEmpty ? nil : try row.value(6, Dossier.Ending.init),
            mode: try row.value(7, ServiceMode.named), submittedAt: try row.instant(8),
            receivedAt: try row.optionalInstant(9), due: due == DossierLine.noDue ? nil : due,
            statutoryDue: try row.optionalDay(11),
            isProvisional: try row.bool(12), applicant: try row.id(13),
            light: try light(row))
    }

    /// The dossiers after one of them, in the order of their ids: for what is rebuilt from the journal.
    package static func ids(after last: DossierID?, limit: Int, in tx: Transaction) throws -> [DossierID] {
        let first = last ?? DossierID(Subject(high: 0, low: 0))
        return try tx.rows("SELECT id FROM dossier WHERE id > \(first) ORDER BY id LIMIT \(limit)").map { try $0.id(0) }
    }
}
