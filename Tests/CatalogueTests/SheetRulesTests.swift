import Store
import Testing
import Vocabulary

@testable import Catalogue

/// The life of a sheet: what can be done where, and by whom.
@Suite struct SheetRulesTests {
    private static let editor = StaffID(Subject(high: 2, low: 1))
    private static let other = StaffID(Subject(high: 2, low: 2))
    private static let day = CivilDate(daysSinceEpoch: 20790)

    private static func kept(_ state: SheetState) throws -> KeptSheet {
        KeptSheet(
            sheet: try #require(try DemonstrationCatalogue.shipped().sheets.first), state: state, revision: 1,
            editor: editor,
            id: Subject(high: 7, low: 1))
    }

    @Test func `every deed has its answer in every state`() throws {
        let deeds: [SheetDeed] = [.save, .submit, .giveBack(reason: "缺依据"), .approve, .publish(from: Self.day)]
        let table: [SheetState: [SheetState?]] = [
            .draft: [.draft, .submitted, nil, nil, nil],
            .submitted: [nil, nil, .draft, .approved, nil],
            .approved: [nil, nil, .draft, nil, .published],
            .published: [.draft, nil, nil, nil, nil],
        ]
        for state in SheetState.allCases {
            for (deed, next) in zip(deeds, try #require(table[state])) {
                try Self.expect(deed, on: try Self.kept(state), SheetStanding(nil), next)
            }
        }
    }

    @Test func `an item is suspended, taken up again and cancelled wherever its sheet stands`() throws {
        let deeds: [SheetDeed] = [.suspend(reason: "系统升级"), .resume, .cancel(reason: "国务院决定取消")]
        let table: [(ItemState?, [Bool])] = [
            (nil, [false, false, false]), (.inUse, [true, false, false]), (.suspended, [false, true, true]),
            (.cancelled, [false, false, false]),
        ]
        for state in SheetState.allCases {
            for (standing, allowed) in table {
                for (deed, isAllowed) in zip(deeds, allowed) {
                    let place = SheetStanding(standing, suspender: Self.editor)
                    try Self.expect(deed, on: try Self.kept(state), place, isAllowed ? state : nil)
                }
            }
        }
    }

    /// The state that follows, or nil when the deed is refused there.
    private static func expect(
        _ deed: SheetDeed, on kept: KeptSheet, _ standing: SheetStanding, _ next: SheetState?
    ) throws {
        if let next {
            let state = try SheetRules.state(after: deed, on: kept, standing: standing, by: other)
            #expect(state == next, "\(kept.state) \(deed)")
        } else {
            #expect(throws: CatalogueRefusal.notInThisState, "\(kept.state) \(deed)") {
                try SheetRules.state(after: deed, on: kept, standing: standing, by: other)
            }
        }
    }

    @Test func `whoever suspended an item does not cancel it, and both say why`() throws {
        let (kept, standing) = (try Self.kept(.published), SheetStanding(.suspended, suspender: Self.editor))
        #expect(throws: CatalogueRefusal.cancellerSuspended) {
            try SheetRules.state(after: .cancel(reason: "取消"), on: kept, standing: standing, by: Self.editor)
        }
        for deed in [SheetDeed.suspend(reason: " "), .cancel(reason: "")] {
            #expect(throws: CatalogueRefusal.reasonMissing) {
                try SheetRules.state(after: deed, on: kept, standing: SheetStanding(.inUse), by: Self.other)
            }
        }
    }

    @Test func `whoever edited does not review, and a sheet goes back with a reason`() throws {
        let kept = try Self.kept(.submitted)
        #expect(throws: CatalogueRefusal.reviewerIsEditor) {
            try SheetRules.state(after: .approve, on: kept, standing: SheetStanding(nil), by: Self.editor)
        }
        #expect(throws: CatalogueRefusal.reasonMissing) {
            try SheetRules.state(
                after: .giveBack(reason: "  "), on: kept, standing: SheetStanding(nil), by: Self.other)
        }
    }

    @Test func `every field of every guide that ships has the shape that is declared for it`() throws {
        let tables = try CodeTables.shipped()
        for sheet in try DemonstrationCatalogue.shipped().sheets {
            for field in SheetField.all {
                guard let value = sheet.values[field.key], value != .null else { continue }
                #expect(field.shape.defects(in: value, at: field.key, tables) == [], "\(sheet.slug) \(field.key)")
                #expect(!field.shape.lines(value, tables).isEmpty || value == .list([]), "\(sheet.slug) \(field.key)")
            }
            let known = Set(SheetField.all.map(\.key) + ["sources"])
            #expect(Set(sheet.values.keys).isSubset(of: known), "\(sheet.slug)")
        }
    }

    @Test func `every element that must be there is filled in somewhere, and nothing is declared twice`() {
        let keys = SheetField.all.map(\.key)
        #expect(Set(keys).count == keys.count)
        for element in GuideElement.all where element.requirement == .always {
            #expect(element.sheetKeys.allSatisfy(keys.contains), "\(element.id)")
        }
    }

    @Test func `a value of another shape is found, with its place`() throws {
        let tables = try CodeTables.shipped()
        let field = try #require(SheetField.named("promisedLimit"))
        let cases: [(JSONValue, String)] = [
            (.text("x"), "promisedLimit"),
            (.record(["value": .number(1000), "unit": .text("1")]), "promisedLimit.value"),
            (.record(["value": .text("x")]), "promisedLimit.value"),
            (.record(["unit": .text("8")]), "promisedLimit.unit"),
            (.record(["startsAt": .text("later")]), "promisedLimit.startsAt"),
        ]
        for (value, path) in cases {
            #expect(field.shape.defects(in: value, at: field.key, tables).map(\.path).contains(path))
        }
        let materials = try #require(SheetField.named("materials"))
        let many = JSONValue.list(Array(repeating: .record([:]), count: 61))
        #expect(materials.shape.defects(in: many, at: "materials", tables).map(\.path) == ["materials"])
        let basis = try #require(SheetField.named("legalBases"))
        let defects = basis.shape.defects(
            in: .list([.record(["effectiveDate": .text("2018-13-01"), "lawName": .record(["en": .text("Law")])])]),
            at: "legalBases", tables)
        #expect(defects.map(\.path).contains("legalBases.0.effectiveDate"))
        #expect(defects.map(\.path).contains("legalBases.0.lawName"))
    }
}
