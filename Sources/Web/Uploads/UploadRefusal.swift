package import Vocabulary

/// Why an upload is refused.
package enum UploadRefusal: String, Refusal, CaseIterable {
    case malformed = "upload.malformed"
    case tooManyParts = "upload.too-many-parts"
    case tooManyFiles = "upload.too-many-files"
    case fieldTooLarge = "upload.field-too-large"
    case unknownKind = "upload.unknown-kind"
    case empty = "upload.empty"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .malformed: .malformed
        case .tooManyParts, .tooManyFiles, .fieldTooLarge: .tooLarge
        case .unknownKind, .empty: .invalid
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
