import Dossiers
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct DeskTableTests {
    private static func id(_ number: UInt64) -> DossierID { DossierID(Subject(high: 10, low: number)) }
    private static let officer = StaffID(Subject(high: 2, low: 2))

    private static func pool(
        _ story: Story, in tx: Transaction, at stage: Dossier.Stage.Name = .inReview, away: [StaffID] = [],
        filter: DeskFilter = DeskFilter()
    ) throws -> [DossierID] {
        let list = DeskList.pool(.of(story.terms.body), stage, away: away)
        let found = try DeskTable.lines(list, filter, limit: 50, tx: tx).map(\.dossier.id)
        #expect(try Set(DeskTable.ids(list, filter, tx: tx)) == Set(found))
        return found
    }

    /// Writes stories under ids 1, 2, …, each event by whoever did it and when.
    private static func write(_ stories: [Story], in store: any Store) async throws {
        try await store.write { tx in
            for (index, story) in stories.enumerated() {
                let id = id(UInt64(index + 1))
                var events = story.events
                events[0] = try story.rules.begin(story.submission(serial: index + 1), at: Story.at("11-19"))[0]
                for (line, event) in zip(story.history, events) {
                    let stamp = Stamp(
                        now: line.at, actor: line.actor, entropy: Entropy(seed: .init(repeating: 7, count: 32)))
                    try Journal.append([event], to: id.subject, after: line.sequence - 1, stamp: stamp, in: tx)
                }
                guard let dossier = try DossierTable.load(id, in: tx) else { preconditionFailure("just written") }
                try DossierTable.insert(dossier, dates: DossierTable.Dates(dossier, story.rules), in: tx)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the pool has what lies with nobody, what is shared and what lies with somebody who is away`(
        _ place: StoreUnderTest
    ) async throws {
        let free = try Story.examined()
        let taken = try free.take("11-20")
        let shared = try taken.tick("11-23")
        try await place.use(DossierTable.migrations) { store in
            try await Self.write([free, taken, shared, try free.review("11-20")], in: store)
            try await store.read { tx throws in
                #expect(try Self.pool(free, in: tx) == [Self.id(1), Self.id(3)])
                #expect(try Self.pool(free, in: tx, away: [Self.officer]) == [Self.id(1), Self.id(2), Self.id(3)])
                #expect(try Self.pool(free, in: tx, at: .reviewed) == [Self.id(4)])
                #expect(try Self.pool(free, in: tx, at: .reviewed, filter: DeskFilter(stage: .inReview)) == [])
                let mine = try DeskTable.lines(.held(Self.officer), DeskFilter(), limit: 50, tx: tx)
                #expect(mine.map(\.dossier.id) == [Self.id(2), Self.id(3)])
                #expect(mine.map(\.isShared) == [false, true] && mine[0].holder == Self.officer)
                let soon = try DeskTable.lines(.soon(.of(free.terms.body)), DeskFilter(), limit: 50, tx: tx)
                #expect(soon.map(\.dossier.id) == [Self.id(3)])
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is urged comes first, then by the time left, page by page, each once`(
        _ place: StoreUnderTest
    ) async throws {
        let early = try Story.examined()
        let late = try Story().submit("11-19").accept("11-22")
        let urged = try late.handle(.urge(note: ""), "11-22", by: .person(Story.applicant))
        try await place.use(DossierTable.migrations) { store in
            try await Self.write([late, early, urged, early, late], in: store)
            let found = try await store.read { tx in
                var found: [DossierID] = []
                var cursor = DeskCursor.start
                while true {
                    let page = try DeskTable.lines(
                        .pool(.of(early.terms.body), .inReview), DeskFilter(), after: cursor, limit: 2, tx: tx)
                    found += page.map(\.dossier.id)
                    guard let last = page.last, page.count == 2 else { return found }
                    cursor = last.cursor
                }
            }
            #expect(found == [3, 2, 4, 1, 5].map(Self.id))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `filters show what they say`(_ place: StoreUnderTest) async throws {
        let story = try Story.examined()
        let yellow = try Self.yellow()
        try await place.use(DossierTable.migrations) { store in
            try await Self.write([story, yellow], in: store)
            try await store.read { tx throws in
                #expect(try Self.pool(story, in: tx, filter: DeskFilter(type: "01")).count == 2)
                #expect(try Self.pool(story, in: tx, filter: DeskFilter(type: "05")) == [])
                #expect(try Self.pool(story, in: tx, filter: DeskFilter(item: "000114111003")).count == 2)
                #expect(try Self.pool(story, in: tx, filter: DeskFilter(item: "000114111004")) == [])
                #expect(try Self.pool(story, in: tx, filter: DeskFilter(light: .yellow)) == [Self.id(2)])
                #expect(try Self.pool(story, in: tx, filter: DeskFilter(light: .green)) == [Self.id(1)])
            }
        }
    }

    private static func asked(_ respondent: Respondent, in store: any Store) async throws -> [DossierID] {
        try await store.read { tx in
            try DeskTable.lines(.asked(DeskTable.key(respondent)), DeskFilter(), limit: 50, tx: tx).map(\.dossier.id)
        }
    }

    private static func yellow() throws -> Story {
        let steps = [
            ReviewStep("first", names: ("初审", "First"), days: WorkingDays(1)),
            ReviewStep("last", names: ("复审", "Last")),
        ]
        return try Story.examined(ProcedureTerms(steps: steps)).tick("11-22")
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is asked of somebody is found until it is settled`(_ place: StoreUnderTest) async throws {
        let story = try Story.examined()
        let asked = Respondent.officer(staff: Self.officer)
        try await place.use(DossierTable.migrations) { store in
            try await Self.write([story], in: store)
            try await store.write { tx in
                try DeskTable.ask([asked], until: "2018-11-22", about: Self.id(1), in: tx)
                try DeskTable.ask([asked], until: "2018-11-23", about: Self.id(1), in: tx)
            }
            let before = try await Self.asked(asked, in: store)
            #expect(before == [Self.id(1)])
            try await store.write { tx in try DeskTable.settle([asked], about: Self.id(1), in: tx) }
            let after = try await Self.asked(asked, in: store)
            #expect(after == [])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `every list is read along its index and is not sorted`(_ place: StoreUnderTest) async throws {
        let story = try Story.examined()
        try await place.use(DossierTable.migrations) { store in
            try await Self.write([story], in: store)
            let plans = try await store.write { tx in
                // So few rows would be read whole.
                if tx.dialect == .postgres { try tx.execute("SET LOCAL enable_seqscan = off") }
                return try tx.plans { tx in
                    let body = DossierTable.Part.of(story.terms.body)
                    _ = try DeskTable.lines(.pool(body, .inReview), DeskFilter(), limit: 50, tx: tx)
                    _ = try DeskTable.lines(.held(Self.officer), DeskFilter(), limit: 50, tx: tx)
                    _ = try DeskTable.lines(.soon(body), DeskFilter(), limit: 50, tx: tx)
                    let city = DossierTable.Part(bodies: ""..."~", items: ""..."~", regions: "350100"..."350199")
                    _ = try DossierTable.work(in: city, at: .received, limit: 50, tx: tx)
                    _ = try DossierTable.work(in: city, at: .issued, limit: 50, tx: tx)
                    _ = try LightTable.counts(in: tx)
                }
            }
            let indexes = [
                "dossier_by_desk", "dossier_by_holder", "dossier_due_soon", "dossier_at_window",
                "dossier_at_issuing",
                place.dialect == .sqlite ? "COVERING INDEX dossier_open_by_light" : "dossier_open_by_light",
            ]
            #expect(plans.count == indexes.count)
            for (plan, index) in zip(plans, indexes) {
                #expect(plan.contains(index), "\(plan)")
                // PostgreSQL sorts what it counts while there is so little of it.
                if index == "dossier_open_by_light" { continue }
                #expect(!plan.contains("TEMP B-TREE") && !plan.contains("Sort"), "\(plan)")
            }
        }
    }

    /// SQLite prepares a statement anew where a value that is bound stands against the condition of an index; its own
    /// books (`sqlite_stmt`) say how often it did.
    @Test func `on SQLite no list is prepared anew when it is read again`() async throws {
        let story = try Story.examined()
        try await StoreUnderTest(dialect: .sqlite).use(DossierTable.migrations) { store in
            try await Self.write([story], in: store)
            let again = try await store.read { tx in
                let body = DossierTable.Part.of(story.terms.body)
                let lists: [DeskList] = [.pool(body, .inReview), .held(Self.officer), .soon(body), .asked("staff:1")]
                for list in lists + lists {
                    _ = try DeskTable.lines(list, DeskFilter(light: .yellow), limit: 50, tx: tx)
                    _ = try DeskTable.ids(list, DeskFilter(), tx: tx)
                    _ = try DossierTable.work(in: body, at: .received, limit: 50, tx: tx)
                }
                return try tx.rows("SELECT sql, reprep FROM sqlite_stmt WHERE sql LIKE 'SELECT d.%'").map {
                    (try $0.text(0), try $0.integer(1))
                }
            }
            #expect(again.count == 9)
            for (sql, count) in again { #expect(count == 0, "\(sql)") }
        }
    }
}
