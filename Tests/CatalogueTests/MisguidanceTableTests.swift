import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Catalogue

@Suite struct MisguidanceTableTests {
    private static let migrations = ItemTable.migrations
    private static let start = CivilDate(daysSinceEpoch: 20781)

    /// One correction of case `number`, on day `day` of the test.
    private static func one(
        _ number: UInt64, _ cause: String, of guide: Guide, version: Int = 1, day: Int = 0, sequence: Int = 2,
        words: String? = nil
    ) throws -> Misguidance {
        Misguidance(
            Misguidance.Notice(DossierID(Subject(high: 9, low: number)), sequence, "restPlan"),
            of: Misguidance.Source(
                item: guide.itemCode, catalogCode: guide.catalogCode.code, version: version, body: guide.body.code,
                region: guide.body.region),
            try #require(CorrectionCause(cause)), words: words, number: "20181119000\(number)",
            day: start.advanced(byDays: day))
    }

    private static func write(_ all: [Misguidance], in store: any Store) async throws {
        try await store.write { tx in for one in all { try MisguidanceTable.put(one, in: tx) } }
    }

    @Test(arguments: StoreUnderTest.all)
    func `places rank by the cases they misled, each case once, within the span`(_ place: StoreUnderTest) async throws {
        let guide = try Demonstration.guide("special-working-hours")
        let other = try Demonstration.guide("food-business-licence")
        let sample = "material/restPlan/sample"
        try await place.use(Self.migrations) { store in
            try await Self.write(
                [
                    Self.one(1, sample, of: guide), Self.one(1, sample, of: guide, day: 3, sequence: 4),
                    Self.one(2, sample, of: guide, day: 1), Self.one(3, "E17", of: guide, day: 2),
                    Self.one(4, "overlooked", of: guide, day: 2), Self.one(5, "other", of: guide, day: 2, words: "受潮"),
                    Self.one(6, "E17", of: other, day: -5), Self.one(7, "E17", of: other, day: -6),
                    Self.one(8, "E17", of: other, day: -7),
                ], in: store)
            try await store.read { tx throws in
                let ranked = try MisguidanceTable.ranking(since: Self.start, in: tx)
                #expect(ranked.map(\.place.code) == [sample, "E17"])
                #expect(ranked.map(\.cases) == [2, 1])
                #expect(ranked.first?.latest == Self.start.advanced(byDays: 3))
                #expect(ranked.first?.version == 0, "it is published nowhere")
                let all = try MisguidanceTable.ranking(since: Self.start.advanced(byDays: -30), in: tx)
                #expect(all.map(\.cases) == [3, 2, 1])
                #expect(all.first?.catalogCode == other.catalogCode.code)
                let own = try MisguidanceTable.ranking(
                    of: guide.catalogCode.code, since: Self.start.advanced(byDays: -30), in: tx)
                #expect(own.map(\.cases) == [2, 1])
                let counts = try MisguidanceTable.counts(since: Self.start, in: tx)
                #expect((counts.guide, counts.overlooked, counts.other) == (4, 1, 1))
                #expect(try MisguidanceTable.counts(of: other.catalogCode.code, since: Self.start, in: tx).all == 0)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the same notice counts once, and can be forgotten to be written anew`(_ place: StoreUnderTest) async throws {
        let guide = try Demonstration.guide("special-working-hours")
        try await place.use(Self.migrations) { store in
            let one = try Self.one(1, "E17", of: guide, words: "指南未写明")
            try await Self.write([one, one, Self.one(2, "E17", of: guide, day: 1)], in: store)
            try await store.write { tx throws in
                let examples = try MisguidanceTable.examples(
                    of: guide.catalogCode.code, one.cause, since: Self.start, in: tx)
                #expect(examples.count == 2)
                #expect(examples.last == one, "the latest first, each as it was written")
                try MisguidanceTable.clear(one.notice.dossier, in: tx)
                #expect(try MisguidanceTable.counts(since: Self.start, in: tx).all == 1)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a new version of the guide parts the cases before it from those after it`(_ place: StoreUnderTest)
        async throws
    {
        let guide = try Demonstration.guide("special-working-hours")
        let mended = try Demonstration.broken(
            "special-working-hours", [(path: ["standard", "promisedLimit", "value"], value: 3)])
        try await place.use(Self.migrations) { store in
            try await store.write { tx in
                for (number, version) in [guide, mended].enumerated() {
                    try ItemTable.publish(
                        version, effective: Self.start, id: Subject(high: 1, low: UInt64(number)),
                        stamp: Demonstration.stamp, in: tx)
                }
            }
            try await Self.write(
                [
                    Self.one(1, "E17", of: guide), Self.one(2, "E17", of: guide), Self.one(3, "E17", of: guide),
                    Self.one(4, "E17", of: guide, version: 2, day: 1),
                ], in: store)
            try await store.read { tx throws in
                let line = try #require(try MisguidanceTable.ranking(since: Self.start, in: tx).first)
                #expect((line.cases, line.before, line.version) == (4, 3, 2))
                let item = try #require(try MisguidanceTable.item(of: guide.catalogCode.code, in: tx))
                #expect(item.slug == "special-working-hours" && item.versions == [guide.itemCode: 2])
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `rankings find their rows by an index`(_ place: StoreUnderTest) async throws {
        let guide = try Demonstration.guide("special-working-hours")
        let code = guide.catalogCode.code
        try await place.use(Self.migrations) { store in
            try await store.write { tx in
                try tx.execute(Self.filling(guide))
                if tx.dialect == .postgres { try tx.execute("ANALYZE") }
            }
            let late = Self.start.advanced(byDays: 990)
            try await store.write { tx throws in
                let statements: [(String, (Transaction) throws -> Void)] = [
                    ("misguidance_by_day", { _ = try MisguidanceTable.ranking(since: late, in: $0) }),
                    ("misguidance_by_day", { _ = try MisguidanceTable.counts(since: late, in: $0) }),
                    ("misguidance_by_item", { _ = try MisguidanceTable.ranking(of: code, since: late, in: $0) }),
                    (
                        "misguidance_by_cause",
                        { _ = try MisguidanceTable.examples(of: code, .guide(.element("E17")), since: late, in: $0) }
                    ),
                ]
                for (index, statement) in statements {
                    let plan = try tx.plans { try statement($0) }.joined(separator: "\n")
                    #expect(plan.contains(index), "\(plan)")
                    #expect(
                        !plan.contains("SCAN misguidance\n") && !plan.contains("Seq Scan on misguidance"), "\(plan)")
                }
            }
        }
    }

    /// Twenty thousand corrections of a thousand days.
    private static func filling(_ guide: Guide) -> SQL {
        let code = guide.catalogCode.code
        let columns: StaticString = """
            INSERT INTO misguidance (dossier, sequence, material, item, catalog_code, version, body, region, cause,
                is_guide, words, number, day)
            """
        return SQL(
            sqlite: """
                \(raw: columns)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                SELECT randomblob(16), 2, 'restPlan', \(guide.itemCode), \(code), 1, \(guide.body.code), \(guide.body.region), 'E' || (10 + i % 30), 1,
                    NULL, '', \(start) + i % 1000 FROM n
                """,
            postgres: """
                \(raw: columns)
                SELECT decode(md5(i::text), 'hex'), 2, 'restPlan', \(guide.itemCode), \(code), 1,
                    \(guide.body.code), \(guide.body.region), 'E' || (10 + i % 30), 1, NULL, '', \(start) + i % 1000 FROM generate_series(1, 20000) AS i
                """)
    }
}
