import Crypto
package import Exchange
package import Vocabulary

/// What the far side of a link has: records of both sides, files, and what it offers to the house. It is forgotten when
/// the sandbox ends.
package actor FarLedger {
    /// LIMIT: records that are kept; the sandbox takes no more after that.
    package static let recordsMax = 200_000
    /// LIMIT: bytes of files that are kept.
    package static let fileBytesMax = 1 << 30
    /// LIMIT: batches whose digests are remembered.
    private static let batchesMax = 200_000

    /// A record that is here.
    struct Held: Sendable {
        let record: LinkRecord
        /// Whether it was made here.
        let isOwn: Bool
        let at: Instant
    }

    /// A record that is offered to the house.
    struct Offer: Sendable {
        let mark: Int
        let key: LinkKey
        let number: String
        /// As it is offered, right or wrong.
        let json: JSONValue
        /// The record; nil for one that is wrong on purpose.
        let record: LinkRecord?
        /// What the house said of it.
        var verdict: LinkVerdict?
    }

    nonisolated let families: RecordFamilies
    let report: FarReport
    let switches: FarSwitches
    let time: TimeSource

    var held: [LinkKey: Held] = [:]
    /// By dossier, in the order in which they came.
    var ofDossier: [String: [LinkKey]] = [:]
    /// The dossiers, in the order in which their acceptances came.
    var accepted: [(number: String, at: Instant)] = []
    private var acceptedNumbers: Set<String> = []
    /// Our own that the house took.
    var takenKeys: Set<LinkKey> = []
    var offers: [Offer] = []
    var files: [String: [UInt8]] = [:]
    private var fileBytes = 0
    private var batches: [String: String] = [:]
    /// Asked about, and not there.
    private var announced: Set<String> = []

    package init(families: RecordFamilies, report: FarReport, switches: FarSwitches, time: TimeSource) {
        (self.families, self.report, self.switches, self.time) = (families, report, switches, time)
    }

    static func digest(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Remembers a batch, and looks whether it says the same where it comes again. When it was sent is nothing that it
    /// says.
    func note(batch id: String, _ records: [JSONValue]) {
        let digest = Self.digest(CanonicalJSON.bytes(writing: .list(records.map(Self.said))))
        if let before = batches[id] { report.note(.sameBatch, before == digest, id) }
        if batches.count < Self.batchesMax { batches[id] = digest }
    }

    private static func said(_ record: JSONValue) -> JSONValue {
        guard case .record(var members) = record, case .record(let values)? = members["values"] else { return record }
        members["values"] = .record(values.filter { !RecordFamily.envelope.contains($0.key) })
        return .record(members)
    }

    /// What a record names itself, as far as it can be read.
    func key(of json: JSONValue) -> LinkKey {
        let family = json["family"]?.text ?? ""
        let column: String
        do { column = try families.family(family).key } catch { column = "row_guid" }
        return LinkKey(family, json["values"]?[column]?.text ?? "")
    }

    /// Takes records that came together: nobody sees some of them without the others.
    func take(_ records: [JSONValue]) -> [(key: LinkKey, verdict: LinkVerdict)] {
        records.map { (key(of: $0), take($0)) }
    }

    /// Takes a record as it came.
    func take(_ json: JSONValue) -> LinkVerdict {
        let record: LinkRecord
        do { record = try LinkRecord(json, in: families) } catch {
            report.note(.values, false, error.code + " " + error.place)
            return LinkVerdict(.refused, code: error.code, message: error.place)
        }
        report.note(.values, true)
        let family = record.record.family
        // What was taken once is not refused when it comes again.
        if family == switches.now.refuseFamily, held[key(of: json)] == nil, switches.fires(.refuse, at: family) {
            return LinkVerdict(.refused, code: switches.now.refuseCode, message: "sandbox")
        }
        let values = record.record.values
        if let own = values["project_no"]?.text { report.note(.number, own == record.number, record.number) }
        guard held.count < Self.recordsMax else { return LinkVerdict(.refused, code: "sandbox.full") }
        if let digest = values["file_digest"]?.text {
            report.note(.fileNamed, files[digest] != nil, digest)
            if files[digest] == nil { return LinkVerdict(.refused, code: "sandbox.file-missing", message: digest) }
        }
        return keep(record)
    }

    private func keep(_ record: LinkRecord) -> LinkVerdict {
        let key = LinkKey(record.record.family, record.record.key)
        if let before = held[key] {
            let isSame = before.record.record.digest == record.record.digest
            report.note(.sameRecord, isSame, "\(key.family) \(key.key)")
            guard !isSame else { return LinkVerdict(.known) }
            held[key] = Held(record: record, isOwn: false, at: time.now())
            return LinkVerdict(.taken)
        }
        let isAcceptance = key.family == "up_pro_accept"
        if !record.number.isEmpty {
            let isKnown = acceptedNumbers.contains(record.number)
            report.note(.order, isAcceptance || isKnown, "\(key.family) of \(record.number)")
            if isAcceptance, acceptedNumbers.insert(record.number).inserted {
                accepted.append((record.number, time.now()))
            }
            ofDossier[record.number, default: []].append(key)
        }
        held[key] = Held(record: record, isOwn: false, at: time.now())
        return LinkVerdict(.taken)
    }

    /// Whether a file is here; one that is not is remembered as announced.
    func has(file digest: String) -> Bool {
        guard files[digest] == nil else { return true }
        if announced.count < Self.recordsMax { announced.insert(digest) }
        return false
    }

    /// Keeps a file that the house brought; nil where there is no room.
    func bring(_ bytes: [UInt8]) -> String? {
        let digest = Self.digest(bytes)
        report.note(.fileDigest, announced.isEmpty || announced.contains(digest) || files[digest] != nil, digest)
        guard let kept = lay(bytes) else { return nil }
        announced.remove(kept)
        return kept
    }

    /// Keeps a file that somebody lays down here; nil where there is no room.
    func lay(_ bytes: [UInt8]) -> String? {
        let digest = Self.digest(bytes)
        guard files[digest] == nil else { return digest }
        guard fileBytes + bytes.count <= Self.fileBytesMax else { return nil }
        fileBytes += bytes.count
        files[digest] = bytes
        return digest
    }

    /// The bytes of a file; others where the switches say so.
    func file(_ digest: String) -> [UInt8]? {
        guard let bytes = files[digest] else { return nil }
        return switches.fires(.wrongFile) ? bytes + [0x0A] : bytes
    }
}
