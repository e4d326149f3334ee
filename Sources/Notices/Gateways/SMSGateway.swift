import CCurl
import Crypto
import Foundation
package import Vocabulary

/// Text messages by HTTP: `POST URL/messages` with a signature over what is asked, and `GET URL/messages/KEY` for what
/// became of it (`docs/channels.md`).
package struct SMSGateway: MessageGateway {
    private let url: String
    private let key: SymmetricKey
    private let time: TimeSource
    private let workers: Workers

    /// LIMIT: characters of a gateway's name for a message.
    static let nameCharactersMax = 100

    /// Nil unless the address begins with `http://` or `https://` and has a host, and the key has 16 characters at
    /// least. An address without TLS is taken for this machine only.
    package init?(url: String, key: String, time: TimeSource, workers: Workers) {
        guard let parts = URL(string: url), let host = parts.host, !host.isEmpty, parts.query == nil,
            key.utf8.count >= 16
        else { return nil }
        guard parts.scheme == "https" || parts.scheme == "http" && GatewayHost.isHere(host) else { return nil }
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.key = SymmetricKey(data: Array(key.utf8))
        self.time = time
        self.workers = workers
    }

    private struct Body: Encodable { let text: String; let to: String }
    private struct Taken: Decodable { let id: String }

    package func send(_ message: OutgoingMessage) async throws(GatewayFailure) -> String {
        let body: [UInt8]
        do {
            body = try CanonicalJSON.bytes(of: Body(text: message.text, to: message.address.text))
        } catch {
            throw .unwritable
        }
        let answer = try await ask("POST", "/messages", key: message.key, body: body)
        switch answer.status {
        // 409: it has the message already, and says under which name.
        case 200, 201, 202, 409: return try name(in: answer.body)
        case 401, 403: throw .unauthorised
        case 400, 413, 422: throw .rejected
        case 408, 429, 500...599: throw .unreachable
        default: throw .garbled
        }
    }

    package func find(_ key: String) async throws(GatewayFailure) -> String? {
        let answer = try await ask("GET", "/messages/\(key)", key: key, body: [])
        switch answer.status {
        case 200: return try name(in: answer.body)
        case 404: return nil
        case 401, 403: throw .unauthorised
        case 408, 429, 500...599: throw .unreachable
        default: throw .garbled
        }
    }

    private func name(in body: [UInt8]) throws(GatewayFailure) -> String {
        let taken: Taken
        do { taken = try CanonicalJSON.value(in: body) } catch { throw .garbled }
        let isPlain = taken.id.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        guard !taken.id.isEmpty, taken.id.count <= Self.nameCharactersMax, isPlain else { throw .garbled }
        return taken.id
    }

    private func ask(
        _ method: String, _ path: String, key: String, body: [UInt8]
    ) async throws(GatewayFailure) -> Transfer.Answer {
        let headers = headers(method, path, key: key, body: body)
        let address = url + path
        do {
            return try await workers.run {
                try Transfer.http(method, address, headers: headers, body: body)
            }
        } catch let failed as Transfer.Failed {
            // Refused connections and names that nobody has came before anything was said.
            let isUnsaid = [CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST].contains(failed.code)
            throw isUnsaid ? .unreachable : failed.code == CURLE_WEIRD_SERVER_REPLY ? .garbled : .unanswered
        } catch {
            throw .unreachable
        }
    }

    private func headers(_ method: String, _ path: String, key: String, body: [UInt8]) -> [String] {
        let timestamp = "\(time.now().milliseconds / 1000)"
        let signature = GatewaySignature.text(
            method, path: (URL(string: url)?.path ?? "") + path, timestamp: timestamp, key: key, body: body,
            secret: self.key)
        return [
            "Content-Type: application/json; charset=utf-8", "Accept: application/json", "Idempotency-Key: \(key)",
            "X-Timestamp: \(timestamp)", "X-Signature: \(signature)", "Expect:", "User-Agent: onewindow",
        ]
    }
}

/// HMAC-SHA256 over the lines method, path, timestamp, idempotency key and the body's SHA-256, in hexadecimal.
enum GatewaySignature {
    static func text(
        _ method: String, path: String, timestamp: String, key: String, body: [UInt8], secret: SymmetricKey
    ) -> String {
        let digest = hex(SHA256.hash(data: body))
        let lines = [method, path, timestamp, key, digest].joined(separator: "\n")
        return hex(HMAC<SHA256>.authenticationCode(for: Array(lines.utf8), using: secret))
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}

/// Which hosts are this machine, where nobody listens in between.
enum GatewayHost {
    static func isHere(_ host: String) -> Bool { ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host) }
}
