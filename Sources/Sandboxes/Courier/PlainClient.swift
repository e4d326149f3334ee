import Foundation
import NIOCore
import NIOPosix

/// One request by HTTP/1.1 over a connection of its own, as a partner's program makes it.
enum PlainClient {
    /// LIMIT: bytes of an answer.
    private static let answerBytesMax = 1 << 20
    /// LIMIT: seconds for the whole exchange.
    private static let wholeSeconds = 10

    struct Answer: Sendable {
        let status: Int
        let body: [UInt8]
    }

    struct Unanswered: Error {}

    /// Posts JSON; throws when nobody answers in time.
    static func post(_ url: URL, headers: [(String, String)], body: [UInt8]) async throws -> Answer {
        try await ask(
            "POST", url, path: url.path, headers: headers + [("Content-Type", "application/json")], body: body)
    }

    /// Asks an address of a house; throws when nobody answers in time.
    static func ask(
        _ method: String, _ url: URL, path: String, headers: [(String, String)], body: [UInt8]
    ) async throws -> Answer {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: \(url.host ?? ""):\(url.port ?? 80)\r\nConnection: close\r\n"
        head += "Content-Length: \(body.count)\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        let request = Array((head + "\r\n").utf8) + body
        let (host, port) = (url.host ?? "", url.port ?? 80)
        return try await withThrowingTaskGroup(of: Answer.self) { group in
            group.addTask { try answer(in: try await exchange(request, host, port)) }
            group.addTask {
                try await Task.sleep(for: .seconds(wholeSeconds))
                throw Unanswered()
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw Unanswered() }
            return first
        }
    }

    private static func exchange(_ request: [UInt8], _ host: String, _ port: Int) async throws -> [UInt8] {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(bytes: request))
            var heard: [UInt8] = []
            for try await part in inbound {
                heard += part.readableBytesView
                guard heard.count <= answerBytesMax else { throw Unanswered() }
            }
            return heard
        }
    }

    /// Status and body of an answer that ends with its connection; an answer in chunks is put together.
    private static func answer(in heard: [UInt8]) throws -> Answer {
        let text = String(decoding: heard, as: UTF8.self)
        let words = text.prefix { $0 != "\r\n" }.split(separator: " ")
        guard let end = text.firstRange(of: "\r\n\r\n"), words.count > 1, let status = Int(words[1]) else {
            throw Unanswered()
        }
        let rest = String(text[end.upperBound...])
        let isChunked = text[..<end.lowerBound].lowercased().contains("transfer-encoding: chunked")
        return Answer(status: status, body: Array((isChunked ? chunks(rest) : rest).utf8))
    }

    private static func chunks(_ text: String) -> String {
        var (rest, whole) = (Substring(text), "")
        while let line = rest.firstRange(of: "\r\n"), let size = Int(rest[..<line.lowerBound], radix: 16), size > 0 {
            let bytes = Array(rest[line.upperBound...].utf8)
            whole += String(decoding: bytes.prefix(size), as: UTF8.self)
            rest = Substring(String(decoding: bytes.dropFirst(size + 2), as: UTF8.self))
        }
        return whole
    }
}
