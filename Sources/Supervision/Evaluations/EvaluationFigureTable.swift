package import Store
package import Vocabulary

/// The roll-up: counts by month, region, who answers, item, hall and channel, written with what they count.
package enum EvaluationFigureTable {
    /// LIMIT: bodies or items that a page tells of.
    package static let rankedMax = 100
    /// LIMIT: bodies or items of which enough was said that are told apart, more than a city has; those beyond it, of
    /// which the least was said, stand with the others.
    static let groupsMax = 5000

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

    /// What stands side by side: those who answer for the service, or what they do.
    package enum Ranked: Sendable {
        case bodies, items

        fileprivate var column: StaticString { self == .bodies ? "owner" : "item" }
        fileprivate var named: StaticString { self == .bodies ? "owner_name" : "item_name" }
    }

    /// A body or an item, with its sums.
    package struct Line: Hashable, Sendable {
        let code: String
        /// As it was called in the last month of which something is told; of two names in one month, one of them.
        package let name: String
        package let tally: EvaluationTally
    }

    /// Bodies or items as the public may read them, those with most evaluations first. Lines and others are together
    /// the whole, and each of them is enough: taken from each other they leave nothing of which too little was said.
    package struct Ranking: Hashable, Sendable {
        package let lines: [Line]
        /// How many there are beside the lines: of which too little was said, and one of which was said the least
        /// where those alone would still be too little.
        package let few: Int
        /// What was said of those together; nothing at all, or enough, or the whole is too little.
        package let others: EvaluationTally

        /// `lines` are those of which enough was said, in their order, out of so many `groups` of a whole.
        init(_ lines: [Line], of whole: EvaluationTally, groups: Int) {
            var (lines, others) = (lines, whole - lines.map(\.tally).reduce(EvaluationTally(), +))
            while others.given > 0, !others.isShown, let least = lines.popLast() { others = others + least.tally }
            (self.lines, self.others, few) = (lines, others, groups - lines.count)
        }
    }

    /// The sums of some months.
    package static func whole(_ months: ClosedRange<Month>, in tx: Transaction) throws -> EvaluationTally {
        let row = try tx.row("SELECT \(raw: sums) FROM evaluation_figure WHERE \(part: within(months))")
        return try row.map { try tally($0, from: 0) } ?? EvaluationTally()
    }

    /// The sums of some months for each body and for each item of which enough was said. What was said of a body that
    /// stands with others counts for no item: of an item that few bodies have, theirs would be the rest.
    package static func rankings(
        _ months: ClosedRange<Month>, in tx: Transaction
    ) throws -> (bodies: Ranking, items: Ranking) {
        let bodies = try ranking(.bodies, within(months), in: tx)
        let told: SQL = "\(part: within(months)) AND owner IN \(list: bodies.lines.map(\.code))"
        return (bodies, try ranking(.items, told, in: tx))
    }

    private static func ranking(_ ranked: Ranked, _ condition: SQL, in tx: Transaction) throws -> Ranking {
        let column = ranked.column
        let asked: SQL = "\(part: condition) AND \(raw: column) <> ''"
        let lines = try tx.rows(
            """
            SELECT \(raw: column), \(part: lastName(ranked)), \(raw: sums) FROM evaluation_figure
            WHERE \(part: asked) GROUP BY \(raw: column) HAVING \(raw: given) >= \(EvaluationTally.shownMin)
            ORDER BY \(raw: given) DESC, \(raw: column) LIMIT \(groupsMax)
            """
        ).map { row in
            let (code, name) = (try row.text(0), row[1] == .null ? "" : String(try row.text(1).dropFirst(monthDigits)))
            return Line(code: code, name: name.isEmpty ? code : name, tally: try tally(row, from: 2))
        }
        let whole = try tx.row(
            """
            SELECT COUNT(DISTINCT \(raw: column)), \(raw: sums) FROM evaluation_figure WHERE \(part: asked)
            """)
        guard let whole else { return Ranking([], of: EvaluationTally(), groups: 0) }
        return Ranking(lines, of: try tally(whole, from: 1), groups: try whole.integer(0))
    }

    /// A name of the last month, after the month's digits.
    private static func lastName(_ ranked: Ranked) -> SQL {
        "MAX(CASE WHEN \(raw: ranked.named) <> '' THEN CAST(month AS TEXT) || \(raw: ranked.named) END)"
    }

    private static let monthDigits = 6

    private static func within(_ months: ClosedRange<Month>) -> SQL {
        "month BETWEEN \(months.lowerBound.code) AND \(months.upperBound.code)"
    }

    private static func tally(_ row: Row, from place: Int) throws -> EvaluationTally {
        guard let tally = EvaluationTally(try (place..<place + 14).map { try row.integer($0) }) else {
            throw Fault.corrupt("a row of figures")
        }
        return tally
    }

    private static let given: StaticString = "SUM(star_1 + star_2 + star_3 + star_4 + star_5)"

    /// In the order of the tally's numbers; nought where there is no row.
    private static let sums: StaticString = """
        CAST(COALESCE(SUM(star_1), 0) AS BIGINT), CAST(COALESCE(SUM(star_2), 0) AS BIGINT),
        CAST(COALESCE(SUM(star_3), 0) AS BIGINT), CAST(COALESCE(SUM(star_4), 0) AS BIGINT),
        CAST(COALESCE(SUM(star_5), 0) AS BIGINT), CAST(COALESCE(SUM(excluded), 0) AS BIGINT),
        CAST(COALESCE(SUM(unreachable), 0) AS BIGINT), CAST(COALESCE(SUM(contacted), 0) AS BIGINT),
        CAST(COALESCE(SUM(contacted_in_time), 0) AS BIGINT), CAST(COALESCE(SUM(rectified), 0) AS BIGINT),
        CAST(COALESCE(SUM(rectified_in_time), 0) AS BIGINT), CAST(COALESCE(SUM(revisited), 0) AS BIGINT),
        CAST(COALESCE(SUM(content), 0) AS BIGINT), CAST(COALESCE(SUM(occasions), 0) AS BIGINT)
        """

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
