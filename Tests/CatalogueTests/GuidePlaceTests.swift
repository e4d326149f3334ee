import Testing

@testable import Catalogue

@Suite struct GuidePlaceTests {
    @Test func `every place of every guide that ships has a code that reads back, a name and a field that mends it`()
        throws
    {
        for guide in try Demonstration.catalogue().guides.prefix(40) {
            let tables = try Demonstration.catalogue().composer.tables
            let places =
                GuideElement.all.map { GuidePlace.element($0.id) }.filter { guide.has($0, tables: tables) }
                + guide.materials.flatMap { material in
                    GuidePlace.MaterialPart.allCases.map { GuidePlace.material(material.id, $0) }
                }
                + guide.form.fields.map { GuidePlace.field($0.id) }
            #expect(places.count > 46)
            for place in places {
                #expect(GuidePlace(place.code) == place)
                #expect(CorrectionCause(place.code) == .guide(place))
                #expect(guide.has(place, tables: tables))
                let label = guide.label(of: place)
                #expect(!label.zh.isEmpty && !label.en.isEmpty && !label.zh.hasSuffix("·"))
                if let key = place.sheetKey { #expect(SheetField.named(key) != nil, "\(key)") }
            }
        }
    }

    @Test func `what has not the form of a place is none, and what a guide lacks it has not`() throws {
        let guide = try Demonstration.guide("special-working-hours")
        let tables = try Demonstration.catalogue().composer.tables
        for code in [
            "", "E1", "E1x", "E001", "e17", "form", "form/", "form/a/b", "material/restPlan", "material//sample",
            "material/restPlan/colour", "materials/restPlan/sample", "form/" + String(repeating: "x", count: 200),
        ] {
            #expect(GuidePlace(code) == nil, "\(code)")
        }
        for code in ["E47", "material/portrait/sample", "form/portrait"] {
            let place = try #require(GuidePlace(code))
            #expect(!guide.has(place, tables: tables), "\(code)")
        }
        let silent = GuideElement.all.filter { $0.lines(of: guide, tables: tables).isEmpty }
        for element in silent { #expect(!guide.has(.element(element.id), tables: tables)) }
    }
}
