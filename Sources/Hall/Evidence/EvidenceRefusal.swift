package import Vocabulary

/// Why no evidence pack is made.
package enum EvidenceRefusal: String, Refusal, CaseIterable {
    /// The journal's log does not cover the case yet, and nobody sealed it in time.
    case notSealed = "evidence.not-sealed"
    /// The files of the case are more than a pack holds.
    case tooLarge = "evidence.too-large"

    package var code: String { rawValue }
    package var kind: RefusalKind { .conflict }

    package static let codes = allCases.map(\.rawValue)
}
