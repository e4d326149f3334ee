import Delivery
import Dossiers
import Papers
import Supervision
import Vocabulary

/// What the house knows of a closed case when it is drawn, and how it answers points of the checklist by that. Pure:
/// the same case answers the same. Where it cannot say, a person must look.
struct FileEvidence {
    let dossier: Dossier
    let history: [DossierTable.HistoryLine]
    let papers: [PaperLine]
    let originals: [CustodyItem]
    let findings: [Finding]
    /// Whether the grant stands in the public list.
    let isPublished: Bool
    let rules: DossierRules

    /// How a point is answered, and the entries of the case on which that rests.
    struct Answer: Equatable {
        let verdict: PointVerdict
        let entries: [Int]

        init(_ verdict: PointVerdict, _ entries: [Int] = []) { (self.verdict, self.entries) = (verdict, entries) }
    }

    /// Every point of a checklist that has a rule.
    func prefilled(_ checklist: ReviewChecklist) -> [ReviewedFileEvent.Prefill] {
        checklist.points.compactMap { point in
            guard let rule = point.rule else { return nil }
            let answer = answer(rule)
            return ReviewedFileEvent.Prefill(point.id, answer.verdict, entries: answer.entries)
        }
    }

    func answer(_ rule: PrefillRule) -> Answer {
        switch rule {
        case .acceptanceInWriting: acceptanceInWriting
        case .acceptanceInTime: acceptanceInTime
        case .correctionOnce: correctionOnce
        case .twoPeople: twoPeople
        case .suspensionTold: suspensionTold
        case .hearingInTime: hearingInTime
        case .handsApart: handsApart
        case .statutoryLimit: limit(\.isLawKept, .statutoryPassed)
        case .promisedLimit: limit(\.isPromiseKept, .promisePassed)
        case .extensionApproved: extensionApproved
        case .decisionInWriting: decisionInWriting
        case .refusalReasons: refusalReasons
        case .deliveryInTime: deliveryInTime
        case .deliveryProof: deliveryProof
        case .publication: publication
        case .papersNumbered: papersNumbered
        case .fileComplete: fileComplete
        case .custodyOver: custodyOver
        case .nothingTried: nothingTried
        }
    }

    /// Staff who took it in, examined or decided it.
    var tookPart: [StaffID] {
        let all = dossier.receivers + dossier.reviewers + dossier.proceedings.handling.examiners
        return Set(all + [dossier.decision?.decider].compactMap(\.self)).sorted()
    }

    private func entries(_ isWanted: (DossierEvent) -> Bool) -> [Int] {
        history.filter { isWanted($0.event) }.map(\.sequence)
    }

    private func has(_ kinds: PaperKind...) -> Bool {
        papers.contains { paper in !paper.isVoided && kinds.contains { $0.id == paper.kind.id } }
    }

    private var acceptances: [Int] {
        entries {
            switch $0 {
            case .accepted, .declined: true
            default: false
            }
        }
    }

    private var decisions: [Int] {
        entries {
            switch $0 {
            case .granted, .refused: true
            default: false
            }
        }
    }

    private var breaches: [Breach] { rules.breaches(of: dossier) }
}

/// The application and its acceptance, the examination.
extension FileEvidence {
    private var acceptanceInWriting: Answer {
        if dossier.acceptance?.bySilence == true { return Answer(.notMet, acceptances) }
        if acceptances.isEmpty { return Answer(.look) }
        return Answer(has(.acceptance, .nonAcceptance) ? .met : .look, acceptances)
    }

    private var acceptanceInTime: Answer {
        if dossier.acceptance?.bySilence == true { return Answer(.notMet, acceptances) }
        let corrections = entries { if case .correctionRequested = $0 { true } else { false } }
        // Nobody answered later than silence would have: the clock would have accepted it.
        return acceptances.isEmpty && corrections.isEmpty ? Answer(.look) : Answer(.met, corrections + acceptances)
    }

    private var correctionOnce: Answer {
        let corrections = entries { if case .correctionRequested = $0 { true } else { false } }
        if findings.contains(where: { $0.rule == .triedSecondCorrection }) { return Answer(.look, corrections) }
        switch corrections.count {
        case 0: return Answer(.notApplicable)
        case 1: return Answer(.met, corrections)
        // A further notice names only what the first answer brought; whether it could have been seen, a person says.
        default: return Answer(.look, corrections)
        }
    }

