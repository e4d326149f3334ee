import Foundation
import Testing

@testable import Sandboxes

@Suite struct MailTalkTests {
    private static func hear(_ lines: [String], rejects: @escaping (String) -> Bool = { _ in false }) -> [MailTalk
        .Answer]
    {
        var talk = MailTalk()
        return lines.map { talk.hear($0, rejects: rejects) }
    }

    @Test func `a mail is heard from its envelope to its dot`() {
        let answers = Self.hear([
            "EHLO house", "MAIL FROM:<a@example.com> SIZE=9", "RCPT TO:<b@example.com>", "DATA",
            "Message-ID:", " <k@example.com>", "", "..x", ".", "QUIT",
        ])
        #expect(answers[8] == .mail(to: "b@example.com", text: "Message-ID:\r\n <k@example.com>\r\n\r\n.x\r\n"))
        #expect(answers[9] == .goodbye("221 bye"))
        guard case .mail(_, let text) = answers[8] else { return }
        #expect(MailTalk.messageID(in: text) == "<k@example.com>")
        #expect(MailTalk.messageID(in: "Subject: x\r\n\r\nMessage-ID: <no@example.com>\r\n") == nil)
    }

    @Test func `what is out of order, unknown or too large is refused`() {
        #expect(
            Self.hear(["RCPT TO:<b@example.com>", "DATA", "VRFY b"]) == [
                .say("503 MAIL first"), .say("503 RCPT first"), .say("500 not understood"),
            ])
        let refused = Self.hear(["MAIL FROM:<a@example.com>", "RCPT TO:<b@example.com>", "DATA"]) { _ in true }
        #expect(refused.dropFirst() == [.say("550 5.1.1 no such mailbox"), .say("503 RCPT first")])
        let line = String(repeating: "x", count: 900)
        let start = ["MAIL FROM:<a@example.com>", "RCPT TO:<b@example.com>", "DATA"]
        let large = Self.hear(start + Array(repeating: line, count: 300) + ["."])
        #expect(large.last == .say("552 too large"))
    }

    @Test func `a shelf remembers after it was killed, and forgets a torn line`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "shelf-\(UInt64.random(in: 0 ... .max))").path
        var shelf = try MessageShelf(path: path)
        _ = try await shelf.take(.sms, key: "1", to: "13800000001", text: "甲")
        _ = try await shelf.take(.mail, key: "1", to: "a@example.com", text: "乙")
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("{\"way\":\"sm".utf8))
        try handle.close()
        shelf = try MessageShelf(path: path)
        let again = try await shelf.take(.sms, key: "1", to: "13800000001", text: "甲")
        #expect(again.isKnown && again.message.id == "SB-sms-000001" && again.message.handedOver == 2)
        shelf = try MessageShelf(path: path)
        let kept = await shelf.newest(9)
        try FileManager.default.removeItem(atPath: path)
        #expect(kept.map(\.id) == ["SB-mail-000002", "SB-sms-000001"] && kept.map(\.handedOver) == [1, 2])
    }

    @Test func `a mail is shown decoded`() {
        let text = "Subject: =?UTF-8?B?55Sz6K+3?=\r\n =?UTF-8?B?5bey5Y+X55CG?=\r\n\r\n5oKo\r\n5aW9\r\n"
        let mail = SandboxMessage(way: .mail, key: "k", id: "i", to: "t", text: text)
        #expect(mail.subject == "申请已受理" && mail.words == "您好")
    }
}
