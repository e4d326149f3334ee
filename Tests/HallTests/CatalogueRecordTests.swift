import Accounts
import Catalogue
import Exchange
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// What comes over a link of the catalogue.
@Suite struct CatalogueRecordTests {
    private static let code = "000114111004"
    private static let body = "11350100MADEM002X0"

    /// An item of the province's catalogue, as the sheet has it but for what is named.
    private static func row(
        _ link: LinkStory, _ more: [String: JSONValue], without left: Set<String> = []
    ) throws -> LinkRecord {
        var values: [String: JSONValue] = [
            "row_guid": .text("t-1"), "task_name": .text("企业实行不定时工作制和综合计算工时工作制审批"),
            "catalog_code": .text(code), "task_type": .text("01"), "by_law": .text("《中华人民共和国劳动法》第三十九条"),
            "power_source": .text("1"), "use_level": .text("4"), "task_code": .text("\(body)3\(code)"),
            "task_state": .text("1"), "task_version": .number(1), "dept_name": .text("福州市人力资源和社会保障局"),
            "dept_type": .text("1"), "dept_code": .text(body), "anticipate_day": .number(15),
            "anticipate_type": .text("1"),
            "promise_day": .number(4), "promise_type": .number(1), "accept_condition": .text("在本地登记"),
            "handle_flow": .text("受理、审核、决定"), "is_fee": .text("0"), "server_type": .text("2"),
            "project_type": .text("2"), "limit_scene_num": .number(0), "special_procedure": .text("无"),
            "app_is_single_login": .text("0"), "is_single_login": .text("0"), "transact_addr": .text("示例路1号"),
            "transact_time": .text("工作日"), "link_way": .text("0591-00000000"), "supervise_way": .text("12345"),
            "cd_operation": .text("I"), "cd_time": .text("2018-11-19 09:00:00"), "cd_batch": .text("b-1"),
            "data_source": .text("350"),
        ]
        values.merge(more) { $1 }
        return try LinkRecord(
            "dn_task_general_basic", number: "", values.filter { !left.contains($0.key) }, in: link.families)
    }

    private static func open(
        _ place: StoreUnderTest = .sqlite, _ scopes: [PartnerScope] = [.propose], _ extent: Grant.Extent = .everywhere,
        _ body: (LinkStory) async throws -> Void
    ) async throws {
        try await LinkStory.open(place, scopes, extent) { link in
            let catalogue = try DemonstrationCatalogue.shipped()
            let sheet = try #require(catalogue.sheets.first { $0.slug == "special-working-hours" })
            let (hall, id) = (link.story.hall, link.story.hall.ids.next())
            try await hall.store.write { tx in
                try SheetTable.add(sheet, as: id, state: .published, by: nil, now: hall.time.now(), in: tx)
            }
            try await body(link)
        }
    }

    private static func proposals(_ link: LinkStory, _ state: CatalogueProposal.State) async throws -> [ProposalView] {
        try await link.story.hall.proposals(state, try GuideComposer.shipped())
    }

    @Test(arguments: StoreUnderTest.all)
    func `a change of the province's stands beside the sheet, and changes nothing by itself`(
        _ place: StoreUnderTest
    ) async throws {
        try await Self.open(place) { link in
            #expect(try await link.take(try Self.row(link, [:]), at: "1") == "same")
            #expect(try await Self.proposals(link, .open).isEmpty)
            let changed = try Self.row(
                link, ["promise_day": .number(3), "by_law": .text("《中华人民共和国劳动法》"), "task_version": .number(2)])
            let id = try await link.take(changed, at: "2")
            let open = try await Self.proposals(link, .open)
            #expect(open.map { "\($0.proposal.id)" } == [id] && open.first?.partner == "住建业务系统")
            #expect(open.first?.lines.map(\.column) == ["by_law", "promise_day"])
            #expect(open.first?.lines.map(\.isTakable) == [false, true])
            let kept = try await link.story.hall.sheet("special-working-hours")
            #expect(kept.revision == 1 && kept.sheet.values["promisedLimit"]?["value"] == .number(4))
            #expect(try await link.take(changed, at: "3") == id, "the same again is the proposal that is there")
            let entries = try await link.story.hall.store.read { tx in
                try Journal.entries(of: try #require(open.first).proposal.id.subject, in: tx)
            }
            #expect(
                entries.map(\.kind) == ["catalogue.proposal"]
                    && entries.first?.actor == .partner(link.partner, officer: nil))
        }
    }

