import Store
import Supervision
import Vocabulary

/// Tables of figures that were asked for lately. Figures change with the mark that says how far the journal is counted,
/// in one transaction: what was read at a mark counts for as long as it stands.
final class FigureShelf: Sendable {
    /// LIMIT: tables that are kept in memory.
    private static let tablesMax = 300
    /// LIMIT: lines of a table that is kept, some 400 bytes each.
    private static let linesMax = 1000

    private struct Asked: Hashable {
        let position: Int
        let query: FigureQuery
        let dimensions: [FigureDimension]
    }

    private let tables = Remembered<Asked, [FigureLine]>(limit: tablesMax)
    private let names = Remembered<Int, [String: String]>(limit: 1)

    /// The sums of a question, told apart by some dimensions.
    func lines(
        _ query: FigureQuery, by dimensions: [FigureDimension], at position: Int, in tx: Transaction
    ) throws -> [FigureLine] {
        let asked = Asked(position: position, query: query, dimensions: dimensions)
        if let known = tables.known(asked) { return known }
        let lines = try FigureTable.lines(query, by: dimensions, in: tx)
        if lines.count <= Self.linesMax { tables.keep(lines, for: asked) }
        return lines
    }

    /// How bodies and items are called.
    func names(at position: Int, in tx: Transaction) throws -> [String: String] {
        try names.value(for: position) { try FigureTable.names(in: tx) }
    }
}
