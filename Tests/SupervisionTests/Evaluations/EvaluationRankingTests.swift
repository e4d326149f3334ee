import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Supervision

/// What the public reads of bodies and items side by side, and what follows from it: nothing about any of whom too
/// little was said.
@Suite struct EvaluationRankingTests {
    private static func tally(_ given: Int) -> EvaluationTally {
        var tally = EvaluationTally()
        tally.stars = [0, 0, 0, 0, given]
        return tally
    }

    /// The ranking of groups of which so much was said.
    private static func ranking(_ said: [Int]) -> EvaluationFigureTable.Ranking {
        let lines = said.filter { $0 >= EvaluationTally.shownMin }.map { count in
            EvaluationFigureTable.Line(code: "\(count)", name: "\(count)", tally: tally(count))
        }
        return EvaluationFigureTable.Ranking(lines, of: tally(said.reduce(0, +)), groups: said.count)
    }

    /// How much was said of each, the lines that are told, and how much is told of the others together.
    static let samples: [([Int], [Int], Int)] = [
        ([9, 6, 3, 2], [9, 6], 5), ([9, 6, 5], [9, 6, 5], 0), ([9, 6, 0, 0], [9, 6], 0), ([9, 6, 3], [9], 9),
        ([9, 1], [], 10), ([3], [], 3), ([], [], 0),
    ]

    @Test(arguments: EvaluationRankingTests.samples)
    func `what is too little alone stands together, with the least of the rest where it is too little still`(
        _ said: [Int], _ lines: [Int], _ others: Int
    ) {
        let ranking = Self.ranking(said)
        #expect(ranking.lines.map(\.tally.given) == lines)
        #expect(ranking.others.given == others && ranking.few == said.count - lines.count)
        #expect((ranking.lines.map(\.tally) + [ranking.others]).map(\.given).reduce(0, +) == said.reduce(0, +))
    }

    @Test(arguments: StoreUnderTest.all)
    func `of a body with three evaluations nothing follows from the numbers of the others and of the city`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(SupervisionShape.migrations) { store in
            let day = CivilDate(daysSinceEpoch: 17_835)
            let said = [("甲", "i1", 40), ("乙", "i1", 20), ("乙", "i2", 9), ("丙", "i1", 3)]
            try await store.write { tx in
                for (hall, item, count) in said {
                    var place = EvaluationPlace(.fuzhou)
                    (place.hall, place.item) = (hall, item)
                    try EvaluationFigureTable.add(Self.tally(count), to: place, .mobile, on: day, in: tx)
                }
            }
            let months = Month(of: day)...Month(of: day)
            let whole = try await store.read { tx in try EvaluationFigureTable.whole(months, in: tx) }
            let (bodies, items) = try await store.read { tx in try EvaluationFigureTable.rankings(months, in: tx) }
            #expect(bodies.lines.map(\.code) == ["hall:甲"] && bodies.others.given == 32 && bodies.few == 2)
            #expect(items.lines.map(\.tally.given) == [40], "not those of the third: the item's less the first's")
            let lines = [bodies, items].flatMap { $0.lines.map(\.tally) + [$0.others] }
            let shown = ([whole] + lines).map(\.given).filter { $0 > 0 }
            #expect(shown.allSatisfy { $0 >= EvaluationTally.shownMin })
            // Whatever is added and taken away, each number once.
            var sums: Set<Int> = [0]
            for count in shown { sums = Set(sums.flatMap { [$0 - count, $0, $0 + count] }) }
            #expect(!sums.contains(3))
        }
    }
}
