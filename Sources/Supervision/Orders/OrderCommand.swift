package import Vocabulary

/// What somebody wants of a supervision order that was issued.
package enum OrderCommand: Hashable, Sendable, Codable {
    /// The body answers: what it says, and what it did.
    case answer(text: String, done: String)
    /// The supervisor is content.
    case accept(text: String)
    /// The supervisor is not: it is to be answered anew, in as many days.
    case sendBack(text: String)
    /// The body says why the order should not be.
    case appeal(reasons: String)
    /// The supervisor's office rules on the appeal.
    case rule(isUpheld: Bool, text: String)
    case withdraw(text: String)
    /// Time has passed.
    case tick

    /// What the actor must be allowed to do for the case: any one of these.
    package var powers: [Power] {
        switch self {
        case .answer, .appeal: [.lead, .decide, .review]
        case .accept, .sendBack, .rule, .withdraw: [.supervise]
        case .tick: [.platform]
        }
    }
}

/// Why an order does not do what somebody wants.
package enum OrderRefusal: String, Refusal, CaseIterable {
    case notFound = "order.not-found"
    /// Nobody found it.
    case findingNotFound = "order.finding-not-found"
    /// An order about the same finding is not closed yet.
    case alreadyOrdered = "order.already-ordered"
    /// More orders about one case than are of use.
    case tooMany = "order.too-many"
    /// Not between one and thirty working days.
    case daysUnfit = "order.days-unfit"
    case wordsMissing = "order.words-missing"
    case textTooLong = "order.text-too-long"
    /// The answer does not say what was done.
    case doneMissing = "order.done-missing"
    /// The body has answered or appealed already.
    case notOpen = "order.not-open"
    case notAnswered = "order.not-answered"
    case notAppealed = "order.not-appealed"
    case appealedOnce = "order.appealed-once"
    /// An appeal comes before the answer is due.
    case appealTooLate = "order.appeal-too-late"
    /// Whoever issued it does not rule on the appeal where somebody else can.
    case issuerMayNotRule = "order.issuer-may-not-rule"
    case closed = "order.closed"
    /// Somebody has looked at the finding already.
    case alreadyReviewed = "order.already-reviewed"
    /// Something has happened since it was seen.
    case movedOn = "order.moved-on"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notFound, .findingNotFound: .notFound
        case .daysUnfit, .wordsMissing, .textTooLong, .doneMissing: .invalid
        case .issuerMayNotRule: .forbidden
        case .tooMany: .tooMany
        case .movedOn: .movedOn
        default: .conflict
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
