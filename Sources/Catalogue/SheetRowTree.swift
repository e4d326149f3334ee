import Vocabulary

/// The rows of one item, by the parts of their paths, until they are a value again.
struct SheetRowTree {
    private var content: String?
    private var children: [String: SheetRowTree] = [:]

    /// Puts a row in its place. False when there is one already.
    mutating func put(_ content: String, at parts: some Collection<String>) -> Bool {
        guard let first = parts.first else {
            guard self.content == nil else { return false }
            self.content = content
            return true
        }
        return children[first, default: SheetRowTree()].put(content, at: parts.dropFirst())
    }

    /// A member at the top.
    subscript(name: String) -> SheetRowTree? { children[name] }

    /// The names at the top.
    var names: [String] { children.keys.sorted() }
}

extension SheetRowTree {
    /// Something in the rows that is no value of the shape.
    typealias Defect = (path: String, refusal: SheetRowRefusal)

    /// The value that the rows say, by the shape that they must have. A row without content says nothing, but where a
    /// text stands.
    func value(of shape: ElementShape, at path: String, _ defects: inout [Defect]) -> JSONValue {
        switch shape {
        case .text, .date, .code, .word, .flag, .number:
            for name in names { defects.append(("\(path).\(SheetPath.part(name))", .unknownPath)) }
            return single(shape, at: path, &defects)
        case .record, .bilingual, .named:
            guard isOpen(empty: "{}", at: path, &defects) else { return content == "{}" ? .record([:]) : .null }
            return .record(members(of: shape, at: path, &defects))
        case .codes, .words, .list:
            guard isOpen(empty: "[]", at: path, &defects) else { return content == "[]" ? .list([]) : .null }
            return .list(items(of: shape, at: path, &defects))
        }
    }

    private func single(_ shape: ElementShape, at path: String, _ defects: inout [Defect]) -> JSONValue {
        guard let content else { return .null }
        if case .text = shape { return .text(content) }
        if content.isEmpty { return .null }
        switch shape {
        case .flag:
            switch content.lowercased() {
            case "true", "是": return .flag(true)
            case "false", "否": return .flag(false)
            default: defects.append((path, .wrongValue(Bilingual("应当是true或者false", "It is true or false"))))
            }
        case .number:
            if content.wholeMatch(of: /-?\d{1,15}/) != nil, let number = Int(content) { return .number(number) }
            defects.append((path, .wrongValue(Bilingual("应当是整数", "It is a whole number"))))
        default: return .text(content)
        }
        return .null
    }

    /// Whether rows stand below. What stands at the place itself then says nothing, and else that it is empty.
    private func isOpen(empty: String, at path: String, _ defects: inout [Defect]) -> Bool {
        if let content, !content.isEmpty, content != empty || !children.isEmpty {
            defects.append((path, .wrongValue(Bilingual("这里没有单个的内容", "No single value stands here"))))
        }
        return !children.isEmpty
    }

    private func members(
        of shape: ElementShape, at path: String, _ defects: inout [Defect]
    ) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        for name in names {
            let place = "\(path).\(SheetPath.part(name))"
            guard let inner = shape.member(name), let tree = children[name] else {
                defects.append((place, .unknownPath))
                continue
            }
            let value = tree.value(of: inner, at: place, &defects)
            if value != .null { members[name] = value }
        }
        return members
    }

    private func items(of shape: ElementShape, at path: String, _ defects: inout [Defect]) -> [JSONValue] {
        guard let inner = shape.item else { return [] }
        let places = names.compactMap { name in Int(name).flatMap { "\($0)" == name ? $0 : nil } }.sorted()
        for name in names where Int(name).map({ "\($0)" != name }) ?? true {
            defects.append(("\(path).\(SheetPath.part(name))", .unknownPath))
        }
        var items: [JSONValue] = []
        for (count, place) in places.enumerated() {
            guard place == count else {
                defects.append(("\(path).\(place)", .indexGap))
                return items
            }
            if let tree = children["\(place)"] { items.append(tree.value(of: inner, at: "\(path).\(place)", &defects)) }
        }
        return items
    }
}
