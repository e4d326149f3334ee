package import Vocabulary

/// What somebody wants to happen about a bad review.
package enum RectificationCommand: Hashable, Sendable {
    case contact(RectificationEvent.Contact, String)
    case rectify(RectificationEvent.Measure, String)
    /// Whether what was done is enough.
    case verify(isEnough: Bool, String)
    /// Nil where nobody can be asked.
    case revisit(EvaluationGrade?, String)
    case appeal(RectificationEvent.Ground, String)
    case rule(isUpheld: Bool, String)
    case publish(String)
    /// The pulse: says what is late by now.
    case tick
}

/// The closed loop of a bad review (国办发〔2019〕51号: 实名差评回访整改率 100%); who does what, and until when.
package struct RectificationRules: Sendable {
    /// LIMIT: working days until somebody calls. Ours: the paper says no number.
    package static let contactDays = WorkingDays(1)
    /// LIMIT: working days until it is mended; that of one city's rule.
    package static let rectifyDays = WorkingDays(15)
    /// LIMIT: characters of a note.
    package static let wordsMax = 1000
    /// LIMIT: digits in a row that the public may read; more are somebody's number.
    package static let digitsMax = 6

    package let calendar: WorkCalendar

    package init(calendar: WorkCalendar) { self.calendar = calendar }

    /// Whose hand does it: that of whoever acts, or of the colleague in whose place alone she may.
    package struct Hand: Hashable, Sendable {
        package let actor: Actor
        /// Whether the review is about what that one did.
        package let isJudged: Bool

        package init(_ actor: Actor, isJudged: Bool) { (self.actor, self.isJudged) = (actor, isJudged) }
    }

    /// What opens with an evaluation; nil for a good one.
    package func opening(of id: EvaluationID, _ given: EvaluationEvent.Given, at now: Instant) -> RectificationEvent? {
        guard given.grade.isBad else { return nil }
        return .opened(
            RectificationEvent.Opened(
                evaluation: id, grade: given.grade, place: given.place,
                contactDue: calendar.day(Self.contactDays, after: now.day),
                rectifyDue: calendar.day(Self.rectifyDays, after: now.day)))
    }

    /// What follows from a command.
    package func decide(
        _ command: RectificationCommand, on it: Rectification, of evaluation: Evaluation, by hand: Hand,
        at now: Instant
    ) throws(RectificationRefusal) -> [RectificationEvent] {
        if case .tick = command { return overdue(it, on: now.day) }
        guard it.stage.isOpen else { throw .closed }
        if case .rule(let isUpheld, let text) = command { return [try rule(isUpheld, text, it, hand)] }
        guard !it.isUnderAppeal else { throw .underAppeal }
        switch command {
        case .contact(let contact, let text): return [try self.contact(contact, text, it, evaluation, hand)]
        case .rectify(let measure, let text):
            guard it.contact != nil else { throw .contactFirst }
            guard it.stage == .contacted else { throw .notItsTurn }
            return [.rectified(measure, try words(text))]
        case .verify(let isEnough, let text):
            guard it.stage == .rectified else { throw .notItsTurn }
            guard !hand.isJudged else { throw .judgedMayNot }
            guard it.rectifiedBy != hand.actor else { throw .sameHand }
            return [isEnough ? .verified(try optional(text)) : .returned(try words(text))]
        case .revisit(let grade, let text):
            guard it.stage == .verified else { throw .notItsTurn }
            guard !hand.isJudged else { throw .judgedMayNot }
            if grade != nil, evaluation.isUnreachable { throw .unreachable }
            // Whoever can be asked and does not answer is written down with what was tried.
            let noted = grade == nil && !evaluation.isUnreachable ? try words(text) : try optional(text)
            return [.revisited(grade, noted)]
        case .appeal(let ground, let text):
            guard it.appeal == nil else { throw .appealedBefore }
            guard [.open, .contacted, .rectified, .verified].contains(it.stage) else { throw .notItsTurn }
            return [.appealed(ground, try words(text))]
        case .publish(let text):
            guard it.stage == .revisited else { throw .notItsTurn }
            let said = try words(text)
            guard !Self.isPersonal(text) else { throw .wordsPersonal }
            return [.published(said)]
        case .rule, .tick: return []
        }
    }

    private func contact(
        _ contact: RectificationEvent.Contact, _ text: String, _ it: Rectification, _ evaluation: Evaluation,
        _ hand: Hand
    ) throws(RectificationRefusal) -> RectificationEvent {
        guard [.open, .contacted].contains(it.stage) else { throw .notItsTurn }
        guard !hand.isJudged else { throw .judgedMayNot }
        switch (contact, evaluation.isUnreachable) {
        case (.impossible, true): return .contacted(contact, try optional(text))
        case (.impossible, false): throw .reachable
        case (_, true): throw .unreachable
        case (_, false): return .contacted(contact, try words(text))
        }
    }

    private func rule(
        _ isUpheld: Bool, _ text: String, _ it: Rectification, _ hand: Hand
    ) throws(RectificationRefusal) -> RectificationEvent {
        guard it.isUnderAppeal else { throw .noAppeal }
        guard !hand.isJudged else { throw .judgedMayNot }
        guard it.appealedBy != hand.actor else { throw .appellantMayNotRule }
        return .ruled(isUpheld: isUpheld, try words(text))
    }

    private func overdue(_ it: Rectification, on today: CivilDate) -> [RectificationEvent] {
        guard it.stage.isOpen else { return [] }
        var events: [RectificationEvent] = []
        if it.contact == nil, today > it.opened.contactDue, !it.late.contains(.contact) {
            events.append(.overdue(.contact))
        }
        if [.open, .contacted].contains(it.stage), today > it.opened.rectifyDue, !it.late.contains(.rectification) {
            events.append(.overdue(.rectification))
        }
        return events
    }

    private func words(_ text: String) throws(RectificationRefusal) -> RectificationEvent.Words {
        guard let words = try optional(text) else { throw .wordsMissing }
        return words
    }

    private func optional(_ text: String) throws(RectificationRefusal) -> RectificationEvent.Words? {
        guard text.count <= Self.wordsMax else { throw .wordsTooLong }
        return RectificationEvent.Words(text)
    }

    /// Whether a text holds a number that can be somebody's: a telephone, an identity card, a case.
    static func isPersonal(_ text: String) -> Bool {
        var run = 0
        for character in text {
            run = character.isNumber ? run + 1 : 0
            if run > digitsMax { return true }
        }
        return false
    }
}
