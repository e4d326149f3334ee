package import Vocabulary

/// Why a sign-in at the unified identity came to nothing: the provider did not answer as it should, or would not.
package enum ProviderRefusal: String, Refusal, CaseIterable {
    /// This house has no provider.
    case notOffered = "identity.not-offered"
    /// Nobody answered, not in time, or more than is taken.
    case away = "identity.provider-away"
    /// An answer that is none of the protocol's, or not this provider's.
    case garbled = "identity.provider-garbled"
    /// The person herself said no.
    case declined = "identity.declined"
    /// The provider said no: the code is used or over, or it does not know this house.
    case refused = "identity.provider-refused"
    /// A token that is none, or lacks what it must say.
    case tokenMalformed = "identity.token-malformed"
    /// Signed in a way that is not taken, or not at all.
    case tokenAlgorithm = "identity.token-algorithm"
    /// Signed with a key that the provider does not publish.
    case tokenKey = "identity.token-key"
    case tokenSignature = "identity.token-signature"
    case tokenIssuer = "identity.token-issuer"
    /// Made for another house.
    case tokenAudience = "identity.token-audience"
    /// Over, or not yet begun, or made too long ago.
    case tokenTime = "identity.token-time"
    /// Made for another sign-in.
    case tokenNonce = "identity.token-nonce"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notOffered: .notFound
        case .declined: .forbidden
        case .refused: .forbidden
        case .away, .garbled, .tokenMalformed, .tokenAlgorithm, .tokenKey, .tokenSignature, .tokenIssuer,
            .tokenAudience, .tokenTime, .tokenNonce:
            .partnerFailed
        }
    }

    /// Every code of this kind of refusal.
    package static let codes = allCases.map(\.rawValue)
}
