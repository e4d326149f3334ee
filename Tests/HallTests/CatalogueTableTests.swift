import Catalogue
import Hall
import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

/// The catalogue as files: out of one house and into another, and back into the same one.
@Suite struct CatalogueTableTests {
    private static func seeded(_ store: any Store, items: Int = 25) async throws -> Hall {
        let hall = try HallStory(store: store).hall
        let catalogue = try DemonstrationCatalogue.shipped()
        let stamp = hall.stamp(of: .platform)
        let ids = catalogue.sheets.map { _ in hall.ids.next() }
        try await store.write { tx in
            for (sheet, id) in zip(catalogue.sheets, ids) {
                try SheetTable.add(sheet, as: id, state: .published, by: nil, now: stamp.now, in: tx)
            }
        }
        let rows = try DemonstrationCatalogue.realList().rows.prefix(items)
        let records =
            [["item_name", "department", "item_type_code", "local_catalog_code", "main_item"]]
            + rows.map { [$0.localName, $0.department, $0.type.rawValue, $0.localCode, $0.mainItem] }
        _ = try await hall.importItems(try ServiceItemList(csv: CSVText.bytes(of: records)), catalogue.composer)
        return hall
    }

    /// What was taken out of a house.
    private struct Taken {
        let sheets: [ItemSheet]
        let bytes: [UInt8]
        let codes: [CodeAllotment.Entry]
    }

    private static func batch(_ bytes: [UInt8], _ format: TableFile.Format) throws -> SheetBatch {
        guard case .sheets(let batch) = try TableFile.read(bytes, as: format, try .shipped()) else {
            throw TableRefusal.columnMissing("路径")
        }
        return batch
    }

    /// A table of some rows.
    private static func rows(_ rows: [String]...) throws -> SheetBatch {
        try batch(CSVText.bytes(of: [["item", "path", "value"]] + rows), .csv)
    }

