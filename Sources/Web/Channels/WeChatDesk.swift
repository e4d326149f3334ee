import Crypto
import HTTPTypes
import Hall
import Hummingbird
import Logging
import Vocabulary

/// `/channels/wechat`: the official account (公众号), in WeChat's own protocol. Not there without a token.
struct WeChatDesk {
    /// LIMIT: bytes of a message.
    static let bodyBytesMax = 64 * 1024
    /// WeChat waits five seconds; after so long it is told that there is no answer.
    static let patience = Duration.seconds(3)

    let site: Site
    let memory = WeChatMemory()
    var patience = Self.patience

    /// `GET`: WeChat asks whether we know the token, when somebody sets the account's address.
    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let query = try WeChatQuery(request, try account(), now: site.hall.time.now())
        return Self.answer(query.echo, "text/plain; charset=utf-8")
    }

    /// `POST`: what somebody said, and the answer.
    func post(_ request: Request, _ context: SiteContext) async throws -> Response {
        let account = try account()
        let now = site.hall.time.now()
        let query = try WeChatQuery(request, account, now: now)
        let bytes = try opened(try await body(of: request), query, account)
        try memory.admit(Array(SHA256.hash(data: bytes)), under: query.mark, now: now)
        let message = try WeChatMessage(WeChatXML(bytes))
        guard let answer = try await answer(to: message, now: now, context) else {
            return Self.answer(WeChatReply.success, "text/plain; charset=utf-8")
        }
        let xml = query.isEncrypted ? try sealed(answer, account, now: now) : answer
        return Self.answer(xml, "text/xml; charset=utf-8")
    }

    private func account() throws -> WeChatAccount {
        guard let account = site.weChat else { throw DoorRefusal.noSuchPage }
        return account
    }

    private func body(of request: Request) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await buffer in request.body {
            guard bytes.count + buffer.readableBytes <= Self.bodyBytesMax else { throw WeChatRefusal.tooLarge }
            bytes += buffer.readableBytesView
        }
        return bytes
    }

    /// The message itself. Where the account has a key only what is encrypted counts: the signature of a plain request
    /// does not cover what it says, and in compatible mode what stands beside the cipher is not looked at.
    private func opened(
        _ body: [UInt8], _ query: WeChatQuery, _ account: WeChatAccount
    ) throws(WeChatRefusal) -> [UInt8] {
        guard query.isEncrypted else {
            if account.isEncrypted { throw .notEncrypted }
            return body
        }
        let encrypt = try WeChatXML(body)["Encrypt"]
        try account.check(query.messageSignature, query.timestamp, query.nonce, encrypt)
        return try account.open(encrypt)
    }

    /// The answer in plain XML; nil for silence, and when there is none in time.
    private func answer(to message: WeChatMessage, now: Instant, _ context: SiteContext) async throws -> String? {
        let site = site
        let work = memory.answer(to: message.identity, now: now) {
            try await WeChatAnswers(site: site).reply(to: message.kind).xml(to: message, at: now)
        }
        do {
            return try await first(of: work)
        } catch let fault as Fault where fault.isRetryable {
            memory.forget(message.identity)
            context.logger.warning("no answer to WeChat", metadata: ["error": "\(type(of: fault))"])
            return nil
        } catch {
            memory.forget(message.identity)
            throw error
        }
    }

    /// What the work comes to, or nil when it takes longer than WeChat waits; the work goes on and its answer is there
    /// when WeChat asks again.
    private func first(of work: WeChatMemory.Answer) async throws -> String? {
        let (answers, answer) = AsyncThrowingStream<String?, any Error>.makeStream()
        let patience = patience
        let clock = Task {
            try await Task.sleep(for: patience)
            answer.yield(nil)
        }
        defer { clock.cancel() }
        Task { answer.yield(with: await work.result) }
        for try await first in answers { return first }
        return nil
    }

    private func sealed(_ answer: String, _ account: WeChatAccount, now: Instant) throws -> String {
        let (timestamp, nonce) = ("\(now.milliseconds / 1000)", "\(site.hall.dice.roll() % 10_000_000_000)")
        let encrypt = try account.seal(Array(answer.utf8), random: site.hall.dice.bytes(16))
        return """
            <xml><Encrypt><![CDATA[\(encrypt)]]></Encrypt>\
            <MsgSignature><![CDATA[\(account.signature(timestamp, nonce, encrypt))]]></MsgSignature>\
            <TimeStamp>\(timestamp)</TimeStamp><Nonce><![CDATA[\(nonce)]]></Nonce></xml>
            """
    }

    private static func answer(_ text: String, _ type: String) -> Response {
        Response(status: .ok, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
