import Catalogue
package import Dossiers
package import Store
import Supervision
package import Vocabulary
package import Windows

/// One try to do something, by its mark; `completing` names the effect whose answer it is.
package struct Attempt: Sendable {
    package let token: CommandToken
    package let completing: Lease?
    /// How many events the dossier must have, as whoever tries saw it; nil where that is all the same.
    package private(set) var expected: Int?
    /// What the token was used for, where that is more than the command says: what a program sent, which is the same
    /// again when the lost answer is asked for, whatever has become of the rest meanwhile.
    package private(set) var sent: [UInt8]?
    /// Files that were sent before and are handed in with it, and by whom: they are let go of in the same transaction.
    private(set) var handedIn: (uploads: [UploadID], sender: Actor)?

    package init(_ token: CommandToken, completing lease: Lease? = nil) {
        self.token = token
        completing = lease
    }

    /// The same attempt on a dossier that must still have so many events.
    package func expecting(_ sequence: Int?) -> Attempt {
        var attempt = self
        attempt.expected = sequence
        return attempt
    }

    /// The same attempt to do what a program sent.
    package func sending(_ bytes: [UInt8]) -> Attempt {
        var attempt = self
        attempt.sent = bytes
        return attempt
    }

    /// The same attempt, handing in files that were sent before: their sender may send others then.
    package func handingIn(_ uploads: [UploadID], of sender: Actor) -> Attempt {
        var attempt = self
        attempt.handedIn = (uploads, sender)
        return attempt
    }

    /// The answer to an effect: whoever delivers it, however often.
    package static func answering(_ lease: Lease) -> Attempt {
        Attempt(.of(lease.id), completing: lease)
    }
}

/// What a command came to. The same again for the same token.
package struct Outcome: Equatable, Sendable, Codable {
    package let dossier: DossierID
    /// How many events the dossier had afterwards.
    package let sequence: Int
}

/// The effect was in other hands by now; whatever was done has been taken back.
package struct LeaseLost: Error {}

extension Hall {
    /// Files an application and answers the new dossier. `ticket` is that of whoever stands at the window where a clerk
    /// takes it in.
    package func submit(
        _ submission: Submission, by performer: Performer, attempt: Attempt, for ticket: TicketID? = nil,
        registering newcomers: Newcomers? = nil
    ) async throws -> Outcome {
        let id = DossierID(ids.next())
        let stamp = stamp(of: performer.actor)
        let mark = try CommandMark(.submit(submission), on: nil, of: attempt)
        // A refusal counts only when the token is new: whoever asks again gets the answer that was given before.
        let step = Result { try self.step(submission, as: id, by: performer, stamp: stamp) }
        let (outcome, dossier) = try await store.write { tx in
            try once(mark, performer, attempt, stamp.now, in: tx) {
                let step = try step.get()
                try newcomers?.register(stamp, in: tx)
                try requireAuthority(performer, submission.terms.catalogCode, today: stamp.now.day, in: tx)
                try requireLevel(performer, submission.mode)
                try requireCarried(submission)
                try requireCommitment(submission, today: stamp.now.day, in: tx)
                try requireChangeable(
                    submission.change, of: submission.applicant, submission.terms, today: stamp.now.day, in: tx)
                try ItemTable.requireInUse(submission.terms.itemCode, in: tx)
                try DossierTable.insert(step.dossier, dates: step.dates, in: tx)
                try PartnerFilingTable.note(id, by: performer.actor, in: tx)
                // A search for an applicant whose application is taken in was a search for a case.
                if performer.actor.staff != nil {
                    let day = stamp.now.day
                    try LookPatternTable.settle(submission.applicant, of: performer.actor, on: day, in: tx)
                }
                let dossier = try keep(step, stamp: stamp, in: tx)
                try bind(ticket, to: dossier, by: .submit(submission), of: performer.actor, stamp: stamp, in: tx)
                return dossier
            }
        }
        if let dossier { dossiers.keep(dossier, of: id.subject) }
        return outcome
    }

    /// Does something to a dossier. What the law forbids is refused, and that it was tried is written down. `ticket` is
    /// that of whoever stands at the window of the clerk who does it.
    package func perform(
        _ command: DossierCommand, on id: DossierID, by performer: Performer, attempt: Attempt,
        for ticket: TicketID? = nil
    ) async throws -> Outcome {
        do {
            return try await performOnce(command, on: id, by: performer, attempt: attempt, for: ticket)
        } catch let refusal as DossierRefusal {
            try await noteAttempt(command, on: id, by: performer.actor, refused: refusal)
            throw refusal
        }
    }

    private func performOnce(
        _ command: DossierCommand, on id: DossierID, by performer: Performer, attempt: Attempt,
        for ticket: TicketID?
    ) async throws -> Outcome {
        let stamp = stamp(of: performer.actor)
        let mark = try CommandMark(command, on: id, of: attempt)
        let foreseen = foresee(command, on: id, by: performer, stamp: stamp)
        let (outcome, dossier) = try await store.write { tx in
            try once(mark, performer, attempt, stamp.now, in: tx) {
                let seen = (step: foreseen, sequence: attempt.expected)
                let dossier = try apply(command, on: id, by: performer, stamp: stamp, seen: seen, in: tx)
                try bind(ticket, to: dossier, by: command, of: performer.actor, stamp: stamp, in: tx)
                return dossier
            }
        }
        if let dossier { dossiers.keep(dossier, of: id.subject) }
        return outcome
    }

