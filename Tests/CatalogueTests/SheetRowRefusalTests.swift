import Testing
import Vocabulary

@testable import Catalogue

/// What a table or a file says wrongly is refused by row, with its line and its reason, and with it the item.
@Suite struct SheetRowRefusalTests {
    private static let head = ["事项", "路径", "内容"]

    private static func read(_ rows: [[String]]) throws -> SheetBatch {
        let records = ([head] + rows).enumerated().map { CSVText.Record(line: $0 + 1, fields: $1) }
        return try SheetRows.read(records, isGuarded: false, try SheetRowsTests.tables.get())
    }

    /// The only row that is refused.
    private static func refused(_ rows: [String]...) throws -> RefusedRow {
        let refused = try read(rows).refused
        #expect(refused.count == 1)
        return try #require(refused.first)
    }

    /// What becomes of the shipped sheets with a change in one of them, in an empty house.
    private static func intake(
        _ slug: String, in house: [KeptSheet] = [], entries: [CodeAllotment.Entry] = [],
        owners: [String: String] = [:], code: String? = nil, _ change: (inout ItemSheet) -> Void = { _ in }
    ) throws -> [RefusedRow] {
        var sheet = try #require(try Demonstration.catalogue().sheets.first { $0.slug == slug })
        change(&sheet)
        let composer = try Demonstration.catalogue().composer
        let text = String(decoding: try SheetFile.json([sheet]), as: UTF8.self)
        let own = sheet.powers[0].catalogCode.code
        let changed = text.replacing("\"\(own)\"", with: "\"\(code ?? own)\"")
        let batch = try SheetFile.read(json: Array(changed.utf8), composer.tables)
        guard let draft = batch.drafts.first else { return batch.refused }
        var intake = SheetIntake(entries, owners: owners, batch, composer)
        guard case .refuse(let rows) = try intake.decide(draft, house.first) else { return [] }
        return rows
    }

    private static func refusal(
        _ slug: String = "special-working-hours", entries: [CodeAllotment.Entry] = [], owners: [String: String] = [:],
        in house: [KeptSheet] = [], code: String? = nil, _ change: (inout ItemSheet) -> Void = { _ in }
    ) throws -> RefusedRow {
        let rows = try intake(slug, in: house, entries: entries, owners: owners, code: code, change)
        return try #require(rows.first)
    }

    @Test func `rows are refused one by one, and the item that they belong to with them`() throws {
        let batch = try Self.read([
            ["one", "isCharged", "maybe"], ["one", "colour", "red"], ["two", "isCharged", "是"], ["three", "isCharged"],
            ["two", "resultName.zh", "甲"],
        ])
        #expect(batch.drafts.map(\.slug) == ["two"])
        #expect(batch.drafts[0].parts["isCharged"] == .flag(true))
        #expect(batch.refused.map(\.line) == [5, 3, 2])
        #expect(batch.refused.map(\.item) == ["three", "one", "one"])
    }

    @Test func `each row that is wrong has its own code and its line`() throws {
        let narrow = try Self.refused(["one", "isCharged"])
        #expect(narrow.code == "sheets.columns")
        let nameless = try Self.refused(["Not A Name", "isCharged", "true"])
        #expect(nameless.code == "sheets.item-name")
        #expect(try Self.refused(["", "isCharged", "true"]).code == "sheets.item-name")
        let stray = try Self.refused(["one", "colour", "red"])
        #expect(stray.code == "sheets.unknown-path")
        #expect(try Self.refused(["one", "isCharged.zh", "true"]).code == "sheets.unknown-path")
        #expect(try Self.refused(["one", "materials.first.id", "a"]).code == "sheets.unknown-path")
        #expect(try Self.refused(["one", "materials..id", "a"]).code == "sheets.unknown-path")
        let twice = try Self.refused(["one", "isCharged", "true"], ["one", "isCharged", "true"])
        #expect(twice.code == "sheets.twice")
        #expect(twice.line == 3)
        let gap = try Self.refused(["one", "searchWords.0", "甲"], ["one", "searchWords.2", "乙"])
        #expect(gap.code == "sheets.index-gap")
        #expect(gap.line == 3 && gap.path == "searchWords.2")
        let wrong = try Self.refused(["one", "isCharged", "perhaps"])
        #expect(wrong.code == "sheets.wrong-value")
        #expect(try Self.refused(["one", "onSiteVisits.headline", "1.5"]).code == "sheets.wrong-value")
        #expect(try Self.refused(["one", "materials", "甲"]).code == "sheets.wrong-value")
        let long = String(repeating: "甲", count: 501)
        #expect(try Self.refused(["one", "statutoryLimitNote.zh", long]).code == "sheets.wrong-value")
        #expect(try Self.refused(["one", "itemType", "77"]).code == "sheets.unknown-code")
        #expect(try Self.refused(["one", "reviewMode", "later"]).code == "sheets.unknown-code")
        let code = try Self.refused(["one", "serviceObjects.0", "1"], ["one", "serviceObjects.1", "77"])
        #expect(code.code == "sheets.unknown-code")
        #expect(code.reason.zh.contains("77") && code.line == 3)
    }

