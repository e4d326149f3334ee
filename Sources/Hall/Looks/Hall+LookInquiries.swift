package import Accounts
import Dossiers
import Store
package import Supervision
package import Vocabulary

/// 查询质询: questions about looks, from whoever is concerned or from a supervisor to the end.
extension Hall {
    /// LIMIT: questions that one round of the pulse looks at.
    static let inquiriesMax = 200

    private func inquiryRules(for region: Region) -> LookInquiryRules {
        LookInquiryRules(calendar: rules(for: region).clock.calendar)
    }

    /// Asks about a look at a record of somebody for whom one may act in everything; answers the question's id. The
    /// same attempt asks once. Refuses a look at anybody else's record as one that there is not, and what
    /// `LookInquiryRules.ask` refuses.
    package func ask(
        about look: Subject, saying text: String, by citizen: Citizen, for persons: [PersonID], attempt: Attempt
    ) async throws -> LookInquiryID {
        let (stamp, id) = (stamp(of: .person(citizen.id)), LookInquiryID.byPerson(look))
        _ = try await once(attempt, by: stamp.actor, "ask \(look) \(text.debugDescription)", stamp) { tx in
            let taken = try own(look, of: persons, in: tx)
            try ask(about: taken, by: taken.look.seen.holder, text, stamp: stamp, in: tx)
            return id.subject
        }
        return id
    }

    /// Asks about a look as whoever supervises where the one who looked works.
    package func demand(
        about look: Subject, saying text: String, by guest: Guest, attempt: Attempt
    ) async throws -> LookInquiryID {
        let (stamp, id) = (stamp(of: guest.session.holder.actor), LookInquiryID.bySupervisor(look))
        _ = try await once(attempt, by: stamp.actor, "demand \(look) \(text.debugDescription)", stamp) { tx in
            let taken = try supervised(look, by: guest, today: stamp.now.day, in: tx)
            try ask(about: taken, by: nil, text, stamp: stamp, in: tx)
            return id.subject
        }
        return id
    }

    /// The look with an id, for whoever supervises there; refuses anybody else.
    func supervised(_ look: Subject, by guest: Guest, today: CivilDate, in tx: Transaction) throws -> Looks.Taken {
        guard let taken = try Looks.taken(look, in: tx) else { throw LookInquiryRefusal.lookNotFound }
        guard let region = taken.look.by.region, supervises(guest, region, today: today) else {
            throw PerformerRefusal.notAllowed
        }
        return taken
    }

    private func ask(
        about taken: Looks.Taken, by person: PersonID?, _ text: String, stamp: Stamp, in tx: Transaction
    ) throws {
        let by = taken.look.by
        let region = by.region ?? by.body.flatMap { Region($0.regionCode) } ?? .fuzhou
        let rules = inquiryRules(for: region)
        let heads = try answerers(by.body, region, but: by.actor, today: stamp.now.day, in: tx)
        let event = try rules.ask(
            about: taken, by: person, saying: text, hasAnswerer: !heads.isEmpty, at: stamp.now)
        let id: LookInquiryID = person == nil ? .bySupervisor(taken.id) : .byPerson(taken.id)
        let it = try LookInquiryTable.ask(event, as: id, rules, stamp: stamp, in: tx)
        try tell(of: event, it, rules, stamp: stamp, in: tx)
    }

    /// Says whether one is content with an answer about a look at one's record.
    package func perform(
        _ command: LookInquiryCommand, on look: Subject, by citizen: Citizen, for persons: [PersonID],
        attempt: Attempt
    ) async throws {
        let stamp = stamp(of: .person(citizen.id))
        _ = try await once(attempt, by: stamp.actor, "inquiry \(look) \(command)", stamp) { tx in
            _ = try own(look, of: persons, in: tx)
            switch command {
            case .contest, .settle: break
            case .answer, .rule, .tick: throw PerformerRefusal.notAllowed
            }
            let it = try LookInquiryTable.load(.byPerson(look), in: tx)
            try apply(command, to: it, stamp: stamp, in: tx)
            return it.id.subject
        }
    }

    /// Answers for the body, or decides as a supervisor. Refuses whoever may not, and what the rules refuse.
    package func perform(
        _ command: LookInquiryCommand, on id: LookInquiryID, by guest: Guest, attempt: Attempt
    ) async throws {
        let stamp = stamp(of: guest.session.holder.actor)
        _ = try await once(attempt, by: stamp.actor, "inquiry \(id) \(command)", stamp) { tx in
            let it = try LookInquiryTable.load(id, in: tx)
            let today = stamp.now.day
            switch command {
            case .answer: try requireAnswerer(guest, it, today: today)
            case .rule: try requireSupervisor(guest, it, today: today)
            case .settle:
                // Whoever asked says that it is enough: of the supervisors any.
                guard it.isOfSupervisor else { throw PerformerRefusal.notAllowed }
                try requireSupervisor(guest, it, today: today)
            case .contest, .tick: throw PerformerRefusal.notAllowed
            }
            try apply(command, to: it, stamp: stamp, in: tx)
            return id.subject
        }
    }

