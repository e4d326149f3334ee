package import Vocabulary

/// Why nothing is done about a look.
package enum LookInquiryRefusal: String, Refusal, CaseIterable {
    /// There is no such look, or it is at somebody else's record.
    case lookNotFound = "look-inquiry.look-not-found"
    case notFound = "look-inquiry.not-found"
    /// Once for each look.
    case askedBefore = "look-inquiry.asked-before"
    /// A program showed a code of its holder, or the platform itself looked: nobody of a body answers for it.
    case nobodyAnswers = "look-inquiry.nobody-answers"
    /// Whoever looked answers for nothing herself.
    case lookerMayNot = "look-inquiry.looker-may-not"
    case wordsMissing = "look-inquiry.words-missing"
    case wordsTooLong = "look-inquiry.words-too-long"
    case closed = "look-inquiry.closed"
    /// It is somebody else's turn.
    case notItsTurn = "look-inquiry.not-its-turn"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .lookNotFound, .notFound: .notFound
        case .lookerMayNot: .forbidden
        case .wordsMissing, .wordsTooLong: .invalid
        case .askedBefore, .nobodyAnswers, .closed, .notItsTurn: .conflict
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