    /// Loads, permits, decides, applies, appends, reacts: one command inside a transaction. A step that was foreseen
    /// counts when the dossier still stands where it was taken from. Refuses a dossier that has another number of
    /// events than it was seen with.
    func apply(
        _ command: DossierCommand, on id: DossierID, by performer: Performer, stamp: Stamp,
        seen: (step: DossierStep?, sequence: Int?) = (nil, nil), in tx: Transaction
    ) throws -> Dossier {
        let step: DossierStep
        if let foreseen = seen.step, try DossierTable.sequence(of: id, in: tx) == foreseen.before {
            step = foreseen
        } else {
            let dossier = try load(id, in: tx)
            guard seen.sequence.map({ $0 == dossier.sequence }) ?? true else { throw DossierRefusal.movedOn }
            step = try self.step(
                command, on: dossier, by: performer, stamp: stamp,
                isHolderAway: try isHolderAway(dossier, today: stamp.now.day, in: tx))
        }
        guard seen.sequence.map({ $0 == step.before }) ?? true else { throw DossierRefusal.movedOn }
        let item = step.dossier.submitted.terms.catalogCode
        try requireAuthority(performer, item, today: stamp.now.day, in: tx)
        try requireColleagues(command, step, by: performer.actor, today: stamp.now.day, in: tx)
        try requireTurn(command, step.dossier, in: tx)
        try requirePlaces(command, step.dossier, in: tx)
        try requireResultHere(command, step.dossier, in: tx)
        try requireChangeable(command, step.dossier, today: stamp.now.day, in: tx)
        // Where time has nothing to do any more, the row of a tick learns it, or it would be due for ever.
        if !step.events.isEmpty || command == .tick {
            try DossierTable.update(step.dossier, dates: step.dates, in: tx)
        }
        return try keep(step, stamp: stamp, in: tx)
    }

    private func keep(_ step: DossierStep, stamp: Stamp, in tx: Transaction) throws -> Dossier {
        try Journal.append(step.entries, in: tx)
        try react(to: step.events, of: step.dossier, after: step.before, stamp: stamp, in: tx)
        try issuePapers(of: step.events, on: step.dossier, after: step.before, stamp: stamp, in: tx)
        try publish(step.events, of: step.dossier, day: stamp.now.day, in: tx)
        try keepFindings(of: step.dossier, step.events, stamp: stamp, in: tx)
        return step.dossier
    }

    /// Whoever signed a false commitment signs no other for a time.
    private func requireCommitment(_ submission: Submission, today: CivilDate, in tx: Transaction) throws {
        guard submission.isCommitted,
            try CommitmentRegister.barredUntil(submission.applicant, today: today, in: tx) != nil
        else { return }
        throw DossierRefusal.commitmentBarred
    }

    /// Where grants are limited in number, whoever was accepted first is granted first (行政许可法 art. 57).
    private func requireTurn(_ command: DossierCommand, _ dossier: Dossier, in tx: Transaction) throws {
        guard case .grant = command, dossier.submitted.terms.procedure?.isLimited == true,
            try DossierTable.hasEarlier(dossier, in: tx)
        else { return }
        throw DossierRefusal.earlierApplicationFirst
    }

    /// The dossier as it stands; refuses an id that nobody has.
    func load(_ id: DossierID, in tx: Transaction) throws -> Dossier {
        if let cached = dossiers.value(of: id.subject),
            try DossierTable.sequence(of: id, in: tx) == cached.sequence
        {
            return cached
        }
        guard let dossier = try DossierTable.load(id, in: tx) else { throw DossierRefusal.notFound }
        return dossier
    }

    /// The same token gets the same answer and does nothing twice; the effect that is answered is done with it.
    func once(
        _ mark: CommandMark, _ performer: Performer, _ attempt: Attempt, _ now: Instant, in tx: Transaction,
        _ work: () throws -> Dossier
    ) throws -> (Outcome, Dossier?) {
        if let answer = try Tokens.answer(to: attempt.token, by: performer.actor, command: mark.bytes, in: tx) {
            return (try CanonicalJSON.value(in: answer), nil)
        }
        if let lease = attempt.completing {
            guard try Outbox.complete(lease, in: tx) else { throw LeaseLost() }
        }
        let dossier: Dossier
        do {
            dossier = try work()
        } catch let refusal as DossierRefusal {
            // The rules refuse before anything is written. Under READ COMMITTED the same form, sent twice at once, may
            // have been answered since the first look: then it is not too late, it is done.
            let answer = try Tokens.answer(to: attempt.token, by: performer.actor, command: mark.bytes, in: tx)
            guard let answer else { throw refusal }
            return (try CanonicalJSON.value(in: answer), nil)
        }
        if let handedIn = attempt.handedIn {
            try UploadTable.release(handedIn.uploads, of: handedIn.sender, in: tx)
        }
        let outcome = Outcome(dossier: dossier.id, sequence: dossier.sequence)
        try Tokens.keep(
            try CanonicalJSON.bytes(of: outcome), for: attempt.token, by: performer.actor, command: mark.bytes,
            now: now, in: tx)
        return (outcome, dossier)
    }

    /// The numbers of a filing made today.
    package func numbers(for implementationCode: String) async throws -> DossierNumbers {
        let day = time.now().day
        let serial = try await serials.next(implementationCode, on: day)
        let short = try await serials.next("short", on: day)
        return DossierNumbers(
            implementationCode: implementationCode, day: day, serial: serial, shortSerial: short)
    }
}
