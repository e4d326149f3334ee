import Catalogue
import Dossiers
import Testing
import Vocabulary

@testable import Hall

/// What a guide says of the way to the decision, as dossiers keep it.
@Suite struct ProcedureTermsTests {
    private static func guide(_ slug: String, _ change: (inout ItemSheet) -> Void = { _ in }) throws -> Guide {
        let catalogue = try DemonstrationCatalogue.shipped()
        var sheet = try #require(catalogue.sheets.first { $0.slug == slug })
        change(&sheet)
        return try #require(try catalogue.composer.guides(of: sheet).first)
    }

    @Test func `a guide that says nothing of its own follows the Licensing Law`() throws {
        let guide = try Self.guide("second-class-constructor")
        #expect(guide.procedure(for: ["registration": "first"]) == ProcedureTerms(steps: guide.reviewSteps))
    }

    @Test func `the steps of the examination are those of the guide's procedure, each with its limit`() throws {
        let steps = try Self.guide("second-class-constructor").reviewSteps
        #expect(steps.map(\.id) == ["review-1"])
        #expect(steps.map(\.name) == ["审核"])
    }

    @Test func `R16 a guide's pre-examination lies with the lower body, with its own days`() throws {
        let lower = JSONValue.record(["code": .text("11350102MADEM1612H"), "region": .text("350102")])
        let guide = try Self.guide("public-place-hygiene") { sheet in
            guard case .list(let steps)? = sheet.values["procedureSteps"],
                let index = steps.firstIndex(where: { $0["kind"] == .text("review") })
            else { return }
            let pre = steps[index].with("kind", .text("preExamination")).with("body", lower)
            sheet.values["procedureSteps"] = .list(steps[..<index] + [pre] + steps[index...])
        }
        let steps = try #require(guide.procedure(for: [:])?.steps)
        #expect(steps.map(\.sort) == [.preExamination, .examination] && steps.map(\.id) == ["pre-1", "review-2"])
        #expect(steps[0].body?.code.code == "11350102MADEM1612H" && steps[1].body == nil)
        #expect(steps[0].days == WorkingDays(3))
    }

    @Test func `what may follow is what this situation asks for and the guide lets follow`() throws {
        let guide = try Self.guide("public-place-hygiene")
        #expect(guide.procedure(for: ["airConditioning": "no"])?.tolerable == ["testReport"])
        #expect(guide.procedure(for: ["airConditioning": "yes"])?.tolerable == ["testReport", "airReport"])
    }

    @Test func `a commitment stands for the materials that this situation asks for, where it is offered`() throws {
        let hygiene = try Self.guide("public-place-hygiene")
        let offered = hygiene.procedure(for: ["airConditioning": "no"])?.commitment
        #expect(offered?.materials == ["testReport"])
        #expect(offered?.verifyWithin == WorkingDays(30))
        let hours = try Self.guide("special-working-hours")
        #expect(hours.procedure(for: ["procedure": "commitment"])?.commitment?.materials == ["commitment"])
        #expect(hours.procedure(for: ["procedure": "examination"])?.commitment == nil)
    }

    @Test func `several who handle together need the head of the government for fifteen days`() throws {
        let agency = JSONValue.record(["name": .record(["zh": .text("示例局"), "en": .text("Sample Bureau")])])
        let joint = try Self.guide("second-class-constructor") { sheet in
            sheet.values["jointAgencies"] = .list([agency])
            sheet.values["jointHandling"] = .flag(true)
        }
        #expect(joint.procedure(for: [:])?.authority == .government)
        let alone = try Self.guide("second-class-constructor") { sheet in
            sheet.values["jointAgencies"] = .list([agency])
        }
        #expect(alone.procedure(for: [:])?.authority == nil, "agencies alone say nothing of how it is handled")
    }

    @Test func `a special law's own extension counts in the unit of the limit, and a quantity puts people in line`()
        throws
    {
        let guide = try Self.guide("second-class-constructor") { sheet in
            guard case .record(var limit)? = sheet.values["statutoryLimit"],
                case .record(var longer)? = limit["extension"]
            else { return }
            longer["value"] = .number(5)
            limit["extension"] = .record(longer)
            sheet.values["statutoryLimit"] = .record(limit)
            sheet.values["quantityLimit"] = .record(["count": .number(3), "basis": .text("licensing-42")])
        }
        #expect(guide.procedure(for: [:]) == ProcedureTerms(extensionMax: 5, isLimited: true, steps: guide.reviewSteps))
    }
}

extension JSONValue {
    fileprivate func with(_ key: String, _ value: JSONValue) -> JSONValue {
        guard case .record(var members) = self else { return self }
        members[key] = value
        return .record(members)
    }
}
