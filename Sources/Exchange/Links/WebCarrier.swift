import Store
package import Vocabulary

/// The way `web`: HTTP and JSON, both sides signed (docs/links.md).
package struct WebCarrier: LinkCarrier {
    /// LIMIT: bytes of an answer that is no page of records.
    static let answerBytesMax = 1 << 20
    /// LIMIT: seconds for a file to go over.
    static let fileSeconds: Int64 = 60

    let base: String
    let postman: Postman
    let families: RecordFamilies
    let time: TimeSource
    /// Names a request for which nothing else does.
    let name: @Sendable () -> String
    let secrets: @Sendable () async throws -> [[UInt8]]
    /// Whether it asks once more at once where nothing came of it.
    package var isPatient = true

    /// A carrier to a base address. `secrets` are those that count when something is said.
    package init(
        to address: ReceiverAddress, by postman: Postman, families: RecordFamilies,
        world: (time: TimeSource, name: @Sendable () -> String),
        secrets: @escaping @Sendable () async throws -> [[UInt8]]
    ) {
        base = address.description.hasSuffix("/") ? String(address.description.dropLast()) : address.description
        (self.postman, self.families, self.secrets) = (postman, families, secrets)
        (time, name) = world
    }

    package func bring(_ digest: String, _ bytes: @Sendable () async throws -> [UInt8]) async throws {
        let check = try await persist {
            try await say(["digest": .text(digest)], at: "file-checks", as: "check_\(name())")
        }
        guard check["isThere"] != .flag(true) else { return }
        let file = try await bytes()
        try await persist {
            let answer = try await signed(
                file, at: "files", as: "file_\(digest)", max: Self.answerBytesMax, seconds: Self.fileSeconds)
            try Self.understood(try Self.json(answer.body))
        }
    }

    package func push(_ batch: LinkBatch) async throws -> LinkAnswer {
        let answer = try await persist {
            try await say(
                ["batch": .text(batch.id), "records": .list(batch.records.map(\.json))], at: "records",
                as: "batch_\(batch.id)")
        }
        return .verdicts(try Self.verdicts(answer))
    }

    /// What an answer says of records.
    static func verdicts(_ answer: JSONValue) throws -> [LinkKey: LinkVerdict] {
        var verdicts: [LinkKey: LinkVerdict] = [:]
        for line in answer["verdicts"]?.list ?? [] {
            guard let key = key(line), let outcome = line["outcome"]?.text.flatMap(LinkVerdict.Outcome.init)
            else { throw LinkTrouble(.unreadable, message: "verdicts") }
            verdicts[key] = LinkVerdict(
                outcome, code: line["code"]?.text ?? "", message: line["message"]?.text ?? "")
        }
        return verdicts
    }

    package func pull(after mark: String) async throws -> LinkPage {
        let answer = try await say(
            ["after": .text(mark), "limit": .number(LinkLimits.pageRecordsMax)], at: "pulls", as: "pull_\(name())")
        guard let rows = answer["rows"]?.list, rows.count <= LinkLimits.pageRecordsMax,
            let next = answer["next"]?.text ?? (rows.isEmpty ? mark : nil),
            next.count <= LinkLimits.markCharactersMax
        else { throw LinkTrouble(.unreadable, message: "rows") }
        return LinkPage(
            try rows.map(row), next: next, hasMore: answer["hasMore"] == .flag(true) && next != mark)
    }

    package func acknowledge(_ receipts: [LinkReceipt]) async throws {
        let lines = receipts.map { receipt -> JSONValue in
            .record([
                "code": .text(receipt.verdict.code), "family": .text(receipt.key.family), "key": .text(receipt.key.key),
                "mark": .text(receipt.mark), "message": .text(receipt.verdict.message),
                "outcome": .text(receipt.verdict.outcome.rawValue),
            ])
        }
        _ = try await say(["receipts": .list(lines)], at: "receipts", as: "receipt_\(name())")
    }

    package func file(_ digest: String) async throws -> [UInt8] {
        let body = CanonicalJSON.bytes(writing: .record(["digest": .text(digest)]))
        let answer = try await signed(
            body, at: "file-pulls", as: "fetch_\(name())", max: LinkLimits.fileBytesMax, seconds: Self.fileSeconds)
        guard answer.status == 200 else { throw LinkTrouble(.fileMissing) }
        guard BlobRef(of: answer.body).digest == digest else { throw LinkTrouble(.fileUnfit) }
        return answer.body
    }

    package func holdings(of day: CivilDate, after last: LinkKey?) async throws -> LinkHoldings {
        let after: [String: JSONValue] = ["family": .text(last?.family ?? ""), "key": .text(last?.key ?? "")]
        let answer = try await persist {
            try await say(
                ["after": .record(after), "day": .text("\(day)")], at: "holdings", as: "holdings_\(name())")
        }
        guard let lines = answer["lines"]?.list else { throw LinkTrouble(.unreadable, message: "lines") }
        let read = lines.compactMap { line -> LinkHoldings.Line? in
            guard let key = Self.key(line), let digest = line["digest"]?.text, let number = line["number"]?.text
            else { return nil }
            return LinkHoldings.Line(key, number: number, digest: digest, isTheirs: line["isTheirs"] == .flag(true))
        }
        guard read.count == lines.count else { throw LinkTrouble(.unreadable, message: "lines") }
        return LinkHoldings(read, hasMore: answer["hasMore"] == .flag(true) && !read.isEmpty)
    }

    /// Asks whether the other side is there and knows the secret.
    package func ping() async throws { _ = try await say([:], at: "pings", as: "ping_\(name())") }

    package func close() async {}

    private func row(_ line: JSONValue) throws -> LinkPage.Row {
        guard let mark = line["mark"]?.text, !mark.isEmpty, mark.count <= LinkLimits.markCharactersMax,
            case .record(var members) = line
        else { throw LinkTrouble(.unreadable, message: "mark") }
        members["mark"] = nil
        let content: Result<LinkRecord, RecordUnfit>
        do {
            content = .success(try LinkRecord(.record(members), in: families))
        } catch { content = .failure(error) }
        return LinkPage.Row(mark, content, key: named(line))
    }

    /// What a row names itself, where it is no record, too.
    private func named(_ line: JSONValue) -> LinkKey {
        let name = line["family"]?.text ?? ""
        guard let family = families[name], let key = line["values"]?[family.key]?.text else {
            return LinkKey(String(name.prefix(LinkLimits.markCharactersMax)), "")
        }
        return LinkKey(name, String(key.prefix(LinkLimits.markCharactersMax)))
    }

    private static func key(_ line: JSONValue) -> LinkKey? {
        guard let family = line["family"]?.text, let key = line["key"]?.text else { return nil }
        return LinkKey(family, key)
    }

    /// Asks, and once more at once where nothing came of it: a batch with files and a comparison ask many times, and
    /// one question in between that went wrong would undo the others. Whoever is away is left alone.
    private func persist<Value>(_ ask: () async throws -> Value) async throws -> Value {
        do {
            return try await ask()
        } catch let trouble as LinkTrouble where isPatient && [.unanswered, .refused(200)].contains(trouble.answer) {
            return try await ask()
        }
    }

    /// Says something and reads what is answered, understood or not.
    func say(_ members: [String: JSONValue], at path: String, as id: String) async throws -> JSONValue {
        let answer = try await signed(
            CanonicalJSON.bytes(writing: .record(members)), at: path, as: id, max: LinkLimits.answerBytesMax,
            seconds: DeliveryTerms.usual.requestSeconds)
        let json = try Self.json(answer.body)
        try Self.understood(json)
        return json
    }

    /// What is answered under the signature of the other side.
    private func signed(
        _ body: [UInt8], at path: String, as id: String, max: Int, seconds: Int64
    ) async throws -> Postman.Answer {
        let secrets = try await secrets()
        let headers = Self.headers(body, at: path, as: id, time.now(), secrets)
        let answer = try await postman.ask(
            body, at: "\(base)/\(path)", headers: headers, max: max, seconds: seconds)
        guard let theirs = answer.headers["webhook-timestamp"], let given = answer.headers["webhook-signature"],
            answer.headers["webhook-id"] == id,
            WebhookSignature.isValid(given, id: id, timestamp: theirs, body: answer.body, secrets: secrets)
        else {
            // A machine in between answers as it likes; what it says is heard by its status only.
            let status = DeliveryAnswer(status: answer.status, retryAfter: answer.retryAfter)
            throw answer.status == 200
                ? LinkTrouble(.signatureWrong) : LinkTrouble(.unanswered, status == .gone ? .refused(410) : status)
        }
        let now = time.now().milliseconds / 1000
        guard let seconds = Int64(theirs), (0...1 << 40).contains(seconds),
            abs(now - seconds) <= LinkLimits.clockSecondsMax
        else {
            throw LinkTrouble(.clockWrong, message: theirs)
        }
        return answer
    }

    /// The headers of a question, signed for a moment.
    static func headers(
        _ body: [UInt8], at path: String, as id: String, _ moment: Instant, _ secrets: [[UInt8]]
    ) -> [(String, String)] {
        let timestamp = "\(moment.milliseconds / 1000)"
        return [
            ("content-type", path == "files" ? "application/octet-stream" : "application/json"), ("webhook-id", id),
            ("webhook-timestamp", timestamp),
            (
                "webhook-signature",
                WebhookSignature.header(id: id, timestamp: timestamp, body: body, secrets: secrets)
            ),
        ]
    }

    static func json(_ bytes: [UInt8]) throws -> JSONValue {
        do {
            return try CanonicalJSON.value(JSONValue.self, in: bytes)
        } catch { throw LinkTrouble(.unreadable, message: "JSON") }
    }

    /// Refuses an answer that says that nothing was done.
    private static func understood(_ answer: JSONValue) throws {
        guard answer["code"] == .number(0) else {
            throw LinkTrouble(.refusedWhole, message: answer["message"]?.text ?? "")
        }
    }
}
