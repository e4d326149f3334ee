import City
import Dossiers
import Hall
import Store
import StoreTestSupport
import Supervision
import Testing
import Vocabulary

@Suite("Figures equal a recount")
struct FigureTests {
    /// A city that lived from a seed, sealed and counted in steps of this many entries.
    private static func lived(
        _ place: StoreUnderTest, seed: UInt64, lives: Int, step: Int,
        _ look: @escaping @Sendable (Hall) async throws -> Void
    ) async throws {
        let faults = PlannedFaults()
        let calendar = try WorkCalendar.shipped()
        try await place.use(Hall.migrations.filter { !$0.id.hasPrefix("store.") }, faults: faults.plan) { store in
            let city = try Simulation(seed: seed, lives: lives, store: store, faults: faults, calendar: calendar)
            let follower = FigureFollower(hall: city.simulatedHall)
            let sealer = Sealer(store: store, holder: "test", origin: "test") { $0 }
            let dice = Dice.seeded(seed)
            _ = try await city.run { _ in
                // Now and then something is sealed, and some of that is counted, in the middle of lives.
                guard dice.roll() % 10 == 0 else { return }
                _ = try await sealer.seal(now: city.now, limit: Int(1 + dice.roll() % 60))
                _ = try await follower.step(limit: step)
            }
            while try await sealer.seal(now: city.now) > 0 {}
            try await follower.follow(limit: step)
            try await look(city.simulatedHall)
        }
    }

    private static func year() throws -> ClosedRange<Month> {
        try #require(Month("2018-11"))...(try #require(Month("2019-12")))
    }

    @Test(arguments: StoreUnderTest.all)
    func `of a city that lived, figures say what the rows and the journal of the dossiers say`(
        _ place: StoreUnderTest
    ) async throws {
        try await Self.lived(place, seed: 2_018, lives: 80, step: 37) { hall in
            let query = FigureQuery(try Self.year(), within: [.everywhere])
            let sums = try #require(try await hall.figureLines([(query, [])]).first?.first?.sums)
            try await hall.store.read { tx in
                // Written without a look at how figures are counted: by the dossiers' own rows and entries.
                let recounts: [(CaseFigure, SQL)] = [
                    (.filed, "SELECT COUNT(*) FROM dossier"),
                    (.online, "SELECT COUNT(*) FROM dossier WHERE hall = ''"),
                    (.received, "SELECT COUNT(*) FROM dossier WHERE received_at IS NOT NULL"),
                    (.accepted, "SELECT COUNT(*) FROM journal WHERE kind = 'dossier.accepted'"),
                    (.granted, "SELECT COUNT(*) FROM journal WHERE kind = 'dossier.granted'"),
                    (.refused, "SELECT COUNT(*) FROM journal WHERE kind = 'dossier.refused'"),
                    (.ended, "SELECT COUNT(*) FROM dossier WHERE stage = 'ended'"),
                    (.closed, "SELECT COUNT(*) FROM dossier WHERE ending = 'closed'"),
                    (.declined, "SELECT COUNT(*) FROM dossier WHERE ending = 'declined'"),
                    (.withdrawn, "SELECT COUNT(*) FROM dossier WHERE ending = 'withdrawn'"),
                    (.tripsMade, "SELECT CAST(COALESCE(SUM(made), 0) AS BIGINT) FROM trip"),
                    (.zeroTrip, "SELECT COUNT(*) FROM trip WHERE made = 0"),
                ]
                for (figure, statement) in recounts {
                    let counted = try tx.row(statement)?.integer(0)
                    #expect(sums[figure] == counted, "\(figure.id)")
                }
                #expect(sums[.filed] == 80 && sums[.closed] > 10 && sums[.accepted] > 10)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `counted again from nothing, figures are the same to the last row`(_ place: StoreUnderTest) async throws {
        try await Self.lived(place, seed: 5, lives: 40, step: 11) { hall in
            let query = FigureQuery(try Self.year(), within: [.everywhere])
            let dimensions: [FigureDimension] = [.month, .region, .body, .item, .hall, .mode]
            let before = try await hall.figureLines([(query, dimensions)])
            let cases = try await hall.figureCases(.filed, query, after: nil, limit: 1000)
            try await FigureFollower(hall: hall).countAgain()
            #expect(try await hall.figureLines([(query, dimensions)]) == before)
            #expect(try await hall.figureCases(.filed, query, after: nil, limit: 1000) == cases)
            #expect(cases.count == 40)
            let standing = try await hall.figuresStanding()
            #expect(standing.counted == standing.sealed && standing.sealed > 200)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `while cases are counted, what was carried in and filed, less what ended, is what is carried out`(
        _ place: StoreUnderTest
    ) async throws {
        try await Self.lived(place, seed: 9, lives: 40, step: 50) { hall in
            let months = try Self.year()
            let sealed = try await hall.figuresStanding().sealed
            try await hall.store.write { tx in
                try FigureTable.forget(in: tx)
                try CourseTable.forget(in: tx)
            }
            async let followed = FigureFollower(hall: hall).follow(limit: 5)
            var counted = 0
            for _ in 0..<500 where counted < sealed {
                for month in months.lowerBound.through(months.upperBound) {
                    let query = FigureQuery(month...month, within: [.everywhere])
                    let found = try await hall.statistics(query, tables: [(query, [])])
                    let sums = found.tables[0].first?.sums ?? FigureSums()
                    let (into, out) = found.carried
                    #expect(into + sums[.filed] - sums[.ended] == out, "\(month), \(found.standing.counted) counted")
                    #expect(found.standing.counted >= counted && found.standing.sealed == sealed)
                    counted = found.standing.counted
                }
            }
            let all = try await followed
            #expect(all == sealed)
            let query = FigureQuery(months, within: [.everywhere])
            let found = try await hall.statistics(query, tables: [(query, []), (query, [.body])])
            let standing = try await hall.figuresStanding()
            #expect(found.standing == standing && standing.counted == sealed)
            #expect(found.tables.map(\.isEmpty) == [false, false] && found.carried.into == 0 && !found.names.isEmpty)
            let filed = found.tables.map { $0.map { $0.sums[.filed] }.reduce(0, +) }
            #expect(filed[0] == filed[1] && filed[0] > 0)
        }
    }

    @Test func `both databases count the same`() async throws {
        let query = FigureQuery(try Self.year(), within: [.everywhere])
        let lines = Lines()
        for place in StoreUnderTest.all {
            try await Self.lived(place, seed: 77, lives: 40, step: 50) { hall in
                await lines.add(try await hall.figureLines([(query, [.month, .body, .mode])]))
            }
        }
        let all = await lines.all
        #expect(all.count == 2 && all[0] == all[1] && !all[0][0].isEmpty)
    }

    private actor Lines {
        private(set) var all: [[[FigureLine]]] = []
        func add(_ lines: [[FigureLine]]) { all.append(lines) }
    }
}
