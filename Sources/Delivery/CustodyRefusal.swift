package import Vocabulary

/// Why an original does not change hands.
package enum CustodyRefusal: String, Refusal, CaseIterable {
    /// No original bears the code.
    case notFound = "custody.not-found"
    /// Not a code of a label: a character is wrong.
    case malformedCode = "custody.malformed-code"
    /// Whoever gives it does not have it.
    case notHolder = "custody.not-holder"
    /// Nobody offered it.
    case notOffered = "custody.not-offered"
    /// It was offered to somebody else.
    case wrongReceiver = "custody.wrong-receiver"
    /// It is offered to somebody else, who has not taken it yet.
    case offeredToAnother = "custody.offered-to-another"
    /// It is there already.
    case alreadyThere = "custody.already-there"
    /// It is back with the applicant or in the archive.
    case over = "custody.over"
    /// Not so many sheets, or no material.
    case unfit = "custody.unfit"
    /// More originals than one holder counts at once.
    case tooMany = "custody.too-many"
    /// The window still has originals that nobody has counted since they came.
    case uncounted = "custody.uncounted"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .malformedCode, .unfit: .invalid
        case .notHolder, .notOffered, .offeredToAnother, .alreadyThere, .over, .uncounted: .conflict
        case .wrongReceiver: .forbidden
        case .tooMany: .tooMany
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
