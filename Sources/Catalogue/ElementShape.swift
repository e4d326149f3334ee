package import Vocabulary

/// 要素的形态: what the value of an element looks like. The editor's forms, the checks before a sheet is kept, import,
/// export and the rendering of further elements are made from it.
package indirect enum ElementShape: Sendable {
    /// One line, or several, of so many characters.
    case text(max: Int)
    /// Chinese, with English beside it that may be missing.
    case bilingual(max: Int)
    case flag
    case number(ClosedRange<Int>)
    /// `2026-11-24`.
    case date
    /// A code of a table; several of them.
    case code(String)
    case codes(String)
    /// One of a few fixed values with their labels; several of them.
    case word([Choice])
    case words([Choice])
    case record([Part])
    case list(ElementShape, max: Int)
    /// Values of one shape under names that nobody declares: answers by the id of their question.
    case named(ElementShape, max: Int)

    /// A fixed value and what it is called.
    package struct Choice: Sendable {
        package let id: String
        package let label: Bilingual

        init(_ id: String, _ zh: String, _ en: String) {
            (self.id, label) = (id, Bilingual(zh, en))
        }
    }

    /// A named part of a record.
    package struct Part: Sendable {
        package let key: String
        package let label: Bilingual
        package let shape: ElementShape
        package let isRequired: Bool
        /// Whether it is among the parts that tell one record of a list from the next.
        package let isHeadline: Bool

        init(
            _ key: String, _ zh: String, _ en: String, _ shape: ElementShape, isRequired: Bool = true,
            isHeadline: Bool = false
        ) {
            (self.key, label, self.shape, self.isRequired) = (key, Bilingual(zh, en), shape, isRequired)
            self.isHeadline = isHeadline
        }
    }
}

/// Something in a value that does not have its shape.
package struct ShapeDefect: Hashable, Sendable {
    /// Keys and places joined by full stops: `materials.0.name.zh`.
    package let path: String
    package let message: Bilingual
}

extension ElementShape {
    /// What in the value does not have the shape; a value that is missing is checked by its requirement, not here.
    package func defects(in value: JSONValue, at path: String, _ tables: CodeTables) -> [ShapeDefect] {
        let wrong = { (zh: String, en: String) in [ShapeDefect(path: path, message: Bilingual(zh, en))] }
        switch (self, value) {
        case (.text(let max), .text(let text)):
            return text.count <= max ? [] : wrong("最多\(max)字", "\(max) characters at most")
        case (.bilingual(let max), .record(let both)):
            let texts = [both["zh"]?.text ?? "", both["en"]?.text ?? ""]
            if texts[0].isEmpty { return wrong("请填写中文", "The Chinese is missing") }
            return texts[0].count <= max && texts[1].count <= max * 4
                ? [] : wrong("最多\(max)字", "\(max) characters at most")
        case (.flag, .flag): return []
        case (.number(let range), .number(let number)):
            return range.contains(number)
                ? []
                : wrong(
                    "应当在\(range.lowerBound)至\(range.upperBound)之间", "From \(range.lowerBound) to \(range.upperBound)")
        case (.number, .text): return wrong("请填写整数，如5", "Please write a whole number, such as 5")
        case (.date, .text(let text)):
            return isDay(text) ? [] : wrong("日期应当像2026-11-24", "A date looks like 2026-11-24")
        case (.code(let table), .text(let code)):
            return tables.codes(table).contains { $0.code == code } ? [] : wrong("没有这个代码", "There is no such code")
        case (.codes(let table), .list(let items)):
            return items.flatMap { ElementShape.code(table).defects(in: $0, at: path, tables) }
        case (.word(let choices), .text(let id)):
            return choices.contains { $0.id == id } ? [] : wrong("没有这个选项", "There is no such answer")
        case (.words(let choices), .list(let items)):
            return items.flatMap { ElementShape.word(choices).defects(in: $0, at: path, tables) }
        case (.record(let parts), .record(let members)):
            return parts.flatMap { $0.defects(in: members[$0.key] ?? .null, at: "\(path).\($0.key)", tables) }
        case (.list(let shape, let max), .list(let items)):
            guard items.count <= max else { return wrong("最多\(max)项", "\(max) at most") }
            return items.enumerated().flatMap { shape.defects(in: $1, at: "\(path).\($0)", tables) }
        case (.named(let shape, let max), .record(let members)):
            guard members.count <= max else { return wrong("最多\(max)项", "\(max) at most") }
            return members.sorted { $0.key < $1.key }.flatMap { name, value in
                shape.defects(in: value, at: "\(path).\(SheetPath.part(name))", tables)
            }
        default: return wrong("内容的形式不对", "It has another shape")
        }
    }

