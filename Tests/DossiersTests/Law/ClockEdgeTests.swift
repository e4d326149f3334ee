import Testing
import Vocabulary

@testable import Dossiers

/// Where one thing ends and another begins: hours after the office has closed, ends that move, notices that come late.
@Suite struct ClockEdgeTests {
    private static let five = TimeLimit(5, .workingDays, article: "承诺")

    private static func at(_ day: String, _ hour: Int) -> Instant { Instant(Story.day(day), hour: hour) }

    private static func begin(_ days: Int, _ procedure: SpecialProcedure = .expertReview) -> DossierCommand {
        .special(.begin(procedure, days: days, note: "需要评审"))
    }

    /// Seed 13042 of the lives found it: the day began at midnight and ended at five.
    @Test func `half of a day off is gone when half of the office day would be`() throws {
        let clock = LegalClock(calendar: try .shipped())
        let saturday: CivilDate = "2024-04-13"
        #expect(!clock.calendar.isWorkingDay(saturday))
        #expect(
            clock.part(50, of: saturday, from: Instant(saturday.advanced(byDays: -3))) == Instant(saturday, hour: 13))
    }

    @Test func `a notice after the office has closed does not take back the day that is over`() throws {
        // The promise ends on Tuesday the 27th at five.
        let accepted = try Story.examined(promised: Self.five)
        let inTime = try accepted.perform(Self.begin(3), at: Self.at("11-27", 16), by: Story.reviewer)
        #expect(inTime.due == "2018-11-30")
        let late = try accepted.perform(Self.begin(3), at: Self.at("11-27", 18), by: Story.reviewer)
        #expect(late.due == "2018-11-27" && late.light == .red)
        #expect(late.pauses.first?.from == "2018-11-28")
    }

    @Test func `a result that comes after the office has closed leaves the next day to decide`() throws {
        let running = try Story.examined(promised: Self.five).begin(.expertReview, days: 5, "11-27")
        let finding = SpecialRecord.Finding(isFavourable: true)
        let end = DossierCommand.special(.end(.expertReview, finding, note: "评审意见"))
        #expect(try running.perform(end, at: Self.at("11-28", 10), by: Story.reviewer).due == "2018-11-28")
        #expect(try running.perform(end, at: Self.at("11-28", 18), by: Story.reviewer).due == "2018-11-29")
    }

    @Test func `what was told is not prolonged after it is past, it is begun again`() throws {
        let running = try Story.examined(promised: Self.five).begin(.expertReview, days: 3, "11-21")
        #expect(running.due == "2018-11-30")
        let more = DossierCommand.special(.prolong(.expertReview, days: 10, note: "专家补充论证"))
        #expect(try running.perform(more, at: Self.at("11-26", 16), by: Story.reviewer).due == "2018-12-14")
        for late in [Self.at("11-26", 17), Self.at("11-29", 9)] {
            #expect(throws: DossierRefusal.toldTimePassed) { try running.perform(more, at: late, by: Story.reviewer) }
        }
        // From the new notice on, and not before, days do not count again.
        let again = try running.end(.expertReview, "11-29").begin(.expertReview, days: 10, "11-29")
        #expect(again.due == "2018-12-14")
        #expect(again.pauses.map(\.from) == ["2018-11-21", "2018-11-29"])
    }

    @Test func `a hearing that is held late stops the clock only until it should have been held`() throws {
        let scheduled = try Story.examined(promised: Self.five).tellHearing("11-21").requestHearing("11-22")
            .schedule("12-19", "11-23")
        #expect(scheduled.due == "2018-12-26")
        let held = try scheduled.record("12-24")
        #expect(held.pauses.first?.to == "2018-12-20" && held.due == "2018-12-26")
        #expect(held.breaches == [.hearingPassed])
    }

    @Test func `a hearing that can no longer be held in time is held on the first day that the notice leaves`() throws {
        let forgotten = try Story.examined().tellHearing("11-21").requestHearing("11-22").tick("12-21")
        #expect(throws: DossierRefusal.hearingTooLate) { try forgotten.schedule("2019-01-04", "12-21") }
        let held = try forgotten.schedule("2019-01-02", "12-21").record("2019-01-02")
        #expect(try held.review("2019-01-02").grant("2019-01-02").stage == .granted)
        #expect(held.breaches.contains(.hearingPassed))
    }

    @Test func `the chair of a hearing examines nothing, nor does anybody in her place`() throws {
        let scheduled = try Story.examined().tellHearing("11-21").requestHearing("11-22").schedule("12-05", "11-23")
        #expect(throws: DossierRefusal.chairMayNotReview) {
            try scheduled.perform(Self.begin(3), "11-26", by: Story.chair)
        }
        let held = try scheduled.record("12-05")
        guard case .staff(let chair) = Story.chair else { preconditionFailure("a chair is somebody of the staff") }
        #expect(throws: DossierRefusal.chairMayNotReview) {
            try held.perform(
                .passReview(.grant, opinion: "符合"), "12-05", by: Story.reviewer,
                standing: DeskStanding(principal: chair))
        }
    }

    @Test func `an end that comes nearer is announced anew`() throws {
        let promise = TimeLimit(10, .workingDays, article: "承诺")
        // Due on 4 December. Three days more from the day on which it is last but one: yellow from the 6th on.
        let running = try Story.examined(promised: promise).begin(.expertReview, days: 3, "12-04").tick("12-06")
        #expect(running.due == "2018-12-07" && running.light == .yellow)
        let ended = try running.end(.expertReview, "12-06")
        #expect(ended.due == "2018-12-06")
        #expect(try ended.tick("12-06").light == .yellow)
        // And what lies with somebody comes back into everybody's view before that day.
        let held = try Story.examined(promised: promise).take("11-21").begin(.expertReview, days: 3, "12-04").tick(
            "12-06")
        #expect(held.dossier?.proceedings.handling.sharedFor == "2018-12-07")
        let nearer = try held.end(.expertReview, "12-06").tick("12-06")
        #expect(nearer.dossier?.proceedings.handling.sharedFor == "2018-12-06")
    }

    @Test func `a limit from the receipt runs from the day on which everything was there`() throws {
        let limit = TimeLimit(7, .calendarDays, from: .receipt, article: "《中华人民共和国建筑法》第八条")
        let corrected = try Story(statutory: limit, promised: limit).submit("11-19").requestCorrection("11-20")
            .correct("12-03").accept("12-04")
        #expect(corrected.statutoryDue == "2018-12-10" && corrected.breaches.isEmpty)
        let ledger = try #require(
            corrected.dossier.map { corrected.rules.ledger(of: $0, history: corrected.history, at: Story.at("12-04")) })
        #expect(ledger.current(.statutory)?.startRule == .corrected)
        #expect(ledger.current(.statutory)?.due.day == "2018-12-10")
    }

    @Test func `silence renews nothing that could not be decided before the licence ran out`() throws {
        let renewal = Renewal(certificate: Story.certificate, validUntil: "2018-12-20")
        let corrected = try Story().submit("11-19", renewal: renewal).requestCorrection("11-26")
            .perform(.supplyCorrection([HandedIn("licence", .paper)]), "12-17", by: .person(Story.applicant))
        #expect(try corrected.accept("12-18").tick("12-21").stage == .granted)
        let longer = try Story(.preReviewThenCounter).submit("11-19", renewal: renewal)
        let received = try longer.passPreReview("11-19").receive("12-21")
        #expect(received.stage == .received)
        let accepted = try received.accept("12-24")
        #expect(accepted.stage == .inReview && accepted.due == "2018-12-28")
    }

    @Test func `hours end while somebody is there`() throws {
        let clock = LegalClock(calendar: try .shipped())
        let due = { (hours: Int, start: Instant) in
            clock.due(TimeLimit(hours, .hours, article: ""), after: start, today: start.day)
        }
        #expect(due(3, Self.at("11-20", 9)).day == "2018-11-20")
        #expect(due(3, Self.at("11-20", 15)).day == "2018-11-21")
        #expect(due(3, Self.at("11-20", 18)).day == "2018-11-21")
        #expect(due(24, Self.at("11-20", 18)).day == "2018-11-22")
        #expect(due(48, Self.at("11-23", 9)).day == "2018-11-26")
        #expect(clock.due(WorkingDays(0), after: Self.at("11-24", 9)).day == "2018-11-26")
    }

    @Test func `a paper that is named twice stands for one`() throws {
        let procedure = ProcedureTerms(tolerable: ["form", "licence"])
        let lagging = try Story(procedure: procedure).submit("11-19", materials: []).tolerate(
            ["form", "licence"], days: 3, "11-19")
        let twice = try lagging.perform(
            .tolerance(.supply([HandedIn("form", .paper), HandedIn("form", .paper)])), "11-20",
            by: .person(Story.applicant))
        let ledger = try #require(
            twice.dossier.map { twice.rules.ledger(of: $0, history: twice.history, at: Story.at("11-20")) })
        #expect(ledger.current(.tolerance)?.result.isOpen == true)
    }
}
