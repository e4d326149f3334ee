import Crypto
import Foundation
import HTTPTypes
package import Hummingbird
package import Vocabulary

/// Where the carrier of the sandbox takes orders: signed requests, each order once under its key.
package struct CourierCounter: Sendable {
    private let ledger: CourierLedger
    private let switches: CourierSwitches
    private let seal: SandboxSeal
    private let time: TimeSource

    /// LIMIT: bytes of a request.
    private static let requestBytesMax = 64 * 1024

    /// A counter that knows its only client by this key.
    package init(ledger: CourierLedger, switches: CourierSwitches, key: String, time: TimeSource) {
        (self.ledger, self.switches, self.time) = (ledger, switches, time)
        seal = SandboxSeal(key: key, time: time)
    }

    private struct Booking: Encodable {
        let feeCents: Int
        let promisedDay: String
        let waybill: String
    }
    private struct Refused: Encodable { let error: String }

    /// Everything that is asked by HTTP.
    package func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.post("/v1/bookings") { request, _ in try await book(request) }
        router.get("/v1/bookings/{key}") { request, context in
            try await answering(request) { _ in
                guard let parcel = await ledger.parcel(key: try context.parameters.require("key")) else {
                    return try SMSDesk.json(Refused(error: "unknown"), .notFound)
                }
                return try Self.answer(parcel, .ok)
            }
        }
        router.post("/v1/waybills/{waybill}/cancellation") { request, context in
            try await answering(request) { _ in
                switch await ledger.cancel(try context.parameters.require("waybill")) {
                case true: Response(status: .noContent)
                case false: try SMSDesk.json(Refused(error: "picked up"), .conflict)
                default: try SMSDesk.json(Refused(error: "unknown"), .notFound)
                }
            }
        }
        router.post("/v1/waybills/{waybill}/address") { request, context in
            try await answering(request) { _ in
                await ledger.readdress(try context.parameters.require("waybill"))
                    ? Response(status: .noContent) : try SMSDesk.json(Refused(error: "unknown"), .notFound)
            }
        }
        router.get("/health") { _, _ in Response(status: .ok) }
        router.get("/parcels.json") { _, _ in try SMSDesk.json(await ledger.all) }
        router.get("/faults") { _, _ in try SMSDesk.json(switches.now) }
        router.put("/faults") { request, _ in
            let body = try await request.body.collect(upTo: Self.requestBytesMax)
            do {
                switches.set(try JSONDecoder().decode(CourierFaults.self, from: Data(body.readableBytesView)))
            } catch is DecodingError {
                return try SMSDesk.json(Refused(error: "malformed"), .badRequest)
            }
            return Response(status: .noContent)
        }
        return router
    }

    private func book(_ request: Request) async throws -> Response {
        try await answering(request) { body in
            let order: SandboxOrder
            do { order = try CanonicalJSON.value(in: body) } catch {
                return try SMSDesk.json(Refused(error: "malformed"), .badRequest)
            }
            guard order.to.division.hasPrefix("3501"), MobileNumber(order.to.mobile) != nil else {
                return try SMSDesk.json(Refused(error: "not served"), .unprocessableContent)
            }
            let key = HTTPField.Name("Idempotency-Key").flatMap { request.headers[$0] } ?? ""
            let (parcel, isKnown) = try await ledger.book(order, key: key, faults: switches.now, now: time.now())
            if switches.losesAnswer() {
                return Response(
                    status: .created, headers: [.contentLength: "64"],
                    body: ResponseBody(contentLength: 64) { _ in throw CancellationError() })
            }
            return try Self.answer(parcel, isKnown ? .ok : .created)
        }
    }

    /// Reads a request, checks its signature, waits as long as the switches say, and answers it.
    private func answering(
        _ request: Request, _ answer: ([UInt8]) async throws -> Response
    ) async throws -> Response {
        let body = Array(try await request.body.collect(upTo: Self.requestBytesMax).readableBytesView)
        let faults = switches.now
        if faults.isDown { return try SMSDesk.json(Refused(error: "down"), .serviceUnavailable) }
        guard seal.isSigned(request, body) else { return try SMSDesk.json(Refused(error: "signature"), .unauthorized) }
        if faults.slowSeconds > 0 { try await Task.sleep(for: .seconds(faults.slowSeconds)) }
        return try await answer(body)
    }

    private static func answer(_ parcel: SandboxParcel, _ status: HTTPResponse.Status) throws -> Response {
        try SMSDesk.json(
            Booking(feeCents: parcel.feeCents, promisedDay: parcel.promisedDay, waybill: parcel.waybill), status)
    }
}

/// HMAC-SHA256 over method, path, timestamp, key and the body's SHA-256, written here a second time, by the partner's
/// side alone.
struct SandboxSeal: Sendable {
    private let key: SymmetricKey
    private let time: TimeSource
    /// How far a sender's clock may be off.
    private static let skewSeconds: Int64 = 300

    init(key: String, time: TimeSource) {
        self.key = SymmetricKey(data: Array(key.utf8))
        self.time = time
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func lines(
        _ method: String, _ path: String, _ timestamp: String, _ key: String, _ body: [UInt8]
    ) -> [UInt8] {
        Array("\(method)\n\(path)\n\(timestamp)\n\(key)\n\(hex(SHA256.hash(data: body)))".utf8)
    }

    /// The headers of a request of the sandbox's own.
    func headers(_ method: String, _ path: String, key name: String, body: [UInt8]) -> [(String, String)] {
        let timestamp = "\(time.now().milliseconds / 1000)"
        let lines = Self.lines(method, path, timestamp, name, body)
        let signature = Self.hex(HMAC<SHA256>.authenticationCode(for: lines, using: key))
        return [("Idempotency-Key", name), ("X-Timestamp", timestamp), ("X-Signature", signature)]
    }

    /// Whether a request was signed just now.
    func isSigned(_ request: Request, _ body: [UInt8]) -> Bool {
        func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { request.headers[$0] } }
        guard let timestamp = header("X-Timestamp"), let seconds = Int64(timestamp),
            abs(time.now().milliseconds / 1000 - seconds) <= Self.skewSeconds,
            let name = header("Idempotency-Key"), let signature = header("X-Signature")
        else { return false }
        let lines = Self.lines(request.method.rawValue, request.uri.path, timestamp, name, body)
        return Self.hex(HMAC<SHA256>.authenticationCode(for: lines, using: key)) == signature
    }
}
