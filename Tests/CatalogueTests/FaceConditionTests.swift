import Foundation
import Testing
import Vocabulary

@testable import Catalogue

/// What a material asks of a certificate's face, and when a certificate has it.
@Suite struct FaceConditionTests {
    private static let text = Bilingual("条件", "Condition")
    private static let day = CivilDate(daysSinceEpoch: 20_000)

    private static func held(
        until: Int? = nil, _ face: [String: String] = [:], by: Set<FaceCondition.Holder> = [.applicant, .agent]
    ) -> FaceCondition.Held {
        FaceCondition.Held(validUntil: until.map { day.advanced(byDays: $0) }, face: face, belongsTo: by)
    }

    @Test func `a licence that must be valid for thirty more days is, on the day on which thirty are left`() {
        let condition = FaceCondition(Self.text, .validDays, days: 30)
        for (until, isMet) in [(nil, true), (400, true), (30, true), (29, false), (0, false)] as [(Int?, Bool)] {
            #expect(condition.isMet(by: Self.held(until: until), on: Self.day) == isMet, "\(until ?? -1)")
        }
    }

    @Test func `a field equals, is at least, or is one of`() {
        let cases: [(FaceCondition.Rule, [String], String?, Bool)] = [
            (.equals, ["食品销售经营"], "食品销售经营", true), (.equals, ["食品销售经营"], "餐饮服务经营", false),
            (.equals, ["食品销售经营"], nil, false), (.oneOf, ["甲级", "乙级"], "乙级", true),
            (.oneOf, ["甲级", "乙级"], "丙级", false), (.atLeast, ["100"], "100", true),
            (.atLeast, ["100"], "99.99", false), (.atLeast, ["100"], "0100.50", true), (.atLeast, ["9"], "10", true),
            (.atLeast, ["0.2"], "0.19", false), (.atLeast, ["0.2"], "0.20", true), (.atLeast, ["100"], "一百", false),
            (.atLeast, ["2027-01-01"], "2027-01-01", true), (.atLeast, ["2027-01-01"], "2026-12-31", false),
            (.atLeast, ["2027-01-01"], "长期", true), (.atLeast, ["2027-01-01"], "365", false),
            (.atLeast, ["123456789012345.000001"], "123456789012345.000002", true),
        ]
        for (rule, values, value, isMet) in cases {
            let condition = FaceCondition(Self.text, rule, field: "scope", values: values)
            let face = value.map { ["scope": $0] } ?? [:]
            #expect(condition.isMet(by: Self.held(face), on: Self.day) == isMet, "\(rule) \(values) \(value ?? "-")")
        }
    }

    @Test func `what must be the applicant's own is not met by her agent's`() {
        let own = FaceCondition(Self.text, .holder, holder: .applicant)
        #expect(own.isMet(by: Self.held(by: [.applicant]), on: Self.day))
        #expect(!own.isMet(by: Self.held(by: [.agent]), on: Self.day))
        #expect(own.isMet(by: Self.held(), on: Self.day), "where nobody acts for her")
    }

    @Test func `a condition that does not say what its rule needs is whole never, and met never`() {
        let broken = [
            FaceCondition(Self.text, .validDays), FaceCondition(Self.text, .validDays, days: 0),
            FaceCondition(Self.text, .validDays, days: FaceCondition.daysMax + 1),
            FaceCondition(Self.text, .equals, field: "scope"), FaceCondition(Self.text, .equals, values: ["1"]),
            FaceCondition(Self.text, .equals, field: "scope", values: ["1", "2"]),
            FaceCondition(Self.text, .atLeast, field: "scope", values: ["many"]),
            FaceCondition(Self.text, .atLeast, field: "scope", values: ["1.2.3"]),
            FaceCondition(Self.text, .oneOf, field: "scope", values: []),
            FaceCondition(
                Self.text, .oneOf, field: "scope",
                values: Array(repeating: "1", count: FaceCondition.valuesMax + 1)),
            FaceCondition(Self.text, .holder),
        ]
        for condition in broken {
            #expect(!condition.isWhole, "\(condition)")
            #expect(!condition.isMet(by: Self.held(["scope": "1"]), on: Self.day), "\(condition)")
        }
    }

    @Test func `lint names a condition without a type, one that is not whole, and a field that the face has not`()
        throws
    {
        func codes(_ condition: [String: any Sendable], on material: Int = 1) throws -> [String] {
            try Demonstration.defects(
                "food-business-licence",
                (path: ["standard", "materials", material, "conditions"], value: [condition]))
        }
        let text = ["zh": "条件", "en": "Condition"]
        #expect(try codes(["text": text, "rule": "validDays", "days": 30]) == [])
        #expect(try codes(["text": text, "rule": "validDays"]) == ["guide.condition-not-whole"])
        let stray: [String: any Sendable] = ["text": text, "rule": "equals", "field": "nowhere", "values": ["1"]]
        #expect(try codes(stray) == ["guide.unknown-face-field"])
        #expect(
            try codes(["text": text, "rule": "holder", "holder": "applicant"], on: 0) == [
                "guide.condition-without-certificate"
            ])
    }

    @Test func `a material without conditions is written as it always was`() throws {
        let guide = try Demonstration.guide("food-business-licence")
        let material = try #require(guide.materials.first)
        #expect(material.conditions == nil)
        let text = String(decoding: try CanonicalJSON.bytes(of: material), as: UTF8.self)
        #expect(!text.contains("conditions"))
        let hours = try Demonstration.guide("special-working-hours").materials.first { $0.id == "businessLicence" }
        let asked = try #require(hours)
        #expect(asked.conditions?.map(\.rule) == [.holder])
        let again: MaterialSpec = try CanonicalJSON.value(in: try CanonicalJSON.bytes(of: asked))
        #expect(again == asked)
    }
}
