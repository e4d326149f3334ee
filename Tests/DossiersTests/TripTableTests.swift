import Dossiers
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct TripTableTests {
    private static let year = Story.day("01-01")...Story.day("12-31")

    private static func closed(_ delivery: DeliveryMode, handedOver day: String) throws -> Story {
        try Story(.nearestWindow, delivery: delivery).submit("11-19").accept("11-19").review("11-20").grant("11-20")
            .file("11-20").issue("11-20").handOver(day).close(day)
    }

    /// One trip promised and made, two promised and made, one promised and two made, and one that is still open.
    private static func stories() throws -> [Story] {
        let corrected = try Story(.nearestWindow, delivery: .eCertificate).submit("11-19").requestCorrection("11-20")
            .perform(.supplyCorrection([HandedIn("licence", .paper)]), "11-21", by: Story.clerk)
            .accept("11-21").review("11-22").grant("11-22").file("11-22").issue("11-22").handOver("11-26")
            .close("11-26")
        return [
            try closed(.eCertificate, handedOver: "11-22"), try closed(.counter, handedOver: "11-23"), corrected,
            try Story(.nearestWindow, delivery: .counter).submit("11-19"),
        ]
    }

    /// Writes stories under ids 1, 2, … and their rows.
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
                try TripTable.keep(dossier, in: tx)
                // The same again changes nothing.
                try TripTable.keep(dossier, in: tx)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was closed is counted by day and place, and what took more than promised is listed`(
        _ place: StoreUnderTest
    ) async throws {
        let stories = try Self.stories()
        let firm = try #require(CreditCode("91350100MADEM0054D"))
        try await place.use(DossierTable.migrations) { store in
            try await Self.write(stories, in: store)
            try await store.read { tx throws in
                let counts = try TripTable.counts(Self.year, in: tx)
                #expect(counts.map(\.day) == ["2018-11-22", "2018-11-23", "2018-11-26"].map(Story.day))
                #expect(counts.map(\.promised) == [1, 2, 1] && counts.map(\.made) == [1, 2, 2])
                #expect(counts.allSatisfy { $0.region == .fuzhou && $0.dossiers == 1 })
                let figures = TripFigures(counts)
                #expect(figures.closed == 3 && figures.kept == 2 && figures.over == 1)
                #expect(figures.withoutTrip == 0 && figures.atMostOne == 1)
                #expect(figures.promised == 4 && figures.made == 5)
                #expect(figures.pairs.map(\.dossiers) == [1, 1, 1] && figures.pairs.map(\.pair.made) == [1, 2, 2])
                #expect(try TripTable.counts(Story.day("11-23")...Story.day("11-25"), in: tx).count == 1)
                let over = try TripTable.over(Self.year, in: .of(stories[0].terms.body), tx: tx)
                #expect(over.map(\.id) == [DossierID(Subject(high: 20, low: 3))])
                #expect(try TripTable.over(Self.year, in: .of(firm), tx: tx) == [])
                #expect(try TripTable.over(Story.day("11-01")...Story.day("11-25"), in: .of(firm), tx: tx) == [])
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `counts and list are read along their indexes and are not sorted`(_ place: StoreUnderTest) async throws {
        let stories = try Self.stories()
        try await place.use(DossierTable.migrations) { store in
            try await Self.write(stories, in: store)
            let plans = try await store.write { tx in
                // So few rows would be read whole.
                if tx.dialect == .postgres {
                    try tx.execute("SET LOCAL enable_seqscan = off")
                    try tx.execute("SET LOCAL enable_bitmapscan = off")
                    try tx.execute("SET LOCAL enable_hashagg = off")
                }
                return try tx.plans { tx in
                    _ = try TripTable.counts(Self.year, in: tx)
                    _ = try TripTable.over(Self.year, in: .of(stories[0].terms.body), tx: tx)
                }
            }
            #expect(plans.count == 2)
            for (plan, index) in zip(plans, ["trip_by_day", "trip_over"]) {
                #expect(plan.contains(index), "\(plan)")
                #expect(!plan.contains("TEMP B-TREE") && !plan.contains("Sort"), "\(plan)")
            }
        }
    }

    @Test func `days that are over are read once, and what may still grow is read again`() throws {
        let keeper = TripKeeper()
        let count = { (day: String, dossiers: Int) in
            TripTable.Count(day: Story.day(day), region: .fuzhou, promised: 1, made: 1, dossiers: dossiers)
        }
        let first = keeper.look(on: Story.day("11-26"))
        #expect(first.unread == first.days && first.days.upperBound == Story.day("11-26"))
        let read = [count("11-20", 3), count("11-25", 2), count("11-26", 1)]
        #expect(keeper.counts(of: first, read: read) == read)
        let second = keeper.look(on: Story.day("11-26"))
        #expect(second.unread == Story.day("11-25")...Story.day("11-26"))
        let grown = [count("11-25", 2), count("11-26", 5)]
        #expect(keeper.counts(of: second, read: grown) == [count("11-20", 3)] + grown)
        // Some days later what was left unread since is read; a year later nothing of before is known.
        let later = keeper.look(on: Story.day("11-29"))
        #expect(later.unread.lowerBound == Story.day("11-25"))
        let nextYear = keeper.look(on: Story.day("2020-01-01"))
        #expect(nextYear.unread == nextYear.days)
        // A clock that was put back makes the keeper forget.
        _ = keeper.counts(of: nextYear, read: [])
        let back = keeper.look(on: Story.day("11-26"))
        #expect(back.unread == back.days)
    }
}
