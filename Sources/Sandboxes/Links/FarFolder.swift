import Exchange
import Foundation
package import Vocabulary

/// The far side of the way `folder`: reads what the house writes, and writes what it offers, as XML or CSV.
package actor FarFolder {
    private let folder: String
    private let ledger: FarLedger
    private let report: FarReport
    private let switches: FarSwitches
    private let writesCSV: Bool
    /// With what the names of its batches begin.
    private let prefix: String
    private let families: RecordFamilies
    private var serial = 0
    /// How many offers were written.
    private var written = 0
    /// The batches that wait for their receipts, and whether each is one to be taken.
    private var open: [String: Bool] = [:]
    private var last: (text: String, ending: String)?
    private var filesWritten: Set<String> = []
    private var holdings: [String: String] = [:]
    private var standing = 0

    /// LIMIT: bytes of a file that is read.
    private static let fileBytesMax = 20 << 20
    /// LIMIT: batches that are read in one round, and records of one batch.
    private static let batchesMax = 500, recordsMax = 500

    /// Makes the five folders where they are not there.
    package init(
        at folder: String, ledger: FarLedger, report: FarReport, switches: FarSwitches, writesCSV: Bool, now: Instant
    ) throws {
        (self.folder, self.ledger, self.report, self.switches) = (folder, ledger, report, switches)
        (self.writesCSV, prefix, families) = (writesCSV, "sandbox-\(now.milliseconds)", ledger.families)
        for name in ["to", "to-receipts", "from", "from-receipts", "files"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
    }

    /// Goes round until the task is cancelled.
    package func run() async throws {
        while !Task.isCancelled {
            try await round()
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// Reads and writes once.
    package func round() async throws {
        let faults = switches.now
        guard !faults.isDown, !switches.fires(.neverAnswers) else { return }
        if faults.slowSeconds > 0 { try await Task.sleep(for: .seconds(faults.slowSeconds)) }
        for name in names("to").prefix(Self.batchesMax) { try await read(name) }
        try await bringFiles()
        try await write()
        for name in names("from-receipts").prefix(Self.batchesMax) { try await readReceipt(name) }
        try await tellHoldings()
    }

    /// Files of a folder that are whole, in the order of their names.
    private func names(_ part: String) -> [String] {
        let all: [String]
        do { all = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(part)") } catch { return [] }
        return all.filter { !$0.hasPrefix(".") }.sorted()
    }

    private func bytes(_ path: String) -> [UInt8]? {
        do {
            let size = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(path)")[.size] as? Int
            guard (size ?? 0) <= Self.fileBytesMax else { return [] }
            return Array(try Data(contentsOf: URL(filePath: "\(folder)/\(path)")))
        } catch { return nil }
    }

    /// Writes a file under a name with a dot and gives it its own name when it is whole.
    private func put(_ part: String, _ name: String, _ bytes: some Collection<UInt8>) throws {
        let hidden = "\(folder)/\(part)/.\(name)"
        try Data(bytes).write(to: URL(filePath: hidden))
        guard rename(hidden, "\(folder)/\(part)/\(name)") == 0 else { throw Fault.unavailable("rename \(name)") }
    }

    private func remove(_ path: String) {
        do { try FileManager.default.removeItem(atPath: "\(folder)/\(path)") } catch { return }
    }

    private static func base(_ file: String) -> String { String(file.prefix { $0 != "." }) }

    private func read(_ file: String) async throws {
        let name = Self.base(file)
        guard !FileManager.default.fileExists(atPath: "\(folder)/to-receipts/\(name).csv"),
            let content = bytes("to/\(file)")
        else { return }
        report.count("to")
        let isName = name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
                || $0 == 0x5F
        }
        report.note(.id, isName && name.count <= 60 && file.hasSuffix(".xml"), file)
        var lines: [[String]] = []
        if switches.fires(.errorInside) {
            lines = [["", "", "refused", "sandbox.error-inside", "sandbox: an error inside"]]
        } else {
            do {
                let batch = try BatchXML(reading: content)
                report.note(.body, true)
                let records = batch.records.map { $0.json(in: families) }
                await ledger.note(batch: batch.id, records)
                for record in batch.records { await fetch(record) }
                lines = await ledger.take(records).map { key, verdict in
                    [key.family, key.key, verdict.outcome.rawValue, verdict.code, verdict.message]
                }
            } catch {
                report.note(.body, false, "\(file): \(error.place)")
                lines = [["", "", "refused", "sandbox.unreadable", error.place]]
            }
        }
        guard !switches.fires(.lostReply) else { return }
        if switches.fires(.partial) { lines = Array(lines.prefix(lines.count / 2)) }
        let text = BatchCSV.text([["family", "key", "outcome", "code", "message"]] + lines)
        try put("to-receipts", "\(name).csv", text.utf8)
    }

    /// Looks at the file that a record names.
    private func fetch(_ record: PlainRecord) async {
        guard let digest = record.values["file_digest"], digest.allSatisfy(\.isHexDigit),
            let content = bytes("files/\(digest)")
        else { return }
        report.note(.fileDigest, FarLedger.digest(content) == digest, digest)
        if FarLedger.digest(content) == digest { _ = await ledger.lay(content) }
    }

    private func bringFiles() async throws {
        for digest in await ledger.fileDigests where !filesWritten.contains(digest) {
            guard let content = await ledger.file(digest) else { continue }
            try put("files", digest, content)
            // One that was written wrongly is mended in the next round.
            if FarLedger.digest(content) == digest { filesWritten.insert(digest) }
        }
    }

    private func nextName() -> String {
        serial += 1
        let digits = "\(serial)"
        return prefix + "-" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
    }

    private func write() async throws {
        let rows = await ledger.offered(after: written, limit: Self.recordsMax).rows
        written += rows.count
        for row in rows {
            let record = PlainRecord(row.json)
            let isXML = !writesCSV
            if switches.fires(.hugeBytes) {
                try putOffer(repeatElement(0x20, count: switches.now.hugeMegabytes << 20), "xml", isRight: false)
            }
            let text = isXML ? BatchXML("\(prefix)-\(row.mark)", [record]).text : Self.csv(record)
            let ending = isXML ? "xml" : "\(record.family).csv"
            if switches.fires(.invalidBody) {
                let broken = isXML ? String(text.prefix(text.count / 2)) : text + "\""
                try putOffer(Array(broken.utf8), ending, isRight: false)
            }
            if switches.fires(.replay), let last { try putOffer(Array(last.text.utf8), last.ending, isRight: true) }
            try putOffer(Array(text.utf8), ending, isRight: true)
            last = (text, ending)
        }
    }

    private func putOffer(_ bytes: some Collection<UInt8>, _ ending: String, isRight: Bool) throws {
        let name = nextName()
        open[name] = isRight
        try put("from", "\(name).\(ending)", bytes)
    }

    private static func csv(_ record: PlainRecord) -> String {
        let columns = record.values.sorted { $0.key < $1.key }
        return BatchCSV.text([["ow_number"] + columns.map(\.key), [record.number] + columns.map(\.value)])
    }

    private func readReceipt(_ file: String) async throws {
        let name = Self.base(file)
        guard let isRight = open[name], let content = bytes("from-receipts/\(file)") else { return }
        report.count("from-receipts")
        let lines: [[String]]
        do { lines = try BatchCSV.lines(content) } catch { lines = [] }
        let isWhole =
            lines.first == ["family", "key", "outcome", "code", "message"]
            && lines.dropFirst().allSatisfy { $0.count == 5 && LinkVerdict.Outcome(rawValue: $0[2]) != nil }
        report.note(.body, isWhole, "from-receipts/\(file)")
        guard isWhole else { return }
        for line in lines.dropFirst() {
            guard let outcome = LinkVerdict.Outcome(rawValue: line[2]) else { continue }
            if line[0].isEmpty {
                report.note(.receipt, !isRight && outcome == .refused, "\(file): \(line[3])")
            } else {
                let verdict = LinkVerdict(outcome, code: line[3], message: line[4])
                await ledger.note(verdict, mark: nil, key: LinkKey(line[0], line[1]))
            }
        }
        open[name] = nil
        for one in names("from") where Self.base(one) == name { remove("from/\(one)") }
        remove("from-receipts/\(file)")
    }

    /// What is here of each day, told anew where it changed.
    private func tellHoldings() async throws {
        let now = await ledger.standing
        guard now != standing else { return }
        standing = now
        for (day, lines) in await ledger.holdingLines where holdings[day] != lines {
            let name = "\(day.prefix(4))-\(day.dropFirst(4).prefix(2))-\(day.suffix(2))"
            try put("to-receipts", "holdings-\(name).csv", lines.utf8)
            holdings[day] = lines
        }
    }
}

extension FarLedger {
    /// Changes whenever there is more.
    var standing: Int { held.count + takenKeys.count }

    /// By day, the file that says what is here of it.
    var holdingLines: [String: String] {
        let days = Set(ofDossier.keys.filter { $0.count == 43 }.map { String($0.dropFirst(31).prefix(8)) })
        let files = days.map { day in
            let held = holdings(of: day, after: LinkKey("", ""), limit: Self.recordsMax).lines
            let lines = held.map { one in
                [
                    one.record.record.family, one.record.record.key, one.record.number, one.record.record.digest,
                    one.isOwn ? "true" : "false",
                ]
            }
            return (day, BatchCSV.text([["family", "key", "number", "digest", "isTheirs"]] + lines))
        }
        return Dictionary(uniqueKeysWithValues: files)
    }
}
