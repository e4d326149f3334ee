package import Vocabulary

/// Why a notice is not made or not sent as it is.
package enum NoticeRefusal: String, Refusal, CaseIterable {
    /// A value that the kind needs is not there, or is of another type.
    case valueMissing = "notice.value-missing"
    /// A value that the kind does not know: what a message does not need does not go in.
    case valueUnknown = "notice.value-unknown"
    /// The text would carry the number of an identity card out of the house.
    case identityNumber = "notice.identity-number"
    /// A text message of more parts than one may send.
    case tooLong = "notice.too-long"
    /// Something that is no address of electronic mail.
    case malformedMail = "notice.malformed-mail"
    case notFound = "notice.not-found"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .valueMissing, .valueUnknown, .identityNumber, .tooLong, .malformedMail: .invalid
        case .notFound: .notFound
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
