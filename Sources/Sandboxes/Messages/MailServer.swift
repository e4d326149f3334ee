import NIOCore
import NIOPosix
import Vocabulary

/// An SMTP server that takes mail for anybody and keeps it on a shelf. It recognises a mail by its `Message-ID`, as
/// relays do.
package struct MailServer: Sendable {
    private let port: Int
    private let shelf: MessageShelf
    private let faults: FaultSwitches

    /// A server on a port of 127.0.0.1.
    package init(port: Int, shelf: MessageShelf, faults: FaultSwitches) {
        (self.port, self.shelf, self.faults) = (port, shelf, faults)
    }

    /// Serves until the task is cancelled. Throws `Fault.misconfigured` when somebody has the port.
    package func run() async throws {
        let server = try await listen()
        try await withThrowingDiscardingTaskGroup { group in
            try await server.executeThenClose { connections in
                for try await connection in connections {
                    group.addTask {
                        do {
                            try await talk(connection)
                        } catch {
                            // Whoever hung up is nobody's concern here: the sender notices by itself.
                        }
                    }
                }
            }
        }
    }

    private func listen() async throws -> NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never> {
        do {
            return try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
        } catch is IOError {
            throw Fault.misconfigured("port \(port) is taken")
        }
    }

    private func talk(_ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async throws {
        try await connection.executeThenClose { inbound, outbound in
            func say(_ text: String) async throws { try await outbound.write(ByteBuffer(string: text + "\r\n")) }
            if faults.setting(.mail).fault == .down { return try await say("421 4.3.2 not now") }
            try await say(MailTalk.greeting)
            var talk = MailTalk()
            var heard = ByteBuffer()
            for try await part in inbound {
                heard.writeImmutableBuffer(part)
                while let line = Self.line(&heard) {
                    switch talk.hear(line, rejects: { faults.setting(.mail).rejected.contains($0) }) {
                    case .say(let text): try await say(text)
                    case .listen: break
                    case .goodbye(let text): return try await say(text)
                    case .mail(let to, let text):
                        guard let answer = try await take(text, to: to) else { return }
                        for line in answer { try await say(line) }
                    }
                }
                guard heard.readableBytes <= MailTalk.lineBytesMax else { return try await say("500 line too long") }
            }
        }
    }

    /// Keeps a mail and answers what is said; nil hangs up.
    private func take(_ text: String, to: String) async throws -> [String]? {
        guard let key = MailTalk.messageID(in: text) else { return ["554 no Message-ID"] }
        let fault = faults.next(.mail)
        if fault == .down { return ["451 4.3.2 not now"] }
        if fault == .slow { try await Task.sleep(for: .seconds(faults.setting(.mail).slowSeconds)) }
        let (message, _) = try await shelf.take(.mail, key: key, to: to, text: text)
        switch fault {
        case .lostAnswer: return nil
        case .garbage: return ["@@@@ ????"]
        case .duplicateAnswer: return ["250 2.0.0 taken as \(message.id)", "250 2.0.0 taken as \(message.id)"]
        case .none, .slow, .down: return ["250 2.0.0 taken as \(message.id)"]
        }
    }

    private static func line(_ heard: inout ByteBuffer) -> String? {
        guard let end = heard.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let length = end - heard.readableBytesView.startIndex + 1
        var line = heard.readString(length: length) ?? ""
        while line.hasSuffix("\r\n") || line.hasSuffix("\n") || line.hasSuffix("\r") { line.removeLast() }
        return line
    }
}
