import Exchange
import Vocabulary

/// One line of the mapping: a column of the exchange, what of ours it is, and how it is read from it.
struct RecordColumn<Source>: Sendable {
    let name: String
    /// What stands there, in English, for whoever connects a system.
    let meaning: String
    let value: @Sendable (CaseFacts, Source) -> JSONValue?

    /// A text as it is.
    static func text(
        _ name: String, _ meaning: String, _ value: @escaping @Sendable (CaseFacts, Source) -> String?
    ) -> Self {
        Self(name: name, meaning: meaning) { value($0, $1).map(JSONValue.text) }
    }

    static func number(
        _ name: String, _ meaning: String, _ value: @escaping @Sendable (CaseFacts, Source) -> Int?
    ) -> Self {
        Self(name: name, meaning: meaning) { value($0, $1).map(JSONValue.number) }
    }

    static func moment(
        _ name: String, _ meaning: String, _ value: @escaping @Sendable (CaseFacts, Source) -> Instant?
    ) -> Self {
        Self(name: name, meaning: meaning) { value($0, $1).map { .text(RecordMoment.text($0)) } }
    }
}

/// What is mapped to one family.
struct RecordMap<Source>: Sendable {
    let family: String
    let columns: [RecordColumn<Source>]

    init(_ family: String, _ columns: [RecordColumn<Source>]) {
        (self.family, self.columns) = (family, columns + Self.envelope)
    }

    /// The same for every family.
    private static var envelope: [RecordColumn<Source>] {
        [
            .text("cd_operation", "I: it is sent to be there, whether it was or not") { _, _ in "I" },
            .moment("cd_time", "when the record was made") { facts, _ in facts.envelope.at },
            .text("cd_batch", "the sending it belongs to") { facts, _ in facts.envelope.batch },
            .text("data_source", "the first three digits of the city's division") { facts, _ in facts.envelope.source },
        ]
    }

    /// The record of a source. A free text that is too long for its column is cut and ends with an ellipsis; anything
    /// else that does not fit is refused.
    func record(_ facts: CaseFacts, _ source: Source, in families: RecordFamilies) throws -> ExchangeRecord {
        let family = try families.family(family)
        var values: [String: JSONValue] = [:]
        for column in columns {
            guard let value = column.value(facts, source), value != .text("") else { continue }
            values[column.name] = Self.cut(value, to: family[field: column.name])
        }
        return try ExchangeRecord(family, values)
    }

    /// The columns whose words people wrote.
    private static var free: Set<String> {
        [
            "handle_explain", "special_reason", "special_explain", "result", "result_explain", "remark", "project_name",
            "file_name", "place", "evaluate_content",
        ]
    }

    private static func cut(_ value: JSONValue, to field: RecordFamily.Field?) -> JSONValue {
        guard let field, free.contains(field.name), case .text(let text) = value, case .text(let max) = field.kind
        else {
            return value
        }
        // Columns hold one line or several, no other control characters.
        let clean = String(text.map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 == "\t" ? " " : $0 })
        guard clean.unicodeScalars.count > max else { return .text(clean) }
        return .text(String(String.UnicodeScalarView(clean.unicodeScalars.prefix(max - 1))) + "…")
    }
}
