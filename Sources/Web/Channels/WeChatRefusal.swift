package import Vocabulary

/// Why a request to the WeChat channel is not answered. WeChat itself meets none of these.
package enum WeChatRefusal: String, Refusal, CaseIterable {
    /// The request was not signed with the account's token.
    case wrongSignature = "wechat.wrong-signature"
    /// It was signed more than `WeChatQuery.ageSecondsMax` ago, or ahead of our clock by as much.
    case stale = "wechat.stale"
    /// Its timestamp, nonce and signature came before, with another message.
    case replay = "wechat.replay"
    /// The account has a key for messages, and this one came without encryption.
    case notEncrypted = "wechat.not-encrypted"
    /// What was encrypted cannot be opened: another key, another length, another padding; which of them is not said.
    case unreadable = "wechat.unreadable"
    /// It was encrypted for another account.
    case wrongAccount = "wechat.wrong-account"
    /// Not the XML of WeChat.
    case malformed = "wechat.malformed"
    case tooLarge = "wechat.too-large"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .wrongSignature, .stale, .replay, .notEncrypted, .wrongAccount: .forbidden
        case .unreadable, .malformed: .malformed
        case .tooLarge: .tooLarge
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
