package import Vocabulary

/// Why a hardware module does not sign.
package enum HardwareRefusal: String, Refusal, CaseIterable {
    /// The module cannot be loaded, or is none.
    case noModule = "signing.no-hardware-module"
    /// No token of this label is present.
    case missingToken = "signing.missing-hardware-token"
    /// The token does not take the PIN, or is locked.
    case wrongPIN = "signing.wrong-hardware-pin"
    /// The token has no key of this label, or no pair on P-256.
    case missingKey = "signing.missing-hardware-key"
    /// The hardware or its interface has no such algorithm: PKCS#11 has no number for SM2.
    case lacksAlgorithm = "signing.hardware-lacks-algorithm"
    /// A key in hardware whose certificate was taken back: it is replaced there, under the same label.
    case mustBeReplaced = "signing.hardware-key-must-be-replaced"

    /// Every code, for `docs/codes.md`.
    package static let codes = allCases.map(\.rawValue)

    package var code: String { rawValue }
    package var kind: RefusalKind { .invalid }
}
