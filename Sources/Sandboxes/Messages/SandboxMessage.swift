import Foundation
import Vocabulary

/// A message that the sandbox has taken.
package struct SandboxMessage: Codable, Sendable, Equatable {
    /// By which way it came.
    package enum Way: String, Codable, Sendable, CaseIterable { case sms, mail }

    package let way: Way
    /// The sender's own key: `Idempotency-Key`, or the `Message-ID` of a mail.
    package let key: String
    /// The sandbox's name for it.
    package let id: String
    package let to: String
    /// A text message as it is; a mail with its headers, as it came.
    package let text: String
    /// How often it was handed over; whoever is served gets it once.
    package var handedOver = 1

    /// What a mail is about, decoded; empty for a text message.
    package var subject: String {
        guard way == .mail else { return "" }
        let unfolded = text.replacing("\r\n ", with: " ")
        let line = unfolded.split(separator: "\r\n").first { $0.hasPrefix("Subject: ") }?.dropFirst(9) ?? ""
        return line.split(separator: " ").reduce("") { read, word in
            guard word.hasPrefix("=?UTF-8?B?"), word.hasSuffix("?="),
                let bytes = Data(base64Encoded: String(word.dropFirst(10).dropLast(2)))
            else { return read + (read.isEmpty ? "" : " ") + word }
            return read + String(decoding: bytes, as: UTF8.self)
        }
    }

    /// What it says, decoded.
    package var words: String {
        guard way == .mail, let end = text.range(of: "\r\n\r\n") else { return text }
        let body = text[end.upperBound...].filter { !$0.isWhitespace }
        return Data(base64Encoded: String(body)).map { String(decoding: $0, as: UTF8.self) } ?? String(body)
    }
}

/// What the sandbox has taken. A message is on the disk before the sender hears of it, so that a sandbox that is killed
/// forgets nothing: real gateways do not either.
package actor MessageShelf {
    /// LIMIT: messages that are kept; the sandbox takes no more after that.
    package static let messagesMax = 100_000

    private var messages: [SandboxMessage] = []
    private var places: [String: Int] = [:]
    private let file: FileHandle?

    /// A shelf in a file, which is made when it is not there; without one, in memory.
    package init(path: String?) throws {
        guard let path else {
            file = nil
            return
        }
        let manager = FileManager.default
        guard manager.fileExists(atPath: path) || manager.createFile(atPath: path, contents: nil) else {
            throw Fault.unavailable("cannot write \(path)")
        }
        let data = try Data(contentsOf: URL(filePath: path))
        let lines = data.split(separator: UInt8(ascii: "\n"))
        // The last line of a sandbox that was killed may be torn; nobody was told of it.
        let whole = data.last == UInt8(ascii: "\n") ? lines[...] : lines.dropLast()
        for line in whole {
            let message = try JSONDecoder().decode(SandboxMessage.self, from: line)
            if let place = places["\(message.way) \(message.key)"] {
                messages[place] = message
            } else {
                places["\(message.way) \(message.key)"] = messages.count
                messages.append(message)
            }
        }
        file = try FileHandle(forUpdating: URL(filePath: path))
        try file?.truncate(atOffset: UInt64(whole.reduce(0) { $0 + $1.count + 1 }))
        try file?.seekToEnd()
    }

    /// Takes a message, or recognises it by its key; answers it with the sandbox's name, and whether it was there.
    package func take(
        _ way: SandboxMessage.Way, key: String, to: String, text: String
    ) throws -> (message: SandboxMessage, isKnown: Bool) {
        let place = places["\(way) \(key)"]
        var message: SandboxMessage
        if let place {
            message = messages[place]
            message.handedOver += 1
        } else {
            guard messages.count < Self.messagesMax else { throw SandboxFull() }
            let serial = "\(messages.count + 1)"
            let id = "SB-\(way.rawValue)-" + String(repeating: "0", count: max(0, 6 - serial.count)) + serial
            message = SandboxMessage(way: way, key: key, id: id, to: to, text: text)
        }
        try keep(message)
        if let place {
            messages[place] = message
        } else {
            places["\(way) \(key)"] = messages.count
            messages.append(message)
        }
        return (message, place != nil)
    }

    /// The message with a key; nil when none was taken.
    package func message(_ way: SandboxMessage.Way, key: String) -> SandboxMessage? {
        places["\(way) \(key)"].map { messages[$0] }
    }

    /// The newest messages, the newest first.
    package func newest(_ limit: Int) -> [SandboxMessage] { messages.suffix(limit).reversed() }

    private func keep(_ message: SandboxMessage) throws {
        guard let file else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try file.write(contentsOf: encoder.encode(message) + Data("\n".utf8))
        try file.synchronize()
    }
}

/// The shelf is full.
struct SandboxFull: Error {}
