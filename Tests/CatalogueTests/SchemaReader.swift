import Foundation
import Vocabulary

/// As much of JSON Schema 2020-12 as the schemas of forms use, read independently of how they are made. A keyword that it
/// does not know is a mistake of the test.
struct SchemaReader {
    private static let annotations: Set<String> = ["$schema", "$id", "title", "description", "format", "else", "then"]

    /// Whether the instance fits the schema.
    func accepts(_ instance: JSONValue, _ schema: JSONValue) -> Bool {
        switch schema {
        case .flag(let answer): answer
        case .record(let keywords): keywords.keys.sorted().allSatisfy { accepts(instance, $0, keywords) }
        default: preconditionFailure("no schema: \(schema)")
        }
    }

    private func accepts(_ instance: JSONValue, _ keyword: String, _ schema: [String: JSONValue]) -> Bool {
        guard !Self.annotations.contains(keyword), !keyword.hasPrefix("x-"), let value = schema[keyword] else {
            return true
        }
        switch keyword {
        case "type": return fits(instance, value.text ?? "")
        case "const": return instance == value
        case "enum": return (value.list ?? []).contains(instance)
        case "oneOf": return (value.list ?? []).count { accepts(instance, $0) } == 1
        case "allOf": return (value.list ?? []).allSatisfy { accepts(instance, $0) }
        case "if":
            let next = accepts(instance, value) ? schema["then"] : schema["else"]
            return next.map { accepts(instance, $0) } ?? true
        case "pattern", "maxLength":
            guard let text = instance.text else { return true }
            if case .number(let most) = value { return text.unicodeScalars.count <= most }
            return text.range(of: value.text ?? "", options: .regularExpression) != nil
        case "minimum", "maximum":
            guard case (.number(let number), .number(let bound)) = (instance, value) else { return true }
            return keyword == "minimum" ? number >= bound : number <= bound
        case "items": return (instance.list ?? []).allSatisfy { accepts($0, value) }
        case "minItems", "uniqueItems":
            guard let items = instance.list else { return true }
            if case .number(let least) = value { return items.count >= least }
            return Set(items).count == items.count
        default: return acceptsMembers(instance, keyword, value, schema)
        }
    }

    private func acceptsMembers(
        _ instance: JSONValue, _ keyword: String, _ value: JSONValue, _ schema: [String: JSONValue]
    ) -> Bool {
        guard case .record(let members) = instance else { return true }
        let known: [String: JSONValue] = if case .record(let own)? = schema["properties"] { own } else { [:] }
        switch keyword {
        case "properties": return members.allSatisfy { name, member in known[name].map { accepts(member, $0) } ?? true }
        case "required": return (value.list ?? []).allSatisfy { members[$0.text ?? ""] != nil }
        case "additionalProperties": return Set(members.keys).isSubset(of: known.keys)
        default: preconditionFailure("an unknown keyword: \(keyword)")
        }
    }

    private func fits(_ instance: JSONValue, _ type: String) -> Bool {
        switch (type, instance) {
        case ("object", .record), ("array", .list), ("string", .text), ("integer", .number), ("boolean", .flag): true
        default: false
        }
    }
}
