import ArgumentParser
import City
import Foundation
import Hall
import Store
import Vocabulary

extension BenchCommand {
    /// `onewindow bench fill`: a store of very many dossiers, for the benches that serve one.
    struct Fill: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fills an empty house with so many dossiers: a simulated city's, each written again and again.",
            discussion: """
                Decision 0052. What was stopped is begun anew in an empty house. Open it with the clock that is said.
                """)

        @OptionGroup var options: DataOptions

        @ArgumentParser.Option(help: "How many dossiers: a multiple of --templates.")
        var count = 372_500

        @ArgumentParser.Option(help: "How many of them are simulated, every command through the hall.")
        var templates = 2500

        @ArgumentParser.Option(help: "Seed of chance.")
        var seed: UInt64 = 1

        @Flag(help: "One JSON object on one line of standard output.")
        var json = false

        /// One JSON object on standard output.
        private struct Result: Encodable {
            let bench = "fill"
            let store: String
            let count: Int
            let templates: Int
            let simulated_seconds: Double
            let copied_seconds: Double
            let dossiers_per_second: Double
            /// Written as copies: rows beside the journal, and entries of the journal.
            let rows: Int
            let entries: Int
            let bytes_per_dossier: Int
            let resident_mebibytes_max: Int
            let clock: String
        }

        func validate() throws {
            guard templates > 0, templates <= SimulatedCity.casesMax, count >= templates, count % templates == 0,
                count / templates - 1 <= BulkCity.Plan.copiesMax
            else {
                throw ValidationError(
                    "--count is a multiple of --templates, at most \(BulkCity.Plan.copiesMax) copies of each")
            }
        }

        func run() async throws {
            guard let data = options.data, let from = CivilDate("2018-01-01"), let to = CivilDate("2018-10-31") else {
                throw ValidationError("--data says where the house is built")
            }
            let plan = BulkCity.Plan(
                templates: SimulatedCity.Plan(from: from, to: to, cases: templates, seed: seed),
                copies: count / templates - 1)
            let house = try await Wiring.open(options, for: .simulation, forDemonstration: true)
            guard try await house.hall.serviceHalls().isEmpty else {
                throw ValidationError("a bench is filled in an empty store, and this one has halls")
            }
            let sealer = house.sealer()
            let ground = try CitySimulation(options: options, plan: plan.templates, isJSON: true).ground(house, data)
            let bar = FillBar()
            let bulk = BulkCity(plan, in: ground, sealer: sealer) { bar.show($0, $1, $2) }
            let (_, filled) = try await bulk.fill()
            // Now everything is on the disk.
            try await house.store.checkpoint()
            let meter = StoreMeter(store: house.store, path: try options.path(in: data))
            let bytes = try await meter.reading().bytes
            try await sealer.release()
            await house.store.close()
            let clock = "\(to)T09:00"
            let result = Result(
                store: house.store.dialect.rawValue, count: count, templates: templates,
                simulated_seconds: filled.simulatedSeconds, copied_seconds: filled.copiedSeconds,
                dossiers_per_second: Double(count - templates) / max(filled.copiedSeconds, 0.001), rows: filled.rows,
                entries: filled.entries, bytes_per_dossier: bytes / count,
                resident_mebibytes_max: ProcessMemory.peakMebibytes(), clock: clock)
            let encoder = JSONEncoder()
            encoder.outputFormatting = json ? [.sortedKeys] : [.sortedKeys, .prettyPrinted]
            print(String(decoding: try encoder.encode(result), as: UTF8.self))
            Wiring.say("open it on its last day: ONEWINDOW_DEMO_CLOCK=\(clock) onewindow serve --data \(data)")
        }
    }
}

/// What is written, and how much of it, on one line of standard error.
// SAFETY: the filling tells one thing after another.
private final class FillBar: @unchecked Sendable {
    private var shown = ContinuousClock.now
    private var what = ""
    private let start = ContinuousClock.now

    func show(_ what: String, _ done: Int, _ all: Int) {
        let now = ContinuousClock.now
        guard what != self.what || done == all || now - shown >= .seconds(1) else { return }
        (shown, self.what) = (now, what)
        let share = done * 30 / max(all, 1)
        let bar = String(repeating: "#", count: share) + String(repeating: ".", count: 30 - share)
        let seconds = Int((now - start) / .seconds(1))
        let line = "\r[\(bar)] \(what) \(done) of \(all), \(seconds) s" + String(repeating: " ", count: 24)
        FileHandle.standardError.write(Data((done == all ? line + "\n" : line).utf8))
    }
}
