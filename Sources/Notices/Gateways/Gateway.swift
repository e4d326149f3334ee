package import Vocabulary

/// Takes messages out of the house. Two ship: text messages by HTTP (`SMSGateway`) and mail by SMTP (`MailGateway`).
package protocol MessageGateway: Sendable {
    /// Hands a message over and answers the gateway's own name for it. Asked again with the same key, a gateway hands
    /// nothing over twice, as far as its protocol can promise that (`docs/decisions/0010-notices.md`).
    func send(_ message: OutgoingMessage) async throws(GatewayFailure) -> String

    /// The gateway's name for a message that it took before under this key; nil when it did not, or cannot tell.
    func find(_ key: String) async throws(GatewayFailure) -> String?
}

/// A message on its way to a gateway.
package struct OutgoingMessage: Sendable {
    /// The delivery's own key, the same at every try.
    package let key: String
    package let address: NoticeAddress
    /// Empty for a text message.
    package let subject: String
    package let text: String
    /// When the delivery was asked for.
    package let at: Instant

    package init(key: String, address: NoticeAddress, subject: String = "", text: String, at: Instant) {
        self.key = key
        self.address = address
        self.subject = subject
        self.text = text
        self.at = at
    }
}

/// Why a gateway did not take a message, in a word that may stand in rows, pages and logs: no address, no text.
package enum GatewayFailure: String, Error, Sendable, CaseIterable {
    /// Nobody answered, or somebody said that it cannot be done now. Nothing was taken.
    case unreachable
    /// The message went over, and no answer came back: it may have been taken.
    case unanswered
    /// An answer that means nothing: it may have been taken.
    case garbled
    /// The gateway does not know this house: a setting is wrong.
    case unauthorised
    /// The gateway will never take this message: there is no such number or address.
    case rejected
    /// There is no gateway for this way any more.
    case noGateway = "no-gateway"
    /// The message cannot be written: its values were erased, or it would say what may not leave the house.
    case unwritable
    /// The program that had it died each time.
    case abandoned

    /// Whether another try can help.
    package var isFinal: Bool {
        switch self {
        case .unreachable, .unanswered, .garbled, .unauthorised: false
        case .rejected, .noGateway, .unwritable, .abandoned: true
        }
    }
}
