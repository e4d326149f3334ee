package import Vocabulary

/// What follows from a command. Pure: no clock, no database, nothing awaited.
package struct DossierRules: Sendable {
    package let clock: LegalClock

    package init(clock: LegalClock) {
        self.clock = clock
    }

    /// The events with which a dossier begins. In modes without paper before acceptance the submission is the receipt
    /// (电子签名法 art. 11); at a counter the originals are there.
    package func begin(_ submission: Submission) throws(DossierRefusal) -> [DossierEvent] {
        let mode = submission.mode
        guard mode.isOffered else { throw .modeNotOffered }
        guard submission.delivery.isOffered, mode.allows(submission.delivery) else { throw .deliveryNotOffered }
        guard (submission.hall != nil) == (mode.submission == .counter) else { throw .modeNotForCounter }
        try requireKnown(submission.materials.map(\.material), submission.terms)
        let submitted = DossierEvent.Submitted(
            terms: submission.terms, mode: mode, delivery: submission.delivery, situation: submission.situation,
            applicant: submission.applicant, agent: submission.agent, numbers: submission.numbers,
            materials: submission.materials, hall: submission.hall)
        return [.submitted(submitted, submission.personal)] + (mode.receipt == .originals ? [] : [.received])
    }

    /// The events that follow from a command on a dossier that exists. What silence has already done by `now` happens
    /// first, whoever comes: on the sixth day a filing is accepted, not corrected (行政许可法 art. 32(4)).
    package func decide(
        _ command: DossierCommand, on dossier: Dossier, by actor: Actor, at now: Instant
    ) throws(DossierRefusal) -> [DossierEvent] {
        let silent = silence(of: dossier, at: now)
        guard command != .tick else { return silent.map { [$0] } ?? [] }
        guard let silent else { return try answer(command, on: dossier, by: actor, at: now) }
        var later = dossier
        do {
            try later.apply(silent, at: now, by: .platform)
        } catch {
            preconditionFailure("what silence does always follows from where a dossier stands")
        }
        return [silent] + (try answer(command, on: later, by: actor, at: now))
    }

    /// What silence does to a dossier that stands where it stands; nil while the period runs.
    package func silence(of dossier: Dossier, at now: Instant) -> DossierEvent? {
        guard let wake = nextWake(of: dossier), wake <= now else { return nil }
        switch dossier.stage {
        case .preReview: return .preReviewPassed(bySilence: true)
        case .received(let since): return .accepted(from: since, bySilence: true)
        case .correctionRequested: return .lapsed
        default: return nil
        }
    }

    /// When silence will do something; nil when it never will.
    package func nextWake(of dossier: Dossier) -> Instant? {
        switch dossier.stage {
        case .preReview(let since): clock.due(LegalClock.preReview, after: since).end
        case .received(let since): clock.due(LegalClock.acceptance, after: since).end
        case .correctionRequested(let since, _): clock.due(dossier.submitted.terms.correction, after: since).end
        default: nil
        }
    }

    private func answer(
        _ command: DossierCommand, on dossier: Dossier, by actor: Actor, at now: Instant
    ) throws(DossierRefusal) -> [DossierEvent] {
        if dossier.hasEnded { throw .alreadyEnded }
        switch command {
        case .submit: throw .alreadySubmitted
        case .returnForPreReview, .resubmit, .passPreReview, .receive: return try intake(command, dossier)
        case .requestCorrection, .supplyCorrection, .accept, .decline: return try acceptance(command, dossier, now)
        case .passReview, .returnToReviewer, .grant, .refuse: return try decision(command, dossier, actor.staff)
        case .fileCertificate, .issue, .handOver, .close: return try delivery(command, dossier)
        case .withdraw(let note):
            guard dossier.decision == nil else { throw .alreadyDecided }
            return [.withdrawn(try optional(note))]
        case .terminate(let note):
            guard dossier.decision == nil else { throw .alreadyDecided }
            return [.terminated(try required(note))]
        case .tick: return []
        }
    }

    private func intake(_ command: DossierCommand, _ dossier: Dossier) throws(DossierRefusal) -> [DossierEvent] {
        switch (command, dossier.stage) {
        case (.returnForPreReview(let defects, let note), .preReview):
            if dossier.wasReturned { throw .returnedOnce }
            try requireDefects(defects, dossier)
            return [.preReviewReturned(defects, try optional(note))]
        case (.passPreReview, .preReview): return [.preReviewPassed(bySilence: false)]
        case (.returnForPreReview, _), (.passPreReview, _):
            throw dossier.submitted.mode.hasPreReview ? .notInPreReview : .noPreReviewInThisMode
        case (.resubmit(let handedIn), .preReviewReturned):
            try requireKnown(handedIn.map(\.material), dossier.submitted.terms)
            return [.resubmitted(handedIn)]
        case (.resubmit, _): throw .notReturned
        case (.receive, .preReview): return [.preReviewPassed(bySilence: false), .received]
        case (.receive, .awaitingOriginals): return [.received]
        case (.receive, .preReviewReturned): throw .notInPreReview
        default: throw .alreadyReceived
        }
    }

    private func acceptance(
        _ command: DossierCommand, _ dossier: Dossier, _ now: Instant
    ) throws(DossierRefusal) -> [DossierEvent] {
        switch (command, dossier.stage) {
        case (.requestCorrection(let defects, let note), .received):
            if dossier.wasCorrected { throw .correctionRequestedOnce }
            try requireDefects(defects, dossier)
            return [.correctionRequested(defects, try optional(note))]
        case (.accept, .received):
            guard dossier.missingMaterials.isEmpty else { throw .materialsMissing }
            return [.accepted(from: now, bySilence: false)]
        case (.decline(let ground, let note), .received):
            if ground == .notCorrected && !dossier.wasCorrected { throw .noCorrectionRequested }
            return [.declined(ground, try required(note))]
        case (.supplyCorrection(let handedIn), .correctionRequested(_, let defects)):
            try requireKnown(handedIn.map(\.material), dossier.submitted.terms)
            let supplied = Set(handedIn.map(\.material))
            guard defects.allSatisfy({ supplied.contains($0.material) }) else { throw .correctionIncomplete }
            return [.corrected(handedIn)]
        case (.supplyCorrection, _): throw .noCorrectionRequested
        case (_, .inReview), (_, .reviewed): throw .alreadyAccepted
        case (_, .preReview), (_, .preReviewReturned), (_, .awaitingOriginals), (_, .correctionRequested):
            throw .notReceived
        default: throw .alreadyDecided
        }
    }

    private func decision(
        _ command: DossierCommand, _ dossier: Dossier, _ staff: StaffID?
    ) throws(DossierRefusal) -> [DossierEvent] {
        switch (command, dossier.stage) {
        case (.passReview(let proposal, let opinion), .inReview):
            return [.reviewPassed(proposal, try required(opinion))]
        case (.passReview, .reviewed): throw .notInReview
        case (.returnToReviewer(let note), .reviewed(_, let review)):
            try requireOthers(dossier, review, staff)
            return [.returnedToReviewer(try required(note))]
        case (.grant(let grounds, let certificate), .reviewed(_, let review)):
            try requireOthers(dossier, review, staff)
            let makesCertificate = dossier.submitted.terms.certificateType != nil
            if makesCertificate && certificate == nil { throw .certificateNeeded }
            if !makesCertificate && certificate != nil { throw .noCertificateInThisItem }
            return [.granted(certificate, try required(grounds))]
        case (.refuse(let grounds), .reviewed(_, let review)):
            try requireOthers(dossier, review, staff)
            // A refusal gives its reasons (art. 38).
            return [.refused(try required(grounds))]
        case (_, .inReview): throw .notReviewed
        default:
            if dossier.decision != nil { throw .alreadyDecided }
            throw .notInReview
        }
    }

    private func delivery(_ command: DossierCommand, _ dossier: Dossier) throws(DossierRefusal) -> [DossierEvent] {
        switch (command, dossier.stage) {
        case (.fileCertificate(let filed), .granted(_, let awaited)):
            guard awaited == filed else { throw .noCertificateAwaited }
            return [.certificateFiled(filed)]
        case (.fileCertificate, _): throw .noCertificateAwaited
        case (.issue, .granted(_, .some)): throw .certificatePending
        case (.issue(let code), .granted), (.issue(let code), .certified), (.issue(let code), .refused):
            if dossier.submitted.delivery == .eCertificate { return [.issued(nil)] }
            guard !code.isEmpty else { throw .pickUpCodeMissing }
            return [.issued(DossierEvent.PickUp(code: code))]
        case (.handOver(let proof, let recipient), .issued):
            let isElectronic = dossier.submitted.delivery == .eCertificate
            guard isElectronic == (proof == .electronic) else { throw .notForElectronicDelivery }
            return [.handedOver(proof, try optional(recipient).map { DossierEvent.Recipient(name: $0.text) })]
        case (.close, .handedOver): return [.closed]
        case (.issue, .issued): throw .alreadyIssued
        case (_, .handedOver): throw .alreadyHandedOver
        case (.close, _): throw .notHandedOver
        case (.issue, _): throw .notDecided
        default: throw .notIssued
        }
    }

    /// The receiving clerk may not decide, and the reviewer may not either (domain section 3.4).
    private func requireOthers(
        _ dossier: Dossier, _ review: Dossier.Review, _ staff: StaffID?
    ) throws(DossierRefusal) {
        guard let staff else { return }
        if dossier.receivers.contains(staff) { throw .receiverMayNotDecide }
        if review.reviewer == staff { throw .reviewerMayNotDecide }
    }

    private func requireDefects(_ defects: [MaterialDefect], _ dossier: Dossier) throws(DossierRefusal) {
        guard !defects.isEmpty else { throw .defectsMissing }
        try requireKnown(defects.map(\.material), dossier.submitted.terms)
    }

    private func requireKnown(_ materials: [String], _ terms: Terms) throws(DossierRefusal) {
        guard materials.allSatisfy(terms.materials.contains) else { throw .unknownMaterial }
    }

    private func required(_ text: String) throws(DossierRefusal) -> DossierEvent.Note {
        guard let note = try optional(text) else { throw .reasonMissing }
        return note
    }

    private func optional(_ text: String) throws(DossierRefusal) -> DossierEvent.Note? {
        guard text.count <= Limits.textCharactersMax else { throw .textTooLong }
        return text.allSatisfy(\.isWhitespace) ? nil : DossierEvent.Note(text: text)
    }
}
