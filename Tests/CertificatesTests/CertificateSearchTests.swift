import Certificates
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// Both stores give the same answers along every way.
@Suite struct CertificateSearchTests {
    private static let names = ["张小明", "张明", "欧阳小明", "小张", "明明", "福州Sample食品有限公司", "𠮷田明", "林　晓榕"]

    /// Eight holders with two certificates each: one of each type, of two bodies in turns.
    private static func fill(_ store: any Store) async throws {
        try await store.write { tx in
            for (index, name) in names.enumerated() {
                let (holder, personal) = (index + 1, Sheaf.personal(name))
                let issuer = index % 2 == 0 ? Sheaf.hrss : Sheaf.housing
                try Sheaf.file(
                    2 * index + 1, try Sheaf.reservation(2 * index + 1, holder: holder, issuer: issuer, from: -index),
                    personal, in: tx)
                try Sheaf.file(
                    2 * index + 2,
                    try Sheaf.reservation(
                        2 * index + 2, holder: holder, type: Sheaf.hygiene, issuer: issuer, from: index, until: nil),
                    personal, in: tx)
            }
        }
    }

    static func asking(_ change: (inout CertificateSearch.Filter) -> Void) -> CertificateSearch.Filter {
        var filter = CertificateSearch.Filter()
        change(&filter)
        return filter
    }

    /// Everything that fits, page by page of two, in the order of the pages.
    static func all(
        _ filter: CertificateSearch.Filter, limit: Int = 2, in tx: Transaction
    ) throws -> [CertificateID] {
        var (found, cursor): ([CertificateID], CertificateSearch.Cursor?) = ([], nil)
        for _ in 0..<100 {
            let page = try CertificateSearch.page(filter, on: Sheaf.today, after: cursor, limit: limit, in: tx)
            found += page.lines.map(\.id)
            guard let next = page.next else { return found }
            // As it stands in an address.
            cursor = CertificateSearch.Cursor(next.description)
            #expect(cursor == next)
        }
        throw Fault.corrupt("pages without an end")
    }

