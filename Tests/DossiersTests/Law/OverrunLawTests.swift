import Dossiers
import Testing
import Vocabulary

/// R38: whoever exceeds the time explains it in public (优化营商环境条例 art. 36).
@Suite struct OverrunLawTests {
    private func explain(
        _ story: Story, _ day: String, _ limit: ClockLimit = .promised, text: String = "系统升级"
    ) throws -> Story {
        try story.perform(.overrun(.explain(limit, text: text)), day, by: Story.head)
    }

    @Test func `R38 a limit that passed is explained, and a later text takes the place of an earlier one`() throws {
        // Four working days from 20 November end on the 26th.
        let late = try Story.examined().tick("11-27")
        let undecided = try #require(late.dossier)
        let before = try #require(late.rules.overruns(of: undecided).first)
        #expect(before.due == "2018-11-26" && before.explanation == nil && before.taken == nil)
        let first = try explain(late, "11-27")
        let second = try explain(first, "11-28", text: "系统升级，已恢复")
        let decided = try second.review("11-29").grant("11-30")
        let dossier = try #require(decided.dossier)
        let after = second.rules.overruns(of: dossier)
        #expect(after.map(\.limit) == [.promised])
        #expect(after.first?.explanation?.text == "系统升级，已恢复" && after.first?.taken == WorkingDays(8))
        let run = try #require(
            second.rules.ledger(of: dossier, history: decided.history, at: Story.at("11-30")).current(.promised))
        #expect(run.overrun?.explanation?.at == Story.at("11-28"))
        #expect(second.rules.breaches(of: dossier) == [.promisePassed], "what is explained is still a breach")
    }

    @Test func `R38 the promise and the limit of the law are explained each for itself, after the end as well`() throws
    {
        let late = try Story.examined(statutory: TimeLimit(5, .workingDays, article: "法")).tick("11-29")
        let closed = try late.perform(.withdraw(note: ""), "11-29", by: .person(Story.applicant))
        let explained = try explain(closed, "11-30", .statutory)
        let dossier = try #require(explained.dossier)
        let overruns = explained.rules.overruns(of: dossier)
        #expect(overruns.map(\.limit) == [.promised, .statutory])
        #expect(overruns.map { $0.explanation == nil } == [true, false])
        #expect(overruns.map(\.taken) == [WorkingDays(7), WorkingDays(7)])
    }

    @Test func `R38 days of a procedure that was told in writing are not time taken`() throws {
        let story = try Story.examined().begin(.inspection, days: 2, "11-21").end(.inspection, "11-23").tick("11-30")
        let decided = try story.review("12-03").grant("12-03")
        let dossier = try #require(decided.dossier)
        #expect(story.rules.overruns(of: dossier).map(\.due) == ["2018-11-28"])
        #expect(story.rules.overruns(of: dossier).first?.taken == WorkingDays(7))
    }

    @Test func `R38 nothing is explained that did not pass, and not without words`() throws {
        let story = try Story.examined()
        #expect(throws: DossierRefusal.notOverrun) { try explain(story, "11-22") }
        let late = try story.tick("11-27")
        #expect(throws: DossierRefusal.notOverrun) { try explain(late, "11-27", .statutory) }
        #expect(throws: DossierRefusal.notOverrun) { try explain(late, "11-27", .delivery) }
        #expect(throws: DossierRefusal.reasonMissing) { try explain(late, "11-27", text: " ") }
        let long = String(repeating: "字", count: Limits.textCharactersMax + 1)
        #expect(throws: DossierRefusal.textTooLong) { try explain(late, "11-27", text: long) }
    }

    @Test func `R38 only who leads the authority or the government explains`() {
        #expect(DossierCommand.overrun(.explain(.promised, text: "")).powers == [.lead, .govern])
    }
}
