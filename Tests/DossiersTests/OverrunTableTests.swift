import Dossiers
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct OverrunTableTests {
    private static let always = Story.day("01-01")...Story.day("12-31")

    /// Writes stories under ids 1, 2, … and their public rows.
    private static func write(_ stories: [Story], in store: any Store) async throws {
        try await store.write { tx in
            for (index, story) in stories.enumerated() {
                let id = DossierID(Subject(high: 20, low: UInt64(index + 1)))
                var events = story.events
                events[0] = try story.rules.begin(story.submission(serial: index + 1), at: Story.at("11-19"))[0]
                for (line, event) in zip(story.history, events) {
                    let stamp = Stamp(
                        now: line.at, actor: line.actor, entropy: Entropy(seed: .init(repeating: 7, count: 32)))
                    try Journal.append([event], to: id.subject, after: line.sequence - 1, stamp: stamp, in: tx)
                }
                guard let dossier = try DossierTable.load(id, in: tx) else { preconditionFailure("just written") }
                try DossierTable.insert(dossier, dates: DossierTable.Dates(dossier, story.rules), in: tx)
                try OverrunTable.keep(dossier, story.rules, in: tx)
                // The same again changes nothing.
                try OverrunTable.keep(dossier, story.rules, in: tx)
            }
        }
    }

    private static func stories() throws -> [Story] {
        let late = try Story.examined().tick("11-27")
        let explain = DossierCommand.overrun(.explain(.promised, text: "系统升级"))
        return [
            late, try late.perform(explain, "11-27", by: Story.head), try Story.examined(),
            try Story.examined(promised: TimeLimit(6, .workingDays, article: "承诺")).tick("11-29"),
        ]
    }

    @Test(arguments: StoreUnderTest.all)
    func `what passed is listed page by page, the latest first, and what nobody explained by itself`(
        _ place: StoreUnderTest
    ) async throws {
        let stories = try Self.stories()
        let firm = try #require(CreditCode("91350100MADEM0054D"))
        try await place.use(DossierTable.migrations) { store in
            try await Self.write(stories, in: store)
            try await store.read { tx throws in
                let all = try OverrunTable.lines(Self.always, in: tx)
                #expect(all.map(\.due) == ["2018-11-28", "2018-11-26", "2018-11-26"])
                #expect(all.map(\.explanation) == ["", "系统升级", ""] && all[1].explainedAt == Story.at("11-27"))
                #expect(all[0].itemName == "特殊工时审批" && all[0].body == stories[0].terms.body)
                var (pages, cursor): ([PublicOverrun], OverrunTable.Cursor?) = ([], nil)
                for _ in 0..<all.count {
                    let page = try OverrunTable.lines(Self.always, after: cursor, limit: 1, in: tx)
                    pages += page
                    cursor = page.last?.cursor
                }
                #expect(pages == all)
                let end = try OverrunTable.lines(Self.always, after: cursor, limit: 1, in: tx)
                #expect(end == [])
                let open = try OverrunTable.unexplained(Self.always, in: tx)
                #expect(open == [all[0], all[2]])
                let rest = try OverrunTable.unexplained(Self.always, after: all[0].cursor, in: tx)
                #expect(rest == [all[2]])
                let earlier = try OverrunTable.lines(Story.day("11-01")...Story.day("11-27"), in: tx)
                #expect(earlier == [all[1], all[2]])
                #expect(try OverrunTable.unexplainedCount(in: tx) == 2)
                let waiting = try OverrunTable.waiting(in: .of(stories[0].terms.body), tx: tx)
                #expect(waiting.map(\.due) == ["2018-11-26", "2018-11-28"])
                let other = try OverrunTable.waiting(in: .of(firm), tx: tx)
                #expect(other == [])
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the lists are read along their indexes and are not sorted`(_ place: StoreUnderTest) async throws {
        let stories = try Self.stories()
        try await place.use(DossierTable.migrations) { store in
            try await Self.write(stories, in: store)
            let plans = try await store.write { tx in
                // So few rows would be read whole.
                if tx.dialect == .postgres {
                    try tx.execute("SET LOCAL enable_seqscan = off")
                    try tx.execute("SET LOCAL enable_bitmapscan = off")
                }
                return try tx.plans { tx in
                    let cursor = OverrunTable.Cursor(
                        due: Story.day("11-30"), dossier: DossierID(Subject(high: 20, low: 9)), limit: .promised)
                    _ = try OverrunTable.lines(Self.always, after: cursor, in: tx)
                    _ = try OverrunTable.unexplained(Self.always, after: cursor, in: tx)
                    _ = try OverrunTable.unexplainedCount(in: tx)
                    _ = try OverrunTable.waiting(in: .of(stories[0].terms.body), tx: tx)
                }
            }
            let indexes = ["overrun_by_due"] + Array(repeating: "overrun_unexplained", count: 3)
            #expect(plans.count == indexes.count)
            for (plan, index) in zip(plans, indexes) {
                #expect(plan.contains(index), "\(plan)")
                #expect(!plan.contains("TEMP B-TREE") && !plan.contains("Sort"), "\(plan)")
            }
        }
    }
}
