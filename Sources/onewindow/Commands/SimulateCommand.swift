import ArgumentParser
import City
import Foundation
import Hall
import Store
import Vocabulary

/// `onewindow simulate`: with `--cases`, a city that lives through some months and whose store is opened by `serve`;
/// without, a few lives from a seed while faults strike. What was written, as one digest.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Lets a city live from a seed, audits it, and prints the digest of its journal.",
        discussion: """
            With --cases: a whole city through some months, in an empty store that `serve` opens afterwards. Without: \
            some lives while faults strike.
            """)

    @OptionGroup var options: DataOptions

    @Option(help: "Seed of chance: the same seed writes the same journal on every store.")
    var seed: UInt64 = 1

    @Option(help: "How many lives, with faults.")
    var count = 20

    @Option(help: "How many cases a whole city has.")
    var cases: Int?

    @Option(help: "Its first day.", transform: day)
    var from = CivilDate("2018-01-01")

    @Option(help: "Its last day.", transform: day)
    var to = CivilDate("2018-10-31")

    @Option(help: "Share of certificates and papers whose files are made at once; all others are made when opened.")
    var files = 0.0

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

    private static func day(_ text: String) throws -> CivilDate? {
        guard let day = CivilDate(text) else { throw ValidationError("a day is written like 2018-01-01") }
        return day
    }

    func validate() throws {
        guard (0...1).contains(files), count > 0, cases ?? 1 > 0, cases ?? 1 <= SimulatedCity.casesMax else {
            throw ValidationError("--files is from 0 to 1, --cases from 1 to \(SimulatedCity.casesMax)")
        }
        guard let from, let to, from <= to else { throw ValidationError("--from is not after --to") }
    }

    func run() async throws {
        if let cases, let from, let to {
            let plan = SimulatedCity.Plan(from: from, to: to, cases: cases, seed: seed, files: files)
            return try await CitySimulation(options: options, plan: plan, isJSON: json).run()
        }
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
