import Testing

@testable import Documents

@Suite struct WorkbookTests {
    private static let rows = [
        ["事项", "内容"], ["a", "01"], ["b", "=1+1"], ["c", " 前后 "], ["d", "a\r\nb\rc\nd\te"], ["e", "_x0041_ _x000D_"],
        ["f", ""], ["g", "<&>\"'\u{1}\u{FFFE}𠮷"], ["h", String(repeating: "长", count: 32_767)],
    ]

    private static func workbook(_ rows: [[String]] = rows) throws -> [UInt8] {
        try WorkbookWriter.bytes(of: [
            .init("事项", widths: [10, 20], rows: rows), .init("说明 & 更多", widths: [80], rows: [["说明"]]),
        ])
    }

    @Test func `a workbook is read as it was written, and equal tables are equal bytes`() throws {
        let bytes = try Self.workbook()
        #expect(try Self.workbook() == bytes)
        let workbook = try WorkbookReader(bytes)
        #expect(workbook.sheets == ["事项", "说明 & 更多"])
        let read = try workbook.rows(of: "事项")
        #expect(read.map(\.line) == Array(1...9))
        #expect(read.map { $0.cells + Array(repeating: "", count: 2 - $0.cells.count) } == Self.rows)
        #expect(read.allSatisfy { $0.refusal == nil })
        #expect(try workbook.rows(of: "说明 & 更多").map(\.cells) == [["说明"]])
        #expect(try workbook.rows(of: "事项", headOnly: true).map(\.cells) == [["事项", "内容"]])
    }

    @Test func `cells are named as spreadsheets name them`() {
        for (column, name) in [(0, "A1"), (25, "Z1"), (26, "AA1"), (701, "ZZ1"), (702, "AAA1")] {
            #expect(CellName.text(column, 1) == name)
            #expect(CellName.column(name) == column)
        }
        for name in ["", "1", "A", "AAAA1", "a1"] { #expect(CellName.column(name) == nil) }
    }

    @Test func `what no spreadsheet holds is not written`() throws {
        let long = String(repeating: "a", count: 32_768)
        #expect(throws: WorkbookRefusal.cellTooLarge("B1")) { try Self.workbook([["x", long]]) }
        let many = Array(repeating: [String](), count: WorkbookWriter.rowsMax + 1)
        #expect(throws: WorkbookRefusal.tooManyCells) { try Self.workbook(many) }
    }

    /// A workbook as others make them: absolute targets, a prefix, shared strings, a style of days.
    private static func foreign(
        _ rows: String, after: String = "", shared: String = "<si><t>甲</t></si>", workbook: String = "",
        types: String = "", extra: [(String, String)] = []
    ) -> [UInt8] {
        let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let parts: [(String, String)] =
            [
                ("[Content_Types].xml", "<Types>\(types)</Types>"),
                (
                    "_rels/.rels",
                    "<Relationships><Relationship Id=\"a\" Type=\"\(relations)/officeDocument\" Target=\"/xl/w.xml\"/>"
                        + "</Relationships>"
                ),
                (
                    "xl/w.xml",
                    "<x:workbook xmlns:r=\"\(relations)\">\(workbook)<x:sheets><x:sheet name=\"T\" r:id=\"b\"/></x:sheets>"
                        + "</x:workbook>"
                ),
                (
                    "xl/_rels/w.xml.rels",
                    "<Relationships><Relationship Id=\"b\" Type=\"\(relations)/worksheet\" Target=\"/xl/s.xml\"/>"
                        + "<Relationship Id=\"c\" Type=\"\(relations)/sharedStrings\" Target=\"strings.xml\"/>"
                        + "<Relationship Id=\"d\" Type=\"\(relations)/styles\" Target=\"styles.xml\"/></Relationships>"
                ),
                ("xl/strings.xml", "<sst>\(shared)</sst>"),
                (
                    "xl/styles.xml",
                    "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy&quot;年&quot;\"/><numFmt "
                        + "numFmtId=\"171\" formatCode=\"0.0&quot;d&quot;[Red]\"/></numFmts><cellStyleXfs><xf "
                        + "numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
                        + "<xf numFmtId=\"170\"/><xf numFmtId=\"171\"/></cellXfs></styleSheet>"
                ),
                ("xl/s.xml", "<x:worksheet><x:sheetData>\(rows)</x:sheetData>\(after)</x:worksheet>"),
            ] + extra
        return ZipWriter.bytes(of: parts.map { (name: $0.0, pieces: [Array($0.1.utf8)] as any Sequence<[UInt8]>) })
    }

    private static func read(_ bytes: [UInt8]) throws -> [WorkbookReader.Row] {
        try WorkbookReader(bytes).rows(of: "T")
    }

    @Test func `strings, runs, numbers, truth values and days are read as they are shown`() throws {
        let rows = """
            <x:row r="2"><x:c r="A2" t="s"><x:v>0</x:v></x:c><x:c r="C2" t="s"><x:v>1</x:v></x:c></x:row>
            <row><c><v>12</v></c><c><v>-0.5</v></c><c t="b"><v>1</v></c><c t="str"><v>x_x0041_</v></c></row>
            <row><c s="1"><v>46350</v></c><c s="2"><v>46350</v></c><c s="3"><v>46350</v></c>
            <c t="inlineStr"><is><r><t>甲</t></r><rPh><t>jia</t></rPh><r><t xml:space="preserve"> 乙</t></r></is></c></row>
            <row r="9"/><row r="10"><c r="B10" s="1"/></row>
            <row r="11"><c t="d"><v>2026-11-24T00:00:00</v></c></row>
            """
        let shared = "<si><t>甲</t></si><si><r><t>乙</t></r><r><t>丙</t></r></si>"
        let read = try Self.read(Self.foreign(rows, shared: shared))
        #expect(
            read.map(\.cells) == [
                ["甲", "", "乙丙"], ["12", "-0.5", "true", "xA"], ["2026-11-24", "2026-11-24", "46350", "甲 乙"],
                ["2026-11-24"],
            ])
        #expect(read.map(\.line) == [2, 3, 4, 11])
        let macintosh = try Self.read(
            Self.foreign("<row><c s=\"1\"><v>44888</v></c></row>", workbook: "<workbookPr date1904=\"1\"/>"))
        #expect(macintosh[0].cells == ["2026-11-24"])
    }