    private func requireAnswerer(_ guest: Guest, _ it: LookInquiry, today: CivilDate) throws {
        try require(guest, apartFrom: it.asked.looker) { answers($0, it.asked.body, it.asked.region, today: today) }
    }

    private func requireSupervisor(_ guest: Guest, _ it: LookInquiry, today: CivilDate) throws {
        try require(guest, apartFrom: it.asked.looker) { supervises($0, it.asked.region, today: today) }
    }

    /// Whoever looked hears why she may not before she hears that she is nobody's head, and so does whoever may only in
    /// the place of whoever looked.
    private func require(_ guest: Guest, apartFrom looker: Actor, _ may: (Guest) -> Bool) throws {
        if guest.session.holder.actor == looker { throw LookInquiryRefusal.lookerMayNot }
        guard may(guest) else { throw PerformerRefusal.notAllowed }
        guard may(guest.apart(from: [looker])) else { throw LookInquiryRefusal.lookerMayNot }
    }

    private func apply(
        _ command: LookInquiryCommand, to it: LookInquiry, stamp: Stamp, in tx: Transaction
    ) throws {
        let rules = inquiryRules(for: it.asked.region)
        // What time did is the platform's entry, whoever came after it.
        let own = Stamp(now: stamp.now, actor: .platform, entropy: stamp.entropy)
        let passed = try rules.decide(.tick, on: it, by: .platform, at: stamp.now)
        let now = try append(passed, to: it, rules, stamp: own, in: tx)
        if case .tick = command { return }
        let events = try rules.decide(command, on: now, by: stamp.actor, at: stamp.now)
        _ = try append(events, to: now, rules, stamp: stamp, in: tx)
    }

    private func append(
        _ events: [LookInquiryEvent], to it: LookInquiry, _ rules: LookInquiryRules, stamp: Stamp,
        in tx: Transaction
    ) throws -> LookInquiry {
        let after = try LookInquiryTable.append(events, to: it, rules, stamp: stamp, in: tx)
        for event in events { try tell(of: event, after, rules, stamp: stamp, in: tx) }
        return after
    }

    /// Takes questions that nobody answered one step up, and ends those about which nobody says any more: whatever is
    /// due by now, each in its own transaction.
    package func stepInquiries() async throws -> (done: Int, failed: [LookInquiryID: String]) {
        let now = time.now()
        let due = try await store.read { tx in
            try LookInquiryTable.due(by: now, limit: Self.inquiriesMax, in: tx)
        }
        return try await each(due) { id in
            let stamp = stamp(of: .platform)
            try await store.write { tx in
                try apply(.tick, to: try LookInquiryTable.load(id, in: tx), stamp: stamp, in: tx)
            }
        }
    }
}

/// Who answers and who decides.
extension Hall {
    /// The power of whoever answers for a body: its head; for a window, which is no body's, whoever governs the place.
    private func answering(_ body: CreditCode?) -> Power { body == nil ? .govern : .lead }

    private func scope(_ body: CreditCode?, _ region: Region) -> Scope? {
        (body ?? CreditCode(authority: "11", region: region, organisation: "00000000")).map {
            Scope(department: $0, itemCode: "", region: region)
        }
    }

    func answers(_ guest: Guest, _ body: CreditCode?, _ region: Region, today: CivilDate) -> Bool {
        scope(body, region).map { guest.reaches(answering(body), $0, today: today) } ?? false
    }

    /// Everybody who answers for a body today and serves, but whoever looked.
    func answerers(
        _ body: CreditCode?, _ region: Region, but looker: Actor, today: CivilDate, in tx: Transaction
    ) throws -> [StaffID] {
        guard let scope = scope(body, region) else { return [] }
        return try GrantTable.staff(with: answering(body), in: scope, today: today, in: tx).filter {
            try .staff($0) != looker && StaffTable.staff($0, in: tx)?.serves == true
        }
    }

    /// Everybody who supervises a place today and serves.
    func overseers(of region: Region, today: CivilDate, in tx: Transaction) throws -> [StaffID] {
        guard let scope = scope(nil, region) else { return [] }
        return try GrantTable.staff(with: .supervise, in: scope, today: today, in: tx).filter {
            try StaffTable.staff($0, in: tx)?.serves == true
        }
    }

    func supervises(_ guest: Guest, _ region: Region, today: CivilDate) -> Bool {
        supervisedRegions(of: guest, today: today).contains { $0.contains(region.code) }
    }

    /// The places that somebody supervises today, whatever body and item, as ranges of division codes; none within
    /// another, so that nothing is counted twice for whoever acts in a colleague's place too.
    func supervisedRegions(of guest: Guest, today: CivilDate) -> [ClosedRange<String>] {
        let all = Set(
            guest.places.flatMap { Permits.reach(.supervise, grants: $0.grants, today: today) }
                .filter(\.isOfWholePlace).map(\.regionRange))
        return all.filter { one in !all.contains { $0 != one && $0.contains(one) } }
            .sorted { $0.lowerBound < $1.lowerBound }
    }
}
