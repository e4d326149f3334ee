import Testing
import Vocabulary

/// Time while offices are open.
@Suite struct OfficeTimeTests {
    private let calendar: WorkCalendar
    private func at(_ day: String, _ hour: Int, _ minute: Int = 0) throws -> Instant {
        Instant(try #require(CivilDate(day)), hour: hour, minute: minute)
    }

    private func parts(_ from: Instant, _ to: Instant) throws -> Int { calendar.dayParts(from: from, to: to) }

    init() throws { calendar = try WorkCalendar.shipped() }

    @Test func `a working day counts by its office hours, and nights and days off not at all`() throws {
        let day = DayParts.aDay
        // 2018-03-09 was a Friday, with seven office hours.
        #expect(try parts(at("2018-03-09", 9), at("2018-03-09", 17)) == day)
        #expect(try parts(at("2018-03-09", 9), at("2018-03-09", 10)) == day / 7)
        #expect(try parts(at("2018-03-09", 11), at("2018-03-09", 14)) == day * 2 / 7, "noon is no office hour")
        #expect(try parts(at("2018-03-09", 17), at("2018-03-12", 9)) == 0, "a weekend")
        #expect(try parts(at("2018-03-09", 12), at("2018-03-12", 12)) == day)
        #expect(try parts(at("2018-03-10", 3), at("2018-03-11", 20)) == 0)
        #expect(try parts(at("2018-02-14", 17), at("2018-02-22", 9)) == 0, "the Spring Festival")
        #expect(try parts(at("2018-02-11", 0), at("2018-02-12", 0)) == day, "a make-up day on a Sunday")
        #expect(try parts(at("2018-03-09", 12), at("2018-03-09", 9)) == 0)
    }

    @Test func `spans that follow one another add up`() throws {
        let start = try at("2018-01-31", 7, 13)
        let marks = (0..<400).map { start.advanced(bySeconds: Int64($0 * $0 * 137)) }
        let spans = zip(marks, marks.dropFirst()).map { calendar.dayParts(from: $0, to: $1) }
        let last = try #require(marks.last)
        #expect(spans.reduce(0, +) == calendar.dayParts(from: start, to: last))
    }
}
