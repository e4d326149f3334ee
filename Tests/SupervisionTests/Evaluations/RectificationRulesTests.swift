import Store
import Supervision
import Testing
import Vocabulary

@Suite struct RectificationRulesTests {
    @Test func `one and two stars open a rectification, with a working day to call and fifteen to mend`() throws {
        for grade in EvaluationGrade.allCases {
            guard case .given(let given, _) = try Judged.give(Judged.draft(grade), try Judged.standing()) else {
                return
            }
            #expect((try Judged.loop().opening(of: Judged.id(), given, at: Judged.now) != nil) == grade.isBad)
        }
        let (_, it) = try Judged.bad()
        let calendar = try WorkCalendar.shipped()
        #expect(it.opened.contactDue == calendar.day(WorkingDays(1), after: Judged.now.day))
        #expect(it.opened.rectifyDue == calendar.day(WorkingDays(15), after: Judged.now.day))
        #expect(it.running?.term == .contact)
    }

    @Test func `the loop goes from the call to the published answer`() throws {
        let story = try LoopStory().verified()
        #expect(story.it.stage == .verified)
        let done = try story.doing(.revisit(.good, "")).doing(.publish("已在指南中补上材料样本。"))
        #expect(done.it.stage == .published)
        #expect(done.it.publishedWords == "已在指南中补上材料样本。")
        #expect(done.it.revisit == .good)
        #expect(done.it.wakeAt == nil && done.it.running == nil)
        #expect(throws: RectificationRefusal.closed) { try done.doing(.contact(.reached, "再次致电")) }
    }

    @Test func `each step has its turn`() throws {
        let story = try LoopStory()
        #expect(throws: RectificationRefusal.contactFirst) { try story.doing(.rectify(.mended, "已改")) }
        #expect(throws: RectificationRefusal.notItsTurn) { try story.doing(.verify(isEnough: true, "")) }
        #expect(throws: RectificationRefusal.notItsTurn) { try story.doing(.revisit(.good, "")) }
        #expect(throws: RectificationRefusal.notItsTurn) { try story.doing(.publish("已改")) }
        let verified = try story.verified()
        #expect(throws: RectificationRefusal.notItsTurn) { try verified.doing(.rectify(.mended, "再改")) }
        #expect(throws: RectificationRefusal.notItsTurn) { try verified.doing(.contact(.reached, "再次致电")) }
    }

