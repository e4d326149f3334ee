import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing
import Vocabulary

@testable import Web

/// WeChat's side of the channel, against a house.
struct WeChatServer: Sendable {
    static let appID = "wx0123456789abcdef"
    static let token = "onewindowtoken"
    /// Its last character has bits beyond the 32 bytes, as half of all keys do.
    static let key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"

    let client: any TestClientProtocol
    let account: WeChatAccount
    let house: DoorHouse

    static func account(key: String? = nil, appID: String = appID, token: String = token) throws -> WeChatAccount {
        try #require(WeChatAccount(appID: appID, token: token, aesKey: key))
    }

    /// Opens the channel of a house whose account has this key, or none.
    static func open(
        _ house: DoorHouse, key: String? = nil, _ body: @Sendable (WeChatServer) async throws -> Void
    ) async throws {
        let account = try account(key: key)
        var site = house.site
        site.weChat = account
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        try await Application(router: Routes.router(site), logger: logger).test(.router) { client in
            try await body(WeChatServer(client: client, account: account, house: house))
        }
    }

    /// One request. What is nil is as WeChat would write it; `signer` signs in the account's place.
    struct Call {
        var nonce = "\(Dice.system.roll() % 10_000_000_000)"
        var signature: String?
        var messageSignature: String?
        var isEncrypted = false
        var secondsAgo: Int64 = 0
        var signer: WeChatAccount?
    }

    func query(_ call: Call, encrypt: String? = nil) -> String {
        let timestamp = "\(house.clock.source.now().milliseconds / 1000 - call.secondsAgo)"
        let signer = call.signer ?? account
        let signature = call.signature ?? signer.signature(timestamp, call.nonce)
        var query = "signature=\(signature)&timestamp=\(timestamp)&nonce=\(call.nonce)"
        if call.isEncrypted {
            let over = call.messageSignature ?? signer.signature(timestamp, call.nonce, encrypt ?? "")
            query += "&encrypt_type=aes&msg_signature=\(over)"
        }
        return query
    }

    func post(_ body: String, _ call: Call = Call()) async throws -> TestResponse {
        try await client.execute(
            uri: "/channels/wechat?\(query(call))", method: .post, headers: [.contentType: "text/xml"],
            body: ByteBuffer(string: body))
    }

    /// Posts a message encrypted; `beside` stands beside it, as compatible mode has it.
    func postSealed(_ message: String, _ call: Call = Call(), beside: String = "") async throws -> TestResponse {
        let signer = call.signer ?? account
        return try await post(
            encrypted: try signer.seal(Array(message.utf8), random: Dice.system.bytes(16)), call, beside: beside)
    }

    func post(encrypted: String, _ call: Call = Call(), beside: String = "") async throws -> TestResponse {
        var call = call
        call.isEncrypted = true
        let body =
            "<xml><ToUserName><![CDATA[gh_one]]></ToUserName>\(beside)<Encrypt><![CDATA[\(encrypted)]]></Encrypt></xml>"
        return try await client.execute(
            uri: "/channels/wechat?\(query(call, encrypt: encrypted))", method: .post,
            headers: [.contentType: "text/xml"], body: ByteBuffer(string: body))
    }

    /// What stands in an encrypted answer, once its signature holds.
    func opened(_ answer: TestResponse) throws -> WeChatXML {
        let envelope = try WeChatXML(Array(answer.body.readableBytesView))
        try account.check(
            envelope["MsgSignature"], envelope["TimeStamp"], envelope["Nonce"], envelope["Encrypt"])
        return try WeChatXML(try account.open(envelope["Encrypt"]))
    }

    static func text(_ content: String, id: Int = 1, sender: String = "oCitizen") -> String {
        """
        <xml><ToUserName><![CDATA[gh_one]]></ToUserName><FromUserName><![CDATA[\(sender)]]></FromUserName>
        <CreateTime>1795500000</CreateTime><MsgType><![CDATA[text]]></MsgType>
        <Content><![CDATA[\(content)]]></Content><MsgId>\(id)</MsgId></xml>
        """
    }

    static func event(_ event: String, key: String = "", sender: String = "oCitizen") -> String {
        """
        <xml><ToUserName><![CDATA[gh_one]]></ToUserName><FromUserName><![CDATA[\(sender)]]></FromUserName>
        <CreateTime>1795500000</CreateTime><MsgType><![CDATA[event]]></MsgType>
        <Event><![CDATA[\(event)]]></Event><EventKey><![CDATA[\(key)]]></EventKey></xml>
        """
    }
}

extension TestResponse {
    /// What the account says, when it is a text.
    var said: String {
        get throws {
            #expect(status == .ok)
            return try WeChatXML(Array(body.readableBytesView))["Content"]
        }
    }

    var text: String { String(buffer: body) }
}
