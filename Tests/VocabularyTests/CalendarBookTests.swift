import Testing
import Vocabulary

/// The book of the calendar: what a place knew at an instant, and what became of dates when it came to know more.
@Suite struct CalendarBookTests {
    static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }
    static let gulou = Region("350102") ?? .fuzhou
    static let minhou = Region("350121") ?? .fuzhou

    /// A made-up schedule of 2027: what the law has, and a week of National Day with two make-up days.
    static func schedule2027(extraOff: [String] = [], extraWork: [String] = []) throws -> YearSchedule {
        let off = [
            ("元旦", ["2027-01-01", "2027-01-02", "2027-01-03"]),
            ("春节", ["2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09", "2027-02-10"]),
            ("清明节", ["2027-04-05"]), ("劳动节", ["2027-05-01", "2027-05-02", "2027-05-03"]), ("端午节", ["2027-06-09"]),
            ("中秋节", ["2027-09-15"]),
            ("国庆节", ["2027-10-01", "2027-10-02", "2027-10-03", "2027-10-04", "2027-10-05"] + extraOff),
        ]
        let work = [("春节", "2027-01-31"), ("国庆节", "2027-09-26")] + extraWork.map { ("国庆节", $0) }
        return YearSchedule(
            year: 2027,
            days: try off.flatMap { name, days in
                try days.map { YearSchedule.Day(try day($0), name: name, isOff: true) }
            } + work.map { YearSchedule.Day(try day($1), name: $0, isOff: false) })
    }

    static func edition(
        _ number: Int, _ day: String, _ content: CalendarEdition.Content
    ) throws -> CalendarEdition {
        CalendarEdition(
            number: number, knownFrom: Instant(try Self.day(day), hour: 10), announcedOn: try Self.day(day),
            source: "示例〔\(number)〕号", content: content)
    }

    @Test func `a schedule makes its year final from the instant at which it is known, and never before`() throws {
        let shipped = try CalendarBook.shipped()
        let book = shipped.adding(try Self.edition(1, "2026-11-10", .schedule(try Self.schedule2027())))
        let before = book.calendar(for: .fuzhou, asOf: Instant(try Self.day("2026-11-10"), hour: 9))
        let after = book.calendar(for: .fuzhou, asOf: Instant(try Self.day("2026-11-10"), hour: 10))
        let start = try Self.day("2026-12-25")
        #expect(before.isProvisional(from: start, through: try Self.day("2027-01-04")))
        #expect(!after.isProvisional(from: start, through: try Self.day("2027-01-04")))
        #expect(before.reason(of: try Self.day("2027-01-31")) == .weekend)
        #expect(after.reason(of: try Self.day("2027-01-31")) == .makeUpDay("春节"))
        #expect(after.reason(of: try Self.day("2027-02-09")) == .holiday("春节"))
        #expect(before.day(WorkingDays(60), after: start) == shipped.ground.day(WorkingDays(60), after: start))
        // The make-up day of a year that was provisional counts for periods that had begun: theirs were no promises.
        #expect(after.counts(try Self.day("2027-01-31"), since: start))
    }

    @Test func `a closure holds for the place and everything below it`() throws {
        let monday = try Self.day("2026-07-13")
        let city = try CalendarBook.shipped().adding(
            try Self.edition(1, "2026-07-12", .closures([LocalClosure(.fuzhou, monday, name: "台风")])))
        let now = Instant(monday, hour: 12)
        for region in [Region.fuzhou, Self.gulou, Self.minhou] {
            let calendar = city.calendar(for: region, asOf: now)
            #expect(calendar.reason(of: monday) == .closure(name: "台风", announcement: "示例〔1〕号"))
            #expect(!calendar.isWorkingDay(monday) && calendar.officeHours(on: monday) == nil)
            #expect(calendar.day(WorkingDays(1), after: try Self.day("2026-07-10")) == monday.advanced(byDays: 1))
        }
        #expect(city.latest(for: .fujian).isWorkingDay(monday), "the province does not close with its city")
        let county = try CalendarBook.shipped().adding(
            try Self.edition(1, "2026-07-12", .closures([LocalClosure(Self.minhou, monday, name: "台风")])))
        #expect(!county.latest(for: Self.minhou).isWorkingDay(monday))
        #expect(county.latest(for: Self.gulou).isWorkingDay(monday))
        #expect(county.latest(for: .fuzhou).isWorkingDay(monday))
        // A closure on a day off says nothing new.
        let sunday = try CalendarBook.shipped().adding(
            try Self.edition(
                1, "2026-07-12", .closures([LocalClosure(.fuzhou, monday.advanced(byDays: -1), name: "台风")])))
        #expect(sunday.latest(for: .fuzhou).reason(of: monday.advanced(byDays: -1)) == .weekend)
    }

    @Test func `a correction that prolongs a holiday moves dates later, as in 2020`() throws {
        let start = try Self.day("2027-09-20")
        let first = try CalendarBook.shipped().adding(
            try Self.edition(1, "2026-11-10", .schedule(try Self.schedule2027())))
        let second = first.adding(
            try Self.edition(
                2, "2027-09-21", .schedule(try Self.schedule2027(extraOff: ["2027-10-06", "2027-10-07"]))))
        let (before, after) = (first.latest(for: .fuzhou), second.latest(for: .fuzhou))
        #expect(before.day(WorkingDays(10), after: start) == (try Self.day("2027-10-06")))
        #expect(after.day(WorkingDays(10), after: start) == (try Self.day("2027-10-08")))
        #expect(
            second.editions(after: Instant(start), through: Instant(try Self.day("2027-09-22"))).map(\.number) == [2])
        #expect(second.editions(after: Instant(try Self.day("2027-09-22")), through: Instant(start)) == [])
    }

    @Test func `a day that becomes a working day does not count for periods that had begun`() throws {
        let start = try Self.day("2027-09-20")
        let book = try CalendarBook.shipped()
            .adding(try Self.edition(1, "2026-11-10", .schedule(try Self.schedule2027())))
            .adding(
                try Self.edition(2, "2027-09-21", .schedule(try Self.schedule2027(extraWork: ["2027-10-09"]))))
        let calendar = book.latest(for: .fuzhou)
        let saturday = try Self.day("2027-10-09")
        #expect(calendar.reason(of: saturday) == .makeUpDay("国庆节"), "offices work")
        #expect(!calendar.counts(saturday, since: start))
        #expect(calendar.counts(saturday, since: try Self.day("2027-09-22")))
        #expect(calendar.day(WorkingDays(13), after: start) == (try Self.day("2027-10-11")))
        #expect(calendar.day(WorkingDays(11), after: try Self.day("2027-09-22")) == saturday)
        let counting = calendar.counting(since: start)
        #expect(counting.reason(of: saturday) == .lateMakeUpDay("国庆节") && !counting.isWorkingDay(saturday))
        #expect(counting.name(of: saturday) == "国庆节")
        #expect(calendar.counting(since: try Self.day("2027-09-22")).isWorkingDay(saturday))
        // A closure taken back does not give a day back that was granted.
        let friday = try Self.day("2027-11-12")
        let closed = book.adding(
            try Self.edition(3, "2027-11-10", .closures([LocalClosure(.fuzhou, friday, name: "台风")])))
        let opened = closed.adding(
            try Self.edition(
                4, "2027-11-11", .closures([LocalClosure(.fuzhou, friday, name: "台风", isClosed: false)])))
        let begun = try Self.day("2027-11-08")
        #expect(closed.latest(for: .fuzhou).day(WorkingDays(4), after: begun) == (try Self.day("2027-11-15")))
        #expect(opened.latest(for: .fuzhou).day(WorkingDays(4), after: begun) == (try Self.day("2027-11-15")))
        #expect(opened.latest(for: .fuzhou).isWorkingDay(friday))
    }

    @Test func `hours are the usual ones until something is said, and the last word for the nearest place counts`()
        throws
    {
        let summer = try #require(
            OfficeHours(morning: OfficeHours.Span(510, 720), afternoon: OfficeHours.Span(900, 1080)))
        let noon = try #require(OfficeHours(morning: OfficeHours.Span(540, 720), afternoon: nil))
        let (first, last) = (try Self.day("2026-07-01"), try Self.day("2026-09-30"))
        let book = try CalendarBook.shipped()
            .adding(
                try Self.edition(
                    1, "2026-06-20",
                    .hours([
                        OpeningHours(.fuzhou, from: first, through: last, hours: summer),
                        OpeningHours(Self.minhou, from: first, through: nil, hours: .usual),
                    ]))
            )
            .adding(
                try Self.edition(
                    2, "2026-07-14",
                    .hours([
                        OpeningHours(
                            .fuzhou, from: try Self.day("2026-07-15"), through: try Self.day("2026-07-15"), hours: noon)
                    ])))
        let city = book.latest(for: .fuzhou)
        #expect(city.officeHours(on: try Self.day("2026-06-30")) == .usual)
        #expect(city.officeHours(on: first) == summer && city.officeHours(on: last) == summer)
        #expect(city.officeHours(on: try Self.day("2026-07-04")) == nil, "a Saturday")
        #expect(city.closeOfBusiness(on: first) == Instant(first, hour: 18))
        #expect(book.latest(for: Self.gulou).officeHours(on: first) == summer)
        #expect(book.latest(for: Self.minhou).officeHours(on: first) == .usual)
        let half = try Self.day("2026-07-15")
        #expect(city.officeHours(on: half) == noon && city.isWorkingDay(half), "half a day counts as a day")
        #expect(book.latest(for: Self.minhou).closeOfBusiness(on: half) == Instant(half, hour: 12))
        #expect(summer.isOpen(atMinute: 510) && !summer.isOpen(atMinute: 720) && !summer.isOpen(atMinute: 1080))
        #expect(summer.opens == 510 && summer.closes == 1080 && OfficeHours.clock(510) == "08:30")
        #expect(OfficeHours(morning: nil, afternoon: nil) == nil && OfficeHours.Span(600, 600) == nil)
        #expect(
            OfficeHours(morning: OfficeHours.Span(540, 800), afternoon: OfficeHours.Span(780, 1020)) == nil)
    }
}
