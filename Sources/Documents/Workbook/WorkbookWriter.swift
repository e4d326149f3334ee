/// Makes a workbook (.xlsx) of plain tables. Every cell is text and says so, new cells of the columns too: nothing that
/// somebody types becomes a number, a date or a formula, and leading zeros stay; but for columns that hold numbers and
/// nothing else. Equal tables are equal bytes.
package struct WorkbookWriter {
    /// One table with its head.
    package struct Sheet: Sendable {
        package let name: String
        /// In characters, one for each column.
        package let widths: [Int]
        /// The first row is the head, which stays in view.
        package let rows: [[String]]
        /// Columns, from 0, whose cells below the head are numbers where they are plain digits.
        package let numbers: Set<Int>

        package init(_ name: String, widths: [Int], rows: [[String]], numbers: Set<Int> = []) {
            (self.name, self.widths, self.rows, self.numbers) = (name, widths, rows, numbers)
        }
    }

    /// LIMIT: characters of a cell, as UTF-16 counts them, and rows of a table: what spreadsheets hold.
    static let cellUnitsMax = 32_767
    package static let rowsMax = 1_048_576
    /// LIMIT: rows that are written at a time.
    private static let pieceRows = 500
    private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let packages = "http://schemas.openxmlformats.org/package/2006"

    /// The bytes of a workbook. Throws `WorkbookRefusal` for a text or a table that no spreadsheet holds.
    package static func bytes(of sheets: [Sheet]) throws(WorkbookRefusal) -> [UInt8] {
        for sheet in sheets {
            guard sheet.rows.count <= rowsMax else { throw .tooManyCells }
            for (line, row) in sheet.rows.enumerated() {
                for (column, cell) in row.enumerated() where cell.utf16.count > cellUnitsMax {
                    throw .cellTooLarge(CellName.text(column, line + 1))
                }
            }
        }
        let parts: [(String, String)] = [
            ("[Content_Types].xml", contentTypes(sheets.count)),
            (
                "_rels/.rels",
                relationships([("rId1", "officeDocument", "xl/workbook.xml")])
            ),
            ("xl/workbook.xml", workbook(sheets)),
            (
                "xl/_rels/workbook.xml.rels",
                relationships(
                    (1...sheets.count).map { ("rId\($0)", "worksheet", "worksheets/sheet\($0).xml") }
                        + [("rId\(sheets.count + 1)", "styles", "styles.xml")])
            ),
            ("xl/styles.xml", styles),
        ]
        let small = parts.map { (name: $0.0, pieces: [Array((head + $0.1).utf8)] as any Sequence<[UInt8]>) }
        let tables = sheets.enumerated().map { place, sheet in
            (name: "xl/worksheets/sheet\(place + 1).xml", pieces: pieces(of: sheet) as any Sequence<[UInt8]>)
        }
        return ZipWriter.bytes(of: small + tables)
    }

    private static func contentTypes(_ count: Int) -> String {
        let type = "application/vnd.openxmlformats-officedocument.spreadsheetml."
        let sheets = (1...count).map {
            "<Override PartName=\"/xl/worksheets/sheet\($0).xml\" ContentType=\"\(type)worksheet+xml\"/>"
        }
        return """
            <Types xmlns="\(packages)/content-types"><Default Extension="rels" \
            ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" \
            ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="\(type)sheet.main+xml"/>\
            \(sheets.joined())<Override PartName="/xl/styles.xml" ContentType="\(type)styles+xml"/></Types>
            """
    }

    private static func relationships(_ targets: [(id: String, type: String, target: String)]) -> String {
        let lines = targets.map { one in
            "<Relationship Id=\"\(one.id)\" Type=\"\(relations)/\(one.type)\" Target=\"\(one.target)\"/>"
        }
        return "<Relationships xmlns=\"\(packages)/relationships\">\(lines.joined())</Relationships>"
    }

    private static func workbook(_ sheets: [Sheet]) -> String {
        let lines = sheets.enumerated().map { place, sheet in
            "<sheet name=\"\(WorkbookText.xml(sheet.name))\" sheetId=\"\(place + 1)\" r:id=\"rId\(place + 1)\"/>"
        }
        return "<workbook xmlns=\"\(main)\" xmlns:r=\"\(relations)\"><sheets>\(lines.joined())</sheets></workbook>"
    }

    /// 0 is what a workbook must have, 1 text (format 49, `@`) that wraps, 2 the same in bold for the head.
    private static let styles = """
        <styleSheet xmlns="\(main)"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>\
        <font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill \
        patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1">\
        <border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>\
        </cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
        \(textStyle(font: 0))\(textStyle(font: 1))</cellXfs>\
        <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
        """

    private static func textStyle(font: Int) -> String {
        """
        <xf numFmtId="49" fontId="\(font)" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" \
        applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
        """
    }

    /// LIMIT: digits of a number; more than 15 no spreadsheet keeps.
    private static let digitsMax = 15

    /// `-12.5`: digits, at most one point among them, at most one sign before them.
    private static func isNumber(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        return (1...2).contains(parts.count) && digits.utf8.count <= digitsMax
            && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
    }

    /// The part of a table, some rows at a time.
    private static func pieces(of sheet: Sheet) -> some Sequence<[UInt8]> {
        let columns = sheet.widths.enumerated().map { place, width in
            "<col min=\"\(place + 1)\" max=\"\(place + 1)\" width=\"\(width)\" style=\"1\" customWidth=\"1\"/>"
        }
        let begin = """
            \(head)<worksheet xmlns="\(main)"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" \
            topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>\
            <cols>\(columns.joined())</cols><sheetData>
            """
        let bodies = stride(from: 0, to: sheet.rows.count, by: pieceRows).lazy.map { first in
            var xml = ""
            for line in first..<min(first + pieceRows, sheet.rows.count) {
                xml += "<row r=\"\(line + 1)\">"
                for (column, text) in sheet.rows[line].enumerated() {
                    if line > 0, sheet.numbers.contains(column), isNumber(text) {
                        xml += "<c r=\"\(CellName.text(column, line + 1))\" s=\"0\"><v>\(text)</v></c>"
                        continue
                    }
                    xml += "<c r=\"\(CellName.text(column, line + 1))\" s=\"\(line == 0 ? 2 : 1)\" t=\"inlineStr\">"
                    xml += "<is><t xml:space=\"preserve\">\(WorkbookText.xml(text))</t></is></c>"
                }
                xml += "</row>"
            }
            return Array(xml.utf8)
        }
        let ends = CollectionOfOne(Array("</sheetData></worksheet>".utf8))
        return [AnySequence(CollectionOfOne(Array(begin.utf8))), AnySequence(bodies), AnySequence(ends)].lazy.joined()
    }
}

/// `E5`: the letters of a column and the number of a row.
enum CellName {
    /// The name of a cell, its column counted from 0.
    static func text(_ column: Int, _ line: Int) -> String {
        var (letters, rest) = ("", column + 1)
        while rest > 0 {
            letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
            rest = (rest - 1) / 26
        }
        return "\(letters)\(line)"
    }

    /// The column of a name, from 0; nil for what is no name of a cell.
    static func column(_ name: String) -> Int? {
        let letters = name.utf8.prefix { (65...90).contains($0) }
        guard (1...3).contains(letters.count), letters.count < name.utf8.count else { return nil }
        return letters.reduce(0) { $0 * 26 + Int($1) - 64 } - 1
    }
}
