import Store
import Testing
import Vocabulary

@testable import Supervision

/// A drawn file told in a line: `try FileReviewStory().given().sheet(1, .met).sheet(2, .met)`. It was drawn on Monday 3
/// December 2018; the house answered two of its points.
struct FileReviewStory: Sendable {
    static let now = OrderStory.at("12-03")
    static let supervisor = Actor.staff(staff(9))
    static let id = FileReviewID(Subject(high: 7, low: 1))
    static let fileID = ReviewedFileID(Subject(high: 7, low: 2))

    static func staff(_ number: UInt64) -> StaffID { StaffID(Subject(high: 2, low: number)) }

    /// Five points: a veto, one that the house found met, one that does not apply, one missed, one for people.
    static let text = """
        {"sections":[{"id":"a","name":"一","nameEnglish":"One","points":[
        {"id":"veto","name":"职权","nameEnglish":"Powers","marks":20,"isVeto":true,"basis":"待核",
        "basisEnglish":"-"},
        {"id":"met","name":"期限","nameEnglish":"Terms","marks":20,"isVeto":false,"basis":"待核",
        "basisEnglish":"-","rule":"promisedLimit"},
        {"id":"none","name":"听证","nameEnglish":"Hearing","marks":20,"isVeto":false,"basis":"待核",
        "basisEnglish":"-","rule":"twoPeople"},
        {"id":"missed","name":"送达","nameEnglish":"Delivery","marks":20,"isVeto":false,"basis":"待核",
        "basisEnglish":"-",
        "rule":"deliveryInTime"},
        {"id":"people","name":"清楚","nameEnglish":"Order","marks":20,"isVeto":false,"basis":"待核",
        "basisEnglish":"-"}]}]}
        """

    static func checklist() throws -> ReviewChecklist { try ReviewChecklist(Array(text.utf8)) }

    static func terms(
        _ sample: FileDraw.Sample = FileDraw.Sample(20, .percent), bodies: [CreditCode] = [],
        manner: FileReviewTerms.Manner = .init()
    ) throws -> FileReviewTerms {
        let (from, to) = (try #require(CivilDate("2018-11-01")), try #require(CivilDate("2018-11-30")))
        return FileReviewTerms(
            closed: from...to, within: FileReviewTerms.Extent(bodies: bodies), sample: sample,
            drawAt: now.advanced(bySeconds: 600), manner: manner)
    }

    static func cases(_ count: Int = 40) throws -> [FileDraw.ClosedCase] {
        try (0..<count).map { number in
            let body = ["11350100MADEM002X0", "11350100MADEM00380"][number % 2]
            return FileDraw.ClosedCase(
                number: "C\(1000 + number)", matter: try OrderStory.matter(UInt64(number + 1), body: body))
        }
    }

    let rules: ReviewedFileRules
    private(set) var file: ReviewedFile
    private(set) var events: [ReviewedFileEvent]

    init(_ change: (inout FileReviewTerms.Manner) -> Void = { _ in }, tookPart: [StaffID] = []) throws {
        var manner = FileReviewTerms.Manner()
        change(&manner)
        rules = ReviewedFileRules(calendar: try .shipped(), checklist: try Self.checklist(), manner: manner)
        let drawn = ReviewedFileEvent.drawn(
            ReviewedFileEvent.Drawn(
                of: Self.id, try OrderStory.matter(), rank: 1, seen: (false, tookPart),
                prefilled: [
                    ReviewedFileEvent.Prefill("met", .met, entries: [3]),
                    ReviewedFileEvent.Prefill("none", .notApplicable),
                    ReviewedFileEvent.Prefill("missed", .notMet, entries: [4, 5]),
                ]))
        events = [drawn]
        file = try ReviewedFile(Self.fileID, try Self.entry(drawn, 1))
    }

    static func entry(
        _ event: some JournalEvent, _ sequence: Int, at now: Instant = now, by actor: Actor = supervisor
    ) throws -> JournalEntry {
        JournalEntry(
            JournalEntry.Place(fileID.subject, sequence: sequence, at: now, actor: actor), kind: event.kind,
            version: type(of: event).version, body: try event.publicPart(),
            personal: try event.personalPart().map {
                JournalEntry.Personal(salt: Array(repeating: 1, count: 16), bytes: $0)
            })
    }

    func told(_ events: [ReviewedFileEvent], by actor: Actor, at now: Instant = now) throws -> FileReviewStory {
        var story = self
        story.file = try file.after(events, at: now, by: actor)
        story.events += events
        return story
    }

    /// Given to reviewers of these numbers.
    func given(_ numbers: UInt64...) throws -> FileReviewStory {
        try told(numbers.map { .assigned(Self.staff($0), isThird: false) }, by: Self.supervisor)
    }

    func perform(
        _ command: ReviewedFileCommand, by number: UInt64, at now: Instant = now
    ) throws -> FileReviewStory {
        let actor = Actor.staff(Self.staff(number))
        return try told(try rules.decide(command, on: file, by: actor, at: now), by: actor, at: now)
    }

    func mark(
        _ point: String, _ verdict: PointVerdict, _ marks: Int? = nil, words: String = "", mend: Bool = false,
        by number: UInt64
    ) throws -> FileReviewStory {
        try perform(
            .mark(ReviewedFileCommand.Draft(point, verdict, marks: marks, words: words, asksForMending: mend)),
            by: number)
    }

    /// A whole sheet handed in: everything met but the delivery, of which so many marks are left.
    func sheet(_ number: UInt64, delivery marks: Int, veto: PointVerdict = .met) throws -> FileReviewStory {
        try perform(.confirm, by: number)
            .mark("veto", veto, words: "说明", by: number)
            .mark("missed", .notMet, marks, words: "逾期送达", mend: true, by: number)
            .mark("people", .met, by: number)
            .perform(.submit, by: number)
    }
}
