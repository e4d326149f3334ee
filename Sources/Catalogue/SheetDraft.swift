import Vocabulary

/// Something that a file says and that is not taken in.
package struct RefusedRow: Error, Sendable, Hashable, Codable {
    /// The item's name in addresses; empty where none is said.
    package let item: String
    /// Where it stands: in the sheet for a table, in the file for JSON and YAML.
    package let path: String
    /// The row of a table, from 1.
    package let line: Int?
    /// Stable, `sheets.…`, or a workbook's.
    package let code: String
    package let reason: Bilingual

    package init(item: String, path: String, line: Int?, code: String, reason: Bilingual) {
        (self.item, self.path, self.line, self.code, self.reason) = (item, path, line, code, reason)
    }

    init(_ refusal: SheetRowRefusal, item: String, path: String, line: Int?) {
        self.init(item: item, path: path, line: line, code: refusal.code, reason: refusal.reason)
    }
}

/// What a file says of one item, in the shape of a sheet.
package struct SheetDraft: Sendable {
    package let slug: String
    /// By the keys of `SheetField.record`. Null takes a part out of the sheet.
    let parts: [String: JSONValue]
    /// Whether parts that are not named are taken out: JSON and YAML hold whole sheets, a table may hold some rows of
    /// one.
    let isWhole: Bool
    /// The lines of a table by path; the path of the sheet within the file for JSON and YAML.
    let lines: [String: Int]
    let place: String

    /// LIMIT: characters of an item's name in addresses.
    static let nameCharactersMax = 100

    /// Whether the text can be an item's name in addresses: small letters, digits and hyphens, or a code.
    static func isName(_ text: String) -> Bool {
        text.utf8.count <= nameCharactersMax && text.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil
    }

    /// A refusal with its line, or its place in the file.
    func refused(_ refusal: SheetRowRefusal, _ path: String) -> RefusedRow {
        guard place.isEmpty else {
            return RefusedRow(refusal, item: slug, path: path.isEmpty ? place : "\(place).\(path)", line: nil)
        }
        return RefusedRow(refusal, item: slug, path: path, line: line(of: path))
    }

    /// The row that says the path, else the first one below it, else the one above; the item's first row when none
    /// does.
    private func line(of path: String) -> Int? {
        var here = path
        while !here.isEmpty {
            let below = here + "."
            if let line = lines[here] ?? lines.filter({ $0.key.hasPrefix(below) }).values.min() { return line }
            here = here.contains(".") ? here.split(separator: ".").dropLast().joined(separator: ".") : ""
        }
        return lines.values.min()
    }

    /// What does not have its shape: members that nobody declared, wrong values, codes that no table lists.
    func defects(_ tables: CodeTables) -> [RefusedRow] {
        let whole = ElementShape.record(SheetField.record)
        let strays = whole.strays(in: .record(parts), at: "").map { refused(.unknownPath, $0) }
        let wrong = SheetField.record.flatMap { part -> [ShapeDefect] in
            guard let value = parts[part.key], value != .null else { return [] }
            return part.shape.defects(in: value, at: part.key, tables)
        }
        var seen: Set<ShapeDefect> = []
        return strays + wrong.filter { seen.insert($0).inserted }.flatMap { refusals($0, whole, tables) }
    }

    /// A defect of shape as refusals: a code that no table lists has its own, one for each of several.
    private func refusals(_ defect: ShapeDefect, _ whole: ElementShape, _ tables: CodeTables) -> [RefusedRow] {
        let names = SheetPath.parts(defect.path) ?? []
        let value = names.reduce(JSONValue?.some(.record(parts))) { $0?.inner($1) }
        switch (whole.inner(names), value) {
        case (.code?, .text(let code)?), (.word?, .text(let code)?): return [refused(.unknownCode(code), defect.path)]
        case (.codes(let table)?, .list(let items)?):
            return odd(items, defect.path) { code in tables.codes(table).contains { $0.code == code } }
        case (.words(let choices)?, .list(let items)?):
            return odd(items, defect.path) { id in choices.contains { $0.id == id } }
        default: return [refused(.wrongValue(defect.message), defect.path)]
        }
    }

    private func odd(_ items: [JSONValue], _ path: String, _ isKnown: (String) -> Bool) -> [RefusedRow] {
        items.enumerated().compactMap { place, item in
            guard let code = item.text else {
                let message = Bilingual("内容的形式不对", "It has another shape")
                return refused(.wrongValue(message), "\(path).\(place)")
            }
            return isKnown(code) ? nil : refused(.unknownCode(code), "\(path).\(place)")
        }
    }
}

/// What a file of sheets holds.
package struct SheetBatch: Sendable {
    package let drafts: [SheetDraft]
    package let refused: [RefusedRow]

    /// LIMIT: items of one file, and reasons that are named; all items are refused that have one.
    package static let itemsMax = 10_000
    package static let reasonsMax = 10_000

    /// Holds every draft against the declared shapes; an item with a row that is wrong is refused whole.
    init(_ drafts: [SheetDraft], refused: [RefusedRow], _ tables: CodeTables) {
        var (sound, refused) = ([SheetDraft](), refused)
        let said = Dictionary(grouping: refused, by: \.item)
        for draft in drafts {
            // What could not be read at a place is not refused a second time for being missing there.
            let paths = Set((said[draft.slug] ?? []).map(\.path))
            let defects = draft.defects(tables).filter { !paths.contains($0.path) }
            refused += defects
            if defects.isEmpty && paths.isEmpty { sound.append(draft) }
        }
        self.drafts = sound
        self.refused = refused
    }
}

extension JSONValue {
    /// The member or the item of this name.
    fileprivate func inner(_ name: String) -> JSONValue? {
        switch self {
        case .record(let members): members[name]
        case .list(let items): Int(name).flatMap { items.indices.contains($0) ? items[$0] : nil }
        case .null, .flag, .number, .text: nil
        }
    }
}
