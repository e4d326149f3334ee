package import Accounts
import Dossiers
import Store
package import Supervision
package import Vocabulary

/// The figures of the city: what was counted of the sealed journal.
extension Hall {
    /// How far the figures are.
    package struct FiguresStanding: Sendable, Equatable {
        /// Entries of the journal that are counted, and those that are sealed.
        package let counted: Int
        package let sealed: Int
        /// When it was counted last; nil before the first time.
        package let at: Instant?
        /// The months in which something was counted; nil for none.
        package let months: ClosedRange<Month>?
    }

    /// What somebody sees of the figures: the whole of the city for its supervisors, one's own body for its heads.
    package static func figureScopes(of grants: [Grant], today: CivilDate) -> [FigureScope] {
        let powers: [Power] = [.supervise, .govern, .lead]
        return powers.flatMap { Permits.reach($0, grants: grants, today: today) }.map {
            FigureScope(regions: $0.regionRange, bodies: $0.departmentRange, items: $0.itemRange)
        }
    }

    /// How far the figures are.
    package func figuresStanding() async throws -> FiguresStanding {
        try await store.read { tx in
            FiguresStanding(
                counted: try FigureTable.position(in: tx), sealed: try SealedLog.size(in: tx),
                at: try FigureTable.followedAt(in: tx), months: try FigureTable.months(in: tx))
        }
    }

    /// Several tables of figures on one snapshot: the sums of each question, told apart by its dimensions.
    package func figureLines(
        _ questions: [(query: FigureQuery, by: [FigureDimension])]
    ) async throws -> [[FigureLine]] {
        try await store.read { [figureTables] tx in
            let position = try FigureTable.position(in: tx)
            return try questions.map { try figureTables.lines($0.query, by: $0.by, at: position, in: tx) }
        }
    }

    /// How bodies and items are called, by their codes, in Chinese.
    package func figureNames() async throws -> [String: String] {
        try await store.read { [figureTables] tx in try figureTables.names(at: FigureTable.position(in: tx), in: tx) }
    }

    /// What came in before a month and had not ended by then.
    package func carriedOver(into month: Month, _ query: FigureQuery) async throws -> Int {
        let before = try await figureLines([(query.before(month), [])])
        return before[0].first?.sums.carriedOver ?? 0
    }

    /// A dossier behind a figure, and the number under which people find it.
    package struct FigureCase: Sendable, Equatable {
        package let counted: CountedCase
        package let number: String
    }

    /// The dossiers that a figure counts, in the order of the day on which they count.
    package func figureCases(
        _ figure: CaseFigure, _ query: FigureQuery, after cursor: FigureTable.CaseCursor?, limit: Int
    ) async throws -> [FigureCase] {
        try await store.read { tx in
            let cases = try FigureTable.cases(figure, query, after: cursor, limit: limit, in: tx)
            let numbers = try DossierTable.shortNumbers(of: cases.map(\.dossier), in: tx)
            return cases.map { FigureCase(counted: $0, number: numbers[$0.dossier] ?? "") }
        }
    }
}
