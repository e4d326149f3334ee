package import Dossiers
package import Store
package import Vocabulary

/// One try to do something, by its mark; `completing` names the effect whose answer it is.
package struct Attempt: Sendable {
    package let token: CommandToken
    package let completing: Lease?

    package init(_ token: CommandToken, completing lease: Lease? = nil) {
        self.token = token
        completing = lease
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
    /// Files an application and answers the new dossier.
    package func submit(
        _ submission: Submission, by performer: Performer, attempt: Attempt
    ) async throws -> Outcome {
        let id = DossierID(ids.next())
        let now = time.now()
        let stamp = Stamp(now: now, actor: performer.actor, entropy: Entropy(dice))
        let command = DossierCommand.submit(submission)
        let (outcome, dossier) = try await store.write { [rules] tx in
            try once(command, on: nil, performer, attempt, now, in: tx) {
                try performer.require(command.power, scope(submission))
                let events = try rules.begin(submission)
                var dossier = try Dossier(id, events[0], at: now, by: performer.actor)
                for event in events.dropFirst() { try dossier.apply(event, at: now, by: performer.actor) }
                try Journal.append(events, to: id.subject, after: 0, stamp: stamp, in: tx)
                try DossierTable.insert(dossier, rules: rules, in: tx)
                try react(to: events, of: dossier, after: 0, stamp: stamp, in: tx)
                return dossier
            }
        }
        if let dossier { dossiers.keep(dossier, of: id.subject) }
        return outcome
    }

    /// Does something to a dossier.
    package func perform(
        _ command: DossierCommand, on id: DossierID, by performer: Performer, attempt: Attempt
    ) async throws -> Outcome {
        let now = time.now()
        let stamp = Stamp(now: now, actor: performer.actor, entropy: Entropy(dice))
        let (outcome, dossier) = try await store.write { tx in
            try once(command, on: id, performer, attempt, now, in: tx) {
                try apply(command, on: id, by: performer, stamp: stamp, in: tx)
            }
        }
        if let dossier { dossiers.keep(dossier, of: id.subject) }
        return outcome
    }

    /// Loads, permits, decides, applies, appends, reacts: one command inside a transaction.
    func apply(
        _ command: DossierCommand, on id: DossierID, by performer: Performer, stamp: Stamp, in tx: Transaction
    ) throws -> Dossier {
        var dossier = try load(id, in: tx)
        try performer.require(command.power, scope(dossier))
        let before = dossier.sequence
        let events = try rules.decide(command, on: dossier, by: performer.actor, at: stamp.now)
        for event in events {
            try dossier.apply(event, at: stamp.now, by: event.isByLaw ? .platform : performer.actor)
        }
        try Journal.append(events, to: id.subject, after: before, stamp: stamp, in: tx)
        if !events.isEmpty { try DossierTable.update(dossier, rules: rules, in: tx) }
        try react(to: events, of: dossier, after: before, stamp: stamp, in: tx)
        return dossier
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
        _ command: DossierCommand, on id: DossierID?, _ performer: Performer, _ attempt: Attempt, _ now: Instant,
        in tx: Transaction, _ work: () throws -> Dossier
    ) throws -> (Outcome, Dossier?) {
        let mark = CommandMark(command, on: id).bytes
        if let answer = try Tokens.answer(to: attempt.token, by: performer.actor, command: mark, in: tx) {
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
            guard let answer = try Tokens.answer(to: attempt.token, by: performer.actor, command: mark, in: tx) else {
                throw refusal
            }
            return (try CanonicalJSON.value(in: answer), nil)
        }
        let outcome = Outcome(dossier: dossier.id, sequence: dossier.sequence)
        try Tokens.keep(
            try CanonicalJSON.bytes(of: outcome), for: attempt.token, by: performer.actor, command: mark, now: now,
            in: tx)
        return (outcome, dossier)
    }

    private func scope(_ submission: Submission) -> Performer.Scope {
        Performer.Scope(
            body: submission.terms.body, catalogCode: submission.terms.catalogCode, region: submission.terms.region,
            applicant: submission.applicant, agent: submission.agent)
    }

    private func scope(_ dossier: Dossier) -> Performer.Scope {
        Performer.Scope(
            body: dossier.submitted.terms.body, catalogCode: dossier.submitted.terms.catalogCode,
            region: dossier.submitted.terms.region, applicant: dossier.submitted.applicant,
            agent: dossier.submitted.agent)
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
