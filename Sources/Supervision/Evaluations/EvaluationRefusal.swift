package import Vocabulary

/// Why an evaluation is not taken.
package enum EvaluationRefusal: String, Refusal, CaseIterable {
    case notFound = "evaluation.not-found"
    /// There is nothing to judge yet.
    case notOpenYet = "evaluation.not-open-yet"
    /// The time in which it can be judged is over.
    case over = "evaluation.over"
    /// It was judged: once for each case and each visit, and nobody changes it.
    case givenAlready = "evaluation.given-already"
    case gradeMissing = "evaluation.grade-missing"
    /// A phrase that is none, one of another grade, or one twice.
    case tagUnfit = "evaluation.tag-unfit"
    /// An indicator that this kind of occasion has not.
    case indicatorUnfit = "evaluation.indicator-unfit"
    case wordsTooLong = "evaluation.words-too-long"
    /// Whoever served is not to enter what was said of it.
    case judgedMayNotEnter = "evaluation.judged-may-not-enter"
    /// The way in is not the one that was used.
    case channelUnfit = "evaluation.channel-unfit"
    /// The link is not the one that was given out for this visit or case.
    case linkWrong = "evaluation.link-wrong"
    /// Nobody was served at this window just now.
    case nobodyServed = "evaluation.nobody-served"
    /// What was typed as a telephone number is none.
    case mobileUnfit = "evaluation.mobile-unfit"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notFound, .linkWrong: .notFound
        case .judgedMayNotEnter: .forbidden
        case .gradeMissing, .tagUnfit, .indicatorUnfit, .wordsTooLong, .channelUnfit, .mobileUnfit: .invalid
        case .notOpenYet, .over, .givenAlready, .nobodyServed: .conflict
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
