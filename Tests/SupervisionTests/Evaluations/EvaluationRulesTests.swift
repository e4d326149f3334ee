import Supervision
import Testing
import Vocabulary

@Suite struct EvaluationRulesTests {
    @Test func `there are forty phrases, eight to a grade, and the national exchange counts grades the other way`()
        throws
    {
        let tags = try EvaluationTags.shipped()
        #expect(tags.all.count == 40)
        #expect(EvaluationGrade.allCases.map { tags.of($0).count } == [8, 8, 8, 8, 8])
        #expect(tags[code: "207"]?.grade == .bad)
        #expect(tags[code: "999"] == nil)
        #expect(EvaluationGrade.allCases.map(\.nationalNumber) == [5, 4, 3, 2, 1])
        #expect(EvaluationGrade(nationalNumber: 1) == .veryGood)
        #expect(EvaluationGrade(nationalNumber: 0) == nil)
        #expect(EvaluationGrade.allCases.filter(\.isBad) == [.veryBad, .bad])
        #expect(EvaluationGrade.allCases.filter(\.isSatisfied) == [.fair, .good, .veryGood])
    }

    @Test func `each channel has a code of its own, and what is said to the house is entered by its staff`() {
        #expect(Set(EvaluationChannel.allCases.map(\.code)).count == 10)
        #expect(EvaluationChannel.allCases.filter(\.isEnteredByStaff) == [.phone, .sms, .hotline, .opinionBox])
    }

    @Test func `a list of phrases that is not whole stops the start`() {
        #expect(throws: (any Error).self) { try EvaluationTags("star,grade_zh,tag_code,tag_zh\n5,非常满意,510,好") }
        #expect(throws: (any Error).self) { try EvaluationTags("star,grade_zh,tag_code,tag_zh\n5,满意,510,好") }
    }

    @Test func `an occasion is judged after its end, within thirty days, and once`() throws {
        let given = try Judged.give(Judged.draft(), try Judged.standing())
        guard case .given(let said, let personal) = given else { return }
        #expect(said.grade == .veryGood && !said.isAnonymous)
        #expect(personal?.person == Judged.person)
        #expect(throws: EvaluationRefusal.notOpenYet) {
            try Judged.give(Judged.draft(), try Judged.standing(endedAt: nil))
        }
        #expect(throws: EvaluationRefusal.givenAlready) {
            try Judged.give(Judged.draft(), try Judged.standing(isJudged: true))
        }
        let last = Judged.now.advanced(bySeconds: 30 * 86_400)
        _ = try Judged.give(Judged.draft(), try Judged.standing(), at: last)
        #expect(throws: EvaluationRefusal.over) {
            try Judged.give(Judged.draft(), try Judged.standing(), at: last.advanced(bySeconds: 86_400))
        }
        #expect(try Judged.rules().lastDay(of: try Judged.standing()) == Judged.now.day.advanced(byDays: 30))
    }

    @Test func `without a grade there is no evaluation, and phrases are those of the grade`() throws {
        var draft = EvaluationDraft(nil, by: .mobile)
        #expect(throws: EvaluationRefusal.gradeMissing) { try Judged.give(draft, try Judged.standing()) }
        for tags in [["510"], ["999"], ["207", "207"]] {
            draft = Judged.draft(.bad)
            draft.tags = tags
            #expect(throws: EvaluationRefusal.tagUnfit) { try Judged.give(draft, try Judged.standing()) }
        }
        draft.tags = ["214", "207"]
        guard case .given(let said, _) = try Judged.give(draft, try Judged.standing()) else { return }
        #expect(said.tags == ["207", "214"])
    }

    @Test func `a matter has five indicators and a visit four`() throws {
        #expect(EvaluationIndicator.all(of: .matter).count == 5)
        #expect(EvaluationIndicator.all(of: .visit).count == 4)
        var draft = Judged.draft()
        draft.indicators = [.attitude: .good]
        #expect(throws: EvaluationRefusal.indicatorUnfit) { try Judged.give(draft, try Judged.standing()) }
        _ = try Judged.give(draft, try Judged.standing(1, .visit))
    }

    @Test func `words have a limit, and whoever was judged enters nothing`() throws {
        var draft = Judged.draft()
        draft.words = String(repeating: "好", count: 501)
        #expect(throws: EvaluationRefusal.wordsTooLong) { try Judged.give(draft, try Judged.standing()) }
        let told = EvaluationDraft(.bad, by: .phone)
        let standing = try Judged.standing()
        #expect(throws: EvaluationRefusal.judgedMayNotEnter) {
            try Judged.rules().give(told, of: standing, enteredByStaff: true, isJudged: true, at: Judged.now)
        }
        #expect(throws: EvaluationRefusal.channelUnfit) { try Judged.give(told, standing) }
        #expect(throws: EvaluationRefusal.channelUnfit) {
            try Judged.rules().give(Judged.draft(), of: standing, enteredByStaff: true, isJudged: false, at: Judged.now)
        }
    }

    @Test func `codes are stable and their own`() {
        #expect(EvaluationRefusal.codes.allSatisfy { $0.hasPrefix("evaluation.") })
        #expect(RectificationRefusal.codes.allSatisfy { $0.hasPrefix("rectification.") })
        #expect(EvaluationRefusal.notFound.kind == .notFound && EvaluationRefusal.linkWrong.kind == .notFound)
        #expect(EvaluationRefusal.nobodyServed.kind == .conflict && EvaluationRefusal.mobileUnfit.kind == .invalid)
        #expect(RectificationRefusal.notFound.kind == .notFound && RectificationRefusal.sameHand.kind == .forbidden)
    }
}
