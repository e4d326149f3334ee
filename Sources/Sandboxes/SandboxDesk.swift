import HTTPTypes
import Hummingbird
import Vocabulary

/// What is asked of every sandbox with switches and a report. Nothing of it is signed: it stands on this machine alone.
struct SandboxDesk<Faults: SandboxSwitchboard, Check: SandboxCheck>: Sendable {
    let switches: SandboxSwitches<Faults>
    let report: SandboxReport<Check>

    func serve(_ router: Router<some RequestContext>) {
        router.get("/health") { _, _ in Response(status: .ok) }
        router.get("/sandbox/report") { _, _ in
            guard case .record(let members) = report.json else { return SandboxAnswer.json(report.json) }
            return SandboxAnswer.json(.record(members.merging(["struck": switches.struck]) { $1 }))
        }
        router.get("/sandbox/switches") { _, _ in SandboxAnswer.json(switches.now.json) }
        router.post("/sandbox/switches") { request, _ in
            guard let json = try await SandboxAnswer.value(in: request) else {
                return SandboxAnswer.refusal("malformed")
            }
            if let wrong = switches.turn(json) { return SandboxAnswer.refusal("no such switch: \(wrong)") }
            return SandboxAnswer.json(switches.now.json)
        }
    }
}

/// JSON that people and tests send to a sandbox, and get from it.
enum SandboxAnswer {
    /// LIMIT: bytes of what is sent.
    static let requestBytesMax = 20 << 20

    /// The body; nil for what is no JSON.
    static func value(in request: Request) async throws -> JSONValue? {
        let bytes = Array(try await request.body.collect(upTo: requestBytesMax).readableBytesView)
        do { return try CanonicalJSON.value(in: bytes) } catch { return nil }
    }

    static func json(_ value: JSONValue, _ status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: CanonicalJSON.bytes(writing: value))))
    }

    static func refusal(_ error: String, _ status: HTTPResponse.Status = .badRequest) -> Response {
        json(.record(["error": .text(error)]), status)
    }
}