    private var twoPeople: Answer {
        let looked = dossier.proceedings.special.filter { $0.procedure.staffMin > 0 }
        guard !looked.isEmpty else { return Answer(.notApplicable) }
        let entries = looked.map(\.event)
        let hands = looked.map { Set($0.finding?.staff ?? []).count + Set($0.finding?.officers ?? []).count }
        return Answer(hands.allSatisfy { $0 >= 2 } ? .met : .look, entries)
    }

    private var suspensionTold: Answer {
        let special = dossier.proceedings.special.map(\.event)
        if breaches.contains(.specialPassed) || breaches.contains(.specialBegunLate) { return Answer(.notMet, special) }
        if findings.contains(where: { $0.rule.isSuspension }) { return Answer(.look, special) }
        return special.isEmpty ? Answer(.notApplicable) : Answer(.met, special)
    }

    private var hearingInTime: Answer {
        let told = entries { if case .hearing = $0 { true } else { false } }
        if breaches.contains(.hearingPassed) { return Answer(.notMet, told) }
        // That none was told is right only where nobody has a major interest: a person says.
        return told.isEmpty ? Answer(.look) : Answer(.met, told)
    }

    private var handsApart: Answer {
        guard let decision = dossier.decision else { return Answer(.notApplicable) }
        guard let decider = decision.decider else { return Answer(.look, decisions) }
        let others = dossier.receivers + dossier.reviewers + dossier.proceedings.handling.examiners
        return Answer(others.contains(decider) ? .notMet : .met, decisions)
    }

    private var nothingTried: Answer {
        findings.contains { $0.rule.isTried } ? Answer(.look) : Answer(.met)
    }
}

/// The decision, its delivery, and the file.
extension FileEvidence {
    private func limit(_ isKept: (DecisionTime) -> Bool, _ breach: Breach) -> Answer {
        guard let time = rules.decisionTime(of: dossier) else { return Answer(.notApplicable) }
        return Answer(isKept(time) ? .met : .notMet, decisions)
    }

    private var extensionApproved: Answer {
        guard let extended = dossier.proceedings.extended else { return Answer(.notApplicable) }
        return Answer(extended.approver == nil ? .look : .met, [extended.event])
    }

    private var decisionInWriting: Answer {
        guard dossier.decision != nil else { return Answer(.notApplicable) }
        return Answer(has(.grant, .refusal) || dossier.certificate != nil ? .met : .look, decisions)
    }

    private var refusalReasons: Answer {
        if case .ended(.declined, _, _) = dossier.stage { return Answer(.look, acceptances) }
        guard let decision = dossier.decision, !decision.isGrant else { return Answer(.notApplicable) }
        let reasons = history.contains { if case .refused(_, .some) = $0.event { true } else { false } }
        // The paper of a refusal names the remedies.
        return Answer(reasons && has(.refusal) ? .met : .look, decisions)
    }

    private var handedOver: [Int] { entries { if case .handedOver = $0 { true } else { false } } }

    private var deliveryInTime: Answer {
        guard dossier.decision != nil else { return Answer(.notApplicable) }
        if breaches.contains(.deliveryPassed) { return Answer(.notMet, handedOver) }
        return handedOver.isEmpty ? Answer(.look) : Answer(.met, handedOver)
    }

    private var deliveryProof: Answer {
        guard dossier.decision != nil else { return Answer(.notApplicable) }
        return handedOver.isEmpty ? Answer(.look) : Answer(.met, handedOver)
    }

    private var publication: Answer {
        guard let decision = dossier.decision, decision.isGrant else { return Answer(.notApplicable) }
        return Answer(isPublished ? .met : .look, decisions)
    }

    private var papersNumbered: Answer {
        guard !papers.isEmpty else { return Answer(.look) }
        return Answer(papers.allSatisfy { !$0.number.isEmpty && !$0.isVoided } ? .met : .look)
    }

    private var fileComplete: Answer {
        if dossier.personal == nil { return Answer(.look) }
        return Answer(dossier.missingMaterials.isEmpty && dossier.proceedings.lagging.isEmpty ? .met : .look)
    }

    private var custodyOver: Answer {
        guard !originals.isEmpty else { return Answer(.notApplicable) }
        return Answer(originals.allSatisfy { $0.isOver && $0.missingSince == nil } ? .met : .notMet)
    }
}
