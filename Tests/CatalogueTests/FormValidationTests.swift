import Testing
import Vocabulary

@testable import Catalogue

@Suite struct FormValidationTests {
    private static func field(
        _ type: FormField.Kind, required: Bool = true, maxLength: Int? = nil, range: ClosedRange<Int>? = nil,
        table: String? = nil
    ) -> FormField {
        let options = ["a", "b"].map { FormField.Option(id: $0, label: Bilingual("选项", "Option")) }
        let isChoice = type == .choice || type == .multichoice
        return FormField(
            id: "x", label: Bilingual("项目", "Field"), type: type, required: required, maxLength: maxLength,
            min: range?.lowerBound, max: range?.upperBound, options: isChoice && table == nil ? options : nil,
            codeTable: table, hint: nil, appliesWhen: [], prefill: nil, personal: false)
    }

    private static func codes(_ field: FormField, _ answer: String) throws -> [String] {
        field.defects(in: answer, tables: try Demonstration.catalogue().tables).map(\.code)
    }

    @Test func `the sample of every form can be handed in`() throws {
        let catalogue = try Demonstration.catalogue()
        for guide in catalogue.guides {
            let form = guide.form
            var situation = form.sampleSituation
            for (question, choices) in guide.power.situationChoices { situation[question] = choices[0] }
            let asked = Set(guide.form.fields.filter { $0.appliesWhen.hold(for: situation) }.map(\.id))
            let defects = guide.validate(
                form.sample.filter { asked.contains($0.key) }, situation: situation, tables: catalogue.tables)
            #expect(defects.isEmpty, "\(guide.standard.slug): \(defects)")
            if situation == form.sampleSituation { #expect(form.sample.keys.allSatisfy(asked.contains)) }
        }
    }

    @Test func `a form without its answers names every required field and how to mend it`() throws {
        let guide = try Demonstration.guide("special-working-hours")
        let situation = ["system": "flexible", "procedure": "examination", "filedBy": "self"]
        let defects = guide.validate([:], situation: situation, tables: try Demonstration.catalogue().tables)
        let required = guide.form.fields.filter { $0.required && $0.appliesWhen.hold(for: situation) }.map(\.id)
        #expect(defects.map(\.element) == required)
        #expect(defects.allSatisfy { $0.code == "form.required" && !$0.mend.zh.isEmpty && !$0.mend.en.isEmpty })
        #expect(required.contains("flexiblePosts"))
        #expect(!required.contains("averagedPosts"))
        #expect(!required.contains("commitmentAccepted"))
    }

    @Test func `situations are answered once, with an answer that is offered`() throws {
        let guide = try Demonstration.guide("special-working-hours")
        #expect(guide.validate(situation: [:]).map(\.code) == Array(repeating: "form.situation-unanswered", count: 3))
        let wrong = ["system": "none", "procedure": "commitment", "filedBy": "self", "weather": "rain"]
        #expect(guide.validate(situation: wrong).map(\.element) == ["system", "weather"])
    }

    @Test func `an answer that nobody asked for is refused`() throws {
        let guide = try Demonstration.guide("special-working-hours")
        var answers = guide.form.sample
        answers["religion"] = "无"
        let defects = guide.validate(
            answers, situation: guide.form.sampleSituation, tables: try Demonstration.catalogue().tables)
        #expect(defects.map(\.code) == ["form.unknown-field"])
        #expect(defects.map(\.element) == ["religion"])
    }

    @Test func `pages and materials follow the situation`() throws {
        let guide = try Demonstration.guide("special-working-hours")
        let flexible = ["system": "flexible", "procedure": "commitment", "filedBy": "agent"]
        #expect(guide.form.pages(for: flexible).map(\.id) == ["firm", "hours", "flexible", "consultation", "contact"])
        #expect(
            guide.materials(for: flexible).map(\.id)
                == ["applicationForm", "businessLicence", "commitment", "authorisation", "agentIdentityCard"])
        let plain = ["system": "averaged", "procedure": "examination", "filedBy": "self"]
        #expect(
            guide.materials(for: plain).map(\.id) == ["applicationForm", "businessLicence", "restPlan", "staffOpinion"])
    }

    @Test func `an optional answer may be left out, a required one may not be blank`() throws {
        #expect(try Self.codes(Self.field(.text, required: false), "").isEmpty)
        #expect(try Self.codes(Self.field(.text), " 　\n") == ["form.required"])
        #expect(try Self.codes(Self.field(.date, required: false), "").isEmpty)
    }

    @Test func `a text has a limit, counted in characters, and no control characters`() throws {
        #expect(try Self.codes(Self.field(.text, maxLength: 3), "三个字").isEmpty)
        #expect(try Self.codes(Self.field(.text, maxLength: 3), "四个字了") == ["form.too-long"])
        #expect(try Self.codes(Self.field(.multiline), String(repeating: "字", count: 2001)) == ["form.too-long"])
        #expect(try Self.codes(Self.field(.text), "a\u{7}b") == ["form.not-text"])
        #expect(try Self.codes(Self.field(.text), "a\nb") == ["form.not-text"])
        #expect(try Self.codes(Self.field(.multiline), "a\nb").isEmpty)
    }

    @Test(arguments: [
        ("1", []), ("10", []), ("0", ["form.too-small"]), ("11", ["form.too-large"]), ("1.5", ["form.not-a-number"]),
        ("01", ["form.not-a-number"]), ("+3", ["form.not-a-number"]), ("三", ["form.not-a-number"]),
    ])
    func `a number is whole and within its range`(_ answer: String, _ expected: [String]) throws {
        #expect(try Self.codes(Self.field(.integer, range: 1...10), answer) == expected)
    }

    @Test(arguments: [
        ("2000000", []), ("2000000.00", []), ("2000000.5", []), ("1999999.99", ["form.too-small"]),
        ("5000000.01", ["form.too-large"]), ("5000000.00", []), ("2,000,000", ["form.not-money"]),
        ("2000000.005", ["form.not-money"]), ("-1", ["form.not-money"]), (".5", ["form.not-money"]),
        ("2.", ["form.not-money"]),
        ("99999999999999", ["form.not-money"]),
    ])
    func `money is in yuan with at most two decimals`(_ answer: String, _ expected: [String]) throws {
        #expect(try Self.codes(Self.field(.money, range: 2_000_000...5_000_000), answer) == expected)
    }

    @Test(arguments: [
        ("2026-11-24", true), ("2026-2-3", false), ("20261124", false), ("2026-02-30", false), ("明天", false),
    ])
    func `a date is a day written with its zeros`(_ answer: String, _ isFine: Bool) throws {
        #expect(try Self.codes(Self.field(.date), answer) == (isFine ? [] : ["form.not-a-date"]))
    }

    @Test func `a choice is one of those listed, or of a code table`() throws {
        #expect(try Self.codes(Self.field(.choice), "a").isEmpty)
        #expect(try Self.codes(Self.field(.choice), "a,b") == ["form.not-a-choice"])
        #expect(try Self.codes(Self.field(.multichoice), "a,b").isEmpty)
        #expect(try Self.codes(Self.field(.multichoice), "a,a") == ["form.not-a-choice"])
        #expect(try Self.codes(Self.field(.multichoice), "a,") == ["form.not-a-choice"])
        #expect(try Self.codes(Self.field(.choice, table: "timeUnit"), "1").isEmpty)
        #expect(try Self.codes(Self.field(.choice, table: "timeUnit"), "9") == ["form.not-a-choice"])
        #expect(try Self.codes(Self.field(.boolean), "true").isEmpty)
        #expect(try Self.codes(Self.field(.boolean), "yes") == ["form.not-a-choice"])
    }

    @Test(arguments: [
        ("13800000000", true), ("0591-00000000", true), ("010-12345678", true), ("12345", false), ("0591-123", false),
        ("0591-0000-0000", false), ("59100000000", false), ("1380000000", false),
    ])
    func `a telephone number is a mobile one or has its area code`(_ answer: String, _ isFine: Bool) throws {
        #expect(try Self.codes(Self.field(.phone), answer) == (isFine ? [] : ["form.not-a-phone"]))
    }

    @Test func `identity numbers and credit codes have the right check characters`() throws {
        #expect(try Self.codes(Self.field(.citizenID), "350102188501010019").isEmpty)
        #expect(try Self.codes(Self.field(.citizenID), "350102199013010011") == ["form.not-an-identity-number"])
        #expect(try Self.codes(Self.field(.creditCode), "91350100MADEM0054D").isEmpty)
        #expect(try Self.codes(Self.field(.creditCode), "91350100I000100Y43") == ["form.not-a-credit-code"])
    }

    @Test func `a defect never repeats what was filled in`() throws {
        let defects = Self.field(.citizenID).defects(
            in: "350102199013010011", tables: try Demonstration.catalogue().tables)
        for defect in defects {
            for text in [defect.message, defect.mend] {
                #expect(!text.zh.contains("350102") && !text.en.contains("350102"))
            }
        }
        #expect(defects.count == 1)
    }

    @Test func `on faces and papers a choice stands by its label, and everything else as it was written`() throws {
        let catalogue = try Demonstration.catalogue()
        let form = try Demonstration.guide("second-class-constructor", in: "350000").form
        let said = form.inWords(
            ["speciality": "building", "employerName": "示例公司", "unknown": "x"], catalogue.composer.tables)
        #expect(said == ["speciality": "建筑工程", "employerName": "示例公司", "unknown": "x"])
    }
}
