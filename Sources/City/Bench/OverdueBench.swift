import Dossiers
import Hall
import Store
import Vocabulary

/// Shows what it costs to find the dossiers whose promise has passed among so many open ones: the same number is due
/// while a hundredth, a tenth and all of the others are open. The clock is the bench's own.
package struct OverdueBench: Sendable {
    /// Dossiers that become due in the same minute, at each size.
    package static let overdueCount = 500

    /// What was found at one size.
    package struct Step: Encodable, Sendable {
        /// Open dossiers in the store, those that became due among them.
        package let open: Int
        /// Dossiers whose row the round turned red.
        package let red: Int
        /// From the instant at which they were due until the last one was red.
        package let round_seconds: Double
        package let milliseconds_each: Double
        /// Asking what is due while nothing is.
        package let idle_look_milliseconds: Percentiles
    }

    /// One JSON object on standard output.
    package struct Result: Encodable, Sendable {
        package var bench = "overdue"
        package var store = ""
        package var count = 0
        package var overdue = OverdueBench.overdueCount
        package var fill_per_second = 0.0
        package var steps: [Step] = []
        /// The last round's time by the first one's: 1 when the number of open dossiers does not matter.
        package var growth = 0.0
        /// Single-row durable inserts a second, one after another, in the same run.
        package var limit_inserts_per_second = 0.0
        /// Dossiers turned red a second at the full size, by those inserts.
        package var ratio_to_limit = 0.0
        package var bytes = 0
        package var resident_mebibytes_max = 0
    }

    /// Times that nothing is due is asked at each size.
    private static let looks = 200

    private let setting: BenchSetting
    private let clock: SimulatedClock
    private var hall: Hall { setting.hall }
    private var now: Instant { clock.source.now() }

    /// A bench in a setting whose hall goes by this clock.
    package init(_ setting: BenchSetting, clock: SimulatedClock) {
        (self.setting, self.clock) = (setting, clock)
    }

    /// Runs it whole; throws when a round finds another number than what is due.
    package func run() async throws -> Result {
        guard let item = try SampleItem.all().first(where: { $0.mode == .ordinary }) else {
            throw Fault.corrupt("no item of the ordinary mode")
        }
        var result = Result()
        result.limit_inserts_per_second = try await setting.meter.limit(writers: 1, rows: Self.overdueCount)
        let sizes = [setting.count / 100, setting.count / 10, setting.count]
        // Each group is accepted on a day of its own, so that it is due on a day of its own.
        for group in sizes.indices {
            setting.progress("accepting group \(group + 1), \(Self.overdueCount) dossiers")
            try await Turnstile.each(to: Self.overdueCount, clients: setting.clients) { place in
                let id = try await file(group * Self.overdueCount + place, item)
                try await perform(.accept, on: id)
            }
            clock.advance(minutes: 24 * 60)
        }
        var filed = 0
        let start = ContinuousClock.now
        var spent = Duration.zero
        for (group, size) in sizes.enumerated() {
            let before = ContinuousClock.now
            try await fill(from: filed, to: size, item)
            spent += ContinuousClock.now - before
            filed = size
            result.steps.append(try await step(group))
        }
        setting.progress("measured after \((ContinuousClock.now - start).components.seconds) s")
        result.fill_per_second = Double(filed) / (spent / .seconds(1))
        (result.store, result.count) = (hall.store.dialect.rawValue, setting.count)
        guard let first = result.steps.first, let last = result.steps.last else { return result }
        result.growth = last.round_seconds / first.round_seconds
        result.ratio_to_limit = 1000 / last.milliseconds_each / result.limit_inserts_per_second
        result.bytes = try await setting.meter.reading().bytes
        result.resident_mebibytes_max = ProcessMemory.peakMebibytes()
        return result
    }

    /// Received dossiers, which silence accepts days later than the bench ends.
    private func fill(from first: Int, to last: Int, _ item: SampleItem) async throws {
        let offset = 3 * Self.overdueCount
        try await Turnstile.each(from: first, to: last, clients: setting.clients) { number in
            if number % 20_000 == 0 { setting.progress("\(number) of \(setting.count) open dossiers") }
            _ = try await file(offset + number, item)
        }
    }

    private func step(_ group: Int) async throws -> Step {
        while true {
            let look = try await idle()
            let spent = try await nextRound()
            let (open, red) = try await hall.store.read { tx in
                (
                    try tx.row("SELECT COUNT(*) FROM dossier WHERE stage <> 'ended'")?.integer(0) ?? 0,
                    try tx.row("SELECT COUNT(*) FROM dossier WHERE light >= \(Light.red.rawValue)")?.integer(0) ?? 0
                )
            }
            // The group first turns yellow.
            if red == group * Self.overdueCount { continue }
            guard red == (group + 1) * Self.overdueCount else { throw Fault.corrupt("\(red) rows are red") }
            return Step(
                open: open, red: red - group * Self.overdueCount, round_seconds: spent / .seconds(1),
                milliseconds_each: spent / .milliseconds(1) / Double(Self.overdueCount), idle_look_milliseconds: look)
        }
    }

    /// Asks again and again what is due while nothing is.
    private func idle() async throws -> Percentiles {
        let timings = Timings()
        for _ in 0..<Self.looks {
            let early = now
            let nothing = try await timings.time("look") { try await due(by: early) }
            guard nothing.isEmpty else { throw Fault.corrupt("\(nothing.count) dossiers are due too early") }
        }
        return timings.percentiles()["look"] ?? Percentiles(p50: 0, p99: 0)
    }

    /// Moves to the minute in which a group is due next, and times the round that finds it.
    private func nextRound() async throws -> Duration {
        var group = try await due(by: now)
        while group.isEmpty {
            clock.advance(minutes: 1)
            group = try await due(by: now)
        }
        guard group.count == Self.overdueCount else { throw Fault.corrupt("\(group.count) dossiers are due at \(now)") }
        let start = ContinuousClock.now
        let beat = try await Pulse(hall: hall).round()
        let spent = ContinuousClock.now - start
        guard beat.woken == Self.overdueCount, beat.failures == 0 else {
            throw Fault.corrupt("\(beat.woken) dossiers were woken, \(beat.failures) could not be")
        }
        return spent
    }

    private func due(by instant: Instant) async throws -> [DossierTable.WakeLine] {
        try await hall.store.read { tx in
            try DossierTable.due(by: instant, limit: 2 * Self.overdueCount, in: tx)
        }
    }

    private func file(_ number: Int, _ item: SampleItem) async throws -> DossierID {
        let life = Life(number: number, item: item)
        let numbers = try await hall.numbers(for: item.terms.implementationCode)
        return try await hall.submit(
            life.submission(numbers: numbers, isComplete: true), by: life.filer, attempt: attempt()
        ).dossier
    }

    private func perform(_ command: DossierCommand, on id: DossierID) async throws {
        _ = try await hall.perform(command, on: id, by: Cast.clerk, attempt: attempt())
    }

    private func attempt() -> Attempt { Attempt(.of(hall.ids.next())) }
}
