import Foundation
import Testing
import Vocabulary

@testable import Catalogue

@Suite struct FormSchemaTests {
    private static let catalogue = Result { try DemonstrationCatalogue.shipped() }

    private static func guides() throws -> [Guide] {
        let all = try catalogue.get().guides
        return Set(all.map(\.standard.slug)).sorted().flatMap { slug in
            // One of each power: they offer different answers.
            Set(all.filter { $0.standard.slug == slug }.map(\.power.catalogCode.code)).sorted().compactMap { code in
                all.first { $0.standard.slug == slug && $0.power.catalogCode.code == code }
            }
        }
    }

    private static func schema(_ guide: Guide) throws -> JSONValue {
        FormSchema(guide, try catalogue.get().tables).value(
            address: "https://ow.example/form", facts: ["version": .number(1)])
    }

    /// `FORM_CASES=FILE` writes them for a validator that others made (Tests/Processes/forms.py).
    @Test func `the schema takes and refuses what the house does, over every guide's sample with one thing changed`()
        throws
    {
        let (tables, reader) = (try Self.catalogue.get().tables, SchemaReader())
        var (good, bad, beyond) = (0, 0, 0)
        var written: [String: [FormCase]] = [:]
        for guide in try Self.guides() {
            let (schema, cases) = (try Self.schema(guide), FormCases(guide: guide, tables: tables).all)
            #expect(cases[0].isGood, "\(guide.standard.slug)")
            for one in cases {
                let isTaken = reader.accepts(one.instance, schema)
                #expect(isTaken == (one.isGood || one.isBeyondSchema), "\(guide.standard.slug): \(one.why)")
                if one.isGood { good += 1 } else { bad += 1 }
                if one.isBeyondSchema { beyond += 1 }
            }
            written[guide.itemCode] = cases
        }
        #expect(good > 500 && bad > 1500 && (1..<100).contains(beyond))
        if let file = ProcessInfo.processInfo.environment["FORM_CASES"] {
            try JSONEncoder().encode(written).write(to: URL(filePath: file))
            print("\(written.count) forms: \(good) good, \(bad) bad, \(beyond) beyond a schema")
        }
    }

    @Test func `it says everything that the form declares, in both languages, and which version it is of`() throws {
        for guide in try Self.guides() {
            let schema = try Self.schema(guide)
            #expect(schema["$schema"]?.text == "https://json-schema.org/draft/2020-12/schema")
            #expect(schema["$id"]?.text == "https://ow.example/form" && schema["x-item"]?["version"] == .number(1))
            let answers = try #require(schema["properties"]?["answers"])
            for field in guide.form.fields {
                let own = try #require(answers["properties"]?[field.id], "\(field.id)")
                #expect(own["title"]?.text == field.label.zh && own["x-en"]?["title"]?.text == field.label.en)
                #expect(own["description"]?.text == field.hint?.zh && own["x-kind"]?.text == field.type.rawValue)
                let isListed = answers["required"]?.list?.contains(.text(field.id)) ?? false
                #expect(isListed == (field.required && field.appliesWhen.isEmpty), "\(field.id)")
                if field.type == .integer, let max = field.max { #expect(own["maximum"] == .number(max)) }
            }
            let pages = try #require(schema["x-pages"]?.list)
            let order = pages.flatMap { $0["fields"]?.list ?? [] }.compactMap(\.text)
            #expect(order == guide.form.fields.map(\.id))
            let conditional = guide.form.fields.contains { !$0.appliesWhen.isEmpty }
            #expect((schema["allOf"]?.list?.isEmpty == false) == conditional)
        }
    }

    private static func matches(_ pattern: String, _ text: String) -> Bool {
        text.range(of: pattern, options: .regularExpression) != nil
    }

    @Test func `the pattern of a day takes every day that there is and no other`() throws {
        var days = 0
        for year in [1799, 1800, 1896, 1900, 1999, 2000, 2023, 2024, 2100, 2400, 9999] {
            for month in 0...13 {
                for day in 0...32 {
                    let text = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
                    #expect(Self.matches(FormPattern.date, text) == (CivilDate(text) != nil), "\(text)")
                    days += 1
                }
            }
        }
        #expect(days == 11 * 14 * 33)
    }

    @Test func `the pattern of numbers between two takes those and no other`() {
        for (least, most) in [(0, 0), (0, 9), (3, 7), (5, 15), (10, 99), (1, 100), (18, 65), (99, 1001), (7, 1234)] {
            let pattern = "^\(FormPattern.number(least, most))$"
            for number in 0...1300 {
                #expect(
                    Self.matches(pattern, "\(number)") == (least...most).contains(number),
                    "\(least)...\(most): \(number)")
            }
        }
    }

    @Test func `the pattern of money keeps to whole yuan and to cents`() {
        let pattern = FormPattern.money(min: 10, max: 250)
        for text in ["10", "10.5", "99.99", "249.99", "250", "250.0", "250.00", "0010", "00249.9"] {
            #expect(Self.matches(pattern, text), "\(text)")
        }
        for text in ["9", "9.99", "250.01", "251", "10.", ".5", "10.005", "", "-10", "00000000000010", "10\n"] {
            #expect(!Self.matches(pattern, text), "\(text)")
        }
        #expect(Self.matches(FormPattern.money(min: nil, max: nil), "9999999999999.99"))
        #expect(Self.matches(FormPattern.money(min: 5, max: 5), "5.00"))
        #expect(!Self.matches(FormPattern.money(min: 5, max: 5), "5.01"))
    }
}
