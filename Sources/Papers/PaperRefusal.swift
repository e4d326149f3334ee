package import Vocabulary

/// Why a paper cannot be made, handed over or set aside as it was asked for.
package enum PaperRefusal: Refusal, Equatable {
    /// There is no such paper, or it belongs to another case.
    case notFound
    /// A required particular is empty; these are missing.
    case particularsMissing([String])
    /// A particular that the kind does not know, of another shape, or beyond a limit.
    case particularsUnfit([String])
    /// An adverse paper without reasons (行政许可法 art. 38(2)).
    case reasonsMissing
    /// An adverse paper that does not say to whom one may turn (行政许可法 art. 38(2)).
    case remediesMissing
    /// A paper that was voided is neither served nor voided again.
    case voided
    /// The reason for voiding it is missing or longer than `Limits.textCharactersMax`.
    case voidReasonMissing
    /// The kind of paper is not served, or it is another's proof of service.
    case notServed
    /// It was served already.
    case alreadyServed
    /// Place, recipient or server is missing (民事诉讼法 art. 87 by analogy).
    case serviceIncomplete
    /// Service on a day before the paper was issued, or later than today.
    case serviceUntimely
    /// A template that is not whole: the text names the first fault.
    case templateUnfit(String)
    /// Its values were erased when retention ended; it can no longer be read.
    case forgotten

    package var code: String {
        switch self {
        case .notFound: "paper.not-found"
        case .particularsMissing: "paper.particulars-missing"
        case .particularsUnfit: "paper.particulars-unfit"
        case .reasonsMissing: "paper.reasons-missing"
        case .remediesMissing: "paper.remedies-missing"
        case .voided: "paper.voided"
        case .voidReasonMissing: "paper.void-reason-missing"
        case .notServed: "paper.not-served"
        case .alreadyServed: "paper.already-served"
        case .serviceIncomplete: "paper.service-incomplete"
        case .serviceUntimely: "paper.service-untimely"
        case .templateUnfit: "paper.template-unfit"
        case .forgotten: "paper.forgotten"
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .particularsMissing, .particularsUnfit, .reasonsMissing, .remediesMissing, .voidReasonMissing,
            .serviceIncomplete, .serviceUntimely, .templateUnfit:
            .invalid
        case .voided, .notServed, .alreadyServed, .forgotten: .conflict
        }
    }

    package static let codes = [
        "paper.not-found", "paper.particulars-missing", "paper.particulars-unfit", "paper.reasons-missing",
        "paper.remedies-missing", "paper.voided", "paper.void-reason-missing", "paper.not-served",
        "paper.already-served", "paper.service-incomplete", "paper.service-untimely", "paper.template-unfit",
        "paper.forgotten",
    ]
}
