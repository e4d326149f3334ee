package import Vocabulary

/// Why a certificate is not shown by a code.
package enum PresentationRefusal: String, Refusal, CaseIterable {
    /// Not sixteen digits.
    case malformedCode = "presentation.malformed-code"
    /// No such code, or one that is over so long that nobody keeps it.
    case unknownCode = "presentation.unknown-code"
    /// Its time is over.
    case expired = "presentation.expired"
    /// It was for one look, and somebody looked.
    case used = "presentation.used"
    /// The holder ended it.
    case ended = "presentation.ended"
    case purposeMissing = "presentation.purpose-missing"
    case purposeTooLong = "presentation.purpose-too-long"
    /// Not so many minutes.
    case wrongMinutes = "presentation.wrong-minutes"
    /// The certificate is not in force: nothing is presented of it.
    case notInForce = "presentation.not-in-force"
    case tooManyCodes = "presentation.too-many-codes"
    /// Too many wrong codes by one person or from one place.
    case tooManyGuesses = "presentation.too-many-guesses"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .malformedCode, .purposeMissing, .purposeTooLong, .wrongMinutes: .invalid
        case .unknownCode: .notFound
        case .expired, .used, .ended, .notInForce, .tooManyCodes: .conflict
        case .tooManyGuesses: .tooMany
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
