import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Supervision

@Suite struct LookInquiryRulesTests {
    private static let looker = Actor.staff(StaffID(Subject(high: 2, low: 1)))
    private static let head = Actor.staff(StaffID(Subject(high: 2, low: 2)))
    private static let person = PersonID(Subject(high: 1, low: 1))
    private static let look = Subject(high: 5, low: 1 << 8)

    private let rules: LookInquiryRules

    init() throws { rules = LookInquiryRules(calendar: try .shipped()) }

    /// Noon of a day of 2018.
    private static func at(_ day: String) throws -> Instant {
        Instant(try #require(CivilDate("2018-\(day)")), hour: 12)
    }

    private static func taken(_ by: Look.Looker? = nil) throws -> Looks.Taken {
        Looks.Taken(
            look,
            Look(
                by ?? Look.Looker(looker, body: nil, region: .fuzhou), at: .person(person), for: .intake,
                try at("11-16")))
    }

    /// Asked on Monday 19 November; the body answers by Monday 26.
    private func asked(by person: PersonID? = person, hasAnswerer: Bool = true) throws -> LookInquiry {
        let now = try Self.at("11-19")
        let event = try rules.ask(
            about: try Self.taken(), by: person, saying: "为什么查阅", hasAnswerer: hasAnswerer, at: now)
        let place = JournalEntry.Place(Self.look, sequence: 1, at: now, actor: Self.head)
        let entry = JournalEntry(
            place, kind: event.kind, version: 1, body: try event.publicPart(),
            personal: try event.personalPart().map {
                JournalEntry.Personal(salt: Array(repeating: 1, count: 16), bytes: $0)
            })
        return try #require(try LookInquiry.folded(LookInquiryID(Self.look), [entry]))
    }

    private func after(
        _ command: LookInquiryCommand, _ it: LookInquiry, by actor: Actor = head, on day: String
    ) throws -> LookInquiry {
        var after = it
        for event in try rules.decide(command, on: it, by: actor, at: try Self.at(day)) {
            try after.apply(event, at: try Self.at(day), by: actor)
        }
        return after
    }

    @Test func `a question has words, at most five hundred characters`() throws {
        for (text, refusal) in [
            ("", LookInquiryRefusal.wordsMissing), (" \n", .wordsMissing),
            (String(repeating: "问", count: 501), LookInquiryRefusal.wordsTooLong),
        ] {
            #expect(throws: refusal) {
                try rules.ask(
                    about: try Self.taken(), by: Self.person, saying: text, hasAnswerer: true, at: try Self.at("11-19"))
            }
        }
    }

