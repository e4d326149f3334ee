package import Vocabulary

/// Why the API does not read what it was sent.
package enum APIRefusal: String, Refusal, CaseIterable {
    case noSuchAddress = "api.no-such-address"
    /// The body is not declared to be JSON.
    case notJSON = "api.not-json"
    /// The body is no JSON object of this deed: a field is missing, unknown or of another kind.
    case malformed = "api.malformed"
    case tooLarge = "api.too-large"
    /// No `Idempotency-Key`, or one of another shape.
    case keyMissing = "api.idempotency-key-missing"
    /// Not the code that opens the result.
    case wrongPickUpCode = "api.wrong-pick-up-code"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .noSuchAddress: .notFound
        case .notJSON, .malformed, .keyMissing: .malformed
        case .tooLarge: .tooLarge
        case .wrongPickUpCode: .invalid
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
