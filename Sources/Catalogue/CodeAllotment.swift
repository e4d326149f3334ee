import Vocabulary

/// 赋码: which basic code each item of a list gets (domain section 1.2). Pure; the codes given so far go in, the new ones
/// come out.
///
/// A main item is numbered within its type and department in order of name, a sub-item within its main item. A number
/// that was given stays, whatever the next list holds, and is never given again.
package struct CodeAllotment: Sendable {
    /// What is numbered: a main item, or an item below one.
    package struct Entry: Sendable, Hashable, Codable {
        /// 12 characters; a main item with sub-items has the header `…00Y`.
        package let code: CatalogCode
        package let type: ItemType
        /// The department's two digits.
        package let number: String
        package let name: String
        /// 主项, empty for an item without one.
        package let mainItem: String
    }

    /// The province's own digits: codes that the city's catalogue gives.
    static let owner = "35"

    /// By type, name and main item: the same item keeps its code even when its department changes.
    private var given: [String: CatalogCode]
    private var mains: [String: Int]
    /// The numbers of main items by type and department, and of sub-items by main item, that are not given again.
    private var mainNumbers: [String: Set<Int>]
    private var subNumbers: [String: Set<Int>]
    private var entries: [CatalogCode: Entry]

    /// The codes that were given before.
    package init(_ entries: [Entry] = []) {
        (given, mains, mainNumbers, subNumbers, self.entries) = ([:], [:], [:], [:], [:])
        for entry in entries { note(entry) }
    }

    private mutating func note(_ entry: Entry) {
        let group = entry.type.rawValue + entry.number
        let main = Int(entry.code.mainItem.suffix(3)) ?? 0
        mainNumbers[group, default: []].insert(main)
        entries[entry.code] = entry
        if !entry.mainItem.isEmpty {
            mains[group + entry.mainItem] = main
            let key = group + "\(main)"
            subNumbers[key, default: []].insert(Int(entry.code.subItem) ?? 0)
        }
        if !entry.code.isHeader { given[Self.key(entry.type, entry.name)] = entry.code }
    }

    private static func key(_ type: ItemType, _ name: String) -> String { type.rawValue + name }

    /// The least number that was never given: the next one, but where a code of a file was kept.
    private static func next(_ given: Set<Int>?) -> Int {
        (1...).first { !(given?.contains($0) ?? false) } ?? 1
    }

    /// Gives the rows their codes, and answers the entries that are new, headers of main items among them. Throws
    /// `CatalogueRefusal.noNumberLeft` when a department has used up its 999.
    package mutating func allot(
        _ rows: [(type: ItemType, number: String, name: String, mainItem: String)]
    ) throws(CatalogueRefusal) -> [Entry] {
        var new: [Entry] = []
        let inOrder = rows.sorted {
            ($0.type.rawValue, $0.number, $0.mainItem.isEmpty ? $0.name : $0.mainItem, $0.name)
                < ($1.type.rawValue, $1.number, $1.mainItem.isEmpty ? $1.name : $1.mainItem, $1.name)
        }
        for row in inOrder where given[Self.key(row.type, row.name)] == nil {
            let group = row.type.rawValue + row.number
            if row.mainItem.isEmpty {
                let main = Self.next(mainNumbers[group])
                new.append(try entry(row.type, row.number, main, 0, row.name, ""))
            } else {
                let main = mains[group + row.mainItem] ?? Self.next(mainNumbers[group])
                if mains[group + row.mainItem] == nil {
                    new.append(try header(row.type, row.number, main, row.mainItem))
                    note(new[new.count - 1])
                }
                let sub = Self.next(subNumbers[group + "\(main)"])
                new.append(try entry(row.type, row.number, main, sub, row.name, row.mainItem))
            }
            note(new[new.count - 1])
        }
        return new
    }

    /// The code of an item of an import; nil before it was given one.
    package func code(of item: CatalogueImport.Item) -> CatalogCode? { code(of: item.type, item.name.zh) }

    /// The code that an item has; nil before it was given one.
    package func code(of type: ItemType, _ name: String) -> CatalogCode? { given[Self.key(type, name)] }

    /// What was written down for a code; nil for one that was never given.
    package func entry(of code: CatalogCode) -> Entry? { entries[code] }

    /// Writes down a code that an item brought along, and the header of its main item. Nothing for a code that is
    /// known, and for another owner's: those are not numbered here.
    package mutating func keep(
        _ code: CatalogCode, of type: ItemType, _ name: String, mainItem: String
    ) -> [Entry] {
        guard code.owner == Self.owner, entries[code] == nil else { return [] }
        let number = String(code.mainItem.prefix(2))
        var new = [Entry(code: code, type: type, number: number, name: name, mainItem: mainItem)]
        if !mainItem.isEmpty, let header = code.header, entries[header] == nil {
            new.append(Entry(code: header, type: type, number: number, name: mainItem, mainItem: mainItem))
        }
        for entry in new { note(entry) }
        return new
    }

    private func entry(
        _ type: ItemType, _ number: String, _ main: Int, _ sub: Int, _ name: String, _ mainItem: String
    ) throws(CatalogueRefusal) -> Entry {
        Entry(
            code: try code(type, number, main, Self.digits(sub)), type: type, number: number, name: name,
            mainItem: mainItem)
    }

    private func header(
        _ type: ItemType, _ number: String, _ main: Int, _ name: String
    ) throws(CatalogueRefusal) -> Entry {
        Entry(code: try code(type, number, main, "00Y"), type: type, number: number, name: name, mainItem: name)
    }

    private func code(
        _ type: ItemType, _ number: String, _ main: Int, _ sub: String
    ) throws(CatalogueRefusal) -> CatalogCode {
        guard (1...999).contains(main),
            let code = CatalogCode(Self.owner + type.rawValue + number + Self.digits(main) + sub)
        else { throw .noNumberLeft(type.rawValue + number) }
        return code
    }

    private static func digits(_ number: Int) -> String { String(String(1000 + number).suffix(3)) }
}
