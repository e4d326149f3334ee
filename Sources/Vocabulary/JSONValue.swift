/// A value of JSON whose shape is not known beforehand: an element of a sheet before it is checked, the body of an
/// event as the interface repeats it. Numbers are whole.
package enum JSONValue: Hashable, Sendable {
    case null
    case flag(Bool)
    case number(Int)
    case text(String)
    case list([JSONValue])
    case record([String: JSONValue])

    /// The member of a record; nil for anything else, and for a member that is null.
    package subscript(key: String) -> JSONValue? {
        guard case .record(let members) = self, let value = members[key], value != .null else { return nil }
        return value
    }

    /// The text; nil for anything else.
    package var text: String? { if case .text(let text) = self { text } else { nil } }
    /// The items of a list; nil for anything else.
    package var list: [JSONValue]? { if case .list(let items) = self { items } else { nil } }

    /// The same value with every text passed through the closure.
    package func mapTexts(_ change: (String) -> String) -> JSONValue {
        switch self {
        case .text(let text): .text(change(text))
        case .list(let items): .list(items.map { $0.mapTexts(change) })
        case .record(let members): .record(members.mapValues { $0.mapTexts(change) })
        case .null, .flag, .number: self
        }
    }
}

extension JSONValue: Codable {
    package init(from decoder: any Decoder) throws {
        // Most values are texts; whatever else is tried first costs a thrown error for each of them.
        if let text = Self.attempt({ try decoder.singleValueContainer().decode(String.self) }) {
            self = .text(text)
        } else if let members = Self.attempt({ try decoder.container(keyedBy: AnyKey.self) }) {
            var record: [String: JSONValue] = [:]
            for key in members.allKeys { record[key.stringValue] = try members.decode(JSONValue.self, forKey: key) }
            self = .record(record)
        } else if var items = Self.attempt({ try decoder.unkeyedContainer() }) {
            var list: [JSONValue] = []
            while !items.isAtEnd { list.append(try items.decode(JSONValue.self)) }
            self = .list(list)
        } else {
            self = try Self.single(try decoder.singleValueContainer())
        }
    }

    private static func single(_ container: any SingleValueDecodingContainer) throws -> JSONValue {
        if container.decodeNil() { return .null }
        if let flag = attempt({ try container.decode(Bool.self) }) { return .flag(flag) }
        if let number = attempt({ try container.decode(Int.self) }) { return .number(number) }
        return .text(try container.decode(String.self))
    }

    /// The value, or nil when the decoder holds something of another shape.
    private static func attempt<Value>(_ read: () throws -> Value) -> Value? {
        do { return try read() } catch { return nil }
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .record(let members):
            var container = encoder.container(keyedBy: AnyKey.self)
            for (key, value) in members { try container.encode(value, forKey: AnyKey(stringValue: key)) }
        case .list(let items):
            var container = encoder.unkeyedContainer()
            for item in items { try container.encode(item) }
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .flag(let flag): try Self.encode(flag, to: encoder)
        case .number(let number): try Self.encode(number, to: encoder)
        case .text(let text): try Self.encode(text, to: encoder)
        }
    }

    private static func encode(_ value: some Encodable, to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
