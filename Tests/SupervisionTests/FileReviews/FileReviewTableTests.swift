import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Supervision

@Suite struct FileReviewTableTests {
    private static func stamp(_ now: Instant = FileReviewStory.now) -> Stamp {
        Stamp(now: now, actor: FileReviewStory.supervisor, entropy: Entropy(seed: [UInt8](repeating: 3, count: 32)))
    }

    private static func open(_ store: any Store, _ number: UInt64 = 1) async throws -> FileReview {
        try await store.write { tx in
            let cases = try FileReviewStory.cases()
            let next = try FileReviewTable.nextNumber(of: 2018, in: tx)
            let event = try FileReviewRules().open(
                try FileReviewStory.terms(), number: next, from: cases, checklist: try FileReviewStory.checklist(),
                at: FileReviewStory.now)
            return try FileReviewTable.open(
                event, as: FileReviewID(Subject(high: 7, low: number * 10)), from: cases.reversed(), stamp: stamp(),
                in: tx)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a campaign keeps its list of cases, has a number of its year, and is called when its time has come`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(SupervisionShape.migrations) { store in
            let review = try await Self.open(store)
            #expect(review.opened.number == "2018-1" && review.opened.count == 40)
            #expect(try await Self.open(store, 2).opened.number == "2018-2")
            try await store.read { (tx) throws in
                let cases = try FileReviewTable.cases(of: review.id, in: tx)
                #expect(try cases == FileReviewStory.cases(), "by number")
                #expect(FileDraw.digest(of: cases) == review.opened.digest)
                #expect(try FileReviewTable.all(in: tx).map(\.opened.number) == ["2018-2", "2018-1"])
                #expect(try FileReviewTable.due(by: FileReviewStory.now, limit: 9, in: tx).isEmpty)
                #expect(try FileReviewTable.due(by: review.terms.drawAt, limit: 9, in: tx).count == 2)
                #expect(try FileReviewTable.checkpoint(for: review, in: tx) == nil)
                #expect(throws: FileReviewRefusal.notFound) {
                    try FileReviewTable.load(FileReviewID(Subject(high: 7, low: 999)), in: tx)
                }
            }
            let called = try await store.write { tx in
                try FileReviewTable.append([.called], to: review, stamp: Self.stamp(), in: tx)
            }
            #expect(called.stage == .called)
            try await store.read { (tx) throws in
                #expect(try FileReviewTable.load(review.id, in: tx) == called)
                #expect(try FileReviewTable.due(by: review.terms.drawAt, limit: 9, in: tx).count == 1)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the first checkpoint at the named time or after it gives the seed, not one before and not a later one`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(SupervisionShape.migrations) { store in
            let review = try await Self.open(store)
            let sealer = Sealer(store: store, holder: "test", origin: "test") { $0 }
            let drawAt = review.terms.drawAt
            _ = try await sealer.seal(now: FileReviewStory.now)
            _ = try await sealer.checkpoint(now: FileReviewStory.now)
            try await store.read { (tx) throws in
                #expect(try FileReviewTable.checkpoint(for: review, in: tx) == nil, "sealed before the named time")
            }
            let called = try await store.write { tx in
                try FileReviewTable.append([.called], to: review, stamp: Self.stamp(drawAt), in: tx)
            }
            _ = try await sealer.seal(now: drawAt)
            let first = try await sealer.checkpoint(now: drawAt)
            _ = try await Self.open(store, 3)
            _ = try await sealer.seal(now: drawAt.advanced(bySeconds: 60))
            _ = try await sealer.checkpoint(now: drawAt.advanced(bySeconds: 60))
            try await store.read { (tx) throws in
                #expect(first != nil)
                #expect(try FileReviewTable.checkpoint(for: called, in: tx) == first)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a drawn file goes from list to list until its marks are final and its misses are counted`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(SupervisionShape.migrations) { store in
            let story = try FileReviewStory().given(1, 2).sheet(1, delivery: 10).sheet(2, delivery: 10)
            let manner = FileReviewTerms.Manner()
            @Sendable func stamp(_ actor: Actor) -> Stamp {
                Stamp(now: FileReviewStory.now, actor: actor, entropy: Self.stamp().entropy)
            }
            let id = FileReviewStory.fileID
            try await store.write { tx in
                guard case .drawn(let drawn) = story.events[0] else { throw Fault.corrupt("no draw") }
                try ReviewedFileTable.draw(drawn, as: id, stamp: Self.stamp(), in: tx)
                _ = try ReviewedFileTable.append(
                    Array(story.events[1...2]), to: try ReviewedFileTable.load(id, in: tx), manner,
                    stamp: Self.stamp(), in: tx)
            }
            try await store.read { (tx) throws in
                let own = try ReviewedFileTable.of(reviewer: FileReviewStory.staff(1), in: tx)
                #expect(own.map(\.0.id) == [id] && own[0].isOpen)
                #expect(try ReviewedFileTable.of(reviewer: FileReviewStory.staff(3), in: tx).isEmpty)
                #expect(try ReviewedFileTable.told(in: .everywhere, tx: tx).isEmpty)
                #expect(try ReviewedFileTable.of(FileReviewStory.id, in: tx).map(\.stage) == [.inReview])
            }
            for (number, actor) in [(1, UInt64(1)), (2, 2)] {
                let own = Actor.staff(FileReviewStory.staff(actor))
                let events = story.events.dropFirst(3)
                let half = number == 1 ? events.prefix(5) : events.dropFirst(5)
                try await store.write { tx in
                    _ = try ReviewedFileTable.append(
                        Array(half), to: try ReviewedFileTable.load(id, in: tx), manner, stamp: stamp(own), in: tx)
                }
            }
            let over = Instant(try #require(CivilDate("2018-12-11")))
            try await store.read { (tx) throws in
                #expect(try ReviewedFileTable.load(id, in: tx).outcome == story.file.outcome)
                let told = try ReviewedFileTable.told(in: .everywhere, tx: tx)
                #expect(told.map(\.marks) == [90] && told[0].grade == .excellent)
                #expect(try ReviewedFileTable.of(reviewer: FileReviewStory.staff(1), in: tx).first?.isOpen == false)
                #expect(try ReviewedFileTable.due(by: over, limit: 9, in: tx) == [id])
                #expect(try ReviewedFileTable.missed(of: FileReviewStory.id, in: tx).isEmpty, "not final")
            }
            try await store.write { tx in
                _ = try ReviewedFileTable.append(
                    [.finished], to: try ReviewedFileTable.load(id, in: tx), manner, stamp: Self.stamp(over), in: tx)
            }
            try await store.read { (tx) throws in
                #expect(try ReviewedFileTable.missed(of: FileReviewStory.id, in: tx) == ["missed": 1])
                #expect(try ReviewedFileTable.due(by: over, limit: 9, in: tx).isEmpty)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the cases are those that were closed within the days, whatever else was counted`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(SupervisionShape.migrations) { store in
            let dice = Dice.seeded(11)
            let counted = (0..<200).map { CountedSamples.dossier($0, dice, sequence: 9) }
            _ = try await store.write { tx in
                try FigureTable.count(counted, from: 0..<200, now: FileReviewStory.now, in: tx)
            }
            let (from, to) = (try #require(CivilDate("2018-02-01")), try #require(CivilDate("2018-11-30")))
            let terms = FileReviewTerms(
                closed: from...to, within: FileReviewTerms.Extent(bodies: [CountedSamples.bodies[0]]),
                sample: FileDraw.Sample(1, .files), drawAt: FileReviewStory.now, manner: .init())
            let wanted = counted.filter { one in
                guard let ended = one.days.ended, [.closed, .declined].contains(one.ending) else { return false }
                return terms.from <= ended && ended <= terms.to && one.place.body == CountedSamples.bodies[0]
            }
            #expect(!wanted.isEmpty)
            try await store.read { (tx) throws in
                #expect(try FileReviewTable.closed(terms, in: tx) == wanted.map(\.dossier).sorted())
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `no place is the city and what lies in it, not the province; a place that is named is itself alone`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(SupervisionShape.migrations) { store in
            let regions = try ["350000", "350100", "350111", "350200"].map { try #require(Region($0)) }
            let cases = regions.enumerated().map { number, region in Self.closed(number, at: region) }
            _ = try await store.write { tx in
                try FigureTable.count(cases, from: 0..<cases.count, now: FileReviewStory.now, in: tx)
            }
            let (day, samples): (CivilDate, [([Region], [Int])]) = (
                FileReviewStory.now.day, [([], [1, 2]), ([regions[1]], [1]), ([regions[2], regions[3]], [2, 3])]
            )
            for (places, wanted) in samples {
                let terms = FileReviewTerms(
                    closed: day...day, within: FileReviewTerms.Extent(places: places),
                    sample: FileDraw.Sample(1, .files), drawAt: FileReviewStory.now, manner: .init())
                let found = try await store.read { tx in try FileReviewTable.closed(terms, in: tx) }
                #expect(found == wanted.map { cases[$0].dossier }.sorted(), "\(places)")
                let held = try regions.indices.filter { index in
                    terms.holds(try OrderStory.matter(region: regions[index].code))
                }
                #expect(held == wanted, "\(places)")
            }
        }
    }

    /// A case of a place that was filed and closed on one day.
    private static func closed(_ number: Int, at region: Region) -> CountedCase {
        let (day, body) = (FileReviewStory.now.day, CountedSamples.bodies[0])
        return CountedCase(
            DossierID(Sample.subject(number)), sequence: 9,
            place: CountedCase.Place(
                region: region, body: body, item: "\(body.code)2000114003010", hall: nil, mode: ServiceMode.all[0]),
            days: CountedCase.Days(filed: day, received: day, accepted: day, decided: day, ended: day),
            end: (
                true, .early, .closed, CountedCase.Times(statutory: 0, promised: 0, taken: 0),
                CountedCase.Burden(trips: (0, 0), materials: (1, 0, 0), isCorrected: false, isExpress: false)
            ))
    }
}
