import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct OrderedStoreTests {
    private struct Refused: Error {}

    private static let migrations = [
        Migration(
            "ordered.001-line",
            tables: [
                Table(
                    "line", .distributed(by: "place"),
                    columns: "place BIGINT NOT NULL PRIMARY KEY, who BIGINT NOT NULL, width BIGINT")
            ])
    ]

    /// Puts somebody at the end of the line.
    private static func queue(_ who: Int, in tx: Transaction) throws -> Int {
        let place = try tx.row("SELECT COUNT(*) FROM line")?.integer(0) ?? 0
        try tx.execute("INSERT INTO line (place, who) VALUES (\(place), \(who))")
        return place
    }

    private static func line(_ store: any Store) async throws -> [Int] {
        try await store.read { tx in
            try tx.rows("SELECT who FROM line ORDER BY place LIMIT 1000").map { try $0.integer(0) }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is done together is written in its order, whoever is ready first`(_ place: StoreUnderTest) async throws {
        try await place.use(Self.migrations) { store in
            let ordered = OrderedStore(above: store)
            for round in 0..<5 {
                let answers = await ordered.together(
                    (0..<40).map { number in
                        {
                            // The last is ready first.
                            try await Task.sleep(for: .microseconds(40 - number))
                            return try await ordered.write { tx in try Self.queue(round * 40 + number, in: tx) }
                        }
                    })
                let places = try answers.map { try $0.get() }
                #expect(places == Array(round * 40..<(round + 1) * 40))
            }
            let found = try await Self.line(store)
            #expect(found == Array(0..<200))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `one that refuses takes back what it wrote and nothing else`(_ place: StoreUnderTest) async throws {
        try await place.use(Self.migrations) { store in
            let ordered = OrderedStore(above: store)
            let answers = await ordered.together(
                (0..<9).map { number in
                    {
                        try await ordered.write { tx in
                            _ = try Self.queue(number, in: tx)
                            if number % 3 == 1 { throw Refused() }
                        }
                    }
                })
            let refused = answers.enumerated().filter { if case .failure = $0.element { true } else { false } }
            #expect(refused.map(\.offset) == [1, 4, 7])
            let found = try await Self.line(store)
            #expect(found == [0, 2, 3, 5, 6, 8])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `one that writes twice has its second turn after everybody's first`(_ place: StoreUnderTest) async throws {
        try await place.use(Self.migrations) { store in
            let ordered = OrderedStore(above: store)
            _ = await ordered.together(
                (0..<4).map { number in
                    {
                        _ = try await ordered.write { tx in try Self.queue(number, in: tx) }
                        let seen = try await ordered.read { tx in
                            try tx.row("SELECT COUNT(*) FROM line")?.integer(0) ?? 0
                        }
                        #expect(seen == 4)
                        if number != 2 { _ = try await ordered.write { tx in try Self.queue(10 + number, in: tx) } }
                    }
                })
            let found = try await Self.line(store)
            #expect(found == [0, 1, 2, 3, 10, 11, 13])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is written alone needs no order`(_ place: StoreUnderTest) async throws {
        try await place.use(Self.migrations) { store in
            let ordered = OrderedStore(above: store)
            let place = try await ordered.write { tx in try Self.queue(7, in: tx) }
            #expect(place == 0)
            #expect(ordered.dialect == store.dialect)
            let found = try await Self.line(ordered)
            #expect(found == [7])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a value goes where a null went before, into a narrower column as well`(_ place: StoreUnderTest) async throws {
        try await place.use(Self.migrations) { store in
            if store.dialect == .postgres {
                try await store.write { tx in try tx.execute("ALTER TABLE line ALTER COLUMN width TYPE INTEGER") }
            }
            let widths: [Int?] = [nil, 3, nil, 5]
            try await store.write { tx in
                for (place, width) in widths.enumerated() {
                    try tx.execute("INSERT INTO line (place, who, width) VALUES (\(place), 1, \(width))")
                }
            }
            let kept = try await store.read { tx in
                try tx.rows("SELECT COALESCE(width, 0) FROM line ORDER BY place LIMIT 9").map { try $0.integer(0) }
            }
            #expect(kept == [0, 3, 0, 5])
        }
    }
}
