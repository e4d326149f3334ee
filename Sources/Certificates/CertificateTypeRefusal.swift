package import Vocabulary

/// Why a row of a file of certificate types is not taken in.
package enum CertificateTypeRefusal: String, Refusal, CaseIterable {
    /// The whole file: not JSON, not a list of types, too large.
    case fileMalformed = "certificate-type.file-malformed"
    /// A row is no record, or a member of it is missing or of another kind.
    case rowMalformed = "certificate-type.row-malformed"
    case codeMalformed = "certificate-type.code-malformed"
    case codeTwice = "certificate-type.code-twice"
    /// The code does not begin with the credit code of the defining body.
    case bodyMismatch = "certificate-type.body-mismatch"
    case nameMissing = "certificate-type.name-missing"
    /// A word that is none of those that may stand there.
    case valueUnknown = "certificate-type.value-unknown"
    /// More than one rule, months beyond all bounds, or a field that is no day of the face.
    case validityUnclear = "certificate-type.validity-unclear"
    case faceMalformed = "certificate-type.face-malformed"
    case fieldTwice = "certificate-type.field-twice"
    /// A choice without choices, or choices for what is none.
    case choicesMismatch = "certificate-type.choices-mismatch"

    package var code: String { rawValue }
    package var kind: RefusalKind { self == .fileMalformed ? .malformed : .invalid }
    package static let codes = allCases.map(\.rawValue)
}
