import Foundation

/// 事项清单: a list of items as a place keeps it, one row an item, before the catalogue has given codes.
package struct ServiceItemList: Sendable {
    /// One item of the list.
    package struct Row: Sendable, Hashable {
        package let line: Int
        package let type: ItemType
        /// The name without its note of level, and the name as it stood.
        package let name: String
        package let localName: String
        /// As it stood: 区交通运输局.
        package let department: String
        package let localCode: String
        /// 主项, empty when there is none.
        package let mainItem: String
    }

    /// A row that is not taken in, with its line.
    package struct RefusedRow: Sendable, Hashable, Codable {
        package let line: Int
        /// Stable, `list.…`.
        package let code: String
        package let reason: Bilingual
    }

    package let rows: [Row]
    package let refused: [RefusedRow]

    static let columns = ["item_name", "department", "item_type_code", "local_catalog_code", "main_item"]
    /// LIMIT: characters of a name and of a local code (domain sections 1.2 and 2.2).
    static let nameCharactersMax = 200
    static let localCodeCharactersMax = 50
    /// What stands for "no main item".
    private static let unsorted = "未分类"

    /// Reads a table with the columns `item_name`, `department`, `item_type_code`, `local_catalog_code` and
    /// `main_item`, in any order. Rows that are wrong are refused one by one, the right ones stand; throws
    /// `TableRefusal` when it is no such table.
    package init(csv bytes: [UInt8]) throws(TableRefusal) {
        try self.init(try CSVText(bytes).records)
    }

    /// Reads the records of such a table, wherever they stood.
    package init(_ records: [CSVText.Record]) throws(TableRefusal) {
        guard let header = records.first else { throw .empty }
        var places: [String: Int] = [:]
        for column in Self.columns {
            guard let place = header.fields.firstIndex(of: column) else { throw .columnMissing(column) }
            places[column] = place
        }
        var (rows, refused): ([Row], [RefusedRow]) = ([], [])
        var seen: [String: Int] = [:]
        for record in records.dropFirst() {
            let reading = Reading(record, places: places, width: header.fields.count)
            do {
                let row = try reading.row(seen: seen)
                seen[row.type.rawValue + row.name] = row.line
                rows.append(row)
            } catch {
                refused.append(RefusedRow(line: record.line, code: error.code, reason: error.reason))
            }
        }
        guard records.count > 1 else { throw .empty }
        let circular = MainItemCycles(rows.map { (.init($0.type, $0.name), $0.mainItem) })
        for row in rows where circular.contains(.init(row.type, row.name)) {
            let reason = Bilingual("“\(row.name)”经主项又回到自身", "Its main items lead back to itself")
            refused.append(RefusedRow(line: row.line, code: "list.cycle", reason: reason))
        }
        self.rows = rows.filter { !circular.contains(.init($0.type, $0.name)) }
        self.refused = refused.sorted { $0.line < $1.line }
    }

    /// Whether this is the head of such a table.
    package static func isHead(_ fields: [String]) -> Bool { columns.allSatisfy(fields.contains) }

    /// 县级, 市级 in brackets at the end: it says at which level the list stands, not what the item is called.
    static func withoutLevel(_ name: String) -> String {
        name.replacing(/[（(](?:省|市|县|区|乡|镇|村)级[^（()）]*[）)]$/, with: "")
    }

    private struct Reading {
        let record: CSVText.Record
        let places: [String: Int]
        let width: Int

        init(_ record: CSVText.Record, places: [String: Int], width: Int) {
            (self.record, self.places, self.width) = (record, places, width)
        }

        private func field(_ column: String) -> String {
            let text = places[column].map { record.fields[$0] } ?? ""
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        }

        func row(seen: [String: Int]) throws(RowDefect) -> Row {
            if let defect = record.defect { throw defect }
            guard record.fields.count == width else {
                throw RowDefect(
                    code: "list.columns",
                    reason: Bilingual(
                        "这一行有\(record.fields.count)列，表头有\(width)列",
                        "The row has \(record.fields.count) columns, the head \(width)"))
            }
            let (localName, department) = (field("item_name"), field("department"))
            let name = ServiceItemList.withoutLevel(localName)
            guard (1...ServiceItemList.nameCharactersMax).contains(name.count) else {
                throw RowDefect(code: "list.name", reason: Bilingual("事项名称应当有1至200字", "A name has 1 to 200 characters"))
            }
            guard !department.isEmpty else {
                throw RowDefect(code: "list.department", reason: Bilingual("没有写明部门", "No department"))
            }
            let digits = field("item_type_code")
            guard let type = ItemType(rawValue: digits) else {
                throw RowDefect(
                    code: "list.type", reason: Bilingual("没有“\(digits)”这个事项类型", "There is no type \(digits)"))
            }
            guard field("local_catalog_code").count <= ServiceItemList.localCodeCharactersMax else {
                throw RowDefect(code: "list.local-code", reason: Bilingual("本地编码超过50字", "The local code is too long"))
            }
            if let line = seen[type.rawValue + name] {
                throw RowDefect(
                    code: "list.twice", reason: Bilingual("与第\(line)行是同一事项", "It stands on line \(line) already"))
            }
            let mainItem = field("main_item")
            return Row(
                line: record.line, type: type, name: name, localName: localName, department: department,
                localCode: field("local_catalog_code"),
                mainItem: mainItem == ServiceItemList.unsorted ? "" : mainItem)
        }
    }
}
