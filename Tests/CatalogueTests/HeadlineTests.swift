import Testing
import Vocabulary

@testable import Catalogue

@Suite struct HeadlineTests {
    private static func both(_ zh: String, _ en: String) -> JSONValue {
        .record(["zh": .text(zh), "en": .text(en)])
    }

    @Test func `two bases of one law are told apart by their articles`() throws {
        let tables = try CodeTables.shipped()
        let law = Self.both("《中华人民共和国行政许可法》", "Administrative Licensing Law")
        let basis = { (article: JSONValue) in
            JSONValue.record(["id": .text("x"), "lawName": law, "article": article])
        }
        let shape = SheetField.basis
        let first = shape.headline(basis(Self.both("第三十二条", "article 32")), tables)
        #expect(first == Bilingual("《中华人民共和国行政许可法》第三十二条", "Administrative Licensing Law, article 32"))
        #expect(first != shape.headline(basis(Self.both("第三十四条", "article 34")), tables))
        #expect(shape.headline(basis(.null), tables)?.zh == "《中华人民共和国行政许可法》")
        #expect(shape.headline(.record(["id": .text("x")]), tables)?.zh == "x")
    }

    @Test func `no two bases of a guide that ships look alike`() throws {
        let tables = try CodeTables.shipped()
        for guide in try DemonstrationCatalogue.shipped().guides {
            let said = try (guide.standard.legalBases + guide.standard.referenceBases).map { basis in
                let value: JSONValue = try CanonicalJSON.value(in: CanonicalJSON.bytes(of: basis))
                return try #require(SheetField.basis.headline(value, tables)).zh
            }
            #expect(Set(said).count == said.count, "\(guide.standard.slug): \(said)")
        }
    }

    @Test func `a record without declared parts is known by its first text in words`() throws {
        let shape = ElementShape.record([
            .init("id", "编号", "Id", .text(max: 9)), .init("name", "名称", "Name", .bilingual(max: 9)),
        ])
        let value = JSONValue.record(["id": .text("a"), "name": Self.both("甲", "A")])
        #expect(shape.headline(value, try CodeTables.shipped()) == Bilingual("甲", "A"))
    }
}
