import Vocabulary

/// One field of a face, beyond what every certificate has.
package struct FaceField: Hashable, Sendable, Codable {
    /// LIMIT: characters of a label.
    package static let labelCharactersMax = 60
    /// LIMIT: characters of a field's id.
    package static let idCharactersMax = 40
    /// LIMIT: things to choose from.
    package static let choicesMax = 100

    /// What a field's value is. A row that names none means a text.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// One line.
        case text
        /// Several lines.
        case lines
        /// A day, or 长期.
        case date
        case number
        /// Yuan with at most two decimals; the label names another unit.
        case money
        /// A number or code without white space.
        case code
        /// One of the field's choices.
        case choice
    }

    /// Letters and digits, beginning with a small letter.
    package let id: String
    package let label: String
    package let labelEnglish: String
    package let type: Kind
    /// Empty for anything but a choice.
    package let choices: [String]

    package init(id: String, label: String, labelEnglish: String, type: Kind = .text, choices: [String] = []) {
        (self.id, self.label, self.labelEnglish) = (id, label, labelEnglish)
        (self.type, self.choices) = (type, choices)
    }

    private enum CodingKeys: String, CodingKey { case id, label, labelEnglish, type, choices }

    package init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        id = try row.decode(String.self, forKey: .id)
        label = try row.decode(String.self, forKey: .label)
        labelEnglish = try row.decode(String.self, forKey: .labelEnglish)
        type = try row.decodeIfPresent(Kind.self, forKey: .type) ?? .text
        choices = try row.decodeIfPresent([String].self, forKey: .choices) ?? []
    }

    package func encode(to encoder: any Encoder) throws {
        var row = encoder.container(keyedBy: CodingKeys.self)
        try row.encode(id, forKey: .id)
        try row.encode(label, forKey: .label)
        try row.encode(labelEnglish, forKey: .labelEnglish)
        if type != .text { try row.encode(type, forKey: .type) }
        if !choices.isEmpty { try row.encode(choices, forKey: .choices) }
    }

    /// Whether the value is one of the field's type.
    package func accepts(_ value: String) -> Bool {
        switch type {
        case .text: value.count <= Self.lineCharactersMax && !value.contains(where: \.isNewline)
        case .lines: value.count <= Limits.textCharactersMax
        case .date: value == CertificateValidity.longTermText || CivilDate(value) != nil
        case .number: Self.isNumber(value, decimalsMax: 6)
        case .money: Self.isNumber(value, decimalsMax: 2)
        case .code: !value.isEmpty && value.count <= Self.codeCharactersMax && !value.contains(where: \.isWhitespace)
        case .choice: choices.contains(value)
        }
    }

    /// LIMIT: characters of a text of one line.
    package static let lineCharactersMax = 500
    /// LIMIT: characters of a code.
    package static let codeCharactersMax = 64
    /// LIMIT: digits before the point.
    private static let digitsMax = 15

    private static func isNumber(_ text: String, decimalsMax: Int) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let digits = { (part: Substring, most: Int) in
            (1...most).contains(part.utf8.count)
                && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        switch parts.count {
        case 1: return digits(parts[0], digitsMax)
        case 2: return digits(parts[0], digitsMax) && digits(parts[1], decimalsMax)
        default: return false
        }
    }
}