    @Test func `a later record replaces an open one, and what goes back to the sheet is no proposal`() async throws {
        try await Self.open { link in
            let first = try await link.take(try Self.row(link, ["promise_day": .number(3)]), at: "1")
            let second = try await link.take(try Self.row(link, ["promise_day": .number(2)]), at: "2")
            #expect(first != second)
            #expect(try await Self.proposals(link, .replaced).map { "\($0.proposal.id)" } == [first])
            #expect(try await link.take(try Self.row(link, [:]), at: "3") == "same")
            #expect(try await Self.proposals(link, .open).isEmpty)
        }
    }

    @Test
    func `an item that the catalogue does not have is a proposal of all it says, whether its body is known or not`()
        async throws
    {
        try await Self.open { link in
            let code = "000114111999"
            let named: [String: JSONValue] = [
                "row_guid": .text("t-2"), "catalog_code": .text(code), "task_code": .text("\(Self.body)3\(code)"),
                "task_name": .text("示例新事项审批"),
            ]
            _ = try await link.take(try Self.row(link, named), at: "1")
            let stranger: [String: JSONValue] = ["row_guid": .text("t-3"), "dept_code": .text("11350000MADEM000X0")]
            _ = try await link.take(try Self.row(link, named.merging(stranger) { $1 }), at: "2")
            let open = try await Self.proposals(link, .open)
            #expect(
                open.map(\.canBegin) == [false, true] && open.allSatisfy { $0.sheet == nil && $0.lines.count > 10 })
            #expect(open.map(\.name) == ["示例新事项审批", "示例新事项审批"])
        }
    }

    @Test func `whoever may not propose, or not for this item, proposes nothing`() async throws {
        try await Self.open(.sqlite, [.file]) { link in
            await #expect(throws: PartnerRefusal.scopeMissing) { try await link.take(try Self.row(link, [:])) }
        }
        let other = try #require(CreditCode("11350100MADEM00380"))
        try await Self.open(.sqlite, [.propose], Grant.Extent(department: other)) { link in
            await #expect(throws: PartnerRefusal.outOfReach) { try await link.take(try Self.row(link, [:])) }
            let open = try await Self.proposals(link, .open)
            #expect(open.isEmpty)
        }
    }

    @Test func `beyond so many that are open a further one waits, and a keeper of the link is told why`() async throws {
        try await Self.open { link in
            let sheet = try await link.story.hall.sheet("special-working-hours").sheet
            let code = try #require(sheet.powers.first?.catalogCode)
            let (hall, partner) = (link.story.hall, link.partner)
            let ids = (0..<ProposalTable.openMax).map { _ in ProposalID(hall.ids.next()) }
            try await hall.store.write { tx in
                for (serial, id) in ids.enumerated() {
                    let source = CatalogueProposal.Source(
                        partner: partner, family: "dn_task_directory", key: "\(serial)")
                    let one = CatalogueProposal(id, from: source, about: code, ([:], nil), at: hall.time.now())
                    try ProposalTable.add(one, as: .open, in: tx)
                }
            }
            let early = await #expect(throws: RecordEarly.self) {
                try await link.take(try Self.row(link, ["promise_day": .number(3)]))
            }
            #expect(early?.because.code == "catalogue.too-many-proposals")
        }
    }

    @Test func `a list that names no body is for whoever may propose for the whole city`() async throws {
        let county = try #require(Region("350111"))
        for (extent, isTaken) in [(Grant.Extent.everywhere, true), (Grant.Extent(region: county), false)] {
            try await Self.open(.sqlite, [.propose], extent) { link in
                let bare = try LinkRecord(
                    "dn_task_directory", number: "",
                    try Self.row(link, ["task_name": .text("特殊工时审批")]).record.values.filter {
                        try link.families.family("dn_task_directory")[field: $0.key] != nil
                    }, in: link.families)
                guard !isTaken else {
                    #expect(try await link.take(bare) != "same")
                    return
                }
                await #expect(throws: PartnerRefusal.outOfReach) { try await link.take(bare) }
            }
        }
    }

    @Test func `a record without a code, and one that takes an item away, are refused`() async throws {
        try await Self.open { link in
            let nameless = try Self.row(link, ["catalog_code": .text("000"), "task_code": .text("1")])
            let refusal = await #expect(throws: CatalogueRefusal.self) { try await link.take(nameless) }
            #expect(refusal?.code == "catalogue.code-missing")
            await #expect(throws: LinkRefusal.familyUnfit) {
                try await link.take(try Self.row(link, ["cd_operation": .text("D")]))
            }
        }
    }
}
