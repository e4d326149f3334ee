package import Vocabulary

/// What stands in a notice at one place: data, not words, so that it can be said in either language.
package enum NoticeValue: Hashable, Sendable {
    /// A name or number, the same in both languages.
    case text(String)
    case day(CivilDate)
    case number(Int)
    /// A word that both languages have.
    case phrase(zh: String, en: String)

    /// What a kind declares.
    package enum Shape: Sendable { case text, day, number, phrase }

    /// LIMIT: characters of a value.
    package static let charactersMax = 200

    var shape: Shape {
        switch self {
        case .text: .text
        case .day: .day
        case .number: .number
        case .phrase: .phrase
        }
    }
}

extension NoticeValue: Codable {
    private enum Key: String, CodingKey { case text, day, number, zh, en }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let text = try container.decodeIfPresent(String.self, forKey: .text) {
            self = .text(text)
        } else if let day = try container.decodeIfPresent(CivilDate.self, forKey: .day) {
            self = .day(day)
        } else if let number = try container.decodeIfPresent(Int.self, forKey: .number) {
            self = .number(number)
        } else {
            self = .phrase(
                zh: try container.decode(String.self, forKey: .zh), en: try container.decode(String.self, forKey: .en))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .text(let text): try container.encode(text, forKey: .text)
        case .day(let day): try container.encode(day, forKey: .day)
        case .number(let number): try container.encode(number, forKey: .number)
        case .phrase(let zh, let en):
            try container.encode(zh, forKey: .zh)
            try container.encode(en, forKey: .en)
        }
    }
}
