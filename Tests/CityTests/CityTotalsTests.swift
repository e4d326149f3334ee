import Catalogue
import Testing
import Vocabulary

@testable import City

/// What a simulated city counts of itself, by its own reckoning.
@Suite struct CityTotalsTests {
    /// A case of an item that is decided on the spot, accepted at an hour of a day.
    private static func onTheSpot(_ start: Instant) throws -> CityCase {
        let items = try CityItems(DemonstrationCatalogue.shipped())
        var dice = CityDice(3, 1)
        var choice = try items.draw(isOnline: false, &dice)
        while !choice.isImmediate { choice = try items.draw(isOnline: false, &dice) }
        let fate = CityFate(choice, hasTolerable: false, &dice)
        var one = CityCase(
            number: 1, choice: choice, applicant: .person(1), fate: fate, verdict: nil, filedAt: start)
        one.clockFrom = start
        return one
    }

    @Test func `what is decided on the spot is late once the office has closed, and not a minute before`() throws {
        let (calendar, monday) = (try WorkCalendar.shipped(), try #require(CivilDate("2018-11-19")))
        let one = try Self.onTheSpot(Instant(monday, hour: 16, minute: 50))
        let close = calendar.closeOfBusiness(on: monday)
        for (seconds, onTime) in [(-60 as Int64, 1), (0, 0), (60, 0)] {
            var totals = CityTotals()
            totals.count(.decide, of: one, at: close.advanced(bySeconds: seconds), calendar)
            #expect(totals.on_time == onTime && totals.late == 1 - onTime, "\(seconds) seconds after closing")
        }
    }

    @Test func `whoever was received after the office had closed has it in time until the next close`() throws {
        let (calendar, friday) = (try WorkCalendar.shipped(), try #require(CivilDate("2018-11-23")))
        let one = try Self.onTheSpot(Instant(friday, hour: 17, minute: 11))
        let close = calendar.closeOfBusiness(on: friday.advanced(byDays: 3))
        for (seconds, onTime) in [(-60 as Int64, 1), (0, 0)] {
            var totals = CityTotals()
            totals.count(.decide, of: one, at: close.advanced(bySeconds: seconds), calendar)
            #expect(totals.on_time == onTime, "\(seconds) seconds after closing on Monday")
        }
    }
}
