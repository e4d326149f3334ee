import Store
import Testing
import Vocabulary

@testable import Supervision

/// What the tests of evaluations have in common.
enum Judged {
    /// Monday, ten o'clock.
    static let now = Instant(CivilDate(daysSinceEpoch: 20_780), hour: 10)
    static let person = PersonID(Subject(high: 3, low: 3))
    static let judgedStaff = Actor.staff(StaffID(Subject(high: 5, low: 1)))
    static let colleague = Actor.staff(StaffID(Subject(high: 5, low: 2)))
    static let supervisor = Actor.staff(StaffID(Subject(high: 5, low: 3)))

    static func rules() throws -> EvaluationRules { EvaluationRules(try .shipped()) }
    static func loop() throws -> RectificationRules { RectificationRules(calendar: try .shipped()) }

    static func id(_ number: UInt64 = 1, at now: Instant = now) -> EvaluationID {
        EvaluationID(Subject(high: UInt64(now.milliseconds) << 16 | 0x7000, low: number << 8))
    }

    static func stamp(_ now: Instant = now, _ actor: Actor = .platform) -> Stamp {
        Stamp(now: now, actor: actor, entropy: Entropy(seed: Array(repeating: 3, count: 32)))
    }

    static func place(hall: String? = nil) throws -> EvaluationPlace {
        var place = EvaluationPlace(.fuzhou)
        if let hall {
            place.hall = hall
        } else {
            place.body = CreditCode("91350100M000100Y43")
            (place.bodyName, place.item, place.itemName) = ("示范局", "000114111004", "特殊工时")
        }
        return place
    }

    static func standing(
        _ number: UInt64 = 1, _ kind: EvaluationOccasion.Kind = .matter, endedAt: Instant? = now, isJudged: Bool = false
    ) throws -> OccasionStanding {
        OccasionStanding(
            EvaluationOccasion(kind, of: Subject(high: 9, low: number)),
            at: try place(hall: kind == .visit ? "350105" : nil), opensAt: endedAt, endedAt: endedAt, isJudged: isJudged
        )
    }

    static func draft(_ grade: EvaluationGrade = .veryGood, named: Bool = true) -> EvaluationDraft {
        var draft = EvaluationDraft(grade, by: .mobile)
        if named { draft.person = person }
        return draft
    }

    static func give(
        _ draft: EvaluationDraft, _ standing: OccasionStanding, at now: Instant = now
    ) throws -> EvaluationEvent {
        try rules().give(draft, of: standing, enteredByStaff: false, isJudged: false, at: now)
    }

    /// A bad review as it was given, without a store.
    static func bad(named: Bool = true) throws -> (Evaluation, Rectification) {
        let event = try give(draft(.bad, named: named), try standing())
        guard case .given(let given, _) = event else { throw Fault.corrupt("not given") }
        let evaluation = try Evaluation(id(), entry(event, id().subject, 1, .platform))
        let opening = try #require(try loop().opening(of: id(), given, at: now))
        let opened = RectificationID.of(id())
        let it = try #require(try Rectification.folded(opened, [entry(opening, opened.subject, 1, .platform)]))
        return (evaluation, it)
    }

    static func entry(
        _ event: some JournalEvent, _ subject: Subject, _ sequence: Int, _ actor: Actor, at now: Instant = now
    ) throws -> JournalEntry {
        let personal = try event.personalPart().map {
            JournalEntry.Personal(salt: Array(repeating: 1, count: 16), bytes: $0)
        }
        return JournalEntry(
            JournalEntry.Place(subject, sequence: sequence, at: now, actor: actor), kind: event.kind,
            version: type(of: event).version, body: try event.publicPart(), personal: personal)
    }
}

/// The life of a bad review, told step by step.
struct LoopStory {
    let evaluation: Evaluation
    var it: Rectification

    init(named: Bool = true) throws { (evaluation, it) = try Judged.bad(named: named) }

    func doing(
        _ command: RectificationCommand, by actor: Actor = Judged.colleague, isJudged: Bool = false,
        days: Int = 0
    ) throws -> LoopStory {
        var story = self
        let now = Judged.now.advanced(bySeconds: Int64(days) * 86_400)
        let hand = RectificationRules.Hand(actor, isJudged: isJudged)
        for event in try Judged.loop().decide(command, on: it, of: evaluation, by: hand, at: now) {
            try story.it.apply(event, at: now, by: actor)
        }
        return story
    }

    func verified() throws -> LoopStory {
        try doing(.contact(.reached, "已致电")).doing(.rectify(.mended, "已补齐样本"), by: Judged.judgedStaff, isJudged: true)
            .doing(.verify(isEnough: true, ""))
    }
}
