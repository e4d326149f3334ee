import ArgumentParser
import Certificates
import City
import Documents
import Foundation
import Hall
import Store
import Vocabulary

/// `onewindow simulate --cases N`: a city that lives through some months, in a store that `serve` opens.
struct CitySimulation {
    let options: DataOptions
    let plan: SimulatedCity.Plan
    let isJSON: Bool

    /// One JSON object on standard output.
    private struct Result: Encodable {
        let seed: UInt64
        let from: String
        let to: String
        let cases: Int
        let store: String
        let digest: String
        let entries: Int
        let seconds: Double
        let build_seconds: Double
        let cases_per_second: Double
        let commands_per_second: Double
        let resident_mebibytes_max: Int
        /// Whether another run of the seed writes the same bytes: seals are signed by chance.
        let is_repeatable: Bool
        let open_at_end: Int
        let findings: [String]
        let totals: CityTotals
    }

    func run() async throws {
        let folder =
            options.data ?? NSTemporaryDirectory() + "onewindow-city-\(ProcessInfo.processInfo.processIdentifier)"
        var chosen = options
        chosen.data = folder
        let house = try await Wiring.open(chosen, for: .simulation, forDemonstration: true)
        let isEmpty = try await house.hall.serviceHalls().isEmpty
        guard isEmpty else { throw ValidationError("a city is simulated in an empty store, and this one has halls") }
        let start = ContinuousClock.now
        let city = try SimulatedCity(plan, in: try ground(house, folder))
        let bar = ProgressBar(cases: plan.cases)
        let totals = try await city.run { day, days, filed in bar.show(day, days, filed) }
        // Now everything is on the disk.
        try await house.store.checkpoint()
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let books = try await Auditor().books(of: city.simulatedHall)
        try await house.sealer().release()
        await house.store.close()
        if options.data == nil { try FileManager.default.removeItem(atPath: folder) }
        let findings = books.findings + totals.differences(from: books)
        let result = Result(
            seed: plan.seed, from: plan.from.description, to: plan.to.description, cases: plan.cases,
            store: house.store.dialect.rawValue, digest: books.digest, entries: books.entries, seconds: seconds,
            build_seconds: bar.buildSeconds, cases_per_second: Double(totals.filed) / seconds,
            commands_per_second: Double(totals.deeds + totals.effects + totals.woken) / seconds,
            resident_mebibytes_max: ProcessMemory.peakMebibytes(), is_repeatable: plan.files == 0,
            open_at_end: totals.filed - books.ended, findings: findings, totals: totals)
        let encoder = JSONEncoder()
        encoder.outputFormatting = isJSON ? [.sortedKeys] : [.sortedKeys, .prettyPrinted]
        print(String(decoding: try encoder.encode(result), as: UTF8.self))
        if options.data != nil {
            let clock = "ONEWINDOW_DEMO_CLOCK=\(plan.to)T09:00"
            Wiring.say("open it on its last day: \(clock) onewindow serve --data \(folder)")
        }
        if !findings.isEmpty { throw ExitCode.failure }
    }

    func ground(_ house: Wiring.House, _ folder: String) throws -> SimulatedCity.Ground {
        let (sealer, keeper) = (house.sealer(), house.logKeeper())
        var ground = SimulatedCity.Ground(
            store: OrderedStore(above: house.store), calendar: try .shipped(),
            accounts: (house.accountKey, house.passwords),
            seal: { now in
                while try await sealer.seal(now: now) > 0 {}
                try await keeper.followAll { now }
            },
            checkpoint: { now in
                _ = try await sealer.checkpoint(now: now)
                _ = try await keeper.checkpoint(now: now)
            })
        guard plan.files > 0 else { return ground }
        let (workshop, press, typeface) = (house.hall.sealWorkshop, house.hall.press, try Settings.paperTypeface())
        ground.files = try BlobFiles(directory: folder + "/blobs")
        ground.pressing = { hall in
            var hall = hall
            (hall.sealWorkshop, hall.press) = (workshop, press)
            return hall
        }
        ground.printer = { paper in try paper(typeface).bytes() }
        return ground
    }
}

/// How far it is, on one line of standard error.
private final class ProgressBar {
    private let cases: Int
    private let start = ContinuousClock.now
    private var first: (at: ContinuousClock.Instant, filed: Int)?
    private var shown = ContinuousClock.now
    private(set) var buildSeconds = 0.0

    init(cases: Int) {
        self.cases = cases
    }

    func show(_ day: Int, _ days: Int, _ filed: Int) {
        let now = ContinuousClock.now
        guard let first else {
            buildSeconds = (now - start) / .seconds(1)
            self.first = (now, filed)
            return
        }
        guard now - shown >= .seconds(1) || day == days else { return }
        shown = now
        let seconds = max((now - first.at) / .seconds(1), 0.001)
        let rate = Double(filed - first.filed) / seconds
        let left = rate > 0 ? Int(Double(cases - filed) / rate) : 0
        let share = day * 30 / max(days, 1)
        let bar = String(repeating: "#", count: share) + String(repeating: ".", count: 30 - share)
        let line = "\r[\(bar)] day \(day) of \(days), \(filed) cases, \(Int(rate)) a second, \(left) s left   "
        FileHandle.standardError.write(Data((day == days ? line + "\n" : line).utf8))
    }
}