    private func isDay(_ text: String) -> Bool {
        text.wholeMatch(of: /\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/) != nil
    }

    /// What the value says, line by line, for elements that have no sentence of their own.
    package func lines(_ value: JSONValue, _ tables: CodeTables) -> [Bilingual] {
        switch (self, value) {
        case (.text, .text(let text)), (.date, .text(let text)): return text.isEmpty ? [] : [.same(text)]
        case (.bilingual, .record(let both)):
            return [Bilingual(both["zh"]?.text ?? "", both["en"]?.text ?? "")]
        case (.flag, .flag(let isSo)): return [isSo ? Bilingual("是", "Yes") : Bilingual("否", "No")]
        case (.number, .number(let number)): return [.same("\(number)")]
        case (.code(let table), .text(let code)): return [tables.label(table, code)]
        case (.codes(let table), .list(let items)):
            return [items.compactMap(\.text).map { tables.label(table, $0) }.joined()]
        case (.word(let choices), .text(let id)):
            return [choices.first { $0.id == id }?.label ?? .same(id)]
        case (.words(let choices), .list(let items)):
            return [items.flatMap { ElementShape.word(choices).lines($0, tables) }.joined()]
        case (.record(let parts), .record(let members)):
            let said = parts.compactMap { part -> Bilingual? in
                let lines = members[part.key].map { part.shape.lines($0, tables) } ?? []
                return lines.isEmpty ? nil : part.label + Bilingual("：", ": ") + lines.joined(Bilingual("；", "; "))
            }
            return said.isEmpty ? [] : [said.joined(Bilingual("，", ", "))]
        case (.list(let shape, _), .list(let items)): return items.flatMap { shape.lines($0, tables) }
        default: return []
        }
    }
}

extension ElementShape {
    /// What the value says at a glance: of a list what tells its items apart, of anything else its lines.
    package func summary(_ value: JSONValue, _ tables: CodeTables) -> [Bilingual] {
        switch (self, value) {
        case (.list(let shape, _), .list(let items)):
            return items.enumerated().map { place, item in
                .same("\(place + 1). ") + (shape.headline(item, tables) ?? .same("…"))
            }
        case (.record(let parts), .record(let members)):
            let hasLists = parts.contains { if case .list = $0.shape { true } else { false } }
            guard hasLists else { return lines(value, tables) }
            return parts.flatMap { part in members[part.key].map { part.shape.summary($0, tables) } ?? [] }
        default: return lines(value, tables)
        }
    }

    /// What tells one item of a list from the next: the parts of a record that are declared to, or its first text in
    /// words, or all of a single value; nil when nothing does.
    package func headline(_ value: JSONValue, _ tables: CodeTables) -> Bilingual? {
        guard case .record(let parts) = self, case .record(let members) = value else {
            return lines(value, tables).first
        }
        let declared = parts.filter(\.isHeadline).compactMap { part in
            members[part.key].flatMap { part.shape.lines($0, tables).first }
        }.filter { !$0.zh.isEmpty }
        guard declared.isEmpty else { return declared.joined(Bilingual("", ", ")) }
        let worded = parts.filter { if case .bilingual = $0.shape { true } else { false } }
        return (worded + parts).lazy.compactMap { part in
            members[part.key].flatMap { part.shape.lines($0, tables).first }
        }.first
    }
}

extension ElementShape.Part {
    fileprivate func defects(in value: JSONValue, at path: String, _ tables: CodeTables) -> [ShapeDefect] {
        guard value != .null else {
            return isRequired ? [ShapeDefect(path: path, message: Bilingual("请填写", "Please fill it in"))] : []
        }
        return shape.defects(in: value, at: path, tables)
    }
}
