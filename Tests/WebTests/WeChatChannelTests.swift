import Catalogue
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

@testable import Web

@Suite struct WeChatChannelTests {
    @Test func `WeChat is told the echo when it knows the token, and nobody else is`() async throws {
        try await DoorHouse.open { house in
            try await WeChatServer.open(house) { server in
                func ask(_ call: WeChatServer.Call) async throws -> TestResponse {
                    try await server.client.execute(
                        uri: "/channels/wechat?\(server.query(call))&echostr=%3Cb%3E42", method: .get)
                }
                let right = try await ask(WeChatServer.Call())
                #expect(right.status == .ok && right.text == "<b>42")
                #expect(right.headers[.contentType] == "text/plain; charset=utf-8")
                for signature in ["", "x", String(repeating: "0", count: 40), String(repeating: "0", count: 1000)] {
                    let wrong = try await ask(WeChatServer.Call(signature: signature))
                    wrong.expect(refusal: WeChatRefusal.wrongSignature)
                    #expect(wrong.text != right.text)
                }
                let bare = try await server.client.execute(uri: "/channels/wechat", method: .get)
                bare.expect(refusal: WeChatRefusal.wrongSignature)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `words are answered with guides: one as an article, several as links, a button with articles`(
        _ place: StoreUnderTest
    ) async throws {
        try await DoorHouse.open(on: place) { house in
            try await WeChatServer.open(house) { server in
                let item = try #require(try await house.hall.item("second-class-constructor", in: [.fujian]))
                let line = try await Self.onlyAnswer(of: house)
                let article = try await server.post(WeChatServer.text(line.question, id: 1)).text
                #expect(article.contains("<MsgType><![CDATA[news]]></MsgType><ArticleCount>1</ArticleCount>"))
                #expect(article.contains("<ToUserName><![CDATA[oCitizen]]></ToUserName>"))
                #expect(article.contains("<FromUserName><![CDATA[gh_one]]></FromUserName>"))
                #expect(article.contains("<Url><![CDATA[https://ow.example/items/\(line.item.itemCode)]]></Url>"))
                #expect(article.contains("办事指南第1版，自"))
                #expect(article.contains("承诺") && article.contains("趟"))

                let several = try await server.post(WeChatServer.text("证", id: 2)).said
                #expect(several.utf8.count <= WeChatAnswers.textBytesMax)
                let links = several.matches(of: /<a href="(https:\/\/ow\.example\/items\/[0-9A-Z]+)">[^<]+<\/a>/)
                #expect((2...WeChatAnswers.linksMax).contains(links.count))
                #expect(several.matches(of: /办事指南第1版，自2/).count == links.count)
                #expect(several.contains("https://ow.example/items?q=%E8%AF%81"))

                let button = try await server.post(WeChatServer.event("CLICK", key: "证")).text
                let articles = button.matches(of: /<item>/).count
                #expect((2...WeChatAnswers.articlesToButton).contains(articles))
                #expect(button.contains("<ArticleCount>\(articles)</ArticleCount>"))
                #expect(try await server.post(WeChatServer.text("二建", id: 3)).text.contains(item.itemCode))
            }
        }
    }

    /// A question to which one guide alone is the answer.
    private static func onlyAnswer(of house: DoorHouse) async throws -> (question: String, item: ItemLine) {
        let everywhere = [Region.fujian] + house.site.regions.entries.map(\.region)
        for line in try await house.hall.items(in: .fujian, limit: 60) {
            let found = try await house.hall.items(ItemQuery(line.name.zh, in: everywhere, limit: 60)).found
                .map(\.line)
            if found.map(\.itemCode) == [line.itemCode] { return (line.name.zh, line) }
        }
        struct NoSuchItem: Error {}
        throw NoSuchItem()
    }

    @Test func `every example of the greeting finds something, and nothing found says what to try`() async throws {
        try await DoorHouse.open { house in
            try await WeChatServer.open(house) { server in
                let greeting = try await server.post(WeChatServer.event("subscribe")).said
                #expect(greeting.contains("福州市政务服务"))
                let examples = greeting.split(separator: "\n").filter { $0.hasPrefix("· ") }.map {
                    String($0.dropFirst(2))
                }
                #expect(examples.count == 3)
                for (index, example) in examples.enumerated() {
                    let answer = try await server.post(WeChatServer.text(example, id: 10 + index)).text
                    #expect(answer.contains("/items/"), "\(example)")
                }
                let nothing = try await server.post(WeChatServer.text("税税税", id: 20)).said
                #expect(nothing.contains("没有找到") && nothing.contains("12345") && nothing.contains(examples[0]))
                for type in ["image", "voice", "video", "location", "link", "unheardof"] {
                    let message = WeChatServer.text("", id: 30 + type.count).replacing("[text]", with: "[\(type)]")
                    #expect(try await server.post(message).said.contains("请用文字"), "\(type)")
                }
                #expect(try await server.post(WeChatServer.text(" \n ", id: 40)).said.contains("请用文字"))
                for event in ["unsubscribe", "VIEW", "SCAN", "LOCATION", "unheardof"] {
                    #expect(try await server.post(WeChatServer.event(event)).text == "success", "\(event)")
                }
            }
        }
    }

    @Test(arguments: ["办件 202611240001 123456", "办件", "202611240001 123456", "我的件 202611240001", "350102188501010019"])
    func `numbers and passwords are sent to the page and looked up by nobody`(_ text: String) async throws {
        try await DoorHouse.open { house in
            try await WeChatServer.open(house) { server in
                let said = try await server.post(WeChatServer.text(text)).said
                #expect(said.contains("https://ow.example/lookup"))
                #expect(!said.contains("123456") && !said.contains("2026"))
            }
        }
    }

    @Test func `in safe and in compatible mode the cipher alone counts, and the answer is encrypted`() async throws {
        try await DoorHouse.open { house in
            try await WeChatServer.open(house, key: WeChatServer.key) { server in
                let question = WeChatServer.text("证")
                let safe = try await server.postSealed(question)
                #expect(!safe.text.contains("指南"))
                #expect(try server.opened(safe)["Content"].contains("/items/"))
                let beside = "<Content><![CDATA[税税税]]></Content><MsgId>9</MsgId>"
                let compatible = try server.opened(
                    try await server.postSealed(WeChatServer.text("证", id: 2), beside: beside))
                #expect(compatible["Content"].contains("/items/"))
                #expect(try await server.postSealed(WeChatServer.event("unsubscribe")).text == "success")
                try await server.post(question).expect(refusal: WeChatRefusal.notEncrypted)
            }
            try await WeChatServer.open(house) { server in
                let sealing = try WeChatServer.account(key: WeChatServer.key)
                let sealed = try sealing.seal(Array(WeChatServer.text("x").utf8), random: Dice.system.bytes(16))
                try await server.post(encrypted: sealed).expect(refusal: WeChatRefusal.unreadable)
            }
        }
    }

    @Test func `what was encrypted for another account or by another key is refused`() async throws {
        try await DoorHouse.open { house in
            try await WeChatServer.open(house, key: WeChatServer.key) { server in
                let message = WeChatServer.text("二级建造师")
                let other = try WeChatServer.account(key: WeChatServer.key, appID: "wx0000000000000000")
                try await server.postSealed(message, WeChatServer.Call(signer: other))
                    .expect(refusal: WeChatRefusal.wrongAccount)
                let stranger = try WeChatServer.account(key: String(WeChatServer.key.reversed()))
                try await server.postSealed(message, WeChatServer.Call(signer: stranger))
                    .expect(refusal: WeChatRefusal.unreadable)
                for encrypt in ["", "x", "====", String(repeating: "A", count: 44), "字"] {
                    try await server.post(encrypted: encrypt).expect(refusal: WeChatRefusal.unreadable, encrypt)
                }
                var call = WeChatServer.Call()
                call.messageSignature = String(repeating: "0", count: 40)
                try await server.postSealed(message, call).expect(refusal: WeChatRefusal.wrongSignature)
                call.messageSignature = nil
                call.signature = String(repeating: "0", count: 40)
                try await server.postSealed(message, call).expect(refusal: WeChatRefusal.wrongSignature)
                try await server.postSealed("<!DOCTYPE x><xml></xml>").expect(refusal: WeChatRefusal.malformed)
            }
        }
    }

    @Test func `clocks may differ by five minutes and no second more`() async throws {
        try await DoorHouse.open { house in
            try await WeChatServer.open(house) { server in
                for seconds: Int64 in [-300, -1, 0, 1, 300] {
                    let answer = try await server.post(
                        WeChatServer.event("SCAN"), WeChatServer.Call(secondsAgo: seconds))
                    #expect(answer.text == "success", "\(seconds)")
                }
                for seconds: Int64 in [-1_000_000, -301, 301, 1_000_000, 1_795_500_000, -99_999_999_999] {
                    try await server.post(WeChatServer.event("SCAN"), WeChatServer.Call(secondsAgo: seconds))
                        .expect(refusal: WeChatRefusal.stale, "\(seconds)")
                }
            }
        }
    }

    @Test func `a body that is too large or no message of WeChat's is refused`() async throws {
        try await DoorHouse.open { house in
            try await WeChatServer.open(house) { server in
                let frame = WeChatServer.text("").utf8.count
                let full = WeChatServer.text(String(repeating: "x", count: WeChatDesk.bodyBytesMax - frame))
                #expect(try await server.post(full).said.contains("没有找到"))
                try await server.post(full + " ").expect(refusal: WeChatRefusal.tooLarge)
                let whole = WeChatServer.text("二级建造师")
                let lacking = ["FromUserName", "ToUserName", "MsgType", "CreateTime"].map { name in
                    whole.replacing("<\(name)>", with: "<X>").replacing("</\(name)>", with: "</X>")
                }
                for body in lacking + ["", "success", "<xml></xml>", whole.replacing("1795500000", with: "now")] {
                    try await server.post(body).expect(refusal: WeChatRefusal.malformed, body)
                }
            }
        }
    }
}
