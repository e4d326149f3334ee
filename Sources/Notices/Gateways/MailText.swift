import Foundation
import Vocabulary

/// A mail as bytes: headers (RFC 5322, encoded by RFC 2047) and a text in UTF-8 (RFC 2045).
enum MailText {
    struct Sender: Sendable {
        let name: String
        let address: MailAddress
    }

    /// `<key@domain>`: the same at every try.
    static func messageID(_ key: String, _ sender: Sender) -> String { "<\(key)@\(sender.address.domain)>" }

    static func bytes(_ message: OutgoingMessage, to: MailAddress, from sender: Sender) -> [UInt8] {
        let headers = [
            "Date: \(date(message.at))",
            "From: \(encoded(sender.name, after: 6)) <\(sender.address.text)>",
            "To: \(to.text)",
            "Message-ID: \(messageID(message.key, sender))",
            "Subject: \(encoded(message.subject, after: 9))",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            // Nobody's absence answers it (RFC 3834).
            "Auto-Submitted: auto-generated",
        ]
        let text = Data(message.text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n").utf8)
        let body = text.base64EncodedString(options: [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
        return Array((headers.joined(separator: "\r\n") + "\r\n\r\n" + body + "\r\n").utf8)
    }

    /// Words of a header: plain ASCII as it is where it fits one line, else encoded words of at most 75 characters,
    /// each of whole characters, on lines of their own. `after` characters stand before them on the first line.
    static func encoded(_ text: String, after: Int) -> String {
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && !"\"(),.:;<>@[\\]=?".utf8.contains($0) }
        if isPlain, text.utf8.count + after <= 76 { return text }
        var words: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars where scalar != "\r" && scalar != "\n" {
            let bytes = Array(String(scalar).utf8)
            // 39 bytes are 52 characters; with the 12 of the frame a first line stays within 76 too.
            if let last = words.last, last.count + bytes.count > 39 { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    /// `Tue, 24 Nov 2026 10:25:04 +0800`.
    static func date(_ instant: Instant) -> String {
        let (year, month, day) = instant.day.parts
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let time = instant.description.dropFirst(11).prefix(8)
        return "\(weekdays[instant.day.weekday - 1]), \(day) \(months[month - 1]) \(year) \(time) +0800"
    }
}
