package import Vocabulary

/// What follows from a command. Pure: no clock, no database, nothing awaited.
package struct DossierRules: Sendable {
    package let clock: LegalClock
    /// From when lights are yellow.
    package let lights: LightBook

    package init(clock: LegalClock, lights: LightBook = .usual) {
        (self.clock, self.lights) = (clock, lights)
    }

    /// The events with which a dossier begins. In modes without paper before acceptance the submission is the receipt
    /// (电子签名法 art. 11); at a counter the originals are there. `assisting` says for whom a member of staff files.
    package func begin(
        _ submission: Submission, at now: Instant, assisting: Assisting? = nil
    ) throws(DossierRefusal) -> [DossierEvent] {
        let mode = submission.mode
        guard mode.isOffered else { throw .modeNotOffered }
        guard submission.delivery.isOffered, mode.allows(submission.delivery) else { throw .deliveryNotOffered }
        guard submission.delivery.carrier != .courier || submission.personal.deliverTo != nil else {
            throw .addressMissing
        }
        guard (submission.hall != nil) == (mode.submission == .counter) else { throw .modeNotForCounter }
        try requireKnown(submission.materials.map(\.material), submission.terms)
        if submission.isCommitted && submission.terms.procedure?.commitment == nil { throw .noCommitmentOffered }
        // What has run out cannot be renewed (行政许可法 art. 50).
        if let renewal = submission.renewal, renewal.validUntil < now.day { throw .renewalTooLate }
        let submitted = DossierEvent.Submitted(
            terms: submission.terms, mode: mode, delivery: submission.delivery, situation: submission.situation,
            applicant: submission.applicant, agent: submission.agent, numbers: submission.numbers,
            materials: submission.materials, hall: submission.hall, isCommitted: submission.isCommitted ? true : nil,
            renewal: submission.renewal, change: submission.change, agreedCents: submission.agreedCents)
        let first = DossierEvent.submitted(submitted, submission.personal)
        let help = assisting.map { [DossierEvent.handling(.assisted($0, deed: first.kind))] } ?? []
        return [first] + help + (mode.receipt == .originals ? [] : [.received])
    }

    /// The events that follow from a command on a dossier that exists. What silence has already done by `now` happens
    /// first, whoever comes: on the sixth day a filing is accepted, not corrected (行政许可法 art. 32(4)).
    package func decide(
        _ command: DossierCommand, on dossier: Dossier, by actor: Actor, at now: Instant, standing: DeskStanding = .own
    ) throws(DossierRefusal) -> [DossierEvent] {
        let (silent, later) = silences(of: dossier, at: now)
        guard command != .tick else { return silent }
        var deed = Deed(command, on: later, by: actor, at: now)
        deed.standing = standing
        try requireApart(deed)
        let events = try answer(deed)
        if let help = standing.assisting, let first = events.first {
            return silent + [.handling(.assisted(help, deed: first.kind))] + events
        }
        guard let principal = standing.principal else { return silent + events }
        return silent + [.handling(.actedFor(principal))] + events
    }

    /// A command on a dossier as it stands.
    struct Deed {
        let command: DossierCommand
        let dossier: Dossier
        let actor: Actor
        let now: Instant
        var standing = DeskStanding.own

        init(_ command: DossierCommand, on dossier: Dossier, by actor: Actor, at now: Instant) {
            (self.command, self.dossier, self.actor, self.now) = (command, dossier, actor, now)
        }

        var terms: Terms { dossier.submitted.terms }
        var proceedings: Proceedings { dossier.proceedings }
        var handling: Handling { dossier.proceedings.handling }
    }

    private func answer(_ deed: Deed) throws(DossierRefusal) -> [DossierEvent] {
        let dossier = deed.dossier
        switch deed.command {
        // What comes after the end of a dossier.
        case .commitment(let command): return try commitment(command, deed)
        case .licence(let command): return try licence(command, deed)
        case .overrun(let command): return try overrun(command, deed)
        default: if dossier.hasEnded { throw .alreadyEnded }
        }
        try requireNotExcused(deed)
        if deed.command.isForHolder { try requireDesk(deed) }
        switch deed.command {
        case .submit: throw .alreadySubmitted
        case .returnForPreReview, .resubmit, .passPreReview, .receive: return try intake(deed)
        case .requestCorrection, .supplyCorrection, .mend, .accept, .decline: return try acceptance(deed)
        case .passReview, .returnToReviewer, .grant, .refuse: return try decision(deed)
        case .fileCertificate, .issue, .handOver, .close: return try delivery(deed)
        case .special(let command): return try special(command, deed)
        case .hearing(let command): return try hearing(command, deed)
        case .extend(let command): return try extend(command, deed)
        case .party(let command): return try party(command, deed)
        case .tolerance(let command): return try tolerance(command, deed)
        case .handling(let command): return try handling(command, deed)
        case .withdraw(let note):
            guard dossier.decision == nil else { throw .alreadyDecided }
            return [.withdrawn(try optional(note))]
        case .terminate(let note):
            guard dossier.decision == nil else { throw .alreadyDecided }
            return [.terminated(try required(note))]
        case .tick, .commitment, .licence, .overrun: return []
        }
    }

    func requireKnown(_ materials: [String], _ terms: Terms) throws(DossierRefusal) {
        guard materials.allSatisfy(terms.materials.contains) else { throw .unknownMaterial }
    }

    /// Free text that must say something.
    func required(_ text: String) throws(DossierRefusal) -> DossierEvent.Note {
        guard let note = try optional(text) else { throw .reasonMissing }
        return note
    }

    /// Free text that may be empty.
    func optional(_ text: String) throws(DossierRefusal) -> DossierEvent.Note? {
        guard text.count <= Limits.textCharactersMax else { throw .textTooLong }
        return text.allSatisfy(\.isWhitespace) ? nil : DossierEvent.Note(text: text)
    }
}
