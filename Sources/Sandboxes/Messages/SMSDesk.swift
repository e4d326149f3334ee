import Crypto
import Foundation
import HTTPTypes
package import Hummingbird
package import Vocabulary

/// The HTTP side of the sandbox: a gateway for text messages, the switches, and what came by either way.
package struct SMSDesk: Sendable {
    private let shelf: MessageShelf
    private let faults: FaultSwitches
    private let ways: [SandboxMessage.Way]
    private let key: SymmetricKey
    private let time: TimeSource
    private let page: MessagePage

    /// LIMIT: bytes of a request.
    private static let requestBytesMax = 64 * 1024
    /// LIMIT: messages that a list shows.
    private static let listedMax = 10_000
    /// How far a sender's clock may be off.
    private static let skewSeconds: Int64 = 300

    /// A gateway that knows its only client by this key; `ways` are those of the sandbox, whose switches there are.
    package init(
        shelf: MessageShelf, faults: FaultSwitches, key: String,
        ways: [SandboxMessage.Way] = SandboxMessage.Way.allCases, time: TimeSource
    ) throws {
        (self.shelf, self.faults, self.ways, self.time) = (shelf, faults, ways, time)
        self.key = SymmetricKey(data: Array(key.utf8))
        page = try MessagePage()
    }

    private struct Wanted: Decodable { let text: String; let to: String }
    private struct Taken: Encodable { let id: String }
    private struct Refused: Encodable { let error: String }

    /// Everything that is asked by HTTP.
    package func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.post("/v1/messages") { request, _ in try await send(request) }
        router.get("/v1/messages/{key}") { request, context in
            try await find(try context.parameters.require("key"), request)
        }
        router.get("/health") { _, _ in Response(status: .ok) }
        router.get("/messages.json") { _, _ in try Self.json(await shelf.newest(Self.listedMax)) }
        router.get("/") { _, _ in page.response(await shelf.newest(200), faults, ways) }
        router.get("/faults/{way}") { _, context in try Self.json(faults.setting(try way(context))) }
        router.put("/faults/{way}") { request, context in
            let body = try await request.body.collect(upTo: Self.requestBytesMax)
            do {
                faults.set(
                    try JSONDecoder().decode(FaultSetting.self, from: Data(body.readableBytesView)),
                    for: try way(context))
            } catch is DecodingError {
                return try Self.json(Refused(error: "malformed"), .badRequest)
            }
            return Response(status: .noContent)
        }
        return router
    }

    private func way(_ context: BasicRequestContext) throws -> SandboxMessage.Way {
        guard let way = SandboxMessage.Way(rawValue: try context.parameters.require("way")), ways.contains(way) else {
            throw HTTPError(.notFound)
        }
        return way
    }

    private func send(_ request: Request) async throws -> Response {
        let body = Array(try await request.body.collect(upTo: Self.requestBytesMax).readableBytesView)
        let fault = faults.next(.sms)
        if fault == .down { return try Self.json(Refused(error: "down"), .serviceUnavailable) }
        guard let sender = Self.header(request, "Idempotency-Key"), isSigned(request, key: sender, body) else {
            return try Self.json(Refused(error: "signature"), .unauthorized)
        }
        let wanted: Wanted
        do { wanted = try CanonicalJSON.value(in: body) } catch {
            return try Self.json(Refused(error: "malformed"), .badRequest)
        }
        guard MobileNumber(wanted.to) != nil, !faults.setting(.sms).rejected.contains(wanted.to),
            wanted.text.hasPrefix("【"), wanted.text.utf16.count <= 500
        else { return try Self.json(Refused(error: "rejected"), .unprocessableContent) }
        if fault == .slow { try await Task.sleep(for: .seconds(faults.setting(.sms).slowSeconds)) }
        let (message, isKnown) = try await shelf.take(.sms, key: sender, to: wanted.to, text: wanted.text)
        switch fault {
        case .lostAnswer: return Self.lost()
        case .garbage: return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "<html>@@@@")))
        case .duplicateAnswer: return try Self.json(Taken(id: message.id), .conflict)
        case .none, .slow, .down: return try Self.json(Taken(id: message.id), isKnown ? .ok : .accepted)
        }
    }

    private func find(_ sender: String, _ request: Request) async throws -> Response {
        if faults.setting(.sms).fault == .down { return try Self.json(Refused(error: "down"), .serviceUnavailable) }
        guard isSigned(request, key: sender, []) else {
            return try Self.json(Refused(error: "signature"), .unauthorized)
        }
        guard let message = await shelf.message(.sms, key: sender) else {
            return try Self.json(Refused(error: "unknown"), .notFound)
        }
        return try Self.json(Taken(id: message.id))
    }

    /// HMAC-SHA256 over method, path, timestamp, key and the body's SHA-256, with a timestamp of now.
    private func isSigned(_ request: Request, key sender: String, _ body: [UInt8]) -> Bool {
        guard let timestamp = Self.header(request, "X-Timestamp"), let seconds = Int64(timestamp),
            abs(time.now().milliseconds / 1000 - seconds) <= Self.skewSeconds,
            let signature = Self.header(request, "X-Signature").flatMap(Self.bytes)
        else { return false }
        let digest = SHA256.hash(data: body).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let lines = "\(request.method.rawValue)\n\(request.uri.path)\n\(timestamp)\n\(sender)\n\(digest)"
        return HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: Array(lines.utf8), using: key)
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        guard text.utf8.count == 64 else { return nil }
        let pairs = stride(from: 0, to: 64, by: 2).map { text.dropFirst($0).prefix(2) }
        let bytes = pairs.compactMap { UInt8($0, radix: 16) }
        return bytes.count == 32 ? bytes : nil
    }

    private static func header(_ request: Request, _ name: String) -> String? {
        HTTPField.Name(name).flatMap { request.headers[$0] }
    }

    /// An answer that breaks off before it says anything.
    private static func lost() -> Response {
        Response(
            status: .accepted, headers: [.contentLength: "64"],
            body: ResponseBody(contentLength: 64) { _ in throw CancellationError() })
    }

    static func json(_ value: some Encodable, _ status: HTTPResponse.Status = .ok) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
    }
}
