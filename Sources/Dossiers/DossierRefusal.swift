package import Vocabulary

/// Why the law or the state of a dossier does not let a command happen.
package enum DossierRefusal: String, Refusal, CaseIterable {
    case notFound = "dossier.not-found"
    case alreadySubmitted = "dossier.already-submitted"
    case modeNotOffered = "dossier.mode-not-offered"
    case modeNotForCounter = "dossier.mode-not-for-counter"
    case deliveryNotOffered = "dossier.delivery-not-offered"
    case noPreReviewInThisMode = "dossier.no-pre-review-in-this-mode"
    case notInPreReview = "dossier.not-in-pre-review"
    case returnedOnce = "dossier.returned-once"
    case notReturned = "dossier.not-returned"
    case alreadyReceived = "dossier.already-received"
    case notReceived = "dossier.not-received"
    case correctionRequestedOnce = "dossier.correction-requested-once"
    case noCorrectionRequested = "dossier.no-correction-requested"
    case correctionIncomplete = "dossier.correction-incomplete"
    case defectsMissing = "dossier.defects-missing"
    case unknownMaterial = "dossier.unknown-material"
    case materialsMissing = "dossier.materials-missing"
    case alreadyAccepted = "dossier.already-accepted"
    case notInReview = "dossier.not-in-review"
    case notReviewed = "dossier.not-reviewed"
    case receiverMayNotDecide = "dossier.receiver-may-not-decide"
    case reviewerMayNotDecide = "dossier.reviewer-may-not-decide"
    case alreadyDecided = "dossier.already-decided"
    case notDecided = "dossier.not-decided"
    case certificateNeeded = "dossier.certificate-needed"
    case noCertificateInThisItem = "dossier.no-certificate-in-this-item"
    case noCertificateAwaited = "dossier.no-certificate-awaited"
    case certificatePending = "dossier.certificate-pending"
    case alreadyIssued = "dossier.already-issued"
    case notIssued = "dossier.not-issued"
    case notForElectronicDelivery = "dossier.not-for-electronic-delivery"
    case pickUpCodeMissing = "dossier.pick-up-code-missing"
    case notHandedOver = "dossier.not-handed-over"
    case alreadyHandedOver = "dossier.already-handed-over"
    case alreadyEnded = "dossier.already-ended"
    case reasonMissing = "dossier.reason-missing"
    case textTooLong = "dossier.text-too-long"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .receiverMayNotDecide, .reviewerMayNotDecide: .forbidden
        case .modeNotOffered, .modeNotForCounter, .deliveryNotOffered, .correctionIncomplete, .defectsMissing,
            .unknownMaterial, .materialsMissing, .reasonMissing, .textTooLong, .pickUpCodeMissing:
            .invalid
        default: .conflict
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
