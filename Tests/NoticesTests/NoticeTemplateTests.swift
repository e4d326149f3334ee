import Crypto
import Foundation
import Testing
import Vocabulary

@testable import Notices

@Suite struct NoticeTemplateTests {
    private static let longItem = String(repeating: "建设工程消防设计审查", count: 12)

    @Test(arguments: NoticeKind.all, NoticeLanguage.allCases)
    func `every kind can be said in both languages, with every value in its place`(
        _ kind: NoticeKind, _ language: NoticeLanguage
    ) throws {
        let templates = try NoticeTemplates.shipped()
        let words = try #require(try templates.words(of: SampleNotice.notice(kind), language))
        #expect(!words.title.isEmpty && words.title.count <= 60)
        for text in [words.title, words.text] { #expect(!text.contains("{") && !text.contains("}"), "\(text)") }
        let hasItem = words.text.contains("特殊工时审批")
        #expect(hasItem && words.text.contains("2026112412345"))
        if kind.values["day"] != nil { #expect(words.text.contains(language == .zh ? "2026年12月1日" : "1 Dec 2026")) }
        if language == .en { #expect(words.title.utf8.allSatisfy { $0 < 128 }) }
    }

    @Test(arguments: NoticeKind.all, NoticeLanguage.allCases)
    func `a text message is one part in Chinese and two at most in English, whatever the item is called`(
        _ kind: NoticeKind, _ language: NoticeLanguage
    ) throws {
        let templates = try NoticeTemplates.shipped()
        let notice = try SampleNotice.notice(kind, item: Self.longItem)
        let text = try templates.sms(of: notice, language, signature: "福州政务服务")
        #expect((text == nil) == (kind.audience == .staff))
        guard let text else { return }
        #expect(text.hasPrefix("【福州政务服务】"))
        #expect(text.utf16.count <= (language == .zh ? 70 : 134), "\(text)")
        #expect(text.contains("…"))
    }

    @Test func `every template belongs to a kind, and says nothing that the kind does not declare`() throws {
        let editions = try NoticeTemplates.shipped().editions
        // An edition says what is new or said otherwise in it; together they have every kind.
        #expect(Set(editions.values.flatMap(\.templates.keys)) == Set(NoticeKind.all.map(\.id)))
        for edition in editions.values {
            for (id, template) in edition.templates {
                let kind = try #require(NoticeKind.named(id))
                let texts = [template.title, template.text, template.sms].compactMap { $0 }
                for text in texts.flatMap({ [$0.zh, $0.en] }) {
                    for place in text.matches(of: /\{(\w+)\}/) {
                        #expect(kind.values[String(place.1)] != nil, "\(id) has no \(place.1)")
                    }
                }
            }
        }
    }

    @Test func `an edition that was shipped says the same for ever`() throws {
        let editions = try NoticeTemplates.shipped().editions
        #expect(editions.keys.max() == NoticeTemplates.newestEdition)
        let first = try #require(editions[1])
        let digest = SHA256.hash(data: try CanonicalJSON.bytes(of: first)).map { String($0, radix: 16) }.joined()
        #expect(digest == "80c26118d4cee7ea9ccf16c2ab94c75b7dded636fbe7b12ca5465c2d9c9660")
    }

    @Test func `a mail has a subject, a greeting, the house's name and its address`() throws {
        let templates = try NoticeTemplates.shipped()
        let notice = try SampleNotice.notice(.correctionAsked)
        let house = (signature: "福州政务服务", address: "https://zwfw.example.gov.cn")
        let mail = try #require(try templates.mail(of: notice, .zh, house: house))
        #expect(mail.subject == "请补正申请材料")
        for part in ["您好：", "最迟于2026年12月1日一次补齐", "福州政务服务", "https://zwfw.example.gov.cn"] {
            #expect(mail.body.contains(part), "\(part)")
        }
        #expect(try templates.mail(of: SampleNotice.notice(.overdue), .zh, house: house) == nil)
    }

    @Test func `the number of an identity card leaves the house by no message`() throws {
        let templates = try NoticeTemplates.shipped()
        let number = "11010519491231002X"
        let notice = try SampleNotice.notice(.accepted, item: "x")
        #expect(throws: NoticeRefusal.identityNumber) {
            _ = try templates.sms(of: notice.saying("number", number), .zh, signature: "福州政务")
        }
        #expect(throws: NoticeRefusal.identityNumber) {
            let glued = notice.saying("item", "00\(number.lowercased())")
            _ = try templates.mail(of: glued, .zh, house: ("福州政务", "https://example.gov.cn"))
        }
        _ = try templates.sms(of: notice.saying("number", "110105194912310021"), .zh, signature: "福州政务")
    }

    @Test func `a text message that would not fit is refused, not cut`() throws {
        let templates = try NoticeTemplates.shipped()
        let notice = try SampleNotice.notice(.accepted).saying("number", String(repeating: "1", count: 60))
        #expect(throws: NoticeRefusal.tooLong) { _ = try templates.sms(of: notice, .zh, signature: "福州政务") }
    }
}

@Suite struct NoticeTests {
    @Test func `a notice says exactly what its kind declares`() throws {
        func make(_ change: (inout [String: NoticeValue]) -> Void) throws -> Notice {
            var values = SampleNotice.values(.accepted)
            change(&values)
            return try Notice(
                .made(for: "x", stamp: SampleNotice.stamp()), .accepted, to: .person(SampleNotice.person),
                about: SampleNotice.matter, values: values, now: SampleNotice.morning)
        }
        #expect(try make { _ in }.values?.count == 3)
        #expect(throws: NoticeRefusal.valueMissing) { try make { $0["day"] = nil } }
        #expect(throws: NoticeRefusal.valueMissing) { try make { $0["day"] = .text("明天") } }
        #expect(throws: NoticeRefusal.valueUnknown) { try make { $0["citizenID"] = .text("x") } }
        #expect(throws: NoticeRefusal.tooLong) {
            try make { $0["item"] = .text(String(repeating: "长", count: 201)) }
        }
    }

    @Test func `values are the same after they were written and read`() throws {
        for kind in NoticeKind.all {
            let values = SampleNotice.values(kind)
            let read: [String: NoticeValue] = try CanonicalJSON.value(in: try CanonicalJSON.bytes(of: values))
            #expect(read == values)
        }
    }

    @Test func `the id of a notice follows from its cause and rises with time`() {
        let now = SampleNotice.morning
        let first = NoticeID.made(for: "a", stamp: SampleNotice.stamp(now))
        #expect(first == NoticeID.made(for: "a", stamp: SampleNotice.stamp(now)))
        #expect(first != NoticeID.made(for: "b", stamp: SampleNotice.stamp(now)))
        #expect(first.subject.madeAt == now)
        #expect(first < NoticeID.made(for: "a", stamp: SampleNotice.stamp(now.advanced(bySeconds: 1))))
    }

    @Test func `the kinds have names of their own`() {
        #expect(Set(NoticeKind.all.map(\.id)).count == NoticeKind.all.count)
        #expect(NoticeKind.all.allSatisfy { NoticeKind.named($0.id) == $0 })
        #expect(NoticeKind.named("gossip") == nil)
    }
}
