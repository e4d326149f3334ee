import Testing
import Vocabulary

@testable import City

@Suite struct CityArrivalsTests {
    private static let calendar = Result { try WorkCalendar.shipped() }

    private func year(_ cases: Int, seed: UInt64 = 5) throws -> [[CityArrivals.Arrival]] {
        let (first, last) = (try #require(CivilDate("2018-01-01")), try #require(CivilDate("2018-10-31")))
        let arrivals = CityArrivals(
            from: first, through: last, cases: cases, calendar: try Self.calendar.get(), seed: seed)
        return (0...303).map { arrivals.arrivals(on: first.advanced(byDays: $0)) }
    }

    @Test func `exactly as many cases come as were asked for, numbered in the order of their time`() throws {
        let all = try year(372_500).flatMap(\.self)
        #expect(all.count == 372_500)
        #expect(all.map(\.number) == Array(0..<372_500))
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.at <= $1.at })
    }

    @Test func `nobody stands at a counter on a day off, and somebody on a make-up day that is a Sunday`() throws {
        let calendar = try Self.calendar.get()
        let counters = try year(50_000).flatMap(\.self).filter { !$0.isOnline }
        #expect(counters.allSatisfy { calendar.isWorkingDay($0.at.day) })
        // 11 February 2018 was a Sunday on which offices worked for the Spring Festival; 5 April was a holiday.
        #expect(counters.contains { $0.at.day == CivilDate("2018-02-11") })
        #expect(!counters.contains { $0.at.day == CivilDate("2018-04-05") })
        #expect(counters.allSatisfy { (540..<CityRates.lastCounterMinute).contains($0.at.minuteOfDay) })
    }

    @Test func `counters are busier on Mondays and after holidays, and quiet at noon; online never sleeps`() throws {
        let days = try year(300_000)
        func counters(_ day: String) throws -> Int {
            let wanted = try #require(CivilDate(day))
            return days.flatMap(\.self).count { !$0.isOnline && $0.at.day == wanted }
        }
        // An ordinary Monday and Thursday of June; the first day after the Spring Festival, a Thursday.
        #expect(try counters("2018-06-25") > counters("2018-06-28"))
        #expect(try counters("2018-02-22") > counters("2018-02-08"))
        let all = days.flatMap(\.self)
        let noon = all.count { !$0.isOnline && (720..<780).contains($0.at.minuteOfDay) }
        let ten = all.count { !$0.isOnline && (600..<660).contains($0.at.minuteOfDay) }
        #expect(noon * 5 < ten)
        #expect((0..<24).allSatisfy { hour in all.contains { $0.isOnline && $0.at.minuteOfDay / 60 == hour } })
        #expect(all.contains { $0.isOnline && $0.at.day == CivilDate("2018-02-16") })
    }

    @Test func `online comes what the rate says, of another seed at other times`() throws {
        let all = try year(20_000).flatMap(\.self)
        #expect(all.count(where: \.isOnline) == Int(20_000 * CityRates.online))
        #expect(try year(20_000, seed: 6).flatMap(\.self) != all)
    }
}
