import Accounts
import Exchange
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import Synchronization
import Testing
import Vocabulary

@testable import Web

extension DoorHouse {
    /// A partner with a scope somewhere, and the token of its program.
    func partner(_ name: String, _ extent: Grant.Extent = .everywhere, scope: PartnerScope = .events) async throws
        -> String
    {
        let id = try #require(AccessID(name))
        let partner = try await hall.add(partner: id, name: "示例大数据局", body: nil, perMinute: 60_000)
        _ = try await hall.give(scope, extent, to: id)
        let entrance = try await hall.enter(
            id, secret: site.accountKey.secret(of: partner), scopes: [], key: site.accountKey)
        return try #require(entrance).token.text
    }

    /// Gives every entry its place in the log.
    func seal() async throws {
        let sealer = Sealer(store: hall.store, holder: "test", origin: "test.log") { $0 }
        while try await sealer.seal(now: hall.time.now()) > 0 {}
        // The end of the journal is taken for the end a moment longer.
        try await Task.sleep(for: .milliseconds(120))
    }
}

/// What the feed answers.
struct FeedReply: Decodable {
    struct Event: Decodable, Equatable {
        let id: String
        let cursor: String
        let kind: String
        let dossier: String
        let region: String
        let sequence: Int
        let data: JSONValue
    }

    let events: [Event]
    let next: String
    let hasMore: Bool
}

/// What is said of a subscription.
struct SubscriptionReply: Decodable {
    struct Last: Decodable { let outcome: String }
    let id: String
    let state: String
    let cursor: String
    let failures: Int
    let pausedUntil: String?
    let last: Last?
    let secret: String?
}

/// What is said of a ping.
struct PingReply: Decodable {
    let isAccepted: Bool
    let outcome: String
    let status: Int?
}

/// A partner's program that listens on this machine, and answers as it is told.
final class ListeningProgram: Sendable {
    struct Came: Sendable {
        let id: String
        let timestamp: String
        let signature: String
        let body: [UInt8]
    }

    private let state = Mutex<(came: [Came], status: Int)>(([], 200))

    var came: [Came] { state.withLock { $0.came } }

    func answer(_ status: Int) { state.withLock { $0.status = status } }

    var app: some ApplicationProtocol {
        let router = Router()
        router.post("/hook") { [self] request, _ in
            let body = try await request.body.collect(upTo: 1 << 20)
            func header(_ name: String) -> String { HTTPField.Name(name).flatMap { request.headers[$0] } ?? "" }
            let came = Came(
                id: header("webhook-id"), timestamp: header("webhook-timestamp"),
                signature: header("webhook-signature"), body: Array(body.readableBytesView))
            let status = state.withLock { state in
                state.came.append(came)
                return state.status
            }
            return Response(status: .init(code: status), body: .init(byteBuffer: ByteBuffer(string: "{}")))
        }
        return Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)))
    }
}

extension ProblemAnswer {
    func expect(refusal: any Refusal, at location: SourceLocation = #_sourceLocation) {
        #expect(code == refusal.code && status == refusal.kind.rawValue, "\(code)", sourceLocation: location)
    }
}
