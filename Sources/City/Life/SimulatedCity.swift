package import Accounts
import Catalogue
import Certificates
import Dossiers
package import Hall
package import Store
package import Vocabulary

/// A city that lives from a seed through some months: people and firms come as they come to a real centre, and clerks,
/// examiners, deciders, couriers and the platform do what they do in life, each by a command through the hall, in the
/// order of a clock that is moved. The same seed writes the same journal on every store.
package final class SimulatedCity {
    /// How large a city, how long, and from which seed.
    package struct Plan: Sendable {
        package let from: CivilDate
        package let to: CivilDate
        package let cases: Int
        package let seed: UInt64
        /// For which share of the certificates and papers the files are made.
        package let files: Double
        /// Whether people say what they think of the service.
        package var isJudged = true
        /// Whether whoever comes to a hall takes a number and waits.
        package var isQueued = true
        /// How many commands share a transaction at most. One is as in life; the journal is the same for any number.
        package var atOnce = OrderedStore.togetherMax - 1

        package init(from: CivilDate, to: CivilDate, cases: Int, seed: UInt64, files: Double = 0) {
            (self.from, self.to, self.cases, self.seed, self.files) = (from, to, cases, seed, files)
        }
    }

    /// What a city is built in.
    package struct Ground: Sendable {
        let store: OrderedStore
        let calendar: WorkCalendar
        let key: AccountKey
        let passwords: PasswordWorkers
        /// Seals what waits, and signs checkpoints of the journal and of what follows from it.
        let seal: @Sendable (Instant) async throws -> Void
        let checkpoint: @Sendable (Instant) async throws -> Void
        /// Where large files lie; nil where none are made.
        package var files: BlobFiles?
        /// The same hall with seals and a press; nil where no files are made.
        package var pressing: (@Sendable (Hall) -> Hall)?
        /// Lays papers out; nil where no files are made.
        package var printer: Hall.PaperPrinter?

        package init(
            store: OrderedStore, calendar: WorkCalendar, accounts: (key: AccountKey, passwords: PasswordWorkers),
            seal: @escaping @Sendable (Instant) async throws -> Void,
            checkpoint: @escaping @Sendable (Instant) async throws -> Void
        ) {
            (self.store, self.calendar) = (store, calendar)
            (key, passwords) = accounts
            (self.seal, self.checkpoint) = (seal, checkpoint)
        }
    }

    /// LIMIT: cases of one city.
    package static let casesMax = 2_000_000
    /// LIMIT: folded dossiers that a simulation keeps in memory: about those of two weeks in a city of 372,500 cases.
    static let cachedDossiersMax = 30_000

    let plan: Plan
    let ground: Ground
    let hall: Hall
    let course: CityCourse
    let start: Instant
    private let arrivals: CityArrivals
    let people: CityPeople
    let items: CityItems
    let catalogue: DemonstrationCatalogue
    private(set) var desk: CityDesk?

    /// What is to be done, by the minute.
    private var agenda: [[CityAgendaEntry]]
    var cases: [Int: CityCase] = [:]
    var known: Set<CityPeople.Key> = []
    var terms: [String: Terms] = [:]
    /// Where people wait in halls, and who has a number there.
    var queues: [CityQueue.Key: CityQueue] = [:]
    var present: Set<CityQueue.Presence> = []
    private var taken: [Lease] = []
    package internal(set) var totals = CityTotals()

    /// A city in a store that is empty and has the hall's tables.
    package init(_ plan: Plan, in ground: Ground) throws {
        (self.plan, self.ground) = (plan, ground)
        start = Instant(plan.from)
        let world = Hall.World(time: Self.clock(start), dice: .seeded(plan.seed))
        var hall = try Hall(
            store: ground.store, calendar: ground.calendar, world: world,
            signers: try SimulationSigners(seed: plan.seed), files: ground.files, threads: 2)
        hall.courier = try SimulatedCarrier.account(ground.calendar)
        hall.keepDossiers(Self.cachedDossiersMax)
        self.hall = hall
        course = CityCourse(hours: CityHours(calendar: ground.calendar))
        arrivals = CityArrivals(
            from: plan.from, through: plan.to, cases: plan.cases, calendar: ground.calendar, seed: plan.seed)
        people = CityPeople(cases: plan.cases, from: start, seed: plan.seed)
        catalogue = try DemonstrationCatalogue.shipped()
        items = try CityItems(catalogue)
        let days = max(0, plan.to.daysSinceEpoch - plan.from.daysSinceEpoch + 1)
        agenda = Array(repeating: [], count: days * Self.minutesOfDay)
    }

    static let minutesOfDay = 1440
    /// LIMIT: effects that are taken into hand in a minute; the others wait for the next.
    private static let effectsMax = 4096

    /// The hall that was simulated, at the instant with which the simulation ended.
    package var simulatedHall: Hall {
        hall.standing(in: Hall.World(time: Self.clock(instant(agenda.count)), dice: .seeded(plan.seed ^ 0xE4D)))
    }

    static func clock(_ now: Instant) -> TimeSource { TimeSource { now } }

    private func instant(_ minute: Int) -> Instant { start.advanced(bySeconds: Int64(minute) * 60) }

    /// Builds the city and lets it live. `progress` is told of days that are over: how many, of how many, and how many
    /// cases were filed.
    package func run(progress: (Int, Int, Int) -> Void = { _, _, _ in }) async throws -> CityTotals {
        try await build()
        let days = agenda.count / Self.minutesOfDay
        for day in 0..<days {
            for arrival in arrivals.arrivals(on: plan.from.advanced(byDays: day)) {
                try begin(arrival)
            }
            for minute in day * Self.minutesOfDay..<(day + 1) * Self.minutesOfDay {
                try await live(minute)
                if minute % 60 == 59 { try await ground.seal(instant(minute)) }
            }
            let evening = instant((day + 1) * Self.minutesOfDay - 1)
            try await pulse(at: evening)
            try await ground.seal(evening)
            try await ground.checkpoint(evening)
            progress(day + 1, days, totals.filed)
        }
        try await finish()
        return totals
    }

    /// The catalogue, the demonstration's people and halls, and the staff of every hall and body.
    private func build() async throws {
        _ = try await DemonstrationCity(
            hall: hall, passwords: ground.passwords, key: ground.key, hasRealList: false, progress: { _ in }
        ).fill()
        guard let login = LoginName("demonstration") else { throw Fault.corrupt("a login name that is none") }
        let password = try Password(DemonstrationCity.password, login: login)
        let hash = try await ground.passwords.hash(password, dice: hall.dice)
        let staff = try await CityStaff(
            hall, catalogue.composer.directory, windows: windowsNeeded(), hash: hash, seed: plan.seed)
        let now = start
        if let pressing = ground.pressing {
            let sealing = pressing(hall)
            for body in catalogue.composer.directory.bodies {
                _ = try await sealing.seal(for: body.code, named: body.name)
            }
        }
        let scan = try await hall.store.write { tx in
            try Blobs.put(Array("一窗示例扫描件：虚构材料，不作凭证。\n".utf8), now: now, in: tx)
        }
        let desk = CityDesk(staff: staff, people: people, scan: scan, calendar: ground.calendar)
        try await openQueues(desk)
        self.desk = desk
    }

    private func begin(_ arrival: CityArrivals.Arrival) throws {
        var dice = CityDice(plan.seed, 0xBE61, UInt64(arrival.number))
        let choice = try items.draw(isOnline: arrival.isOnline, &dice)
        let applicant = people.draw(isFirm: choice.isFirm, &dice)
        let hasTolerable = choice.materials.contains { $0.necessity == .mayFollow }
        let fate = CityFate(choice, hasTolerable: hasTolerable, &dice)
        var saying = CityDice(plan.seed, 0x57A2, UInt64(arrival.number))
        let verdict =
            plan.isJudged ? CityVerdict(of: fate, atWindow: choice.hall != nil, &saying) : nil
        var one = CityCase(
            number: arrival.number, choice: choice, applicant: applicant, fate: fate, verdict: verdict,
            filedAt: arrival.at)
        try arrange((.file, arrival.at), of: &one, notBefore: 0)
        cases[arrival.number] = one
    }

    func put(_ deed: CityDeed, of number: Int, at: Instant, notBefore: Int) {
        let wanted = Int((at.milliseconds - start.milliseconds) / 60_000)
        let minute = max(wanted, notBefore)
        // What would come after the end is not done: the case is open then.
        guard agenda.indices.contains(minute) else { return }
        agenda[minute].append(CityAgendaEntry(at: max(at, instant(minute)), number: number, deed: deed))
    }

    private func live(_ minute: Int) async throws {
        let now = instant(minute)
        var works = taken.map(CityWork.effect)
        taken = []
        if minute % 60 == 0 {
            let asking = Pulse(hall: hall.standing(in: Hall.World(time: Self.clock(now), dice: .seeded(0))))
            works += try await asking.due().map(CityWork.wake)
        }
        works += queueWorks(minute, now)
        let due = agenda[minute].sorted { ($0.at, $0.number) < ($1.at, $1.number) }
        agenda[minute] = []
        works += due.map(CityWork.deed)
        // Whoever wakes many wakes them in several rounds.
        for begin in stride(from: 0, to: works.count, by: plan.atOnce) {
            let end = min(begin + plan.atOnce, works.count)
            try await together(Array(works[begin..<end]), minute, takesEffects: end == works.count)
        }
    }

    /// Does what falls into one minute at once; takes the effects that follow from the minute into hand for the next.
    private func together(_ works: [CityWork], _ minute: Int, takesEffects: Bool) async throws {
        let now = instant(minute)
        var jobs: [@Sendable () async throws -> CityAnswer] = []
        for work in works { jobs.append(try await job(work, now)) }
        let next = hall.standing(in: Hall.World(time: Self.clock(instant(minute + 1)), dice: .seeded(0)))
        if takesEffects {
            jobs.append {
                .taken(try await EffectRunner(hall: next, holder: "simulation").take(limit: Self.effectsMax))
            }
        }
        let answers = await ground.store.together(jobs)
        for (work, answer) in zip(works, answers) { try note(work, answer, minute) }
        if case .taken(let leases)? = try answers.last?.get() { taken += leases }
    }

    private func note(_ work: CityWork, _ answer: Result<CityAnswer, any Error>, _ minute: Int) throws {
        switch work {
        case .effect(let lease):
            guard case .effect(isDone: true) = try answer.get() else {
                // It went back into the outbox and comes again.
                totals.effects_failed += 1
                return
            }
            totals.effects += 1
            if lease.effect.kind == "dossier.close" { totals.closed += 1 }
            guard lease.effect.kind == "certificate.sign" else { return }
            totals.certificates += 1
            if isChosen(lease.id.subject) { totals.certificate_files += 1 }
        case .wake:
            _ = try answer.get()
            totals.woken += 1
        case .window(let key, let place, let deed): try note(deed, key, place, answer, minute)
        case .deed(let entry): try note(entry, answer, minute)
        }
    }

    private func note(_ entry: CityAgendaEntry, _ answer: Result<CityAnswer, any Error>, _ minute: Int) throws {
        guard var one = cases[entry.number] else { return }
        do {
            switch try answer.get() {
            case .done(let id, let papers):
                one.id = id
                totals.paper_files += papers
            case .judged(let evaluation): one.evaluation = evaluation
            case .numbered(let ticket): return queue(ticket, of: &one, at: entry.at)
            case .nothing: return goOn(&one, at: entry.at, minute)
            case .effect, .taken, .called: break
            }
        } catch let refusal as any Refusal {
            // Somebody came too late, or the city was wrong about the house: it is counted, and the case stays there.
            totals.refusals["\(entry.deed.rawValue) \(refusal.code)", default: 0] += 1
            leave(&one, before: nil, at: entry.at, minute)
            if entry.deed == .takeNumber, let visit = one.visit {
                present.remove(CityQueue.Presence(hall: visit.key.hall, citizen: visit.citizen))
            }
            cases[entry.number] = nil
            return
        }
        if entry.deed == .file { known.insert(one.applicant) }
        if [.file, .receive, .supplyCorrection].contains(entry.deed),
            one.choice.guide.promisedLimit.startsAt == .receipt
        {
            one.clockFrom = entry.at
        }
        totals.count(entry.deed, of: one, at: entry.at, ground.calendar)
        one.turn += 1
        var dice = CityDice(plan.seed, 0xF011, UInt64(one.number), one.turn)
        let next = course.next(after: entry.deed, of: &one, at: entry.at, &dice)
        leave(&one, before: next, at: entry.at, minute)
        if let next { try arrange(next, of: &one, notBefore: minute + 1) }
        cases[entry.number] = next == nil ? nil : one
    }

    /// What the pulse of a house does beside waking: halls, results that nobody fetched, certificates whose days end.
    private func pulse(at now: Instant) async throws {
        var dice = CityDice(plan.seed, 0x9015, UInt64(now.milliseconds))
        let there = hall.standing(in: Hall.World(time: Self.clock(now), dice: dice.forHall()))
        let beat = try await Pulse(hall: there).round()
        totals.woken += beat.woken
        guard beat.failures == 0 else { throw Fault.corrupt("silence could not be written down: \(beat.failed)") }
    }

    /// Nothing may be left that failed.
    private func finish() async throws {
        let counts = try await hall.store.read { tx in try Outbox.counts(in: tx) }
        guard counts.spent == 0 else { throw Fault.corrupt("\(counts.spent) effects are spent") }
    }
}
