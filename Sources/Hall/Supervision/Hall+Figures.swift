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
        try await store.read { tx in try FiguresStanding(in: tx) }
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

    /// Figures of some months that agree with each other, whatever is counted meanwhile.
    package struct Statistics: Sendable {
        package let standing: FiguresStanding
        /// In the order of the questions.
        package let tables: [[FigureLine]]
        /// What had come in and not ended when the months began, and when they ended.
        package let carried: (into: Int, out: Int)
        /// How bodies and items are called, by their codes, in Chinese.
        package let names: [String: String]
    }

    /// All that a page of statistics tells of the months of a question, on one snapshot: what was carried into them and
    /// what was filed in them, less what ended, is what is carried out of them.
    package func statistics(
        _ query: FigureQuery, tables questions: [(query: FigureQuery, by: [FigureDimension])]
    ) async throws -> Statistics {
        try await store.read { [figureTables] tx in
            let standing = try FiguresStanding(in: tx)
            let position = standing.counted
            let carried = { (month: Month) in
                let before = try figureTables.lines(query.before(month), by: [], at: position, in: tx)
                return before.first?.sums.carriedOver ?? 0
            }
            return Statistics(
                standing: standing,
                tables: try questions.map { try figureTables.lines($0.query, by: $0.by, at: position, in: tx) },
                carried: (
                    try carried(query.months.lowerBound), try carried(query.months.upperBound.advanced(by: 1))
                ),
                names: try figureTables.names(at: position, in: tx))
        }
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

extension Hall.FiguresStanding {
    fileprivate init(in tx: Transaction) throws {
        self.init(
            counted: try FigureTable.position(in: tx), sealed: try SealedLog.size(in: tx),
            at: try FigureTable.followedAt(in: tx), months: try FigureTable.months(in: tx))
    }
}
