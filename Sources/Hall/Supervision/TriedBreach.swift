import Dossiers
import Exchange
import Supervision

/// Commands that the rules refuse because the law forbids them: which refusal of which command is an attempt at which
/// breach. This is the one list. Other refusals are of the house or of the moment: nobody broke a law by being late at
/// a click.
enum TriedBreach {
    /// What was tried; nil where nobody tried what the law forbids.
    static func of(_ command: DossierCommand, refused refusal: DossierRefusal) -> FindingRule? {
        switch (command, refusal) {
        // 行政许可法 art. 32(1)(4): everything at once, and once.
        case (.requestCorrection, .correctionRequestedOnce): .triedSecondCorrection
        // Art. 45: the time needed is told in writing, with the reason, and before it is over.
        case (.special(.begin), .timeNotTold), (.special(.begin), .reasonMissing),
            (.special(.prolong), .timeNotTold), (.special(.prolong), .reasonMissing),
            (.special(.prolong), .toldTimePassed):
            .triedUntoldSuspension
        // Arts 32 and 38: a refusal gives its reasons.
        case (.refuse, .reasonMissing), (.decline, .reasonMissing): .triedWithoutReasons
        // Art. 55: where a test did not pass, the standard is named.
        case (.refuse, .standardMissing), (.special(.end), .standardMissing): .triedWithoutStandard
        // Art. 32(1)(2): whoever is sent away is told where to go.
        case (.decline, .rightAuthorityMissing): .triedUnnamedAuthority
        // Arts 34(3) and 55: two look at a place or a thing.
        case (.special(.end), .twoStaffNeeded), (.commitment, .twoStaffNeeded): .triedAlone
        // 公务员法 art. 76.
        case (.passReview, .conflictOfInterest), (.grant, .conflictOfInterest), (.refuse, .conflictOfInterest):
            .triedOwnMatter
        // 行政许可法 arts 47 and 48: seven days ahead, within twenty, under somebody who does not examine.
        case (.hearing(.schedule), .hearingTooSoon), (.hearing(.schedule), .hearingTooLate),
            (.hearing(.schedule), .reviewerMayNotChair), (.passReview, .chairMayNotReview),
            (.special, .chairMayNotReview):
            .triedUnlawfulHearing
        // Art. 42: once, by so much, in time, by whoever the article names.
        // A number that is none is a slip.
        case (.extend(.approve(let value, _, _)), .extensionTooLong): value > 0 ? .triedUnlawfulExtension : nil
        case (.extend(.approve), .extendedOnce), (.extend(.approve), .limitPassed), (.extend(.approve), .wrongApprover):
            .triedUnlawfulExtension
        default: nil
        }
    }

    /// What a department's own record claims that came to nothing; nil where it claims nothing against the law.
    static func claimed(by deed: IncomingDeed, refused refusal: LinkRefusal) -> FindingRule? {
        guard deed.claimsProcedure else { return nil }
        switch refusal {
        // Art. 45: nobody was told here of what the record says has run: it never began, or came after the end.
        case .tooEarly, .tooLate, .contradicts, .stepUnknown: return .claimedSuspension
        default: return nil
        }
    }
}

extension IncomingDeed {
    /// Whether the record says that a special procedure ran or runs.
    var claimsProcedure: Bool {
        switch matter {
        case .special: return true
        case .step(let name, let action):
            guard let step = IncomingStep.named(name, action) else { return false }
            if case .special = step.command(IncomingStep.Said(words: "", remark: "", officers: [])) { return true }
            return false
        case .result, .certificate: return false
        }
    }
}
