import Testing
import Vocabulary

@testable import Catalogue

@Suite struct ItemCodeTests {
    @Test func `the published codes are read and written as they stand`() throws {
        let implementation = try #require(ImplementationCode("1137040206591267634000114111004"))
        #expect(implementation.body.code == "113704020659126763")
        #expect(implementation.level == .county)
        #expect(implementation.catalogCode.code == "000114111004")
        #expect(implementation.code == "1137040206591267634000114111004")
        let handling = try #require(HandlingItemCode("11310000MB2F30661Y231200356400001"))
        #expect(handling.implementation.body.code == "11310000MB2F30661Y")
        #expect(handling.implementation.level == .province)
        #expect(handling.implementation.catalogCode.code == "312003564000")
        #expect(handling.serial == 1)
        #expect(handling.code == "11310000MB2F30661Y231200356400001")
        #expect(ImplementationCode("12441500196720244T3442199806003")?.level == .city)
    }

    @Test func `a catalogue code says owner, type, main item and sub-item`() throws {
        let code = try #require(CatalogCode("000114111004"))
        #expect(code.owner == "00")
        #expect(code.typeDigits == ItemType.licence.rawValue)
        #expect(code.mainItem == "14111")
        #expect(code.subItem == "004")
        #expect(code.header?.code == "00011411100Y")
        #expect(CatalogCode("00011411100Y")?.isHeader == true)
        #expect(CatalogCode("000131128000")?.header == nil)
    }

    @Test(arguments: [
        "", "00011411100", "0001141110044", "00011411100X", "700114111004", "000014111004", "003014111004",
        "00A114111004",
        "00011411１004", "0001141110Y0", "070114111004",
    ])
    func `a text that is no catalogue code is refused`(_ text: String) {
        #expect(CatalogCode(text) == nil)
    }

    @Test(arguments: [
        "", "1137040206591267634", "1137040206591267644000114111004", "1137040206591267638000114111004",
        "113704020659126763400011411100Y", "11310000mb2f30661y2312003564000", "11370402065912676340001141110041",
    ])
    func `a text that is no implementation code is refused`(_ text: String) {
        #expect(ImplementationCode(text) == nil)
    }

    @Test(arguments: [
        "11310000MB2F30661Y2312003564000", "11310000MB2F30661Y231200356400000", "11310000MB2F30661Y2312003564000+1",
        "11310000MB2F30661Y231200356400001 ",
    ])
    func `a text that is no handling item code is refused`(_ text: String) {
        #expect(HandlingItemCode(text) == nil)
    }

    @Test func `nobody implements a header row, and serials go from 1 to 99`() throws {
        let body = try #require(CreditCode("11350100MADEM002X0"))
        let header = try #require(CatalogCode("00011411100Y"))
        #expect(ImplementationCode(body: body, level: .city, catalogCode: header) == nil)
        let item = try #require(CatalogCode("000114111003"))
        let implementation = try #require(ImplementationCode(body: body, level: .city, catalogCode: item))
        #expect(implementation.code == "11350100MADEM002X03000114111003")
        #expect(HandlingItemCode(implementation, serial: 0) == nil)
        #expect(HandlingItemCode(implementation, serial: 100) == nil)
        #expect(HandlingItemCode(implementation, serial: 7)?.code == "11350100MADEM002X0300011411100307")
        #expect(HandlingItemCode(implementation, serial: 99)?.code == "11350100MADEM002X0300011411100399")
    }

    @Test func `codes travel through JSON as text, and a wrong one does not decode`() throws {
        let codes = [try #require(CatalogCode("000114111004"))]
        let bytes = try CanonicalJSON.bytes(of: codes)
        #expect(String(decoding: bytes, as: UTF8.self) == "[\"000114111004\"]")
        #expect(try CanonicalJSON.value([CatalogCode].self, in: bytes) == codes)
        #expect(throws: Fault.self) { try CanonicalJSON.value([CatalogCode].self, in: Array("[\"X\"]".utf8)) }
    }

    @Test func `every enum of codes has the codes of its table`() throws {
        let tables = try CodeTables.shipped()
        func agree<Value: CodedValue>(_ type: Value.Type) {
            #expect(
                Value.allCases.map(\.rawValue).sorted() == tables.codes(Value.table).map(\.code).sorted(), "\(type)")
        }
        agree(ItemType.self)
        agree(ExerciseLevel.self)
        agree(BodyNature.self)
        agree(ServiceObject.self)
        agree(PowerSource.self)
        agree(CaseType.self)
        agree(HandlingForm.self)
        agree(SpecialProcedureKind.self)
        agree(TimeUnit.self)
        agree(CrossRegionScope.self)
        agree(OnlineDepth.self)
        agree(RunningSystemLevel.self)
        agree(ResultType.self)
        agree(MaterialKind.self)
        agree(MaterialMedium.self)
        agree(MaterialNecessity.self)
        agree(SourceChannel.self)
        agree(OriginalHandling.self)
        agree(ItemState.self)
        #expect(tables.label(ItemType.licence) == Bilingual("行政许可", "Administrative licence"))
        #expect(tables.label("itemType", "77") == Bilingual("77", "77"))
    }
}
