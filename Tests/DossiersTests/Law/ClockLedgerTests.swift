import Dossiers
import Store
import Testing
import Vocabulary

/// The ledger says of every date where it comes from.
@Suite struct ClockLedgerTests {
    /// The ledger of a story whose events happened on these days.
    private func ledger(_ story: Story, at now: String) throws -> ClockLedger {
        try #require(story.dossier.map { story.rules.ledger(of: $0, history: story.history, at: Story.at(now)) })
    }

    private let promise = TimeLimit(5, .workingDays, article: "承诺")

    @Test func `a filing has one limit, from its receipt, with every day to the fifth`() throws {
        let runs = try ledger(try Story().submit("11-19"), at: "11-21").runs
        #expect(runs.map(\.limit) == [.acceptance])
        let run = try #require(runs.first)
        #expect(run.startRule == .receipt && run.event == 2 && run.due.day == "2018-11-26")
        #expect(run.length.article.contains("第三十二条"))
        #expect(run.days.map(\.count) == [nil, 1, 2, 3, 4, nil, nil, 5])
        #expect(run.result == .running(left: 3))
        #expect(try ledger(try Story().submit("11-19"), at: "11-26").runs.first?.result == .running(left: 0))
    }

    @Test func `after acceptance the promise and the law run side by side, and the acceptance was kept`() throws {
        let story = try Story.examined(promised: promise)
        let ledger = try ledger(story, at: "11-21")
        #expect(ledger.runs.map(\.limit) == [.acceptance, .statutory, .promised])
        #expect(ledger.runs[0].result == .kept(event: 3, at: Story.at("11-20")))
        #expect(ledger.current(.promised)?.due.day == "2018-11-27")
        #expect(ledger.current(.statutory)?.due.day == "2018-12-18")
        #expect(ledger.current(.promised)?.startRule == .acceptance)
    }

    @Test func `what moved a date is listed with the notice that moved it`() throws {
        let story = try Story.examined(promised: promise).begin(.inspection, days: 3, "11-21")
            .end(.inspection, "11-23").extend(10, "11-26")
        let ledger = try ledger(story, at: "11-26")
        let promised = try #require(ledger.current(.promised))
        #expect(
            promised.moves.map { [$0.before, $0.after] } == [["2018-11-27", "2018-11-29"]])
        #expect(promised.moves.map(\.event) == [4])
        let statutory = try #require(ledger.current(.statutory))
        #expect(statutory.moves.map(\.cause) == [.special(.inspection), .extended])
        #expect(statutory.moves.map(\.event) == [4, 6])
        #expect(statutory.due.day == story.statutoryDue && promised.due.day == story.due)
        #expect(
            promised.days.filter { if case .paused = $0.reason { true } else { false } }.map(\.day) == [
                "2018-11-21", "2018-11-22",
            ])
        #expect(ledger.current(.special(.inspection))?.result == .kept(event: 5, at: Story.at("11-23")))
    }

    @Test func `a date that was missed says so for ever, and by how much while nothing is done`() throws {
        let story = try Story.examined(promised: promise)
        #expect(try ledger(story, at: "11-29").current(.promised)?.result == .past(days: 2))
        let late = try story.review("11-29").grant("11-29")
        guard case .missed(_, let at)? = try ledger(late, at: "12-31").current(.promised)?.result else {
            Issue.record("not missed")
            return
        }
        #expect(at == Story.at("11-29"))
        #expect(try ledger(late, at: "11-29").current(.delivery)?.startRule == .decision)
    }

    @Test func `the same events give the same ledger at any later time, once nothing runs`() throws {
        let over = try Story(delivery: .eCertificate).submit("11-19").accept("11-20").review("11-21").grant("11-21")
            .file("11-21").issue("11-22").handOver("11-22").close("11-22")
        let then = try ledger(over, at: "11-22")
        #expect(try ledger(over, at: "2026-11-22") == then)
        #expect(then.runs.allSatisfy { !$0.result.isOpen })
    }

    @Test func `a withdrawal drops what runs`() throws {
        let story = try Story.examined().perform(.withdraw(note: ""), "11-21", by: .person(Story.applicant))
        let runs = try ledger(story, at: "11-22").runs
        #expect(runs.suffix(2).allSatisfy { $0.result == .dropped(event: 4, at: Story.at("11-21")) })
    }

    @Test func `what if we stop today is answered without stopping anything`() throws {
        let story = try Story.examined(promised: promise)
        let dossier = try #require(story.dossier)
        let dates = try #require(story.rules.ifStopped(dossier, for: WorkingDays(5), at: Story.at("11-21")))
        let stopped = try story.begin(.expertReview, days: 5, "11-21")
        #expect(dates.promised.day == stopped.due && dates.statutory.day == stopped.statutoryDue)
        #expect(story.rules.due(of: dossier)?.day == "2018-11-27")
        let filed = try #require(try Story().submit("11-19").dossier)
        #expect(story.rules.ifStopped(filed, for: WorkingDays(5), at: Story.at("11-21")) == nil)
    }

    @Test func `a silent acceptance counts from the receipt and was missed`() throws {
        let silent = try Story().submit("11-19").tick("11-27")
        let ledger = try ledger(silent, at: "11-27")
        #expect(ledger.current(.promised)?.startRule == .acceptanceBySilence)
        #expect(ledger.current(.promised)?.startsAt == Story.at("11-19"))
        guard case .missed? = ledger.current(.acceptance)?.result else {
            Issue.record("not missed")
            return
        }
    }
}
