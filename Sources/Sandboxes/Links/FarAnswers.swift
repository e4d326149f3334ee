import Exchange
import Vocabulary

/// An address of the way `web`.
enum FarAddress: String, CaseIterable, Sendable {
    case records = "batch_"
    case pulls = "pull_"
    case receipts = "receipt_"
    case fileChecks = "check_"
    case files = "file_"
    case filePulls = "fetch_"
    case holdings = "holdings_"
    case pings = "ping_"

    /// With what the ids of its requests begin.
    var idPrefix: String { rawValue }

    var path: String {
        switch self {
        case .fileChecks: "/file-checks"
        case .filePulls: "/file-pulls"
        default: "/\(self)"
        }
    }
}

/// What is answered, before it is signed.
struct FarAnswer: Sendable {
    let status: Int
    let bytes: [UInt8]
    let isJSON: Bool

    init(_ status: Int, _ bytes: [UInt8], isJSON: Bool = true) {
        (self.status, self.bytes, self.isJSON) = (status, bytes, isJSON)
    }

    /// A success with these members.
    static func json(_ members: [String: JSONValue]) -> FarAnswer {
        let all = members.merging(["code": .number(0), "message": .text("")]) { $1 }
        return FarAnswer(200, CanonicalJSON.bytes(writing: .record(all)))
    }

    /// It was understood and not done.
    static func failure(_ code: Int, _ message: String) -> FarAnswer {
        FarAnswer(
            200, CanonicalJSON.bytes(writing: .record(["code": .number(code), "message": .text(message)])))
    }
}

/// What each address does.
struct FarAnswers: Sendable {
    let ledger: FarLedger
    let report: FarReport
    let switches: FarSwitches

    /// LIMIT: records of one batch, and rows of one page.
    private static let batchRecordsMax = 500, pageRowsMax = 200

    private struct Malformed: Error {
        let member: String
    }

    func answer(_ body: [UInt8], _ address: FarAddress) async -> FarAnswer {
        do {
            let answer = try await done(body, address)
            report.note(.body, true)
            return answer
        } catch let error as Malformed {
            report.note(.body, false, "\(address.path): \(error.member)")
            return .failure(400, "malformed: \(error.member)")
        } catch {
            report.note(.body, false, "\(address.path): no JSON")
            return .failure(400, "malformed")
        }
    }

    private func done(_ body: [UInt8], _ address: FarAddress) async throws -> FarAnswer {
        if address == .files { return await bring(body) }
        let json: JSONValue = try CanonicalJSON.value(in: body)
        switch address {
        case .records: return try await records(json)
        case .pulls: return try await pulls(json)
        case .receipts: return try await receipts(json)
        case .fileChecks:
            let digest = try text(json, "digest")
            return .json(["isThere": .flag(await ledger.has(file: digest))])
        case .filePulls:
            let bytes = await ledger.file(try text(json, "digest"))
            return bytes.map { FarAnswer(200, $0, isJSON: false) } ?? FarAnswer(404, Array("{\"code\":404}".utf8))
        case .holdings: return try await holdings(json)
        case .files, .pings: return .json([:])
        }
    }

    private func text(_ json: JSONValue, _ name: String) throws -> String {
        guard let text = json[name]?.text else { throw Malformed(member: name) }
        return text
    }

    private func bring(_ bytes: [UInt8]) async -> FarAnswer {
        guard let digest = await ledger.bring(bytes) else { return .failure(507, "no room") }
        return .json(["digest": .text(digest)])
    }

    private func records(_ json: JSONValue) async throws -> FarAnswer {
        let batch = try text(json, "batch")
        guard let records = json["records"]?.list, records.count <= Self.batchRecordsMax else {
            throw Malformed(member: "records")
        }
        await ledger.note(batch: batch, records)
        var verdicts = await ledger.take(records).map(Self.json)
        if switches.fires(.partial) { verdicts = Array(verdicts.prefix(verdicts.count / 2)) }
        return .json(["verdicts": .list(verdicts)])
    }

    private static func json(_ key: LinkKey, _ verdict: LinkVerdict) -> JSONValue {
        .record([
            "family": .text(key.family), "key": .text(key.key), "outcome": .text(verdict.outcome.rawValue),
            "code": .text(verdict.code), "message": .text(verdict.message),
        ])
    }

    private func pulls(_ json: JSONValue) async throws -> FarAnswer {
        let after = try text(json, "after")
        guard let mark = after.isEmpty ? 0 : Int(after) else { throw Malformed(member: "after") }
        guard case .number(let limit)? = json["limit"], limit > 0 else { throw Malformed(member: "limit") }
        let (rows, hasMore) = await ledger.offered(after: mark, limit: min(limit, Self.pageRowsMax))
        let lines = rows.map { row in
            guard case .record(var members) = row.json else { return row.json }
            members["mark"] = .text("\(row.mark)")
            return JSONValue.record(members)
        }
        let next = rows.last.map { "\($0.mark)" } ?? after
        return .json(["rows": .list(lines), "next": .text(next), "hasMore": .flag(hasMore)])
    }

    private func receipts(_ json: JSONValue) async throws -> FarAnswer {
        guard let receipts = json["receipts"]?.list, receipts.count <= Self.batchRecordsMax else {
            throw Malformed(member: "receipts")
        }
        for receipt in receipts {
            guard let outcome = LinkVerdict.Outcome(rawValue: try text(receipt, "outcome")),
                let mark = Int(try text(receipt, "mark"))
            else { throw Malformed(member: "receipts") }
            let verdict = LinkVerdict(
                outcome, code: receipt["code"]?.text ?? "", message: receipt["message"]?.text ?? "")
            let key = LinkKey(try text(receipt, "family"), try text(receipt, "key"))
            await ledger.note(verdict, mark: mark, key: key)
        }
        return .json([:])
    }

    private func holdings(_ json: JSONValue) async throws -> FarAnswer {
        guard let day = CivilDate(try text(json, "day")) else { throw Malformed(member: "day") }
        let after = LinkKey(json["after"]?["family"]?.text ?? "", json["after"]?["key"]?.text ?? "")
        let compact = "\(day)".replacing("-", with: "")
        let (held, hasMore) = await ledger.holdings(of: compact, after: after, limit: Self.pageRowsMax)
        let lines = held.map { one in
            JSONValue.record([
                "family": .text(one.record.record.family), "key": .text(one.record.record.key),
                "number": .text(one.record.number), "digest": .text(one.record.record.digest),
                "isTheirs": .flag(one.isOwn),
            ])
        }
        return .json(["lines": .list(lines), "hasMore": .flag(hasMore)])
    }
}