    @Test(arguments: StoreUnderTest.all, TableFile.Format.allCases)
    func `a catalogue goes from one house into an empty one without loss, codes included`(
        _ place: StoreUnderTest, _ format: TableFile.Format
    ) async throws {
        let composer = try GuideComposer.shipped()
        let taken = Mutex<Taken?>(nil)
        try await place.use(HallStory.migrations) { store in
            let hall = try await Self.seeded(store)
            let sheets = try await hall.exportSheets()
            let bytes = try TableFile.bytes(of: sheets, as: format, composer.tables)
            #expect(try TableFile.bytes(of: sheets, as: format, composer.tables) == bytes)
            // Into the same house it changes nothing, and no sheet loses its publication.
            let again = try await hall.importSheets(try Self.batch(bytes, format), composer)
            #expect(again.same == 39 && again.changed == 0 && again.added == 0 && again.refused == [])
            #expect(try await hall.sheets(.published).count == 14)
            let codes = try await store.read { try SheetTable.codes(in: $0) }
            taken.withLock { $0 = Taken(sheets: sheets, bytes: bytes, codes: codes) }
        }
        let before = try #require(taken.withLock { $0 })
        try await place.use(HallStory.migrations) { store in
            let hall = try HallStory(store: store).hall
            let done = try await hall.importSheets(try Self.batch(before.bytes, format), composer)
            #expect(done.added == 39 && done.refused == [])
            #expect(try await hall.exportSheets() == before.sheets)
            // The list's codes are known again, and four of its items are guides that ship: none gets a second code.
            let codes = Set(try await store.read { try SheetTable.codes(in: $0) })
            #expect(codes.isSuperset(of: before.codes))
            let next = try await hall.importItems(try DemonstrationCatalogue.realList(), composer)
            #expect(next.known == 29 && next.sheets == 1104)
            #expect(try await hall.lint(composer).errors > 0)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what a table does not name stays, an empty row takes an element out, and the sheet is a draft again`(
        _ place: StoreUnderTest
    ) async throws {
        let composer = try GuideComposer.shipped()
        try await place.use(HallStory.migrations) { store in
            let hall = try await Self.seeded(store, items: 2)
            let before = try await hall.sheet("special-working-hours")
            let batch = try Self.rows(
                ["special-working-hours", "resultName.zh", "新名称"], ["special-working-hours", "resultName.en", "New"],
                ["special-working-hours", "onSiteReason", ""], ["special-working-hours", "searchWords", "[]"])
            let done = try await hall.importSheets(batch, composer)
            #expect(done.changed == 1 && done.refused == [])
            let after = try await hall.sheet("special-working-hours")
            #expect(after.state == .draft && after.revision == before.revision + 1)
            var wanted = before.sheet
            wanted.values["resultName"] = .record(["zh": .text("新名称"), "en": .text("New")])
            wanted.values["onSiteReason"] = nil
            wanted.values["searchWords"] = .list([])
            #expect(after.sheet == wanted)
            let said = try await store.read { tx in try Journal.lastSequence(of: after.id, in: tx) }
            #expect(said == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an item with a row that is wrong is refused whole with every reason, and the others go in`(
        _ place: StoreUnderTest
    ) async throws {
        let composer = try GuideComposer.shipped()
        try await place.use(HallStory.migrations) { store in
            let hall = try await Self.seeded(store, items: 2)
            let batch = try Self.rows(
                ["labour-dispatch", "resultName.zh", "甲"], ["labour-dispatch", "colour", "red"],
                ["labour-dispatch", "isCharged", "perhaps"], ["road-freight", "resultName.zh", "乙"],
                ["typing-error", "resultName.zh", "丙"], ["new-one", "itemName.zh", "一个新事项"],
                ["new-one", "itemType", "20"], ["new-one", "department", "hrss"],
                ["new-two", "itemName.zh", "一个新事项"], ["new-two", "itemType", "20"], ["new-two", "department", "hrss"])
            let before = try await hall.sheet("labour-dispatch")
            let done = try await hall.importSheets(batch, composer)
            #expect(done.changed == 1 && done.added == 1 && done.refusedItems == 3)
            #expect(
                Set(done.refused.map { "\($0.line ?? 0) \($0.item) \($0.code)" }) == [
                    "3 labour-dispatch sheets.unknown-path", "4 labour-dispatch sheets.wrong-value",
                    "6 typing-error sheets.incomplete", "10 new-two sheets.sheet-exists",
                ])
            #expect(try await hall.sheet("labour-dispatch") == before)
            await #expect(throws: CatalogueRefusal.itemNotFound) { try await hall.exportSheets(["typing-error"]) }
            let new = try await hall.exportSheets(["new-one"])
            #expect(new[0].powers.map(\.catalogCode.code) == ["352014001000"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a code that another item has is refused, also one of this very file`(_ place: StoreUnderTest) async throws {
        let composer = try GuideComposer.shipped()
        try await place.use(HallStory.migrations) { store in
            let hall = try await Self.seeded(store, items: 2)
            let new = { (slug: String, name: String, code: String) in
                [
                    [slug, "itemName.zh", name], [slug, "itemType", "20"], [slug, "department", "hrss"],
                    [slug, "powers.0.levels.0", "3"], [slug, "powers.0.catalogCode", code],
                    [slug, "powers.0.catalogCodeSource", "demonstration"], [slug, "powers.0.powerSource", "1"],
                ]
            }
            // The second is the code of 灵活就业 that the house has under another name.
            let table =
                [["item", "path", "value"]] + new("one", "甲项", "352014500000")
                + new("two", "乙项", "352014914000") + new("three", "丙项", "352014500000")
            let done = try await hall.importSheets(try Self.batch(CSVText.bytes(of: table), .csv), composer)
            #expect(done.added == 1)
            #expect(done.refused.map(\.code) == ["sheets.code-taken", "sheets.code-taken"])
            #expect(done.refused.map(\.line) == [13, 20])
        }
    }

    @Test func `a list of items may come as a workbook, and a file of another kind is refused`() async throws {
        let tables = try CodeTables.shipped()
        let sheets = try DemonstrationCatalogue.shipped().sheets
        guard
            case .list(let list) = try TableFile.read(
                Array("item_name,department,item_type_code,local_catalog_code,main_item\n甲,区民政局,01,,\n".utf8),
                as: .csv, tables)
        else {
            Issue.record("a list is no table of sheets")
            return
        }
        #expect(list.rows.count == 1)
        for (file, format) in [("a.CSV", TableFile.Format.csv), ("b.yml", .yaml), ("c.xls", .xlsx), ("d.json", .json)] {
            #expect(try TableFile.Format(file: file) == format)
        }
        #expect(throws: TableRefusal.unknownFormat("doc")) { try TableFile.Format(file: "a.doc") }
        #expect(throws: TableRefusal.encoding) { try TableFile.read([0xC9, 0xF3, 0xC5, 0xFA], as: .csv, tables) }
        // A workbook of sheets is found by its head, whatever stands beside it.
        let bytes = try TableFile.bytes(of: Array(sheets.prefix(1)), as: .xlsx, tables)
        #expect(try Self.batch(bytes, .xlsx).drafts.map(\.slug) == [sheets[0].slug])
    }

    @Test(arguments: StoreUnderTest.all)
    func `nothing is kept of an import that fails on its way`(_ place: StoreUnderTest) async throws {
        let composer = try GuideComposer.shipped()
        let faults = FaultSwitch()
        let batch = try Self.batch(
            try SheetFile.json(try DemonstrationCatalogue.shipped().sheets), .json)
        try await place.use(HallStory.migrations, faults: faults.plan) { store in
            let hall = try HallStory(store: store).hall
            var attempts = 0
            while true {
                faults.arm(at: attempts + 1)
                do {
                    let done = try await hall.importSheets(batch, composer)
                    faults.disarm()
                    #expect(done.added + done.same == 14)
                    break
                } catch {
                    faults.disarm()
                    let kept = try await hall.exportSheets().count
                    #expect(kept == 0 || kept == 14)
                }
                attempts += 1
            }
            #expect(attempts > 0)
            #expect(try await hall.exportSheets().count == 14)
        }
    }
}
