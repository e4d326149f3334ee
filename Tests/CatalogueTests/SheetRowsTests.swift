import Testing
import Vocabulary

@testable import Catalogue

/// Sheets as tables, as JSON and as YAML, and back.
@Suite struct SheetRowsTests {
    static let tables = Result { try CodeTables.shipped() }
    /// The 14 guides that ship, and a sheet with everything beside its values.
    static func shipped() throws -> [ItemSheet] {
        var sheets = try Demonstration.catalogue().sheets
        var own = OwnParticulars()
        own.promisedLimit = 2
        own.hours = Bilingual("周一至周六", "")
        let body = try #require(try Demonstration.catalogue().composer.directory.bodies.first)
        sheets[0].own[body.code.code] = own
        sheets[1].local = LocalItem(code: "511A", name: " =甲项（县级）\r\n", department: "区民政局", mainItem: "")
        return sheets
    }

    /// The 1,133 items of the real list as sheets.
    static func imported() throws -> [ItemSheet] {
        let list = CatalogueImport(try DemonstrationCatalogue.realList(), try Departments.shipped())
        var allotment = CodeAllotment()
        _ = try allotment.allot(list.items.map(\.entry))
        return list.items.compactMap { item in allotment.code(of: item).map(item.sheet) }
    }

    /// The sheets that a table says, on their own.
    static func sheets(_ batch: SheetBatch) throws -> [ItemSheet] {
        try batch.drafts.map { try ItemSheet(slug: $0.slug, record: $0.parts.filter { $0.value != .null }) }
    }

    private static func roundTrip(_ sheets: [ItemSheet]) throws {
        let tables = try tables.get()
        let rows = try SheetRows.rows(of: sheets, tables)
        let records = try CSVText(SheetRows.csv(of: rows)).records
        let batch = try SheetRows.read(records, isGuarded: true, tables)
        #expect(batch.refused == [])
        #expect(try Self.sheets(batch) == sheets)
        let plain = rows.enumerated().map { CSVText.Record(line: $0 + 1, fields: $1) }
        #expect(try Self.sheets(SheetRows.read(plain, isGuarded: false, tables)) == sheets)
    }

    @Test func `the fourteen guides and all that stands beside their values come back from a table as they were`()
        throws
    {
        let sheets = try Self.shipped()
        try Self.roundTrip(sheets)
        let rows = try SheetRows.rows(of: sheets, try Self.tables.get())
        #expect(rows.count > 14 * 200)
        #expect(rows.contains { $0[3].hasPrefix("form.sample.") })
        #expect(rows.contains { $0[3].hasPrefix("form.sampleSituation.") })
        #expect(rows.contains { $0[3] == "sources.legalBases" && $0[5] == "法律法规或者标准" })
        #expect(rows.contains { $0[3].hasPrefix("powers.0.situationChoices.kind.") })
    }

    @Test func `items of the real list come back from a table, as imported and completed`() throws {
        let (completion, imported) = (try Completion.shipped(), try Self.imported())
        #expect(imported.count == 1133)
        // Some of each type stand for all here; Tests/Processes/tables.py sends a few through real files.
        let some = ItemType.allCases.flatMap { type in
            imported.filter { $0.values["itemType"] == .text(type.rawValue) }.prefix(6)
        }
        #expect(some.count > 25)
        try Self.roundTrip(some)
        // What is null says the same as what is missing, and is not said again.
        try Self.roundTrip(some.map { completion.complete($0).withoutNulls })
    }

    @Test func `every key of a sheet stands once in the declared record, further elements among them`() throws {
        let keys = SheetField.record.map(\.key)
        #expect(Set(keys).count == keys.count)
        for field in SheetField.all { #expect(keys.contains(field.key)) }
        for sheet in try Self.shipped() {
            #expect(Set(try sheet.record().keys).isSubset(of: keys), "\(sheet.slug)")
        }
    }

    @Test(
        arguments: [
            "", " ", "01", "1e3", "=1+1", "'=1", "'", "''", "+86", "-1", "@x", "\ta", "\r\n", "a\r\nb\rc\n", "true",
            "2026-11-24", "[]", "{}", "null", "\"", ",", " 前后 ", "_x000D_", "_x0041_", "𠮷👩‍👩‍👧", "~", "yes", "0x1F",
            String(repeating: "长", count: 199),
        ]
    )
    func `no text is hurt by a table, by JSON or by YAML`(_ text: String) throws {
        var sheet = try #require(try Self.shipped().first)
        sheet.values["statutoryLimitNote"] = .record(["zh": .text("甲" + text), "en": .text(text)])
        sheet.local = LocalItem(code: "", name: text, department: text.count > 100 ? "" : text, mainItem: "")
        try Self.roundTrip([sheet])
        let tables = try Self.tables.get()
        #expect(try Self.sheets(SheetFile.read(json: SheetFile.json([sheet]), tables)) == [sheet])
        #expect(try Self.sheets(SheetFile.read(yaml: SheetFile.yaml([sheet]), tables)) == [sheet])
    }

    @Test func `JSON and YAML hold every sheet exactly, and the same sheets are the same bytes`() throws {
        let tables = try Self.tables.get()
        let sheets = try Self.shipped()
        let (json, yaml) = (try SheetFile.json(sheets), try SheetFile.yaml(sheets))
        #expect(try SheetFile.json(sheets) == json && SheetFile.yaml(sheets) == yaml)
        let batches = [try SheetFile.read(json: json, tables), try SheetFile.read(yaml: yaml, tables)]
        for batch in batches {
            #expect(batch.refused == [])
            #expect(try Self.sheets(batch) == sheets)
        }
        // What other readers of YAML would take for a number or a truth value is quoted.
        let text = String(decoding: yaml, as: UTF8.self)
        #expect(text.contains("itemType: \"01\""))
        #expect(text.contains("itemName:"))
    }

    @Test func `a field of CSV begins with nothing that a spreadsheet computes`() throws {
        let rows = try SheetRows.rows(of: try Self.shipped(), try Self.tables.get())
        for record in try CSVText(SheetRows.csv(of: rows)).records {
            for field in record.fields { #expect(!"=+-@\t\r\n".contains(field.first ?? "x"), "\(field)") }
        }
        for field in ["=1", "'=1", "''", "-", "x", "", "'x", "\r\nx"] {
            #expect(CSVText.bare(CSVText.guarded(field)) == field)
            #expect(CSVText.bare(field) == field || field.hasPrefix("'"))
        }
    }

    @Test func `what has no place in the declared shapes is not left out in silence`() throws {
        let tables = try Self.tables.get()
        var sheet = try #require(try Self.shipped().first)
        sheet.values["isCharged"] = .text("perhaps")
        #expect(throws: CatalogueRefusal.unreadable(file: sheet.slug, place: "isCharged")) {
            try SheetRows.rows(of: [sheet], tables)
        }
        sheet.values["isCharged"] = .flag(true)
        sheet.values["colour"] = .text("red")
        #expect(throws: CatalogueRefusal.unreadable(file: sheet.slug, place: "colour")) {
            try SheetRows.rows(of: [sheet], tables)
        }
    }
}

extension ItemSheet {
    fileprivate var withoutNulls: ItemSheet {
        var sheet = self
        sheet.values = values.compactMapValues(\.withoutNulls)
        return sheet
    }
}
