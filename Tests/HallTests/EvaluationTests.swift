import Dossiers
import Exchange
import Hall
import Notices
import Store
import StoreTestSupport
import Supervision
import Testing
import Vocabulary
import Windows

/// Evaluations where the rooms meet: a case and a visit are judged once, what is said of them is counted, and told to
/// whoever may hear it.
@Suite struct EvaluationTests {
    private static func closed(_ story: HallStory) async throws -> DossierID {
        let id = try await story.granted()
        try await story.settle()
        return id
    }

    private static func judge(
        _ id: DossierID, _ grade: EvaluationGrade, _ story: HallStory, named: Bool = true, attempt: Attempt? = nil
    ) async throws -> EvaluationID {
        var draft = EvaluationDraft(grade, by: .mobile)
        if named { draft.person = HallStory.applicant }
        return try await story.hall.evaluate(
            .matter(id), draft, by: .herself(.person(HallStory.applicant)), attempt: attempt ?? story.token())
    }

    @Test(arguments: StoreUnderTest.all)
    func `a case is judged once it has its result, once, and its applicant is invited once`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let filed = try await story.filed()
            await #expect(throws: EvaluationRefusal.notOpenYet) { try await Self.judge(filed, .good, story) }
            let id = try await Self.closed(story)
            let told = try await story.hall.told(about: id).map(\.notice.kind)
            #expect(told.filter { $0 == .evaluationInvited }.count == 1)
            let attempt = story.token()
            let given = try await Self.judge(id, .bad, story, attempt: attempt)
            #expect(try await Self.judge(id, .bad, story, attempt: attempt) == given, "a double click judges once")
            await #expect(throws: EvaluationRefusal.givenAlready) { try await Self.judge(id, .good, story) }
            let entry = try #require(
                try await story.hall.store.read { tx in try Journal.first(of: given.subject, in: tx) })
            #expect(entry.actor == .platform && entry.kind == "evaluation.given", "who judged is no public part")
            let body = String(decoding: entry.body, as: UTF8.self)
            for word in ["350100", "11350100MADEM002X0", "000114111003"] { #expect(body.contains(word), "\(word)") }
            #expect(!body.contains("\(HallStory.applicant)"))
            story.clock.move(days: 31)
            let late = try await Self.closed(story)
            story.clock.move(days: 31)
            await #expect(throws: EvaluationRefusal.over) { try await Self.judge(late, .good, story) }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the figures count what could be judged and what was, and a recount of the journal agrees`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            for grade in [EvaluationGrade.veryGood, .bad] {
                _ = try await Self.judge(try await Self.closed(story), grade, story)
            }
            _ = try await Self.closed(story)
            let month = Month(of: story.hall.time.now().day)
            let tally = try await story.hall.evaluationFigures(month...month)
            #expect(tally.given == 2 && tally.occasions == 3 && tally.participation == 667)
            #expect(try await story.hall.recountEvaluations() == 2)
            #expect(try await story.hall.evaluationFigures(month...month) == tally)
            #expect(try await story.hall.evaluationFigures(month.advanced(by: 1)...month.advanced(by: 1)).given == 0)
        }
    }

    @Test func `what is exported counts grades as the national exchange does, and names nobody`() async throws {
        try await StoreUnderTest.sqlite.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await Self.closed(story)
            _ = try await Self.judge(id, .bad, story)
            let day = story.hall.time.now().day
            let told = try #require(try await story.hall.evaluations(from: day, through: day).first)
            let cells = EvaluationSheet.line(told).split(separator: ",", omittingEmptySubsequences: false)
            #expect(cells.count == EvaluationSheet.head.split(separator: ",").count)
            #expect(cells[8] == "4" && cells[9] == "2" && cells[11] == "open")
            #expect(cells[3].count == 43)
            #expect(!EvaluationSheet.line(told).contains("\(HallStory.applicant)"))
            #expect(try await story.hall.evaluations(from: day, through: day, after: told.evaluation.id).isEmpty)
            let records = try await story.hall.records(of: id, in: story.hall.families)
            let record = try #require(records.last { $0.record.family == RecordFamily.evaluation })
            #expect(record.subject == told.evaluation.id.subject && record.sequence == 1)
            #expect(record.record.values["satisfaction"] == .text("4"))
        }
    }

    @Test func `a visit is judged at the tablet of its window within ten minutes, and by nobody who served it`()
        async throws
    {
        try await QueueHouse.open { house in
            let hall = house.hall
            let clerk = try await house.sit(1)
            let id = try await house.take()
            for deed in [Hall.WindowDeed.next, .start] { try await house.queue(deed, clerk) }
            await #expect(throws: EvaluationRefusal.nobodyServed) {
                try await hall.justServed(at: 1, of: QueueHouse.code, kiosk: house.kiosk)
            }
            await #expect(throws: EvaluationRefusal.notOpenYet) {
                try await hall.evaluate(
                    .visit(id, QueueHouse.code), EvaluationDraft(.good, by: .hallTablet), by: .herself(.platform),
                    attempt: house.attempt())
            }
            try await house.queue(.finish, clerk)
            await #expect(throws: WindowRefusal.kioskUnknown) {
                try await hall.justServed(at: 1, of: QueueHouse.code, kiosk: nil)
            }
            #expect(try await hall.justServed(at: 1, of: QueueHouse.code, kiosk: house.kiosk) == id)
            #expect(try await hall.ticket(numbered: "A001", of: QueueHouse.code, on: QueueHouse.day) == id)
            let told = EvaluationDraft(.bad, by: .phone)
            await #expect(throws: EvaluationRefusal.judgedMayNotEnter) {
                try await hall.evaluate(
                    .visit(id, QueueHouse.code), told, by: .entered(clerk), attempt: house.attempt())
            }
            let other = try await house.guest(2)
            let given = try await hall.evaluate(
                .visit(id, QueueHouse.code), told, by: .entered(other), attempt: house.attempt())
            await #expect(throws: EvaluationRefusal.nobodyServed) {
                try await hall.justServed(at: 1, of: QueueHouse.code, kiosk: house.kiosk)
            }
            let page = try await hall.badReviews(for: other)
            #expect(page.lines.map(\.evaluation) == [given] && page.next == nil)
            #expect(try await hall.badReviews(for: try await house.guest(QueueHouse.stranger)).lines.isEmpty)
            house.clock.move(minutes: 11)
            let review = try await hall.badReview(.of(given), for: clerk)
            #expect(review.isJudged && review.mayHandle && !review.mayRule)
            await #expect(throws: PerformerRefusal.notAllowed) {
                try await hall.badReview(.of(given), for: try await house.guest(QueueHouse.stranger))
            }
            await #expect(throws: RectificationRefusal.judgedMayNot) {
                try await hall.contact(of: .of(given), by: clerk)
            }
            await #expect(throws: RectificationRefusal.unreachable) {
                try await hall.contact(of: .of(given), by: other)
            }
        }
    }

    @Test func `the pulse says what is late, once`() async throws {
        try await StoreUnderTest.sqlite.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let given = try await Self.judge(try await Self.closed(story), .veryBad, story)
            let pulse = Pulse(hall: story.hall)
            #expect(try await pulse.round().lateReviews == 0)
            story.clock.move(days: 3)
            #expect(try await pulse.round().lateReviews == 1)
            #expect(try await pulse.round().lateReviews == 0)
            let it = try await story.hall.store.read { tx in try RectificationTable.load(.of(given), in: tx) }
            #expect(it.late == [.contact])
        }
    }
}
