import Dossiers
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct PublicGrantTableTests {
    private static let always = Story.day("01-01")...Story.day("12-31")

    /// Grants 1, 2, … of a firm and of a person in turns, one a day.
    private static func grants(_ count: Int = 4) throws -> [PublicGrant] {
        let story = try Story.examined()
        return try (1...count).map { number in
            let person = Submission.Personal(
                applicant: number % 2 == 1 ? ("福州示例企业一有限公司", "91350100MADEM0054D") : ("林一", "350102188501010019"),
                contactMobile: "13800000000", answers: [:], files: ([:], "123456"))
            let events = try story.rules.begin(
                story.submission(serial: number, personal: person), at: Story.at("11-19"))
            let dossier = try Dossier(
                DossierID(Subject(high: 21, low: UInt64(number))), events[0], at: Story.at("11-19"), by: Story.clerk)
            return PublicGrant(
                dossier, number: "榕人社许〔2018〕第000\(number)号", on: Story.day("11-2\(number)"),
                certificate: ("3501002018000000\(number)", Story.day("2019-11-2\(number)")))
        }
    }

    private static func asking(_ grants: [PublicGrant]) throws -> (PublicGrantTable.Filter, PublicGrant) {
        (PublicGrantTable.Filter(always), try #require(grants.first))
    }

    @Test func `R22 a person is public by her family name alone, an organisation by name and code`() throws {
        let grants = try Self.grants()
        #expect(grants.map(\.holder) == ["福州示例企业一有限公司", "林**", "福州示例企业一有限公司", "林**"])
        #expect(grants.map { $0.holderCode == nil } == [false, true, false, true])
        #expect(!"\(grants[1])".contains("350102188501010019") && !"\(grants[1])".contains("林一"))
    }

    @Test func `R22 a grant is valid until its last day or its end`() throws {
        var grant = try #require(try Self.grants(1).first)
        #expect(grant.standing(on: Story.day("2019-11-21")) == .valid)
        #expect(grant.standing(on: Story.day("2019-11-22")) == .expired)
        for kind in PublicGrant.End.Kind.allCases {
            grant.end = PublicGrant.End(kind, on: Story.day("11-30"))
            #expect(grant.standing(on: Story.day("12-01")).rawValue == kind.rawValue)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `R22 grants are found by item, body, organisation, month and number, page by page`(
        _ place: StoreUnderTest
    ) async throws {
        let grants = try Self.grants()
        try await place.use(DossierTable.migrations) { store in
            try await store.write { tx in
                for grant in grants + grants { try PublicGrantTable.put(grant, in: tx) }
            }
            try await store.read { tx throws in
                let (all, first) = try Self.asking(grants)
                let latest = Array(grants.reversed())
                #expect(try PublicGrantTable.lines(all, in: tx) == latest)
                var (pages, cursor): ([PublicGrant], PublicGrantTable.Cursor?) = ([], nil)
                for _ in grants {
                    let page = try PublicGrantTable.lines(all, after: cursor, limit: 1, in: tx)
                    pages += page
                    cursor = page.last?.cursor
                }
                #expect(pages == latest)
                var own = all
                own.holder = first.holderCode
                #expect(try PublicGrantTable.lines(own, in: tx) == [grants[2], grants[0]])
                own.days = Story.day("11-01")...Story.day("11-22")
                #expect(try PublicGrantTable.lines(own, in: tx) == [grants[0]])
                for (item, body, count) in [(first.catalogCode, first.body, 4), ("000000000000", first.body, 0)] {
                    var narrow = all
                    (narrow.item, narrow.body) = (item, body)
                    #expect(try PublicGrantTable.lines(narrow, in: tx).count == count)
                    narrow.body = nil
                    #expect(try PublicGrantTable.lines(narrow, in: tx).count == count)
                }
                var bodied = all
                bodied.body = first.body
                #expect(try PublicGrantTable.lines(bodied, in: tx) == latest)
                for number in [first.number, first.certificateNumber] {
                    #expect(try PublicGrantTable.lines(number: number, in: tx) == [first])
                }
                #expect(try PublicGrantTable.lines(number: "榕人社许", in: tx) == [])
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `names are found by their parts or beginnings, and nobody's name is among them`(
        _ place: StoreUnderTest
    ) async throws {
        let grants = try Self.grants()
        try await place.use(DossierTable.migrations) { store in
            try await store.write { tx in for grant in grants { try PublicGrantTable.put(grant, in: tx) } }
            try await store.read { tx throws in
                let names = { (words: String) in try PublicNameTable.names(matching: words, in: tx).map(\.name) }
                #expect(try names("福州示例") == ["福州示例企业一有限公司"] && names("示例企业") == [])
                #expect(try names("工时") == ["特殊工时审批"] && names("人社") == ["市人社局（示例）"])
                #expect(try names("林").isEmpty && names("%").isEmpty && names("_").isEmpty && names("").isEmpty)
                #expect(try PublicNameTable.name(.item, grants[0].catalogCode, in: tx) == "特殊工时审批")
                #expect(try PublicNameTable.name(.body, grants[0].catalogCode, in: tx) == nil)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an end is marked, and the lists are read along their indexes and are not sorted`(
        _ place: StoreUnderTest
    ) async throws {
        let grants = try Self.grants()
        try await place.use(DossierTable.migrations) { store in
            let plans = try await store.write { tx in
                for grant in grants { try PublicGrantTable.put(grant, in: tx) }
                let end = PublicGrant.End(.revoked, on: Story.day("11-30"))
                try PublicGrantTable.end(grants[0].dossier, end, in: tx)
                let (all, first) = try Self.asking(grants)
                #expect(try PublicGrantTable.lines(number: first.number, in: tx).map(\.end) == [end])
                // So few rows would be read whole.
                if tx.dialect == .postgres {
                    try tx.execute("SET LOCAL enable_seqscan = off")
                    try tx.execute("SET LOCAL enable_bitmapscan = off")
                }
                var (item, body, holder) = (all, all, all)
                (item.item, body.body, holder.holder) = (first.catalogCode, first.body, first.holderCode)
                return try tx.plans { tx in
                    for filter in [all, item, body, holder] {
                        _ = try PublicGrantTable.lines(filter, after: grants[3].cursor, in: tx)
                    }
                }
            }
            for (plan, by) in zip(plans, ["day", "item", "body", "holder"]) {
                #expect(plan.contains("public_grant_by_\(by)"), "\(plan)")
                #expect(!plan.contains("TEMP B-TREE") && !plan.contains("Sort"), "\(plan)")
            }
        }
    }
}
