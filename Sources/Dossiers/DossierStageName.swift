/// What lists, rows and the table of rules call a stage.
extension Dossier.Stage {
    /// The stage without its particulars, as lists, rows and the table of rules name it.
    package enum Name: String, Sendable, CaseIterable {
        case preReview, preReviewReturned, awaitingOriginals, received, correctionRequested, inReview, reviewed, granted
        case certified, refused, issued, handedOver, ended
    }

    package var name: Name {
        switch self {
        case .preReview: .preReview
        case .preReviewReturned: .preReviewReturned
        case .awaitingOriginals: .awaitingOriginals
        case .received: .received
        case .correctionRequested: .correctionRequested
        case .inReview: .inReview
        case .reviewed: .reviewed
        case .granted: .granted
        case .certified: .certified
        case .refused: .refused
        case .issued: .issued
        case .handedOver: .handedOver
        case .ended: .ended
        }
    }
}
