import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Supervision

@Suite("Figures that follow what was counted")
struct FigureTableTests {
    private static let now = Instant(milliseconds: 1_541_000_000_000)

    /// The naive books: every dossier as it stands last, and nothing else.
    private static func recount(_ cases: [CountedCase], _ isAsked: (Month, CountedCase) -> Bool) -> FigureSums {
        var sums = FigureSums()
        for dossier in cases {
            for figure in CaseFigure.all {
                guard let day = dossier.day(figure.day), isAsked(Month(of: day), dossier) else { continue }
                sums[figure] += figure.amount(dossier)
            }
        }
        return sums
    }

    @Test(arguments: StoreUnderTest.all)
    func `sums are what a recount of the dossiers says, however often each was counted before`(
        _ place: StoreUnderTest
    ) async throws {
        let year = try #require(CountedSamples.year)
        try await place.use(SupervisionShape.migrations) { store in
            let dice = Dice.seeded(4_404)
            var last: [Int: CountedCase] = [:]
            for round in 0..<12 {
                var cases: [CountedCase] = []
                for number in Set((0..<40).map { _ in Int(dice.roll() % 120) }).sorted() {
                    let counted = CountedSamples.dossier(number, dice, sequence: round + 1)
                    last[number] = counted
                    cases.append(counted)
                }
                let counted = cases
                try await store.write { tx in
                    let isCounted = try FigureTable.count(
                        counted, from: round * 10..<round * 10 + 10, now: Self.now, in: tx)
                    #expect(isCounted)
                }
            }
            let all = last.sorted { $0.key < $1.key }.map(\.value)
            try await store.read { tx in
                let query = FigureQuery(year, within: [.everywhere])
                #expect(try FigureTable.sums(query, in: tx) == Self.recount(all) { _, _ in true })
                let region = CountedSamples.regions[1]
                for month in year.lowerBound.through(year.upperBound) {
                    let asked = query.during(month...month).asking(.region, region.code)
                    let expected = Self.recount(all) { $0 == month && $1.place.region == region }
                    #expect(try FigureTable.sums(asked, in: tx) == expected)
                }
                for dimension in FigureDimension.allCases {
                    let lines = try FigureTable.lines(query, by: [dimension], in: tx)
                    #expect(lines.map(\.sums).reduce(FigureSums(), +) == Self.recount(all) { _, _ in true })
                    #expect(Set(lines.map(\.values)).count == lines.count && !lines.isEmpty)
                }
                #expect(try FigureTable.position(in: tx) == 120)
                #expect(try FigureTable.followedAt(in: tx) == Self.now)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `behind every figure that counts dossiers stands the list of just those`(
        _ place: StoreUnderTest
    ) async throws {
        let year = try #require(CountedSamples.year)
        try await place.use(SupervisionShape.migrations) { store in
            let dice = Dice.seeded(7)
            let all = (0..<150).map { CountedSamples.dossier($0, dice, sequence: 3) }
            try await store.write { tx in
                let isCounted = try FigureTable.count(all, from: 0..<9, now: Self.now, in: tx)
                #expect(isCounted)
            }
            try await store.read { tx in
                let query = FigureQuery(year, within: [.everywhere])
                    .asking(.body, CountedSamples.bodies[0].code)
                let sums = try FigureTable.sums(query, in: tx)
                for figure in CaseFigure.all where figure.hasCases {
                    var (listed, cursor): ([CountedCase], FigureTable.CaseCursor?) = ([], nil)
                    while true {
                        let page = try FigureTable.cases(figure, query, after: cursor, limit: 7, in: tx)
                        listed += page
                        guard let end = page.last, let day = end.day(figure.day) else { break }
                        cursor = FigureTable.CaseCursor(day: day, dossier: end.dossier)
                    }
                    #expect(listed.count == sums[figure], "\(figure.id)")
                    #expect(Set(listed).isSubset(of: Set(all)) && Set(listed).count == listed.count)
                    #expect(listed.allSatisfy { figure.amount($0) == 1 }, "\(figure.id)")
                }
                #expect(try FigureTable.cases(.tripsMade, query, in: tx).isEmpty, "days and things have no list")
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what somebody else counted meanwhile is not counted again`(_ place: StoreUnderTest) async throws {
        try await place.use(SupervisionShape.migrations) { store in
            let dossier = CountedSamples.dossier(1, Dice.seeded(1), sequence: 1)
            try await store.write { tx in
                let isCounted = try FigureTable.count([dossier], from: 0..<5, now: Self.now, in: tx)
                #expect(isCounted)
                #expect(try !FigureTable.count([dossier], from: 0..<8, now: Self.now, in: tx))
                #expect(try FigureTable.position(in: tx) == 5)
                #expect(try FigureTable.counted(dossier.dossier, in: tx) == dossier)
                #expect(try FigureTable.names(in: tx).isEmpty)
                try FigureTable.forget(in: tx)
                #expect(try FigureTable.position(in: tx) == 0)
                #expect(try FigureTable.counted(dossier.dossier, in: tx) == nil)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `nobody sees more than her part, and overlapping parts count once`(_ place: StoreUnderTest) async throws {
        let year = try #require(CountedSamples.year)
        try await place.use(SupervisionShape.migrations) { store in
            let dice = Dice.seeded(99)
            let all = (0..<90).map { CountedSamples.dossier($0, dice, sequence: 1) }
            let (region, body) = (CountedSamples.regions[1].code, CountedSamples.bodies[1].code)
            let place = FigureScope(regions: region...region, bodies: ""..."~", items: ""..."~")
            let own = FigureScope(regions: ""..."~", bodies: body...body, items: ""..."~")
            let items = FigureScope(regions: ""..."~", bodies: ""..."~", items: "000114003011"..."000114003011~")
            try await store.write { tx in
                let isCounted = try FigureTable.count(all, from: 0..<1, now: Self.now, in: tx)
                #expect(isCounted)
                for (scopes, isSeen) in [
                    ([], { (_: CountedCase) in false }),
                    ([place], { $0.place.region.code == region }),
                    ([place, own], { $0.place.region.code == region || $0.place.body.code == body }),
                    ([items], { $0.place.item.hasSuffix("11") }),
                ] as [([FigureScope], (CountedCase) -> Bool)] {
                    let query = FigureQuery(year, within: scopes)
                    #expect(try FigureTable.sums(query, in: tx) == Self.recount(all) { isSeen($1) })
                    let listed = try FigureTable.cases(.filed, query, limit: 1000, in: tx)
                    #expect(listed.count == all.count(where: isSeen))
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what had not ended when a month began is carried over into it`(_ place: StoreUnderTest) async throws {
        let year = try #require(CountedSamples.year)
        try await place.use(SupervisionShape.migrations) { store in
            let dice = Dice.seeded(12)
            let all = (0..<200).map { CountedSamples.dossier($0, dice, sequence: 1) }
            try await store.write { tx in
                let isCounted = try FigureTable.count(all, from: 0..<1, now: Self.now, in: tx)
                #expect(isCounted)
                let query = FigureQuery(year, within: [.everywhere])
                for month in year.lowerBound.through(year.upperBound) {
                    let first = month.days.lowerBound
                    let open = all.count { $0.days.filed < first && $0.days.ended.map { $0 >= first } ?? true }
                    let carried = try FigureTable.sums(query.before(month), in: tx).carriedOver
                    #expect(carried == open, "\(month)")
                }
            }
        }
    }
}
