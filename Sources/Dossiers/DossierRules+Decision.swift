import Vocabulary

/// From the examination to the hand-over, and what comes after.
extension DossierRules {
    func decision(_ deed: Deed) throws(DossierRefusal) -> [DossierEvent] {
        let dossier = deed.dossier
        switch (deed.command, dossier.stage) {
        case (.passReview(let proposal, let opinion), .inReview):
            try requireNothingRuns(deed)
            if dossier.nextStep != nil { throw .stepNotLast }
            try requireNotChair(deed)
            return [.reviewPassed(proposal, try required(opinion))]
        case (.passReview, .reviewed): throw .notInReview
        case (.returnToReviewer(let note), .reviewed(_, let review)):
            try requireOthers(deed, review.reviewer)
            return [.returnedToReviewer(try required(note))]
        case (.grant(let grounds, let certificate), .reviewed), (.grant(let grounds, let certificate), .inReview):
            try requireExamined(deed)
            let makesCertificate = deed.terms.certificateType != nil
            if makesCertificate && certificate == nil { throw .certificateNeeded }
            if !makesCertificate && certificate != nil { throw .noCertificateInThisItem }
            return [.granted(certificate, try required(grounds))]
        case (.refuse(let grounds, let standard), .reviewed), (.refuse(let grounds, let standard), .inReview):
            try requireExamined(deed)
            // A refusal gives its reasons (art. 38), and the technical standard where a test did not pass (art. 55).
            let named = try optional(standard)?.text
            let failed = deed.proceedings.special.contains {
                $0.procedure.staffMin > 0 && $0.finding?.isFavourable == false
            }
            guard !failed || named != nil else { throw .standardMissing }
            return [.refused(standard: named, try required(grounds))]
        case (_, .inReview): throw .notReviewed
        default:
            if dossier.decision != nil { throw .alreadyDecided }
            throw .notInReview
        }
    }

    /// A decision rests on an examination by somebody else; with a commitment it is taken at once.
    private func requireExamined(_ deed: Deed) throws(DossierRefusal) {
        if case .reviewed(_, let review) = deed.dossier.stage {
            try requireOthers(deed, review.reviewer)
        } else if deed.dossier.submitted.isCommitted == true {
            try requireOthers(deed, nil)
        } else {
            throw .notReviewed
        }
        try requireNothingRuns(deed)
    }

    /// What runs has a result before anything rests on it: a decision after a hearing rests on its record (art. 48),
    /// and third parties are heard first (art. 36).
    func requireNothingRuns(_ deed: Deed) throws(DossierRefusal) {
        if deed.handling.rounds.open != nil { throw .opinionsOutstanding }
        if deed.proceedings.isPaused { throw .procedureRuns }
        let today = deed.now.day
        for party in deed.proceedings.parties where party.heardAt == nil {
            guard today > clock.due(InterestedParty.heardWithin, after: party.informedAt).day else {
                throw .partyNotHeard
            }
        }
    }

    /// The receiving clerk may not decide, and whoever examined may not either, nor anybody in their place or they in
    /// anybody's (domain section 3.4).
    func requireOthers(_ deed: Deed, _ reviewer: StaffID?) throws(DossierRefusal) {
        if deed.dossier.receivingOfficers.contains(deed.actor) { throw .receiverMayNotDecide }
        if deed.dossier.reviewingOfficers.contains(deed.actor) { throw .reviewerMayNotDecide }
        for staff in [deed.actor.staff, deed.standing.principal].compactMap(\.self) {
            if deed.dossier.receivers.contains(staff) { throw .receiverMayNotDecide }
            if reviewer == staff || deed.handling.examiners.contains(staff) { throw .reviewerMayNotDecide }
        }
    }

    /// Whoever conducts the hearing does not examine, in person or in whose place somebody does (art. 48(3)).
    func requireNotChair(_ deed: Deed) throws(DossierRefusal) {
        guard let chair = deed.proceedings.hearing?.chair else { return }
        if chair == deed.actor.staff || chair == deed.standing.principal { throw .chairMayNotReview }
    }

