import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Windows

@Suite("What is to come, and how far off it was")
struct LoadTests {
    private typealias Story = QueueStory
    /// Nine to twelve and one to five.
    private static let spans = [540..<720, 780..<1020]
    /// The week after the story's Monday.
    private static let day = QueueStory.day.advanced(byDays: 7)

    private static func count(_ minute: Int, _ walkIns: Int, booked: Int = 0, called: Int = 0, wait: Int64 = 0)
        -> LoadCount
    {
        LoadCount(minute: minute, walkIns: walkIns, booked: booked, called: called, waitSeconds: wait)
    }

    private static func forecast(
        _ past: [[LoadCount]], booked: [Int: Int] = [:], service: Int64 = 600, planned: Int = 4
    ) -> LoadForecast? {
        LoadRules.forecast(
            (Story.hall, day, spans), past: past, booked: booked, service: service, planned: planned,
            at: Story.at(18, 30))
    }

    @Test func `two days are not enough, and three are`() {
        #expect(Self.forecast([[], []]) == nil)
        #expect(Self.forecast([[], [], []])?.halves.count == 17, "half past eight to five")
    }

    /// A naive recount of seeded days: the average of each half hour and what is booked, by hand.
    @Test(arguments: 0..<20)
    func `a forecast is the average of the past days and what is booked`(_ seed: UInt64) throws {
        let dice = Dice.seeded(seed)
        let past = (0..<4).map { _ in
            stride(from: 510, to: 1020, by: 30).map { Self.count($0, Int(dice.roll() % 12), booked: 3) }
        }
        let booked = Dictionary(uniqueKeysWithValues: [540, 570, 600, 900].map { ($0, Int(dice.roll() % 5)) })
        let forecast = try #require(Self.forecast(past, booked: booked, service: 480, planned: 5))
        var standing = 0
        for half in forecast.halves {
            var sum = 0
            for day in past { for count in day where count.minute == half.minute { sum += count.walkIns } }
            #expect(half.walkIns == sum * 250 && half.booked == booked[half.minute] ?? 0)
            let isOpen = (540..<720).contains(half.minute) || (780..<1020).contains(half.minute)
            #expect(half.isOpen == isOpen)
            let people = half.arrivals + standing
            standing = isOpen ? 0 : people
            guard isOpen else {
                #expect(half.needed == 0 && half.waitSeconds == nil)
                continue
            }
            let load = Double(people) / 1000 * 480 / 1800
            let least = (1...50).first {
                ErlangC.within(seconds: 600, windows: $0, load: load, service: 480) >= 0.8
            }
            #expect(half.needed == least)
            let wait = ErlangC.meanWait(windows: 5, load: load, service: 480)
            #expect(half.waitSeconds == wait.map { Int($0.rounded()) })
        }
        #expect(forecast.halves.contains { !$0.isOpen && $0.walkIns > 0 }, "some stand there when it opens")
    }

