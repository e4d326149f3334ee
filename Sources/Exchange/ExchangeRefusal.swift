package import Vocabulary

/// Why a partner is not told of events as it wants.
package enum ExchangeRefusal: String, Refusal, CaseIterable {
    /// No `https` address, one with a password or a fragment, one too long, or one of a machine that is nobody's.
    case addressUnfit = "exchange.address-unfit"
    case addressTaken = "exchange.address-taken"
    /// No kind of events that there is, or too many.
    case kindsUnfit = "exchange.kinds-unfit"
    /// No cursor.
    case cursorUnfit = "exchange.cursor-unfit"
    /// The cursor is beyond what has happened: the house was restored from a copy that is older.
    case cursorAhead = "exchange.cursor-ahead"
    case notFound = "exchange.not-found"
    case tooMany = "exchange.too-many"
    /// All places for subscriptions are taken, by all partners together.
    case houseFull = "exchange.house-full"
    case ended = "exchange.ended"
    /// This house sends nothing.
    case noPost = "exchange.no-post"
    /// No such event is held.
    case eventNotHeld = "exchange.event-not-held"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .addressUnfit, .kindsUnfit, .cursorUnfit: .invalid
        case .notFound, .eventNotHeld: .notFound
        case .addressTaken, .cursorAhead, .tooMany, .houseFull, .ended, .noPost: .conflict
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
