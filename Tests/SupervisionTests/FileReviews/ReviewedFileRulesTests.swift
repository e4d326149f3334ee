import Store
import Testing
import Vocabulary

@testable import Supervision

@Suite struct ReviewedFileRulesTests {
    @Test func `what the house answered is confirmed at once, what it found missed is not, and the rest is marked`()
        throws
    {
        let story = try FileReviewStory().given(1, 2).perform(.confirm, by: 1)
        #expect(story.file.sheets[0].marks.keys.sorted() == ["met", "none"])
        #expect(throws: FileReviewRefusal.sheetIncomplete) { try story.perform(.submit, by: 1) }
        let whole = try story.mark("veto", .met, by: 1).mark("people", .met, by: 1)
            .mark("missed", .notMet, 5, words: "逾期", by: 1)
        #expect(whole.file.sheets[0].sum == 85)
        #expect(try whole.perform(.submit, by: 1).file.stage == .inReview, "the other sheet is open")
    }

    @Test func `marks stay within the point, and whoever misses or overrules something says why`() throws {
        let story = try FileReviewStory().given(1, 2)
        let cases: [(String, PointVerdict, Int?, String, FileReviewRefusal)] = [
            ("veto", .met, 21, "", .marksTooHigh), ("veto", .notMet, 20, "说明", .marksUnfit),
            ("veto", .notMet, -1, "说明", .marksUnfit), ("veto", .met, 3, "", .marksUnfit),
            ("veto", .notMet, 3, " ", .wordsMissing), ("met", .notApplicable, nil, "", .wordsMissing),
            ("missed", .met, nil, "", .wordsMissing), ("nothing", .met, nil, "", .pointUnknown),
            ("veto", .look, nil, "", .pointUnknown),
            ("veto", .notMet, 3, String(repeating: "长", count: 501), .wordsTooLong),
        ]
        for (point, verdict, marks, words, refusal) in cases {
            #expect(throws: refusal, "\(point) \(verdict)") {
                try story.mark(point, verdict, marks, words: words, by: 1)
            }
        }
        #expect(try story.mark("missed", .met, words: "送达有回执", by: 1).file.sheets[0].sum == 20)
        #expect(throws: FileReviewRefusal.notYourFile) { try story.mark("veto", .met, by: 3) }
        #expect(throws: FileReviewRefusal.pointUnknown) { try story.mark("nothing", .met, by: 1) }
        let long = String(repeating: "长", count: ReviewedFileRules.wordsMax + 1)
        #expect(throws: FileReviewRefusal.wordsTooLong) { try story.mark("veto", .notMet, 3, words: long, by: 1) }
        let closed = try story.sheet(1, delivery: 0)
        #expect(throws: FileReviewRefusal.sheetClosed) { try closed.mark("veto", .met, by: 1) }
        var saved = story
        for _ in 0..<ReviewedFileRules.savesMax - 3 {
            saved = try saved.told([.marked([], nil)], by: .staff(FileReviewStory.staff(1)))
        }
        #expect(throws: FileReviewRefusal.tooManySaves) { try saved.mark("veto", .met, by: 1) }
    }

    @Test func `two who are near each other give their mean, two who are far call a third, and then the middle counts`()
        throws
    {
        let near = try FileReviewStory().given(1, 2).sheet(1, delivery: 10).sheet(2, delivery: 5)
        let told = try #require(near.file.outcome)
        #expect(near.file.stage == .settled && told.marks == 88 && told.missed == ["missed"])
        #expect(told.toMend == ["missed"] && "\(told.objectUntil)" == "2018-12-10")
        let far = try FileReviewStory().given(1, 2).sheet(1, delivery: 19).sheet(2, delivery: 0)
        #expect(far.file.stage == .divergent && far.file.outcome == nil)
        let third = try far.told(
            [try far.rules.third(FileReviewStory.staff(3), for: far.file)], by: FileReviewStory.supervisor)
        #expect(throws: FileReviewRefusal.noThirdAwaited) {
            try third.rules.third(FileReviewStory.staff(4), for: third.file)
        }
        #expect(try third.sheet(3, delivery: 2).file.outcome?.marks == 82)
        let alone = try FileReviewStory { $0.reviewers = 1 }.given(1).sheet(1, delivery: 7)
        #expect(alone.file.outcome?.marks == 87)
    }

    @Test func `a point of veto keeps a file below the pass mark, and two who differ about it call a third`() throws {
        var manner = FileReviewTerms.Manner()
        let vetoed = try FileReviewStory().given(1, 2).sheet(1, delivery: 19, veto: .notMet)
            .sheet(2, delivery: 19, veto: .notMet)
        let outcome = try #require(vetoed.file.outcome)
        #expect(outcome.isVetoed && outcome.marks == 59 && outcome.grade(manner) == .failed)
        let split = try FileReviewStory { $0.gap = 50 }.given(1, 2).sheet(1, delivery: 19, veto: .notMet)
            .sheet(2, delivery: 19)
        #expect(split.file.stage == .divergent)
        let near = try FileReviewStory().given(1, 2).sheet(1, delivery: 10).sheet(2, delivery: 10)
        #expect(near.file.outcome?.grade(manner) == .excellent)
        manner.excellent = 95
        #expect(near.file.outcome?.grade(manner) == .passed)
    }

    @Test func `the body objects once and in time, and somebody who did not review it rules`() throws {
        let open = try FileReviewStory().given(1, 2)
        #expect(throws: FileReviewRefusal.notSettled) { try open.perform(.objection("不同意"), by: 5) }
        let told = try open.sheet(1, delivery: 10).sheet(2, delivery: 10)
        let late = OrderStory.at("12-11")
        #expect(throws: FileReviewRefusal.objectionTooLate) {
            try told.perform(.objection("不同意"), by: 5, at: late)
        }
        #expect(throws: FileReviewRefusal.wordsMissing) { try told.perform(.objection(""), by: 5) }
        #expect(throws: FileReviewRefusal.noObjection) {
            try told.perform(.rule(isUpheld: true, marks: 95, "属实"), by: 9)
        }
        let objected = try told.perform(.objection("回执在卷"), by: 5, at: OrderStory.at("12-10"))
        #expect(objected.file.stage == .objected && objected.file.wakeAt == nil)
        #expect(throws: FileReviewRefusal.objectedBefore) { try objected.perform(.objection("再"), by: 5) }
        #expect(throws: FileReviewRefusal.reviewerMayNotRule) {
            try objected.perform(.rule(isUpheld: true, marks: 95, "属实"), by: 1)
        }
        #expect(throws: FileReviewRefusal.marksUnfit) {
            try objected.perform(.rule(isUpheld: true, marks: 101, "属实"), by: 9)
        }
        let upheld = try objected.perform(.rule(isUpheld: true, marks: 95, "属实"), by: 9)
        #expect(upheld.file.stage == .final && upheld.file.outcome?.marks == 95)
        let rejected = try objected.perform(.rule(isUpheld: false, marks: 95, "不属实"), by: 9)
        #expect(rejected.file.outcome?.marks == 90 && rejected.file.objection?.isUpheld == false)
        #expect(try told.perform(.tick, by: 9, at: OrderStory.at("12-10")).file.stage == .settled)
        let silent = try told.perform(.tick, by: 9, at: late)
        #expect(silent.file.stage == .final)
        #expect(throws: FileReviewRefusal.objectionTooLate) { try silent.perform(.objection("不同意"), by: 5) }
    }

    @Test func `nobody reviews a file of her own body or one that she had a hand in, and each gets as many as others`()
        throws
    {
        let rules = FileReviewRules()
        let file = try FileReviewStory(tookPart: [FileReviewStory.staff(4)]).file
        let (own, other) = (file.drawn.matter.body, try #require(CreditCode("11350100MADEM00380")))
        func reviewer(_ number: UInt64, _ body: CreditCode?, every: Bool = false) -> FileReviewRules.Reviewer {
            FileReviewRules.Reviewer(
                FileReviewStory.staff(number), of: body.map { [$0] } ?? [], isOfEvery: every)
        }
        #expect(throws: FileReviewRefusal.ownBody) { try rules.check(reviewer(1, own), for: file) }
        #expect(throws: FileReviewRefusal.ownBody) { try rules.check(reviewer(1, nil, every: true), for: file) }
        #expect(throws: FileReviewRefusal.tookPart) { try rules.check(reviewer(4, other), for: file) }
        let given = try FileReviewStory().given(2).file
        #expect(throws: FileReviewRefusal.assignedBefore) { try rules.check(reviewer(2, other), for: given) }
        let pool = [reviewer(1, own), reviewer(2, other), reviewer(3, nil)]
        #expect(try rules.deal([file], to: pool, each: 2) == [file.id: [2, 3].map(FileReviewStory.staff)])
        #expect(throws: FileReviewRefusal.tooFewReviewers) { try rules.deal([file], to: pool, each: 3) }
        #expect(FileReviewRefusal.codes.allSatisfy { $0.hasPrefix("file-review.") })
    }

    @Test func `the checklist that ships is worth a hundred marks, and each rule answers one point`() throws {
        let checklist = try ReviewChecklist.shipped()
        #expect(checklist.points.reduce(0) { $0 + $1.marks } == 100)
        #expect(
            checklist.points.compactMap(\.rule).map(\.rawValue).sorted()
                == PrefillRule.allCases.map(\.rawValue).sorted())
        #expect(checklist.points.filter(\.isVeto).map(\.id) == ["a-powers", "d-statutory"])
        #expect(checklist.points.allSatisfy { !$0.basis.isEmpty && !$0.nameEnglish.isEmpty })
        let english = checklist.points.map(\.basisEnglish)
        #expect(english.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { $0 < 0x80 } })
        let less = FileReviewStory.text.replacing("\"marks\":20", with: "\"marks\":19")
        #expect(throws: Fault.self) { try ReviewChecklist(Array(less.utf8)) }
        let twice = FileReviewStory.text.replacing("\"id\":\"met\"", with: "\"id\":\"veto\"")
        #expect(throws: Fault.self) { try ReviewChecklist(Array(twice.utf8)) }
    }

    @Test func `every event folds from what it wrote, and the marks are counted by body`() throws {
        let story = try FileReviewStory().given(1, 2).sheet(1, delivery: 10).sheet(2, delivery: 5)
            .perform(.objection("回执在卷"), by: 5).perform(.rule(isUpheld: true, marks: 95, "属实"), by: 9)
            .told([.ordered(OrderStory.id)], by: .platform)
        for (number, event) in story.events.enumerated() {
            #expect(try ReviewedFileEvent(try FileReviewStory.entry(event, number + 1)) == event)
        }
        let (body, other) = (story.file.drawn.matter, try OrderStory.matter(2, body: "11350100MADEM00380"))
        func line(_ matter: SupervisedCase, _ marks: Int?, _ grade: FileGrade?) -> ReviewedFileLine {
            ReviewedFileLine(
                id: FileReviewStory.fileID, review: FileReviewStory.id, matter: matter, rank: 1,
                stage: marks == nil ? .inReview : .final, marks: marks, grade: grade)
        }
        let marks = FileMarks([
            line(body, 90, .excellent), line(body, 81, .passed), line(other, 95, .excellent), line(other, nil, nil),
        ])
        #expect(marks.rows.map(\.body) == [other.body, body.body] && marks.rows.map(\.mean) == [950, 855])
        #expect(marks.mean == 887 && marks.grades == [.excellent: 2, .passed: 1] && marks.rows[1].least == 81)
    }
}
