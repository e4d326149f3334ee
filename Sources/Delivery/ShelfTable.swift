package import Store
package import Vocabulary

/// The results that lie ready, where each lies, and the ways to find one.
///
/// Names, numbers and codes stand here only while somebody waits for the paper: with it goes what is personal.
package enum ShelfTable {
    /// LIMIT: results that one search answers.
    package static let foundMax = 50
    /// LIMIT: characters of a name that is searched for.
    package static let nameCharactersMax = 60

    static let migration = Migration(
        "delivery.005-shelf",
        tables: [
            Table(
                "kept_result", .distributed(by: "dossier"),
                columns: """
                    dossier BYTEA NOT NULL PRIMARY KEY, id BYTEA NOT NULL, applicant BYTEA NOT NULL, agent BYTEA,
                    delivery TEXT NOT NULL, region TEXT NOT NULL, ready_at BIGINT NOT NULL, state TEXT NOT NULL,
                    state_at BIGINT NOT NULL, hall TEXT, position BIGINT, next_at BIGINT, name TEXT, code TEXT
                    """,
                indexes: [
                    "kept_result_by_wake ON kept_result (next_at, dossier)",
                    "kept_result_by_applicant ON kept_result (applicant, dossier)",
                    "kept_result_by_agent ON kept_result (agent, dossier)",
                    "kept_result_by_code ON kept_result (code, dossier)",
                    "kept_result_by_state ON kept_result (state, ready_at, dossier)",
                ]),
            Table(
                "shelf_place", .distributed(by: "hall"),
                columns: """
                    hall TEXT NOT NULL, position BIGINT NOT NULL, dossier BYTEA NOT NULL, PRIMARY KEY (hall, position)
                    """),
        ])

    private static let columns: StaticString = """
        k.id, k.dossier, k.applicant, k.agent, k.delivery, k.region, k.ready_at, k.state, k.state_at, k.hall,
        k.position, k.next_at
        """

    /// What is searched for beside the ids: a name as names are compared, and the pick-up code.
    package struct Sought: Sendable {
        let name: String
        let code: String?

        package init(name: String, code: String?) { (self.name, self.code) = (name, code) }
    }

    /// Writes a result that lies ready now, or one from before this table was; the same again changes nothing.
    package static func keep(_ kept: KeptResult, _ sought: Sought?, stamp: Stamp, in tx: Transaction) throws {
        let matter = kept.matter
        let isNew = try tx.changes(
            """
            INSERT INTO kept_result (dossier, id, applicant, agent, delivery, region, ready_at, state, state_at,
                next_at, name, code)
            VALUES (\(matter.dossier), \(kept.id), \(matter.applicant), \(matter.agent), \(matter.delivery.id),
                \(matter.region), \(kept.readyAt), \(kept.state.rawValue), \(kept.stateAt), \(kept.nextAt),
                \(sought?.name), \(sought?.code))
            ON CONFLICT (dossier) DO NOTHING
            """)
        if isNew == 1 { try ShelfEntry.ready.write(kept, stamp: stamp, in: tx) }
    }

    /// Does something to a result and answers it as it is then. Refuses a position that another result has.
    @discardableResult
    package static func perform(
        _ deed: ShelfDeed, on kept: KeptResult, _ terms: ShelfTerms = .usual, stamp: Stamp, in tx: Transaction
    ) throws -> KeptResult {
        let after = try ShelfRules.apply(deed, to: kept, at: stamp.now, terms)
        if after.place != kept.place { try move(after, from: kept.place, in: tx) }
        // What somebody else did meanwhile is seen here: the state is compared and set.
        let changed = try tx.changes(
            """
            UPDATE kept_result SET state = \(after.state.rawValue), state_at = \(after.stateAt), hall = \(after.hall),
                position = \(after.place?.position.ordinal), next_at = \(after.nextAt)
            WHERE dossier = \(kept.matter.dossier) AND state = \(kept.state.rawValue)
            """)
        guard changed == 1 else { throw ShelfRefusal.gone }
        if after.state == .left {
            try tx.execute("UPDATE kept_result SET name = NULL, code = NULL WHERE dossier = \(kept.matter.dossier)")
        }
        try deed.entry?.write(after, former: kept.place, stamp: stamp, in: tx)
        return after
    }

    private static func move(_ kept: KeptResult, from old: ShelfPlace?, in tx: Transaction) throws {
        let dossier = kept.matter.dossier
        if let old {
            try tx.execute(
                """
                DELETE FROM shelf_place
                WHERE hall = \(old.hall) AND position = \(old.position.ordinal) AND dossier = \(dossier)
                """)
        }
        guard let place = kept.place else { return }
        let isFree = try tx.changes(
            """
            INSERT INTO shelf_place (hall, position, dossier)
            VALUES (\(place.hall), \(place.position.ordinal), \(dossier)) ON CONFLICT (hall, position) DO NOTHING
            """)
        guard isFree == 1 else { throw ShelfRefusal.taken }
    }

    /// The result of a case; nil where none lay ready since this table is.
    package static func kept(_ dossier: DossierID, in tx: Transaction) throws -> KeptResult? {
        try tx.row("SELECT \(raw: columns) FROM kept_result k WHERE k.dossier = \(dossier)").map(KeptResult.init)
    }

    /// The first free position of a hall; nil when every one is taken.
    package static func firstFree(in hall: String, in tx: Transaction) throws -> ShelfPosition? {
        let isFirstTaken = try tx.row("SELECT 1 FROM shelf_place WHERE hall = \(hall) AND position = 0") != nil
        guard isFirstTaken else { return ShelfPosition(ordinal: 0) }
        let row = try tx.row(
            """
            SELECT MIN(p.position) + 1 FROM shelf_place p WHERE p.hall = \(hall) AND NOT EXISTS (
                SELECT 1 FROM shelf_place n WHERE n.hall = p.hall AND n.position = p.position + 1)
            """)
        return try row.flatMap { ShelfPosition(ordinal: try $0.integer(0)) }
    }

    /// What lies at a position of a hall; nil where nothing does.
    package static func at(_ place: ShelfPlace, in tx: Transaction) throws -> KeptResult? {
        try tx.row(
            """
            SELECT \(raw: columns) FROM shelf_place s JOIN kept_result k ON k.dossier = s.dossier
            WHERE s.hall = \(place.hall) AND s.position = \(place.position.ordinal)
            """
        ).map(KeptResult.init)
    }

    /// What somebody may fetch: her own, and what she filed for others.
    package static func of(_ person: PersonID, in tx: Transaction) throws -> [KeptResult] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM kept_result k
            WHERE k.state <> 'left' AND (k.applicant = \(person) OR k.agent = \(person))
            ORDER BY k.dossier LIMIT \(foundMax)
            """
        ).map(KeptResult.init)
    }

    /// What lies ready under a code: few have the same.
    package static func opened(by code: String, in tx: Transaction) throws -> [KeptResult] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM kept_result k WHERE k.code = \(code) AND k.state <> 'left'
            ORDER BY k.dossier LIMIT \(foundMax)
            """
        ).map(KeptResult.init)
    }

    /// What lies ready in these places for people in whose names the words stand, as names are compared, the longest
    /// ready first. Only what waits is looked through: some thousands in a city.
    package static func named(
        _ words: String, in regions: ClosedRange<String>, in tx: Transaction
    ) throws -> [KeptResult] {
        guard !words.isEmpty, words.count <= nameCharactersMax else { return [] }
        let escaped = words.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
        return try waitingStates.flatMap { state in
            try tx.rows(
                """
                SELECT \(raw: columns) FROM kept_result k
                WHERE k.state = \(state.rawValue) AND k.name LIKE \("%\(escaped)%") ESCAPE '\\'
                    AND k.region BETWEEN \(regions.lowerBound) AND \(regions.upperBound)
                ORDER BY k.ready_at, k.dossier LIMIT \(foundMax)
                """
            ).map(KeptResult.init)
        }
    }

    private static let waitingStates: [KeptResult.State] = [.waiting, .reminded, .remindedAgain, .archived]

    /// Results to which time does something by now, the longest due first.
    package static func due(by now: Instant, limit: Int, in tx: Transaction) throws -> [DossierID] {
        try tx.rows(
            "SELECT dossier FROM kept_result WHERE next_at <= \(now) ORDER BY next_at, dossier LIMIT \(limit)"
        ).map { try $0.id(0) }
    }

    /// 逾期未领 in a state, the longest ready first.
    package static func uncollected(_ state: KeptResult.State, limit: Int, in tx: Transaction) throws -> [KeptResult] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM kept_result k WHERE k.state = \(state.rawValue)
            ORDER BY k.ready_at, k.dossier LIMIT \(limit)
            """
        ).map(KeptResult.init)
    }

    /// How many are in a state.
    package static func count(_ state: KeptResult.State, in tx: Transaction) throws -> Int {
        try tx.row("SELECT COUNT(*) FROM kept_result WHERE state = \(state.rawValue)")?.integer(0) ?? 0
    }
}

extension KeptResult {
    fileprivate init(_ row: Row) throws {
        let agent = try row.optionalBytes(3).map { bytes in
            guard let subject = Subject(bytes: bytes) else { throw Fault.corrupt("the agent of a result") }
            return PersonID(subject)
        }
        let matter = Matter(
            try row.id(1), of: try row.id(2), agent: agent, by: try row.value(4, DeliveryMode.named),
            in: try row.value(5, Region.init))
        let hall = try row.optionalText(9)
        var place: ShelfPlace?
        if let hall, let ordinal = try row.optionalInteger(10) {
            guard let position = ShelfPosition(ordinal: ordinal) else { throw Fault.corrupt("a position of a shelf") }
            place = ShelfPlace(hall, position)
        }
        self.init(
            try row.id(0), matter, readyAt: try row.instant(6),
            state: (try row.value(7, State.init), since: try row.instant(8)), place: place, hall: hall,
            nextAt: try row.optionalInstant(11))
    }
}
