package import Store
package import Vocabulary

/// The rows by which evaluations are found. What was said stands in the journal alone.
package enum EvaluationTable {
    /// LIMIT: evaluations in one page of a list or an export.
    package static let pageMax = 200

    static let migration = Migration(
        "supervision.020-evaluations",
        tables: [
            Table(
                "evaluation", .distributed(by: "id"),
                columns: """
                    id BYTEA NOT NULL PRIMARY KEY, occasion BYTEA NOT NULL, star BIGINT NOT NULL,
                    day BIGINT NOT NULL, region TEXT NOT NULL, owner TEXT NOT NULL
                    """,
                indexes: ["evaluation_by_day ON evaluation (day, id)"]),
            Table(
                "evaluation_by_occasion", .distributed(by: "occasion"),
                columns: "occasion BYTEA NOT NULL PRIMARY KEY, evaluation BYTEA NOT NULL"),
            Table(
                "evaluation_figure", .distributed(by: "month"),
                columns: """
                    month BIGINT NOT NULL, region TEXT NOT NULL, owner TEXT NOT NULL, item TEXT NOT NULL,
                    hall TEXT NOT NULL, channel TEXT NOT NULL,
                    star_1 BIGINT NOT NULL, star_2 BIGINT NOT NULL, star_3 BIGINT NOT NULL, star_4 BIGINT NOT NULL,
                    star_5 BIGINT NOT NULL, excluded BIGINT NOT NULL, unreachable BIGINT NOT NULL,
                    contacted BIGINT NOT NULL, contacted_in_time BIGINT NOT NULL, rectified BIGINT NOT NULL,
                    rectified_in_time BIGINT NOT NULL, revisited BIGINT NOT NULL, content BIGINT NOT NULL,
                    occasions BIGINT NOT NULL, owner_name TEXT NOT NULL, item_name TEXT NOT NULL,
                    PRIMARY KEY (month, region, owner, item, hall, channel)
                    """),
        ])

    /// Writes an evaluation, and what opens with a bad one; answers what opened. Refuses a second of the same occasion.
    package static func give(
        _ event: EvaluationEvent, as id: EvaluationID, _ rules: RectificationRules, stamp: Stamp, in tx: Transaction
    ) throws -> Rectification? {
        guard case .given(let given, _) = event else { return nil }
        let occasion = given.occasion.of
        guard try find(occasion, in: tx) == nil else { throw EvaluationRefusal.givenAlready }
        try tx.execute("INSERT INTO evaluation_by_occasion (occasion, evaluation) VALUES (\(occasion), \(id))")
        try Journal.append([event], to: id.subject, after: 0, stamp: stamp, in: tx)
        try tx.execute(
            """
            INSERT INTO evaluation (id, occasion, star, day, region, owner)
            VALUES (\(id), \(occasion), \(given.grade.rawValue), \(stamp.now.day), \(given.place.region),
                \(given.place.owner))
            """)
        let opened = try rules.opening(of: id, given, at: stamp.now).map {
            try RectificationTable.open($0, of: id, stamp: stamp, in: tx)
        }
        try EvaluationFigureTable.add(
            .of(given, opened), to: given.place, given.channel, on: stamp.now.day, in: tx)
        return opened
    }

    /// The evaluation of an occasion; nil where nobody has judged it.
    package static func find(_ occasion: Subject, in tx: Transaction) throws -> EvaluationID? {
        try tx.row("SELECT evaluation FROM evaluation_by_occasion WHERE occasion = \(occasion)")?.id(0)
    }

    /// The evaluation; refuses an id that nobody has.
    package static func load(_ id: EvaluationID, in tx: Transaction) throws -> Evaluation {
        guard let entry = try Journal.first(of: id.subject, in: tx), entry.kind == EvaluationEvent.givenKind else {
            throw EvaluationRefusal.notFound
        }
        return try Evaluation(id, entry)
    }

    /// One page of the evaluations of some days, the oldest first, after one of them.
    package static func page(
        from first: CivilDate, through last: CivilDate, after place: EvaluationID?, limit: Int = pageMax,
        in tx: Transaction
    ) throws -> [EvaluationID] {
        let after = place?.subject ?? Subject(high: 0, low: 0)
        let day = place.map { $0.subject.madeAt.day } ?? first
        return try tx.rows(
            """
            SELECT id FROM evaluation
            WHERE day BETWEEN \(max(day, first)) AND \(last) AND (day > \(day) OR id > \(after))
            ORDER BY day, id LIMIT \(limit)
            """
        ).map { try $0.id(0) }
    }
}