    @Test func `a row with a cell that says nothing certain is refused alone`() throws {
        let rows = """
            <row><c t="e"><v>#REF!</v></c></row><row><c><v>3.50102E17</v></c></row><row><c s="1"><v>46350.5</v></c></row>
            <row><c><v>350102188501010019</v></c></row><row><c s="1"><v>59</v></c></row><row><c><v>1</v></c></row>
            """
        #expect(
            try Self.read(Self.foreign(rows)).map(\.refusal) == [
                .cellError("A1"), .cellNumber("A2"), .cellTime("A3"), .cellNumber("A4"), .cellTime("A5"), nil,
            ])
        let codes = try Self.read(Self.foreign(rows)).compactMap(\.refusal)
        let code = codes[0].code
        #expect(code == "workbook.cell-error")
        #expect(codes[1].code == "workbook.cell-number")
        #expect(codes[2].code == "workbook.cell-time")
    }

    @Test func `merged cells, formulas and what is too large are refused, each by name`() throws {
        let row = "<row><c r=\"E1\"><v>1</v></c></row>"
        #expect(throws: WorkbookRefusal.mergedCells("A1:B2")) {
            try Self.read(Self.foreign(row, after: "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>"))
        }
        for formula in ["<f>1+1</f>", "<f t=\"array\" ref=\"E1\">SUM(A1)</f>", "<f t=\"shared\" si=\"0\"/>"] {
            #expect(throws: WorkbookRefusal.formula("E1")) {
                try Self.read(Self.foreign("<row><c r=\"E1\">\(formula)<v>2</v></c></row>"))
            }
        }
        let long = Self.noise(10 << 20)
        #expect(throws: WorkbookRefusal.cellTooLarge("B1")) {
            try Self.read(
                Self.foreign("<row><c/><c t=\"inlineStr\"><is><t>\(long)</t></is></c></row>"))
        }
        #expect(throws: WorkbookRefusal.cellTooLarge("A1")) {
            let shared = "<si><t>\(long)</t></si>"
            return try Self.read(Self.foreign("<row><c t=\"s\"><v>0</v></c></row>", shared: shared))
        }
        #expect(throws: WorkbookRefusal.tooManyCells) {
            try Self.read(Self.foreign("<row><c r=\"XFD1\"><v>1</v></c></row>"))
        }
        #expect(throws: WorkbookRefusal.tooManyCells) { try Self.read(Self.foreign("<row r=\"1048577\"/>")) }
        #expect(throws: WorkbookRefusal.tooManyCells) { try Self.read(Self.foreign("<row r=\"2\"/><row r=\"2\"/>")) }
    }

    @Test func `what is no workbook, has a password, macros, entities or a hole is refused, each by name`() throws {
        #expect(throws: WorkbookRefusal.encrypted) {
            try WorkbookReader([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 504))
        }
        let other = ZipWriter.bytes(of: [("a.txt", pieces: [[1]] as any Sequence<[UInt8]>)])
        #expect(throws: WorkbookRefusal.notAWorkbook) { try WorkbookReader(other) }
        #expect(throws: WorkbookRefusal.macros) {
            try Self.read(Self.foreign("", types: "<Override ContentType=\"a.macroEnabled.main+xml\"/>"))
        }
        #expect(throws: WorkbookRefusal.macros) {
            try Self.read(Self.foreign("", extra: [("xl/vbaProject.bin", "x")]))
        }
        let doctype = "<!DOCTYPE a [<!ENTITY b \"c\">]><a/>"
        #expect(throws: WorkbookRefusal.documentType(part: "xl/strings.xml")) {
            try Self.read(Self.foreign("", shared: doctype))
        }
        #expect(throws: WorkbookRefusal.damaged(part: "xl/s.xml")) { try Self.read(Self.foreign("<row>")) }
        let lost = try Self.read(Self.foreign("<row><c t=\"s\"><v>5</v></c></row>"))
        #expect(lost.map(\.refusal) == [.cellError("A1")])
    }

    /// Letters that do not pack so well that they would be taken for a bomb.
    private static func noise(_ count: Int) -> String {
        var state: UInt64 = 1
        let letters = (0..<count).map { _ -> UInt8 in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(97 + (state >> 33) % 26)
        }
        return String(decoding: letters, as: UTF8.self)
    }
}