    @Test(arguments: StoreUnderTest.all)
    func `one, two, three and more characters of a name find its holders, and nobody else's`(
        _ place: StoreUnderTest
    ) async throws {
        let wanted: [(String, [Int])] = [
            ("张", [1, 2, 4]), ("明", [1, 2, 3, 5, 7]), ("小", [1, 3, 4]), ("阳", [3]), ("无", []), ("𠮷", [7]),
            ("小明", [1, 3]), ("张明", [2]), ("明明", [5]), ("明小", []), ("田明", [7]), ("张小", [1]),
            ("张小明", [1]), ("阳小明", [3]), ("张小张", []), ("食品有限公司", [6]), ("食品公司", []),
            ("sample", [6]), ("ＳＡＭＰＬＥ食", [6]), ("林晓榕", [8]), ("林 晓", [8]), ("欧阳小明明", []),
        ]
        try await place.use(CertificateTable.migrations) { store in
            try await Self.fill(store)
            for (words, holders) in wanted {
                let found = try await store.read { tx in
                    try (1...3).map { limit in try Self.all(Self.asking { $0.name = words }, limit: limit, in: tx) }
                }
                let ids = holders.flatMap { [Sheaf.id(2 * $0 - 1), Sheaf.id(2 * $0)] }
                for found in found {
                    #expect(Set(found) == Set(ids), "\(words)")
                    #expect(found.count == ids.count, "\(words): nothing twice")
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what somebody has of one type is found among hundreds of others, what is in force first`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(CertificateTable.migrations) { store in
            try await store.write { tx in
                let personal = Sheaf.personal("张小明")
                // The licence is the oldest, of the type that comes last, and one of its own type has run out since.
                try Sheaf.file(1, try Sheaf.reservation(1, holder: 1), personal, in: tx)
                try Sheaf.file(2, try Sheaf.reservation(2, holder: 1, from: -900, until: -400), personal, in: tx)
                for index in 3..<(4 + 2 * Limits.pageRowsMax) {
                    try Sheaf.file(
                        index, try Sheaf.reservation(index, holder: 1, type: Sheaf.hygiene), personal, in: tx)
                }
                let type = try #require(try CertificateTable.load(Sheaf.id(1), in: tx)?.reservation.identifier.type)
                let held = try CertificateTable.held(by: Sheaf.person(1), of: type, on: Sheaf.today, in: tx)
                #expect(held.map(\.id) == [1, 2].map(Sheaf.id))
                #expect(try !CertificateTable.held(by: Sheaf.person(1), in: tx).map(\.id).contains(Sheaf.id(1)))
                #expect(try CertificateTable.held(by: Sheaf.person(2), of: type, on: Sheaf.today, in: tx).isEmpty)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `numbers, identifiers, holders, types, bodies, states and days narrow, page by page`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(CertificateTable.migrations) { store in
            try await Self.fill(store)
            try await store.read { tx throws in
                let hrss = Self.asking { $0.issuer = Sheaf.hrss }
                func narrowed(_ change: (inout CertificateSearch.Filter) -> Void) throws -> [CertificateID] {
                    var filter = hrss
                    change(&filter)
                    return try Self.all(filter, in: tx)
                }
                let odd = [14, 10, 6, 2, 1, 5, 9, 13].map(Sheaf.id)
                #expect(try narrowed { _ in } == odd, "the newest first")
                #expect(try narrowed { $0.types = [Sheaf.dispatch] } == [1, 5, 9, 13].map(Sheaf.id))
                #expect(try narrowed { $0.types = [Sheaf.dispatch, Sheaf.hygiene] } == odd)
                #expect(try narrowed { $0.types = ["11350100MADEM002X0099"] } == [])
                #expect(try narrowed { $0.types = [] } == [])
                #expect(try narrowed { $0.issuer = CreditCode("11100000000013338W") } == [])
                let days = Sheaf.today.advanced(byDays: -2)...Sheaf.today.advanced(byDays: 2)
                #expect(try narrowed { $0.days = days } == [6, 2, 1, 5].map(Sheaf.id))
                #expect(try narrowed { $0.holder = Sheaf.person(1) } == [2, 1].map(Sheaf.id))
                #expect(try narrowed { $0.holder = Sheaf.person(2) } == [], "of another body")
                #expect(try narrowed { $0.number = "FZ20260005" } == [Sheaf.id(5)])
                #expect(try narrowed { $0.number = "FZ2026000" } == [], "the whole number")
                #expect(try narrowed { $0.name = "张" } == [2, 1].map(Sheaf.id))
                #expect(try narrowed { $0.state = .valid } == [2, 1, 5, 9, 13].map(Sheaf.id))
                #expect(try narrowed { $0.state = .notYetValid } == [14, 10, 6].map(Sheaf.id))
                let identifier = try Sheaf.reservation(5, issuer: Sheaf.hrss).identifier
                #expect(try narrowed { $0.identifier = identifier } == [Sheaf.id(5)])
                #expect(try CertificateTable.id(identifier, in: tx) == Sheaf.id(5))
                #expect(try CertificateTable.held(by: Sheaf.person(1), in: tx).map(\.id) == [2, 1].map(Sheaf.id))
                #expect(throws: CertificateRefusal.searchTooWide) {
                    try CertificateSearch.page(CertificateSearch.Filter(), on: Sheaf.today, in: tx)
                }
                #expect(throws: CertificateRefusal.searchTooWide) {
                    try CertificateSearch.page(Self.asking { $0.name = "　" }, on: Sheaf.today, in: tx)
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a state is found while it stands, and what is over by the day without any event`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(CertificateTable.migrations) { store in
            try await Self.fill(store)
            try await store.write { tx throws in
                func apply(_ number: Int, _ events: CertificateEvent...) throws {
                    let certificate = try #require(try CertificateTable.load(Sheaf.id(number), in: tx))
                    try CertificateTable.append(events, to: certificate, stamp: Sheaf.stamp(), in: tx)
                }
                func found(_ change: (inout CertificateSearch.Filter) -> Void, on day: CivilDate) throws -> [Int] {
                    var filter = Self.asking { $0.issuer = Sheaf.hrss }
                    change(&filter)
                    let page = try CertificateSearch.page(filter, on: day, in: tx)
                    return (1...16).filter { number in page.lines.contains { $0.id == Sheaf.id(number) } }
                }
                try apply(1, .restricted(.investigation, nil))
                try apply(2, .suspended(.penalty, nil))
                try apply(5, .ended(.revoked))
                try apply(6, .ended(.cancelled), .archived)
                try apply(9, .restricted(.courtOrder, nil), .lifted(nil))
                let (today, later) = (Sheaf.today, Sheaf.today.advanced(byDays: 366))
                #expect(try found({ $0.state = .restricted }, on: today) == [1])
                #expect(try found({ $0.state = .suspended }, on: today) == [2])
                #expect(try found({ $0.state = .ended }, on: today) == [5])
                #expect(try found({ $0.ending = .revoked }, on: today) == [5])
                #expect(try found({ $0.ending = .archived }, on: today) == [6])
                #expect(try found({ $0.state = .valid }, on: today) == [9, 13])
                #expect(try found({ $0.state = .expired }, on: today) == [])
                #expect(try found({ $0.state = .expired }, on: later) == [1, 9, 13])
                #expect(try found({ $0.state = .restricted }, on: later) == [])
                let before = try found({ $0.state = .restricted }, on: today)
                for number in 1...16 { try CertificateTable.rebuild(Sheaf.id(number), in: tx) }
                #expect(try found({ $0.state = .restricted }, on: today) == before)
                #expect(try CertificateTable.due(by: later, limit: 100, in: tx).count == 7)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `who is forgotten is found by no name any more, and the certificates stay under their numbers`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(CertificateTable.migrations) { store in
            try await Self.fill(store)
            try await store.write { tx throws in
                try HolderNames.note("张小红", of: Sheaf.person(1), in: tx)
                #expect(try Self.all(Self.asking { $0.name = "小红" }, in: tx).count == 2, "a later name finds, too")
                #expect(try Self.all(Self.asking { $0.name = "张" }, in: tx).count == 6, "and nobody twice")
                try CertificateTable.forget(Sheaf.person(1), in: tx)
                for words in ["张小明", "小红", "红"] {
                    #expect(try Self.all(Self.asking { $0.name = words }, in: tx) == [], "\(words)")
                }
                #expect(try Self.all(Self.asking { $0.name = "小明" }, in: tx).count == 2, "the other one stays")
                #expect(try CertificateTable.personal(of: Sheaf.id(1), in: tx) == nil)
                #expect(try CertificateTable.load(Sheaf.id(2), in: tx)?.personal == nil)
                #expect(try Self.all(Self.asking { $0.number = "FZ20260001" }, in: tx) == [Sheaf.id(1)])
                #expect(try HolderNames.names(of: Sheaf.person(1), in: tx) == [])
                guard tx.dialect == .sqlite else { return }
                let words = try tx.rows(
                    "SELECT word FROM certificate_name_word WHERE holder = \(Sheaf.person(1)) LIMIT 10")
                #expect(words.isEmpty)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `every way is read along its key and nothing is sorted`(_ place: StoreUnderTest) async throws {
        try await place.use(CertificateTable.migrations) { store in
            try await Self.fill(store)
            let plans = try await store.write { tx in
                // So few rows would be read whole.
                if tx.dialect == .postgres {
                    try tx.execute("SET LOCAL enable_seqscan = off")
                    try tx.execute("SET LOCAL enable_bitmapscan = off")
                    try tx.execute("SET LOCAL enable_hashjoin = off")
                    try tx.execute("SET LOCAL enable_mergejoin = off")
                    try tx.execute("SET LOCAL enable_material = off")
                }
                let hrss = Self.asking { $0.issuer = Sheaf.hrss }
                let asked: [CertificateSearch.Filter] = [
                    hrss, Self.asking { ($0.issuer, $0.types) = (Sheaf.hrss, [Sheaf.dispatch]) },
                    Self.asking { ($0.issuer, $0.state) = (Sheaf.hrss, .restricted) },
                    Self.asking { $0.holder = Sheaf.person(1) }, Self.asking { $0.number = "FZ20260005" },
                ]
                let ways = try tx.plans { tx in
                    try Self.twoPages(of: asked, in: tx)
                    _ = try CertificateTable.due(by: Sheaf.today, limit: 10, in: tx)
                }
                // An index over words is read by way of a bitmap.
                if tx.dialect == .postgres { try tx.execute("SET LOCAL enable_bitmapscan = on") }
                let names = try tx.plans { tx in
                    try Self.twoPages(
                        of: ["张", "小明", "张小明"].map { words in Self.asking { $0.name = words } }, in: tx)
                }
                return (ways: ways, names: names)
            }
            #expect(plans.ways.count > 12 && plans.names.count > 8)
            for plan in plans.ways { #expect(!plan.contains("TEMP B-TREE") && !plan.contains("Sort"), "\(plan)") }
            for plan in plans.ways + plans.names {
                #expect(!plan.contains("Seq Scan") && !plan.contains("SCAN "), "\(plan)")
            }
            if place.dialect == .postgres {
                #expect(plans.names.contains { $0.contains("Bitmap Index Scan on certificate_holder_name_by_word") })
            } else {
                for plan in plans.names { #expect(!plan.contains("TEMP B-TREE"), "\(plan)") }
            }
        }
    }

    private static func twoPages(of asked: [CertificateSearch.Filter], in tx: Transaction) throws {
        for filter in asked {
            let first = try CertificateSearch.page(filter, on: Sheaf.today, limit: 1, in: tx)
            _ = try CertificateSearch.page(filter, on: Sheaf.today, after: first.next, limit: 1, in: tx)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `one page of a name that many have looks at so many holders, and the next goes on after them`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(CertificateTable.migrations) { store in
            let last = CertificateSearch.holdersMax + 100
            try await store.write { tx in
                for number in 1...last { try HolderNames.note("王强", of: Sheaf.person(number), in: tx) }
                try Sheaf.file(1, try Sheaf.reservation(1, holder: last), Sheaf.personal("王强"), in: tx)
            }
            try await store.read { tx throws in
                for words in ["王", "王强"] {
                    let filter = Self.asking { ($0.name, $0.issuer) = (words, Sheaf.hrss) }
                    let first = try CertificateSearch.page(filter, on: Sheaf.today, in: tx)
                    #expect(first.lines.isEmpty && first.next != nil, "\(words)")
                    let second = try CertificateSearch.page(filter, on: Sheaf.today, after: first.next, in: tx)
                    #expect(second.lines.map(\.id) == [Sheaf.id(1)] && second.next == nil, "\(words)")
                }
            }
        }
    }
}
