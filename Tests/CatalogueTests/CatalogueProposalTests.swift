import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Catalogue

/// What another house says of an item, beside what its sheet says.
@Suite struct CatalogueProposalTests {
    private static let partner = PartnerID(Subject(high: 9, low: 1))

    private static func sheet(_ slug: String) throws -> ItemSheet {
        try #require(try Demonstration.catalogue().sheets.first { $0.slug == slug })
    }

    private static func proposal(
        _ sheet: ItemSheet, _ values: [String: JSONValue], before: [String: JSONValue]? = nil, serial: UInt64 = 1
    ) throws -> CatalogueProposal {
        let code = try #require(sheet.powers.first?.catalogCode)
        let named = values.merging(["catalog_code": .text(code.code), "row_guid": .text("t-1")]) { own, _ in own }
        let source = CatalogueProposal.Source(partner: partner, family: "dn_task_general_basic", key: "t-1")
        return CatalogueProposal(
            ProposalID(Subject(high: 1, low: serial)), from: source, about: code, (named, before),
            at: Demonstration.stamp.now)
    }

    /// What a sheet says, in the columns of the exchange.
    private static func row(_ sheet: ItemSheet) throws -> [String: JSONValue] {
        let (record, code) = (try sheet.record(), try #require(sheet.powers.first?.catalogCode))
        let named: [String: JSONValue] = ["catalog_code": .text(code.code)]
        return ProvinceColumn.all.compactMapValues { $0.said(record, named).map(JSONValue.text) }
    }

    private static func lines(_ sheet: ItemSheet, _ values: [String: JSONValue]) throws -> [ProposalLine] {
        try proposal(sheet, values).lines(on: sheet, try Demonstration.catalogue().composer.tables)
    }

    @Test func `what a sheet says itself differs from it in nothing, for every guide that ships`() throws {
        for sheet in try Demonstration.catalogue().sheets {
            let row = try Self.row(sheet)
            #expect(row.count >= 15, "\(sheet.slug)")
            #expect(try Self.lines(sheet, row).isEmpty, "\(sheet.slug)")
        }
    }

    @Test(arguments: [
        ("promise_day", "3"), ("promise_type", "2"), ("anticipate_day", "20"), ("anticipate_type", "2"),
        ("server_type", "1,2"), ("handle_type", "1;4"), ("project_type", "1"), ("limit_scene_num", "1"),
        ("is_fee", "1"),
        ("is_pay_online", "1"), ("is_schedule", "0"), ("is_express", "0"), ("handle_area", "2"), ("result_type", "1"),
        ("online_handle_depth", "1、2"), ("use_level", "3,4"), ("power_source", "2"),
    ])
    func `what one click takes over is what the sheet says then, and nothing else changes`(
        _ column: String, _ value: String
    ) throws {
        let (sheet, tables) = (try Self.sheet("special-working-hours"), try Demonstration.catalogue().composer.tables)
        let proposal = try Self.proposal(sheet, [column: .text(value)])
        let lines = try proposal.lines(on: sheet, tables)
        #expect(lines.map(\.column) == [column] && lines.allSatisfy(\.isTakable))
        let next = try proposal.taken(over: sheet, tables)
        #expect(try proposal.lines(on: next, tables).isEmpty)
        let (then, now) = (try Self.row(next), try Self.row(sheet))
        #expect(then.filter { now[$0.key] != $0.value }.map(\.key) == [column])
        #expect(try Demonstration.catalogue().composer.guides(of: next).count > 0, "guides can still be composed")
    }

    @Test func `a set of codes is the same in whatever order, and words are written by hand`() throws {
        let sheet = try Self.sheet("special-working-hours")
        #expect(try Self.lines(sheet, ["handle_type": .text("3;2;1")]).isEmpty)
        let named = try Self.lines(sheet, ["task_name": .text("特殊工时审批"), "promise_day": .number(3)])
        #expect(named.map(\.column) == ["promise_day", "task_name"] && named.map(\.isTakable) == [true, false])
        let tables = try Demonstration.catalogue().composer.tables
        let next = try Self.proposal(
            sheet, ["task_name": .text("特殊工时审批"), "promise_day": .number(3)]
        ).taken(over: sheet, tables)
        #expect(next.name == sheet.name, "a name stands in two languages")
        #expect(next.values["promisedLimit"]?["value"] == .number(3))
    }

    @Test(arguments: [
        ("project_type", "7"), ("promise_day", "many"), ("is_fee", "perhaps"), ("server_type", "1,77"),
        ("anticipate_day", ""), ("limit_scene_num", "12"),
    ])
    func `what no sheet can say is shown and not taken over`(_ column: String, _ value: String) throws {
        let lines = try Self.lines(try Self.sheet("special-working-hours"), [column: .text(value)])
        #expect(lines.map(\.isTakable) == [false])
    }

    @Test func `a body that promises less than the city has its own promise changed, and no other`() throws {
        var sheet = try Self.sheet("special-working-hours")
        let (body, tables) = ("11350111MADEM002X0", try Demonstration.catalogue().composer.tables)
        sheet.own[body, default: OwnParticulars()].promisedLimit = 3
        let proposal = try Self.proposal(sheet, ["dept_code": .text(body), "promise_day": .number(2)])
        #expect(try proposal.lines(on: sheet, tables).first?.ours == "3")
        let next = try proposal.taken(over: sheet, tables)
        #expect(next.own[body]?.promisedLimit == 2)
        #expect(next.values["promisedLimit"] == sheet.values["promisedLimit"])
    }

    @Test func `what the sheet has no place for counts once its source says something else than before`() throws {
        let (sheet, tables) = (try Self.sheet("road-freight"), try Demonstration.catalogue().composer.tables)
        let now: [String: JSONValue] = ["by_law": .text("《中华人民共和国道路运输条例》"), "transact_time": .text("9:00-17:00")]
        #expect(try Self.proposal(sheet, now).lines(on: sheet, tables).isEmpty, "with the first nothing is compared")
        let later = try Self.proposal(sheet, now, before: ["by_law": .text("无"), "transact_time": .text("9:00-17:00")])
        let lines = try later.lines(on: sheet, tables)
        #expect(lines.map(\.column) == ["by_law"] && lines.first?.before == "无" && lines.first?.isTakable == false)
        let unknown = try Self.proposal(sheet, now).lines(on: nil, tables)
        #expect(unknown.map(\.column) == ["by_law", "transact_time"], "of an item that is not here everything is said")
    }

    @Test func `codes are read as their labels`() throws {
        let tables = try Demonstration.catalogue().composer.tables
        let line = ProposalLine(column: "server_type", ours: nil, theirs: "2,1", before: nil, isTakable: true)
        #expect(line.plain(line.theirs, tables).zh == "自然人、企业法人")
        let flag = ProposalLine(column: "is_fee", ours: nil, theirs: "0", before: nil, isTakable: true)
        #expect(flag.plain(flag.theirs, tables) == Bilingual("否", "No"))
    }

    @Test func `the item is the one of the basic code, or of the end of the implementation code`() {
        #expect(CatalogueProposal.code(in: ["catalog_code": .text("000114111004")])?.code == "000114111004")
        let implementation = "11350100MADEM002X03000114111004"
        #expect(CatalogueProposal.code(in: ["task_code": .text(implementation)])?.code == "000114111004")
        #expect(CatalogueProposal.code(in: ["task_code": .text(implementation + "01")])?.code == "000114111004")
        #expect(CatalogueProposal.code(in: ["catalog_code": .text("x")]) == nil)
        #expect(CatalogueProposal.code(in: [:]) == nil)
    }

    @Test(arguments: StoreUnderTest.all)
    func `a later record of a source takes the place of an open one, and what is over stays so`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(ItemTable.migrations) { store in
            let sheet = try Self.sheet("road-freight")
            let at = Demonstration.stamp.now
            try await store.write { tx in
                let first = try Self.proposal(sheet, ["promise_day": .number(5)], serial: 1)
                let second = try Self.proposal(sheet, ["promise_day": .number(4)], before: first.values, serial: 2)
                try ProposalTable.add(first, as: .open, in: tx)
                try ProposalTable.add(second, as: .open, in: tx)
                #expect(try ProposalTable.proposals(.replaced, before: nil, in: tx).map(\.id) == [first.id])
                #expect(try ProposalTable.last(of: first.source, in: tx)?.values == second.values)
                #expect(try ProposalTable.last(of: first.source, in: tx)?.before == first.values)
                #expect(try ProposalTable.openCount(in: tx) == 1)
                try ProposalTable.end(second.id, as: .taken, .init(at: at, editor: nil), in: tx)
                #expect(throws: CatalogueRefusal.proposalSettled) {
                    try ProposalTable.end(second.id, as: .declined, .init(at: at, editor: nil), in: tx)
                }
                let third = try Self.proposal(sheet, [:], serial: 3)
                try ProposalTable.add(third, as: .same, in: tx)
                try ProposalTable.add(try Self.proposal(sheet, [:], serial: 4), as: .same, in: tx)
                #expect(try ProposalTable.proposal(third.id, in: tx) == nil, "one that said the same is forgotten")
                #expect(try ProposalTable.open(of: [second.code], in: tx).isEmpty)
            }
        }
    }
}
