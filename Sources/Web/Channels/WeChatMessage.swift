import Crypto
import Foundation
import Vocabulary

/// What somebody said to the account, or did there.
struct WeChatMessage: Sendable {
    enum Kind: Sendable, Equatable {
        /// Words that somebody wrote.
        case text(String)
        /// A button of the account's menu; its key is what it asks for.
        case click(String)
        /// Somebody follows the account from now on.
        case subscription
        /// A picture, a voice, a place: something that is no text.
        case other
        /// Something that happened and that nobody waits for an answer to: somebody left, a page was opened.
        case silent
    }

    let kind: Kind
    /// Who wrote it: a name that is good for this account only (OpenID).
    let sender: String
    /// To which account, by its original name.
    let account: String
    /// The same for WeChat's own repetitions and no other message: by MsgId, where there is none by who and when.
    let identity: [UInt8]

    /// Reads a message; refuses one that lacks what every message has.
    init(_ xml: WeChatXML) throws(WeChatRefusal) {
        (sender, account) = (xml["FromUserName"], xml["ToUserName"])
        let type = xml["MsgType"]
        guard !sender.isEmpty, !account.isEmpty, !type.isEmpty, Int64(xml["CreateTime"]) != nil else {
            throw .malformed
        }
        switch (type, xml["Event"]) {
        case ("text", _): kind = .text(xml["Content"].trimmingCharacters(in: .whitespacesAndNewlines))
        case ("event", "subscribe"): kind = .subscription
        case ("event", "CLICK"): kind = .click(xml["EventKey"])
        case ("event", _): kind = .silent
        default: kind = .other
        }
        let when = ["event", xml["CreateTime"], xml["Event"], xml["EventKey"]]
        let number = xml["MsgId"]
        let parts = [sender] + (number.isEmpty ? when : ["message", number])
        identity = Array(SHA256.hash(data: Array(parts.joined(separator: "\n").utf8)))
    }
}

/// What the account answers.
enum WeChatReply: Sendable, Equatable {
    struct Article: Sendable, Equatable {
        let title: String
        let description: String
        let address: String
    }

    case text(String)
    case news([Article])
    /// Nothing at all, which the protocol says with the word `success`.
    case silence

    /// What the protocol says for nothing, so that WeChat neither asks again nor tells the sender of a fault.
    static let success = "success"

    /// The answer as XML, from the account to whoever wrote; nil for silence.
    func xml(to message: WeChatMessage, at now: Instant) -> String? {
        let head = """
            <xml><ToUserName>\(WeChatXML.text(message.sender))</ToUserName>\
            <FromUserName>\(WeChatXML.text(message.account))</FromUserName>\
            <CreateTime>\(now.milliseconds / 1000)</CreateTime>
            """
        switch self {
        case .silence: return nil
        case .text(let text):
            return head + "<MsgType><![CDATA[text]]></MsgType><Content>\(WeChatXML.text(text))</Content></xml>"
        case .news(let articles):
            let items = articles.map { article in
                """
                <item><Title>\(WeChatXML.text(article.title))</Title>\
                <Description>\(WeChatXML.text(article.description))</Description>\
                <PicUrl><![CDATA[]]></PicUrl><Url>\(WeChatXML.text(article.address))</Url></item>
                """
            }
            return head
                + "<MsgType><![CDATA[news]]></MsgType><ArticleCount>\(articles.count)</ArticleCount>"
                + "<Articles>\(items.joined())</Articles></xml>"
        }
    }
}
