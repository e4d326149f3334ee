import Foundation
import Testing
import Vocabulary

@testable import Catalogue

/// Duties of publication, by the numbers of docs/law/rules.md.
@Suite struct PublicityLawTests {
    private static func broken(_ path: [any Sendable], _ value: any Sendable) throws -> [String] {
        try Demonstration.defects("food-business-licence", (path: ["standard"] + path, value: value))
    }

    @Test(arguments: ["legalBases", "acceptanceConditions", "materials", "procedureSteps"])
    func `R04 a guide without its basis, conditions, materials or procedure is not published`(element: String) throws {
        #expect(try Self.broken([element], [String]()).contains("guide.element-missing"))
    }

    @Test func `R04 a form and its sample are published together`() throws {
        #expect(try Self.broken(["materials", 0, "sample"], NSNull()) == ["guide.material-form"])
    }

    @Test func `R05 every item has a way without a visit or says why it has none, and an agent may file`() throws {
        #expect(try Self.broken(["handlingForms"], ["1"]) == ["guide.no-way-without-visit"])
        for guide in try Demonstration.catalogue().guides {
            let question = guide.situations.first { $0.id == "filedBy" }
            #expect(question?.choices.contains { $0.id == "agent" } ?? true, "\(guide.itemName.zh)")
        }
    }

    @Test func `R06 what the library holds is not demanded on paper`() throws {
        #expect(try Self.broken(["materials", 1, "medium"], "1") == ["guide.shared-material-on-paper"])
        for guide in try Demonstration.catalogue().guides {
            for material in guide.materials where material.certificateTypeCode != nil {
                #expect(material.medium != .paper, "\(guide.itemName.zh): \(material.name.zh)")
            }
        }
    }

    @Test func `R39 materials, conditions and services of others rest on a basis that the guide lists`() throws {
        #expect(try Self.broken(["materials", 1, "legalBasis"], "nowhere") == ["guide.unknown-basis"])
        #expect(try Self.broken(["acceptanceConditions", 0, "basis"], "nowhere") == ["guide.unknown-basis"])
        let service: [String: any Sendable] = [
            "name": ["zh": "检测", "en": "Testing"], "provider": ["zh": "检测机构", "en": "A laboratory"],
            "basis": "nowhere", "source": "demonstration",
        ]
        #expect(try Self.broken(["intermediaryServices"], [service]).contains("guide.unknown-basis"))
    }
}