    @Test func `what is no such table is refused whole`() throws {
        let tables = try SheetRowsTests.tables.get()
        let read = { (rows: [[String]]) in
            let records = rows.enumerated().map { CSVText.Record(line: $0 + 1, fields: $1) }
            _ = try SheetRows.read(records, isGuarded: false, tables)
        }
        #expect(throws: TableRefusal.columnMissing("内容")) { try read([["事项", "路径"], ["a", "b"]]) }
        #expect(throws: TableRefusal.empty) { try read([Self.head]) }
        #expect(throws: TableRefusal.empty) { try read([]) }
        for name in ["item", "Item ", "事项"] {
            #expect(SheetRows.isHead([name, "path", "value"]))
        }
        #expect(!SheetRows.isHead(["item_name", "department"]))
    }

    @Test func `JSON and YAML that are none, that refer to themselves or are in GB18030 are refused whole`() throws {
        let tables = try SheetRowsTests.tables.get()
        let json = { (text: String) in _ = try SheetFile.read(json: Array(text.utf8), tables) }
        let yaml = { (text: String) in _ = try SheetFile.read(yaml: Array(text.utf8), tables) }
        #expect(throws: TableRefusal.malformed("JSON")) { try json("{\"sheets\":[") }
        #expect(throws: TableRefusal.malformed("JSON")) { try json("{\"sheets\":[1.5]}") }
        #expect(throws: TableRefusal.columnMissing("sheets")) { try json("{}") }
        #expect(throws: TableRefusal.empty) { try json("{\"sheets\":[]}") }
        #expect(throws: TableRefusal.malformed("JSON")) {
            try json(String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000))
        }
        #expect(throws: TableRefusal.malformed("YAML")) { try yaml("sheets: [") }
        #expect(throws: TableRefusal.malformed("YAML")) { try yaml("sheets: [1]\nsheets: [2]") }
        #expect(throws: TableRefusal.malformed("YAML")) { try yaml(String(repeating: "[", count: 100_000)) }
        #expect(throws: TableRefusal.malformed("YAML 1")) { try yaml("sheets: [!!python/object \"x\"]") }
        #expect(throws: TableRefusal.malformed("YAML 1")) { try yaml("sheets: [!own {a: 1}]") }
        #expect(throws: TableRefusal.anchors) { try yaml("a: &a [1]\nsheets: [*a]") }
        #expect(throws: TableRefusal.anchors) {
            let laughs = (1...30).map { "l\($0): &l\($0) [*l\($0 - 1),*l\($0 - 1),*l\($0 - 1)]\n" }.joined()
            try yaml("l0: &l0 [ha]\n" + laughs + "sheets: [*l30]")
        }
        #expect(throws: TableRefusal.encoding) {
            try SheetFile.read(yaml: [0xC9, 0xF3, 0xC5, 0xFA], tables)
        }
        #expect(throws: TableRefusal.encoding) { try SheetFile.read(json: [0xC9, 0xF3], tables) }
        #expect(throws: TableRefusal.tooLarge) {
            try SheetFile.read(yaml: Array(repeating: 0x61, count: YAMLText.bytesMax + 1), tables)
        }
        // Words and numbers that YAML once read otherwise are what they look like.
        let odd = try SheetFile.read(
            yaml: Array("sheets: [{slug: one, values: {itemType: 01, handlingItem: {serial: no}}}]".utf8), tables)
        #expect(odd.refused.map(\.path) == ["sheets.0.handlingItem.name"])
    }

    @Test func `a sheet of a file is refused with its place`() throws {
        let tables = try SheetRowsTests.tables.get()
        let text = """
            {"sheets":[{"slug":"one","department":"hrss","values":{"isCharged":"no"},"powers":[],"own":{}},
            {"slug":"two","department":"hrss","values":{},"powers":[],"own":{},"colour":1},
            {"slug":"two","department":"hrss","values":{},"powers":[],"own":{}},7,
            {"slug":"three","department":"hrss","values":{"powers":[]},"powers":[],"own":{}},
            {"slug":"four","department":"hrss","values":{"itemName":{"zh":"甲"}},"powers":[],"own":{}}]}
            """
        let batch = try SheetFile.read(json: Array(text.utf8), tables)
        #expect(batch.drafts.map(\.slug) == ["four"])
        #expect(
            Set(batch.refused.map { "\($0.path) \($0.code)" }) == [
                "sheets.0.isCharged sheets.wrong-value", "sheets.1.colour sheets.unknown-path",
                "sheets.2 sheets.twice", "sheets.3 sheets.item-name", "sheets.4.values.powers sheets.unknown-path",
            ])
    }

    @Test func `what a sheet refers to must be there, as soon as the list is that it refers into`() throws {
        #expect(try Self.intake("special-working-hours") { _ in }.isEmpty)
        let basis = try Self.refusal { $0.values["statutoryLimit"] = $0.values["statutoryLimit"]?.with("basis", "b99") }
        #expect(basis.code == "sheets.unknown-basis")
        #expect(basis.path == "sheets.0.statutoryLimit.basis")
        let later = try Self.intake("special-working-hours") {
            $0.values["statutoryLimit"] = $0.values["statutoryLimit"]?.with("basis", "b99")
            $0.values["legalBases"] = nil
        }
        #expect(later.isEmpty, "a draft whose bases are not filled in yet is lint's")
        let situation = try Self.refusal("teacher-qualification") { $0.values["situations"] = .list([]) }
        #expect(situation.code == "sheets.unknown-situation")
        let type = try Self.refusal { $0.values["certificateTypeCode"] = .text("11350100MADEM002X0999") }
        #expect(type.code == "sheets.unknown-certificate-type")
        let body = try Self.refusal { $0.own["91350100MADEM0054D"] = OwnParticulars() }
        #expect(body.code == "sheets.unknown-body")
        let article = try Self.refusal { sheet in
            sheet.values["legalBases"] = .list(
                (sheet.values["legalBases"]?.list ?? []).map { $0.with("article", nil).with("checked", .flag(true)) })
        }
        #expect(article.code == "sheets.basis-without-article")
        #expect(article.path == "sheets.0.legalBases.0")
    }

    @Test func `a new item has a name, a type and a department that is one`() throws {
        let incomplete = try Self.refusal { $0.values["itemName"] = nil }
        #expect(incomplete.code == "sheets.incomplete")
        let department = try Self.refusal { $0.department = "space" }
        #expect(department.code == "sheets.unknown-department")
    }

    @Test func `a code of a file stays when it is one, fits and is free`() throws {
        let malformed = try Self.refusal(code: "350118001")
        #expect(malformed.code == "sheets.code-malformed")
        let header = try Self.refusal(code: "35011800100Y")
        #expect(header.code == "sheets.code-malformed")
        let type = try Self.refusal(code: "000214111004")
        #expect(type.code == "sheets.code-misfit")
        let department = try Self.refusal(code: "350118001000")
        #expect(department.code == "sheets.code-misfit")
        let taken = try Self.refusal(owners: ["000114111004": "another"]) { _ in }
        #expect(taken.code == "sheets.code-taken")
        let code = try #require(CatalogCode("350114001000"))
        let entry = CodeAllotment.Entry(code: code, type: .licence, number: "14", name: "乙项", mainItem: "")
        let given = try Self.refusal(entries: [entry], code: "350114001000")
        #expect(given.code == "sheets.code-taken")
        #expect(given.path == "sheets.0.powers.0.catalogCode")
    }

    @Test func `there is one sheet an item, and none while somebody reviews it`() throws {
        let sheet = try #require(try Demonstration.catalogue().sheets.first { $0.slug == "special-working-hours" })
        let code = try #require(CatalogCode("350114001000"))
        let entry = CodeAllotment.Entry(
            code: code, type: .licence, number: "14", name: sheet.name.zh, mainItem: "")
        let exists = try Self.refusal(entries: [entry], owners: [code.code: "another"]) { _ in }
        #expect(exists.code == "sheets.sheet-exists")
        for state in [SheetState.submitted, .approved] {
            let kept = KeptSheet(
                sheet: sheet, state: state, revision: 1, editor: nil, id: Subject(high: 1, low: 1))
            let waiting = try Self.refusal(in: [kept]) { _ in }
            #expect(waiting.code == "sheets.not-in-this-state")
        }
    }

    @Test func `main items that lead back to themselves are refused in sheets and in lists`() throws {
        let cyclic = try Self.refusal(
            entries: [
                .init(
                    code: try #require(CatalogCode("350114001001")), type: .licence, number: "14", name: "乙项",
                    mainItem: "特殊工时")
            ]
        ) {
            $0.values["itemName"] = .record(["zh": .text("特殊工时"), "en": .text("")])
            $0.local = LocalItem(code: "", name: "", department: "", mainItem: "乙项")
        }
        #expect(cyclic.code == "sheets.cycle")
        let head = "item_name,department,item_type_code,local_catalog_code,main_item\n"
        let rows = "甲,区民政局,01,,乙\n乙,区民政局,01,,丙\n丙,区民政局,01,,甲\n丁,区民政局,01,,甲\n戊,区民政局,01,,戊\n甲,区民政局,20,,\n"
        let list = try ServiceItemList(csv: Array((head + rows).utf8))
        #expect(list.rows.map(\.line) == [5, 6, 7])
        #expect(list.refused.map(\.code) == ["list.cycle", "list.cycle", "list.cycle"])
        #expect(list.refused.map(\.line) == [2, 3, 4])
    }
}

extension JSONValue {
    fileprivate func with(_ key: String, _ text: String) -> JSONValue { with(key, .text(text)) }

    fileprivate func with(_ key: String, _ value: JSONValue?) -> JSONValue {
        guard case .record(var members) = self else { return self }
        members[key] = value
        return .record(members)
    }
}
