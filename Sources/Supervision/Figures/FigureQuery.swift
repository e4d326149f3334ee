package import Store
package import Vocabulary

/// Which part of the city somebody asks about or may see: ranges of codes, as rows are ordered by them.
package struct FigureScope: Hashable, Sendable {
    package let regions: ClosedRange<String>
    package let bodies: ClosedRange<String>
    /// Catalogue codes.
    package let items: ClosedRange<String>

    package init(regions: ClosedRange<String>, bodies: ClosedRange<String>, items: ClosedRange<String>) {
        (self.regions, self.bodies, self.items) = (regions, bodies, items)
    }

    /// The whole city.
    package static let everywhere = FigureScope(regions: ""..."~", bodies: ""..."~", items: ""..."~")

    fileprivate var condition: SQL {
        """
        region BETWEEN \(regions.lowerBound) AND \(regions.upperBound)
            AND body BETWEEN \(bodies.lowerBound) AND \(bodies.upperBound)
            AND SUBSTR(item, 20, 12) BETWEEN \(items.lowerBound) AND \(items.upperBound)
        """
    }
}

/// What figures are told apart by.
package enum FigureDimension: String, Sendable, CaseIterable {
    case month, region, body
    /// The catalogue code, 12 characters: the item wherever it is implemented.
    case item
    /// The region of the hall that took it in; empty for what was filed online.
    case hall
    case mode

    var column: SQL {
        switch self {
        case .month: "month"
        case .region: "region"
        case .body: "body"
        case .item: "SUBSTR(item, 20, 12)"
        case .hall: "hall"
        case .mode: "mode"
        }
    }
}

/// A question about figures: which months, which part of the city, and what is named.
package struct FigureQuery: Hashable, Sendable {
    package let months: ClosedRange<Month>
    /// What the asker may see; any of them. Nothing for none.
    package let scopes: [FigureScope]
    /// What is asked about: a value of a dimension, such as a region.
    package private(set) var values: [FigureDimension: String]

    package init(
        _ months: ClosedRange<Month>, within scopes: [FigureScope], values: [FigureDimension: String] = [:]
    ) {
        (self.months, self.scopes, self.values) = (months, scopes, values)
    }

    /// The same about one value more.
    package func asking(_ dimension: FigureDimension, _ value: String) -> FigureQuery {
        var query = self
        query.values[dimension] = value
        return query
    }

    /// The same about other months.
    package func during(_ months: ClosedRange<Month>) -> FigureQuery {
        FigureQuery(months, within: scopes, values: values)
    }

    /// The same about everything before a month.
    package func before(_ month: Month) -> FigureQuery {
        let last = month.advanced(by: -1)
        return during((Month(year: 1900, number: 1) ?? last)...last)
    }

    /// Everything but the months, in SQL: the columns are called alike in all tables.
    var condition: SQL {
        var condition: SQL = "1 = 0"
        for scope in scopes { condition = "\(part: condition) OR (\(part: scope.condition))" }
        condition = "(\(part: condition))"
        for dimension in FigureDimension.allCases where dimension != .month {
            guard let value = values[dimension] else { continue }
            condition = "\(part: condition) AND \(part: dimension.column) = \(value)"
        }
        return condition
    }
}

/// Sums of what has the same values.
package struct FigureLine: Hashable, Sendable {
    /// In the order of the dimensions that were asked for; a month as `2018-10`.
    package let values: [String]
    package let sums: FigureSums
}

extension FigureTable {
    /// LIMIT: lines of one table.
    package static let linesMax = 5000

    /// The sums of a question, told apart by some dimensions, in the order of their values.
    package static func lines(
        _ query: FigureQuery, by dimensions: [FigureDimension], limit: Int = linesMax, in tx: Transaction
    ) throws -> [FigureLine] {
        let keys = dimensions.map(\.column).reduce("" as SQL) { "\(part: $0)\(part: $1), " }
        let group: SQL = dimensions.isEmpty ? "" : Self.group(dimensions)
        let rows = try tx.rows(
            """
            SELECT \(part: keys)\(part: Self.sums) FROM figure_month
            WHERE month BETWEEN \(query.months.lowerBound.code) AND \(query.months.upperBound.code)
                AND \(part: query.condition) \(part: group) LIMIT \(limit)
            """)
        return try rows.map { row in
            let values = try dimensions.enumerated().map { place, dimension in
                dimension == .month
                    ? Month(code: try row.integer(place)).map { "\($0)" } ?? "" : try row.text(place)
            }
            let sums = try CaseFigure.all.indices.map { try row.optionalInteger(dimensions.count + $0) ?? 0 }
            return FigureLine(values: values, sums: FigureSums(sums))
        }
    }

    /// The sums of a question.
    package static func sums(_ query: FigureQuery, in tx: Transaction) throws -> FigureSums {
        try lines(query, by: [], in: tx).first?.sums ?? FigureSums()
    }

    /// The months in which something was counted; nil before anything was.
    package static func months(in tx: Transaction) throws -> ClosedRange<Month>? {
        let ends = try ["SELECT MIN(month) FROM figure_month", "SELECT MAX(month) FROM figure_month"].map {
            (statement: SQL) in try tx.row(statement)?.optionalInteger(0).flatMap(Month.init(code:))
        }
        guard let first = ends[0], let last = ends[1] else { return nil }
        return first...last
    }

    private static let sums = joined { "CAST(SUM(\(name: $0)) AS BIGINT)" }

    private static func group(_ dimensions: [FigureDimension]) -> SQL {
        let columns = dimensions.map(\.column)
        let list = columns.dropFirst().reduce(columns.first ?? "") { "\(part: $0), \(part: $1)" }
        return "GROUP BY \(part: list) ORDER BY \(part: list)"
    }

    /// Where a page of dossiers begins: after the last of the page before.
    package struct CaseCursor: Hashable, Sendable {
        package let day: CivilDate
        package let dossier: DossierID

        package init(day: CivilDate, dossier: DossierID) { (self.day, self.dossier) = (day, dossier) }
    }

    /// The dossiers that a figure counts within the months of a question, in the order of the day on which they count.
    package static func cases(
        _ figure: CaseFigure, _ query: FigureQuery, after cursor: CaseCursor? = nil,
        limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [CountedCase] {
        guard let condition = figure.condition, let day = SQLName(figure.day.rawValue) else { return [] }
        let days = query.months.lowerBound.days.lowerBound...query.months.upperBound.days.upperBound
        let start = cursor ?? CaseCursor(day: days.lowerBound, dossier: DossierID(Subject(high: 0, low: 0)))
        return try tx.rows(
            """
            SELECT \(raw: caseColumns) FROM figure_case
            WHERE \(name: day) <= \(days.upperBound) AND (\(name: day), dossier) > (\(start.day), \(start.dossier))
                AND \(part: condition) AND \(part: query.condition)
            ORDER BY \(name: day), dossier LIMIT \(limit)
            """
        ).map(counted)
    }
}
