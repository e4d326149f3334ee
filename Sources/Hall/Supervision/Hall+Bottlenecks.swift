import Dossiers
import Store
package import Supervision

/// Where the time goes: what was counted of the ways of cases that have ended.
extension Hall {
    /// What is read of the ways at once.
    package struct Bottlenecks: Sendable {
        package let whole: VariantSums
        /// By step.
        package let steps: [StepLine]
        /// By item, body and step.
        package let parts: [StepLine]
        /// The most frequent ways.
        package let variants: [VariantLine]
        /// What to change first.
        package let improvements: [Improvement]
        /// Whether there were more lines than are read, so that the last items are neither in `parts` nor compared.
        package let isCut: Bool
    }

    /// Where the time goes, on one snapshot. Bodies are compared with those of the whole city, whatever part of it
    /// is asked about. At most `limit` lines by item, body and step are read.
    package func bottlenecks(_ query: FigureQuery, limit: Int = CourseTable.linesMax) async throws -> Bottlenecks {
        try await store.read { tx in
            let parts = try CourseTable.parts(query, limit: limit, in: tx)
            var everywhere = FigureQuery(query.months, within: [.everywhere])
            if let item = query.values[.item] { everywhere = everywhere.asking(.item, item) }
            let all = everywhere == query ? parts : try CourseTable.parts(everywhere, limit: limit, in: tx)
            return Bottlenecks(
                whole: try CourseTable.whole(query, in: tx), steps: try CourseTable.steps(query, in: tx),
                parts: parts.lines, variants: try CourseTable.variants(query, in: tx),
                improvements: ImprovementRule.ranked(parts.lines, among: all.lines), isCut: parts.isCut || all.isCut)
        }
    }

    /// The sums of each step, told apart by some dimensions.
    package func stepLines(_ query: FigureQuery, by dimensions: [FigureDimension]) async throws -> [StepLine] {
        try await store.read { tx in try CourseTable.steps(query, by: dimensions, in: tx) }
    }

    /// A case behind a number, and the number under which people find it.
    package struct CourseCase: Sendable, Equatable {
        package let line: CourseTable.Line
        package let number: String
    }

    /// The cases behind a number of the ways, in the order of the day on which they ended.
    package func courseCases(
        _ selection: CourseTable.Selection, _ query: FigureQuery, after cursor: FigureTable.CaseCursor?, limit: Int
    ) async throws -> [CourseCase] {
        try await store.read { tx in
            let lines = try CourseTable.cases(selection, query, after: cursor, limit: limit, in: tx)
            let numbers = try DossierTable.shortNumbers(of: lines.map(\.course.dossier), in: tx)
            return lines.map { CourseCase(line: $0, number: numbers[$0.course.dossier] ?? "") }
        }
    }
}
