import Dossiers
import Store
import Vocabulary

/// What a command comes to on a dossier as it stood: decided, applied, encoded and hashed, with nothing left to do but
/// to write. It is taken before the transaction where the dossier is known already; the transaction checks that the
/// dossier still stands there, and otherwise takes the step anew.
struct DossierStep: Sendable {
    /// How many events the dossier had before.
    let before: Int
    /// The dossier as it stands afterwards.
    let dossier: Dossier
    let events: [DossierEvent]
    let entries: PreparedEntries
    let dates: DossierTable.Dates
    /// In whose place it is done; nil for oneself.
    var principal: StaffID?
}

extension Hall {
    /// The step of a command that is likely to follow, on the dossier as it was last seen; nil when it was not seen
    /// lately or when the command would be refused, which only the transaction can say for certain.
    func foresee(
        _ command: DossierCommand, on id: DossierID, by performer: Performer, stamp: Stamp
    ) -> DossierStep? {
        guard let seen = dossiers.value(of: id.subject) else { return nil }
        do {
            return try step(command, on: seen, by: performer, stamp: stamp)
        } catch {
            return nil
        }
    }

    /// Permits, decides and applies.
    func step(
        _ command: DossierCommand, on seen: Dossier, by performer: Performer, stamp: Stamp, isHolderAway: Bool = false
    ) throws -> DossierStep {
        let principal = try performer.principal(
            for: command.powers(on: seen), scope(command, seen), holder: command.holder(of: seen))
        let rules = rules(for: seen.submitted.terms.region)
        let events = try rules.decide(
            command, on: seen, by: performer.actor, at: stamp.now,
            standing: DeskStanding(
                principal: principal, isHolderAway: isHolderAway, assisting: performer.assisting))
        var dossier = seen
        for event in events {
            try dossier.apply(event, at: stamp.now, by: event.isByLaw ? .platform : performer.actor)
        }
        return DossierStep(
            before: seen.sequence, dossier: dossier, events: events,
            entries: try PreparedEntries(events, to: seen.id.subject, after: seen.sequence, stamp: stamp),
            dates: DossierTable.Dates(dossier, rules), principal: principal)
    }

    /// The first step of a new dossier.
    func step(
        _ submission: Submission, as id: DossierID, by performer: Performer, stamp: Stamp
    ) throws -> DossierStep {
        try performer.require(anyOf: DossierCommand.submit(submission).powers, scope(submission))
        let rules = rules(for: submission.terms.region)
        let events = try rules.begin(submission, at: stamp.now, assisting: performer.assisting)
        var dossier = try Dossier(id, events[0], at: stamp.now, by: performer.actor)
        for event in events.dropFirst() { try dossier.apply(event, at: stamp.now, by: performer.actor) }
        return DossierStep(
            before: 0, dossier: dossier, events: events,
            entries: try PreparedEntries(events, to: id.subject, after: 0, stamp: stamp),
            dates: DossierTable.Dates(dossier, rules))
    }

    private func scope(_ submission: Submission) -> Performer.Scope {
        Performer.Scope(
            body: submission.terms.body, catalogCode: submission.terms.catalogCode, region: submission.terms.region,
            applicant: submission.applicant, agent: submission.agent)
    }

    private func scope(_ command: DossierCommand, _ dossier: Dossier) -> Performer.Scope {
        scope(of: dossier, at: command.desk(on: dossier))
    }

    /// What a deed on a dossier touches at a desk.
    func scope(of dossier: Dossier, at desk: (body: CreditCode, region: Region)) -> Performer.Scope {
        Performer.Scope(
            body: desk.body, catalogCode: dossier.submitted.terms.catalogCode, region: desk.region,
            applicant: dossier.submitted.applicant, agent: dossier.submitted.agent)
    }
}

extension DossierCommand {
    /// Whose matter it is on the desk: hers with whom the dossier lies, or hers whose opinion it is.
    fileprivate func holder(of dossier: Dossier) -> StaffID? {
        if case .handling(.answer(.officer(let staff), _, _)) = self { return staff }
        return dossier.proceedings.handling.holder
    }
}
