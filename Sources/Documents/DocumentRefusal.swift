package import Vocabulary

/// Why a paper cannot be made as it was asked for.
package enum DocumentRefusal: Refusal, Equatable {
    /// The typeface has no picture of this character; a box or a gap in its place would be another text.
    case missingCharacter(Unicode.Scalar)
    /// More pages than the paper's or the face's limit, or a text, a picture or a package beyond one of its limits.
    case tooLong
    /// Empty, with a NUL, or longer than the largest code holds.
    case unfitForCode
    /// The name does not go around a seal: `SealDrawing.nameCharacters`.
    case unfitForSeal

    package var code: String {
        switch self {
        case .missingCharacter: "document.missing-character"
        case .tooLong: "document.too-long"
        case .unfitForCode: "document.unfit-for-code"
        case .unfitForSeal: "document.unfit-for-seal"
        }
    }

    package var kind: RefusalKind { .invalid }

    package static let codes = [
        "document.missing-character", "document.too-long", "document.unfit-for-code", "document.unfit-for-seal",
    ]
}
