import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
package import Vocabulary

/// Posts to receivers over connections that are kept: the only place that knows the HTTP client.
///
/// Redirections are not followed, proxies of the environment have no say, and a request is over after its time,
/// whatever the receiver does meanwhile.
package final class Postman: Sendable {
    /// LIMIT: bytes of an answer that are read; what it says is not looked at.
    static let answerBytesMax = 16 * 1024
    /// LIMIT: connections to one host.
    private static let connectionsMax = 1024
    /// For how long a connection is kept that nobody uses: shorter than receivers usually keep one, so that it is not
    /// closed there just when it is used here.
    private static let idleSeconds: Int64 = 4

    private let client: HTTPClient
    private let time: TimeSource
    private let seconds: Int64

    /// A postman who waits so many seconds for an answer.
    package init(time: TimeSource, requestSeconds: Int64 = DeliveryTerms.usual.requestSeconds) {
        var settings = HTTPClient.Configuration()
        settings.redirectConfiguration = .disallow
        settings.httpVersion = .http1Only
        settings.timeout.connect = .seconds(min(5, requestSeconds))
        settings.connectionPool = .init(
            idleTimeout: .seconds(Self.idleSeconds), concurrentHTTP1ConnectionsPerHostSoftLimit: Self.connectionsMax)
        settings.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: settings)
        (self.time, seconds) = (time, requestSeconds)
    }

    deinit {
        // A house that did not come to open, because a setting cannot work, closes nothing either; the client ends the
        // process where nobody shut it down.
        client.shutdown { _ in }
    }

    /// Sends one message, signed with the secrets, and answers what came of it.
    package func post(
        _ body: [UInt8], id: String, to address: ReceiverAddress, secrets: [[UInt8]]
    ) async -> DeliveryAnswer {
        let timestamp = "\(time.now().milliseconds / 1000)"
        return await post(
            body, to: address,
            headers: [
                ("webhook-id", id), ("webhook-timestamp", timestamp),
                (
                    "webhook-signature",
                    WebhookSignature.header(id: id, timestamp: timestamp, body: body, secrets: secrets)
                ),
            ])
    }

    /// Sends bytes as they are.
    package func post(
        _ body: [UInt8], to address: ReceiverAddress, headers: [(String, String)]
    ) async -> DeliveryAnswer {
        var request = HTTPClientRequest(url: address.description)
        request.method = .POST
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "user-agent", value: "onewindow")
        request.body = .bytes(ByteBuffer(bytes: body))
        let deadline = NIODeadline.now() + .seconds(seconds)
        do {
            let response = try await client.execute(request, deadline: deadline)
            let answer = DeliveryAnswer(
                status: Int(response.status.code), retryAfter: response.headers.first(name: "retry-after"))
            // The status is the answer. The rest is read so that the connection can be kept; where it does not come to
            // an end in time the connection is closed.
            if response.headers.first(name: "content-length") != "0" {
                await Self.read(response.body, until: deadline)
            }
            return answer
        } catch {
            return Self.failure(error)
        }
    }

    /// What somebody answered who was asked.
    struct Answer: Sendable {
        let status: Int
        let retryAfter: String?
        /// By their names in small letters; of several of one name the first.
        let headers: [String: String]
        let body: [UInt8]
    }

    /// Sends bytes and reads what is answered. Throws `LinkTrouble` where nobody answers in time, and where the answer
    /// has more bytes than `max`.
    func ask(
        _ body: [UInt8], at address: String, headers: [(String, String)], max: Int, seconds: Int64
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: address)
        request.method = .POST
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        request.headers.add(name: "user-agent", value: "onewindow")
        request.body = .bytes(ByteBuffer(bytes: body))
        let deadline = NIODeadline.now() + .seconds(seconds)
        do {
            let response = try await client.execute(request, deadline: deadline)
            let bytes = try await Self.whole(response.body, max: max, until: deadline)
            let headers = response.headers.reversed().map { ($0.name.lowercased(), $0.value) }
            return Answer(
                status: Int(response.status.code), retryAfter: response.headers.first(name: "retry-after"),
                headers: Dictionary(headers) { $1 }, body: bytes)
        } catch let trouble as LinkTrouble {
            throw trouble
        } catch is NIOTooManyBytesError {
            throw LinkTrouble(.unreadable, .refused(200))
        } catch {
            throw LinkTrouble(.unanswered, Self.failure(error))
        }
    }

    /// The whole body; `LinkTrouble` where it does not come to an end in time.
    private static func whole(
        _ body: HTTPClientResponse.Body, max: Int, until deadline: NIODeadline
    ) async throws -> [UInt8] {
        try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
            group.addTask { Array(try await body.collect(upTo: max).readableBytesView) }
            group.addTask {
                try await Task.sleep(for: .nanoseconds(Swift.max(0, (deadline - .now()).nanoseconds)))
                return nil
            }
            defer { group.cancelAll() }
            guard let bytes = try await group.next() ?? nil else { throw LinkTrouble(.unanswered, .unanswered) }
            return bytes
        }
    }

    /// Lets go of all connections.
    package func close() async {
        do {
            try await client.shutdown()
        } catch {
            // It was closed before.
        }
    }

    private static func read(_ body: HTTPClientResponse.Body, until deadline: NIODeadline) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do { _ = try await body.collect(upTo: answerBytesMax) } catch { return }
            }
            group.addTask {
                let left = (deadline - .now()).nanoseconds
                do { try await Task.sleep(for: .nanoseconds(max(0, left))) } catch { return }
            }
            await group.next()
            group.cancelAll()
        }
    }

    private static func failure(_ error: any Error) -> DeliveryAnswer {
        if let error = error as? HTTPClientError {
            let nobody: [HTTPClientError] = [.connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout]
            return nobody.contains(error) ? .unreachable : .unanswered
        }
        if error is NIOConnectionError { return .unreachable }
        if let error = error as? IOError { return error.errnoCode == ECONNREFUSED ? .unreachable : .unanswered }
        // Whatever the handshake of TLS does not like comes before anything was said.
        return "\(type(of: error))".contains("SSL") ? .unreachable : .unanswered
    }
}
