import Foundation
import Testing
import Vocabulary

@testable import Catalogue

/// Each rule has a guide that breaks it and nothing else.
@Suite struct CatalogueRulesTests {
    private static func broken(_ path: [any Sendable], _ value: any Sendable) throws -> [String] {
        try broken("food-business-licence", path, value)
    }

    private static func broken(
        _ slug: String, _ path: [any Sendable], _ value: any Sendable
    ) throws -> [String] {
        try Demonstration.defects(slug, (path: ["standard"] + path, value: value))
    }

    @Test func `an immediate case promises nought and is decided at once`() throws {
        #expect(try Self.broken(["promisedLimit", "value"], 0).contains("guide.immediate-promise"))
        #expect(
            try Self.broken("individual-business-registration", ["promisedLimit", "value"], 1) == [
                "guide.immediate-promise"
            ])
        #expect(try Self.broken(["reviewMode"], "examineAndDecideAtOnce") == ["guide.immediate-review"])
    }

    @Test func `a promise is never longer than the law, in the same unit from the same start`() throws {
        #expect(try Self.broken(["promisedLimit", "value"], 11) == ["guide.promise-longer"])
        #expect(try Self.broken(["promisedLimit", "startsAt"], "receipt") == ["guide.promise-longer"])
        #expect(try Self.broken(["promisedLimit", "unit"], "2").contains("guide.promise-longer"))
        #expect(try Self.broken(["promisedLimit", "value"], 6) == ["guide.steps-longer"])
    }

    @Test func `the name of a result and the way of closing agree`() throws {
        #expect(try Self.broken(["closing"], "approval") == ["guide.closing"])
        #expect(CatalogueRules.closing(of: "食品经营许可证") == .certificate)
        #expect(CatalogueRules.closing(of: "工时制度批复") == .approval)
        #expect(CatalogueRules.closing(of: "设置批文") == .approval)
        #expect(CatalogueRules.closing(of: "公文") == .document)
        #expect(CatalogueRules.closing(of: "营业执照") == .other)
    }

    @Test func `a visit has a reason and no visit has none`() throws {
        let reason = ["zh": "需要核验原件", "en": "Originals are checked"]
        #expect(try Self.broken(["onSiteReason"], reason) == ["guide.on-site-reason"])
        #expect(try Self.broken("public-place-hygiene", ["onSiteReason"], NSNull()) == ["guide.on-site-reason"])
    }

    @Test func `a mode that promises one trip has a delivery that spares the second`() throws {
        let defects = { (delivery: [String], days: Int) in
            try Demonstration.defects(
                "special-working-hours", (path: ["standard", "serviceModes"], value: ["O6", "O0"]),
                (path: ["standard", "resultDelivery"], value: delivery),
                (path: ["standard", "promisedLimit", "value"], value: days))
        }
        #expect(try defects(["counter"], 4).contains("guide.trips-without-delivery"))
        #expect(try !defects(["counter", "eCertificate"], 4).contains("guide.trips-without-delivery"))
        // What is decided on the spot is handed over in the same visit.
        #expect(try !defects(["counter"], 0).contains("guide.trips-without-delivery"))
    }

    @Test func `trips, stars, delivery and scope follow from the modes`() throws {
        #expect(try Self.broken(["onSiteVisits", "online"], 1) == ["guide.visits-differ-from-modes"])
        #expect(try Self.broken(["onlineDepth", "star"], 4) == ["guide.star"])
        #expect(try Self.broken(["resultDelivery"], ["eCertificate", "courier"]) == ["guide.mode-without-delivery"])
        #expect(try Self.broken(["crossRegionScope"], NSNull()) == ["guide.cross-region"])
        #expect(try Self.broken(["express", "resultByExpress"], false) == ["guide.express-differs"])
        #expect(try Self.broken(["handlingForms"], ["1"]) == ["guide.no-way-without-visit"])
        #expect(
            try Self.broken("public-place-hygiene", ["onlineDepth", "steps"], ["1", "5"]) == [
                "guide.full-online-visits"
            ])
        #expect(CatalogueRules.star(of: [.nearestWindow, .ordinary]) == 1)
        #expect(CatalogueRules.star(of: [.courierBothWays]) == 3)
        #expect(CatalogueRules.star(of: [.onlineThenCollect, .nearestWindow]) == 4)
        #expect(CatalogueRules.star(of: [.onlineThenCourier]) == 5)
    }

    @Test func `fees are listed where there is one, and nothing is paid online where there is none`() throws {
        #expect(try Self.broken(["isCharged"], true) == ["guide.fee-items"])
        #expect(try Self.broken(["onlinePaymentSupported"], true) == ["guide.payment-without-fee"])
        #expect(try Self.broken("temporary-road-occupation", ["feeItems"], [String]()) == ["guide.fee-items"])
    }

    @Test(arguments: ["0591-099900", "059102000001", "0592-02000001", "0591-0200000X", "0591-04990006"])
    func `telephone numbers have the area code and are different`(_ number: String) throws {
        let codes = try Demonstration.defects(
            "food-business-licence", (path: ["body", "consultationPhone"], value: number))
        #expect(codes == ["guide.phones"])
    }

    @Test func `for whom an item is and its topics agree`() throws {
        #expect(try Self.broken(["serviceObjects"], ["2"]) == ["guide.topics-disagree"])
        #expect(try Self.broken(["legalBases"], [String]()).contains("guide.topics-disagree"))
    }

    @Test func `a licence has its five steps and a frequent question`() throws {
        let steps = try Demonstration.guide("labour-dispatch").standard.procedureSteps
        for index in steps.indices {
            let fewer = try steps.indices.filter { $0 != index }.map { position in
                try JSONSerialization.jsonObject(with: Data(try CanonicalJSON.bytes(of: steps[position])))
                    as? [String: any Sendable] ?? [:]
            }
            #expect(try Self.broken("labour-dispatch", ["procedureSteps"], fewer) == ["guide.licence-steps"])
        }
        #expect(try Self.broken("labour-dispatch", ["frequentQuestions"], [String]()) == ["guide.licence-question"])
    }

    @Test func `a result has a name and a sample, and a certificate has a type that exists`() throws {
        #expect(try Self.broken(["resultSample"], NSNull()) == ["guide.result-sample"])
        #expect(try Self.broken(["resultName"], NSNull()).contains("guide.result-name"))
        #expect(try Self.broken(["certificateTypeCode"], NSNull()) == ["guide.result-type-code"])
        #expect(try Self.broken(["certificateTypeCode"], "11100000000013338W999") == ["guide.unknown-certificate-type"])
        #expect(try Self.broken(["resultDelivery"], [String]()).contains("guide.no-delivery"))
    }

    @Test func `codes agree with body, level and type`() throws {
        #expect(try Self.broken(["itemType"], "20").contains("guide.type-differs-from-code"))
        let other = "11350111MADEM125863000131901000"
        let codes = try Demonstration.defects(
            "food-business-licence", (path: ["body", "level"], value: "3"), (path: ["body", "nature"], value: "1"))
        #expect(codes == ["guide.codes-disagree"])
        #expect(ImplementationCode(other) == nil, "an invented code does not even parse")
        #expect(
            try Demonstration.defects("road-freight", (path: ["power", "levels"], value: ["3"])) == [
                "guide.level-without-power"
            ])
    }

    @Test func `an entrusted power names who entrusted it`() throws {
        #expect(
            try Demonstration.defects("road-freight", (path: ["power", "powerSource"], value: "5"))
                == ["guide.entrusting-department"])
        #expect(
            try Demonstration.defects("road-freight", (path: ["body", "nature"], value: "3"))
                == ["guide.entrusting-department"])
        let agency: [String: any Sendable] = ["name": ["zh": "福建省交通运输厅", "en": "Fujian Transport Department"]]
        #expect(try Self.broken("road-freight", ["entrustingDepartment"], agency) == ["guide.entrusting-department"])
    }

    @Test func `joint handling has 45 working days and 15 more`() throws {
        let agencies: [[String: any Sendable]] = [["name": ["zh": "公安机关", "en": "Police"]]]
        #expect(try Self.broken("road-freight", ["jointAgencies"], agencies) == ["guide.joint-limit"])
    }

    @Test func `the time of a special procedure is not counted`() throws {
        #expect(
            try Self.broken("outdoor-advertising", ["specialProcedures", 0, "countsInLimit"], true)
                == ["guide.special-procedure-counts"])
    }

    @Test func `materials say who issues them, come with their form, and are not demanded on paper when shared`() throws
    {
        #expect(try Self.broken(["materials", 1, "issuingBody"], NSNull()) == ["guide.material-issuer"])
        #expect(try Self.broken(["materials", 0, "sample"], NSNull()) == ["guide.material-form"])
        #expect(try Self.broken(["materials", 1, "medium"], "1") == ["guide.shared-material-on-paper"])
        #expect(try Self.broken(["materials", 1, "certificateTypeCode"], "X") == ["guide.unknown-certificate-type"])
        #expect(try Self.broken(["materials", 1, "originalCopies"], 0) == ["guide.material-count"])
        #expect(try Self.broken(["materials", 1, "order"], 1) == ["guide.material-twice"])
        let note = ["zh": String(repeating: "字", count: 501), "en": "long"]
        #expect(try Self.broken(["materials", 1, "fillingNote"], note) == ["guide.material-note"])
        let strange: [[String: any Sendable]] = [["situation": "weather", "choices": ["rain"]]]
        #expect(try Self.broken(["materials", 1, "appliesWhen"], strange) == ["guide.unknown-situation"])
    }

    @Test func `what is cited is listed, and only a checked article has a number`() throws {
        #expect(try Self.broken(["materials", 1, "legalBasis"], "nowhere") == ["guide.unknown-basis"])
        #expect(try Self.broken(["legalBases", 0, "checked"], false) == ["guide.article-unchecked"])
        #expect(try Self.broken(["referenceBases", 0, "id"], "food-35").contains("guide.basis-twice"))
    }

    @Test func `an element without words is missing`() throws {
        #expect(try Self.broken(["itemName", "zh"], "") == ["guide.element-missing"])
        #expect(try Self.broken(["itemName", "en"], "") == ["guide.no-english"])
        #expect(try Self.broken(["acceptanceConditions"], [String]()) == ["guide.element-missing"])
    }

    @Test func `a form is short, its fields are unique, and their options, limits and sources exist`() throws {
        #expect(try Self.broken(["form", "pages", 0, "fields", 1, "id"], "organisationName") == ["guide.field-twice"])
        #expect(try Self.broken(["form", "pages", 0, "fields", 0, "type"], "choice") == ["guide.field-options"])
        #expect(try Self.broken(["form", "pages", 1, "fields", 1, "min"], 200_000) == ["guide.field-limits"])
        #expect(try Self.broken(["form", "pages", 0, "fields", 0, "maxLength"], 5000) == ["guide.field-limits"])
        #expect(
            try Self.broken(["form", "pages", 0, "fields", 0, "prefill", "field"], "colour") == ["guide.field-prefill"])
        for (source, field) in [("earlier", "colour"), ("register", "phone"), ("account", "colour")] {
            let prefill: [String: any Sendable] = ["source": source, "field": field]
            #expect(
                try Self.broken(["form", "pages", 0, "fields", 0, "prefill"], prefill) == ["guide.field-prefill"],
                "\(source)")
        }
        #expect(try Self.broken(["form", "pages", 0, "fields"], [String]()) == ["guide.form-size"])
        #expect(try Self.broken(["form", "pages", 1, "id"], "operator") == ["guide.form-size"])
        #expect(try Self.broken(["situations", 0, "choices", 1, "id"], "sale").contains("guide.situation-choices"))
    }

    @Test func `guides of one catalogue code have one name, type, sub-item and legal basis`() throws {
        let guide = try Demonstration.guide("food-business-licence")
        let changes: [[any Sendable]] = [
            ["itemName", "zh"], ["legalBases", 0, "documentNumber"], ["handlingItem", "name", "zh"],
        ]
        for path in changes {
            let other = try Demonstration.broken(
                "food-business-licence", in: "350102", [(path: ["standard"] + path, value: "另一个")])
            #expect(DriftReport(comparing: [guide, other]).differences.map(\.defect.code) == ["guide.variants-differ"])
        }
        let same = try Demonstration.guide("food-business-licence", in: "350102")
        #expect(DriftReport(comparing: [guide, same]).differences.isEmpty)
    }

    @Test func `a commitment names materials and situations that exist, and who handles together is named`() throws {
        let offer: (String, Int, String) -> [String: any Sendable] = { material, days, choice in
            [
                "materials": [material], "verifyDays": days, "source": "demonstration",
                "appliesWhen": [["situation": "online", "choices": [choice]] as [String: any Sendable]],
            ]
        }
        #expect(try Self.broken(["commitment"], offer("floorPlan", 30, "yes")) == [])
        #expect(try Self.broken(["commitment"], offer("nothing", 30, "yes")) == ["guide.commitment-materials"])
        #expect(try Self.broken(["commitment"], offer("floorPlan", 0, "yes")) == ["guide.commitment-materials"])
        #expect(try Self.broken(["commitment"], offer("floorPlan", 30, "maybe")) == ["guide.unknown-situation"])
        #expect(try Self.broken(["jointHandling"], true) == ["guide.joint-without-agencies"])
    }
}
