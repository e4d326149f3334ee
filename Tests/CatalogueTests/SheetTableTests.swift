import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Catalogue

@Suite struct SheetTableTests {
    @Test func `the guides that ship are sheets that lack nothing and say the same again`() throws {
        let composer = try GuideComposer.shipped()
        let sheets = try DemonstrationCatalogue.shipped().sheets
        #expect(sheets.count == 14)
        var guides: [Guide] = []
        for sheet in sheets {
            #expect(sheet.missing.isEmpty, "\(sheet.slug)")
            guides += try composer.checkedGuides(of: sheet)
            for guide in guides.suffix(1) { #expect(composer.defects(in: guide).isEmpty, "\(sheet.slug)") }
        }
        let shipped = try Demonstration.catalogue().guides
        #expect(guides.count >= shipped.count)
        #expect(Set(shipped).isSubset(of: guides))
    }

    @Test(arguments: StoreUnderTest.all)
    func `a sheet is kept once, and of two who change it the second is told`(_ place: StoreUnderTest) async throws {
        let sheet = try #require(try DemonstrationCatalogue.shipped().sheets.first)
        let editor = StaffID(Subject(high: 2, low: 1))
        let id = Subject(high: 7, low: 1)
        let now = Demonstration.stamp.now
        try await place.use(ItemTable.migrations) { store in
            try await store.write { tx throws in
                try SheetTable.add(sheet, as: id, by: nil, now: now, in: tx)
                #expect(throws: CatalogueRefusal.sheetExists(sheet.slug)) {
                    try SheetTable.add(sheet, as: id, by: editor, now: now, in: tx)
                }
                let kept = try #require(try SheetTable.sheet(sheet.slug, in: tx))
                #expect(kept.sheet == sheet && kept.revision == 1 && kept.editor == nil && kept.state == .draft)
                var changed = sheet
                changed.values["promisedLimit"] = nil
                try SheetTable.replace(kept, with: changed, state: .draft, by: editor, now: now, in: tx)
                #expect(throws: CatalogueRefusal.sheetChanged) {
                    try SheetTable.replace(kept, with: sheet, state: .draft, by: nil, now: now, in: tx)
                }
                let line = try #require(try SheetTable.lines(in: tx).first)
                #expect(line.missing == 1 && line.slug == sheet.slug)
                #expect(try SheetTable.sheet(sheet.slug, in: tx)?.editor == editor)
                #expect(try SheetTable.lines(.published, in: tx).isEmpty)
            }
        }
    }

    @Test func `a sheet that lacks something composes nothing and says what`() throws {
        var sheet = try #require(try DemonstrationCatalogue.shipped().sheets.first)
        sheet.values["statutoryLimit"] = nil
        #expect(sheet.missing.map(\.id) == ["E25"])
        #expect(throws: CatalogueRefusal.unreadable(file: sheet.slug, place: "statutoryLimit is missing")) {
            try GuideComposer.shipped().guides(of: sheet)
        }
    }

    @Test func `a body may set its own promise, telephone and window, and nothing that the city governs`() throws {
        var sheet = try #require(
            try DemonstrationCatalogue.shipped().sheets.first { $0.slug == "special-working-hours" })
        let composer = try GuideComposer.shipped()
        let body = try #require(
            composer.directory.bodies.first { $0.department == "hrss" && $0.region.code == "350111" })
        var own = OwnParticulars()
        own.promisedLimit = 2
        own.consultationPhone = "0591-02990099"
        own.hours = Bilingual("周一至周六", "Monday to Saturday")
        sheet.own[body.code.code] = own
        let guides = try composer.checkedGuides(of: sheet)
        for guide in guides {
            let isItsOwn = guide.body.code == body.code
            #expect((guide.promisedLimit.value == 2) == isItsOwn)
            #expect((guide.consultationPhone == "0591-02990099") == isItsOwn)
            #expect((guide.handlingLocations[0].hours.zh == "周一至周六") == isItsOwn)
            #expect(guide.itemName == guides[0].itemName)
        }
        own.promisedLimit = 400
        sheet.own[body.code.code] = own
        #expect(throws: CatalogueRefusal.self) { try composer.checkedGuides(of: sheet) }
    }
}
