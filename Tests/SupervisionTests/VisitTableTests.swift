import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Supervision

@Suite("Figures of queues")
struct VisitTableTests {
    private static let now = Instant(milliseconds: 1_541_000_000_000)
    private static let halls = ["350100", "350111", "350111-02", "350128"]
    private static let everywhere = [""..."~"]

    /// A visit by chance.
    private static func visit(_ number: Int, _ dice: Dice, sequence: Int) -> CountedVisit {
        func roll(_ sides: Int) -> Int { Int(dice.roll() % UInt64(sides)) }
        let day = CivilDate(daysSinceEpoch: 17_532 + number % 90)
        let wasCalled = roll(6) > 0
        let ending: CountedVisit.Ending = wasCalled ? roll(8) > 0 ? .served : .cancelled : .lapsed
        return CountedVisit(
            (Sample.subject(number), "A\(100 + number)", sequence),
            at: CountedVisit.Place(
                hall: halls[number % halls.count], window: wasCalled ? 1 + roll(3) : 0, need: "comprehensive"),
            takenAt: Instant(day, hour: 9 + number % 8, minute: number % 60), end: (ending, wasCalled),
            did: (
                CountedVisit.Times(waited: roll(20_000), handled: wasCalled ? roll(1800) : 0),
                CountedVisit.Deeds(intakes: roll(3), handOvers: roll(2))
            ))
    }

    private static func months() throws -> ClosedRange<Month> {
        try #require(Month("2018-01"))...(try #require(Month("2018-12")))
    }

