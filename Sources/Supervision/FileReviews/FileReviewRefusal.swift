package import Vocabulary

/// Why something is not done in a review of closed files.
package enum FileReviewRefusal: String, Refusal, CaseIterable {
    case notFound = "file-review.not-found"
    // The campaign.

    /// The days are the wrong way round, too many, or not over yet.
    case periodUnfit = "file-review.period-unfit"
    /// The draw is to be named for a time to come.
    case drawTimeUnfit = "file-review.draw-time-unfit"
    case sampleUnfit = "file-review.sample-unfit"
    /// A figure of the manner lies outside its bounds.
    case termsUnfit = "file-review.terms-unfit"
    /// Something that happened within the days is not counted yet: the list would lack cases.
    case countingAwaited = "file-review.counting-awaited"
    case populationEmpty = "file-review.population-empty"
    case populationTooLarge = "file-review.population-too-large"
    case drawTooLarge = "file-review.draw-too-large"
    /// No checkpoint was sealed since the named time.
    case checkpointAwaited = "file-review.checkpoint-awaited"
    case drawnBefore = "file-review.drawn-before"
    case notDrawn = "file-review.not-drawn"
    case dealtBefore = "file-review.dealt-before"
    /// Some file finds too few reviewers who may.
    case tooFewReviewers = "file-review.too-few-reviewers"
    /// Some file is not final.
    case filesOpen = "file-review.files-open"
    case publishedBefore = "file-review.published-before"

    // One file.

    /// Whoever is of the file's body does not review it.
    case ownBody = "file-review.own-body"
    /// Whoever took part in the case does not review it.
    case tookPart = "file-review.took-part"
    /// She examines, decides, leads and supervises nothing.
    case notAReviewer = "file-review.not-a-reviewer"
    case assignedBefore = "file-review.assigned-before"
    case notYourFile = "file-review.not-your-file"
    /// The sheet was handed in.
    case sheetClosed = "file-review.sheet-closed"
    case pointUnknown = "file-review.point-unknown"
    case marksTooHigh = "file-review.marks-too-high"
    /// What is not met takes fewer than all marks, and not less than nought.
    case marksUnfit = "file-review.marks-unfit"
    /// Whoever finds something, or overrules the platform, says why.
    case wordsMissing = "file-review.words-missing"
    case wordsTooLong = "file-review.words-too-long"
    case tooManySaves = "file-review.too-many-saves"
    case sheetIncomplete = "file-review.sheet-incomplete"
    /// No third reviewer is awaited.
    case noThirdAwaited = "file-review.no-third-awaited"
    /// The marks are not told yet.
    case notSettled = "file-review.not-settled"
    case objectedBefore = "file-review.objected-before"
    case objectionTooLate = "file-review.objection-too-late"
    case noObjection = "file-review.no-objection"
    /// Whoever reviewed the file does not rule on the objection.
    case reviewerMayNotRule = "file-review.reviewer-may-not-rule"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .ownBody, .tookPart, .notYourFile, .reviewerMayNotRule: .forbidden
        case .periodUnfit, .drawTimeUnfit, .sampleUnfit, .termsUnfit, .notAReviewer, .pointUnknown, .marksTooHigh,
            .marksUnfit, .wordsMissing, .wordsTooLong:
            .invalid
        default: .conflict
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
