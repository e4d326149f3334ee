import Foundation
import Vocabulary

/// The words of all notices: data, in editions that never change once they were shipped.
package struct NoticeTemplates: Sendable {
    /// A text in both languages, with `{names}` where values stand.
    struct Text: Codable, Sendable {
        let zh: String
        let en: String

        func callAsFunction(_ language: NoticeLanguage) -> String { language == .zh ? zh : en }
    }

    /// The words of one kind.
    struct Template: Codable, Sendable {
        /// One line: what stands in lists, and over a mail.
        let title: Text
        /// A sentence or two, for the portal and for mail.
        let text: Text
        /// The text message without its signature; nil for kinds that are told in the house only.
        let sms: Text?
    }

    struct Edition: Codable, Sendable {
        let number: Int
        /// Around the text of a mail.
        let mail: Text
        let templates: [String: Template]
    }

    /// The edition in which new notices are written.
    package static let newestEdition = 4
    /// LIMIT: UTF-16 units of one part of a text message that is not Latin only.
    package static let partUnitsMax = 70
    /// LIMIT: units of a text message in English, which is sent in two parts.
    static let englishUnitsMax = 134
    /// LIMIT: characters of an item's name in a text message.
    static let itemCharactersMax = (zh: 14, en: 34)

    let editions: [Int: Edition]

    /// The editions that ship. Throws `Fault.misconfigured` when they are not beside the program or do not decode.
    package static func shipped() throws -> NoticeTemplates {
        guard let url = Bundle.module.url(forResource: "Resources/templates.json", withExtension: nil) else {
            throw Fault.misconfigured("the templates of notices are missing beside the program")
        }
        let editions: [Edition] = try CanonicalJSON.value(in: Array(try Data(contentsOf: url)))
        return NoticeTemplates(
            editions: Dictionary(editions.map { ($0.number, $0) }) { _, later in later })
    }

    /// What the portal shows: one line, and a sentence or two. Nil once the values were erased.
    package func words(of notice: Notice, _ language: NoticeLanguage) throws -> (title: String, text: String)? {
        guard let values = notice.values else { return nil }
        let template = try template(of: notice)
        return (
            try Self.fill(template.title(language), values, language),
            try Self.fill(template.text(language), values, language)
        )
    }

    /// The text message, its signature in front (`【…】`). Nil for a kind that is told in the house only. Refuses what
    /// is longer than its parts and what carries the number of an identity card.
    package func sms(of notice: Notice, _ language: NoticeLanguage, signature: String) throws -> String? {
        guard var values = notice.values, let sms = try template(of: notice).sms else { return nil }
        if case .text(let item) = values["item"] {
            let most = language == .zh ? Self.itemCharactersMax.zh : Self.itemCharactersMax.en
            values["item"] = .text(item.count > most ? String(item.prefix(most - 1)) + "…" : item)
        }
        let text = "【\(signature)】" + (try Self.fill(sms(language), values, language, isShort: true))
        guard text.utf16.count <= (language == .zh ? Self.partUnitsMax : Self.englishUnitsMax) else {
            throw NoticeRefusal.tooLong
        }
        try Self.requireNoIdentity(text)
        return text
    }

    /// Subject and body of the mail. Nil for a kind that is told in the house only. Refuses what carries the number of
    /// an identity card.
    package func mail(
        of notice: Notice, _ language: NoticeLanguage, house: (signature: String, address: String)
    ) throws -> (subject: String, body: String)? {
        guard let edition = editions[notice.edition], try template(of: notice).sms != nil,
            let words = try words(of: notice, language)
        else { return nil }
        let frame: [String: NoticeValue] = [
            "text": .text(words.text), "site": .text(house.signature), "address": .text(house.address),
        ]
        let body = try Self.fill(edition.mail(language), frame, language)
        try Self.requireNoIdentity(words.title + body)
        return (words.title, body)
    }

    /// The words of its edition, or of the last one before it that has the kind: an edition says what is new in it.
    func template(of notice: Notice) throws -> Template {
        for edition in stride(from: notice.edition, to: 0, by: -1) {
            if let template = editions[edition]?.templates[notice.kind.id] { return template }
        }
        throw Fault.corrupt("edition \(notice.edition) of the templates has no \(notice.kind.id)")
    }

    /// The text with its values; refuses a place for which there is none.
    static func fill(
        _ text: String, _ values: [String: NoticeValue], _ language: NoticeLanguage, isShort: Bool = false
    ) throws(NoticeRefusal) -> String {
        var filled = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            guard let value = values[String(rest[rest.index(after: open)..<close])] else { throw .valueMissing }
            filled += rest[..<open] + say(value, language, isShort: isShort)
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    private static func say(_ value: NoticeValue, _ language: NoticeLanguage, isShort: Bool) -> String {
        switch value {
        case .text(let text): return text
        case .number(let number): return "\(number)"
        case .phrase(let zh, let en): return language == .zh ? zh : en
        case .day(let day):
            let (year, month, dayOfMonth) = day.parts
            switch language {
            case .zh: return (isShort ? "" : "\(year)年") + "\(month)月\(dayOfMonth)日"
            case .en: return "\(dayOfMonth) \(months[month - 1])" + (isShort ? "" : " \(year)")
            }
        }
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Looks at every run of 18 digits, the last of which may be an X.
    static func requireNoIdentity(_ text: String) throws(NoticeRefusal) {
        for match in text.matches(of: /[0-9]{17,}[0-9Xx]/) {
            let run = Array(match.output)
            for start in 0...(run.count - 18) where CitizenID(String(run[start..<start + 18])) != nil {
                throw .identityNumber
            }
        }
    }
}