    @Test func `whoever was judged does not handle it alone, and whoever mended it does not verify it`() throws {
        let story = try LoopStory()
        #expect(throws: RectificationRefusal.judgedMayNot) {
            try story.doing(.contact(.reached, "已致电"), by: Judged.judgedStaff, isJudged: true)
        }
        let mended = try story.doing(.contact(.reached, "已致电")).doing(.rectify(.explained, "法律未规定可以减免"))
        #expect(throws: RectificationRefusal.sameHand) { try mended.doing(.verify(isEnough: true, "")) }
        #expect(throws: RectificationRefusal.judgedMayNot) {
            try mended.doing(.verify(isEnough: true, ""), by: Judged.judgedStaff, isJudged: true)
        }
        #expect(throws: RectificationRefusal.judgedMayNot) {
            try story.verified().doing(.revisit(.good, ""), by: Judged.judgedStaff, isJudged: true)
        }
        let other = Actor.staff(StaffID(Subject(high: 5, low: 9)))
        let sentBack = try mended.doing(.verify(isEnough: false, "样本仍然缺少"), by: other)
        #expect(sentBack.it.stage == .contacted)
    }

    @Test func `somebody anonymous cannot be called, and that is written down`() throws {
        let story = try LoopStory(named: false)
        #expect(throws: RectificationRefusal.unreachable) { try story.doing(.contact(.reached, "已致电")) }
        #expect(throws: RectificationRefusal.reachable) { try LoopStory().doing(.contact(.impossible, "")) }
        let verified = try story.doing(.contact(.impossible, ""))
            .doing(.rectify(.mended, "已改"), by: Judged.judgedStaff, isJudged: true).doing(.verify(isEnough: true, ""))
        #expect(throws: RectificationRefusal.unreachable) { try verified.doing(.revisit(.good, "")) }
        #expect(try verified.doing(.revisit(nil, "")).it.stage == .revisited)
        // Whoever left a number and does not answer is written down with what was tried.
        #expect(throws: RectificationRefusal.wordsMissing) { try LoopStory().verified().doing(.revisit(nil, "")) }
    }

    @Test func `an appeal waits for the ruling, and what is upheld does not count`() throws {
        let story = try LoopStory().doing(.appeal(.malicious, "评价人从未办理此事"))
        #expect(story.it.isUnderAppeal)
        #expect(throws: RectificationRefusal.underAppeal) { try story.doing(.contact(.reached, "已致电")) }
        let upheld = try story.doing(.rule(isUpheld: true, "核实无办件"), by: Judged.supervisor)
        #expect(upheld.it.stage == .excluded)
        #expect(EvaluationTally.of(upheld.evaluation.given, upheld.it).excluded == 1)
        #expect(EvaluationTally.of(upheld.evaluation.given, upheld.it).given == 0)
        let rejected = try story.doing(.rule(isUpheld: false, "确有其事"), by: Judged.supervisor)
        #expect(rejected.it.stage == .open)
        #expect(throws: RectificationRefusal.appellantMayNotRule, "whoever appealed") {
            try story.doing(.rule(isUpheld: true, "核实无办件"))
        }
        #expect(throws: RectificationRefusal.judgedMayNot, "whoever was judged") {
            try story.doing(.rule(isUpheld: true, "核实无办件"), by: Judged.supervisor, isJudged: true)
        }
        #expect(throws: RectificationRefusal.appealedBefore) { try rejected.doing(.appeal(.mistaken, "再次申诉")) }
        #expect(throws: RectificationRefusal.noAppeal) { try rejected.doing(.rule(isUpheld: true, "改判")) }
    }

    @Test func `words are asked for, have a limit, and the public reads nobody's number`() throws {
        let story = try LoopStory()
        #expect(throws: RectificationRefusal.wordsMissing) { try story.doing(.contact(.reached, " ")) }
        #expect(throws: RectificationRefusal.wordsTooLong) {
            try story.doing(.contact(.reached, String(repeating: "长", count: 1001)))
        }
        let asked = try story.verified().doing(.revisit(.fair, ""))
        #expect(throws: RectificationRefusal.wordsPersonal) { try asked.doing(.publish("已致电13800000001说明")) }
        _ = try asked.doing(.publish("已于2026年12月更正。"))
    }

    @Test func `what is late is said once for each term`() throws {
        let story = try LoopStory()
        #expect(try story.doing(.tick).it == story.it)
        let late = try story.doing(.tick, by: .platform, days: 3)
        #expect(late.it.late == [.contact])
        #expect(try late.doing(.tick, by: .platform, days: 4).it == late.it)
        let later = try late.doing(.tick, by: .platform, days: 40)
        #expect(later.it.late == [.contact, .rectification])
        #expect(later.it.wakeAt == nil)
        let called = try story.doing(.contact(.reached, "已致电"), days: 3)
        #expect(called.it.isContactLate(on: called.it.opened.contactDue))
        #expect(EvaluationTally.of(called.evaluation.given, called.it).contactedInTime == 0)
    }

    @Test func `every event reads itself back, and no free text stands in a public part`() throws {
        let words = RectificationEvent.Words("林晓榕说样本不清")
        let events: [RectificationEvent] = [
            .opened(try Judged.bad().1.opened), .contacted(.reached, words), .rectified(.explained, words),
            .returned(words), .verified(nil), .revisited(.good, words), .revisited(nil, nil),
            .appealed(.mistaken, words), .ruled(isUpheld: true, words), .published(words), .overdue(.contact),
        ]
        for (index, event) in events.enumerated() {
            let entry = try Judged.entry(event, Subject(high: 1, low: 1), index + 1, .platform)
            #expect(try RectificationEvent(entry) == event)
            #expect(!String(decoding: entry.body, as: UTF8.self).contains("林晓榕"))
        }
        let given = try Judged.give(Judged.draft(.bad), try Judged.standing())
        let entry = try Judged.entry(given, Subject(high: 1, low: 2), 1, .platform)
        #expect(try EvaluationEvent(entry) == given)
        #expect(!String(decoding: entry.body, as: UTF8.self).contains("\(Judged.person)"))
        #expect(!entry.publicPart.isEmpty)
    }
}
