import StoreTestSupport
import Testing
import Vocabulary

@testable import Supervision

/// What may be told to everybody.
@Suite struct OpenRuleTests {
    private func row(_ region: String, _ body: String, _ item: String, filed: Int, online: Int = 0) -> OpenRow {
        var sums = FigureSums()
        (sums[.filed], sums[.online]) = (filed, online)
        return OpenRow(region, body, item, sums)
    }

    private static let everything = Set(OpenRule.figures.map(\.id))

    private func told(_ rows: [OpenRow]) -> [OpenRow] { OpenRule.told(rows, telling: Self.everything) }

    @Test func `what is large enough is told as it is`() {
        let rows = [row("350100", "A", "1", filed: 5), row("350100", "A", "2", filed: 12, online: 7)]
        #expect(told(rows) == rows)
    }

    @Test func `small items of a body are put together`() {
        let told = self.told([
            row("350100", "A", "1", filed: 2), row("350100", "A", "2", filed: 3), row("350100", "A", "3", filed: 9),
        ])
        #expect(told == [row("350100", "A", "*", filed: 5), row("350100", "A", "3", filed: 9)])
    }

    @Test func `a rest that is small counts as small`() {
        // Of twelve filed, ten online: two at a counter.
        let told = self.told([row("350100", "A", "1", filed: 12, online: 10), row("350100", "A", "2", filed: 6)])
        #expect(told == [row("*", "*", "*", filed: 18, online: 10)])
    }

    @Test func `a last small row takes the smallest of the others with it, so that it cannot be subtracted`() {
        let told = self.told([
            row("350100", "A", "1", filed: 3), row("350111", "B", "1", filed: 30), row("350128", "C", "1", filed: 8),
        ])
        #expect(told == [row("*", "*", "*", filed: 11), row("350111", "B", "1", filed: 30)])
    }

    @Test func `too little in all is not told`() {
        #expect(told([row("350100", "A", "1", filed: 4)]).isEmpty)
        #expect(told([]).isEmpty)
    }

    @Test func `a figure of which the city has too little is left out, and not the rows`() throws {
        var sums = FigureSums()
        (sums[.filed], sums[.online], sums[.decided], sums[.granted]) = (40, 30, 20, 18)
        let telling = OpenRule.tellable(sums)
        #expect(telling.isSuperset(of: ["filed", "online", "decided"]) && !telling.contains("granted"))
        let month = try #require(Month("2018-03"))
        let file = OpenFile(month, [OpenRow("350100", "A", "1", sums)], names: [:], position: 9)
        #expect(file.rows.count == 1)
        let csv = String(decoding: file.bytes(.csv) { _ in "" }, as: UTF8.self)
        #expect(csv.contains("2018-03,350100,A,,1,,40,30,0,20,,"))
        sums[.decided] = 4
        #expect(!OpenRule.tellable(sums).contains("decided"))
    }

    @Test func `whatever the numbers, every row is safe, rows differ, and the whole stays the whole`() {
        let dice = Dice.seeded(31)
        for _ in 0..<300 {
            let rows = (0..<Int(dice.roll() % 40)).map { number -> OpenRow in
                var sums = FigureSums()
                let filed = Int(dice.roll() % 30)
                let decided = Int(dice.roll() % 30)
                sums[.filed] = filed
                sums[.online] = filed == 0 ? 0 : Int(dice.roll() % UInt64(filed + 1))
                sums[.decided] = decided
                for part in [CaseFigure.granted, .onTime, .limited] {
                    sums[part] = Int(dice.roll() % 4) == 0 ? Int(dice.roll() % UInt64(decided + 1)) : decided
                }
                return OpenRow("3501\(number % 3)", "B\(number % 5)", "\(number)", sums)
            }
            let telling = OpenRule.tellable(rows.map(\.sums).reduce(FigureSums(), +))
            let told = OpenRule.told(rows, telling: telling)
            #expect(told.allSatisfy { OpenRule.isSafe($0.sums, telling: telling) })
            #expect(Set(told.map { [$0.region, $0.body, $0.item] }).count == told.count)
            guard !told.isEmpty else { continue }
            for figure in OpenRule.figures where telling.contains(figure.id) {
                #expect(told.map { $0.sums[figure] }.reduce(0, +) == rows.map { $0.sums[figure] }.reduce(0, +))
            }
        }
    }

    @Test func `a file's name says its month and kind, and nothing else does`() throws {
        let month = try #require(Month("2018-03"))
        for kind in OpenFile.Kind.allCases {
            let found = try #require(OpenFile.named(OpenFile.name(month, kind)))
            #expect(found.month == month && found.kind == kind)
        }
        for name in ["", "figures-2018-3.csv", "figures-2018-13.csv", "figures-2018-03.xml", "../figures-2018-03.csv"] {
            #expect(OpenFile.named(name) == nil, "\(name)")
        }
    }
}
