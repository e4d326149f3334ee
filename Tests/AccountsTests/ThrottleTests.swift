@testable import Accounts
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct ThrottleTests {
    @Test(
        arguments: [
            (0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (8, 240), (9, 480), (10, 960), (11, 1800), (12, 1800),
            (1_000_000, 1800),
        ] as [(Int, Int64)])
    func `five failures are free, then the wait doubles from half a minute to half an hour`(
        _ failures: Int, _ seconds: Int64
    ) {
        #expect(Throttle.login.waitSeconds(after: failures) == seconds)
    }

    @Test func `an address forgives more than a login, and waits as long`() {
        #expect(Throttle.address.waitSeconds(after: 49) == 0)
        #expect(Throttle.address.waitSeconds(after: 50) == 30)
        #expect(Throttle.address.waitSeconds(after: 60) == 1800)
    }

    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "20010db800010002"), ("2001:db8:1:2::9", "20010db800010002"), ("unix", "unix"),
    ])
    func `of an IPv6 address the network counts`(_ address: String, _ network: String) {
        #expect(LoginAttempt.network(of: address) == network)
    }

    static func attempt(_ login: String, from address: String = "192.0.2.7") throws -> LoginAttempt {
        LoginAttempt(login: login, address: address, key: try Cast.key())
    }

    static func fail(_ login: String, from address: String = "192.0.2.7", _ now: Instant, _ store: any Store)
        async throws
    {
        let attempt = try attempt(login, from: address)
        try await store.write { tx in try ThrottleTable.begin(attempt, now: now, in: tx) }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the sixth attempt waits, and waiting attempts are not counted`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let start = Cast.now
            for second in 0..<5 as Range<Int64> { try await Self.fail("lin", start.later(second), store) }
            for second in [4, 20, 33] as [Int64] {
                await #expect(throws: LoginRefusal.wait(until: start.later(34))) {
                    try await Self.fail("LIN", start.later(second), store)
                }
            }
            try await Self.fail("lin", start.later(34), store)
            await #expect(throws: LoginRefusal.wait(until: start.later(94))) {
                try await Self.fail("lin", start.later(93), store)
            }
            try await Self.fail("chen", start.later(93), store)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a success lets the login start anew but not the address`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let attempt = try Self.attempt("lin")
            for _ in 0..<4 { try await Self.fail("lin", Cast.now, store) }
            try await Self.fail("lin", Cast.now, store)
            try await store.write { tx in try ThrottleTable.succeeded(attempt, in: tx) }
            for _ in 0..<5 { try await Self.fail("lin", Cast.now, store) }
            await #expect(throws: LoginRefusal.wait(until: Cast.now.later(30))) {
                try await Self.fail("lin", Cast.now, store)
            }
            for index in 0..<41 { try await Self.fail("guess-\(index)", Cast.now, store) }
            await #expect(throws: LoginRefusal.wait(until: Cast.now.later(30))) {
                try await Self.fail("somebody", Cast.now, store)
            }
            try await Self.fail("somebody", from: "192.0.2.8", Cast.now, store)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an attempt at which nobody looked does not count`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let attempt = try Self.attempt("lin")
            for _ in 0..<20 {
                try await Self.fail("lin", Cast.now, store)
                try await store.write { tx in try ThrottleTable.takeBack(attempt, in: tx) }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `thirty attempts at once are five guesses`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let attempt = try Self.attempt("lin")
            let passed = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<30 {
                    group.addTask {
                        do {
                            try await store.write { tx in try ThrottleTable.begin(attempt, now: Cast.now, in: tx) }
                            return true
                        } catch is LoginRefusal {
                            return false
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(passed == 5)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `after a day without a failure all are forgotten, and the rows go`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            for _ in 0..<5 { try await Self.fail("lin", Cast.now, store) }
            let next = Cast.now.later(86_400)
            for _ in 0..<5 { try await Self.fail("lin", next, store) }
            try await Self.fail("chen", from: "192.0.2.9", Cast.now, store)
            let pruned = try await store.write { tx in
                (try ThrottleTable.prune(now: next, in: tx), try ThrottleTable.prune(now: next, in: tx))
            }
            #expect(pruned == (2, 0))
            await #expect(throws: LoginRefusal.wait(until: next.later(30))) { try await Self.fail("lin", next, store) }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `neither login nor address stands in the table`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            try await Self.fail("lin", Cast.now, store)
            let ways = try await store.read { tx in
                try tx.rows("SELECT way FROM login_failure ORDER BY way LIMIT 9").map { try $0.bytes(0) }
            }
            #expect(ways.count == 2)
            #expect(ways.allSatisfy { $0.count == 32 })
            let elsewhere = LoginAttempt(login: "lin", address: "192.0.2.7", key: try Cast.key(8))
            #expect(elsewhere.ways.allSatisfy { !ways.contains($0.key) })
        }
    }
}
