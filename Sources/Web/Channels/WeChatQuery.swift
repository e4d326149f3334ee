import Crypto
import Hummingbird
import Vocabulary

/// What WeChat writes into the address of each request.
struct WeChatQuery {
    /// LIMIT: seconds by which a request's timestamp may differ from our clock, either way.
    static let ageSecondsMax: Int64 = 300
    /// LIMIT: bytes of each value in the address.
    static let valueBytesMax = 512

    let timestamp: String
    let nonce: String
    let signature: String
    /// Over the encrypted message too.
    let messageSignature: String
    let isEncrypted: Bool
    /// What WeChat wants to hear when the account's address is set.
    let echo: String

    /// Reads the address and holds it against the token and the clock; refuses a signature that is not WeChat's and a
    /// timestamp out of time.
    init(_ request: Request, _ account: WeChatAccount, now: Instant) throws(WeChatRefusal) {
        (timestamp, nonce) = (request.asked("timestamp"), request.asked("nonce"))
        (signature, messageSignature) = (request.asked("signature"), request.asked("msg_signature"))
        (isEncrypted, echo) = (request.asked("encrypt_type") == "aes", request.asked("echostr"))
        let isShort = [timestamp, nonce, signature, messageSignature, echo].allSatisfy {
            $0.utf8.count <= Self.valueBytesMax
        }
        guard isShort else { throw .wrongSignature }
        try account.check(signature, timestamp, nonce)
        // Ten digits until the year 2286.
        let isNumber = timestamp.utf8.count == 10 && timestamp.utf8.allSatisfy { (48...57).contains($0) }
        guard isNumber, let seconds = Int64(timestamp),
            abs(now.milliseconds / 1000 - seconds) <= Self.ageSecondsMax
        else { throw .stale }
    }

    /// By which this request is told from all others: the signature that covers most. Timestamp and nonce are joined
    /// before they are signed, so a forger can cut them elsewhere under the same signature; they are not part of it.
    var mark: [UInt8] {
        Array(SHA256.hash(data: Array((isEncrypted ? messageSignature : signature).utf8)))
    }
}
