import Dossiers
import Testing
import Vocabulary

/// 回避, 会签 and deputies.
@Suite struct RecusalTests {
    private static func id(_ number: UInt64) -> StaffID { HandlingTests.id(number) }
    private static let second = HandlingTests.second
    private static let third = HandlingTests.third

    @Test func `who recuses herself neither reviews nor decides it`() throws {
        let story = try Story.examined().take("11-20").handle(.recuse(note: "申请人是我的亲属"), "11-20", by: Story.reviewer)
        #expect(story.dossier?.proceedings.handling.holder == nil)
        #expect(throws: DossierRefusal.excused) { try story.review("11-20") }
        #expect(throws: DossierRefusal.excused) { try story.take("11-20") }
        #expect(throws: DossierRefusal.excused) {
            try story.handle(.assign(staff: Self.id(2), note: ""), "11-20", by: Story.head)
        }
        #expect(throws: DossierRefusal.excused) {
            try story.ask([.officer(staff: Self.id(2))], until: "11-22", "11-20", by: Self.second)
        }
        #expect(throws: DossierRefusal.alreadyExcused) {
            try story.handle(.recuse(note: "同上"), "11-20", by: Story.reviewer)
        }
        #expect(throws: DossierRefusal.alreadyExcused) {
            try story.handle(.rule(staff: Self.id(2), note: "同上"), "11-20", by: Story.head)
        }
        #expect(try story.review("11-20", by: Self.second).stage == .reviewed)
    }

    @Test func `the head rules that somebody is excused, with a reason`() throws {
        let reviewed = try Story.examined().review("11-20")
        #expect(throws: DossierRefusal.reasonMissing) {
            try reviewed.handle(.rule(staff: Self.id(3), note: ""), "11-20", by: Story.head)
        }
        let ruled = try reviewed.handle(.rule(staff: Self.id(3), note: "利害关系"), "11-20", by: Story.head)
        #expect(throws: DossierRefusal.excused) { try ruled.grant("11-21") }
        #expect(throws: DossierRefusal.excused) {
            try ruled.perform(
                .grant(grounds: "符合", certificate: Story.certificate), "11-21", by: Self.third,
                standing: DeskStanding(principal: Self.id(3)))
        }
        #expect(try ruled.grant("11-21", by: Self.third).stage == .granted)
    }

    @Test func `opinions are asked for of somebody, by a day that is to come and inside the promise`() throws {
        let story = try Story.examined()
        #expect(throws: DossierRefusal.nobodyAsked) { try story.ask([], until: "11-22", "11-20") }
        let many = (100..<121).map { Respondent.officer(staff: Self.id($0)) }
        #expect(throws: DossierRefusal.tooManyAsked) { try story.ask(many, until: "11-22", "11-20") }
        #expect(throws: DossierRefusal.tooManyAsked) {
            try story.ask([many[0], many[0]], until: "11-22", "11-20")
        }
        #expect(throws: DossierRefusal.dateInThePast) { try story.ask([many[0]], until: "11-20", "11-20") }
        #expect(throws: DossierRefusal.opinionTooLate) { try story.ask([many[0]], until: "11-27", "11-20") }
        #expect(throws: DossierRefusal.notInReview) {
            try story.review("11-20").ask([many[0]], until: "11-22", "11-20", by: Story.decider)
        }
        let asked = try story.ask([many[0]], until: "11-22", "11-20")
        #expect(throws: DossierRefusal.opinionsOutstanding) { try asked.ask([many[1]], until: "11-22", "11-20") }
        #expect(throws: DossierRefusal.opinionsOutstanding) { try asked.review("11-20") }
    }

    @Test func `each answers once and for herself, and who disagrees says why`() throws {
        let (one, two) = (Respondent.officer(staff: Self.id(12)), Respondent.officer(staff: Self.id(13)))
        let asked = try Story.examined().ask([one, two], until: "11-22", "11-20")
        #expect(throws: DossierRefusal.notAsked) { try asked.answer(one, .agree, "11-21", by: Self.third) }
        #expect(throws: DossierRefusal.notAsked) {
            try asked.answer(.officer(staff: Self.id(40)), .agree, "11-21", by: HandlingTests.staff(40))
        }
        #expect(throws: DossierRefusal.reasonMissing) {
            try asked.answer(one, .disagree, "11-21", by: Self.second, text: "")
        }
        let half = try asked.answer(one, .disagree, "11-21", by: Self.second)
        #expect(throws: DossierRefusal.opinionAnswered) { try half.answer(one, .agree, "11-21", by: Self.second) }
        #expect(half.dossier?.proceedings.handling.rounds.open?.awaited == [two])
        let whole = try half.answer(two, .noComment, "11-22", by: Self.third)
        #expect(whole.kinds.suffix(2) == ["opinion-given", "opinions-closed"])
        #expect(whole.dossier?.proceedings.handling.rounds.open == nil)
        #expect(try whole.review("11-22").stage == .reviewed)
    }

    @Test func `silence until the day is no objection, is written down, and passes a step of opinions`() throws {
        let (one, two) = (Respondent.officer(staff: Self.id(12)), Respondent.officer(staff: Self.id(13)))
        let story = try HandlingTests.examined().pass("符合", "11-20").ask([one, two], until: "11-22", "11-20")
            .answer(one, .agree, "11-21", by: Self.second)
        #expect(try story.tick("11-22").dossier?.step?.id == "joint")
        let later = try story.tick("11-23")
        #expect(later.events.last == .handling(.closed(silent: [two], next: "last")))
        #expect(later.dossier?.step?.id == "last")
        #expect(later.dossier?.proceedings.handling.rounds.last?.silent == [two])
        #expect(throws: DossierRefusal.notAsked) { try later.answer(two, .agree, "11-23", by: Self.third) }
    }

    @Test func `who acts in somebody's place is named, and for whom, and is never both reviewer and decider`() throws {
        let standing = DeskStanding(principal: Self.id(2))
        let story = try Story.examined().take("11-20").perform(
            .passReview(.grant, opinion: "符合"), "11-20", by: Self.second, standing: standing)
        #expect(story.kinds.suffix(2) == ["acted-for", "review-passed"])
        #expect(story.dossier?.proceedings.handling.examiners == [Self.id(12), Self.id(2)])
        #expect(throws: DossierRefusal.reviewerMayNotDecide) { try story.grant("11-21", by: Self.second) }
        #expect(throws: DossierRefusal.reviewerMayNotDecide) { try story.grant("11-21", by: Story.reviewer) }
        #expect(throws: DossierRefusal.reviewerMayNotDecide) {
            try story.perform(
                .grant(grounds: "符合", certificate: Story.certificate), "11-21", by: Story.decider, standing: standing)
        }
    }

    @Test func `what lies with somebody who is away is taken over by anybody of the pool`() throws {
        let story = try Story.examined().take("11-20")
        #expect(throws: DossierRefusal.liesWithAnother) { try story.take("11-20", by: Self.second) }
        let taken = try story.perform(
            .handling(.take), "11-20", by: Self.second, standing: DeskStanding(isHolderAway: true))
        #expect(taken.dossier?.proceedings.handling.holder == Self.id(12))
    }

    @Test func `nothing goes from desk to desk before the acceptance or after the decision`() throws {
        let received = try Story().submit("11-19")
        let granted = try Story.examined().review("11-20").grant("11-20")
        for command in [HandlingCommand.take, .giveBack(note: ""), .urge(note: ""), .recuse(note: "原因")] {
            #expect(throws: DossierRefusal.notInReview) { try received.handle(command, "11-19", by: Story.reviewer) }
            #expect(throws: DossierRefusal.alreadyDecided) { try granted.handle(command, "11-20", by: Self.third) }
        }
    }
}
