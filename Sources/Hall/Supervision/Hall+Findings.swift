package import Dossiers
import Exchange
import Store
package import Supervision
import Vocabulary

/// 发现的问题: what is found in cases, in the transaction of what shows it, and what was tried, in one of its own.
extension Hall {
    /// Keeps what the rules say of a dossier. Nothing is read for one in which everything was kept.
    func keepFindings(of dossier: Dossier, _ events: [DossierEvent], stamp: Stamp, in tx: Transaction) throws {
        try keepBreaches(of: dossier, by: rules(for: dossier.submitted.terms.region), stamp: stamp, in: tx)
        // What a department claimed and then told in writing is mended.
        if events.contains(where: \.tellsOfProcedure),
            let claimed = try FindingTable.finding(.claimedSuspension, of: dossier.id, in: tx)
        {
            try FindingTable.settle(claimed, stamp: stamp, in: tx)
        }
    }

    /// Keeps which rules were not kept in a dossier, and whether what is wrong still is, by the calendar of these
    /// rules.
    func keepBreaches(of dossier: Dossier, by rules: DossierRules, stamp: Stamp, in tx: Transaction) throws {
        let breaches = rules.breaches(of: dossier)
        let standing = Set(rules.standingBreaches(of: dossier))
        let matter = dossier.supervised
        for breach in breaches {
            let stands = standing.contains(breach)
            let found = try FindingTable.find(
                breach.rule, of: matter, stands: stands, stamp: stamp, in: tx)
            guard let found, found.rule.isOrderedAtOnce, stands else { continue }
            try orderByRule(about: found, stamp: stamp, in: tx)
        }
    }

    /// Writes down that somebody who works on cases tried what the law forbids.
    func noteAttempt(
        _ command: DossierCommand, on id: DossierID, by actor: Actor, refused refusal: DossierRefusal
    ) async throws {
        guard let rule = TriedBreach.of(command, refused: refusal) else { return }
        switch actor {
        case .staff, .partner: break
        // The law binds the authority, not the applicant.
        case .person, .caller, .platform: return
        }
        try await note(rule, on: id, by: actor)
    }

    /// Writes down what a department's record claims of a dossier, once: it comes again and again until it is taken.
    func noteClaim(_ deed: IncomingDeed, on dossier: Dossier, by actor: Actor, refused refusal: LinkRefusal)
        async throws
    {
        guard let rule = TriedBreach.claimed(by: deed, refused: refusal) else { return }
        let stamp = stamp(of: actor)
        try await store.write { tx in
            guard try FindingTable.finding(rule, of: dossier.id, in: tx) == nil else { return }
            _ = try FindingTable.find(
                rule, of: dossier.supervised, stands: refusal == .tooEarly, stamp: stamp, in: tx)
        }
    }

    private func note(_ rule: FindingRule, on id: DossierID, by actor: Actor) async throws {
        let stamp = stamp(of: actor)
        try await store.write { tx in
            guard let dossier = try DossierTable.load(id, in: tx) else { return }
            try FindingTable.attempt(rule, of: dossier.supervised, stamp: stamp, in: tx)
        }
    }
}

extension Dossier {
    /// The case as supervision knows it.
    package var supervised: SupervisedCase {
        let terms = submitted.terms
        return SupervisedCase(
            id, number: submitted.numbers.short, item: (terms.itemCode, terms.catalogCode), body: terms.body,
            region: terms.region)
    }
}

extension Breach {
    /// The rule under which it is found.
    package var rule: FindingRule {
        switch self {
        case .acceptedBySilence: .acceptedBySilence
        case .promisePassed: .promisePassed
        case .statutoryPassed: .statutoryPassed
        case .deliveryPassed: .deliveryPassed
        case .specialBegunLate: .specialBegunLate
        case .specialPassed: .specialPassed
        case .hearingPassed: .hearingPassed
        case .verificationPassed: .verificationPassed
        }
    }
}

extension DossierEvent {
    fileprivate var tellsOfProcedure: Bool {
        if case .special(.begun) = self { return true }
        return false
    }
}
