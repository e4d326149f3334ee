package import Vocabulary

/// Why the API does not read what it was sent.
package enum APIRefusal: String, Refusal, CaseIterable {
    case noSuchAddress = "api.no-such-address"
    /// There is such an address, and it is not for that; `Allow` says for what (RFC 9110 section 15.5.6).
    case wrongMethod = "api.wrong-method"
    /// The body is not declared to be JSON.
    case notJSON = "api.not-json"
    /// The body is no JSON object of this deed: a field is missing, unknown or of another kind.
    case malformed = "api.malformed"
    case tooLarge = "api.too-large"
    /// A ground that the end of a licence does not have.
    case groundUnfit = "api.ground-unfit"
    /// One material is named with two defects.
    case materialTwice = "api.material-twice"
    /// No `Idempotency-Key`, or one of another shape.
    case keyMissing = "api.idempotency-key-missing"
    /// Not the code that opens the result.
    case wrongPickUpCode = "api.wrong-pick-up-code"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .noSuchAddress: .notFound
        case .wrongMethod: .wrongMethod
        case .notJSON, .malformed, .keyMissing: .malformed
        case .tooLarge: .tooLarge
        case .wrongPickUpCode, .materialTwice, .groundUnfit: .invalid
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
