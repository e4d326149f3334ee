import Dossiers
import Testing
import Vocabulary

/// Limits of single laws with the days that they come to, counted by hand on the State Council's schedules.
@Suite struct LimitVectorTests {
    private static func promise(_ value: Int, _ unit: TimeLimit.Unit = .workingDays) -> TimeLimit {
        TimeLimit(value, unit, article: "承诺")
    }

    /// 建筑法 art. 8: seven days from the receipt of the application. The article says days, not working days.
    private static let permit = TimeLimit(7, .calendarDays, from: .receipt, article: "《中华人民共和国建筑法》第八条")

    private static func permitStory(_ received: String, _ accepted: String) throws -> Story {
        try Story(statutory: permit, promised: TimeLimit(3, .calendarDays, from: .receipt, article: "承诺"))
            .submit(received).accept(accepted)
    }

    /// 市场主体登记管理条例 art. 19: three working days, three more where the matter is complex and the head approves.
    private static func registration(_ submitted: String) throws -> Story {
        try Story(
            statutory: TimeLimit(3, .workingDays, article: "《中华人民共和国市场主体登记管理条例》第十九条"), promised: promise(1),
            procedure: ProcedureTerms(extensionMax: 3)
        ).submit(submitted).accept(submitted)
    }

    @Test(arguments: [
        // Monday to Monday, whenever it was accepted.
        ("2018-11-19", "2018-11-19", "2018-11-26"), ("2018-11-19", "2018-11-21", "2018-11-26"),
        // Saturday's end goes to Monday.
        ("2018-11-17", "2018-11-19", "2018-11-26"),
        // The National Day holiday counts as days, but nothing ends in it.
        ("2018-09-26", "2018-09-26", "2018-10-08"), ("2018-09-28", "2018-09-29", "2018-10-08"),
        // 29 December 2018 is a Saturday on which offices work.
        ("2018-12-22", "2018-12-24", "2018-12-29"),
    ])
    func `a construction permit is due seven days after the receipt`(
        _ received: String, _ accepted: String, _ due: String
    ) throws {
        let story = try Self.permitStory(received, accepted)
        #expect(story.statutoryDue == Story.day(due))
        let ledger = try #require(
            story.dossier.map { story.rules.ledger(of: $0, history: story.history, at: Story.at(accepted)) })
        let run = try #require(ledger.current(.statutory))
        #expect(run.startRule == .receipt && run.startsAt == Story.at(received) && run.due.day == Story.day(due))
    }

    @Test func `a permit that silence accepts is past its seven days at once, and says so`() throws {
        let story = try Story(statutory: Self.permit, promised: Self.permit).submit("11-19").tick("11-27")
        #expect(story.stage == .inReview && story.statutoryDue == "2018-11-26")
        #expect(story.light == .statutory)
    }

    @Test func `a company is registered in three working days and three more`() throws {
        let filed = try Self.registration("2018-12-27")
        // Friday, the make-up Saturday, and after New Year Wednesday 2 January.
        #expect(filed.statutoryDue == "2019-01-02")
        #expect(throws: DossierRefusal.extensionTooLong) { try filed.extend(4, "12-28") }
        let longer = try filed.extend(3, "12-28")
        #expect(longer.statutoryDue == "2019-01-07")
        #expect(longer.due == "2018-12-28")
        #expect(throws: DossierRefusal.extendedOnce) { try longer.extend(1, "12-28") }
        #expect(throws: DossierRefusal.limitPassed) { try filed.extend(3, "2019-01-03") }
    }

    @Test func `joint handling takes forty-five working days and fifteen more, from the government`() throws {
        let joint = try Story(
            statutory: TimeLimit(45, .workingDays, article: "《中华人民共和国行政许可法》第四十二条第二款"), promised: Self.promise(20),
            procedure: ProcedureTerms(authority: .government)
        ).submit("2026-02-13").accept("2026-02-13")
        #expect(joint.statutoryDue == "2026-04-24")
        #expect(throws: DossierRefusal.wrongApprover) { try joint.extend(15, "2026-02-14", by: .head) }
        #expect(throws: DossierRefusal.extensionTooLong) { try joint.extend(16, "2026-02-14", by: .government) }
        // 1 to 5 May are off, 9 May works: the fifteenth day more is 19 May.
        #expect(try joint.extend(15, "2026-02-14", by: .government).statutoryDue == "2026-05-19")
    }

    @Test(arguments: [
        ("2018-11-20", 9, "2018-11-20"), ("2018-11-20", 16, "2018-11-20"), ("2018-11-20", 17, "2018-11-21"),
        // Friday evening, Saturday, and the evening before National Day: the next working day.
        ("2018-11-23", 18, "2018-11-26"), ("2018-11-24", 10, "2018-11-26"), ("2018-09-30", 17, "2018-10-08"),
        // The evening before a Saturday on which offices work.
        ("2018-12-28", 20, "2018-12-29"),
    ])
    func `what is promised at once is due while the office is open, or on the next working day`(
        _ day: String, _ hour: Int, _ due: String
    ) throws {
        let clock = LegalClock(calendar: try .shipped())
        let start = Instant(Story.day(day), hour: hour)
        let found = clock.due(Self.promise(0), after: start, today: start.day)
        #expect(found.day == Story.day(due))
        #expect(found.end == Instant(Story.day(due), hour: 17) && found.end > start)
    }

    @Test(arguments: [
        // 31 January 2018 → 28 February; 2020 has a 29th, a Saturday, so the end is Monday.
        ("2018-01-31", 1, "2018-02-28"), ("2020-01-31", 1, "2020-03-02"), ("2018-10-31", 1, "2018-11-30"),
        ("2018-08-31", 1, "2018-09-30"), ("2018-11-15", 3, "2019-02-15"), ("2019-10-31", 4, "2020-03-02"),
    ])
    func `months end on the same day of the month, or on its last`(_ start: String, _ months: Int, _ due: String) throws
    {
        let clock = LegalClock(calendar: try .shipped())
        let limit = Self.promise(months, .months)
        #expect(clock.due(limit, after: Story.at(start), today: Story.day(start)).day == Story.day(due))
    }

    @Test(arguments: [
        // The holiday of 2019 lasts from 4 to 10 February; 2 and 3 February work.
        (TimeLimit.Unit.calendarDays, 7, "2019-01-30", "2019-02-11"), (.workingDays, 5, "2019-01-29", "2019-02-03"),
        (.workingDays, 6, "2019-01-29", "2019-02-11"), (.months, 1, "2019-01-06", "2019-02-11"),
        (.workingDays, 0, "2019-02-05", "2019-02-11"),
        // 2020: prolonged to 2 February while it lasted; Monday the third is the first working day.
        (.calendarDays, 7, "2020-01-22", "2020-02-03"), (.workingDays, 3, "2020-01-22", "2020-02-04"),
    ])
    func `a limit that would end in the Spring Festival ends on the first working day after it`(
        _ unit: TimeLimit.Unit, _ value: Int, _ start: String, _ due: String
    ) throws {
        let clock = LegalClock(calendar: try .shipped())
        let found = clock.due(Self.promise(value, unit), after: Story.at(start), today: Story.day(start))
        #expect(found.day == Story.day(due) && !found.isProvisional)
    }
}
