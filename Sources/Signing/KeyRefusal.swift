package import Vocabulary

/// Keys that are refused.
package enum KeyRefusal: Refusal, Equatable, CaseIterable {
    /// Not a key of the expected kind, or not in the one form that is taken.
    case malformedKey
    /// An SM2 user id that is empty or too long.
    case malformedUserID
    /// A set of trusted keys holds two keys of one id.
    case ambiguousKey
    /// A set of trusted keys beyond its limit.
    case tooManyKeys
    /// Not an X.509 certificate in DER, or beyond the limits of one.
    case malformedCertificate
    /// A name that cannot stand in a certificate: empty, too long, or with control characters.
    case unfitSubject
    /// Not a ciphertext for the key, or a message that is empty or too long.
    case malformedMessage
    /// A certificate that its issuer may not give out, or whose key is not the issuer's.
    case unfitIssuer

    /// Every code, for `docs/codes.md`.
    package static let codes = allCases.map(\.code)

    package var code: String {
        switch self {
        case .malformedKey: "signing.malformed-key"
        case .malformedUserID: "signing.malformed-user-id"
        case .ambiguousKey: "signing.ambiguous-key"
        case .tooManyKeys: "signing.too-many-keys"
        case .malformedCertificate: "signing.malformed-certificate"
        case .unfitSubject: "signing.unfit-subject"
        case .malformedMessage: "signing.malformed-message"
        case .unfitIssuer: "signing.unfit-issuer"
        }
    }

    package var kind: RefusalKind { .invalid }
}
