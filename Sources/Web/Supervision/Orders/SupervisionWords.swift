import Supervision

/// What was found, and how orders stand, in words.
extension FindingRule {
    /// What was not kept, or what was tried.
    var word: Word {
        switch self {
        case .acceptedBySilence: Word("finding.accepted-by-silence")
        case .promisePassed: Word("finding.promise-passed")
        case .statutoryPassed: Word("finding.statutory-passed")
        case .deliveryPassed: Word("finding.delivery-passed")
        case .specialBegunLate: Word("finding.special-begun-late")
        case .specialPassed: Word("finding.special-passed")
        case .hearingPassed: Word("finding.hearing-passed")
        case .verificationPassed: Word("finding.verification-passed")
        case .triedSecondCorrection: Word("finding.tried-second-correction")
        case .triedUntoldSuspension: Word("finding.tried-untold-suspension")
        case .triedWithoutReasons: Word("finding.tried-without-reasons")
        case .triedWithoutStandard: Word("finding.tried-without-standard")
        case .triedUnnamedAuthority: Word("finding.tried-unnamed-authority")
        case .triedAlone: Word("finding.tried-alone")
        case .triedOwnMatter: Word("finding.tried-own-matter")
        case .triedUnlawfulHearing: Word("finding.tried-unlawful-hearing")
        case .triedUnlawfulExtension: Word("finding.tried-unlawful-extension")
        case .claimedSuspension: Word("finding.claimed-suspension")
        }
    }

    /// The article that it is against.
    var article: Word {
        switch self {
        case .acceptedBySilence, .triedSecondCorrection: Word("article.licensing-32-4")
        case .triedUnnamedAuthority: Word("article.licensing-32-2")
        case .promisePassed: Word("article.environment-36")
        case .statutoryPassed, .triedUnlawfulExtension: Word("article.licensing-42")
        case .deliveryPassed: Word("article.licensing-44")
        case .specialBegunLate, .triedWithoutStandard: Word("article.licensing-55")
        case .specialPassed, .triedUntoldSuspension, .claimedSuspension: Word("article.licensing-45")
        case .hearingPassed: Word("article.licensing-47")
        case .triedUnlawfulHearing: Word("article.licensing-47-48")
        case .verificationPassed: Word("article.commitment")
        case .triedWithoutReasons: Word("article.licensing-38")
        case .triedAlone: Word("article.licensing-34-55")
        case .triedOwnMatter: Word("article.civil-servants-76")
        }
    }
}

extension Finding.State {
    var word: Word {
        switch self {
        case .open: Word("finding.state-open")
        case .ordered: Word("finding.state-ordered")
        case .reviewed: Word("finding.state-reviewed")
        }
    }
}

extension SupervisionOrder.Stage.Name {
    var word: Word {
        switch self {
        case .open: Word("order.stage-open")
        case .answered: Word("order.stage-answered")
        case .appealed: Word("order.stage-appealed")
        case .closed: Word("order.stage-closed")
        }
    }
}

extension SupervisionOrder.Outcome {
    var word: Word {
        switch self {
        case .settled: Word("order.outcome-settled")
        case .upheld: Word("order.outcome-upheld")
        case .withdrawn: Word("order.outcome-withdrawn")
        }
    }
}
