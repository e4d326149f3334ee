import Catalogue
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// The city's catalogue: lists come in, are completed, published and compared.
@Suite struct CatalogueEditingTests {
    /// The first items of the real list, some of them below main items.
    private static func list(_ count: Int) throws -> ServiceItemList {
        let lines = try DemonstrationCatalogue.realList().rows.prefix(count)
        let records =
            [["item_name", "department", "item_type_code", "local_catalog_code", "main_item"]]
            + lines.map { [$0.localName, $0.department, $0.type.rawValue, $0.localCode, $0.mainItem] }
        return try ServiceItemList(csv: CSVText.bytes(of: records))
    }

    @Test(arguments: StoreUnderTest.all)
    func `the 1,133 real items come in for the city and thirteen units, each with its code and what it lacks`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let hall = try HallStory(store: store).hall
            let composer = try GuideComposer.shipped()
            let list = try DemonstrationCatalogue.realList()
            let done = try await hall.importItems(list, composer)
            #expect(done.sheets == 1133 && done.known == 0 && done.refused.isEmpty)
            #expect(done.implementations == 1133 * 14)
            #expect(done.missing["E07"] == 1133 && done.missing["E01"] == nil && done.missing["E46"] == nil)
            let again = try await hall.importItems(list, composer)
            #expect(again.sheets == 0 && again.known == 1133 && again.codes == 0)
            let report = try await hall.lint(composer)
            #expect(report.guides == 0 && report.sheets == 1133)
            #expect(report.errors == done.missing.values.reduce(0, +))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an item that has a guide by another name in addresses is known, and gets no second code`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let hall = try HallStory(store: store).hall
            let catalogue = try DemonstrationCatalogue.shipped()
            let id = hall.ids.next()
            let sheet = try #require(catalogue.sheets.first { $0.slug == "road-freight" })
            try await store.write { tx in
                try SheetTable.add(sheet, as: id, state: .published, by: nil, now: hall.time.now(), in: tx)
            }
            let done = try await hall.importItems(try DemonstrationCatalogue.realList(), catalogue.composer)
            #expect(done.sheets == 1132 && done.known == 1 && done.refused.isEmpty)
            let names = try await store.read { tx in
                try SheetTable.lines(limit: 2000, in: tx).filter { $0.name == sheet.name.zh }
            }
            #expect(names.map(\.slug) == ["road-freight"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `completed sheets are published at every body, without an error and without a difference`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let hall = try HallStory(store: store).hall
            let composer = try GuideComposer.shipped()
            let done = try await hall.importItems(try Self.list(60), composer)
            #expect(try await hall.completeForDemonstration(try .shipped(), composer) == done.implementations)
            #expect(try await hall.completeForDemonstration(try .shipped(), composer) == 0)
            let report = try await hall.lint(composer)
            #expect(report.guides == done.implementations && report.sheets == 0 && report.errors == 0)
            #expect(report.codes == ["guide.no-english": done.implementations])
            let drift = try await hall.drift()
            #expect(drift.guides == done.implementations && drift.codes == 60 && drift.differences.isEmpty)
        }
    }

    @Test(arguments: StoreUnderTest.all, DriftReport.Governed.allCases)
    func `a difference that somebody planted in one county is found, with what it says and what the others say`(
        _ place: StoreUnderTest, _ governed: DriftReport.Governed
    ) async throws {
        let composer = try GuideComposer.shipped()
        let sheet = try #require(
            try DemonstrationCatalogue.shipped().sheets.first { $0.slug == "special-working-hours" })
        var planted = sheet
        switch governed {
        case .name: planted.values["itemName"] = .record(["zh": .text("另一名称"), "en": .text("Another name")])
        case .itemType: planted.values["itemType"] = .text("10")
        case .subItems:
            planted.values["handlingItem"] = .record([
                "serial": .text("01"), "name": .record(["zh": .text("另一子项"), "en": .text("Another")]),
            ])
        case .legalBases:
            planted.values["legalBases"] = .list(Array((sheet.values["legalBases"]?.list ?? []).dropLast()))
        }
        let guides = try composer.guides(of: sheet)
        let odd = try #require(try composer.guides(of: planted).first { $0.body.region.code == "350112" })
        try await place.use(HallStory.migrations) { store in
            let hall = try HallStory(store: store).hall
            let (day, stamp) = (
                hall.time.now().day, Stamp(now: hall.time.now(), actor: .platform, entropy: Entropy(hall.dice))
            )
            let ids = [hall.ids.next(), hall.ids.next()]
            try await store.write { tx in
                _ = try ItemTable.publish(guides, effective: day, id: ids[0], stamp: stamp, in: tx)
            }
            #expect(try await hall.drift().differences.isEmpty)
            try await store.write { tx in
                _ = try ItemTable.publish(odd, effective: day, id: ids[1], stamp: stamp, in: tx)
            }
            let differences = try await hall.drift().differences
            #expect(differences.map(\.governed) == [governed])
            #expect(differences.map(\.item) == [odd.itemCode])
            #expect(differences.first?.says != differences.first?.elsewhere)
        }
    }
}
