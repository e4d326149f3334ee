import Store
package import Vocabulary

/// Text messages by HTTP: `POST URL/messages` with a signature over what is asked, and `GET URL/messages/KEY` for what
/// became of it (`docs/channels.md`).
package struct SMSGateway: MessageGateway {
    private let partner: SignedPartner

    /// LIMIT: characters of a gateway's name for a message.
    static let nameCharactersMax = 100

    /// Nil unless the address begins with `http://` or `https://` and has a host, and the key has 16 characters at
    /// least. An address without TLS is taken for this machine only.
    package init?(url: String, key: String, time: TimeSource, workers: Workers) {
        guard let partner = SignedPartner(url: url, key: key, time: time, workers: workers) else { return nil }
        self.partner = partner
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
        do {
            return try await partner.ask(method, path, key: key, body: body)
        } catch let failed as Transfer.Failed {
            throw failed.kind == .unsaid ? .unreachable : failed.kind == .garbled ? .garbled : .unanswered
        } catch {
            throw .unreachable
        }
    }
}
