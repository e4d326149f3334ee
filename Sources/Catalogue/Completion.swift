import Vocabulary

/// 示例补全: declared rules that fill what a sheet lacks with plausible values, for the demonstration only. Everything
/// that they say is marked 示例.
package struct Completion: Sendable {
    private struct Conditions: Decodable {
        let types: [ItemType]?
        /// Words of which the item's name holds one.
        let names: [String]?
        /// Two numbers from 0 to 99 between which the item's own share lies.
        let share: [Int]?
    }

    private struct Rule: Decodable {
        let key: String
        let when: Conditions
        let value: JSONValue
    }

    private struct File: Decodable { let rules: [Rule] }

    private let rules: [Rule]
    private let departments: Departments

    /// The rules that ship.
    package static func shipped() throws -> Completion {
        Completion(
            rules: try CatalogueResource.decoded(File.self, "completion.json").rules,
            departments: try Departments.shipped())
    }

    /// The sheet with every element that it lacked and a rule for it.
    package func complete(_ sheet: ItemSheet) -> ItemSheet {
        var whole = sheet
        let name = sheet.name
        let label = departments.label(sheet.department)
        let words = [
            ("{name}", Bilingual(name.zh, name.en.isEmpty ? name.zh : name.en)), ("{slug}", .same(sheet.slug)),
            ("{department}", label), ("{departmentEnglish}", .same(label.en)),
        ]
        var filled: [String] = []
        for rule in rules where whole.values[rule.key] == nil && holds(rule.when, for: sheet) {
            whole.values[rule.key] = Self.fill(rule.value, words)
            filled.append(rule.key)
        }
        whole.values["sources"] = Self.marked(sheet.values["sources"], filled)
        return whole
    }

    private func holds(_ when: Conditions, for sheet: ItemSheet) -> Bool {
        let type = sheet.values["itemType"]?.text.flatMap(ItemType.init)
        if let types = when.types, !(type.map(types.contains) ?? false) { return false }
        if let names = when.names, !names.contains(where: sheet.name.zh.contains) { return false }
        if let share = when.share, share.count == 2 { return share[0] <= sheet.share && sheet.share <= share[1] }
        return true
    }

    /// The value with the words filled in, Chinese under `zh` and English under `en`.
    private static func fill(_ value: JSONValue, _ words: [(mark: String, text: Bilingual)]) -> JSONValue {
        switch value {
        case .record(let members):
            return .record(
                Dictionary(
                    uniqueKeysWithValues: members.map { key, member in
                        guard key == "en", let text = member.text else { return (key, fill(member, words)) }
                        return (key, .text(words.reduce(text) { $0.replacing($1.mark, with: $1.text.en) }))
                    }))
        case .list(let items): return .list(items.map { fill($0, words) })
        case .text(let text): return .text(words.reduce(text) { $0.replacing($1.mark, with: $1.text.zh) })
        case .null, .flag, .number: return value
        }
    }

    /// The note of sources with every element that was filled in marked as an example.
    private static func marked(_ sources: JSONValue?, _ filled: [String]) -> JSONValue {
        var marks: [String: JSONValue] = if case .record(let known) = sources { known } else { [:] }
        for element in GuideElement.all where marks[element.key] == nil {
            let isFilled = element.sheetKeys.isEmpty || element.sheetKeys.contains(where: filled.contains)
            marks[element.key] = .text((isFilled ? FactSource.demonstration : .law).rawValue)
        }
        return .record(marks)
    }
}

extension ItemSheet {
    /// A number from 0 to 99 that follows from the name: the same in every process, and spread evenly.
    var share: Int {
        // FNV-1a: enough for spreading, and no secret.
        let hash = name.zh.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        return Int((hash ^ hash >> 32) % 100)
    }
}
