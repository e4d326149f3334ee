import Foundation
import Testing
import Vocabulary

@testable import Catalogue

@Suite struct CatalogueRefusalTests {
    @Test func `a file that is not where its name says is refused, with the file and the element`() throws {
        let guide = try Demonstration.guide("road-freight")
        let directory = try Directory.shipped()
        let wanted = CatalogueRefusal.unknown(file: "guides/other.json", element: "slug", value: "road-freight")
        #expect(throws: wanted) {
            try DemonstrationCatalogue.compose(guide.standard, [guide.power], in: directory, file: "guides/other.json")
        }
        #expect(wanted.description == "catalogue.unknown-reference: guides/other.json: slug road-freight")
    }

    @Test func `a power that nobody holds is refused`() throws {
        let guide = try Demonstration.guide("road-freight")
        let nobody = Directory(bodies: [], halls: [])
        #expect(
            throws: CatalogueRefusal.unknown(
                file: "guides/road-freight.json", element: "department", value: "transport")
        ) {
            try DemonstrationCatalogue.compose(
                guide.standard, [guide.power], in: nobody, file: "guides/road-freight.json")
        }
    }

    @Test func `a header row cannot be implemented`() throws {
        let guide = try Demonstration.broken("road-freight", [(path: ["power", "catalogCode"], value: "00011890100Y")])
        #expect(
            throws: CatalogueRefusal.unknown(
                file: "road-freight", element: "catalogCode", value: "00011890100Y")
        ) {
            try DemonstrationCatalogue.compose(
                guide.standard, [guide.power], in: try Directory.shipped(), file: "guides/road-freight.json")
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
        let (faces, tables) = (try Demonstration.faces(), try Demonstration.catalogue().tables)
        let defects = CatalogueRules.defects(in: broken, certificateTypes: faces, tables: tables)
        #expect(!defects.isEmpty)
        #expect(throws: CatalogueRefusal.defective(file: file, defects: defects)) {
            try DemonstrationCatalogue.checkRules(of: [broken], faces, tables, file: file)
        }
        let sound = try Demonstration.guide("road-freight")
        try DemonstrationCatalogue.checkRules(of: [sound], faces, tables, file: file)
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
