import Certificates
import Dossiers
import Hall
import Foundation
import Store
import Synchronization
import Vocabulary

/// Whole lives, each command in its own durable transaction: submit, receive, accept, review, grant, certificate signed
/// and filed, issue, hand over, close.
package struct LivesBench: Sendable {
    /// One JSON object on standard output.
    package struct Result: Encodable, Sendable {
        package var bench = "lives"
        package var store = ""
        package var count = 0
        package var clients = 0
        package var files = "none"
        package var seconds = 0.0
        package var lives_per_second = 0.0
        package var commands_per_second = 0.0
        /// Milliseconds, by command.
        package var latency: [String: Percentiles] = [:]
        package var fsyncs = 0
        package var bytes_per_life = 0
        package var limit_inserts_per_second = 0.0
        /// Commands a second over single-row inserts a second.
        package var ratio_to_limit = 0.0
        package var resident_mebibytes_max = 0
    }

    /// Commands of one life.
    private static let commandsPerLife = 9

    /// What the platform does by itself, by the effect that does it.
    private static let commands = [
        "certificate.sign": "file", "dossier.issue": "issue", "dossier.deliver": "handOver", "dossier.close": "close",
    ]

    private let setting: BenchSetting
    private var hall: Hall { setting.hall }
    private let waiting = LivesWaiting()
    private let timings = Timings()

    /// A bench in a setting.
    package init(_ setting: BenchSetting) {
        self.setting = setting
    }

    /// What lives are granted, where sealed files are made of it.
    private static let kind = CertificateKind(
        code: "11350100MADEM002X0001", names: ("准予行政许可决定书", "Decision to grant a permit"),
        holderKind: .organisation, validity: .months(36), faceFields: [])

    /// Runs it whole; `files` says what the hall makes of certificates: `none` but signed data, or `sealed` files.
    package func run(files: String) async throws -> Result {
        if hall.press != nil { try await hall.store.write { tx in try CertificateKindTable.put(Self.kind, in: tx) } }
        guard let item = try SampleItem.all().first(where: { $0.mode == .preReviewThenCounter }) else {
            throw Fault.corrupt("no item with every command")
        }
        var result = Result()
        result.limit_inserts_per_second = try await setting.meter.limit(
            writers: setting.clients, rows: max(2000, min(setting.count * 4, 40_000)))
        let before = try await setting.meter.reading()
        let start = ContinuousClock.now
        try await live(item)
        let elapsed = ContinuousClock.now - start
        let after = try await setting.meter.reading()
        result.store = hall.store.dialect.rawValue
        (result.count, result.clients, result.files) = (setting.count, setting.clients, files)
        result.seconds = elapsed / .seconds(1)
        result.lives_per_second = Double(setting.count) / result.seconds
        result.commands_per_second = result.lives_per_second * Double(Self.commandsPerLife)
        result.latency = timings.percentiles()
        result.fsyncs = after.syncs - before.syncs
        result.bytes_per_life = (after.bytes - before.bytes) / max(setting.count, 1)
        result.ratio_to_limit = result.commands_per_second / max(result.limit_inserts_per_second, 1)
        result.resident_mebibytes_max = ProcessMemory.peakMebibytes()
        return result
    }

    private func live(_ item: SampleItem) async throws {
        let waiting = waiting
        let runner = EffectRunner(hall: hall, holder: "bench") { [timings] lease, took in
            if let command = Self.commands[lease.effect.kind] { timings.add(took / .milliseconds(1), to: command) }
            if lease.effect.kind == "dossier.close" { waiting.end(lease.id.subject) }
        }
        let next = Turnstile(limit: setting.count)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    try await runUntilCancelled { try await runner.run(idle: .milliseconds(1)) }
                    return false
                }
            }
            group.addTask {
                try await runUntilCancelled { try await seal() }
                return false
            }
            for _ in 0..<setting.clients {
                group.addTask {
                    while let number = next.take() {
                        if number % 5000 == 0, number > 0 {
                            setting.progress("\(number) of \(setting.count) lives begun")
                        }
                        try await live(Life(number: number, item: item))
                    }
                    return true
                }
            }
            var finished = 0
            while let isClient = try await group.next() {
                finished += isClient ? 1 : 0
                if finished == setting.clients { group.cancelAll() }
            }
        }
    }

    private func seal() async throws {
        let sealer = Sealer(store: hall.store, holder: "bench", origin: "bench") { $0 }
        while !Task.isCancelled {
            if try await sealer.seal(now: hall.time.now()) < Sealer.batchMax / 2 {
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    private func live(_ life: Life) async throws {
        let numbers = try await hall.numbers(for: life.item.terms.implementationCode)
        let submission = life.submission(numbers: numbers, isComplete: true)
        let id = try await timings.time("submit") {
            try await hall.submit(submission, by: life.filer, attempt: attempt()).dossier
        }
        try await perform("receive", .receive, on: id, Cast.clerk)
        try await perform("accept", .accept, on: id, Cast.clerk)
        try await perform("review", .passReview(.grant, opinion: "材料齐全，符合法定条件"), on: id, Cast.reviewer)
        let certificate = CertificateID(hall.ids.next())
        let closed = Task { await waiting.wait(for: id) }
        try await perform("grant", .grant(grounds: "符合法定条件", certificate: certificate), on: id, Cast.decider)
        await closed.value
    }

    private func perform(
        _ name: String, _ command: DossierCommand, on id: DossierID, _ performer: Performer
    ) async throws {
        try await timings.time(name) { _ = try await hall.perform(command, on: id, by: performer, attempt: attempt()) }
    }

    private func attempt() -> Attempt { Attempt(.of(hall.ids.next())) }
}

/// Runs until the task is cancelled; being cancelled is no failure.
private func runUntilCancelled(_ work: () async throws -> Void) async throws {
    do {
        try await work()
    } catch is CancellationError {
        return
    }
}

/// Lives that wait for their end, which the platform brings about.
private final class LivesWaiting: Sendable {
    private struct State {
        var waiting: [Subject: CheckedContinuation<Void, Never>] = [:]
        var done: Set<Subject> = []
    }

    private let state = Mutex(State())

    func wait(for id: DossierID) async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state -> Bool in
                if state.done.remove(id.subject) != nil { return true }
                state.waiting[id.subject] = continuation
                return false
            }
            if isDone { continuation.resume() }
        }
    }

    func end(_ subject: Subject) {
        let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if let waiting = state.waiting.removeValue(forKey: subject) { return waiting }
            state.done.insert(subject)
            return nil
        }
        continuation?.resume()
    }
}
