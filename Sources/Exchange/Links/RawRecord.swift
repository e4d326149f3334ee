import Vocabulary

/// A record as a file or a table of another house has it: texts, of which nobody has looked at any.
struct RawRecord {
    /// LIMIT: characters of a family and of a key that a row names itself; more is cut.
    static let nameCharactersMax = 100

    var family = ""
    var number = ""
    /// By column.
    var texts: [String: String] = [:]
    /// False where it is no list of columns, each of them once.
    var isWhole = true

    /// The record, or why it is none, under a mark.
    func row(_ mark: String, in families: RecordFamilies) -> LinkPage.Row {
        let content = Result { () throws(RecordUnfit) in try record(in: families) }
        return LinkPage.Row(mark, content, key: key(in: families))
    }

    private func record(in families: RecordFamilies) throws(RecordUnfit) -> LinkRecord {
        let known = try families.family(family)
        guard isWhole else { throw RecordUnfit(.malformed, family) }
        var values: [String: JSONValue] = [:]
        for (column, text) in texts { values[column] = known[field: column]?.kind.value(of: text) ?? .text(text) }
        return try LinkRecord(family, number: number, values, in: families)
    }

    private func key(in families: RecordFamilies) -> LinkKey {
        let column = families.all.first { $0.name == family }?.key ?? ""
        return LinkKey(
            String(family.prefix(Self.nameCharactersMax)),
            String((texts[column] ?? "").prefix(Self.nameCharactersMax)))
    }
}

extension RecordFamily.Kind {
    /// What a text says to a column of this kind. What says nothing to it stays a text, and the record's own check
    /// refuses it.
    func value(of text: String) -> JSONValue {
        if self.isWhole, let number = Int(text), "\(number)" == text { return .number(number) }
        return .text(text)
    }

    private var isWhole: Bool { if case .whole = self { true } else { false } }
}

extension ExchangeRecord {
    /// The value of a column as text; nil where it has none.
    func text(of column: String) -> String? {
        switch values[column] {
        case .text(let text): text
        case .number(let number): "\(number)"
        default: nil
        }
    }
}
