import Vocabulary

/// From the filing to its acceptance (行政许可法 art. 32).
extension DossierRules {
    func intake(_ deed: Deed) throws(DossierRefusal) -> [DossierEvent] {
        let dossier = deed.dossier
        switch (deed.command, dossier.stage) {
        case (.returnForPreReview(let defects, let note), .preReview):
            if dossier.wasReturned { throw .returnedOnce }
            return [.preReviewReturned(try requireDefects(defects, dossier), try optional(note))]
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

    func acceptance(_ deed: Deed) throws(DossierRefusal) -> [DossierEvent] {
        let dossier = deed.dossier
        switch (deed.command, dossier.stage) {
        case (.requestCorrection(let defects, let note), .received):
            let named = try requireDefects(defects, dossier)
            try requireFirstNotice(named, dossier)
            return [.correctionRequested(named, try optional(note))]
        case (.mend(let handedIn), .received):
            guard !handedIn.isEmpty else { throw .nothingToMend }
            try requireKnown(handedIn.map(\.material), deed.terms)
            return [.mended(handedIn)]
        case (.accept, .received):
            guard dossier.missingMaterials.isEmpty else { throw .materialsMissing }
            return [.accepted(from: deed.now, bySilence: false)]
        case (.decline(let ground, let authority, let note), .received):
            if ground == .notCorrected && !dossier.wasCorrected { throw .noCorrectionRequested }
            let named = authority.allSatisfy(\.isWhitespace) ? nil : authority
            guard ground != .otherAuthority || named != nil else { throw .rightAuthorityMissing }
            guard authority.count <= Limits.textCharactersMax else { throw .textTooLong }
            return [.declined(ground, authority: ground == .otherAuthority ? named : nil, try required(note))]
        case (.supplyCorrection(let handedIn), .correctionRequested(_, let defects)):
            try requireKnown(handedIn.map(\.material), deed.terms)
            let supplied = Set(handedIn.map(\.material))
            guard defects.allSatisfy({ supplied.contains($0.material) }) else { throw .correctionIncomplete }
            return [.corrected(handedIn)]
        case (.supplyCorrection, _): throw .noCorrectionRequested
        default: throw notReceivable(dossier.stage)
        }
    }

    /// 容缺受理: the key materials are complete, only what the guide lists may follow, on a signed undertaking, by a day
    /// inside the promise.
    func tolerance(_ command: ToleranceCommand, _ deed: Deed) throws(DossierRefusal) -> [DossierEvent] {
        let dossier = deed.dossier
        switch (command, dossier.stage) {
        case (.accept(let lagging, let days, let undertaking), .received):
            guard !lagging.isEmpty else { throw .nothingMayFollow }
            guard lagging.allSatisfy(deed.terms.tolerable.contains) else { throw .nothingMayFollow }
            let missing = dossier.missingMaterials
            guard missing.allSatisfy(lagging.contains) else { throw .keyMaterialMissing }
            if case .files(let files) = undertaking, files.isEmpty { throw .undertakingMissing }
            if case .certificate = undertaking { throw .undertakingMissing }
            guard days > 0, days <= clockDays(deed) else { throw .toleranceTooLong }
            let ordered = deed.terms.materials.filter(lagging.contains)
            return [
                .tolerance(.granted(lagging: ordered, days: WorkingDays(days), undertaking: undertaking)),
                .accepted(from: deed.now, bySilence: false),
            ]
        case (.supply(let handedIn), _):
            let lagging = deed.proceedings.lagging
            let supplied = handedIn.map(\.material)
            guard !supplied.isEmpty, supplied.allSatisfy(lagging.contains) else { throw .nothingMayFollow }
            return [.tolerance(.supplied(handedIn))]
        case (.accept, _): throw notReceivable(dossier.stage)
        }
    }

    /// How many working days after now the promise ends.
    private func clockDays(_ deed: Deed) -> Int {
        let due = promisedDue(of: deed.dossier, acceptedAt: deed.now)
        let (first, last) = (deed.now.day.advanced(byDays: 1), due.day.advanced(byDays: 1))
        return clock.calendar.workingDays(from: first, upTo: last).count
    }

    private func notReceivable(_ stage: Dossier.Stage) -> DossierRefusal {
        switch stage {
        case .inReview, .reviewed: .alreadyAccepted
        case .preReview, .preReviewReturned, .awaitingOriginals, .correctionRequested: .notReceived
        default: .alreadyDecided
        }
    }

    /// One notice names everything (art. 32(4)); a further one may name only new defects of what the last correction
    /// brought. What was named and did not come mended is declined, not asked for again.
    private func requireFirstNotice(_ defects: [MaterialDefect], _ dossier: Dossier) throws(DossierRefusal) {
        guard dossier.wasCorrected else { return }
        let isNew = { (defect: MaterialDefect) in
            dossier.lastCorrected.contains(defect.material) && !dossier.namedDefects.contains(where: defect.isSame)
        }
        guard defects.allSatisfy(isNew) else {
            throw .correctionRequestedOnce
        }
    }

    private func requireDefects(
        _ defects: [MaterialDefect], _ dossier: Dossier
    ) throws(DossierRefusal) -> [MaterialDefect] {
        guard !defects.isEmpty else { throw .defectsMissing }
        try requireKnown(defects.map(\.material), dossier.submitted.terms)
        return try requireCauses(defects, dossier)
    }
}
