import Dossiers
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct DossierTableTests {
    private static let migrations = DossierTable.migrations

    private static func id(_ number: UInt64) -> DossierID { DossierID(Subject(high: 10, low: number)) }

    /// Writes a whole story under an id of its own, as `Hall` does: events, then the row.
    private static func write(_ story: Story, as id: DossierID, serial: Int, in tx: Transaction) throws {
        let submission = story.submission(serial: serial)
        var events = story.events
        events[0] = try story.rules.begin(submission, at: Story.at("11-19"))[0]
        let stamp = Stamp(
            now: Story.at("11-19"), actor: .platform, entropy: Entropy(seed: .init(repeating: 7, count: 32)))
        try Journal.append(events, to: id.subject, after: 0, stamp: stamp, in: tx)
        guard let dossier = try DossierTable.load(id, in: tx) else { preconditionFailure("it was just written") }
        try DossierTable.insert(dossier, dates: DossierTable.Dates(dossier, story.rules), in: tx)
        try DossierTable.update(dossier, dates: DossierTable.Dates(dossier, story.rules), in: tx)
    }

    @Test(arguments: StoreUnderTest.all)
    func `a dossier is found again by its numbers, its applicant and its work`(_ place: StoreUnderTest) async throws {
        let story = try Story().submit("11-19").accept("11-20")
        try await place.use(Self.migrations) { store in
            try await store.write { tx in try Self.write(story, as: Self.id(1), serial: 1, in: tx) }
            try await store.read { tx throws in
                let dossier = try #require(try DossierTable.load(Self.id(1), in: tx))
                #expect(dossier.stage.name == .inReview)
                let numbers = dossier.submitted.numbers
                #expect(numbers.number == "11350100MADEM002X03000114111003201811190001")
                #expect(numbers.number.count == 43)
                #expect(numbers.short == "201811190001")
                #expect(try DossierTable.id(number: numbers.number, in: tx) == Self.id(1))
                #expect(try DossierTable.id(number: numbers.short, in: tx) == Self.id(1))
                #expect(try DossierTable.id(number: "201811190002", in: tx) == nil)
                let own = try DossierTable.of(applicant: Story.applicant, in: tx)
                #expect(own.map(\.id) == [Self.id(1)])
                #expect(own.first?.due == "2018-11-26")
                #expect(own.first?.statutoryDue == "2018-12-18")
                let open = try DossierTable.open(
                    applicant: Story.applicant, implementationCode: story.terms.implementationCode, in: tx)
                #expect(open?.id == Self.id(1))
                #expect(
                    try DossierTable.work(in: .of(story.terms.body), at: .inReview, tx: tx).map(\.id) == [Self.id(1)])
                #expect(try DossierTable.work(in: .of(story.terms.body), at: .reviewed, tx: tx).isEmpty)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a dossier that has ended is no longer open, and another may be filed`(_ place: StoreUnderTest) async throws {
        let story = try Story().submit("11-19").decline("11-20")
        try await place.use(Self.migrations) { store in
            try await store.write { tx in try Self.write(story, as: Self.id(1), serial: 1, in: tx) }
            try await store.read { tx throws in
                let own = try DossierTable.of(applicant: Story.applicant, in: tx)
                #expect(own.first?.ending == .declined)
                let open = try DossierTable.open(
                    applicant: Story.applicant, implementationCode: story.terms.implementationCode, in: tx)
                #expect(open == nil)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `work comes in the order of the time left, page by page, each dossier once`(
        _ place: StoreUnderTest
    ) async throws {
        let early = try Story().submit("11-19").accept("11-19")
        let late = try Story().submit("11-19").accept("11-22")
        try await place.use(Self.migrations) { store in
            try await store.write { tx in
                for number in 1...25 {
                    let story = number % 2 == 0 ? early : late
                    try Self.write(story, as: Self.id(UInt64(number)), serial: number, in: tx)
                }
            }
            let lines = try await store.read { tx throws in
                var lines: [DossierLine] = []
                var cursor: DossierTable.Cursor?
                repeat {
                    let page = try DossierTable.work(
                        in: .of(early.terms.body), at: .inReview, after: cursor, limit: 7, tx: tx)
                    lines += page
                    cursor = page.last.flatMap { line in line.due.map { DossierTable.Cursor(due: $0, id: line.id) } }
                } while cursor != nil
                return lines
            }
            #expect(lines.count == 25)
            #expect(Set(lines.map(\.id)).count == 25)
            #expect(lines == lines.sorted { ($0.due ?? "9999-12-31", $0.id) < ($1.due ?? "9999-12-31", $1.id) })
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the pulse finds what silence will change, and nothing else`(_ place: StoreUnderTest) async throws {
        let waiting = try Story().submit("11-19")
        let idle = try Story(.preReviewThenCounter).submit("11-19").passPreReview("11-19")
        try await place.use(Self.migrations) { store in
            try await store.write { tx in
                try Self.write(waiting, as: Self.id(1), serial: 1, in: tx)
                try Self.write(idle, as: Self.id(2), serial: 2, in: tx)
            }
            try await store.read { tx throws in
                #expect(try DossierTable.due(by: Story.at("11-26"), limit: 10, in: tx).isEmpty)
                #expect(try DossierTable.due(by: Story.at("11-27"), limit: 10, in: tx).map(\.id) == [Self.id(1)])
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is due is read out of its index in order, page after page, each once`(
        _ place: StoreUnderTest
    ) async throws {
        let waiting = try Story().submit("11-19")
        let idle = try Story(.preReviewThenCounter).submit("11-19").passPreReview("11-19")
        try await place.use(Self.migrations) { store in
            try await store.write { tx in
                for serial in 1...7 { try Self.write(waiting, as: Self.id(UInt64(serial)), serial: serial, in: tx) }
                for serial in 8...9 { try Self.write(idle, as: Self.id(UInt64(serial)), serial: serial, in: tx) }
            }
            var (found, place): ([DossierID], DossierTable.WakeLine?) = ([], nil)
            repeat {
                let after = place
                let page = try await store.read { tx in
                    try DossierTable.due(by: Story.at("11-27"), after: after, limit: 3, in: tx)
                }
                found += page.map(\.id)
                place = page.count == 3 ? page.last : nil
            } while place != nil
            #expect(found == (1...7).map { Self.id($0) })
            let plans = try await store.write { tx in
                if tx.dialect == .postgres { try tx.execute("SET LOCAL enable_seqscan = off") }
                return try tx.plans { tx in _ = try DossierTable.due(by: Story.at("11-27"), limit: 3, in: tx) }
            }
            for plan in plans {
                #expect(plan.contains("dossier_by_wake"), "\(plan)")
                #expect(!plan.contains("TEMP B-TREE") && !plan.contains("Sort"), "\(plan)")
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `when the personal part is erased, the dossier still folds and the law's dates stand`(
        _ place: StoreUnderTest
    ) async throws {
        let story = try Story().submit("11-19").accept("11-20")
        try await place.use(Self.migrations) { store in
            try await store.write { tx in
                try Self.write(story, as: Self.id(1), serial: 1, in: tx)
                try Journal.forget(Self.id(1).subject, sequence: 1, in: tx)
            }
            let dossier = try await store.read { tx in try DossierTable.load(Self.id(1), in: tx) }
            #expect(dossier?.personal == nil)
            #expect(dossier.flatMap { story.rules.due(of: $0)?.day } == "2018-11-26")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a draft belongs to its writer and grows no further than its limits`(_ place: StoreUnderTest) async throws {
        let other = PersonID(Subject(high: 1, low: 2))
        try await place.use(Self.migrations) { store in
            let id = DraftID(Subject(high: 5, low: 1))
            var draft = Draft(
                id: id, owner: Story.applicant, item: ("11350100MADEM002X03000114111003", 1), now: Story.at("11-19"))
            draft.contents.answers["headcount"] = "120"
            draft.contents.mode = .fullyOnline
            let saved = draft
            try await store.write { tx in try DraftTable.save(saved, in: tx) }
            draft.contents.step = 3
            let again = draft
            try await store.write { tx in try DraftTable.save(again, in: tx) }
            try await store.read { tx throws in
                #expect(try DraftTable.load(id, of: Story.applicant, in: tx) == again)
                #expect(try DraftTable.load(id, of: other, in: tx) == nil)
                #expect(try DraftTable.all(of: Story.applicant, in: tx).count == 1)
            }
            var large = draft
            large.contents.answers["text"] = String(repeating: "字", count: DraftTable.contentBytesMax / 3)
            let tooLarge = large
            await #expect(throws: DraftRefusal.tooLarge) {
                try await store.write { tx in try DraftTable.save(tooLarge, in: tx) }
            }
            await #expect(throws: DraftRefusal.tooMany) {
                try await store.write { tx in
                    for number in 0..<UInt64(DraftTable.draftsPerPersonMax) {
                        let item = ("11350100MADEM002X03000114111003", 1)
                        let id = DraftID(Subject(high: 6, low: number))
                        try DraftTable.save(
                            Draft(id: id, owner: Story.applicant, item: item, now: Story.at("11-19")), in: tx)
                    }
                }
            }
            try await store.write { tx in try DraftTable.discard(id, of: Story.applicant, in: tx) }
            let left = try await store.read { tx in try DraftTable.all(of: Story.applicant, in: tx) }
            #expect(left.isEmpty)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `serials are unique and rise, also from two processes`(_ place: StoreUnderTest) async throws {
        try await place.use { store in
            let (one, two) = (SerialBlocks(store: store), SerialBlocks(store: store))
            var (first, second): ([Int], [Int]) = ([], [])
            for _ in 0..<50 {
                first.append(try await one.next("item", on: "2018-11-19"))
                second.append(try await two.next("item", on: "2018-11-19"))
            }
            #expect(first == first.sorted() && second == second.sorted())
            #expect(Set(first + second).count == 100)
            #expect(first.first == 1)
            let nextDay = try await one.next("item", on: "2018-11-20")
            #expect(nextDay == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what waits for a head is on her list until she answers, and nobody else's`(
        _ place: StoreUnderTest
    ) async throws {
        let asked = try Story().submit("11-19").accept("11-20").perform(
            .extend(.request(value: 5, note: "案情复杂")), "11-26", by: Story.reviewer)
        let answered = try asked.perform(
            .extend(.deny(by: .head, note: "理由不足")), "11-27", by: Story.decider)
        try await place.use(Self.migrations) { store in
            try await store.write { tx in
                try Self.write(asked, as: Self.id(1), serial: 1, in: tx)
                try Self.write(answered, as: Self.id(2), serial: 2, in: tx)
            }
            try await store.read { tx throws in
                let part = DossierTable.Part.of(asked.terms.body)
                let waiting = try DossierTable.waiting(for: .head, in: part, tx: tx)
                #expect(waiting.map(\.id) == [Self.id(1)])
                #expect(waiting.first?.due == "2018-12-18", "by when the law wants a decision")
                #expect(try DossierTable.waiting(for: .government, in: part, tx: tx).isEmpty)
                #expect(try DossierTable.waiting(for: .verification, in: part, tx: tx).isEmpty)
            }
        }
    }
}
