package import Store
package import Vocabulary

/// What somebody wants to happen with a question about a look.
package enum LookInquiryCommand: Hashable, Sendable {
    case answer(LookInquiryEvent.Verdict, String)
    case contest(String)
    case settle
    case rule(LookInquiryEvent.Verdict, String)
    /// The pulse.
    case tick
}

/// Who answers for a look, and until when. The days are a promise of the platform; no law names them (个人信息保护法
/// arts 44, 45 and 50 give the right to ask and the duty to answer).
package struct LookInquiryRules: Sendable {
    /// LIMIT: characters of a question or an answer.
    package static let wordsMax = 500
    /// LIMIT: working days until the head of the body answers.
    package static let answerDays = WorkingDays(5)
    /// LIMIT: working days in which whoever asked may say that she is not content.
    package static let contestDays = WorkingDays(10)

    package let calendar: WorkCalendar

    package init(calendar: WorkCalendar) { self.calendar = calendar }

    /// The question. `hasAnswerer` says whether the body has a head who did not look herself; else it goes to the
    /// supervisor at once.
    package func ask(
        about taken: Looks.Taken, by person: PersonID?, saying text: String, hasAnswerer: Bool, at now: Instant
    ) throws(LookInquiryRefusal) -> LookInquiryEvent {
        let words = try words(text)
        guard let region = taken.look.by.region ?? taken.look.by.body.flatMap({ Region($0.regionCode) }) else {
            throw .nobodyAnswers
        }
        let due = hasAnswerer ? calendar.day(Self.answerDays, after: now.day) : nil
        return .asked(LookInquiryEvent.Asked(taken, in: region, by: person, due: due), words)
    }

    /// What follows from a command.
    package func decide(
        _ command: LookInquiryCommand, on it: LookInquiry, by actor: Actor, at now: Instant
    ) throws(LookInquiryRefusal) -> [LookInquiryEvent] {
        if case .tick = command { return passed(it, on: now.day) }
        guard it.stage != .closed else { throw .closed }
        switch command {
        case .answer(let verdict, let text):
            guard it.stage == .atBody else { throw .notItsTurn }
            guard actor != it.asked.looker else { throw .lookerMayNot }
            return [.answered(verdict, try words(text))]
        case .contest(let text):
            guard it.stage == .answered, !it.isOfSupervisor else { throw .notItsTurn }
            return [.contested(try words(text))]
        case .settle:
            guard it.stage == .answered else { throw .notItsTurn }
            return [.settled]
        case .rule(let verdict, let text):
            // What a supervisor asked she may decide as soon as it is answered.
            guard it.stage == .atSupervisor || it.stage == .answered && it.isOfSupervisor else { throw .notItsTurn }
            guard actor != it.asked.looker else { throw .lookerMayNot }
            return [.ruled(verdict, try words(text))]
        case .tick: return []
        }
    }

    /// The last day on which something is awaited; nil where no day is set.
    package func due(_ it: LookInquiry) -> CivilDate? {
        switch it.stage {
        case .atBody: it.asked.due
        case .answered: it.answeredAt.map { calendar.day(Self.contestDays, after: $0.day) }
        // The supervisor has as long as the body had.
        case .atSupervisor: it.raisedAt.map { calendar.day(Self.answerDays, after: $0.day) }
        case .closed: nil
        }
    }

    /// When the pulse looks again: the day after; nil for never.
    package func wakeAt(_ it: LookInquiry) -> Instant? {
        guard it.stage == .atBody || it.stage == .answered else { return nil }
        return due(it).map { Instant($0.advanced(byDays: 1)) }
    }

    private func passed(_ it: LookInquiry, on today: CivilDate) -> [LookInquiryEvent] {
        guard let due = due(it), today > due else { return [] }
        switch it.stage {
        case .atBody: return [.escalated]
        case .answered: return [.settled]
        case .atSupervisor, .closed: return []
        }
    }

    private func words(_ text: String) throws(LookInquiryRefusal) -> LookInquiryEvent.Words {
        guard text.count <= Self.wordsMax else { throw .wordsTooLong }
        guard !text.allSatisfy(\.isWhitespace) else { throw .wordsMissing }
        return LookInquiryEvent.Words(text)
    }
}
