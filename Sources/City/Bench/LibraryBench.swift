import Accounts
import Certificates
import Foundation
import Hall
import Signing
import Store
import Vocabulary

/// Fills the library in bulk with made up records of 4,567 types, and then looks some up. What an earlier run filled
/// stays, and one that was stopped goes on.
package struct LibraryBench: Sendable {
    /// One JSON object on standard output.
    package struct Result: Encodable, Sendable {
        package var bench = "library"
        package var store = ""
        package var count = 0
        /// Of this run: 0 where everything was there.
        package var taken = 0
        package var records_seconds = 0.0
        package var ways_seconds = 0.0
        package var records_per_second = 0.0
        package var bytes_per_certificate = 0
        package var samples = 0
        /// Milliseconds: `identifier` (looked up and folded), `holder` (a page of what she has), and `row` (the row of
        /// a certificate by its id, nothing else), each the first time (`cold`: the store was just opened) and again.
        package var latency: [String: Percentiles] = [:]
        package var ratio_to_raw_read = 0.0
        package var resident_mebibytes_max = 0
    }

    /// LIMIT: look-ups of each kind.
    private static let samples = 1000

    private let setting: BenchSetting
    private let seed: UInt64
    private let timings = Timings()
    private var hall: Hall { setting.hall }

    /// A bench in a setting, of the records of a seed.
    package init(_ setting: BenchSetting, seed: UInt64) { (self.setting, self.seed) = (setting, seed) }

    private struct Aside: RefusedRows {
        func cut(to bytes: Int) throws {}
        func append(_ rows: [RefusedRow]) throws -> Int {
            throw Fault.corrupt("a made up record was refused: \(rows.first?.refusal.code ?? "")")
        }
    }

    /// Runs it whole; throws when a record is not found.
    package func run() async throws -> Result {
        var result = Result()
        guard let key = AccountKey(Array("onewindow bench, known to everybody".utf8)) else {
            throw Fault.corrupt("the bench has no key")
        }
        let kinds = try GeneratedKinds.kinds(GeneratedKinds.provinceCount, seed: seed)
        _ = try await hall.take(kinds)
        let source = try GeneratedRecords(count: setting.count, seed: seed, kinds: kinds)
        let done = try await fill(source, key, &result)
        result.bytes_per_certificate = try await setting.meter.reading().bytes / max(done.taken, 1)
        guard done.taken == setting.count, done.refused == 0 else { throw Fault.corrupt("records are missing") }
        for pass in ["cold", "warm"] { try await lookUp(source, key, pass) }
        (result.store, result.count) = (hall.store.dialect.rawValue, setting.count)
        result.samples = min(Self.samples, setting.count)
        result.latency = timings.percentiles()
        if let found = result.latency["identifier warm"], let raw = result.latency["row warm"] {
            result.ratio_to_raw_read = (found.p50 / max(raw.p50, 0.001) * 100).rounded() / 100
        }
        result.resident_mebibytes_max = ProcessMemory.peakMebibytes()
        return result
    }

    private func fill(
        _ source: GeneratedRecords, _ key: AccountKey, _ result: inout Result
    ) async throws -> CertificateImportTable.Progress {
        let before = try await hall.store.read { tx in try CertificateImportTable.progress(of: source.name, in: tx) }
        let sealer = Sealer(store: hall.store, holder: "bench", origin: "bench/journal") { $0 }
        let keeper = CertificateLogKeeper(store: hall.store, sealer: sealer, origin: "bench/log") { $0 }
        let (start, stages) = (ContinuousClock.now, Stages())
        let library = LibraryImport(hall, sealer: sealer, keeper: keeper, key: key) { [progress = setting.progress] in
            if let line = stages.line($0) { progress(line) }
        }
        let done = try await library.run(source, refused: Aside())
        let records = (stages.recordsEnd ?? start) - start
        result.taken = done.taken - (before?.taken ?? 0)
        result.records_seconds = Self.rounded(records / .seconds(1))
        result.ways_seconds = Self.rounded((ContinuousClock.now - start) / .seconds(1) - result.records_seconds)
        result.records_per_second = Self.rounded(
            Double(result.taken) / max((ContinuousClock.now - start) / .seconds(1), 0.001))
        return done
    }

    private static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }

    /// Each look-up by itself, one after the other.
    private func lookUp(_ source: GeneratedRecords, _ key: AccountKey, _ pass: String) async throws {
        setting.progress("looking up, \(pass)")
        let total = min(Self.samples, setting.count)
        for place in 0..<total {
            let number = setting.count / total * place
            let (record, identifier) = (try source.record(number), try source.identifier(number))
            let found = try await timings.time("identifier \(pass)") {
                try await hall.store.read { tx in
                    try CertificateTable.id(identifier, in: tx).flatMap { try CertificateTable.load($0, in: tx) }
                }
            }
            guard let id = found?.id else { throw Fault.corrupt("\(identifier) is not found") }
            let holder = PersonTable.expectedID(of: record.number, key: key)
            let held = try await timings.time("holder \(pass)") { try await hall.certificates(of: holder) }
            guard held.contains(where: { $0.id == id }) else { throw Fault.corrupt("\(identifier) is not held") }
        }
        for place in 0..<total {
            let identifier = try source.identifier(setting.count / total * place)
            let id = try await hall.store.read { tx in try CertificateTable.id(identifier, in: tx) }
            guard let id else { throw Fault.corrupt("\(identifier) is not found") }
            // The plain limit: the entry that the look-up ends with, by its key.
            _ = try await timings.time("row \(pass)") {
                try await hall.store.read { tx in
                    try tx.row("SELECT body, personal FROM journal WHERE subject = \(id) AND sequence = 1")
                }
            }
        }
    }
}

/// When the records were all there, and what to say meanwhile.
// SAFETY: progress is told by one task at a time, and read after it.
private final class Stages: @unchecked Sendable {
    private(set) var recordsEnd: ContinuousClock.Instant?
    private var last = 0

    func line(_ progress: CertificateImportTable.Progress) -> String? {
        guard progress.step == .records else {
            recordsEnd = recordsEnd ?? ContinuousClock.now
            return "\(progress.taken) records: \(progress.step)"
        }
        defer { last = progress.taken }
        return progress.taken / 200_000 > last / 200_000 ? "\(progress.taken) records" : nil
    }
}
