import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

@Suite struct ClaimTests {
    private static let migration = Migration(
        "test.001-counter",
        tables: [
            Table("counter", .distributed(by: "name"), columns: "name TEXT NOT NULL PRIMARY KEY, last BIGINT NOT NULL"),
            Table(
                "given", .distributed(by: "name"),
                columns: "name TEXT NOT NULL, number BIGINT NOT NULL, PRIMARY KEY (name, number)"),
        ])

    /// Takes the next number of a counter, as a room does.
    private static func take(_ name: String, in tx: Transaction) throws -> Int {
        let earlier = tx.claimed(name)
        let read =
            if let earlier { earlier.read } else {
                try tx.row("SELECT last FROM counter WHERE name = \(name)")?.integer(0)
            }
        let next = (earlier?.value ?? read ?? 0) + 1
        let statement: SQL =
            if let read {
                "UPDATE counter SET last = \(next) WHERE name = \(name) AND last = \(read)"
            } else {
                "INSERT INTO counter (name, last) VALUES (\(name), \(next)) ON CONFLICT (name) DO NOTHING"
            }
        tx.claim(Claim(name, read: read, value: next, statement))
        return next
    }

    @Test(arguments: StoreUnderTest.all)
    func `64 writers at once leave one to 64, and what fails leaves no gap`(_ place: StoreUnderTest) async throws {
        try await place.withDatabase { database in
            let (one, two) = (try await database.open(), try await database.open())
            _ = try await one.migrate([Self.migration], now: Sample.now)
            let numbers = try await withThrowingTaskGroup(of: Int?.self) { group in
                for writer in 0..<80 {
                    let store = writer % 2 == 0 ? one : two
                    group.addTask {
                        do {
                            return try await store.write { tx in
                                let number = try Self.take("a", in: tx)
                                // Every fifth writer gives up after it has taken its number.
                                if writer % 5 == 0 { throw Fault.busy("test") }
                                return number
                            }
                        } catch Fault.busy("test") {
                            return nil
                        }
                    }
                }
                return try await group.reduce(into: [Int]()) { numbers, number in
                    if let number { numbers.append(number) }
                }
            }
            #expect(numbers.sorted() == Array(1...64))
            await one.close()
            await two.close()
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `one transaction takes two numbers of a counter and one of another`(_ place: StoreUnderTest) async throws {
        try await place.use([Self.migration]) { store in
            for round in 0..<2 {
                let taken = try await store.write { tx in
                    [try Self.take("a", in: tx), try Self.take("a", in: tx), try Self.take("b", in: tx)]
                }
                #expect(taken == [2 * round + 1, 2 * round + 2, round + 1])
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was left for the end is done there, and again when a number is lost, but not the body`(
        _ place: StoreUnderTest
    ) async throws {
        let bodies = Mutex(0)
        let ends = Mutex(0)
        try await place.use([Self.migration]) { store in
            _ = try await store.write { tx in try Self.take("a", in: tx) }
            try await store.write { tx in
                bodies.withLock { $0 += 1 }
                tx.atLast("a") { tx in
                    let end = ends.withLock {
                        $0 += 1; return $0
                    }
                    let number = try Self.take("a", in: tx)
                    // Only PostgreSQL has other writers meanwhile: one that takes the number twice.
                    let isLost = tx.dialect == .postgres && end < 3
                    if isLost {
                        tx.claim(Claim("a", read: 9, value: 10, "UPDATE counter SET last = 10 WHERE last = 9"))
                    }
                    try tx.execute("INSERT INTO given (name, number) VALUES ('a', \(number))")
                }
                try tx.execute("INSERT INTO given (name, number) VALUES ('b', 1)")
            }
            let given = try await store.read { tx in
                try tx.rows("SELECT name, number FROM given ORDER BY name LIMIT 10").map {
                    "\(try $0.text(0))\(try $0.integer(1))"
                }
            }
            #expect(given == ["a2", "b1"])
            #expect(bodies.withLock { $0 } == 1)
            #expect(ends.withLock { $0 } == (store.dialect == .postgres ? 3 : 1))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a counter that is never won ends in a fault, and nothing is kept`(_ place: StoreUnderTest) async throws {
        let runs = Mutex(0)
        try await place.use([Self.migration]) { store in
            await #expect(throws: Fault.contended) {
                try await store.write { tx in
                    runs.withLock { $0 += 1 }
                    try tx.execute("INSERT INTO given (name, number) VALUES ('a', 1)")
                    tx.claim(Claim("a", read: 0, value: 1, "UPDATE counter SET last = 1 WHERE name = 'a' AND last = 0"))
                }
            }
            let kept = try await store.read { tx in try tx.row("SELECT COUNT(*) FROM given")?.integer(0) }
            #expect(kept == 0)
        }
        #expect(runs.withLock { $0 } == 400)
    }
}
