import Vocabulary

/// One page of a list of bad reviews, the oldest first. Not every row that a statement finds is for whoever reads it.
package struct RectificationPage: Hashable, Sendable {
    /// LIMIT: rows that are looked at for one page; a page that is not full by then says where the next one begins.
    package static let rowsMax = 1000

    package let lines: [RectificationLine]
    /// After which row the next page begins; nil where the list ends.
    package let next: RectificationID?

    /// Reads a list on, after one of its rows, until a page is full, the list ends or `rowsMax` rows were looked at.
    /// `rows` answers up to `Limits.pageRowsMax` rows after one of them, and fewer at the end alone.
    package static func read(
        after last: RectificationID?, _ rows: (RectificationID?) throws -> [RectificationLine],
        showing isShown: (RectificationLine) throws -> Bool
    ) rethrows -> RectificationPage {
        var (lines, cursor, seen): ([RectificationLine], RectificationID?, Int) = ([], last, 0)
        while seen < rowsMax {
            let found = try rows(cursor)
            for line in found {
                cursor = line.id
                guard try isShown(line) else { continue }
                lines.append(line)
                if lines.count == Limits.pageRowsMax { return RectificationPage(lines: lines, next: cursor) }
            }
            guard found.count == Limits.pageRowsMax else { return RectificationPage(lines: lines, next: nil) }
            seen += found.count
        }
        return RectificationPage(lines: lines, next: cursor)
    }

    /// One page of several lists that begin after the same row; what stands in two of them is shown once.
    package static func merged(_ pages: [RectificationPage]) -> RectificationPage {
        // Beyond where one of them was left, something of it may be missing: that comes with the next page.
        let end = pages.compactMap(\.next).min()
        var known: Set<RectificationID> = []
        let all = pages.flatMap(\.lines).filter { line in end.map { line.id <= $0 } ?? true }
            .sorted { $0.id < $1.id }.filter { known.insert($0.id).inserted }
        let lines = Array(all.prefix(Limits.pageRowsMax))
        return RectificationPage(lines: lines, next: all.count > lines.count ? lines.last?.id : end)
    }
}
