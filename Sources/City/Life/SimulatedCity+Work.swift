import Accounts
import Catalogue
import Delivery
import Dossiers
import Hall
import Papers
import Store
import Supervision
import Synchronization
import Vocabulary
import Windows

/// What is done in a city, made ready one after another and then done at once: whatever takes its turn by chance would
/// make another journal each time.
extension SimulatedCity {
    /// The work with the hall in which it is done: its clock stands, and its dice are its own.
    func job(_ work: CityWork, _ now: Instant) async throws -> @Sendable () async throws -> CityAnswer {
        switch work {
        case .effect(let lease):
            let there = hall(at: now, 0xEFFE, lease.id.subject, UInt64(lease.id.sequence), UInt64(lease.id.ordinal))
            let pressing = lease.effect.kind == "certificate.sign" && isChosen(lease.id.subject)
            let place = pressing ? ground.pressing?(there) ?? there : there
            return {
                let isDone = Mutex(false)
                try await EffectRunner(hall: place, holder: "simulation") { _, _ in isDone.withLock { $0 = true } }
                    .run(lease)
                return .effect(isDone: isDone.withLock { $0 })
            }
        case .wake(let id):
            let there = hall(at: now, 0x3A4E, id.subject, UInt64(now.milliseconds), 0)
            return {
                try await Pulse(hall: there).wake(id)
                return .done(id, papers: 0)
            }
        case .window(let key, let place, let deed): return try job(deed, key, place, now)
        case .deed(let entry): return try await job(entry)
        }
    }

    private func job(_ entry: CityAgendaEntry) async throws -> @Sendable () async throws -> CityAnswer {
        guard var one = cases[entry.number], let desk else { throw Fault.corrupt("a deed without a case") }
        var dice = one.dice(plan.seed)
        let there = hall.standing(in: Hall.World(time: Self.clock(entry.at), dice: dice.forHall()))
        if entry.deed == .takeNumber { return try numberJob(one, there) }
        if entry.deed == .file { return try await filing(one, there, desk, &dice) }
        guard let id = one.id else { throw Fault.corrupt("case \(one.number) was never filed") }
        if entry.deed == .pickedUp || entry.deed == .delivered {
            let taker = try people.applicant(one.applicant).citizen.name.text
            let isThere = entry.deed == .delivered
            return {
                try await there.report(isThere ? .delivered : .pickedUp, of: id, takenBy: isThere ? taker : nil)
                return .done(id, papers: 0)
            }
        }
        if let said = try afterwards(entry, one, there, desk, &dice) { return said }
        guard let order = try desk.order(entry.deed, of: &one, at: entry.at, &dice) else {
            throw Fault.corrupt("a deed without a command")
        }
        cases[entry.number] = one
        let makesCertificate = one.choice.guide.standard.certificateTypeCode != nil
        let printer = entry.deed == .decide && isChosen(id.subject) ? ground.printer : nil
        // Whoever stands at the window is served with her ticket.
        let ticket = order.performer.actor.staff == nil ? nil : one.visit.flatMap { $0.place == nil ? nil : $0.ticket }
        return {
            var command = order.command
            if case .grant(let grounds, nil) = command, makesCertificate {
                command = .grant(grounds: grounds, certificate: CertificateID(there.ids.next()))
            }
            _ = try await there.perform(
                command, on: id, by: order.performer, attempt: Attempt(.of(there.ids.next())), for: ticket)
            return .done(id, papers: try await Self.print(id, there, printer))
        }
    }

    private func filing(
        _ one: CityCase, _ there: Hall, _ desk: CityDesk, _ dice: inout CityDice
    ) async throws -> @Sendable () async throws -> CityAnswer {
        let terms = try await terms(of: one.choice)
        let numbers = try await there.numbers(for: terms.implementationCode)
        let made = try desk.submission(of: one, terms, numbers, there, &dice)
        let newcomers = known.contains(one.applicant) ? nil : Newcomers(made.applicant.everybody, key: ground.key)
        let ticket = one.visit?.ticket
        return {
            let outcome = try await there.submit(
                made.submission, by: made.performer, attempt: Attempt(.of(there.ids.next())), for: ticket,
                registering: newcomers)
            return .done(outcome.dossier, papers: 0)
        }
    }

    /// What a version lays down: read once for each item and situation.
    private func terms(of choice: CityItems.Choice) async throws -> Terms {
        let situation = choice.situation.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let key = "\(choice.code) \(situation.joined(separator: " "))"
        if let known = terms[key] { return known }
        guard let version = try await hall.item(choice.code) else { throw Fault.corrupt("no item \(choice.code)") }
        let found = try await hall.terms(of: version, situation: choice.situation)
        terms[key] = found
        return found
    }

    /// Lays the papers of a dossier out and keeps them.
    private static func print(_ id: DossierID, _ hall: Hall, _ printer: Hall.PaperPrinter?) async throws -> Int {
        guard let printer else { return 0 }
        let lines = try await hall.papers(of: id)
        for line in lines {
            let opened = try await hall.paper(line.id, of: id)
            _ = try await hall.file(of: opened, for: .platform, printer: printer)
        }
        return lines.count
    }

    /// Whether the file of a certificate is made with its grant.
    func isChosen(_ subject: Subject) -> Bool {
        guard plan.files > 0, ground.pressing != nil else { return false }
        var dice = CityDice(plan.seed, 0xF17E, subject.bytes.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        return dice.happens(plan.files)
    }

    private func hall(at now: Instant, _ mark: UInt64, _ subject: Subject, _ one: UInt64, _ other: UInt64) -> Hall {
        let low = subject.bytes.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        var dice = CityDice(plan.seed, mark, low, one, other)
        return hall.standing(in: Hall.World(time: Self.clock(now), dice: dice.forHall()))
    }
}

/// Something that somebody will do.
struct CityAgendaEntry: Sendable {
    let at: Instant
    let number: Int
    let deed: CityDeed
}

/// One thing that is done in a minute.
enum CityWork: Sendable {
    case effect(Lease)
    case wake(DossierID)
    case window(CityQueue.Key, Int, CityQueue.Deed)
    case deed(CityAgendaEntry)
}

/// What it came to.
enum CityAnswer: Sendable {
    case done(DossierID?, papers: Int)
    case judged(EvaluationID)
    case numbered(TicketID)
    case called(TicketID, isThere: Bool)
    case nothing
    case effect(isDone: Bool)
    case taken([Lease])
}
