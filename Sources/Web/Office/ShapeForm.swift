import Catalogue
import Vocabulary

/// Forms made from the shape of a value: what a sheet's editor fills in, and what was filled in as a value again.
///
/// The names of fields are paths, `materials.0.name.zh`. A list says how many items it shows (`materials.count`); its
/// buttons send `add` or `remove` with the path, so that it grows and shrinks without a script.
struct ShapeForm {
    let tables: CodeTables
    let words: Words
    /// What is wrong, by path.
    var errors: [String: String] = [:]

    /// Writes the questions for a value.
    func write(
        _ shape: ElementShape, _ value: JSONValue?, at path: String, _ label: String, isOptional: Bool = false,
        to html: inout HTML
    ) {
        let field = { (kind: FieldKind, values: [String]) in
            var field = Field(path, label, kind)
            field.answer.values = values
            field.answer.error = errors[path]
            field.isOptional = isOptional
            return field
        }
        switch shape {
        case .text(let max): html.field(field(Self.kind(max), value?.text.map { [$0] } ?? []))
        case .bilingual(let max): bilingual(max, value, at: path, label, isOptional, to: &html)
        case .flag:
            let said: [String] = if case .flag(let isSo)? = value { ["\(isSo)"] } else { [] }
            html.field(field(.yesNo, said))
        case .number:
            html.field(field(.text(max: 14), Self.typed(value).map { [$0] } ?? []))
        case .date: html.field(field(.date, value?.text.map { [$0] } ?? []))
        case .code(let table): html.field(field(.list(options(table)), value?.text.map { [$0] } ?? []))
        case .word(let choices): html.field(field(.list(options(choices)), value?.text.map { [$0] } ?? []))
        case .codes(let table): html.field(field(.choices(options(table)), Self.texts(value)))
        case .words(let choices): html.field(field(.choices(options(choices)), Self.texts(value)))
        case .record(let parts): record(parts, value, at: path, label, to: &html)
        case .list(let shape, let max): list((shape, max), value, at: path, label, to: &html)
        // Stands beside what is edited here: samples, and what single powers and bodies set.
        case .named: break
        }
    }

    private func bilingual(
        _ max: Int, _ value: JSONValue?, at path: String, _ label: String, _ isOptional: Bool, to html: inout HTML
    ) {
        let half = { (key: String, name: String, optional: Bool) in
            var field = Field("\(path).\(key)", "\(label) (\(name))", Self.kind(max))
            field.answer.values = value?[key]?.text.map { [$0] } ?? []
            field.answer.error = key == "zh" ? errors[path] : nil
            field.isOptional = optional
            return field
        }
        html.field(half("zh", words["sheet.chinese"], isOptional))
        html.field(half("en", words["sheet.english"], true))
    }

    /// A record's questions under its name; those that may stay empty and do are folded away, unless nothing else would
    /// be left to see.
    private func record(
        _ parts: [ElementShape.Part], _ value: JSONValue?, at path: String, _ label: String, to html: inout HTML
    ) {
        group(path, label, to: &html) { html in
            let isFolded = { (part: ElementShape.Part) in
                let isEmpty = (value?[part.key] ?? .list([])) == .list([])
                return !part.isRequired && isEmpty && !hasError(below: "\(path).\(part.key)")
            }
            let write = { (html: inout HTML, parts: [ElementShape.Part]) in
                for part in parts {
                    self.write(
                        part.shape, value?[part.key], at: "\(path).\(part.key)", words.pick(part.label),
                        isOptional: !part.isRequired, to: &html)
                }
            }
            let folded = parts.filter(isFolded)
            guard folded.count < parts.count else { return write(&html, parts) }
            write(&html, parts.filter { !isFolded($0) })
            if !folded.isEmpty {
                html.unfold(words("sheet.more", ["names": words.list(folded.map { words.pick($0.label) })])) {
                    write(&$0, folded)
                }
            }
        }
    }

