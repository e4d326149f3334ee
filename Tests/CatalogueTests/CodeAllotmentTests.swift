import Testing
import Vocabulary

@testable import Catalogue

/// 赋码: codes are made and checked by the program; nobody types one.
@Suite struct CodeAllotmentTests {
    private typealias Row = (type: ItemType, number: String, name: String, mainItem: String)

    private static func realRows() throws -> [Row] {
        CatalogueImport(try DemonstrationCatalogue.realList(), try Departments.shipped()).items.map(\.entry)
    }

    @Test func `every item of the real list has a code of its own, with its type and its department's number`() throws {
        let rows = try Self.realRows()
        var allotment = CodeAllotment()
        let entries = try allotment.allot(rows)
        #expect(Set(entries.map(\.code)).count == entries.count)
        for row in rows {
            let code = try #require(allotment.code(of: row.type, row.name))
            #expect(code.owner == "35")
            #expect(code.typeDigits == row.type.rawValue)
            #expect(code.mainItem.hasPrefix(row.number))
            #expect(!code.isHeader)
            #expect((code.subItem == "000") == row.mainItem.isEmpty)
        }
        let headers = entries.filter(\.code.isHeader)
        #expect(Set(headers.map { $0.type.rawValue + $0.number + $0.name }).count == headers.count)
        #expect(entries.count == rows.count + headers.count)
    }

    @Test func `numbers follow the order of names, sub-items below their main item`() throws {
        var allotment = CodeAllotment()
        let entries = try allotment.allot([
            (.licence, "18", "丙", ""), (.licence, "18", "子二", "主"), (.licence, "18", "甲", ""),
            (.licence, "18", "子一", "主"), (.publicService, "18", "甲", ""),
        ])
        #expect(
            entries.map { "\($0.code.code) \($0.name)" } == [
                "350118001000 丙", "35011800200Y 主", "350118002001 子一", "350118002002 子二", "350118003000 甲",
                "352018001000 甲",
            ])
    }

    @Test(arguments: 1...20) func `a second import in any order changes no code, and new items get new ones`(
        seed: UInt64
    ) throws {
        var rows = try Self.realRows()
        let dice = Dice.seeded(seed)
        for index in rows.indices.reversed() { rows.swapAt(index, Int(dice.roll() % UInt64(index + 1))) }
        let cut = rows.count / 3
        var first = CodeAllotment()
        let given = try first.allot(Array(rows[cut...]))
        var second = CodeAllotment(given)
        let added = try second.allot(rows)
        #expect(Set(added.map(\.code)).isDisjoint(with: given.map(\.code)))
        for row in rows[cut...] { #expect(second.code(of: row.type, row.name) == first.code(of: row.type, row.name)) }
        #expect(Set((given + added).map(\.code)).count == given.count + added.count)
        #expect(try second.allot(rows).isEmpty)
    }

    @Test func `a department has 999 main items of one type and no more`() throws {
        var allotment = CodeAllotment()
        let rows: [Row] = (1...999).map { (.reward, "11", "项\($0)", "") }
        #expect(try allotment.allot(rows).count == 999)
        #expect(throws: CatalogueRefusal.noNumberLeft("0811")) { try allotment.allot([(.reward, "11", "多", "")]) }
    }
}
