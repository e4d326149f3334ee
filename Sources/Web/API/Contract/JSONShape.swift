import Vocabulary

/// What a JSON value of the API is, as its document says it (JSON Schema 2020-12).
struct JSONShape: Sendable {
    /// One member of an object.
    struct Member: Sendable {
        let name: String
        let shape: JSONShape
        let isRequired: Bool

        /// A member that is always there.
        static func must(_ name: String, _ shape: JSONShape) -> Member {
            Member(name: name, shape: shape, isRequired: true)
        }

        /// A member that may be missing.
        static func may(_ name: String, _ shape: JSONShape) -> Member {
            Member(name: name, shape: shape, isRequired: false)
        }
    }

    /// The schema's keywords.
    private(set) var rules: [String: JSONValue]

    /// The schema.
    var value: JSONValue { .record(rules) }

    private init(_ type: String, _ more: [String: JSONValue] = [:]) {
        rules = more.merging(["type": .text(type)]) { $1 }
    }

    private init(rules: [String: JSONValue]) { self.rules = rules }

    static let text = JSONShape("string")
    /// Bytes as they are.
    static let binary = JSONShape("string", ["format": .text("binary")])
    static let flag = JSONShape("boolean")
    static let whole = JSONShape("integer")
    /// Whatever JSON there is.
    static let anything = JSONShape(rules: [:])
    /// A day, `2026-11-24`.
    static let day = JSONShape("string", ["format": .text("date")])
    /// An instant with its offset, `2026-11-24T09:30:00+08:00`.
    static let instant = JSONShape("string", ["format": .text("date-time")])
    /// Free text, as long as the house takes it.
    static let words = JSONShape("string", ["maxLength": .number(Limits.textCharactersMax)])
    /// Free text in which something must stand.
    static let reason = JSONShape(
        "string", ["minLength": .number(1), "maxLength": .number(Limits.textCharactersMax), "pattern": .text("\\S")])
    /// Text in Chinese and in English.
    static let bilingual = record([.must("zh", .text), .must("en", .text)])

    /// A text that fits an expression of ECMA-262 from end to end, of so many characters at most.
    static func text(_ pattern: String, max: Int? = nil) -> JSONShape {
        var shape = JSONShape("string", ["pattern": .text("^(?:\(pattern))$")])
        if let max { shape.rules["maxLength"] = .number(max) }
        return shape
    }

    /// A text of so many characters at most.
    static func text(max: Int) -> JSONShape { JSONShape("string", ["maxLength": .number(max)]) }

    static func whole(_ range: ClosedRange<Int>) -> JSONShape {
        JSONShape("integer", ["minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)])
    }

    /// One of the values that a type has.
    static func one<Value: CaseIterable & RawRepresentable<String>>(of type: Value.Type) -> JSONShape {
        one(of: type.allCases.map(\.rawValue))
    }

    static func one(of values: [String]) -> JSONShape {
        JSONShape("string", ["enum": .list(values.map(JSONValue.text))])
    }

    /// A list; of `max` values at most where there is a limit.
    static func list(_ element: JSONShape, min: Int = 0, max: Int? = nil, isUnique: Bool = false) -> JSONShape {
        var more: [String: JSONValue] = ["items": element.value]
        if min > 0 { more["minItems"] = .number(min) }
        if let max { more["maxItems"] = .number(max) }
        if isUnique { more["uniqueItems"] = .flag(true) }
        return JSONShape("array", more)
    }

    /// What a program sends: an object with these members and no others, in which null stands for one that is missing.
    static func body(_ members: [Member]) -> JSONShape {
        record(
            members.map { member in
                member.isRequired
                    ? member
                    : .may(
                        member.name,
                        oneOf([member.shape, JSONShape("null")]))
            })
    }

    /// Any one of these.
    static func oneOf(_ shapes: [JSONShape]) -> JSONShape {
        JSONShape(rules: ["anyOf": .list(shapes.map(\.value))])
    }

    /// An object with these members and no others.
    static func record(_ members: [Member]) -> JSONShape {
        var properties: [String: JSONValue] = [:]
        for member in members { properties[member.name] = member.shape.value }
        let required = members.filter(\.isRequired).map { JSONValue.text($0.name) }
        return JSONShape(
            "object",
            [
                "properties": .record(properties), "required": .list(required),
                "additionalProperties": .flag(false),
            ])
    }

    /// An object by any keys.
    static func table(_ element: JSONShape) -> JSONShape {
        JSONShape("object", ["additionalProperties": element.value])
    }

    /// A schema of the document, by its name.
    static func named(_ name: String) -> JSONShape {
        JSONShape(rules: ["$ref": .text("#/components/schemas/\(name)")])
    }

    /// Whether every member of every object in a value is one that the shape has. What else is wrong, decoding finds.
    func knows(_ value: JSONValue) -> Bool {
        switch value {
        case .record(let members):
            let shapes = objects
            guard !shapes.isEmpty else { return true }
            return shapes.contains { shape in
                members.allSatisfy { name, member in shape(name).map { $0.knows(member) } ?? false }
            }
        case .list(let elements):
            guard let element = alternatives.compactMap({ $0["items"] }).first, case .record(let rules) = element else {
                return true
            }
            return elements.allSatisfy(JSONShape(rules: rules).knows)
        default: return true
        }
    }

    /// Itself, or what it is one of.
    private var alternatives: [[String: JSONValue]] {
        guard case .list(let all)? = rules["anyOf"] else { return [rules] }
        return all.compactMap { if case .record(let rules) = $0 { rules } else { nil } }
    }

    /// The objects that it may be: each answers the shape of a member, nil for one that it has not.
    private var objects: [(String) -> JSONShape?] {
        alternatives.compactMap { rules in
            if case .record(let properties)? = rules["properties"] {
                return { name in
                    guard case .record(let rules)? = properties[name] else { return nil }
                    return JSONShape(rules: rules)
                }
            }
            guard case .record(let any)? = rules["additionalProperties"] else { return nil }
            return { _ in JSONShape(rules: any) }
        }
    }

    /// The same with what is to be known about it.
    func about(_ text: String) -> JSONShape {
        var shape = self
        shape.rules["description"] = .text(text)
        return shape
    }

    /// The same with a value to show.
    func such(as example: JSONValue) -> JSONShape {
        var shape = self
        shape.rules["examples"] = .list([example])
        return shape
    }
}
