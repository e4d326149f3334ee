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

    /// The steps of the hygiene licence with a pre-examination before its review.
    private static func preExamined(_ changes: [String: any Sendable]) throws -> [String] {
        let guide = try Demonstration.guide("public-place-hygiene", in: "350100")
        var steps = try guide.standard.procedureSteps.map { step in
            try JSONSerialization.jsonObject(with: Data(try CanonicalJSON.bytes(of: step))) as? [String: any Sendable]
                ?? [:]
        }
        let place = try #require(steps.firstIndex { $0["kind"] as? String == "review" })
        var step = steps[place]
        step["kind"] = "preExamination"
        step["limit"] = limit(20)
        step["body"] = ["code": "11350102MADEM1612H", "region": "350102"]
        step.merge(changes) { $1 }
        steps.insert(step, at: place)
        return try Demonstration.defects(
            "public-place-hygiene", in: "350100", (path: ["standard", "procedureSteps"], value: steps))
    }

    private static func limit(_ value: Int, unit: String = "1") -> [String: any Sendable] {
        ["unit": unit, "value": value]
    }

    @Test func `R16 a pre-examination names a body of a lower level that exists and takes at most twenty days`() throws
    {
        // Twenty days are more than the demonstration promises; nothing else is wrong.
        let (long, wrong, body) = (
            "guide.steps-longer", "guide.pre-examination-limit", "guide.pre-examination-body"
        )
        #expect(try Self.preExamined([:]) == [long])
        #expect(try Self.preExamined(["limit": Self.limit(21)]) == [long, wrong])
        #expect(try Self.preExamined(["limit": Self.limit(20, unit: "2")]) == [wrong])
        #expect(try Self.preExamined(["limit": Self.limit(0)]) == [wrong])
        for (code, region) in [
            ("11350100MADEM1604R", "350100"), ("11350102MADEM1612H", "350103"), ("91350100MADEM0054D", "350102"),
        ] {
            let defects = try Self.preExamined(["body": ["code": code, "region": region]])
            #expect(defects == [long, body], "\(code)")
        }
        #expect(try Self.preExamined(["body": NSNull()]) == [long, body])
        #expect(try Self.preExamined(["kind": "review"]).contains(body), "only a pre-examination has a body")
    }

    @Test func `R16 a pre-examination comes before the body's own review`() throws {
        let first = try Demonstration.guide("public-place-hygiene", in: "350100").standard.procedureSteps
        let review = try JSONSerialization.jsonObject(
            with: Data(try CanonicalJSON.bytes(of: try #require(first.first { $0.kind == .review }))))
        var steps: [[String: any Sendable]] = try first.map { step in
            try JSONSerialization.jsonObject(with: Data(try CanonicalJSON.bytes(of: step))) as? [String: any Sendable]
                ?? [:]
        }
        var late = review as? [String: any Sendable] ?? [:]
        late["kind"] = "preExamination"
        late["limit"] = Self.limit(1)
        late["body"] = ["code": "11350102MADEM1612H", "region": "350102"]
        let place = try #require(steps.firstIndex { $0["kind"] as? String == "review" })
        steps.insert(late, at: place + 1)
        let defects = try Demonstration.defects(
            "public-place-hygiene", in: "350100", (path: ["standard", "procedureSteps"], value: steps))
        #expect(defects.contains("guide.pre-examination-order"))
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
