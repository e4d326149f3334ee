import Delivery
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct ShelfTests {
    private static let hall = "350100"
    private static let applicant = PersonID(Subject(high: 5, low: 1))
    private static let agent = PersonID(Subject(high: 5, low: 2))

    private static func dossier(_ number: UInt64) -> DossierID { DossierID(Subject(high: 1, low: number)) }

    private static func place(_ text: String, in hall: String = hall) throws -> ShelfPlace {
        ShelfPlace(hall, try #require(ShelfPosition(text)))
    }

    private static func ready(
        _ number: UInt64 = 1, _ delivery: DeliveryMode = .counter, region: Region = .fuzhou
    ) -> KeptResult {
        KeptResult(
            KeptResultID(Subject(high: 9, low: number)),
            KeptResult.Matter(dossier(number), of: applicant, agent: agent, by: delivery, in: region),
            readyAt: Sent.now, terms: .usual)
    }

    private static func day(_ days: Int) -> Instant { Sent.now.advanced(bySeconds: Int64(days) * 86_400) }

    /// Writes results 1 to n that lie ready for people of these names.
    private static func keep(_ names: [String], in store: any Store) async throws {
        for (index, name) in names.enumerated() {
            let kept = ready(UInt64(index + 1))
            try await store.write { tx in
                try ShelfTable.keep(
                    kept, ShelfTable.Sought(name: name, code: "12345\(index)"), stamp: Sent.stamp(), in: tx)
            }
        }
    }

    private static func perform(
        _ deed: ShelfDeed, on number: UInt64 = 1, at now: Instant = Sent.now, in store: any Store
    ) async throws {
        try await store.write { tx in
            let kept = try #require(try ShelfTable.kept(dossier(number), in: tx))
            try ShelfTable.perform(deed, on: kept, stamp: Sent.stamp(now), in: tx)
        }
    }

    // Positions.

    @Test func `a position is a cabinet, a row and a place, however it is typed`() throws {
        let position = try #require(ShelfPosition("A-03-12"))
        #expect(position.description == "A-03-12")
        for same in ["a-3-12", "A0312", " a 0312 ", "A-03 -12", "a3-12"] {
            #expect(ShelfPosition(same) == position, "\(same)")
        }
        for other in [
            "", "A", "A-3", "3-12", "AA-03-12", "A-00-12", "A-21-01", "A-01-41", "A-01-00", "A312", "A-003-12",
            "甲-03-12", "A-03-12-1", "A-٣-12", String(repeating: " ", count: 30) + "A-03-12",
        ] {
            #expect(ShelfPosition(other) == nil, "\(other)")
        }
    }

    @Test func `every place of the order is one position, and they follow each other`() throws {
        #expect(ShelfPosition.count == 26 * 20 * 40)
        for ordinal in 0..<ShelfPosition.count {
            let position = try #require(ShelfPosition(ordinal: ordinal))
            #expect(ShelfPosition(position.description) == position)
        }
        #expect(ShelfPosition(ordinal: -1) == nil && ShelfPosition(ordinal: ShelfPosition.count) == nil)
        #expect(ShelfPosition(ordinal: 40)?.description == "A-02-01")
        #expect(ShelfPosition(ordinal: 800)?.description == "B-01-01")
    }

    // Rules.

    @Test func `a result is reminded of twice and then archived, each step its days after the one before`() throws {
        var kept = Self.ready()
        #expect(kept.nextAt == Self.day(15))
        // The house stood still: the first reminder comes on day 40, the others keep their distance.
        kept = try ShelfRules.apply(.remind, to: kept, at: Self.day(40))
        #expect(kept.state == .reminded && kept.nextAt == Self.day(55) && !kept.isOverdue)
        kept = try ShelfRules.apply(.remind, to: kept, at: Self.day(55))
        #expect(kept.state == .remindedAgain && kept.nextAt == Self.day(115) && kept.isOverdue)
        #expect(throws: ShelfRefusal.remindedTwice) { try ShelfRules.apply(.remind, to: kept, at: Self.day(56)) }
        kept = try ShelfRules.apply(.archive, to: kept, at: Self.day(115))
        #expect(kept.state == .archived && kept.place == nil && kept.nextAt == nil && kept.isOverdue)
    }

    @Test func `nothing goes to the archive of which nobody was reminded, and nothing is done to what is gone`() throws
    {
        #expect(throws: ShelfRefusal.notReminded) { try ShelfRules.apply(.archive, to: Self.ready(), at: Self.day(90)) }
        let gone = try ShelfRules.apply(.leave, to: Self.ready(), at: Self.day(1))
        #expect(gone.state == .left && gone.nextAt == nil)
        for deed in [ShelfDeed.leave, .remind, .archive, .place(try Self.place("A-01-01")), .wait(until: Self.day(2))] {
            #expect(throws: ShelfRefusal.gone) { try ShelfRules.apply(deed, to: gone, at: Self.day(2)) }
        }
    }

    @Test func `what a courier carries is not waited for, and what is fetched from the archive waits again`() throws {
        #expect(Self.ready(1, .courier).nextAt == nil)
        var kept = Self.ready()
        for day in [15, 30] { kept = try ShelfRules.apply(.remind, to: kept, at: Self.day(day)) }
        kept = try ShelfRules.apply(.place(try Self.place("B-01-01")), to: kept, at: Self.day(31))
        kept = try ShelfRules.apply(.archive, to: kept, at: Self.day(90))
        #expect(kept.hall == Self.hall && kept.place == nil, "the archive of the same hall")
        let back = try ShelfRules.apply(.place(try Self.place("A-01-01")), to: kept, at: Self.day(200))
        #expect(back.state == .remindedAgain && back.nextAt == Self.day(260))
        #expect(throws: ShelfRefusal.alreadyThere) {
            try ShelfRules.apply(.place(try Self.place("A-01-01")), to: back, at: Self.day(201))
        }
        let later = try ShelfRules.apply(.wait(until: Self.day(300)), to: back, at: Self.day(260))
        #expect(later.state == .remindedAgain && later.nextAt == Self.day(300))
    }

    @Test func `the days of the steps rise and have a limit`() {
        #expect(ShelfTerms(remind: 15, again: 30, archive: 90) == .usual)
        for (first, second, third) in [(0, 1, 2), (2, 2, 3), (1, 3, 3), (3, 2, 9), (1, 2, ShelfTerms.daysMax + 1)] {
            #expect(ShelfTerms(remind: first, again: second, archive: third) == nil)
        }
    }

    // Tables.

    @Test(arguments: StoreUnderTest.all)
    func `two results share no position, and the first free one is suggested`(_ store: StoreUnderTest) async throws {
        try await store.use(DeliveryShape.migrations) { store in
            func free() async throws -> String? {
                try await store.read { tx in try ShelfTable.firstFree(in: Self.hall, in: tx)?.description }
            }
            try await Self.keep(["甲", "乙", "丙"], in: store)
            #expect(try await free() == "A-01-01")
            try await Self.perform(.place(try Self.place("A-01-01")), on: 1, in: store)
            try await Self.perform(.place(try Self.place("A-01-03")), on: 2, in: store)
            #expect(try await free() == "A-01-02")
            await #expect(throws: ShelfRefusal.taken) {
                try await Self.perform(.place(try Self.place("A-01-03")), on: 3, in: store)
            }
            try await Self.perform(.place(try Self.place("A-01-03", in: "350111")), on: 3, in: store)
            try await Self.perform(.place(try Self.place("C-20-40")), on: 1, in: store)
            #expect(try await free() == "A-01-01", "whoever moves leaves the place free")
            try await Self.perform(.leave, on: 1, in: store)
            let (empty, other) = try await store.read { tx in
                (
                    try ShelfTable.at(try Self.place("C-20-40"), in: tx),
                    try ShelfTable.at(try Self.place("A-01-03"), in: tx)
                )
            }
            #expect(empty == nil && other?.matter.dossier == Self.dossier(2))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a result is found by its person, its code and a part of the name, until it is gone`(
        _ store: StoreUnderTest
    ) async throws {
        try await store.use(DeliveryShape.migrations) { store in
            try await Self.keep(["林晓榕", "林小满", "示例(福州)100%_公司"], in: store)
            func named(_ words: String, _ regions: ClosedRange<String> = "350100"..."350199") async throws -> [Int] {
                let found = try await store.read { tx in
                    try ShelfTable.named(words, in: regions, in: tx).map(\.matter.dossier)
                }
                return (1...3).filter { found.contains(Self.dossier(UInt64($0))) }
            }
            for (words, numbers) in [
                ("林", [1, 2]), ("晓榕", [1]), ("满", [2]), ("0%_公", [3]), ("%", [3]), ("_", [3]), ("\\", []), ("", []),
                ("王", []),
            ] {
                #expect(try await named(words) == numbers, "\(words)")
            }
            #expect(try await named("林", "350200"..."350299").isEmpty, "only where she may hand over")
            let (own, filed, coded) = try await store.read { tx in
                (
                    try ShelfTable.of(Self.applicant, in: tx).count, try ShelfTable.of(Self.agent, in: tx).count,
                    try ShelfTable.opened(by: "123451", in: tx).map(\.matter.dossier)
                )
            }
            #expect(own == 3 && filed == 3 && coded == [Self.dossier(2)])
            try await Self.perform(.leave, on: 2, in: store)
            #expect(try await named("林") == [1])
            let (kept, row) = try await store.read { tx in
                (
                    try ShelfTable.opened(by: "123451", in: tx),
                    try tx.row("SELECT COUNT(*) FROM kept_result WHERE name IS NULL AND code IS NULL")?.integer(0)
                )
            }
            #expect(kept.isEmpty && row == 1, "with the paper goes what is personal")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is due is found in the order of time, and each deed is an entry of the journal`(
        _ store: StoreUnderTest
    ) async throws {
        try await store.use(DeliveryShape.migrations) { store in
            try await Self.keep(["甲", "乙"], in: store)
            try await Self.keep(["甲"], in: store)
            func due(_ days: Int) async throws -> [DossierID] {
                try await store.read { tx in try ShelfTable.due(by: Self.day(days), limit: 10, in: tx) }
            }
            #expect(try await due(14).isEmpty)
            #expect(try await due(15) == [Self.dossier(1), Self.dossier(2)])
            try await Self.perform(.place(try Self.place("A-01-07")), in: store)
            try await Self.perform(.remind, at: Self.day(15), in: store)
            #expect(try await due(29) == [Self.dossier(2)])
            #expect(try await due(30) == [Self.dossier(2), Self.dossier(1)])
            try await Self.perform(.remind, at: Self.day(30), in: store)
            try await Self.perform(.archive, at: Self.day(90), in: store)
            let (kinds, last, counts) = try await store.read { tx in
                let entries = try Journal.entries(of: Subject(high: 9, low: 1), in: tx)
                return (
                    entries.map(\.kind), String(decoding: entries.last?.body ?? [], as: UTF8.self),
                    try KeptResult.State.allCases.map { try ShelfTable.count($0, in: tx) }
                )
            }
            #expect(
                kinds == ["shelf.ready", "shelf.placed", "shelf.reminded", "shelf.reminded", "shelf.archived"])
            #expect(last.contains("A-01-07"), "the archive is told from where: \(last)")
            #expect(counts == [1, 0, 0, 1, 0])
            let listed = try await store.read { tx in
                try ShelfTable.uncollected(.archived, limit: 10, in: tx).map(\.matter.dossier)
            }
            #expect(listed == [Self.dossier(1)])
        }
    }
}
