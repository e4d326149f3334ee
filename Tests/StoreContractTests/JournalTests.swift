import Foundation
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct JournalTests {
    private static let subject = Sample.subject(1)

    @Test(arguments: StoreUnderTest.all)
    func `entries come back as they were written, in order, after a sequence number`(
        _ place: StoreUnderTest
    ) async throws {
        let entries = (1...5).map { Sample.entry(Self.subject, $0, personal: $0 % 2 == 0 ? "林晓 \($0)" : nil) }
        let other = Sample.entry(Sample.subject(2), 1)
        try await place.use { store in
            try await store.write { tx in try Journal.append([other] + entries, in: tx) }
            let (all, later, last, none) = try await store.read { tx in
                (
                    try Journal.entries(of: Self.subject, in: tx),
                    try Journal.entries(of: Self.subject, after: 3, in: tx),
                    try Journal.lastSequence(of: Self.subject, in: tx),
                    try Journal.lastSequence(of: Sample.subject(3), in: tx)
                )
            }
            #expect(all == entries)
            #expect(later == Array(entries[3...]))
            #expect(last == 5)
            #expect(none == 0)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `of two writers at one place the second is replayed and finds what the first wrote`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use { store in
            let runs = Counter()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await store.write { tx in
                            runs.add()
                            let last = try Journal.lastSequence(of: Self.subject, in: tx)
                            try Journal.append([Sample.entry(Self.subject, last + 1)], in: tx)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let entries = try await store.read { tx in try Journal.entries(of: Self.subject, in: tx) }
            #expect(entries.map(\.sequence) == [1, 2, 3, 4])
            #expect(runs.value >= 4)
        }
    }

    private static let newest = ["store.010-journal-rows", "store.011-compact"]

    @Test func `what was erased is nowhere in the file once the journal has rows of its own`() async throws {
        let folder = try TestFolder.fresh()
        let store = try SQLiteStore(path: folder + "/old.sqlite")
        _ = try await store.migrate(Array(Shape.migrations.dropLast(2)), now: Sample.now)
        let secret = String(repeating: "只有她知道", count: 200)
        let subjects = (1...60).map { Sample.subject($0) }
        try await store.write { tx in
            try Journal.append(subjects.map { Sample.entry($0, 1, personal: secret) }, in: tx)
        }
        try await store.write { tx in
            for subject in subjects.prefix(30) { try Journal.forget(subject, sequence: 1, in: tx) }
        }
        #expect(try await store.migrate(Shape.migrations, now: Sample.now) == Self.newest)
        try await store.write { tx in
            for subject in subjects { try Journal.forget(subject, sequence: 1, in: tx) }
        }
        try await store.checkpoint()
        await store.close()
        for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let bytes = try Data(contentsOf: URL(filePath: folder + "/" + file))
            #expect(bytes.range(of: Data("只有她知道".utf8)) == nil, "\(file)")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `entries of before the journal had rows of its own are there after, in their order`(
        _ place: StoreUnderTest
    ) async throws {
        let before = Array(Shape.migrations.dropLast(2))
        let entries = (1...2000).map { Sample.entry(Sample.subject($0 % 90), $0 / 90 + 1, personal: "林晓 \($0)") }
        try await place.withDatabase { database in
            try await database.use { store in
                _ = try await store.migrate(before, now: Sample.now)
                try await store.write { tx in try Journal.append(entries, in: tx) }
                #expect(try await store.migrate(Shape.migrations, now: Sample.now) == Self.newest)
                let found = try await store.read { tx in
                    try (0..<90).flatMap { try Journal.entries(of: Sample.subject($0), in: tx) }
                }
                #expect(found == entries.sorted { ($0.subject, $0.sequence) < ($1.subject, $1.sequence) })
                await #expect(throws: Fault.self) {
                    try await store.write { tx in try tx.execute("INSERT INTO journal SELECT * FROM journal") }
                }
            }
        }
    }

    @Test func `an entry as long as a filing's takes no page of its own on SQLite`() async throws {
        let long = String(repeating: "材料", count: 400)
        let sqlite = try #require(StoreUnderTest.all.first { $0.dialect == .sqlite })
        try await sqlite.use { store in
            let pages: SQL = "SELECT page_count FROM pragma_page_count() LIMIT 1"
            let before = try await store.read { tx in try tx.row(pages)?.integer(0) ?? 0 }
            try await store.write { tx in
                try Journal.append((1...300).map { Sample.entry(Sample.subject($0), 1, personal: long) }, in: tx)
            }
            let after = try await store.read { tx in try tx.row(pages)?.integer(0) ?? 0 }
            #expect(after - before < 150, "three to a page of eight kibibytes, and the books beside them")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a place that is taken stays as it is`(_ place: StoreUnderTest) async throws {
        try await place.use { store in
            try await store.write { tx in try Journal.append([Sample.entry(Self.subject, 1, personal: "first")], in: tx)
            }
            await #expect(throws: Fault.contended) {
                try await store.write { tx in
                    try Journal.append([Sample.entry(Self.subject, 1, personal: "second")], in: tx)
                }
            }
            let entries = try await store.read { tx in try Journal.entries(of: Self.subject, in: tx) }
            #expect(entries == [Sample.entry(Self.subject, 1, personal: "first")])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a subject has room for five thousand events, and none before the first`(_ place: StoreUnderTest) async throws
    {
        try await place.use { store in
            for sequence in [0, -1, Journal.eventsPerSubjectMax + 1] {
                await #expect(throws: Fault.self) {
                    try await store.write { tx in try Journal.append([Sample.entry(Self.subject, sequence)], in: tx) }
                }
            }
            try await store.write { tx in
                try Journal.append([Sample.entry(Self.subject, Journal.eventsPerSubjectMax)], in: tx)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `forgetting erases the personal part and leaves the leaf`(_ place: StoreUnderTest) async throws {
        let entry = Sample.entry(Self.subject, 1, personal: "林晓, 350102188501010019")
        try await place.use { store in
            try await store.write { tx in
                try Journal.append([entry], in: tx)
                try Journal.forget(Self.subject, sequence: 1, in: tx)
            }
            let back = try await store.read { tx in try Journal.entries(of: Self.subject, in: tx) }
            #expect(back.map(\.personal) == [nil])
            #expect(back.map(\.leaf) == [entry.leaf])
            #expect(back.map(\.isPersonalPartIntact) == [true])
        }
    }

    @Test func `a leaf is the hash that the decision describes, byte for byte`() throws {
        let staff = StaffID(Subject(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210))
        let salt = (0..<16).map { UInt8($0) }
        let accepted = JournalEntry(
            JournalEntry.Place(
                Self.subject, sequence: 3, at: Instant(milliseconds: 1_790_000_000_123), actor: .staff(staff)),
            kind: "dossier.accepted", version: 2, body: Array(#"{"days":5}"#.utf8),
            personal: JournalEntry.Personal(salt: salt, bytes: Array(#"{"name":"林晓"}"#.utf8)))
        #expect(
            String(decoding: accepted.publicPart, as: UTF8.self)
                == #"{"actor":"staff:014d2pf2dbsqqzxq5tk1v58cgg","at":1790000000123"#
                + #","event":{"days":5},"kind":"dossier.accepted","sequence":3"#
                + #","subject":"01m3250v01e008000000000001","version":2}"#)
        // Both hashes were made by another program from the words of decision 0001.
        #expect(hex(accepted.leaf) == "e6498a65f2d191824b414b12537c63a5e16d0cfa7e54a8a119e86ca4caafe7e8")
        let submitted = JournalEntry(
            JournalEntry.Place(Self.subject, sequence: 1, at: Instant(milliseconds: 0), actor: .platform),
            kind: "dossier.submitted", version: 1, body: Array("{}".utf8), personal: nil)
        #expect(hex(submitted.leaf) == "493c22edc633e1237345d27941b488f15161a0b0ae2f518b5b714c084389ec0e")
    }

    @Test func `every part of an entry changes its leaf`() {
        let base = Sample.entry(Self.subject, 1, personal: "a")
        let place = JournalEntry.Place(Self.subject, sequence: 1, at: base.at, actor: .platform)
        let person = Actor.person(PersonID(Sample.subject(9)))
        let others = [
            Sample.entry(Sample.subject(2), 1, personal: "a"), Sample.entry(Self.subject, 2, personal: "a"),
            Sample.entry(Self.subject, 1, personal: "b"), Sample.entry(Self.subject, 1),
            JournalEntry(place, kind: "test.other", version: 1, body: base.body, personal: base.personal),
            JournalEntry(place, kind: base.kind, version: 2, body: base.body, personal: base.personal),
            JournalEntry(place, kind: base.kind, version: 1, body: Array("{\"n\":2}".utf8), personal: base.personal),
            JournalEntry(
                JournalEntry.Place(Self.subject, sequence: 1, at: base.at, actor: person),
                kind: base.kind, version: 1, body: base.body, personal: base.personal),
            JournalEntry(
                JournalEntry.Place(Self.subject, sequence: 1, at: base.at.advanced(bySeconds: 1), actor: .platform),
                kind: base.kind, version: 1, body: base.body, personal: base.personal),
            JournalEntry(
                place, kind: base.kind, version: 1, body: base.body,
                personal: JournalEntry.Personal(salt: [1], bytes: Array("a".utf8))),
        ]
        #expect(Set(others.map(\.leaf) + [base.leaf]).count == others.count + 1)
    }

    @Test func `salts are the same in a replay and differ by purpose and by command`() {
        let (first, second) = (Entropy(.seeded(1)), Entropy(.seeded(2)))
        #expect(first.salt(for: "a") == first.salt(for: "a"))
        #expect(first.salt(for: "a") == Entropy(.seeded(1)).salt(for: "a"))
        #expect(Set([first.salt(for: "a"), first.salt(for: "b"), second.salt(for: "a")]).count == 3)
        #expect(first.salt(for: "a").count == 16)
    }
}

/// Hexadecimal digits, lower case.
func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