    @Test func `where nobody of a place looked, nobody can answer`() throws {
        #expect(throws: LookInquiryRefusal.nobodyAnswers) {
            try rules.ask(
                about: try Self.taken(Look.Looker(.platform)), by: Self.person, saying: "为什么", hasAnswerer: false,
                at: try Self.at("11-19"))
        }
    }

    @Test func `the head answers within five working days, never whoever looked`() throws {
        let it = try asked()
        #expect(it.stage == .atBody && rules.due(it) == CivilDate("2018-11-26"))
        #expect(throws: LookInquiryRefusal.lookerMayNot) {
            try rules.decide(.answer(.justified, "窗口受理需要"), on: it, by: Self.looker, at: try Self.at("11-20"))
        }
        #expect(throws: LookInquiryRefusal.wordsMissing) {
            try rules.decide(.answer(.justified, ""), on: it, by: Self.head, at: try Self.at("11-20"))
        }
        #expect(throws: LookInquiryRefusal.notItsTurn) {
            try rules.decide(.contest("不满意"), on: it, by: Self.head, at: try Self.at("11-20"))
        }
        #expect(throws: LookInquiryRefusal.wordsTooLong) {
            let long = String(repeating: "答", count: 501)
            return try rules.decide(.answer(.justified, long), on: it, by: Self.head, at: try Self.at("11-20"))
        }
        let answered = try after(.answer(.justified, "窗口受理需要"), it, on: "11-20")
        #expect(answered.stage == .answered && answered.verdict == .justified)
        #expect(throws: LookInquiryRefusal.notItsTurn) {
            try rules.decide(.answer(.justified, "再答"), on: answered, by: Self.head, at: try Self.at("11-20"))
        }
    }

    @Test func `what nobody answers goes up the day after, and the supervisor decides`() throws {
        let it = try asked()
        #expect(try after(.tick, it, on: "11-26") == it, "the last day is not over")
        let up = try after(.tick, it, by: .platform, on: "11-27")
        #expect(up.stage == .atSupervisor && up.isLate && rules.wakeAt(up) == nil)
        #expect(throws: LookInquiryRefusal.notItsTurn) {
            try rules.decide(.answer(.justified, "迟到的答复"), on: up, by: Self.head, at: try Self.at("11-28"))
        }
        #expect(throws: LookInquiryRefusal.lookerMayNot) {
            try rules.decide(.rule(.justified, "同意"), on: up, by: Self.looker, at: try Self.at("11-28"))
        }
        let ruled = try after(.rule(.unjustified, "已批评教育"), up, on: "11-28")
        #expect(ruled.stage == .closed && ruled.verdict == .unjustified)
        #expect(throws: LookInquiryRefusal.closed) {
            try rules.decide(.rule(.justified, "再裁"), on: ruled, by: Self.head, at: try Self.at("11-29"))
        }
    }

    @Test func `whoever is not content takes it up, whoever says nothing ends it`() throws {
        let answered = try after(.answer(.justified, "窗口受理需要"), try asked(), on: "11-20")
        #expect(try after(.contest("我那天没有来过"), answered, on: "11-21").stage == .atSupervisor)
        #expect(try after(.settle, answered, on: "11-21").stage == .closed)
        #expect(try after(.tick, answered, on: "12-04").stage == .answered)
        #expect(try after(.tick, answered, by: .platform, on: "12-05").stage == .closed)
    }

    @Test func `where a body has no other head it is the supervisor's at once`() throws {
        let it = try asked(hasAnswerer: false)
        #expect(it.stage == .atSupervisor && !it.isLate)
    }

    @Test func `what a supervisor asked she decides as soon as it is answered`() throws {
        let it = try asked(by: nil)
        #expect(throws: LookInquiryRefusal.notItsTurn) {
            try rules.decide(.rule(.justified, "同意"), on: it, by: Self.head, at: try Self.at("11-20"))
        }
        let answered = try after(.answer(.unjustified, "已处理"), it, on: "11-20")
        #expect(try after(.rule(.unjustified, "同意处理意见"), answered, on: "11-21").stage == .closed)
        #expect(throws: LookInquiryRefusal.notItsTurn) {
            try rules.decide(.contest("不满意"), on: answered, by: Self.head, at: try Self.at("11-21"))
        }
    }

    @Test func `every event is read as it was written, and without its words once they are erased`() throws {
        let events: [LookInquiryEvent] = [
            try rules.ask(
                about: try Self.taken(), by: Self.person, saying: "问", hasAnswerer: true, at: try Self.at("11-19")),
            .answered(.justified, .init("答")), .contested(.init("不满")), .escalated, .ruled(.unjustified, .init("裁")),
            .settled,
        ]
        for event in events {
            let place = JournalEntry.Place(Self.look, sequence: 1, at: try Self.at("11-19"), actor: Self.head)
            func entry(_ personal: JournalEntry.Personal?) throws -> JournalEntry {
                JournalEntry(place, kind: event.kind, version: 1, body: try event.publicPart(), personal: personal)
            }
            let whole = try event.personalPart().map {
                JournalEntry.Personal(salt: Array(repeating: 1, count: 16), bytes: $0)
            }
            #expect(try LookInquiryEvent(try entry(whole)) == event)
            #expect(try LookInquiryEvent(try entry(nil)).words == nil)
        }
    }
}
