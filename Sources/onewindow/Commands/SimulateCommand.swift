import ArgumentParser
import City
import Foundation
import Hall
import Store
import Vocabulary

/// `onewindow simulate`: a city from a seed, with faults; what it wrote as one digest.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Lets a city live from a seed while faults strike, audits it, and prints the digest of its journal.")

    @OptionGroup var options: DataOptions

    @Option(help: "Seed of chance: the same seed writes the same journal on every store.")
    var seed: UInt64 = 1

    @Option(help: "How many lives.")
    var count = 20

    @Flag(help: "One JSON object on one line of standard output.")
    var json = false

    private struct Result: Encodable {
        let seed: UInt64
        let count: Int
        let store: String
        let digest: String
        let steps: Int
        let faults: Int
        let submitted: Int
        let certificates: Int
        let findings: [String]
    }

    func run() async throws {
        let folder =
            options.data ?? NSTemporaryDirectory() + "onewindow-city-\(ProcessInfo.processInfo.processIdentifier)"
        let faults = PlannedFaults()
        let store = try await options.open(in: folder, faults: faults.plan)
        _ = try await store.migrate(Hall.migrations, now: Wiring.time.now())
        let city = try Simulation(seed: seed, lives: count, store: store, faults: faults, calendar: .shipped())
        let summary = try await city.run()
        let sealer = Sealer(store: store, holder: "simulation", origin: "simulation") { $0 }
        while try await sealer.seal(now: city.now) > 0 {}
        let audit = try await JournalAudit(store: store, origin: "simulation") { $0 == $1 }.run()
        let books = try await Auditor().books(of: city.simulatedHall)
        await store.close()
        if options.data == nil { try FileManager.default.removeItem(atPath: folder) }
        let findings = books.findings + audit.findings
        let encoder = JSONEncoder()
        encoder.outputFormatting = json ? [.sortedKeys] : [.sortedKeys, .prettyPrinted]
        let result = Result(
            seed: seed, count: count, store: store.dialect.rawValue, digest: books.digest, steps: summary.steps,
            faults: summary.faults, submitted: books.submitted, certificates: books.certificates, findings: findings)
        print(String(decoding: try encoder.encode(result), as: UTF8.self))
        if !findings.isEmpty { throw ExitCode.failure }
    }
}
