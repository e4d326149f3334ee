import Dossiers
package import Hall
package import Store
import Synchronization
package import Vocabulary

/// A city that lives from a seed, one step at a time: applicants, clerks, officers, the pulse, effects that come late
/// or twice, and a store that fails before and after commits. The same seed writes the same journal on every store.
package final class Simulation {
    /// What a run came to.
    package struct Summary: Equatable, Sendable {
        package var steps = 0
        package var faults = 0
        package var ended = 0
        package var refused = 0
    }

    private let hall: Hall
    private let runner: EffectRunner
    private let pulse: Pulse
    private let clock: SimulatedClock
    private let faults: PlannedFaults
    private let dice: Dice
    private var lives: [Life]
    private var summary = Summary()

    /// LIMIT: steps of one run for each life; more means that a life hangs.
    private static let stepsPerLifeMax = 400

    /// A simulation of so many lives on a store that was opened with `faults.plan`.
    package init(
        seed: UInt64, lives count: Int, store: any Store, faults: PlannedFaults, calendar: WorkCalendar
    ) throws {
        let clock = SimulatedClock()
        dice = Dice.seeded(seed)
        self.clock = clock
        self.faults = faults
        hall = try Hall(
            store: store, calendar: calendar,
            world: Hall.World(time: clock.source, dice: Dice.seeded(seed ^ 0x5EED)),
            signers: try SimulationSigners(seed: seed))
        runner = EffectRunner(hall: hall, holder: "simulation")
        pulse = Pulse(hall: hall)
        let items = try SampleItem.all()
        lives = (0..<count).map { Life(number: $0, item: items[$0 % items.count]) }
    }

    /// The hall that was simulated.
    package var simulatedHall: Hall { hall }
    /// The simulated present.
    package var now: Instant { clock.source.now() }

    /// Runs until every dossier has ended and every effect is done; throws when that does not come about.
    package func run(afterEachStep check: (Hall) async throws -> Void = { _ in }) async throws -> Summary {
        var open = Array(lives.indices)
        while !open.isEmpty {
            guard summary.steps < Self.stepsPerLifeMax * lives.count else {
                throw Fault.corrupt("\(open.count) lives do not end; the first is \(open[0])")
            }
            summary.steps += 1
            clock.advance(minutes: Int64(1 + dice.roll() % 180))
            switch dice.roll() % 8 {
            case 0: try await withFaults { _ = try await self.runner.runOnce(limit: 4, isOrdered: true) }
            case 1: try await withFaults { _ = try await self.pulse.beat(limit: 4) }
            default:
                let place = Int(dice.roll() % UInt64(open.count))
                if try await step(open[place]) {
                    open.remove(at: place)
                    summary.ended += 1
                }
            }
            try await check(hall)
        }
        try await settle()
        summary.faults = faults.struck
        return summary
    }

    private func settle() async throws {
        for _ in 0..<(lives.count * 20) {
            clock.advance(minutes: 61)
            _ = try await runner.runOnce(isOrdered: true)
            let waiting = try await hall.store.read { tx in try Outbox.counts(in: tx) }
            guard waiting.spent == 0 else { throw Fault.corrupt("\(waiting.spent) effects are spent") }
            if waiting.waiting == 0 { return }
        }
        throw Fault.corrupt("effects are left over")
    }

    /// One deed in one life; true when the life has ended.
    private func step(_ index: Int) async throws -> Bool {
        guard let id = lives[index].id else {
            try await file(index)
            return false
        }
        let dossier = try await hall.store.read { tx in try DossierTable.load(id, in: tx) }
        guard let dossier else { throw Fault.corrupt("a filed dossier is gone") }
        if dossier.hasEnded { return true }
        guard let (command, performer) = next(lives[index], dossier) else { return false }
        try await perform(command, on: id, by: performer)
        return false
    }

    private func file(_ index: Int) async throws {
        let life = lives[index]
        let isComplete = dice.roll() % 4 != 0
        let token = CommandToken.random(hall.dice)
        let numbers = try await retrying { try await self.hall.numbers(for: life.item.terms.implementationCode) }
        let submission = life.submission(numbers: numbers, isComplete: isComplete)
        faults.arm(dice.roll())
        lives[index].id = try await retrying {
            try await self.hall.submit(submission, by: life.filer, attempt: Attempt(token)).dossier
        }
        faults.disarm()
    }

    private func perform(_ command: DossierCommand, on id: DossierID, by performer: Performer) async throws {
        let token = CommandToken.random(hall.dice)
        faults.arm(dice.roll())
        do {
            _ = try await retrying {
                try await self.hall.perform(command, on: id, by: performer, attempt: Attempt(token))
            }
        } catch is any Refusal {
            summary.refused += 1
        }
        faults.disarm()
    }

    /// What a person does who was told of a fault: the same again, with the same token.
    private func retrying<Value>(_ work: () async throws -> Value) async throws -> Value {
        while true {
            do {
                return try await work()
            } catch let fault as Fault where fault.isRetryable {
                clock.advance(minutes: 1)
            }
        }
    }

    private func withFaults(_ work: () async throws -> Void) async throws {
        faults.arm(dice.roll())
        do {
            try await work()
        } catch let fault as Fault where fault.isRetryable {
            clock.advance(minutes: 2)
        }
        faults.disarm()
    }

    private func next(_ life: Life, _ dossier: Dossier) -> (DossierCommand, Performer)? {
        let applicant = Performer.person(Cast.applicant(life.number))
        let roll = dice.roll() % 20
        if roll == 0, dossier.decision == nil { return (.withdraw(note: "不再需要"), applicant) }
        switch dossier.stage {
        case .preReview:
            if roll < 5, !dossier.wasReturned {
                return (.returnForPreReview([life.defect("form", .incomplete)], note: "缺签章"), Cast.clerk)
            }
            return roll < 15 ? (.passPreReview, Cast.clerk) : nil
        case .preReviewReturned: return (.resubmit([HandedIn("form", .paper)]), applicant)
        case .awaitingOriginals: return (.receive, Cast.clerk)
        case .received:
            guard roll < 15 else { return nil }
            if !dossier.missingMaterials.isEmpty {
                return dossier.wasCorrected
                    ? (.decline(.notCorrected, authority: "", note: "未按要求补正"), Cast.clerk)
                    : (.requestCorrection([life.defect("licence", .missing)], note: "请补交执照"), Cast.clerk)
            }
            return (.accept, Cast.clerk)
        case .correctionRequested:
            return roll < 15 ? (.supplyCorrection([HandedIn("licence", .paper)]), applicant) : nil
        case .inReview: return (.passReview(roll < 17 ? .grant : .refuse, opinion: "已审查"), Cast.reviewer)
        case .reviewed(_, let review): return decision(life, review, roll)
        case .issued(_, _, let code): return code == nil ? nil : (.handOver(.pickUpCode, recipient: "申请人"), Cast.issuer)
        case .granted, .certified, .refused, .handedOver, .ended: return nil
        }
    }

    private func decision(_ life: Life, _ review: Dossier.Review, _ roll: UInt64) -> (DossierCommand, Performer) {
        if roll == 1 { return (.returnToReviewer(note: "请再核实"), Cast.decider) }
        if review.proposal == .refuse { return (.refuse(grounds: "不符合法定条件", standard: ""), Cast.decider) }
        let certificate = life.item.terms.certificateType.map { _ in CertificateID(hall.ids.next()) }
        return (.grant(grounds: "符合法定条件", certificate: certificate), Cast.decider)
    }
}