    /// A list: each item under what tells it from the next, folded unless it is new or wrong.
    private func list(
        _ of: (shape: ElementShape, max: Int), _ value: JSONValue?, at path: String, _ label: String,
        to html: inout HTML
    ) {
        let items = value?.list ?? []
        group(path, label, to: &html) { html in
            html.hidden(path: "\(path).count", "\(items.count)")
            for (index, item) in items.enumerated() {
                let own = "\(path).\(index)"
                let name = words("sheet.item", ["name": label, "n": "\(index + 1)"])
                let headline = of.shape.headline(item, tables).map(words.pick) ?? name
                html.unfold("\(index + 1). \(headline)", isOpen: item == .null || hasError(below: own)) { html in
                    write(of.shape, item, at: own, name, to: &html)
                    html.button(words("sheet.remove", ["name": name]), .quiet, sends: ButtonValue("remove", own))
                }
            }
            if items.count < of.max {
                html.button(words("sheet.add", ["name": label]), .secondary, sends: ButtonValue("add", path))
            }
        }
    }

    /// Questions that belong together, under their name; the page's title names the whole.
    private func group(_ path: String, _ label: String, to html: inout HTML, content: (inout HTML) -> Void) {
        let error = errors[path]
        guard path.contains(".") else {
            if let error { html.note(error) }
            return content(&html)
        }
        html.fields(label) { html in
            if let error { html.note(error) }
            content(&html)
        }
    }

    private func hasError(below path: String) -> Bool {
        errors.keys.contains { $0 == path || $0.hasPrefix(path + ".") }
    }

    private func options(_ table: String) -> [Option] {
        tables.codes(table).map { Option($0.code, words.pick($0.zh, $0.en)) }
    }

    private func options(_ choices: [ElementShape.Choice]) -> [Option] {
        choices.map { Option($0.id, words.pick($0.label)) }
    }

    private static func kind(_ max: Int) -> FieldKind { max > 200 ? .multiline(max: max) : .text(max: max) }

    private static func texts(_ value: JSONValue?) -> [String] { value?.list?.compactMap(\.text) ?? [] }

    private static func typed(_ value: JSONValue?) -> String? {
        if case .number(let number)? = value { "\(number)" } else { value?.text }
    }
}

extension ShapeForm {
    /// The value that a form says; nothing said is `null`. What is no number stays as it was typed, so that it can be
    /// shown with its error. An item is added to the list, or taken out of it, whose button was pressed.
    static func read(_ shape: ElementShape, at path: String, _ form: PostedForm) -> JSONValue {
        switch shape {
        case .text, .date, .code, .word: return form[path].isEmpty ? .null : .text(form[path])
        case .bilingual:
            let (zh, en) = (form["\(path).zh"], form["\(path).en"])
            return zh.isEmpty && en.isEmpty ? .null : .record(["zh": .text(zh), "en": .text(en)])
        case .flag: return form[path] == "true" ? .flag(true) : form[path] == "false" ? .flag(false) : .null
        case .number:
            if form[path].isEmpty { return .null }
            return Int(form[path]).map(JSONValue.number) ?? .text(form[path])
        case .codes, .words: return .list(form.all(path).filter { !$0.isEmpty }.map(JSONValue.text))
        case .record(let parts):
            let members = parts.map { ($0.key, read($0.shape, at: "\(path).\($0.key)", form)) }
            let isEmpty = members.allSatisfy { $0.1 == .null || $0.1 == .list([]) }
            return isEmpty ? .null : .record(Dictionary(uniqueKeysWithValues: members))
        case .list(let shape, let max): return items(shape, max, at: path, form)
        case .named: return .null
        }
    }

    private static func items(_ shape: ElementShape, _ max: Int, at path: String, _ form: PostedForm) -> JSONValue {
        let count = min(Int(form["\(path).count"]) ?? 0, max)
        var items: [JSONValue] = []
        for index in 0..<Swift.max(count, 0) where form["remove"] != "\(path).\(index)" {
            items.append(read(shape, at: "\(path).\(index)", form))
        }
        if form["add"] == path, items.count < max { items.append(.null) }
        return .list(items)
    }
}

extension JSONValue {
    /// Without the items of lists in which nothing was said.
    var pruned: JSONValue {
        switch self {
        case .list(let items): .list(items.filter { $0 != .null }.map(\.pruned))
        case .record(let members): .record(members.mapValues(\.pruned))
        case .null, .flag, .number, .text: self
        }
    }
}

extension HTML {
    fileprivate mutating func hidden(path: String, _ value: String) {
        void("input", Attribute("type", "hidden"), .data("name", path), .data("value", value))
    }
}