    @Test func `it rests on the same day of the week, workdays only, from the first ticket on, none of today`() throws {
        let calendar = try WorkCalendar.shipped()
        let days = { (day: String, first: String, today: String) throws -> [String] in
            let day = try #require(CivilDate(day))
            return LoadRules.days(
                before: day, since: try #require(CivilDate(first)), today: try #require(CivilDate(today)), calendar
            ).map(\.description)
        }
        // 1 October 2018, a Monday, and the 24th of September (Mid-Autumn) were days off.
        #expect(
            try days("2018-10-15", "2018-01-01", "2018-10-14") == [
                "2018-10-08", "2018-09-17", "2018-09-10", "2018-09-03",
            ])
        #expect(try days("2018-11-26", "2018-11-06", "2018-11-25") == ["2018-11-19", "2018-11-12"])
        #expect(try days("2018-11-26", "2018-11-01", "2018-11-19") == ["2018-11-12", "2018-11-05"])
    }

    @Test func `the error counts each half hour once, and says nothing of waits where nobody was called`() throws {
        let forecast = try #require(Self.forecast([[Self.count(540, 6)], [Self.count(540, 3)], [Self.count(540, 3)]]))
        #expect(forecast.halves.first { $0.minute == 540 }?.walkIns == 4000)
        let missed = LoadRules.error(of: forecast, against: [])
        #expect(missed.meanError == 4000 / 17 && missed.meanWaitError == nil && missed.arrivals == 0)
        // Six instead of four at nine, and two at six in the evening, which no half hour of the forecast has.
        let wait = try #require(forecast.halves.first { $0.minute == 540 }?.waitSeconds)
        let actual = [Self.count(540, 5, booked: 1, called: 4, wait: 400), Self.count(1080, 2)]
        let error = LoadRules.error(of: forecast, against: actual)
        #expect(error.meanError == (2000 + 2000) / 18 && error.arrivals == 8000 && error.forecastArrivals == 4000)
        #expect(error.meanWaitError == abs(wait - 100))
    }

    /// A ticket that is taken and, after so many seconds, called.
    private static func come(
        _ number: Int, at instant: Instant, wait: Int64?, by origin: Ticket.Origin = .kiosk, in tx: Transaction
    ) throws {
        let ticket = try TicketTable.add(
            TicketTaking(at: Story.hall, for: .comprehensive, by: origin), as: TicketID(Sample.subject(number)),
            stamp: Story.stamp(instant), in: tx)
        guard let wait else { return }
        let turn = instant.advanced(bySeconds: wait)
        let called = try TicketRules.apply(.call(3), to: ticket, by: 3, at: turn)
        try TicketTable.update(called, after: .call(3), stamp: Story.stamp(turn), in: tx)
    }

    @Test(arguments: StoreUnderTest.all)
    func `what happened is counted by the half hour in which tickets were taken`(_ place: StoreUnderTest) async throws {
        try await place.use(WindowShape.migrations) { store in
            try await store.write { tx in
                try Self.come(1, at: Story.at(8, 59, seconds: 59), wait: 61, in: tx)
                try Self.come(2, at: Story.at(9), wait: 300, in: tx)
                try Self.come(3, at: Story.at(9, 29, seconds: 59), wait: nil, in: tx)
                try Self.come(4, at: Story.at(9, 15), wait: 100, by: .appointment, in: tx)
                #expect(
                    try LoadTable.counts(of: Story.hall, on: Story.day, in: tx) == [
                        Self.count(510, 1, called: 1, wait: 61),
                        Self.count(540, 2, booked: 1, called: 2, wait: 400),
                    ])
                #expect(try LoadTable.counts(of: Story.hall, on: Self.day, in: tx).isEmpty)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a forecast is kept as it was made, in the journal too, and no later one takes its place`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(WindowShape.migrations) { store in
            let hall = ServiceHallID(Sample.subject(1))
            let first = try #require(Self.forecast([[Self.count(540, 90)], [], []], booked: [540: 2], planned: 1))
            let later = try #require(Self.forecast([[Self.count(540, 1)], [], []]))
            try await store.write { tx in
                let stamp = Story.stamp(Story.at(18, 30))
                #expect(try LoadTable.keep(first, of: hall, stamp: stamp, in: tx))
                #expect(try !LoadTable.keep(later, of: hall, stamp: stamp, in: tx))
                #expect(try LoadTable.forecast(of: Story.hall, for: Self.day, in: tx) == first)
                #expect(try LoadTable.forecast(of: Story.hall, for: Story.day, in: tx) == nil)
                #expect(try LoadTable.days(of: Story.hall, before: Self.day, limit: 9, in: tx).isEmpty)
                let next = Self.day.advanced(byDays: 1)
                #expect(try LoadTable.days(of: Story.hall, before: next, limit: 9, in: tx) == [Self.day])
                let entries = try Journal.entries(of: hall.subject, in: tx)
                #expect(entries.map(\.kind) == ["windows.load-forecast"])
                #expect(String(decoding: entries[0].body, as: UTF8.self).contains("[540,32000,"))
            }
        }
    }
}
