import Foundation
import Testing
import Vocabulary

@testable import Catalogue

@Suite struct CatalogueRefusalTests {
    private static func sheet() throws -> ItemSheet {
        try #require(try Demonstration.catalogue().sheets.first { $0.slug == "road-freight" })
    }

    @Test func `a file that is not where its name says is refused, with the file and the element`() throws {
        let wanted = CatalogueRefusal.unknown(file: "guides/other.json", element: "slug", value: "road-freight")
        #expect(throws: wanted) {
            try DemonstrationCatalogue.requireName(of: try Self.sheet(), file: "guides/other.json")
        }
        #expect(wanted.description == "catalogue.unknown-reference: guides/other.json: slug road-freight")
    }

    @Test func `a power that nobody holds is refused`() throws {
        let composer = try Demonstration.catalogue().composer
        let nobody = GuideComposer(
            directory: Directory(bodies: [], halls: []), departments: composer.departments, tables: composer.tables,
            certificateTypes: composer.certificateTypes)
        #expect(
            throws: CatalogueRefusal.unknown(file: "road-freight", element: "department", value: "transport")
        ) {
            try nobody.guides(of: try Self.sheet())
        }
    }

    @Test func `a header row cannot be implemented`() throws {
        let guide = try Demonstration.broken("road-freight", [(path: ["power", "catalogCode"], value: "00011890100Y")])
        var sheet = try Self.sheet()
        sheet.powers = [guide.power]
        #expect(
            throws: CatalogueRefusal.unknown(file: "road-freight", element: "catalogCode", value: "00011890100Y")
        ) {
            try Demonstration.catalogue().composer.guides(of: sheet)
        }
    }

    @Test func `a file that does not decode is refused with the place`() {
        struct Wrong: Decodable { let bodies: [Entry] }
        struct Entry: Decodable { let colour: String }
        #expect(throws: CatalogueRefusal.unreadable(file: "bodies.json", place: "bodies.[0].colour is missing")) {
            try CatalogueResource.decoded(Wrong.self, "bodies.json")
        }
        #expect(throws: Fault.misconfigured("resource nothing.json is missing beside the program")) {
            try CatalogueResource.decoded(Wrong.self, "nothing.json")
        }
    }

    @Test func `a guide that breaks the rules of the catalogue is refused, with the file and the defects`() throws {
        let file = "guides/road-freight.json"
        let broken = try Demonstration.broken(
            "road-freight", [(path: ["standard", "promisedLimit", "value"], value: 900)])
        let composer = try Demonstration.catalogue().composer
        let defects = composer.defects(in: broken)
        #expect(!defects.isEmpty)
        #expect(throws: CatalogueRefusal.defective(file: file, defects: defects)) {
            try DemonstrationCatalogue.requireSound([broken], composer, file: file)
        }
        let sound = try Demonstration.guide("road-freight")
        try DemonstrationCatalogue.requireSound([sound], composer, file: file)
    }

    @Test func `refusals have stable codes and kinds`() {
        let defect = GuideDefect("guide.star", "onlineDepth", Bilingual("错", "wrong"), mend: Bilingual("改", "mend"))
        let all: [(CatalogueRefusal, String, RefusalKind)] = [
            (.unreadable(file: "a", place: "b"), "catalogue.unreadable", .malformed),
            (.defective(file: "a", defects: [defect]), "catalogue.defective", .invalid),
            (.unknown(file: "a", element: "b", value: "c"), "catalogue.unknown-reference", .invalid),
            (.itemNotFound, "catalogue.item-not-found", .notFound),
        ]
        for (refusal, code, kind) in all {
            #expect(refusal.code == code)
            #expect(refusal.kind == kind)
            #expect(refusal.description.hasPrefix(code))
        }
        #expect(all[1].0.description == "catalogue.defective: a: onlineDepth guide.star wrong")
    }
}
