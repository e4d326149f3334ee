import Crypto
import Foundation
package import Vocabulary

/// A partner who is asked by HTTP with signed requests. What an effect of the outbox wants of the world goes this way.
package struct SignedPartner: Sendable {
    private let url: String
    private let key: SymmetricKey
    private let time: TimeSource
    private let workers: Workers

    /// Nil unless the address begins with `http://` or `https://` and has a host, and the key has
    /// `RequestSignature.keyBytesMin` characters at least. An address without TLS is taken for this machine only.
    package init?(url: String, key: String, time: TimeSource, workers: Workers) {
        guard let parts = URL(string: url), let host = parts.host, !host.isEmpty, parts.query == nil,
            key.utf8.count >= RequestSignature.keyBytesMin
        else { return nil }
        guard parts.scheme == "https" || parts.scheme == "http" && OwnMachine.isHere(host) else { return nil }
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.key = SymmetricKey(data: Array(key.utf8))
        self.time = time
        self.workers = workers
    }

    /// Asks for something below the partner's address, under a key that is the same at every try. Throws
    /// `Transfer.Failed`, or `Fault.busy` when too much is asked at once.
    package func ask(
        _ method: String, _ path: String, key: String, body: [UInt8] = []
    ) async throws -> Transfer.Answer {
        let headers = headers(method, path, key: key, body: body)
        let address = url + path
        return try await workers.run { try Transfer.http(method, address, headers: headers, body: body) }
    }

    private func headers(_ method: String, _ path: String, key: String, body: [UInt8]) -> [String] {
        let timestamp = "\(time.now().milliseconds / 1000)"
        let request = RequestSignature.Request(
            method, path: (URL(string: url)?.path ?? "") + path, timestamp: timestamp, key: key, body: body)
        return [
            "Content-Type: application/json; charset=utf-8", "Accept: application/json", "Idempotency-Key: \(key)",
            "X-Timestamp: \(timestamp)", "X-Signature: \(RequestSignature.text(request, secret: self.key))", "Expect:",
            "User-Agent: onewindow",
        ]
    }
}

/// Which hosts are this machine, where nobody listens in between.
package enum OwnMachine {
    package static func isHere(_ host: String) -> Bool { ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host) }
}