    /// A store in which each visit was counted some times, and the visits as they stand last.
    private static func counted(
        _ place: StoreUnderTest, _ look: @escaping @Sendable (any Store, [CountedVisit]) async throws -> Void
    ) async throws {
        try await place.use(SupervisionShape.migrations) { store in
            let dice = Dice.seeded(61)
            var last: [Int: CountedVisit] = [:]
            for round in 0..<8 {
                let numbers = Set((0..<40).map { _ in Int(dice.roll() % 150) }).sorted()
                let visits = numbers.map { visit($0, dice, sequence: round + 3) }
                for (number, visit) in zip(numbers, visits) { last[number] = visit }
                try await store.write { tx in
                    let isCounted = try VisitTable.count(
                        visits, from: round * 10..<round * 10 + 10, now: now, in: tx)
                    #expect(isCounted)
                }
            }
            try await look(store, last.sorted { $0.key < $1.key }.map(\.value))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `sums are what a recount of the visits says, however often each was counted before`(
        _ place: StoreUnderTest
    ) async throws {
        try await Self.counted(place) { store, all in
            let query = QueueQuery(try Self.months(), in: Self.everywhere)
            let recount = { @Sendable (isAsked: (CountedVisit) -> Bool) in
                all.filter(isAsked).map { QueueSums($0) }.reduce(QueueSums(), +)
            }
            try await store.read { tx in
                let sums = try VisitTable.sums(query, in: tx)
                #expect(sums == recount { _ in true })
                // Whoever left the window unserved took time there, too: that is not the time of a service.
                let served = all.filter { $0.ending == .served }.map(\.times.handled).reduce(0, +)
                #expect(sums.handledSeconds == served && served < all.map(\.times.handled).reduce(0, +))
                #expect(sums.averageHandling == (served + sums.served / 2) / sums.served)
                for month in query.months.lowerBound.through(query.months.upperBound) {
                    let sums = try VisitTable.sums(query.during(month...month), in: tx)
                    #expect(sums == recount { $0.month == month })
                }
                for dimension in QueueDimension.allCases {
                    let lines = try VisitTable.lines(query, by: dimension, in: tx)
                    #expect(lines.map(\.sums).reduce(QueueSums(), +) == recount { _ in true })
                    #expect(Set(lines.map(\.value)).count == lines.count && !lines.isEmpty)
                }
                let windows = try VisitTable.lines(query, by: .window, in: tx)
                for line in windows {
                    let sums = recount { "\($0.place.hall) \($0.place.window)" == line.value }
                    #expect(line.sums == sums, "\(line.value)")
                }
                // A place sees its own halls alone, all of them.
                let jinan = QueueQuery(query.months, in: ["350111"..."350111"])
                #expect(try VisitTable.sums(jinan, in: tx) == recount { $0.place.hall.hasPrefix("350111") })
                let second = QueueQuery(query.months, in: ["350111"..."350111"], hall: "350111-02")
                #expect(try VisitTable.sums(second, in: tx) == recount { $0.place.hall == "350111-02" })
                let foreign = QueueQuery(query.months, in: ["350111"..."350111"], hall: "350128")
                #expect(try VisitTable.sums(foreign, in: tx) == QueueSums())
                #expect(try VisitTable.sums(QueueQuery(query.months, in: []), in: tx) == QueueSums())
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `waits and hours are those of everybody who was called`(_ place: StoreUnderTest) async throws {
        try await Self.counted(place) { store, all in
            let query = QueueQuery(try Self.months(), in: Self.everywhere)
            let called = all.filter(\.wasCalled)
            try await store.read { tx in
                let waits = try VisitTable.waits(query, in: tx)
                for hall in Self.halls {
                    let minutes = called.filter { $0.place.hall == hall }.map { min($0.times.waited / 60, 240) }
                        .sorted()
                    #expect(waits[hall]?.all == minutes.count)
                    #expect(waits[hall]?.minutes(ofHundred: 50) == minutes[(minutes.count - 1) / 2])
                    #expect(waits[hall]?.minutes(ofHundred: 100) == minutes.last)
                    #expect(waits[hall]?.within(15) == minutes.count { $0 < 15 })
                }
                let hours = try VisitTable.hours(query, in: tx)
                #expect(hours.map(\.taken).reduce(0, +) == all.count)
                for hour in hours {
                    let own = all.filter { $0.takenAt.day.weekday == hour.weekday && $0.hour == hour.hour }
                    let waited = own.filter(\.wasCalled).map(\.times.waited)
                    #expect(own.count == hour.taken)
                    #expect(
                        hour.averageWait
                            == (waited.isEmpty ? nil : (waited.reduce(0, +) + waited.count / 2) / waited.count))
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `behind a window's figures stands the list of just its tickets`(_ place: StoreUnderTest) async throws {
        try await Self.counted(place) { store, all in
            let query = QueueQuery(try Self.months(), in: Self.everywhere, hall: "350111")
            try await store.read { tx in
                for window in 0...3 {
                    var (listed, cursor): ([CountedVisit], VisitTable.VisitCursor?) = ([], nil)
                    while true {
                        let page = try VisitTable.visits(query, window: window, after: cursor, limit: 3, in: tx)
                        listed += page
                        guard let end = page.last else { break }
                        cursor = VisitTable.VisitCursor(takenAt: end.takenAt, ticket: end.ticket)
                    }
                    let own = all.filter { $0.place.hall == "350111" && $0.place.window == window }
                    #expect(Set(listed) == Set(own) && listed.count == own.count)
                    #expect(listed.map(\.takenAt) == listed.map(\.takenAt).sorted())
                }
                let all = QueueQuery(query.months, in: Self.everywhere)
                #expect(try VisitTable.visits(all, window: 1, in: tx).isEmpty, "of no hall there is no list")
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what somebody else counted meanwhile is not counted again, and what is forgotten leaves the cases' figures`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(SupervisionShape.migrations) { store in
            let visit = Self.visit(1, Dice.seeded(1), sequence: 4)
            try await store.write { tx in
                _ = try FigureTable.count([], from: 0..<7, now: Self.now, in: tx)
                let isCounted = try VisitTable.count([visit], from: 0..<5, now: Self.now, in: tx)
                #expect(isCounted)
                #expect(try !VisitTable.count([visit], from: 0..<8, now: Self.now, in: tx))
                #expect(try VisitTable.position(in: tx) == 5 && FigureTable.position(in: tx) == 7)
                #expect(try VisitTable.counted(visit.ticket, in: tx) == visit)
                #expect(try VisitTable.months(in: tx) == visit.month...visit.month)
                try FigureTable.forget(in: tx)
                #expect(try VisitTable.position(in: tx) == 5 && FigureTable.position(in: tx) == 0)
                try VisitTable.forget(in: tx)
                #expect(try VisitTable.position(in: tx) == 0 && VisitTable.months(in: tx) == nil)
                #expect(try VisitTable.counted(visit.ticket, in: tx) == nil)
            }
        }
    }

    @Test func `half of three people are two, nine in ten of ten are nine, and of nobody there is nothing`() {
        #expect(WaitCounts([3: 1, 5: 1, 9: 1]).minutes(ofHundred: 50) == 5)
        #expect(WaitCounts([1: 8, 20: 1, 60: 1]).minutes(ofHundred: 90) == 20)
        #expect(WaitCounts([4: 1]).minutes(ofHundred: 1) == 4)
        #expect(WaitCounts().minutes(ofHundred: 50) == nil && WaitCounts().all == 0)
        #expect((WaitCounts([3: 1]) + WaitCounts([3: 2, 4: 1])) == WaitCounts([3: 3, 4: 1]))
        #expect(QueueSums().averageWait == nil && QueueSums().averageHandling == nil)
    }
}
