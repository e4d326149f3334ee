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

/// The roll-up: counts by month, region, who answers, item, hall and channel, written with what they count.
package enum EvaluationFigureTable {
    /// LIMIT: rows that a page of figures adds up.
    package static let rowsMax = 20_000

    /// One row.
    package struct Line: Hashable, Sendable {
        package let key: EvaluationKey
        package let tally: EvaluationTally
        package let ownerName: String
        package let itemName: String
    }

    /// Adds to the row of a place.
    package static func add(
        _ tally: EvaluationTally, to place: EvaluationPlace, _ channel: EvaluationChannel?, on day: CivilDate,
        in tx: Transaction
    ) throws {
        guard !tally.isNothing else { return }
        let key = EvaluationKey(month: Month(of: day), place, channel: channel)
        let texts = [key.region, key.owner, key.item, key.hall, key.channel].map(\.sqlValue)
        let names = [(place.bodyName ?? "").sqlValue, (place.itemName ?? "").sqlValue]
        let row = [key.month.code.sqlValue] + texts + tally.numbers.map(\.sqlValue) + names
        try tx.execute(
            """
            INSERT INTO evaluation_figure (\(raw: columns)) VALUES \(rows: [row])
            ON CONFLICT (month, region, owner, item, hall, channel) DO UPDATE SET
                star_1 = evaluation_figure.star_1 + excluded.star_1,
                star_2 = evaluation_figure.star_2 + excluded.star_2,
                star_3 = evaluation_figure.star_3 + excluded.star_3,
                star_4 = evaluation_figure.star_4 + excluded.star_4,
                star_5 = evaluation_figure.star_5 + excluded.star_5,
                excluded = evaluation_figure.excluded + excluded.excluded,
                unreachable = evaluation_figure.unreachable + excluded.unreachable,
                contacted = evaluation_figure.contacted + excluded.contacted,
                contacted_in_time = evaluation_figure.contacted_in_time + excluded.contacted_in_time,
                rectified = evaluation_figure.rectified + excluded.rectified,
                rectified_in_time = evaluation_figure.rectified_in_time + excluded.rectified_in_time,
                revisited = evaluation_figure.revisited + excluded.revisited,
                content = evaluation_figure.content + excluded.content,
                occasions = evaluation_figure.occasions + excluded.occasions,
                owner_name = excluded.owner_name, item_name = excluded.item_name
            """)
    }

    /// Sets the occasions to so many times what they were: each case that could be judged is there so many times now.
    package static func multiplyOccasions(by factor: Int, in tx: Transaction) throws {
        try tx.execute("UPDATE evaluation_figure SET occasions = occasions * \(factor)")
    }

    private static let columns: StaticString = """
        month, region, owner, item, hall, channel, star_1, star_2, star_3, star_4, star_5, excluded, unreachable,
        contacted, contacted_in_time, rectified, rectified_in_time, revisited, content, occasions, owner_name, item_name
        """

    /// The rows of some months, in the order of their keys.
    package static func lines(_ months: ClosedRange<Month>, in tx: Transaction) throws -> [Line] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM evaluation_figure 
            WHERE month BETWEEN \(months.lowerBound.code) AND \(months.upperBound.code)
            ORDER BY month, region, owner, item, hall, channel LIMIT \(rowsMax)
            """
        ).map { row in
            guard let month = Month(code: try row.integer(0)),
                let tally = EvaluationTally(try (6..<20).map { try row.integer($0) })
            else {
                throw Fault.corrupt("a row of figures")
            }
            let texts = (try row.text(1), try row.text(2), try row.text(3), try row.text(4), try row.text(5))
            return Line(
                key: EvaluationKey(month: month, texts), tally: tally, ownerName: try row.text(20),
                itemName: try row.text(21))
        }
    }

    /// Takes all counts away, before they are counted anew from the journal.
    package static func clear(in tx: Transaction) throws { try tx.execute("DELETE FROM evaluation_figure") }

    /// Counts one evaluation anew from the journal, as it stands.
    package static func recount(_ id: EvaluationID, in tx: Transaction) throws {
        let evaluation = try EvaluationTable.load(id, in: tx)
        let it = evaluation.given.grade.isBad ? try RectificationTable.load(.of(id), in: tx) : nil
        try add(
            .of(evaluation.given, it), to: evaluation.given.place,
            evaluation.given.channel, on: evaluation.givenAt.day, in: tx)
    }
}