    func delivery(_ deed: Deed) throws(DossierRefusal) -> [DossierEvent] {
        let dossier = deed.dossier
        switch (deed.command, dossier.stage) {
        case (.fileCertificate(let filed), .granted(_, let awaited)):
            guard awaited == filed else { throw .noCertificateAwaited }
            return [.certificateFiled(filed)]
        case (.fileCertificate, _): throw .noCertificateAwaited
        case (.issue, .granted(_, .some)): throw .certificatePending
        case (.issue(let code), .granted), (.issue(let code), .certified), (.issue(let code), .refused):
            guard deed.proceedings.lagging.isEmpty else { throw .materialsStillLag }
            // Only what is fetched at a hall is opened by a code.
            if dossier.submitted.delivery.carrier != .hall { return [.issued(nil)] }
            guard !code.isEmpty else { throw .pickUpCodeMissing }
            return [.issued(DossierEvent.PickUp(code: code))]
        case (.handOver(let proof, let recipient), .issued):
            let carrier = dossier.submitted.delivery.carrier
            guard (carrier == .none) == (proof == .electronic) else { throw .notForElectronicDelivery }
            // What a courier brings back is handed over at a window, and what nobody fetches there may go by courier.
            return [.handedOver(proof, try optional(recipient).map { DossierEvent.Recipient(name: $0.text) })]
        case (.close, .handedOver): return [.closed]
        case (.issue, .issued): throw .alreadyIssued
        case (_, .handedOver): throw .alreadyHandedOver
        case (.close, _): throw .notHandedOver
        case (.issue, _): throw .notDecided
        default: throw .notIssued
        }
    }

    /// 告知承诺: what was promised is verified after the decision, by two (art. 34(3)); what was false undoes the grant.
    func commitment(_ command: CommitmentCommand, _ deed: Deed) throws(DossierRefusal) -> [DossierEvent] {
        guard deed.proceedings.verification == .due else { throw .nothingToVerify }
        switch command {
        case .announce(let visit):
            try requireLawful(visit, deed)
            return [.commitment(.announced(visit))]
        case .verify(let isKept, let staff, let note):
            guard Set(staff).count >= 2 else { throw .twoStaffNeeded }
            let finding = try required(note)
            let verified = DossierEvent.commitment(.verified(isKept: isKept, staff: staff, finding))
            return isKept ? [verified] : [verified, .licence(.ended(.revoked(.falseCommitment), finding))]
        }
    }

    /// By two, at a place, on a working day to come that lies within the time for the verification.
    private func requireLawful(_ visit: Verification.Visit, _ deed: Deed) throws(DossierRefusal) {
        guard Set(visit.staff).count >= 2 else { throw .twoStaffNeeded }
        try requireAppointment(visit.day, visit.minute, visit.place, deed)
        guard clock.calendar.isWorkingDay(visit.day) else { throw .visitNotOnWorkingDay }
        if let due = verificationDue(of: deed.dossier), visit.day > due.day { throw .visitTooLate }
    }

    /// Arts 8, 69 and 70: a licence that was granted is taken back, revoked or struck off, with its ground and reasons.
    func licence(_ command: LicenceCommand, _ deed: Deed) throws(DossierRefusal) -> [DossierEvent] {
        guard let decision = deed.dossier.decision, decision.isGrant else { throw .notGranted }
        switch command {
        case .end(let end, let sparesPublicInterest, let note):
            let ends = deed.proceedings.licenceEnds.map(\.kind)
            // What was taken back or revoked is still struck off (art. 70(4)); after that nothing is left.
            guard !ends.contains(.cancelled), ends.isEmpty || end.kind == .cancelled else { throw .licenceEnded }
            guard end.kind != .revoked || sparesPublicInterest else { throw .publicInterest }
            return [.licence(.ended(end, try required(note)))]
        }
    }
}
