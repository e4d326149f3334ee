import Foundation
import Store
import Vocabulary

/// The way to the provider: the only place of this room from which anything is asked. Whatever comes back is bad input.
struct ProviderWire: Sendable {
    /// LIMIT: seconds for one exchange: somebody sits before an empty page.
    static let seconds = 8
    /// LIMIT: exchanges at once, and those that may wait for one.
    private static let (threads, queueMax) = (4, 64)

    private let workers = Workers(name: "identity", threads: threads, queueMax: queueMax)

    func get(_ address: String, token: String? = nil) async throws -> [UInt8] {
        try await ask("GET", address, headers: token.map { ["Authorization: Bearer \($0)"] } ?? [])
    }

    /// Posts a form under the house's name and secret (`client_secret_basic`, RFC 6749 section 2.3.1).
    func post(
        _ pairs: [(String, String)], to address: String, as client: ProviderAccount.Client
    ) async throws -> [UInt8] {
        let name = Parameters.encoded(client.id) + ":" + Parameters.encoded(client.secret)
        let headers = [
            "Content-Type: application/x-www-form-urlencoded",
            "Authorization: Basic " + Data(name.utf8).base64EncodedString(),
        ]
        return try await ask("POST", address, headers: headers, body: Array(Parameters.form(pairs).utf8))
    }

    /// Throws `away` when nobody answers in time or more is said than is taken, and for an answer that names a fault of
    /// the provider's; `refused` for one that names ours.
    private func ask(
        _ method: String, _ address: String, headers: [String], body: [UInt8] = []
    ) async throws -> [UInt8] {
        // A line break would begin another line of the head.
        guard !headers.contains(where: { $0.utf8.contains { $0 < 0x20 } }) else { throw ProviderRefusal.garbled }
        let common = ["Accept: application/json", "Expect:", "User-Agent: onewindow"]
        let answer: Transfer.Answer
        do {
            answer = try await workers.run {
                try Transfer.http(method, address, headers: headers + common, body: body, seconds: Self.seconds)
            }
        } catch is Transfer.Failed {
            throw ProviderRefusal.away
        }
        switch answer.status {
        case 200: return answer.body
        case 400..<500: throw ProviderRefusal.refused
        case 500...: throw ProviderRefusal.away
        default: throw ProviderRefusal.garbled
        }
    }
}
