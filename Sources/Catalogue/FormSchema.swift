package import Vocabulary

/// An application form as JSON Schema (2020-12): the situation and the answers as a program writes them. What a
/// situation does not ask for is refused, by `if`, `then` and `else`, so that any validator can tell.
///
/// Answers are JSON of their kind: whole numbers, truth values, lists of choices; everything else is text, days as
/// `2026-11-24` and money with its decimals. A question without an answer is left out.
package struct FormSchema {
    let guide: Guide
    let tables: CodeTables

    /// The schema of a guide's form.
    package init(_ guide: Guide, _ tables: CodeTables) {
        (self.guide, self.tables) = (guide, tables)
    }

    /// The schema, with its address and what is known of the version.
    package func value(address: String, facts: [String: JSONValue]) -> JSONValue {
        let name = guide.materials.first { $0.blankForm?.id.hasPrefix("form/") ?? false }?.name ?? guide.title
        return .record(
            object(
                ["situation": .record(situation), "answers": .record(answers)], required: ["situation", "answers"]
            ).merging([
                "$schema": .text("https://json-schema.org/draft/2020-12/schema"), "$id": .text(address),
                "title": .text(name.zh), "x-en": english(name, nil), "x-item": .record(facts),
                "x-pages": .list(guide.form.pages.map(page)), "allOf": .list(conditions),
            ]) { $1 })
    }

    private func page(_ page: ApplicationForm.Page) -> JSONValue {
        .record([
            "id": .text(page.id), "title": .text(page.title.zh), "x-en": english(page.title, nil),
            "fields": .list(page.fields.map { .text($0.id) }),
        ])
    }

    private var situation: [String: JSONValue] {
        let properties = guide.situations.map { question in
            let choices = question.choices.map { choice(.text($0.id), $0.label, $0.note) }
            return (
                question.id,
                JSONValue.record([
                    "title": .text(question.question.zh), "x-en": english(question.question, nil),
                    "oneOf": .list(choices),
                ])
            )
        }
        return object(Dictionary(properties) { first, _ in first }, required: guide.situations.map(\.id))
    }

    private var answers: [String: JSONValue] {
        let fields = guide.form.fields
        return object(
            Dictionary(fields.map { ($0.id, JSONValue.record(schema($0))) }) { first, _ in first },
            required: fields.filter { $0.required && $0.appliesWhen.isEmpty }.map(\.id))
    }

    /// For each set of conditions the fields that it asks for: those required where it holds, none of them where not.
    private var conditions: [JSONValue] {
        var groups: [(conditions: [SituationCondition], fields: [FormField])] = []
        for field in guide.form.fields where !field.appliesWhen.isEmpty {
            if let index = groups.firstIndex(where: { $0.conditions == field.appliesWhen }) {
                groups[index].fields.append(field)
            } else {
                groups.append((field.appliesWhen, [field]))
            }
        }
        return groups.map { conditions, fields in
            let required = fields.filter(\.required).map { JSONValue.text($0.id) }
            let none = Dictionary(fields.map { ($0.id, JSONValue.flag(false)) }) { first, _ in first }
            var rule: [String: JSONValue] = [
                "if": within("situation", .record(holding(conditions))),
                "else": within("answers", .record(["properties": .record(none)])),
            ]
            if !required.isEmpty { rule["then"] = within("answers", .record(["required": .list(required)])) }
            return .record(rule)
        }
    }

    private func holding(_ conditions: [SituationCondition]) -> [String: JSONValue] {
        let all = conditions.map { condition -> JSONValue in
            let choices = JSONValue.record(["enum": .list(condition.choices.map(JSONValue.text))])
            return .record([
                "properties": .record([condition.situation: choices]),
                "required": .list([.text(condition.situation)]),
            ])
        }
        return ["allOf": .list(all)]
    }

    private func within(_ part: String, _ schema: JSONValue) -> JSONValue {
        .record(["properties": .record([part: schema]), "required": .list([.text(part)])])
    }

    private func object(_ properties: [String: JSONValue], required: [String]) -> [String: JSONValue] {
        [
            "type": .text("object"), "properties": .record(properties), "additionalProperties": .flag(false),
            "required": .list(required.map(JSONValue.text)),
        ]
    }

    private func english(_ title: Bilingual, _ description: Bilingual?) -> JSONValue {
        .record(["title": .text(title.en)].merging(description.map { ["description": .text($0.en)] } ?? [:]) { $1 })
    }

    private func choice(_ value: JSONValue, _ label: Bilingual, _ note: Bilingual? = nil) -> JSONValue {
        var choice: [String: JSONValue] = ["const": value, "title": .text(label.zh), "x-en": english(label, note)]
        choice["description"] = note.map { .text($0.zh) }
        return .record(choice)
    }
}

// A field by its kind.
extension FormSchema {
    private func schema(_ field: FormField) -> [String: JSONValue] {
        var schema = shape(field)
        schema["title"] = .text(field.label.zh)
        schema["description"] = field.hint.map { .text($0.zh) }
        schema["x-en"] = english(field.label, field.hint)
        schema["x-kind"] = .text(field.type.rawValue)
        if field.personal { schema["x-personal"] = .flag(true) }
        return schema
    }

    private func shape(_ field: FormField) -> [String: JSONValue] {
        switch field.type {
        case .text, .address, .multiline:
            text(
                FormPattern.text(isRequired: field.required, hasLines: field.type == .multiline),
                max: field.maxLength ?? Limits.textCharactersMax)
        case .date: text(FormPattern.date, max: field.maxLength).merging(["format": .text("date")]) { $1 }
        case .phone: text(FormPattern.phone, max: field.maxLength)
        case .citizenID: text(FormPattern.citizenID, max: field.maxLength)
        case .creditCode: text(FormPattern.creditCode, max: field.maxLength)
        case .money: text(FormPattern.money(min: field.min, max: field.max), max: field.maxLength)
        case .integer:
            [
                "type": JSONValue.text("integer"), "minimum": field.min.map(JSONValue.number),
                "maximum": field.max.map(JSONValue.number),
            ].compactMapValues { $0 }
        case .boolean: ["type": .text("boolean")]
        case .choice: ["type": .text("string"), "oneOf": .list(choices(field))]
        case .multichoice:
            [
                "type": .text("array"), "items": .record(["oneOf": .list(choices(field))]), "uniqueItems": .flag(true),
                "minItems": .number(field.required ? 1 : 0),
            ]
        }
    }

    private func text(_ pattern: String, max: Int?) -> [String: JSONValue] {
        var schema: [String: JSONValue] = ["type": .text("string"), "pattern": .text(pattern)]
        schema["maxLength"] = max.map(JSONValue.number)
        return schema
    }

    private func choices(_ field: FormField) -> [JSONValue] {
        let coded = field.codeTable.map { table in
            tables.codes(table).map { choice(.text($0.code), Bilingual($0.zh, $0.en)) }
        }
        return coded ?? (field.options ?? []).map { choice(.text($0.id), $0.label) }
    }
}
