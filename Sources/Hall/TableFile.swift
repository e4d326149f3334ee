package import Catalogue
import Documents
import Vocabulary

/// A file of the catalogue as people and programs hand it over. Where the formats of `Documents` meet the tables of
/// `Catalogue`.
package enum TableFile {
    /// The formats, by how names of files end.
    package enum Format: String, Sendable, CaseIterable {
        case csv, xlsx, json, yaml

        /// The format of a file. Throws `TableRefusal.unknownFormat`.
        package init(file: String) throws(TableRefusal) {
            let ending = file.split(separator: ".").last.map { $0.lowercased() } ?? ""
            switch ending {
            case "yml": self = .yaml
            // Old workbooks and those with macros are opened, so that they are refused for what they are.
            case "xls", "xlsm": self = .xlsx
            default:
                guard let format = Format(rawValue: ending) else { throw .unknownFormat(ending) }
                self = format
            }
        }
    }

    /// What a file holds.
    package enum Content: Sendable {
        /// 事项清单: one row an item.
        case list(ServiceItemList)
        /// Whole sheets, or some rows of them.
        case sheets(SheetBatch)
    }

    /// The sheets in a format; the same sheets are always the same bytes.
    package static func bytes(of sheets: [ItemSheet], as format: Format, _ tables: CodeTables) throws -> [UInt8] {
        switch format {
        case .json: return try SheetFile.json(sheets)
        case .yaml: return try SheetFile.yaml(sheets)
        case .csv: return SheetRows.csv(of: try SheetRows.rows(of: sheets, tables))
        case .xlsx:
            let table = WorkbookWriter.Sheet(
                "事项", widths: SheetRows.widths, rows: try SheetRows.rows(of: sheets, tables))
            return try WorkbookWriter.bytes(of: [
                table, WorkbookWriter.Sheet("说明", widths: [100], rows: SheetRows.note),
            ])
        }
    }

    /// Reads a file. A table with the column 路径 holds sheets, any other is a list of items. Throws `TableRefusal`,
    /// `WorkbookRefusal` and `ZipRefusal`; nothing is read in part.
    package static func read(_ bytes: [UInt8], as format: Format, _ tables: CodeTables) throws -> Content {
        switch format {
        case .json: return .sheets(try SheetFile.read(json: bytes, tables))
        case .yaml: return .sheets(try SheetFile.read(yaml: bytes, tables))
        case .csv: return try content(try CSVText(bytes).records, isGuarded: true, tables)
        case .xlsx: return try content(try records(of: bytes), isGuarded: false, tables)
        }
    }

    private static func content(
        _ records: [CSVText.Record], isGuarded: Bool, _ tables: CodeTables
    ) throws -> Content {
        SheetRows.isHead(records.first?.fields ?? [])
            ? .sheets(try SheetRows.read(records, isGuarded: isGuarded, tables))
            : .list(try ServiceItemList(records))
    }

    /// The rows of the first table of a workbook that has one of the heads; of its first table when none has. What
    /// stands on the other sheets is not looked at.
    private static func records(of bytes: [UInt8]) throws -> [CSVText.Record] {
        guard bytes.count <= CSVText.bytesMax else { throw TableRefusal.tooLarge }
        let workbook = try WorkbookReader(bytes)
        let name = try workbook.sheets.first { sheet in
            let head = try workbook.rows(of: sheet, headOnly: true).first?.cells ?? []
            return SheetRows.isHead(head) || ServiceItemList.isHead(head)
        }
        let rows = try workbook.rows(of: name ?? workbook.sheets[0])
        let width = rows.first?.cells.count ?? 0
        return rows.map { row in
            // A spreadsheet leaves out cells at the end of a row that are empty.
            let cells = row.cells + Array(repeating: "", count: max(0, width - row.cells.count))
            return CSVText.Record(line: row.line, fields: cells, defect: row.refusal.map(defect))
        }
    }

    private static func defect(_ refusal: WorkbookRefusal) -> RowDefect {
        let reason =
            switch refusal {
            case .cellError(let cell): Bilingual("单元格\(cell)是错误值", "Cell \(cell) shows an error")
            case .cellNumber(let cell):
                Bilingual("单元格\(cell)是数字，位数过多，请改为文本重新填写", "Cell \(cell) is a number of too many digits; make it text")
            case .cellTime(let cell):
                Bilingual("单元格\(cell)是时间，请改为文本，如2026-11-24", "Cell \(cell) is a time; write 2026-11-24 as text")
            default: Bilingual("这一行不能读取", "The row cannot be read")
            }
        return RowDefect(code: refusal.code, reason: reason)
    }
}
