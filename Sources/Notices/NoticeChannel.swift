package import Vocabulary

/// A way out of the house for a notice. In the portal it stands always.
package enum NoticeChannel: String, Sendable, Codable, CaseIterable {
    case sms, mail
}

/// Where a message goes. Described and dumped masked.
package enum NoticeAddress: Hashable, Sendable, CustomStringConvertible {
    case mobile(MobileNumber)
    case mail(MailAddress)

    package var channel: NoticeChannel {
        switch self {
        case .mobile: .sms
        case .mail: .mail
        }
    }

    /// In clear: for the gateway and for a column that can be erased, never for a log or a page.
    package var text: String {
        switch self {
        case .mobile(let mobile): mobile.number
        case .mail(let mail): mail.text
        }
    }

    package var description: String {
        switch self {
        case .mobile(let mobile): "\(mobile)"
        case .mail(let mail): "\(mail)"
        }
    }

    init?(_ channel: NoticeChannel, _ text: String) {
        switch channel {
        case .sms:
            guard let mobile = MobileNumber(text) else { return nil }
            self = .mobile(mobile)
        case .mail:
            guard let mail = MailAddress(text) else { return nil }
            self = .mail(mail)
        }
    }
}

/// An address of electronic mail: ASCII, `local@domain`, at most 254 characters.
package struct MailAddress: Hashable, Sendable, CustomStringConvertible {
    /// LIMIT: characters of an address (RFC 5321 section 4.5.3.1).
    package static let charactersMax = 254

    /// As it was given.
    package let text: String

    /// Nil for a text of another shape: quoted local parts, comments and addresses by number are not taken.
    package init?(_ text: String) {
        let shape =
            /[A-Za-z0-9_+\-]+(?:\.[A-Za-z0-9_+\-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}/
        guard text.utf8.count <= Self.charactersMax, text.wholeMatch(of: shape) != nil,
            text.prefix(while: { $0 != "@" }).utf8.count <= 64
        else { return nil }
        self.text = text
    }

    /// The part after the `@`.
    package var domain: String { String(text.drop { $0 != "@" }.dropFirst()) }

    /// `l***@example.com`.
    package var description: String { "\(text.prefix(1))***@\(domain)" }
}

extension MailAddress: CustomReflectable {
    /// Without children, so that a dump does not show the address either.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// The language in which somebody is written to.
package enum NoticeLanguage: String, Sendable, Codable, CaseIterable { case zh, en }

/// How somebody wants to be told, beside the portal.
package struct NoticePreference: Hashable, Sendable {
    /// Whether text messages go to the telephone that an application names.
    package var wantsSMS: Bool
    /// Where mail goes; nil for none.
    package var mail: MailAddress?
    package var language: NoticeLanguage

    package init(wantsSMS: Bool = true, mail: MailAddress? = nil, language: NoticeLanguage = .zh) {
        self.wantsSMS = wantsSMS
        self.mail = mail
        self.language = language
    }
}
