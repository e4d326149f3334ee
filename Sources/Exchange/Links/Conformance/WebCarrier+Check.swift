import Store
import Vocabulary

extension WebCarrier: CheckedCarrier {
    package var way: LinkWay { .web }
    package var harmlessMark: String { "" }

    package func settle(_ batch: LinkBatch, within patience: Duration) async throws -> [LinkKey: LinkVerdict] {
        guard case .verdicts(let said) = try await push(batch) else { return [:] }
        return said
    }

    package func settleUnfit(
        _ batch: LinkBatch, column: String, within patience: Duration
    ) async throws -> [LinkKey: LinkVerdict] {
        var records = batch.records.map(\.json)
        if case .record(var members)? = records.first, case .record(var values)? = members["values"] {
            values[column] = .text("2026-02-30 25:61:61")
            members["values"] = .record(values)
            records[0] = .record(members)
        }
        let answer = try await say(
            ["batch": .text(batch.id), "records": .list(records)], at: "records", as: "batch_\(batch.id)")
        return try Self.verdicts(answer)
    }

    /// Sends records with members that the protocol does not know.
    func settleWithMore(_ batch: LinkBatch) async throws -> [LinkKey: LinkVerdict] {
        let answer = try await say(
            [
                "batch": .text(batch.id), "records": .list(batch.records.map(\.json)), "check": .text("unknown"),
                "checks": .record(["none": .list([])]),
            ], at: "records", as: "batch_\(batch.id)")
        return try Self.verdicts(answer)
    }

    package func isDoneWithoutBatch(named id: String, within patience: Duration) async throws -> Bool? {
        try await isDone(Array("{\"batch\":".utf8), as: "batch_\(id)", at: time.now(), try await secrets())
    }

    package func isFooled(
        by wrong: [UInt8], instead right: [UInt8], of record: LinkRecord, within patience: Duration
    ) async throws -> Bool {
        let digest = BlobRef(of: right).digest
        // It is asked about first, as a house does.
        _ = try await say(["digest": .text(digest)], at: "file-checks", as: "check_\(name())")
        let headers = Self.headers(wrong, at: "files", as: "file_\(digest)", time.now(), try await secrets())
        do {
            _ = try await postman.ask(
                wrong, at: "\(base)/files", headers: headers, max: Self.answerBytesMax, seconds: Self.fileSeconds)
        } catch is LinkTrouble {
            // Who closes the connection took nothing, or so it is seen by the next question.
        }
        let check = try await say(["digest": .text(digest)], at: "file-checks", as: "check_\(name())")
        guard check["isThere"] != .flag(true) else { return true }
        try await bring(digest) { right }
        return false
    }

    package func tellsHoldings(of number: CheckCase) async throws -> Bool { true }

    /// How something is asked that must not be done.
    enum Wrong {
        case anotherSecret, longAgo, anotherAddress
    }

    /// Sends records wrongly; answers whether they are said to be done.
    func isDone(_ batch: LinkBatch, asked wrong: Wrong) async throws -> Bool {
        let body = CanonicalJSON.bytes(
            writing: .record(["batch": .text(batch.id), "records": .list(batch.records.map(\.json))]))
        let (secrets, now) = (try await secrets(), time.now())
        let id = "batch_\(batch.id)"
        return switch wrong {
        case .anotherSecret: try await isDone(body, as: id, at: now, secrets.map { $0.map { ~$0 } })
        case .longAgo:
            try await isDone(
                body, as: id, at: now.advanced(bySeconds: -LinkLimits.clockSecondsMax - 60), secrets)
        case .anotherAddress: try await isDone(body, as: "ping_\(batch.id)", at: now, secrets)
        }
    }

    private func isDone(
        _ body: [UInt8], as id: String, at moment: Instant, _ secrets: [[UInt8]]
    ) async throws -> Bool {
        let headers = Self.headers(body, at: "records", as: id, moment, secrets)
        do {
            let answer = try await postman.ask(
                body, at: "\(base)/records", headers: headers, max: LinkLimits.answerBytesMax,
                seconds: DeliveryTerms.usual.requestSeconds)
            let said = try Self.json(answer.body)
            return answer.status == 200 && said["code"] == .number(0)
        } catch is LinkTrouble { return false }
    }
}
