import Testing
import Vocabulary

@testable import Catalogue

/// Lists of items as places keep them.
@Suite struct ServiceItemListTests {
    private static let head = "item_name,department,item_type_code,local_catalog_code,main_item\r\n"

    private static func list(_ rows: String...) throws -> ServiceItemList {
        try ServiceItemList(csv: Array((head + rows.joined(separator: "\r\n")).utf8))
    }

    @Test func `the real list is read whole, and a level in brackets leaves the name`() throws {
        let list = try DemonstrationCatalogue.realList()
        #expect(list.rows.count == 1133)
        #expect(list.refused.isEmpty)
        let first = try #require(list.rows.first { $0.localName == "农村公路建设项目初步设计审批（县级）" })
        #expect(first.name == "农村公路建设项目初步设计审批")
        #expect(first.localCode == "511A1801000024")
        #expect(first.mainItem.isEmpty)
        #expect(list.rows.allSatisfy { !$0.name.contains("县级行使") && !$0.name.hasSuffix("(县级)") })
        // Brackets that say what the item is stay.
        #expect(list.rows.contains { $0.name.hasSuffix("（含概算调整）") })
        let departments = try Departments.shipped()
        #expect(CatalogueImport(list, departments).refused.isEmpty)
    }

    @Test func `a wrong row is refused with its line and reason, and the right ones stand`() throws {
        let list = try Self.list(
            "甲项,区民政局,01,51A,未分类", ",区民政局,01,,", "乙项,,01,,", "丙项,区民政局,77,,",
            "丁项,区民政局,01,\(String(repeating: "5", count: 51)),", "甲项（县级）,区司法局,01,,", "戊项,区民政局,01,51B",
            "\"己,项\",区民政局,20,,\"主\"\"项\"")
        #expect(list.rows.map(\.name) == ["甲项", "己,项"])
        #expect(list.rows.map(\.line) == [2, 9])
        #expect(list.rows[1].mainItem == "主\"项")
        #expect(list.refused.map(\.line) == [3, 4, 5, 6, 7, 8])
        #expect(
            list.refused.map(\.code) == [
                "list.name", "list.department", "list.type", "list.local-code", "list.twice", "list.columns",
            ])
        let draft = CatalogueImport(try Self.list("庚项,区航天局,01,,"), try Departments.shipped())
        #expect(draft.items.isEmpty)
        #expect(draft.refused.map(\.code) == ["list.unknown-department"])
    }

    @Test func `what is no such table is refused whole`() {
        let head = Array(Self.head.utf8)
        let read = { (bytes: [UInt8]) in _ = try ServiceItemList(csv: bytes) }
        #expect(throws: TableRefusal.empty) { try read([]) }
        #expect(throws: TableRefusal.empty) { try read(head) }
        #expect(throws: TableRefusal.columnMissing("item_type_code")) {
            try read(Array("item_name,department\r\n".utf8))
        }
        // 审批 in GB18030, and a NUL.
        #expect(throws: TableRefusal.encoding) { try read(head + [0xC9, 0xF3, 0xC5, 0xFA]) }
        #expect(throws: TableRefusal.encoding) { try read(head + [0]) }
        #expect(throws: TableRefusal.strayQuote(line: 2)) { try read(head + Array("\"甲".utf8)) }
        #expect(throws: TableRefusal.strayQuote(line: 2)) { try read(head + Array("\"甲\"乙,".utf8)) }
        #expect(throws: TableRefusal.fieldTooLarge(line: 2)) {
            try read(head + Array(repeating: 0x61, count: 10 << 20))
        }
        #expect(throws: TableRefusal.tooLarge) { try read(Array(repeating: 0x61, count: CSVText.bytesMax + 1)) }
    }

    @Test func `a mark of the encoding, either line end and empty lines are no matter`() throws {
        let text = "\u{FEFF}" + Self.head + "\r\n甲项,区民政局,01,,\n\n乙项,区民政局,01,,"
        let list = try ServiceItemList(csv: Array(text.utf8))
        #expect(list.rows.map(\.name) == ["甲项", "乙项"])
    }

    @Test(arguments: 1...40) func `what is written as a table is read as it was`(seed: UInt64) throws {
        let dice = Dice.seeded(seed)
        let alphabet = ["甲", "a", ",", "\"", "\n", "\r\n", " ", "，", "𠮷", "\t"]
        let records = (0..<(1 + Int(dice.roll() % 5))).map { _ in
            (0..<3).map { _ in
                "x"
                    + (0..<Int(dice.roll() % 6)).map { _ in alphabet[Int(dice.roll() % UInt64(alphabet.count))] }
                    .joined()
            }
        }
        #expect(try CSVText(CSVText.bytes(of: records)).records.map(\.fields) == records)
    }
}
