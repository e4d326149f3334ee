package import Vocabulary

/// Signatures of documents that are not read.
package enum CMSRefusal: String, Refusal, CaseIterable {
    /// Not the DER of a CMS signed-data, or beyond its limits.
    case malformed = "signing.malformed-cms"
    /// Well-formed, and of a kind that we do not judge: other content, no signed attributes, several signers.
    case unsupported = "signing.unsupported-cms"
    /// The signer's certificate does not come along.
    case missingSigner = "signing.missing-signer"

    /// Every code, for `docs/codes.md`.
    package static let codes = allCases.map(\.rawValue)

    package var code: String { rawValue }
    package var kind: RefusalKind { .invalid }
}

/// What is true of the signature in a CMS by itself, whoever the signer is.
package enum CMSVerdict: String, Sendable, Equatable, Codable, CaseIterable {
    /// The signer's key made it over the attributes that it carries.
    case valid
    /// The key did not make it.
    case wrongSignature
    /// An algorithm that we do not verify: neither valid nor wrong.
    case unsupported
}
