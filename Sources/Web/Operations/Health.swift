import Foundation
import Hall
import HTTPTypes
import Hummingbird
import Vocabulary

/// `GET /health/live`, `/health/ready` (also `/health`) and `/metrics`: for machines beside the server. A request that
/// came through a proxy does not get them: they are nobody's business outside.
struct Health {
    let site: Site

    /// The process answers.
    func live(_ request: Request, _ context: SiteContext) async throws -> Response {
        try refuseForwarded(request)
        return Self.text("live\n", "text/plain; charset=utf-8")
    }

    /// The database answers and every loop beside the doors went round lately; 503 otherwise, with the reason.
    func ready(_ request: Request, _ context: SiteContext) async throws -> Response {
        try refuseForwarded(request)
        let now = site.hall.time.now()
        var findings: [String] = []
        do {
            _ = try await site.hall.standing()
        } catch is Fault {
            findings.append("the database does not answer")
        }
        for loop in site.operations.loops(now: now) where loop.seconds > Operations.roundSecondsMax {
            findings.append("\(loop.name) has not gone round for \(loop.seconds) seconds")
        }
        struct Answer: Encodable {
            let isReady: Bool
            let findings: [String]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let body = try encoder.encode(Answer(isReady: findings.isEmpty, findings: findings))
        return Self.text(
            String(decoding: body, as: UTF8.self) + "\n", "application/json",
            status: findings.isEmpty ? .ok : .serviceUnavailable)
    }

    /// Everything that is measured.
    func metrics(_ request: Request, _ context: SiteContext) async throws -> Response {
        try refuseForwarded(request)
        let standing = try await site.hall.standing()
        let text = site.operations.text(
            standing, lights: try await site.hall.cityLights(),
            open: (try await site.hall.linkViews(), try await site.hall.openInquiries()),
            residentBytes: Self.residentBytes(), now: site.hall.time.now())
        return Self.text(text, "text/plain; version=0.0.4; charset=utf-8")
    }

    private static func text(_ text: String, _ type: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    private func refuseForwarded(_ request: Request) throws {
        let marks = ["Forwarded", "X-Forwarded-For", "X-Real-IP"].compactMap { HTTPField.Name($0) }
        guard marks.allSatisfy({ request.headers[$0] == nil }) else { throw DoorRefusal.noSuchPage }
    }

    /// Resident memory from `/proc`; nil where there is none.
    private static func residentBytes() -> Int? {
        guard let status = FileManager.default.contents(atPath: "/proc/self/statm") else { return nil }
        let fields = String(decoding: status, as: UTF8.self).split(separator: " ")
        return fields.count > 1 ? Int(fields[1]).map { $0 * sysconf(Int32(_SC_PAGESIZE)) } : nil
    }
}
