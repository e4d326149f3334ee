import Store
import Supervision
import Testing
import Vocabulary

/// Supervision orders: days are working days of the calendar. 19 November 2018 is a Monday.
@Suite struct OrderRulesTests {
    private func day(_ text: String) -> CivilDate { OrderStory.at(text).day }

    @Test func `an answer has three working days, one where a limit of the law is past, or as many as are given`()
        throws
    {
        #expect(try OrderStory().issue("11-19").due == day("11-22"))
        #expect(try OrderStory().issue("11-22").due == day("11-27"), "a weekend does not count")
        #expect(try OrderStory().issue("11-23", about: .statutoryPassed).due == day("11-26"))
        #expect(try OrderStory().issue("11-19", about: nil, days: 5).due == day("11-26"))
        for days in [0, 31] {
            #expect(throws: OrderRefusal.daysUnfit) { try OrderStory().issue("11-19", days: days) }
        }
    }

    @Test func `an order says something, unless the platform issues it by rule`() throws {
        #expect(throws: OrderRefusal.wordsMissing) { try OrderStory().issue("11-19", text: " \n") }
        let long = String(repeating: "长", count: Limits.textCharactersMax + 1)
        #expect(throws: OrderRefusal.textTooLong) { try OrderStory().issue("11-19", text: long) }
        let byRule = try OrderStory().issue("11-19", about: .statutoryPassed, text: nil)
        #expect(byRule.events.first?.words == nil && byRule.stage == .open)
    }

    @Test func `one order at a time about one finding, and not more than twenty about a case`() throws {
        let story = try OrderStory().issue("11-19")
        let first = try #require(story.order)
        let same = OrderRules.Draft(story.matter, finding: story.finding(.promisePassed), days: nil, text: "再次督办")
        #expect(throws: OrderRefusal.alreadyOrdered) {
            try story.rules.issue(same, after: [first], at: OrderStory.at("11-20"))
        }
        let closed = try #require(try story.answer("11-20").accept("11-21").order)
        guard case .issued(let issued, _) = try story.rules.issue(same, after: [closed], at: OrderStory.at("11-22"))
        else { throw Fault.corrupt("an order begins otherwise") }
        #expect(issued.number == "2018111001-2")
        let many = Array(repeating: closed, count: OrderRules.perCaseMax)
        #expect(throws: OrderRefusal.tooMany) { try story.rules.issue(same, after: many, at: OrderStory.at("11-22")) }
    }

    @Test func `an answer says what was done; whoever supervises accepts it or sends it back for as many days`() throws
    {
        let story = try OrderStory().issue("11-19")
        #expect(throws: OrderRefusal.doneMissing) {
            try story.perform(.answer(text: "已知悉", done: " "), "11-20", by: OrderStory.head)
        }
        #expect(throws: OrderRefusal.wordsMissing) {
            try story.perform(.answer(text: "", done: "已办结"), "11-20", by: OrderStory.head)
        }
        #expect(throws: OrderRefusal.notAnswered) { try story.accept("11-20") }
        #expect(throws: OrderRefusal.notAnswered) { try story.sendBack("11-20") }
        let answered = try story.answer("11-20")
        #expect(answered.stage == .answered)
        #expect(throws: OrderRefusal.notOpen) { try answered.answer("11-20") }
        #expect(throws: OrderRefusal.notOpen) { try answered.appeal("11-20") }
        let back = try answered.sendBack("11-22")
        #expect(back.stage == .open && back.due == day("11-27"))
        let closed = try back.answer("11-26").accept("11-26")
        #expect(closed.outcome == .settled)
        #expect(throws: OrderRefusal.closed) { try closed.answer("11-27") }
        #expect(throws: OrderRefusal.closed) {
            try closed.perform(.withdraw(text: "撤销"), "11-27", by: OrderStory.supervisor)
        }
    }

    @Test func `a body appeals once and before the answer is due, and somebody else rules where there is one`() throws {
        let story = try OrderStory().issue("11-19")
        #expect(throws: OrderRefusal.notAppealed) { try story.rule(true, "11-20") }
        #expect(throws: OrderRefusal.appealTooLate) { try story.appeal("11-23") }
        let appealed = try story.appeal("11-22", 16)
        #expect(appealed.stage == .appealed)
        #expect(throws: OrderRefusal.notOpen) { try appealed.answer("11-22") }
        #expect(throws: OrderRefusal.notOpen) {
            try appealed.perform(.withdraw(text: "撤销"), "11-22", by: OrderStory.supervisor)
        }
        #expect(throws: OrderRefusal.issuerMayNotRule) {
            try appealed.rule(true, "11-23", by: OrderStory.supervisor)
        }
        #expect(try appealed.rule(true, "11-23", by: OrderStory.supervisor, hasOther: false).stage == .open)
        // While it waits for the ruling nothing goes up.
        #expect(try appealed.tick("12-20").order?.escalations == 0)
        let upheld = try appealed.rule(true, "11-23")
        #expect(upheld.stage == .open && upheld.due == day("11-28"))
        #expect(throws: OrderRefusal.appealedOnce) { try upheld.appeal("11-26") }
        #expect(try upheld.answer("11-27").accept("11-28").outcome == .upheld)
        #expect(try appealed.rule(false, "11-23").outcome == .withdrawn)
        #expect(try story.perform(.withdraw(text: "误发"), "11-20", by: OrderStory.supervisor).outcome == .withdrawn)
    }

    @Test
    func `what is not answered goes up on the evening of its last day, after as many days to the city, and no higher`()
        throws
    {
        let story = try OrderStory(region: "350111").issue("11-19")
        let order = try #require(story.order)
        #expect(story.rules.nextWake(of: order) == OrderStory.at("11-22", 17))
        #expect(try story.tick("11-22", 16).order?.escalations == 0, "the office is still open")
        let once = try story.tick("11-22", 18)
        guard case .escalated(let step)? = once.events.last else { throw Fault.corrupt("it went up otherwise") }
        #expect(step.region.code == "350111" && step.level == 1 && step.next == day("11-27"))
        #expect(once.order?.isRed == true)
        let twice = try once.tick("11-27", 18)
        guard case .escalated(let top)? = twice.events.last else { throw Fault.corrupt("it went up otherwise") }
        #expect(top.region == .fuzhou && top.level == 2 && top.next == nil)
        let later = try twice.tick("12-28", 18)
        #expect(later.events.count == twice.events.count, "it stays red and goes no higher")
        #expect(later.order?.isRed == true && later.order.flatMap { story.rules.nextWake(of: $0) } == nil)
        let answered = try later.answer("12-28")
        #expect(answered.order?.isRed == false)
        // Sent back, it may go up anew.
        let back = try answered.sendBack("12-28")
        #expect(back.order?.escalations == 0 && back.order?.escalatesOn == back.due)
    }

    @Test func `in the city's own bodies the head of the city is the first and the last`() throws {
        let story = try OrderStory().issue("11-19").tick("12-28")
        #expect(story.events.count == 2 && story.order?.escalatesOn == nil)
        let province = try OrderStory(region: "350000").issue("11-19").tick("12-28")
        #expect(province.order?.ladder.map(\.code) == ["350000"])
    }

    @Test func `whoever answers after the last day finds first that it went up`() throws {
        let late = try OrderStory().issue("11-19").answer("11-23")
        #expect(late.events.map(\.kind) == ["order.issued", "order.escalated", "order.answered"])
        #expect(late.stage == .answered)
    }
}
