package import Store
package import Vocabulary

/// How many open dossiers of one body at one place have which light.
package struct LightCell: Hashable, Sendable {
    package let region: Region
    package let body: CreditCode
    /// By the light's raw value; green as well where no limit of the authority runs.
    package let counts: [Int]

    package init(region: Region, body: CreditCode, counts: [Int]) {
        (self.region, self.body, self.counts) = (region, body, counts)
    }

    package subscript(light: Light) -> Int { counts[light.rawValue] }
    package var all: Int { counts.reduce(0, +) }
}

/// What was laid down of lights. Rows are appended and never changed.
package enum LightTable {
    static let migration = Migration(
        "dossiers.017-light-terms",
        tables: [
            Table(
                "light_edition", .reference,
                columns: """
                    number BIGINT NOT NULL PRIMARY KEY, item TEXT, begins BIGINT NOT NULL,
                    left_percent BIGINT NOT NULL, day_percent BIGINT NOT NULL, subject BYTEA NOT NULL
                    """)
        ],
        // What is open, by whose it is: counts read nothing else.
        statements: ["CREATE INDEX dossier_open_lights ON dossier (region, body, light, id) WHERE stage <> 'ended'"])

    /// A count of what is open reads the index and no row: on SQLite the index must hold what its own condition says.
    static let countMigration = Migration(
        "dossiers.019-open-by-light",
        statements: [
            "DROP INDEX dossier_open_lights",
            "CREATE INDEX dossier_open_by_light ON dossier (region, body, light, stage) WHERE stage <> 'ended'",
        ])

    /// LIMIT: places and bodies of one count.
    static let cellsMax = 2000

    /// The lights of what is open in the whole city, by place and body.
    package static func counts(in tx: Transaction) throws -> [LightCell] {
        let rows = try tx.rows(
            """
            SELECT region, body, light, COUNT(*) FROM dossier WHERE stage <> 'ended'
            GROUP BY region, body, light ORDER BY region, body, light LIMIT \(cellsMax * Light.allCases.count)
            """)
        var cells: [LightCell] = []
        for row in rows {
            let (region, body) = (try row.value(0, Region.init), try row.value(1, CreditCode.init))
            var counts = Light.allCases.map { _ in 0 }
            if let last = cells.last, last.region == region, last.body == body {
                counts = last.counts
                cells.removeLast()
            }
            guard let light = Light(rawValue: try row.integer(2)) else { throw Fault.corrupt("a dossier's light") }
            counts[light.rawValue] = try row.integer(3)
            cells.append(LightCell(region: region, body: body, counts: counts))
        }
        return cells
    }

    /// The number of the last edition; nought when there is none.
    package static func lastNumber(in tx: Transaction) throws -> Int {
        try tx.row("SELECT COALESCE(MAX(number), 0) FROM light_edition")?.integer(0) ?? 0
    }

    /// The editions after a number, in order.
    package static func editions(after number: Int = 0, in tx: Transaction) throws -> [LightEdition] {
        try tx.rows(
            """
            SELECT number, item, begins, left_percent, day_percent FROM light_edition WHERE number > \(number)
            ORDER BY number LIMIT \(LightBook.editionsMax)
            """
        ).map { row in
            LightEdition(
                number: try row.integer(0), item: try row.optionalText(1), from: try row.day(2),
                terms: LightTerms(leftPercent: try row.integer(3), dayPercent: try row.integer(4)))
        }
    }

    /// Writes an edition with its entry in the journal; `subject` is what the entry is about. Another one of the same
    /// number means that another writer was first: the transaction is replayed.
    package static func append(
        _ edition: LightEdition, as subject: Subject, stamp: Stamp, in tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO light_edition (number, item, begins, left_percent, day_percent, subject)
            VALUES (\(edition.number), \(edition.item), \(edition.from), \(edition.terms.leftPercent),
                \(edition.terms.dayPercent), \(subject))
            """)
        try Journal.append([LightTermsSet(edition)], to: subject, after: 0, stamp: stamp, in: tx)
    }
}

/// What the journal says of an edition; who laid it down is the entry's actor.
package struct LightTermsSet: Codable, Hashable, Sendable {
    package let edition: Int
    /// Empty for all items.
    package let item: String
    package let from: CivilDate
    package let leftPercent: Int
    package let dayPercent: Int

    init(_ edition: LightEdition) {
        (self.edition, item, from) = (edition.number, edition.item ?? "", edition.from)
        (leftPercent, dayPercent) = (edition.terms.leftPercent, edition.terms.dayPercent)
    }
}

extension LightTermsSet: JournalEvent {
    package var kind: String { "light.terms-set" }
    package static var version: Int { 1 }

    package func publicPart() throws -> [UInt8] { try CanonicalJSON.bytes(of: self) }
    package func personalPart() throws -> [UInt8]? { nil }
}
