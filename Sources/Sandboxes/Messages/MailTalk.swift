/// What an SMTP server says to what it hears (RFC 5321), line by line. Pure: whoever reads and writes is elsewhere.
struct MailTalk {
    /// LIMIT: bytes of a mail.
    static let mailBytesMax = 256 * 1024
    /// LIMIT: bytes of a line (RFC 5321 section 4.5.3.1.6 asks for 1000).
    static let lineBytesMax = 1000

    /// What follows from a line.
    enum Answer: Equatable {
        case say(String)
        /// Nothing yet: the mail goes on.
        case listen
        /// The mail is whole.
        case mail(to: String, text: String)
        case goodbye(String)
    }

    private var sender: String?
    private var recipient: String?
    private var lines: [String]?
    private var size = 0

    /// The first words.
    static let greeting = "220 onewindow sandbox ESMTP"

    /// Hears a line without its end. `rejects` says which addresses there are not.
    mutating func hear(_ line: String, rejects: (String) -> Bool) -> Answer {
        if lines != nil { return hearMail(line) }
        let verb = line.prefix { $0 != " " && $0 != ":" }.uppercased()
        switch verb {
        case "EHLO": return .say("250-onewindow sandbox\r\n250-8BITMIME\r\n250 SIZE \(Self.mailBytesMax)")
        case "HELO", "NOOP": return .say("250 OK")
        case "RSET":
            self = MailTalk()
            return .say("250 OK")
        case "QUIT": return .goodbye("221 bye")
        case "MAIL":
            guard let address = Self.address(line) else { return .say("501 no address") }
            (sender, recipient) = (address, nil)
            return .say("250 OK")
        case "RCPT":
            guard sender != nil else { return .say("503 MAIL first") }
            guard let address = Self.address(line), !address.isEmpty else { return .say("501 no address") }
            guard recipient == nil else { return .say("452 one recipient a mail") }
            if rejects(address) { return .say("550 5.1.1 no such mailbox") }
            recipient = address
            return .say("250 OK")
        case "DATA":
            guard recipient != nil else { return .say("503 RCPT first") }
            (lines, size) = ([], 0)
            return .say("354 end with a dot on a line of its own")
        default: return .say("500 not understood")
        }
    }

    private mutating func hearMail(_ line: String) -> Answer {
        guard line == "." else {
            size += line.utf8.count + 2
            // A dot in front was doubled by the sender (RFC 5321 section 4.5.2).
            if size <= Self.mailBytesMax { lines?.append(line.hasPrefix(".") ? String(line.dropFirst()) : line) }
            return .listen
        }
        let (to, text) = (recipient ?? "", (lines ?? []).joined(separator: "\r\n") + "\r\n")
        let isTooLarge = size > Self.mailBytesMax
        self = MailTalk()
        return isTooLarge ? .say("552 too large") : .mail(to: to, text: text)
    }

    private static func address(_ line: String) -> String? {
        guard let open = line.firstIndex(of: "<"), let close = line[open...].firstIndex(of: ">") else { return nil }
        return String(line[line.index(after: open)..<close])
    }

    /// The `Message-ID` of a mail; nil when it has none.
    static func messageID(in text: String) -> String? {
        let head = text.components(before: "\r\n\r\n").replacing("\r\n ", with: " ")
        for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix("message-id:") {
            return line.dropFirst(11).split(separator: " ").first.map(String.init)
        }
        return nil
    }
}

extension String {
    fileprivate func components(before end: String) -> String {
        firstRange(of: end).map { String(self[..<$0.lowerBound]) } ?? self
    }
}
