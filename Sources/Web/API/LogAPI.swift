import Certificates
import Foundation
import Hall
import Hummingbird
import Signing
import Vocabulary

/// `GET /api/v1/log/…`: the public log of certificates for programs. Open to everybody.
struct LogAPI {
    /// LIMIT: lines of one answer.
    static let linesMax = 100

    let site: Site

    private struct CheckpointAnswer: Encodable {
        let origin: String?
        let size: Int
        /// Base 64.
        let root: String
        let signedAt: Instant
        let note: String
        /// The line that verifiers take.
        let key: String?
    }

    private struct Lines: Encodable {
        struct Line: Encodable {
            let index: Int
            /// The bytes that were hashed, as text.
            let entry: String
            /// SHA-256(00 ‖ entry), in base 64.
            let leaf: String
        }

        let entries: [Line]
        /// From where the next page begins; missing at the end.
        let next: Int?
    }

    private struct Consistency: Encodable {
        let from: Int
        let to: Int
        /// Base 64.
        let hashes: [String]
    }

    func checkpoint(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let checkpoint = try await site.hall.logCheckpoint() else { throw CertificateLogRefusal.noSuchPart }
        return try .json(
            CheckpointAnswer(
                origin: site.logKey?.name, size: checkpoint.size, root: Data(checkpoint.root).base64EncodedString(),
                signedAt: checkpoint.at, note: checkpoint.note, key: site.logKey?.text))
    }

    func entries(_ request: Request, _ context: SiteContext) async throws -> Response {
        let start = try number(request, "from") ?? 0
        let lines = try await site.hall.logLines(from: start, limit: Self.linesMax)
        return try .json(
            Lines(
                entries: lines.map {
                    Lines.Line(
                        index: $0.position, entry: String(decoding: $0.entry.bytes, as: UTF8.self),
                        leaf: Data($0.entry.leaf).base64EncodedString())
                },
                next: lines.count == Self.linesMax ? lines.last.map { $0.position + 1 } : nil))
    }

    func proof(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let position = Int(try context.parameters.require("position")) else { throw APIRefusal.malformed }
        return .plain(try await site.hall.logProof(of: position).text, cache: "no-cache")
    }

    func consistency(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let first = try number(request, "from"), let second = try number(request, "to") else {
            throw APIRefusal.malformed
        }
        let hashes = try await site.hall.logConsistency(from: first, to: second)
        return try .json(
            Consistency(from: first, to: second, hashes: hashes.map { Data($0).base64EncodedString() }))
    }

    private func number(_ request: Request, _ name: String) throws -> Int? {
        let text = try request.strictlyAsked(name)
        guard !text.isEmpty else { return nil }
        guard let number = Int(text), number >= 0 else { throw APIRefusal.malformed }
        return number
    }
}
