import Catalogue
import Foundation
import Papers
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct TemplateTests {
    static func shipped(_ id: String) throws -> [UInt8] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return [UInt8](try Data(contentsOf: root.appending(path: "Sources/Papers/Resources/templates/\(id).json")))
    }

    /// The template of the refusal with something changed in its text.
    private static func changed(_ old: String, _ new: String) throws -> [UInt8] {
        let text = String(decoding: try shipped("refusal-decision"), as: UTF8.self)
        #expect(text.contains(old), "\(old)")
        return Array(text.replacing(old, with: new).utf8)
    }

    @Test func `every kind has a template that is whole`() throws {
        _ = try TemplateShelf()
        for kind in PaperKind.all {
            let template = try PaperTemplate(Self.shipped(kind.id))
            #expect(template.kind == kind.id && template.version == 1)
            #expect(template.zh.title == kind.title.zh)
            #expect(template.en.title == kind.title.en)
        }
    }

    @Test(arguments: [
        ("{dossierNumber}", "{colour}"), ("{dossierNumber}", ""), ("{court}", ""),
        ("\"type\": \"remedies\"", "\"type\": \"paragraph\""),
        ("\"type\": \"signature\"", "\"type\": \"number\""), ("{contact}", "{contact"), ("{contact}", "contact}"),
        ("\"of\": \"reasons\"", "\"of\": \"applicant\""), ("\"version\": 1", "\"version\": 0"),
        ("\"kind\": \"refusal-decision\"", "\"kind\": \"poem\""), ("\"type\": \"receipt\"", "\"type\": \"stamp\""),
        ("全国行政复议服务平台", ""),
    ])
    func `a template that could not be printed is refused whole`(_ old: String, _ new: String) throws {
        let bytes = try Self.changed(old, new)
        let refusal = #expect(throws: PaperRefusal.self) { try PaperTemplate(bytes) }
        #expect(refusal?.code == "paper.template-unfit")
    }

    @Test(arguments: StoreUnderTest.all)
    func `a newer version is for new papers, and old papers keep theirs`(_ place: StoreUnderTest) async throws {
        let second = try PaperTemplate(
            Self.changed("\"version\": 1", "\"version\": 2").withText("本机关决定{decision}。", "本机关依法决定{decision}。"))
        try await place.use(PaperTable.migrations) { store in
            let shelf = try TemplateShelf()
            func issue(_ number: UInt64) async throws -> Paper {
                let draft = try Cases.draft(.refusal)
                try await store.write { tx in
                    try PaperTable.issue(draft, as: Cases.id(number), shelf: shelf, stamp: Cases.stamp(number), in: tx)
                }
                return try await store.read { tx in try PaperTable.load(Cases.id(number), in: tx) }
            }
            let old = try await issue(1)
            try await store.write { tx in try TemplateTable.put(second, in: tx) }
            let new = try await issue(2)
            #expect(old.issued.template != new.issued.template)
            // Another process has only what stands in the database.
            let fresh = try TemplateShelf()
            for (paper, sentence) in [(old, "本机关决定不予行政许可"), (new, "本机关依法决定不予行政许可")] {
                let template = try await store.read { tx in try fresh.template(paper.issued.template, in: tx) }
                #expect(try paper.parts(template).map { "\($0)" }.joined().contains(sentence))
            }
            // The same version with another text is refused: papers are pinned to it.
            let other = try PaperTemplate(
                Self.changed("\"version\": 1", "\"version\": 2").withText("本机关决定{decision}。", "{decision}。"))
            await #expect(throws: PaperRefusal.self) {
                try await store.write { tx in try TemplateTable.put(other, in: tx) }
            }
        }
    }

    @Test func `remedies follow the level and the region of the body`() throws {
        let table = try RemedyTable.shipped()
        #expect(table.regions.count == 14)
        let city = try #require(table.remedies(against: "福州市人力资源和社会保障局", in: .fuzhou))
        #expect(city.reconsideration.zh == "福州市人民政府" && city.court.zh == "福州市鼓楼区人民法院")
        let district = try #require(Region("350104"))
        let gulou = try #require(table.remedies(against: "福州市仓山区民政局", in: district))
        #expect(gulou.reconsideration.zh == "福州市仓山区人民政府" && gulou.court.zh == "福州市仓山区人民法院")
        let government = try #require(table.remedies(against: "福州市仓山区人民政府", in: district))
        #expect(government.reconsideration.zh == "福州市人民政府" && government.court.zh == "福州市中级人民法院")
        let tax = try #require(table.remedies(against: "国家税务总局福州市仓山区税务局", in: district))
        #expect(tax.reconsideration.zh == "上一级税务机关" && tax.court.zh == "福州市仓山区人民法院")
        #expect(table.remedies(against: "厦门市公安局", in: try #require(Region("350200"))) == nil)
        #expect(Remedies.reconsiderationDays == 60 && Remedies.courtMonths == 6)
    }
}

@Suite struct RemedyTests {
    @Test func `the guides of the demonstration name whom the table names, body by body`() throws {
        let table = try RemedyTable.shipped()
        var compared = 0
        for body in try Directory.shipped().bodies where table.regions.contains(body.region) {
            let remedies = try #require(table.remedies(against: body.name, in: body.region))
            #expect(
                remedies.reconsideration == Remedies.Name(zh: body.reviewAuthority, en: body.reviewAuthorityEnglish))
            #expect(remedies.court == Remedies.Name(zh: body.court, en: body.courtEnglish))
            compared += 1
        }
        #expect(compared > 50)
    }
}

extension [UInt8] {
    /// The same text with something else in it.
    fileprivate func withText(_ old: String, _ new: String) -> [UInt8] {
        Array(String(decoding: self, as: UTF8.self).replacing(old, with: new).utf8)
    }
}
