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
    case causeMissing = "dossier.cause-missing"
    case causeWordsMissing = "dossier.cause-words-missing"
    case causeWordsPersonal = "dossier.cause-words-personal"
    case placeNotInGuide = "dossier.place-not-in-guide"
    case unknownMaterial = "dossier.unknown-material"
    case materialsMissing = "dossier.materials-missing"
    case alreadyAccepted = "dossier.already-accepted"
    case notInReview = "dossier.not-in-review"
    case notReviewed = "dossier.not-reviewed"
    case receiverMayNotDecide = "dossier.receiver-may-not-decide"
    /// Something has happened since it was seen.
    case movedOn = "dossier.moved-on"
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
    /// The result does not travel by courier.
    case notForCourier = "dossier.not-for-courier"
    /// A result by courier needs the address of a door.
    case addressMissing = "dossier.address-missing"
    case pickUpCodeMissing = "dossier.pick-up-code-missing"
    case notHandedOver = "dossier.not-handed-over"
    case alreadyHandedOver = "dossier.already-handed-over"
    case alreadyEnded = "dossier.already-ended"
    case rightAuthorityMissing = "dossier.right-authority-missing"
    case nothingToMend = "dossier.nothing-to-mend"
    case procedureRuns = "dossier.procedure-runs"
    case procedureDoesNotRun = "dossier.procedure-does-not-run"
    case timeNotTold = "dossier.time-not-told"
    case twoStaffNeeded = "dossier.two-staff-needed"
    case standardMissing = "dossier.standard-missing"
    case hearingToldOnce = "dossier.hearing-told-once"
    case hearingNotTold = "dossier.hearing-not-told"
    case hearingNotRequested = "dossier.hearing-not-requested"
    case hearingNotScheduled = "dossier.hearing-not-scheduled"
    case hearingTooSoon = "dossier.hearing-too-soon"
    case hearingTooLate = "dossier.hearing-too-late"
    case hearingNotOnWorkingDay = "dossier.hearing-not-on-working-day"
    case visitNotOnWorkingDay = "dossier.visit-not-on-working-day"
    case visitTooLate = "dossier.visit-too-late"
    case placeMissing = "dossier.place-missing"
    case dateInThePast = "dossier.date-in-the-past"
    case reviewerMayNotChair = "dossier.reviewer-may-not-chair"
    case chairMayNotReview = "dossier.chair-may-not-review"
    case notTheChair = "dossier.not-the-chair"
    case wrongApprover = "dossier.wrong-approver"
    case extendedOnce = "dossier.extended-once"
    case extensionTooLong = "dossier.extension-too-long"
    case extensionNotRequested = "dossier.extension-not-requested"
    case toldTimePassed = "dossier.told-time-passed"
    case limitPassed = "dossier.limit-passed"
    case partyUnknown = "dossier.party-unknown"
    case partyNotHeard = "dossier.party-not-heard"
    case tooManyParties = "dossier.too-many-parties"
    case nothingMayFollow = "dossier.nothing-may-follow"
    case keyMaterialMissing = "dossier.key-material-missing"
    case undertakingMissing = "dossier.undertaking-missing"
    case toleranceTooLong = "dossier.tolerance-too-long"
    case materialsStillLag = "dossier.materials-still-lag"
    case noCommitmentOffered = "dossier.no-commitment-offered"
    case commitmentBarred = "dossier.commitment-barred"
    case nothingToVerify = "dossier.nothing-to-verify"
    case renewalTooLate = "dossier.renewal-too-late"
    case earlierApplicationFirst = "dossier.earlier-application-first"
    case notGranted = "dossier.not-granted"
    case licenceEnded = "dossier.licence-ended"
    case notOverrun = "dossier.not-overrun"
    case publicInterest = "dossier.public-interest"
    case lastStep = "dossier.last-step"
    case stepNotLast = "dossier.step-not-last"
    case noEarlierStep = "dossier.no-earlier-step"
    case liesWithAnother = "dossier.lies-with-another"
    /// 帮办与办理分离: whoever assists the applicant handles the case in no other way.
    case assistantMayNotHandle = "dossier.assistant-may-not-handle"
    case alreadyTaken = "dossier.already-taken"
    case notHeld = "dossier.not-held"
    case excused = "dossier.excused"
    case alreadyExcused = "dossier.already-excused"
    case conflictOfInterest = "dossier.conflict-of-interest"
    case colleagueWithoutPower = "dossier.colleague-without-power"
    case colleagueAway = "dossier.colleague-away"
    case urgedToday = "dossier.urged-today"
    case nobodyAsked = "dossier.nobody-asked"
    case tooManyAsked = "dossier.too-many-asked"
    case opinionsOutstanding = "dossier.opinions-outstanding"
    case opinionTooLate = "dossier.opinion-too-late"
    case notAsked = "dossier.not-asked"
    case opinionAnswered = "dossier.opinion-answered"
    case reasonMissing = "dossier.reason-missing"
    case textTooLong = "dossier.text-too-long"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .movedOn: .movedOn
        case .receiverMayNotDecide, .reviewerMayNotDecide, .reviewerMayNotChair,
            .chairMayNotReview, .notTheChair, .wrongApprover, .commitmentBarred, .excused, .conflictOfInterest,
            .notAsked, .assistantMayNotHandle:
            .forbidden
        case .modeNotOffered, .modeNotForCounter, .deliveryNotOffered, .correctionIncomplete, .defectsMissing,
            .causeMissing, .causeWordsMissing, .causeWordsPersonal, .placeNotInGuide,
            .unknownMaterial, .materialsMissing, .reasonMissing, .textTooLong, .pickUpCodeMissing,
            .rightAuthorityMissing, .timeNotTold, .twoStaffNeeded, .standardMissing, .hearingTooSoon, .hearingTooLate,
            .hearingNotOnWorkingDay, .placeMissing, .dateInThePast, .extensionTooLong, .partyUnknown, .nothingMayFollow,
            .keyMaterialMissing, .undertakingMissing, .toleranceTooLong, .publicInterest, .nothingToMend,
            .visitNotOnWorkingDay, .visitTooLate, .noEarlierStep, .nobodyAsked, .tooManyAsked, .opinionTooLate,
            .colleagueWithoutPower:
            .invalid
        default: .conflict
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
