import Vocabulary

/// The house's post: which gateways there are, when they rest, and under which name they write. Made once at start.
package struct Post: Sendable {
    package let gateways: [NoticeChannel: any MessageGateway]
    package let quiet: QuietHours
    /// What stands in front of a text message and under a mail.
    package let signature: String
    /// Where the public finds the portal.
    package let address: String
    package let templates: NoticeTemplates

    package init(
        gateways: [NoticeChannel: any MessageGateway], quiet: QuietHours, house: (signature: String, address: String),
        templates: NoticeTemplates
    ) {
        self.gateways = gateways
        self.quiet = quiet
        (signature, address) = house
        self.templates = templates
    }

    /// What the rules want to know.
    package var means: NoticeRules.Means { NoticeRules.Means(channels: Set(gateways.keys), quiet: quiet) }

    /// Notices stand in the portal and go nowhere else.
    package static let portalOnly = Post(
        gateways: [:], quiet: .usual, house: ("", ""), templates: NoticeTemplates(editions: [:]))

    /// Under which name a house writes that was told none.
    package static let usualSignature = "政务服务"
    /// LIMIT: characters of the name in front of a text message.
    package static let signatureCharactersMax = 8

    /// The message that a delivery sends, in the addressee's language. Nil when it cannot be written.
    package func message(
        _ notice: Notice, _ delivery: NoticeDelivery, _ language: NoticeLanguage
    ) throws -> OutgoingMessage? {
        guard let address = delivery.address else { return nil }
        switch delivery.channel {
        case .sms:
            return try templates.sms(of: notice, language, signature: signature).map {
                OutgoingMessage(key: delivery.key, address: address, text: $0, at: notice.createdAt)
            }
        case .mail:
            return try templates.mail(of: notice, language, house: (signature, self.address)).map {
                OutgoingMessage(
                    key: delivery.key, address: address, subject: $0.subject, text: $0.body, at: notice.createdAt)
            }
        }
    }
}
