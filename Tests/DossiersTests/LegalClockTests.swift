import Dossiers
import Testing
import Vocabulary

@Suite struct LegalClockTests {
    private let clock: LegalClock

    init() throws {
        clock = LegalClock(calendar: try .shipped())
    }

    private func due(_ limit: TimeLimit, _ start: String, pauses: [Pause] = [], today: String? = nil) -> Due {
        clock.due(limit, after: Story.at(start), pauses: pauses, today: Story.day(today ?? start))
    }

    private func workingDays(_ count: Int) -> TimeLimit { TimeLimit(count, .workingDays, article: "第四十二条") }

    @Test(arguments: [
        ("2018-09-14", 5, "2018-09-21"), ("2018-09-26", 20, "2018-10-29"), ("2018-11-20", 4, "2018-11-26"),
        ("2020-01-20", 20, "2020-02-25"), ("2021-02-05", 10, "2021-02-24"), ("2023-09-28", 20, "2023-11-01"),
        ("2024-02-08", 15, "2024-03-06"), ("2026-02-13", 45, "2026-04-24"),
    ])
    func `limits across holidays and make-up days end where the published vectors say`(
        _ start: String, _ days: Int, _ end: String
    ) {
        #expect(due(workingDays(days), start).day == Story.day(end))
        #expect(clock.due(WorkingDays(days), after: Story.at(start)).day == Story.day(end))
    }

    @Test func `a hearing of five working days moves the end by five working days`() {
        let pause = Pause(from: "2018-11-21", to: "2018-11-28")
        #expect(due(workingDays(5), "11-20").day == "2018-11-27")
        #expect(due(workingDays(5), "11-20", pauses: [pause]).day == "2018-12-04")
    }

    @Test func `pauses that overlap count once, and weekends in them are nothing`() {
        let pauses = [Pause(from: "2018-11-21", to: "2018-11-26"), Pause(from: "2018-11-23", to: "2018-11-28")]
        #expect(due(workingDays(5), "11-20", pauses: pauses).day == "2018-12-04")
        let weekend = [Pause(from: "2018-11-24", to: "2018-11-26")]
        #expect(due(workingDays(5), "11-20", pauses: weekend).day == "2018-11-27")
    }

    @Test func `an open pause moves the end with every day it lasts`() {
        let open = [Pause(from: "2018-11-21", to: nil)]
        #expect(due(workingDays(5), "11-20", pauses: open, today: "2018-11-21").day == "2018-11-27")
        #expect(due(workingDays(5), "11-20", pauses: open, today: "2018-11-23").day == "2018-11-29")
    }

    @Test func `calendar days count every day and end on a working day`() {
        let limit = TimeLimit(7, .calendarDays, article: "")
        #expect(due(limit, "2018-09-26").day == "2018-10-08")
        #expect(due(TimeLimit(1, .months, article: ""), "2018-10-31").day == "2018-11-30")
    }

    @Test func `what is promised at once is due the same day, or the next working day`() {
        #expect(due(workingDays(0), "11-20").day == "2018-11-20")
        #expect(due(workingDays(0), "11-24").day == "2018-11-26")
        #expect(due(TimeLimit(3, .hours, article: ""), "11-20").day == "2018-11-20")
    }

    @Test func `an end never falls on a day that a procedure stopped`() {
        let pause = Pause(from: "2018-11-26", to: "2018-11-29")
        // Seven calendar days end on Saturday; Monday is stopped, so the end is Thursday.
        #expect(due(TimeLimit(7, .calendarDays, article: ""), "11-17", pauses: [pause]).day == "2018-11-29")
        #expect(due(workingDays(0), "11-26", pauses: [pause]).day == "2018-11-29")
    }

    @Test func `what is promised at once and comes after the office has closed is due on the next working day`() {
        let evening = Instant(Story.day("11-20"), hour: 18)
        #expect(clock.due(workingDays(0), after: evening, today: "2018-11-20").day == "2018-11-21")
        let friday = Instant(Story.day("11-23"), hour: 17)
        #expect(clock.due(workingDays(0), after: friday, today: "2018-11-23").day == "2018-11-26")
    }

    @Test func `an end in a year without a schedule is provisional`() {
        #expect(due(workingDays(20), "2026-11-24").isProvisional == false)
        let late = due(workingDays(20), "2026-12-14")
        #expect(late.day == "2027-01-12")
        #expect(late.isProvisional)
    }

    @Test func `every day between start and end has its reason`() {
        let entries = clock.entries(workingDays(20), after: Story.at("2018-09-26"), today: "2018-09-26")
        #expect(entries.first == ClockEntry(day: "2018-09-26", reason: .start, count: nil))
        #expect(entries.contains(ClockEntry(day: "2018-09-29", reason: .makeUpDay("国庆节"), count: 3)))
        #expect(entries.contains(ClockEntry(day: "2018-10-01", reason: .holiday("国庆节"), count: nil)))
        #expect(entries.contains(ClockEntry(day: "2018-10-13", reason: .weekend, count: nil)))
        #expect(entries.last == ClockEntry(day: "2018-10-29", reason: .counted, count: 20))
        for (earlier, later) in zip(entries, entries.dropFirst()) {
            #expect(later.day == earlier.day.advanced(byDays: 1))
        }
    }

    @Test func `the handling clock starts at acceptance, or at receipt where a special law says so`() throws {
        let licence = try Story().submit("11-19").accept("11-21")
        #expect(licence.due == "2018-11-27")
        #expect(licence.statutoryDue == "2018-12-19")
        // 建筑法 art. 8: seven days from receipt.
        let permit = try Story(
            statutory: TimeLimit(7, .workingDays, from: .receipt, article: "建筑法第八条"),
            promised: TimeLimit(3, .workingDays, from: .receipt, article: "承诺")
        ).submit("11-19").accept("11-21")
        #expect(permit.due == "2018-11-22")
        #expect(permit.statutoryDue == "2018-11-28")
    }

    @Test func `a decision is delivered within ten working days`() throws {
        let granted = try Story().submit("11-19").accept("11-19").review("11-20").grant("11-20")
        #expect(granted.due == "2018-12-04")
        #expect(try granted.file("11-20").issue("11-21").due == "2018-12-04")
    }

    @Test func `a longer pause never brings a final end nearer`() {
        let dice = Dice.seeded(2018)
        for _ in 0..<2000 {
            let start = Story.day("2018-01-02").advanced(byDays: Int(dice.roll() % 2500))
            let limit = workingDays(Int(dice.roll() % 45))
            let from = start.advanced(byDays: Int(dice.roll() % 30))
            let short = Int(dice.roll() % 20)
            let end = { (days: Int) in
                self.clock.due(
                    limit, after: Instant(start, hour: 9),
                    pauses: [Pause(from: from, to: from.advanced(byDays: days))], today: start
                ).day
            }
            #expect(end(short) <= end(short + Int(dice.roll() % 10)))
        }
    }
}
