import Vocabulary

/// One single value of a sheet: a row of a table.
struct SheetLeaf: Hashable {
    let path: String
    /// What people call the place: 申请材料 2 · 材料名称 · 中文.
    let label: String
    let content: String
    /// What a code or a fixed value means; empty for what speaks for itself.
    var meaning = ""
}

/// What a value holds that its shape has no place for.
struct LeafDefect: Error {
    let path: String
}

extension ElementShape {
    /// The single values of a value, in the order of its shape. An empty list is `[]`, an empty record `{}`. Throws
    /// `LeafDefect` where the value does not have the shape: nothing is left out in silence.
    func leaves(of value: JSONValue, at path: String, _ label: String, _ tables: CodeTables) throws -> [SheetLeaf] {
        let leaf = { (content: String) in [SheetLeaf(path: path, label: label, content: content)] }
        let said = { (content: String, meaning: String) in
            [SheetLeaf(path: path, label: label, content: content, meaning: meaning == content ? "" : meaning)]
        }
        switch (self, value) {
        case (.text, .text(let text)), (.date, .text(let text)): return leaf(text)
        case (.code(let table), .text(let code)): return said(code, tables.label(table, code).zh)
        case (.word(let choices), .text(let id)): return said(id, choices.first { $0.id == id }?.label.zh ?? "")
        case (.flag, .flag(let isSo)): return said("\(isSo)", isSo ? "是" : "否")
        case (.number, .number(let number)): return leaf("\(number)")
        case (.bilingual(let max), .record):
            return try Self.record(Self.languages(max)).leaves(of: value, at: path, label, tables)
        case (.record(let parts), .record(let members)):
            if members.isEmpty { return leaf("{}") }
            let known = Set(parts.map(\.key))
            if let stray = members.keys.filter({ !known.contains($0) }).min() {
                throw LeafDefect(path: "\(path).\(SheetPath.part(stray))")
            }
            return try parts.flatMap { part -> [SheetLeaf] in
                guard let member = members[part.key] else { return [] }
                return try part.shape.leaves(
                    of: member, at: "\(path).\(part.key)", "\(label) · \(part.label.zh)", tables)
            }
        case (.named(let shape, _), .record(let members)):
            if members.isEmpty { return leaf("{}") }
            return try members.sorted { $0.key < $1.key }.flatMap { name, member in
                try shape.leaves(of: member, at: "\(path).\(SheetPath.part(name))", "\(label) · \(name)", tables)
            }
        case (.codes, .list(let items)), (.words, .list(let items)), (.list, .list(let items)):
            guard let shape = item, !items.isEmpty else { return leaf("[]") }
            return try items.enumerated().flatMap { place, item in
                try shape.leaves(of: item, at: "\(path).\(place)", "\(label) \(place + 1)", tables)
            }
        default: throw LeafDefect(path: path)
        }
    }

    /// The two languages as parts of a record.
    static func languages(_ max: Int) -> [Part] {
        [
            Part("zh", "中文", "Chinese", .text(max: max)),
            Part("en", "英文", "English", .text(max: max * 4), isRequired: false),
        ]
    }

    /// The shape of a list's items; nil for what is no list.
    var item: ElementShape? {
        switch self {
        case .codes(let table): .code(table)
        case .words(let choices): .word(choices)
        case .list(let shape, _): shape
        default: nil
        }
    }

    /// The shape of a member; nil when there can be none of this name.
    func member(_ name: String) -> ElementShape? {
        switch self {
        case .record(let parts): parts.first { $0.key == name }?.shape
        case .bilingual(let max): Self.languages(max).first { $0.key == name }?.shape
        case .named(let shape, _): shape
        default: nil
        }
    }

    /// The shape at a path below this one; nil when there is none.
    func inner(_ parts: some Sequence<String>) -> ElementShape? {
        parts.reduce(ElementShape?.some(self)) { shape, part in
            shape.flatMap { $0.item ?? $0.member(part) }
        }
    }

    /// The paths of members that the shape does not declare.
    func strays(in value: JSONValue, at path: String) -> [String] {
        switch (self, value) {
        case (.record, .record(let members)), (.named, .record(let members)), (.bilingual, .record(let members)):
            members.sorted { $0.key < $1.key }.flatMap { name, member -> [String] in
                let place = path.isEmpty ? SheetPath.part(name) : "\(path).\(SheetPath.part(name))"
                return self.member(name)?.strays(in: member, at: place) ?? [place]
            }
        case (_, .list(let items)):
            items.enumerated().flatMap { place, member in item?.strays(in: member, at: "\(path).\(place)") ?? [] }
        default: []
        }
    }
}
