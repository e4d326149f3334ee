package import Vocabulary

/// Who may judge what, and until when.
package struct EvaluationRules: Sendable {
    /// LIMIT: characters of what somebody writes.
    package static let wordsMax = 500
    /// LIMIT: calendar days after the end in which an occasion can be judged; ours, no law says so.
    package static let usualTermDays = 30

    package let termDays: Int
    package let tags: EvaluationTags

    package init(_ tags: EvaluationTags, termDays: Int = usualTermDays) {
        (self.tags, self.termDays) = (tags, termDays)
    }

    /// The last day on which an occasion can be judged; nil while it has not ended.
    package func lastDay(of standing: OccasionStanding) -> CivilDate? {
        standing.endedAt.map { $0.day.advanced(byDays: termDays) }
    }

    /// Refuses an occasion that cannot be judged now: too early, too late, or judged already.
    package func requireOpen(_ standing: OccasionStanding, at now: Instant) throws(EvaluationRefusal) {
        guard !standing.isJudged else { throw .givenAlready }
        guard let opens = standing.opensAt, opens <= now else { throw .notOpenYet }
        if let last = lastDay(of: standing), now.day > last { throw .over }
    }

    /// Whether it can be judged now.
    package func isOpen(_ standing: OccasionStanding, at now: Instant) -> Bool {
        do {
            try requireOpen(standing, at: now)
            return true
        } catch { return false }
    }

    /// The evaluation that a draft is. `isJudged` says whether whoever enters it is among those whom it is about.
    package func give(
        _ draft: EvaluationDraft, of standing: OccasionStanding, enteredByStaff: Bool, isJudged: Bool, at now: Instant
    ) throws(EvaluationRefusal) -> EvaluationEvent {
        try requireOpen(standing, at: now)
        guard draft.channel.isEnteredByStaff == enteredByStaff else { throw .channelUnfit }
        guard !isJudged else { throw .judgedMayNotEnter }
        guard let grade = draft.grade else { throw .gradeMissing }
        guard Set(draft.tags).count == draft.tags.count, draft.tags.allSatisfy({ tags[code: $0]?.grade == grade })
        else { throw .tagUnfit }
        let known = EvaluationIndicator.all(of: standing.occasion.kind)
        guard draft.indicators.keys.allSatisfy(known.contains) else { throw .indicatorUnfit }
        guard draft.words.count <= Self.wordsMax else { throw .wordsTooLong }
        let given = EvaluationEvent.Given(
            occasion: standing.occasion, grade: grade, tags: draft.tags.sorted(), indicators: draft.indicators,
            channel: draft.channel, place: standing.place, isAnonymous: draft.person == nil && draft.mobile == nil)
        return .given(
            given,
            EvaluationEvent.Personal(
                words: draft.words.isEmpty ? nil : draft.words, person: draft.person, mobile: draft.mobile))
    }
}
