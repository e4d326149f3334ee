import Vocabulary

/// Sheets as one table in long form, for people with a spreadsheet: one row for each single value.
package enum SheetRows {
    /// One column: how it is called, the other name it is found by, and its width in a spreadsheet.
    struct Column: Sendable {
        let name: String
        let english: String
        let width: Int
        let isRead: Bool
    }

    static let columns = [
        Column(name: "事项", english: "item", width: 24, isRead: true),
        Column(name: "名称", english: "name", width: 30, isRead: false),
        Column(name: "要素", english: "element", width: 40, isRead: false),
        Column(name: "路径", english: "path", width: 36, isRead: true),
        Column(name: "内容", english: "value", width: 60, isRead: true),
        Column(name: "含义", english: "meaning", width: 20, isRead: false),
    ]

    /// The widths of the columns, in characters.
    package static var widths: [Int] { columns.map(\.width) }

    /// What a person should know who edits the table, for a sheet of its own in a workbook.
    package static let note = [
        ["说明"],
        ["每一行是一个事项的一个内容。请只修改“内容”一列；“名称”“要素”“含义”只供阅读，导入时不看。"],
        ["“事项”是事项在网址中的名称，“路径”是内容的位置：materials.0.name.zh是第一份材料的中文名称（序号从0起）。"],
        ["增加一项：复制已有一项的各行，把路径中的序号改为下一个；减少一项：删去各行，并使后面的序号连续。"],
        ["表中没有提到的要素（路径的第一段）保持不变；要清空一个要素，留一行，路径写到第一段，内容留空。空的列表写[]。"],
        ["有错误的事项整个不导入，并逐行说明原因；其他事项照常导入。"],
        ["单元格请保持“文本”格式，不要合并单元格，不要用公式。日期写2026-11-24。"],
    ]

    /// The table of sheets, its head first. Throws `CatalogueRefusal.unreadable`, which names the sheet and the place,
    /// for a value that has no place in the declared shapes: nothing is left out in silence.
    package static func rows(of sheets: [ItemSheet], _ tables: CodeTables) throws -> [[String]] {
        var rows = [columns.map(\.name)]
        for sheet in sheets {
            let record = try sheet.record()
            for part in SheetField.record {
                guard let value = record[part.key] else { continue }
                do {
                    for leaf in try part.shape.leaves(of: value, at: part.key, part.label.zh, tables) {
                        rows.append([
                            sheet.slug, sheet.name.zh, leaf.label, leaf.path, leaf.content, leaf.meaning,
                        ])
                    }
                } catch let defect as LeafDefect {
                    throw CatalogueRefusal.unreadable(file: sheet.slug, place: defect.path)
                }
            }
            let known = Set(SheetField.record.map(\.key))
            if let stray = record.keys.filter({ !known.contains($0) }).min() {
                throw CatalogueRefusal.unreadable(file: sheet.slug, place: stray)
            }
        }
        return rows
    }

    /// The table in CSV: UTF-8 with its mark, which spreadsheets look for, and no field that they take for a formula.
    package static func csv(of rows: [[String]]) -> [UInt8] {
        [0xEF, 0xBB, 0xBF] + CSVText.bytes(of: rows.map { $0.map(CSVText.guarded) })
    }

    /// Whether this is the head of such a table.
    package static func isHead(_ fields: [String]) -> Bool { place(of: columns[3], in: fields) != nil }

    private static func place(of column: Column, in head: [String]) -> Int? {
        head.firstIndex { [column.name, column.english].contains($0.trimmed.lowercased()) }
    }
}

extension SheetRows {
    /// Reads a table, its head first. Rows that are wrong are refused one by one, and the item that they belong to with
    /// them. Throws `TableRefusal` when it is no such table. `isGuarded` says that fields may have an apostrophe before
    /// what looks like a formula.
    package static func read(
        _ records: [CSVText.Record], isGuarded: Bool, _ tables: CodeTables
    ) throws(TableRefusal) -> SheetBatch {
        guard let head = records.first?.fields else { throw .empty }
        var places: [Int] = []
        for column in columns where column.isRead {
            guard let place = place(of: column, in: head) else { throw .columnMissing(column.name) }
            places.append(place)
        }
        guard records.count > 1 else { throw .empty }
        var reading = Reading()
        for record in records.dropFirst() {
            let field = { (column: Int) in
                let place = places[column]
                let text = record.fields.indices.contains(place) ? record.fields[place] : ""
                return isGuarded ? CSVText.bare(text) : text
            }
            try reading.take(record, item: field(0).trimmed, path: field(1).trimmed, field(2), width: head.count)
        }
        return reading.batch(tables)
    }

    private struct Reading {
        var order: [String] = []
        var trees: [String: SheetRowTree] = [:]
        var lines: [String: [String: Int]] = [:]
        var refused: [RefusedRow] = []

        mutating func take(
            _ record: CSVText.Record, item: String, path: String, _ content: String, width: Int
        ) throws(TableRefusal) {
            let refuse = { (refusal: SheetRowRefusal) in
                RefusedRow(refusal, item: item, path: path, line: record.line)
            }
            if let defect = record.defect {
                return refused.append(
                    RefusedRow(
                        item: item, path: path, line: record.line, code: defect.code, reason: defect.reason))
            }
            guard record.fields.count == width else {
                return refused.append(refuse(.columns(record.fields.count, head: width)))
            }
            guard SheetDraft.isName(item) else { return refused.append(refuse(.itemName(item))) }
            guard let parts = SheetPath.parts(path) else { return refused.append(refuse(.unknownPath)) }
            if trees[item] == nil {
                order.append(item)
                guard order.count <= SheetBatch.itemsMax else { throw .tooLarge }
            }
            guard trees[item, default: SheetRowTree()].put(content, at: parts) else {
                return refused.append(refuse(.twice))
            }
            lines[item, default: [:]][path] = record.line
        }

        func batch(_ tables: CodeTables) -> SheetBatch {
            var (drafts, refused) = ([SheetDraft](), refused)
            for slug in order {
                guard let tree = trees[slug] else { continue }
                var (parts, defects): ([String: JSONValue], [SheetRowTree.Defect]) = ([:], [])
                for name in tree.names {
                    guard let part = SheetField.record.first(where: { $0.key == name }), let branch = tree[name] else {
                        defects.append((SheetPath.part(name), .unknownPath))
                        continue
                    }
                    parts[name] = branch.value(of: part.shape, at: name, &defects)
                    // At the top, an empty text says nothing either: there is no other way to take it out.
                    if parts[name] == .text("") { parts[name] = .null }
                }
                let draft = SheetDraft(
                    slug: slug, parts: parts, isWhole: false, lines: lines[slug] ?? [:], place: "")
                refused += defects.map { draft.refused($0.refusal, $0.path) }
                drafts.append(draft)
            }
            return SheetBatch(drafts, refused: refused, tables)
        }
    }
}

extension String {
    /// Without white space at its ends.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
