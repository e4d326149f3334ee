import Synchronization
import Vocabulary

/// Asks the other side of a link, as the house would and as no house would, and keeps what was found.
///
/// What it sends is a case that there is not (`CheckCase`); what lies there of real cases is read and not answered.
package struct LinkInspection {
    /// LIMIT: questions in a row that nobody answers; then no more are asked.
    private static let silencesMax = 2
    /// LIMIT: pages that are read.
    static let pagesMax = 1000
    /// For how long an answer is waited for that does not come at once.
    package static let patience = Duration.seconds(15)

    private struct Silent: Error {}

    let carrier: any CheckedCarrier
    let dossier: CheckCase
    let patience: Duration
    var findings: [LinkFinding] = []
    /// What was taken of the case, and what must not be there.
    private var (taken, never): ([LinkRecord], [LinkKey]) = ([], [])
    private var isFileBrought = false
    private var silences = 0

    private init(_ carrier: any CheckedCarrier, _ dossier: CheckCase, _ patience: Duration) {
        (self.carrier, self.dossier, self.patience) = (carrier, dossier, patience)
    }

    /// Looks at everything that can be looked at on the carrier's way. Whatever it throws is a fault of this side.
    package static func findings(
        of carrier: any CheckedCarrier, _ dossier: CheckCase, patience: Duration = LinkInspection.patience
    ) async throws -> [LinkFinding] {
        var inspection = LinkInspection(carrier, dossier, patience)
        do { try await inspection.ask() } catch is Silent {}
        return inspection.findings
    }

    private mutating func ask() async throws {
        if let web = carrier as? WebCarrier { try await ping(web) }
        let start = try await offered()
        try await sendFile()
        try await sendRecords()
        try await sendUnfit()
        try await sendWrongFile()
        try await fetchFiles()
        if let web = carrier as? WebCarrier { try await sendWrongly(web) }
        try await sendNoBatch()
        if let start { try await receive(after: start) }
        try await compare()
        // Whoever works on the case works no more.
        _ = try await send([try dossier.end], "9")
    }

    /// Asks; nil where nothing came of it, and why stands among the findings.
    mutating func asked<Value>(_ what: String, _ ask: () async throws -> Value) async throws -> Value? {
        do {
            let value = try await ask()
            silences = 0
            findings += LinkJudgement.answered(carrier.way)
            return value
        } catch let trouble as LinkTrouble {
            findings += LinkJudgement.unanswered(trouble, of: what, by: carrier.way)
            // Who answers with a status, whatever it is, is there.
            silences = trouble.reason == .unanswered && trouble.answer.status == nil ? silences + 1 : 0
            guard silences < Self.silencesMax else { throw Silent() }
            return nil
        }
    }

    private mutating func ping(_ web: WebCarrier) async throws {
        do {
            for _ in 0..<Self.silencesMax {
                guard try await asked("ping", { try await web.ping() }) == nil else {
                    return findings.append(LinkFinding(.ping, true))
                }
            }
        } catch let silent as Silent {
            findings.append(LinkFinding(.ping, false, "nobody answers"))
            throw silent
        }
        findings.append(LinkFinding(.ping, false, "nothing that counts"))
    }

    /// Sends records of the case that nobody has yet; answers what came of each.
    @discardableResult
    private mutating func send(_ records: [LinkRecord], _ part: String) async throws -> [LinkKey: LinkVerdict]? {
        let (carrier, patience, batch) = (carrier, patience, LinkBatch(dossier.name(part), records))
        guard let said = try await asked("records", { try await carrier.settle(batch, within: patience) }) else {
            return nil
        }
        findings += LinkJudgement.sent(records.map(\.linkKey), said, as: .taken)
        note(records, said)
        return said
    }

    private mutating func note(_ records: [LinkRecord], _ said: [LinkKey: LinkVerdict]) {
        taken += records.filter { [.taken, .known].contains(said[$0.linkKey]?.outcome) }
    }

    private mutating func sendRecords() async throws {
        let records = [
            try dossier.acceptance, try dossier.material, try dossier.file("f", of: dossier.file),
            try dossier.step("p"),
        ]
        guard let first = try await send(records, "1"), LinkCheck.known.ways.contains(carrier.way) else { return }
        // In a folder a name is one batch's; on the way `web` it is the same batch that comes again.
        let (carrier, patience) = (carrier, patience)
        let batch = LinkBatch(dossier.name(carrier.way == .web ? "1" : "2"), records)
        let there = records.map(\.linkKey).filter { first[$0].map { $0.outcome != .refused } ?? false }
        guard let again = try await asked("records again", { try await carrier.settle(batch, within: patience) }) else {
            return
        }
        findings += LinkJudgement.sent(there, again, as: .known)
    }

    private mutating func sendUnfit() async throws {
        let (carrier, patience) = (carrier, patience)
        let records = [try dossier.step("u"), try dossier.step("n")]
        let batch = LinkBatch(dossier.name("3"), records)
        let said = try await asked("a record that does not fit") {
            try await carrier.settleUnfit(batch, column: "event_end_time", within: patience)
        }
        guard let said else { return }
        findings += LinkJudgement.unfit(records[0].linkKey, records[1].linkKey, said)
        never.append(records[0].linkKey)
        note([records[1]], said)
    }

    private mutating func sendFile() async throws {
        let (carrier, bytes, digest) = (carrier, dossier.file, dossier.digest)
        guard try await asked("a file", { try await carrier.bring(digest) { bytes } }) != nil else { return }
        let isAsked = Flag()
        let again: Void? = try await asked("a file again") {
            try await carrier.bring(digest) {
                isAsked.raise()
                return bytes
            }
        }
        guard again != nil else { return }
        isFileBrought = true
        findings.append(LinkFinding(.fileThere, !isAsked.isRaised, "\(digest) was brought and is asked for again"))
    }

    private mutating func fetchFiles() async throws {
        // Where files do not come over at all, another point says so.
        guard isFileBrought else { return }
        try await fetch(dossier.digest, isThere: nil)
        try await fetch(String(repeating: "0", count: 64), isThere: false)
    }

    /// Fetches a file; what they have not of ours is not theirs to give.
    private mutating func fetch(_ digest: String, isThere: Bool?) async throws {
        do {
            _ = try await carrier.file(digest)
            findings.append(LinkFinding(.fileFetched, isThere != false, "\(digest) is nobody's and was given"))
        } catch let trouble as LinkTrouble where trouble.reason == .fileMissing {
            if isThere == false { findings.append(LinkFinding(.fileFetched, true)) }
        } catch let trouble as LinkTrouble where trouble.reason == .fileUnfit {
            findings.append(LinkFinding(.fileFetched, false, "\(digest) has other bytes"))
        } catch let trouble as LinkTrouble {
            findings += LinkJudgement.unanswered(trouble, of: "file \(digest)", by: carrier.way)
        }
    }

    private mutating func sendWrongFile() async throws {
        let (carrier, patience, wrong, right) = (carrier, patience, dossier.wrongFile, dossier.otherFile)
        let record = try dossier.file("w", of: right)
        let isFooled = try await asked("a file with other bytes") {
            try await carrier.isFooled(by: wrong, instead: right, of: record, within: patience)
        }
        guard let isFooled else { return }
        findings.append(
            LinkFinding(.fileDigest, !isFooled, "\(record.record.text(of: "file_digest") ?? "") is said to be there"))
    }

    private mutating func sendWrongly(_ web: WebCarrier) async throws {
        let wrongs: [(LinkCheck, WebCarrier.Wrong, String)] = [
            (.unsigned, .anotherSecret, "4"), (.old, .longAgo, "5"), (.otherAddress, .anotherAddress, "6"),
        ]
        for (check, wrong, part) in wrongs {
            let record = try dossier.step("s\(part)")
            let wasDone = try await web.isDone(LinkBatch(dossier.name(part), [record]), asked: wrong)
            let said = wasDone ? nil : try await settled(record, part)
            findings += LinkJudgement.undone(check, wasDone: wasDone, said)
        }
        let record = try dossier.step("k")
        let batch = LinkBatch(dossier.name("7"), [record])
        do {
            let said = try await web.settleWithMore(batch)
            note([record], said)
            // Whether of each record something is said is another point.
            guard let verdict = said[record.linkKey] else {
                return findings.append(LinkFinding(.verdicts, false, "nothing of \(record.record.key)"))
            }
            findings.append(
                LinkFinding(.unknownMember, verdict.outcome == .taken, "\(verdict.outcome) \(verdict.code)"))
        } catch let trouble as LinkTrouble where trouble.reason == .refusedWhole {
            // Where nothing is understood at all it is not the member.
            guard try await settled(record, "7") != nil else { return }
            findings.append(LinkFinding(.unknownMember, false, trouble.message))
        } catch let trouble as LinkTrouble {
            findings += LinkJudgement.unanswered(trouble, of: "a member that is unknown", by: .web)
        }
    }

    /// What comes of one record that is sent rightly.
    private mutating func settled(_ record: LinkRecord, _ part: String) async throws -> LinkVerdict? {
        let (carrier, patience, batch) = (carrier, patience, LinkBatch(dossier.name(part), [record]))
        guard let said = try await asked("a record", { try await carrier.settle(batch, within: patience) }) else {
            return nil
        }
        note([record], said)
        return said[record.linkKey]
    }

    private mutating func sendNoBatch() async throws {
        guard LinkCheck.noBatch.ways.contains(carrier.way) else { return }
        let (carrier, patience, name) = (carrier, patience, dossier.name("0"))
        let wasDone: Bool?
        do { wasDone = try await carrier.isDoneWithoutBatch(named: name, within: patience) } catch let trouble
            as LinkTrouble
        {
            findings += LinkJudgement.unanswered(trouble, of: "what is no batch", by: carrier.way)
            return
        }
        let then = try await settled(try dossier.step("g"), "8")
        findings += LinkJudgement.noBatch(wasDone: wasDone, then)
    }

    private mutating func compare() async throws {
        let (carrier, dossier, patience, taken) = (carrier, dossier, patience, taken)
        let tells = try await carrier.waiting(carrier.way == .folder ? patience : .zero) {
            try await carrier.tellsHoldings(of: dossier) ? true : nil
        }
        guard tells == true, !taken.isEmpty else { return }
        var lines: [LinkHoldings.Line] = []
        // Who tells in files tells a little later.
        let end = ContinuousClock.now + patience
        repeat {
            guard let all = try await held() else { return }
            lines = all
            let keys = Set(lines.map(\.key))
            guard carrier.way != .web, !taken.allSatisfy({ keys.contains($0.linkKey) }) else { break }
            try await Task.sleep(for: .milliseconds(200))
        } while ContinuousClock.now < end
        findings += LinkJudgement.holdings(lines, taken: taken, never: never)
        guard carrier.way == .web else { return }
        findings += LinkJudgement.order(lines)
        guard lines.count > 1 else { return }
        let last = lines.sorted { $0.key.isBefore($1.key) }[lines.count / 2 - 1].key
        if let page = try await asked("holdings", { try await carrier.holdings(of: dossier.day, after: last) }) {
            findings += LinkJudgement.paging(lines, after: last, page)
        }
    }

    /// All lines of the case's day; nil where they cannot be had.
    mutating func held() async throws -> [LinkHoldings.Line]? {
        let (carrier, day) = (carrier, dossier.day)
        var lines: [LinkHoldings.Line] = []
        for _ in 0..<Self.pagesMax {
            let last = lines.last?.key
            guard let page = try await asked("holdings", { try await carrier.holdings(of: day, after: last) }) else {
                return nil
            }
            lines += page.lines
            guard page.hasMore else { break }
        }
        return lines
    }
}

/// Whether something happened.
private final class Flag: Sendable {
    private let state = Mutex(false)
    var isRaised: Bool { state.withLock { $0 } }
    func raise() { state.withLock { $0 = true } }
}
