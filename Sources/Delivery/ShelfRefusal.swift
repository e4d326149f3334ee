package import Vocabulary

/// Why a result is not put on a shelf or not handed over.
package enum ShelfRefusal: String, Refusal, CaseIterable {
    /// Not a position of a shelf: cabinet, row and place.
    case malformedPosition = "shelf.malformed-position"
    /// Another result lies there.
    case taken = "shelf.taken"
    /// It lies there already.
    case alreadyThere = "shelf.already-there"
    /// No result of the case lies ready.
    case notReady = "shelf.not-ready"
    /// Somebody has it, or the case ended.
    case gone = "shelf.gone"
    /// The applicant was reminded twice.
    case remindedTwice = "shelf.reminded-twice"
    /// Nobody was reminded yet.
    case notReminded = "shelf.not-reminded"
    /// The pick-up code is another one.
    case wrongCode = "shelf.wrong-code"
    /// The identity card is nobody's who may take the result.
    case wrongIdentity = "shelf.wrong-identity"
    /// Whoever acts for the applicant has no letter of hers for this item today.
    case noLetter = "shelf.no-letter"
    /// Too many wrong codes or cards for this result.
    case tooManyGuesses = "shelf.too-many-guesses"
    /// Neither drawn nor by code.
    case signatureMissing = "shelf.signature-missing"
    /// No drawing of a name.
    case signatureUnfit = "shelf.signature-unfit"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .malformedPosition, .wrongCode, .wrongIdentity, .signatureMissing, .signatureUnfit: .invalid
        case .taken, .alreadyThere, .gone, .remindedTwice, .notReminded: .conflict
        case .notReady: .notFound
        case .noLetter: .forbidden
        case .tooManyGuesses: .tooMany
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
