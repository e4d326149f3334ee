import Vocabulary

/// A row of an open file: where, and what was counted. `*` stands for several of which each alone is too little.
package struct OpenRow: Hashable, Sendable {
    package static let others = "*"

    package let region: String
    package let body: String
    package let item: String
    package let sums: FigureSums

    package init(_ region: String, _ body: String, _ item: String, _ sums: FigureSums) {
        (self.region, self.body, self.item, self.sums) = (region, body, item, sums)
    }

    package static func < (left: OpenRow, right: OpenRow) -> Bool {
        (left.region, left.body, left.item) < (right.region, right.body, right.item)
    }
}

/// What may be told to everybody without telling of anybody. Rows never overlap and no sums are published beside them,
/// so that nothing can be had by taking one number from another.
package enum OpenRule {
    /// LIMIT: a count from 1 to 4 is not told: one could guess whose case it is.
    package static let least = 5

    /// What is published of a row.
    package static let figures: [CaseFigure] = [
        .filed, .online, .accepted, .decided, .granted, .onTime, .ended, .closed, .limited, .statutoryParts,
        .takenParts,
    ]

    /// A count that is a part of another, so that the rest could be had from both.
    private static let parts: [(part: CaseFigure, whole: CaseFigure)] = [
        (.online, .filed), (.granted, .decided), (.onTime, .decided), (.limited, .decided), (.closed, .ended),
    ]
    private static let wholes: [CaseFigure] = [.filed, .accepted, .decided, .ended]

    /// The figures that a month may tell: those whose count, and whose rest, is large enough in the whole city.
    package static func tellable(_ city: FigureSums) -> Set<String> {
        var told = Set(wholes.filter { isEnough(city[$0]) }.map(\.id))
        for (part, whole) in parts where told.contains(whole.id) && isEnough(city[part]) {
            if isEnough(city[whole] - city[part]) { told.insert(part.id) }
        }
        if told.contains(CaseFigure.limited.id) {
            told.formUnion([CaseFigure.statutoryParts.id, CaseFigure.takenParts.id])
        }
        return told
    }

    private static func isEnough(_ count: Int) -> Bool { count == 0 || count >= least }

    /// Whether every count that is told, and every rest that follows from two of them, is nought or large enough.
    package static func isSafe(_ sums: FigureSums, telling told: Set<String>) -> Bool {
        wholes.allSatisfy { !told.contains($0.id) || isEnough(sums[$0]) }
            && parts.allSatisfy { part, whole in
                !told.contains(part.id) || (isEnough(sums[part]) && isEnough(sums[whole] - sums[part]))
            }
    }

    /// The rows of one month that may be told. What is too little is put together: the items of a body, then the bodies
    /// of a place, then the places; and when that is still too little, with the smallest row that was left. The sums of
    /// all rows stay what they were, or there is no row at all. `telling`: the figures that the month may tell.
    package static func told(_ rows: [OpenRow], telling: Set<String>) -> [OpenRow] {
        let shown = figures.filter { telling.contains($0.id) }
        var (told, rest) = ([OpenRow](), rows.filter { row in shown.contains { row.sums[$0] != 0 } })
        for level in 0...3 {
            let pooled = Dictionary(grouping: rest) { key($0, level) }.map { key, rows in
                OpenRow(key[0], key[1], key[2], rows.map(\.sums).reduce(FigureSums(), +))
            }
            told += pooled.filter { isSafe($0.sums, telling: telling) }
            rest = pooled.filter { !isSafe($0.sums, telling: telling) }
        }
        guard var last = rest.first else { return told.sorted(by: <) }
        told.sort { left, right in
            left.sums[.filed] == right.sums[.filed] ? left < right : left.sums[.filed] > right.sums[.filed]
        }
        while !isSafe(last.sums, telling: telling) {
            guard let smallest = told.popLast() else { return [] }
            last = OpenRow(last.region, last.body, last.item, last.sums + smallest.sums)
        }
        return (told + [last]).sorted(by: <)
    }

    private static func key(_ row: OpenRow, _ level: Int) -> [String] {
        let whole = [row.region, row.body, row.item]
        return whole.enumerated().map { place, text in place < 3 - level ? text : OpenRow.others }
    }
}
