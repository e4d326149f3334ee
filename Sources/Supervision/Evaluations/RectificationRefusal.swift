package import Vocabulary

/// Why something is not done about a bad review.
package enum RectificationRefusal: String, Refusal, CaseIterable {
    case notFound = "rectification.not-found"
    /// It is published, or does not count.
    case closed = "rectification.closed"
    /// The supervisor has not ruled on the appeal.
    case underAppeal = "rectification.under-appeal"
    /// Nobody was called yet.
    case contactFirst = "rectification.contact-first"
    /// It is mended or explained already, or that is not its turn.
    case notItsTurn = "rectification.not-its-turn"
    /// Whoever was judged does neither call, nor verify, nor call back, nor rule on an appeal.
    case judgedMayNot = "rectification.judged-may-not"
    /// Whoever mended it does not verify it herself.
    case sameHand = "rectification.same-hand"
    /// Nobody left a name or a number.
    case unreachable = "rectification.unreachable"
    /// Somebody can be asked: only where nobody can, the call is left out.
    case reachable = "rectification.reachable"
    case wordsMissing = "rectification.words-missing"
    case wordsTooLong = "rectification.words-too-long"
    /// What the public reads holds a number of somebody's.
    case wordsPersonal = "rectification.words-personal"
    /// The body has appealed before: once for each review.
    case appealedBefore = "rectification.appealed-before"
    case noAppeal = "rectification.no-appeal"
    /// Whoever appealed does not rule on it herself.
    case appellantMayNotRule = "rectification.appellant-may-not-rule"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .judgedMayNot, .sameHand, .appellantMayNotRule: .forbidden
        case .wordsMissing, .wordsTooLong, .wordsPersonal: .invalid
        default: .conflict
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
