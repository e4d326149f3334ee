package import Store
import Vocabulary

/// Sums of a step, told apart by some dimensions.
package struct StepLine: Hashable, Sendable {
    /// In the order of the dimensions that were asked for.
    package let values: [String]
    package let step: CaseStep
    package let sums: StepSums

    package init(_ values: [String], _ step: CaseStep, _ sums: StepSums) {
        (self.values, self.step, self.sums) = (values, step, sums)
    }
}

/// Sums of a variant.
package struct VariantLine: Hashable, Sendable {
    package let variant: String
    package let sums: VariantSums

    /// Its steps and how it ended, as codes.
    package var way: [String] { variant.split(separator: ">").map(String.init) }
}

/// What is asked of the ways. Sums are told apart by month, place, body and item; halls and modes are not in them.
extension CourseTable {
    /// LIMIT: lines of one table of steps. Told apart by item and body, a real city has some 145,000: some 3,000 items,
    /// each at several of the bodies of its places, each with up to some 12 steps.
    package static let linesMax = 200_000
    /// LIMIT: variants of one table, the most frequent first.
    package static let variantsMax = 500

    /// By what ways are told apart.
    package static let dimensions: [FigureDimension] = [.month, .region, .body, .item]

    /// The sums of each step, told apart by some dimensions, in the order of their values.
    package static func steps(
        _ query: FigureQuery, by dimensions: [FigureDimension] = [], limit: Int = linesMax, in tx: Transaction
    ) throws -> [StepLine] {
        precondition(dimensions.allSatisfy(Self.dimensions.contains), "ways are not told apart by halls or modes")
        let keys = dimensions.map(\.column).reduce("" as SQL) { "\(part: $0)\(part: $1), " }
        let sums = joined { "CAST(SUM(\(name: $0)) AS BIGINT)" }
        let rows = try tx.rows(
            """
            SELECT \(part: keys)step, \(part: sums) FROM course_month
            WHERE month BETWEEN \(query.months.lowerBound.code) AND \(query.months.upperBound.code)
                AND \(part: query.condition)
            GROUP BY \(part: keys)step ORDER BY \(part: keys)step LIMIT \(limit)
            """)
        return try rows.map { row in
            let count = dimensions.count
            let values = try dimensions.enumerated().map { place, dimension in
                dimension == .month
                    ? Month(code: try row.integer(place)).map { "\($0)" } ?? "" : try row.text(place)
            }
            guard let step = CaseStep(code: try row.text(count)) else {
                throw Fault.corrupt("a step that nobody knows")
            }
            let amounts = try StepSums.columns.indices.map { try row.integer(count + 1 + $0) }
            return StepLine(values, step, StepSums(amounts))
        }
    }

    /// The sums of each step, told apart by item and body. Where there are more lines than the limit, the item of the
    /// first that does not fit is left out with all after it, so that every item that is told is told whole; `isCut`
    /// says so.
    package static func parts(
        _ query: FigureQuery, limit: Int = linesMax, in tx: Transaction
    ) throws -> (lines: [StepLine], isCut: Bool) {
        let lines = try steps(query, by: [.item, .body], limit: limit + 1, in: tx)
        guard lines.count > limit, let item = lines.last?.values[0] else { return (lines, false) }
        return (Array(lines.prefix { $0.values[0] != item }), true)
    }

    /// The most frequent variants.
    package static func variants(
        _ query: FigureQuery, limit: Int = variantsMax, in tx: Transaction
    ) throws -> [VariantLine] {
        try tx.rows(
            """
            SELECT variant, CAST(SUM(cases) AS BIGINT) AS n, CAST(SUM(parts) AS BIGINT), CAST(SUM(minutes) AS BIGINT)
            FROM variant_month
            WHERE month BETWEEN \(query.months.lowerBound.code) AND \(query.months.upperBound.code)
                AND \(part: query.condition)
            GROUP BY variant ORDER BY n DESC, variant LIMIT \(limit)
            """
        ).map { row in
            var sums = VariantSums()
            (sums.cases, sums.parts, sums.minutes) = (try row.integer(1), try row.integer(2), try row.integer(3))
            return VariantLine(variant: try row.text(0), sums: sums)
        }
    }

    /// How many cases ended, and how long they took together.
    package static func whole(_ query: FigureQuery, in tx: Transaction) throws -> VariantSums {
        var sums = VariantSums()
        guard
            let row = try tx.row(
                """
                SELECT CAST(SUM(cases) AS BIGINT), CAST(SUM(parts) AS BIGINT), CAST(SUM(minutes) AS BIGINT),
                    COUNT(*)
                FROM variant_month
                WHERE month BETWEEN \(query.months.lowerBound.code) AND \(query.months.upperBound.code)
                    AND \(part: query.condition)
                """)
        else { return sums }
        sums.cases = try row.optionalInteger(0) ?? 0
        sums.parts = try row.optionalInteger(1) ?? 0
        sums.minutes = try row.optionalInteger(2) ?? 0
        return sums
    }

    /// Which cases: those that came to a step, that came to it again, that were longer in it than its own limit, or
    /// that went a way.
    package enum Selection: Hashable, Sendable {
        case step(CaseStep)
        case again(CaseStep)
        case over(CaseStep)
        case variant(String)

        fileprivate var condition: SQL {
            switch self {
            case .step(let step): "s.step = \(step.code)"
            case .again(let step): "s.step = \(step.code) AND s.rounds > 1"
            case .over(let step): "s.step = \(step.code) AND s.wait_parts + s.work_parts > s.limit_parts"
            case .variant(let variant): "c.variant = \(variant)"
            }
        }
    }

    /// A case in the list: its way, and the step that was asked for.
    package struct Line: Hashable, Sendable {
        package let course: CaseCourse
        /// Nil where a way was asked for.
        package let part: CaseCourse.Part?
    }

    /// Cases behind a number, in the order of the day on which they ended.
    package static func cases(
        _ selection: Selection, _ query: FigureQuery, after cursor: FigureTable.CaseCursor? = nil,
        limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [Line] {
        let days = query.months.lowerBound.days.lowerBound...query.months.upperBound.days.upperBound
        let start =
            cursor
            ?? FigureTable.CaseCursor(
                day: days.lowerBound, dossier: DossierID(Subject(high: 0, low: 0)))
        var (join, step): (SQL, CaseStep?) = ("JOIN course_step s ON s.dossier = c.dossier", nil)
        switch selection {
        case .step(let one), .again(let one), .over(let one): step = one
        case .variant: join = ""
        }
        let ids = try tx.rows(
            """
            SELECT c.dossier FROM course_case c \(part: join)
            WHERE c.ended_on <= \(days.upperBound) AND (c.ended_on, c.dossier) > (\(start.day), \(start.dossier))
                AND \(part: selection.condition) AND \(part: query.condition)
            ORDER BY c.ended_on, c.dossier LIMIT \(limit)
            """
        ).map { row -> DossierID in try row.id(0) }
        return try ids.compactMap { try course($0, in: tx) }.map { course in
            Line(course: course, part: step.flatMap { step in course.parts.first { $0.step == step } })
        }
    }
}
