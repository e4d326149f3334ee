import Foundation
import Testing
import Vocabulary

@testable import Notices

@Suite struct MailTextTests {
    private static func mail(_ subject: String, _ text: String, name: String = "福州市政务服务") throws -> String {
        let to = try #require(MailAddress("lin@example.com"))
        let from = try #require(MailAddress("noreply@zwfw.example.gov.cn"))
        let message = OutgoingMessage(
            key: "0123-mail", address: .mail(to), subject: subject, text: text, at: SampleNotice.morning)
        return String(
            decoding: MailText.bytes(message, to: to, from: MailText.Sender(name: name, address: from)), as: UTF8.self)
    }

    @Test func `a mail is ASCII in short lines, named by its delivery`() throws {
        let mail = try Self.mail(String(repeating: "请补正申请材料", count: 9), "您好：\n\n" + String(repeating: "文", count: 300))
        #expect(mail.utf8.allSatisfy { $0 < 128 })
        let lines = mail.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 76 && !$0.contains("\n") && !$0.contains("\r") })
        #expect(lines.contains("Message-ID: <0123-mail@zwfw.example.gov.cn>"))
        #expect(lines.contains("Date: Mon, 23 Nov 2026 10:00:00 +0800"))
        #expect(lines.contains("Auto-Submitted: auto-generated"))
    }

    @Test func `no header carries a line of somebody else's`() throws {
        let mail = try Self.mail("结果\r\nBcc: x@example.com", "x", name: "a\r\nBcc: y@example.com")
        #expect(!mail.contains("\r\nBcc"))
    }

    @Test func `plain words stay plain, and each encoded word holds whole characters`() throws {
        #expect(MailText.encoded("Your result is ready", after: 9) == "Your result is ready")
        #expect(MailText.encoded("Item: ready", after: 9).hasPrefix("=?UTF-8?B?"))
        let text = "㐀𠀀" + String(repeating: "龍", count: 40)
        var read = ""
        for word in MailText.encoded(text, after: 9).components(separatedBy: "\r\n ") {
            #expect(word.hasPrefix("=?UTF-8?B?") && word.hasSuffix("?=") && word.count <= 75)
            let data = try #require(Data(base64Encoded: String(word.dropFirst(10).dropLast(2))))
            read += try #require(String(validating: data, as: UTF8.self))
        }
        #expect(read == text)
    }
}
