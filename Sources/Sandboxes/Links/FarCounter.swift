import Exchange
import HTTPTypes
package import Hummingbird
import Synchronization
package import Vocabulary

/// The far side of the way `web`: the eight addresses that a house asks, signed both ways, with the switches.
package struct FarCounter: Sendable {
    private let ledger: FarLedger
    private let report: FarReport
    private let switches: FarSwitches
    private let seal: FarSeal
    private let time: TimeSource
    private let before = AnswersBefore()

    /// LIMIT: bytes of a request with records, and of one with a file.
    private static let requestBytesMax = 8 << 20
    private static let fileBytesMax = 20 << 20
    /// LIMIT: seconds for which nothing is answered.
    private static let neverSecondsMax = 15
    /// LIMIT: characters of an id.
    private static let idCharactersMax = 200

    /// Nil for a secret that is none.
    package init?(ledger: FarLedger, report: FarReport, switches: FarSwitches, secret: String, time: TimeSource) {
        guard let seal = FarSeal(secret: secret) else { return nil }
        (self.ledger, self.report, self.switches, self.seal, self.time) = (ledger, report, switches, seal, time)
    }

    /// Serves the addresses below the root.
    package func serve(_ router: Router<FarContext>) {
        for address in FarAddress.allCases {
            router.post(RouterPath(address.path)) { request, context in try await answer(request, context, address) }
        }
    }

    private func answer(
        _ request: Request, _ context: FarContext, _ address: FarAddress
    ) async throws -> Response {
        let faults = switches.now
        if faults.isDown { try context.breakOff() }
        report.count(address.path)
        if switches.fires(.neverAnswers, at: address.path) { try await wait(context) }
        if faults.slowSeconds > 0 { try await Task.sleep(for: .seconds(faults.slowSeconds)) }
        let limit = address == .files ? Self.fileBytesMax : Self.requestBytesMax
        let body = Array(try await request.body.collect(upTo: limit).readableBytesView)
        let finding = seal.look(at: request.headers, body, now: time.now())
        report.note(.signature, finding != .unsigned && finding != .wrong, "\(address.path): \(finding)")
        if finding != .unsigned, finding != .wrong { report.note(.clock, finding != .clockOff, address.path) }
        guard case .good(let id) = finding else { return Response(status: .unauthorized) }
        return try await answer(id, body, context, address)
    }

    /// Answers what is signed.
    private func answer(
        _ id: String, _ body: [UInt8], _ context: FarContext, _ address: FarAddress
    ) async throws -> Response {
        let isOwn = id.hasPrefix(address.idPrefix) && id.count <= Self.idCharactersMax
        report.note(.id, isOwn, "\(id) at \(address.path)")
        guard isOwn else { return signed(id, FarAnswer.failure(400, "id"), address) }
        if switches.fires(.errorInside, at: address.path) {
            return signed(id, FarAnswer.failure(500, "sandbox: an error inside"), address)
        }
        let answer = await FarAnswers(ledger: ledger, report: report, switches: switches).answer(body, address)
        if switches.fires(.lostReply, at: address.path) { try context.breakOff() }
        if switches.fires(.replay, at: address.path), let old = before.answer(address) { return old.response }
        if switches.fires(.hugeBytes, at: address.path) { return huge(id) }
        guard switches.fires(.invalidBody, at: address.path) else { return signed(id, answer, address) }
        return signed(id, FarAnswer(answer.status, Array(answer.bytes.prefix(max(1, answer.bytes.count / 2)))), address)
    }

    private func wait(_ context: FarContext) async throws {
        for _ in 0..<(Self.neverSecondsMax * 5) where context.isOpen { try await Task.sleep(for: .milliseconds(200)) }
        try context.breakOff()
    }

    private func seconds(_ address: FarAddress) -> Int64 {
        let off = switches.fires(.clockOff, at: address.path) ? Int64(switches.now.clockOffSeconds) : 0
        return time.now().milliseconds / 1000 + off
    }

    private func signed(_ id: String, _ answer: FarAnswer, _ address: FarAddress) -> Response {
        let seal = switches.fires(.wrongSignature, at: address.path) ? seal.broken : seal
        let headers = seal.headers(id: id, at: seconds(address), CollectionOfOne(answer.bytes))
        let said = SaidBefore(answer: answer, headers: headers)
        before.note(said, address)
        return said.response
    }

    /// An answer of very many bytes, rightly signed.
    private func huge(_ id: String) -> Response {
        let (part, count) = ([UInt8](repeating: UInt8(ascii: " "), count: 1 << 20), switches.now.hugeMegabytes)
        var headers = seal.headers(id: id, at: time.now().milliseconds / 1000, repeatElement(part, count: count))
        headers[.contentType] = "application/json; charset=utf-8"
        let body = ResponseBody(contentLength: count << 20) { writer in
            for _ in 0..<count { try await writer.write(ByteBuffer(bytes: part)) }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers, body: body)
    }
}

/// What was answered, with its signature.
private struct SaidBefore: Sendable {
    let answer: FarAnswer
    let headers: HTTPFields

    var response: Response {
        var headers = headers
        headers[.contentType] = answer.isJSON ? "application/json; charset=utf-8" : "application/octet-stream"
        let status = HTTPResponse.Status(code: answer.status)
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: answer.bytes)))
    }
}

/// The last answer of each address, to be given once more.
private final class AnswersBefore: Sendable {
    private let answers = Mutex<[FarAddress: SaidBefore]>([:])

    func note(_ answer: SaidBefore, _ address: FarAddress) { answers.withLock { $0[address] = answer } }

    func answer(_ address: FarAddress) -> SaidBefore? { answers.withLock { $0[address] } }
}
