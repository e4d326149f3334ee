import Exchange
import Vocabulary

/// A record as a file or a row has it, before it is one: texts by column.
struct PlainRecord: Equatable, Sendable {
    let family: String
    let number: String
    let values: [String: String]

    /// As the way `web` would say it: whole numbers where the family has them.
    func json(in families: RecordFamilies) -> JSONValue {
        let known: RecordFamily?
        do { known = try families.family(family) } catch { known = nil }
        let typed = values.map { name, text -> (String, JSONValue) in
            guard case .whole? = known?[field: name]?.kind, let number = Int(text) else { return (name, .text(text)) }
            return (name, .number(number))
        }
        return .record([
            "family": .text(family), "number": .text(number),
            "values": .record(Dictionary(uniqueKeysWithValues: typed)),
        ])
    }

    init(family: String, number: String, values: [String: String]) {
        (self.family, self.number, self.values) = (family, number, values)
    }

    /// What is offered, as texts.
    init(_ json: JSONValue) {
        var texts: [String: String] = [:]
        if case .record(let members)? = json["values"] {
            for (name, value) in members {
                if case .number(let number) = value { texts[name] = "\(number)" } else { texts[name] = value.text }
            }
        }
        self.init(family: json["family"]?.text ?? "", number: json["number"]?.text ?? "", values: texts)
    }
}

/// What cannot be read.
struct BatchUnreadable: Error, Equatable {
    let place: String
}

/// A batch of the way `folder` in XML, read and written here by the far side alone: elements `batch`, `record` and one
/// a column, the five entities and characters by number; no DTD, and nothing else.
struct BatchXML: Sendable {
    let id: String
    let records: [PlainRecord]

    init(_ id: String, _ records: [PlainRecord]) { (self.id, self.records) = (id, records) }

    var text: String {
        let lines = records.map { record in
            let columns = record.values.sorted { $0.key < $1.key }
                .map { "<\($0.key)>\(Self.escaped($0.value))</\($0.key)>" }
            let (family, number) = (Self.escaped(record.family), Self.escaped(record.number))
            return "<record family=\"\(family)\" number=\"\(number)\">\(columns.joined())</record>"
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<batch id=\"\(Self.escaped(id))\">\n"
            + lines.joined(separator: "\n") + "\n</batch>\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    /// Reads a file. Throws `BatchUnreadable` for whatever is not a batch, with the place in characters.
    init(reading bytes: [UInt8]) throws(BatchUnreadable) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw BatchUnreadable(place: "no UTF-8") }
        var reader = XMLReader(text)
        try reader.prologue()
        let batch = try reader.opening()
        guard batch.name == "batch", let id = batch.attributes["id"] else { throw reader.wrong }
        var records: [PlainRecord] = []
        while let record = try reader.child(of: "batch") {
            guard record.name == "record", let family = record.attributes["family"] else { throw reader.wrong }
            var values: [String: String] = [:]
            while let column = try reader.child(of: "record") {
                guard values.updateValue(try reader.content(of: column.name), forKey: column.name) == nil else {
                    throw reader.wrong
                }
            }
            records.append(
                PlainRecord(family: family, number: record.attributes["number"] ?? "", values: values))
        }
        try reader.end()
        self.init(id, records)
    }
}

/// Comma-separated values, as RFC 4180 has them.
enum BatchCSV {
    static func text(_ lines: [[String]]) -> String {
        lines.map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
    }

    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// The lines of a file, each with its fields. Throws for a quotation without an end.
    static func lines(_ bytes: [UInt8]) throws(BatchUnreadable) -> [[String]] {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw BatchUnreadable(place: "no UTF-8") }
        var (lines, line, field, isQuoted) = ([[String]](), [String](), String.UnicodeScalarView(), false)
        var rest = Array(text.unicodeScalars)[...]
        while let one = rest.popFirst() {
            switch (one, isQuoted) {
            case ("\"", true):
                if rest.first == "\"" { field.append(contentsOf: rest.prefix(1)) } else { isQuoted = false }
                if rest.first == "\"" { rest.removeFirst() }
            case ("\"", false): isQuoted = true
            case (",", false):
                line.append(String(field))
                field = .init()
            case ("\n", false):
                lines.append(line + [String(field)])
                (line, field) = ([], .init())
            case ("\r", false): break
            default: field.append(one)
            }
        }
        guard !isQuoted else { throw BatchUnreadable(place: "a quotation without an end") }
        if !line.isEmpty || !field.isEmpty { lines.append(line + [String(field)]) }
        return lines
    }
}