/// A clock that a simulation moves. It begins on Monday 19 November 2018 at nine.
package final class SimulatedClock: Sendable {
    private let milliseconds: Mutex<Int64>

    package init() {
        let start = CivilDate("2018-11-19").map { Instant($0, hour: 9).milliseconds }
        milliseconds = Mutex(start ?? 0)
    }

    /// The simulated present.
    package var source: TimeSource {
        TimeSource { [self] in Instant(milliseconds: milliseconds.withLock { $0 }) }
    }

    /// Moves on.
    package func advance(minutes: Int64) {
        milliseconds.withLock { $0 += minutes * 60_000 }
    }
}

/// Faults that a simulation plans for the next transactions: before a commit, so that nothing is kept, or after it, so
/// that everything is kept and nobody is told.
package final class PlannedFaults: Sendable {
    private struct State {
        var beforeCommit = false
        var afterCommit = false
        var struck = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// How many have struck.
    package var struck: Int { state.withLock { $0.struck } }

    /// What the store is opened with.
    package var plan: FaultPlan {
        FaultPlan { [self] point in
            let strikes = state.withLock { state -> Bool in
                switch point {
                case .statement: return false
                case .beforeCommit:
                    guard state.beforeCommit else { return false }
                    state.beforeCommit = false
                case .afterCommit:
                    guard state.afterCommit else { return false }
                    state.afterCommit = false
                }
                state.struck += 1
                return true
            }
            if strikes { throw Fault.unavailable("planned") }
        }
    }

    func arm(_ roll: UInt64) {
        state.withLock { state in
            state.beforeCommit = roll % 10 == 0
            state.afterCommit = roll % 10 == 1
        }
    }

    func disarm() {
        state.withLock { state in
            state.beforeCommit = false
            state.afterCommit = false
        }
    }
}
