@testable import Accounts
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct SessionTests {
    static let clerk = Holder.staff(Cast.id(1))
    static let citizen = Holder.person(Cast.id(2))
    static let hour: Int64 = 3600

    static func start(_ seed: UInt64, _ holder: Holder, at now: Instant, _ store: any Store) async throws
        -> SessionToken
    {
        let token = SessionToken(Dice.seeded(seed))
        try await store.write { tx in _ = try SessionTable.start(token, of: holder, now: now, in: tx) }
        return token
    }

    /// A request: finds the session and renews it when it is time. Answers whether it was written.
    @discardableResult
    static func request(_ token: SessionToken, at now: Instant, _ store: any Store) async throws -> Bool {
        let session = try await store.read { tx in try SessionTable.session(token, now: now, in: tx) }
        guard session.wantsRenewal(at: now) else { return false }
        try await store.write { tx in _ = try SessionTable.renew(session, now: now, in: tx) }
        return true
    }

    @Test func `a cookie is read back, and anything else is none`() {
        let token = SessionToken(Dice.seeded(1))
        #expect(token.cookie.utf8.count == 64)
        #expect(SessionToken(token.cookie)?.digest == token.digest)
        #expect(SessionToken(Dice.seeded(2)).digest != token.digest)
        for cookie in ["", token.cookie.uppercased(), token.cookie + "0", String(token.cookie.dropLast()) + "g"] {
            #expect(SessionToken(cookie) == nil)
        }
    }

    @Test(arguments: [(clerk, 1800, 12 * hour), (citizen, 12 * hour, 30 * 24 * hour)] as [(Holder, Int64, Int64)])
    func `a session ends when nobody came for so long, and in any case after so long`(
        _ holder: Holder, _ idle: Int64, _ absolute: Int64
    ) {
        let begin = Session([], holder: holder, startedAt: Cast.now, seenAt: Cast.now)
        #expect(begin.lives(at: Cast.now.later(idle - 1)))
        #expect(!begin.lives(at: Cast.now.later(idle)))
        let late = begin.seen(at: Cast.now.later(absolute - 60))
        #expect(late.lives(at: Cast.now.later(absolute - 1)))
        #expect(!late.lives(at: Cast.now.later(absolute)))
        #expect(late.expiresAt == Cast.now.later(absolute))
    }

    @Test(arguments: StoreUnderTest.all)
    func `a clerk who works on stays signed in for a shift and not longer`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let token = try await Self.start(1, Self.clerk, at: Cast.now, store)
            var second: Int64 = 0
            while second + 1700 < 12 * Self.hour {
                second += 1700
                #expect(try await Self.request(token, at: Cast.now.later(second), store))
            }
            try await Self.request(token, at: Cast.now.later(12 * Self.hour - 1), store)
            await #expect(throws: LoginRefusal.sessionEnded) {
                try await Self.request(token, at: Cast.now.later(12 * Self.hour), store)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a citizen who comes back the next morning signs in again`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let token = try await Self.start(1, Self.citizen, at: Cast.now, store)
            try await Self.request(token, at: Cast.now.later(11 * Self.hour), store)
            try await Self.request(token, at: Cast.now.later(22 * Self.hour), store)
            await #expect(throws: LoginRefusal.sessionEnded) {
                try await Self.request(token, at: Cast.now.later(34 * Self.hour), store)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `however many requests come, a session is written at most once a minute`(_ place: StoreUnderTest) async throws
    {
        try await place.use(AccountShape.migrations) { store in
            let token = try await Self.start(1, Self.clerk, at: Cast.now, store)
            var writes = 0
            for second in 1...180 as ClosedRange<Int64> {
                writes += try await Self.request(token, at: Cast.now.later(second), store) ? 1 : 0
            }
            #expect(writes == 3)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `signing out ends one session, everywhere ends all, and may keep the one that asks`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(AccountShape.migrations) { store in
            var tokens: [SessionToken] = []
            for seed in 1...4 as ClosedRange<UInt64> {
                tokens.append(try await Self.start(seed, Self.citizen, at: Cast.now.later(Int64(seed)), store))
            }
            let other = try await Self.start(9, Self.clerk, at: Cast.now, store)
            let now = Cast.now.later(10)
            let (first, second) = (tokens[0], tokens[1])
            let ended = try await store.write { tx in
                try SessionTable.end(SessionTable.session(first, now: now, in: tx), in: tx)
                let kept = try SessionTable.session(second, now: now, in: tx)
                return try SessionTable.endAll(of: Self.citizen, but: kept, in: tx)
            }
            #expect(ended == 2)
            for token in [tokens[0], tokens[2], tokens[3]] {
                await #expect(throws: LoginRefusal.sessionEnded) { try await Self.request(token, at: now, store) }
            }
            try await Self.request(tokens[1], at: now, store)
            let rest = try await store.write { tx in try SessionTable.endAll(of: Self.citizen, in: tx) }
            #expect(rest == 1)
            await #expect(throws: LoginRefusal.sessionEnded) { try await Self.request(second, at: now, store) }
            try await Self.request(other, at: now, store)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a session that was ended is not brought back by a late renewal`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let token = try await Self.start(1, Self.clerk, at: Cast.now, store)
            let now = Cast.now.later(100)
            try await store.write { tx in
                let session = try SessionTable.session(token, now: now, in: tx)
                try SessionTable.end(session, in: tx)
                try SessionTable.renew(session, now: now, in: tx)
            }
            await #expect(throws: LoginRefusal.sessionEnded) { try await Self.request(token, at: now, store) }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a slow renewal does not take back a later one`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let token = try await Self.start(1, Self.clerk, at: Cast.now, store)
            let seen = try await store.write { tx in
                let session = try SessionTable.session(token, now: Cast.now, in: tx)
                try SessionTable.renew(session, now: Cast.now.later(120), in: tx)
                try SessionTable.renew(session, now: Cast.now.later(61), in: tx)
                return try SessionTable.session(token, now: Cast.now.later(121), in: tx).seenAt
            }
            #expect(seen == Cast.now.later(120))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the twenty-first session ends the first`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            var tokens: [SessionToken] = []
            for seed in 0...20 as ClosedRange<UInt64> {
                tokens.append(try await Self.start(seed, Self.citizen, at: Cast.now.later(Int64(seed)), store))
            }
            let now = Cast.now.later(30)
            await #expect(throws: LoginRefusal.sessionEnded) { try await Self.request(tokens[0], at: now, store) }
            for token in tokens.dropFirst() { try await Self.request(token, at: now, store) }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what has run out is pruned, so many at a time, and the rest stays`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            try await store.write { tx in
                for index in 0..<510 as Range<UInt64> {
                    let token = SessionToken(Dice.seeded(index))
                    try SessionTable.start(token, of: .staff(Cast.id(index)), now: Cast.now, in: tx)
                }
            }
            let alive = try await Self.start(999, Self.clerk, at: Cast.now.later(1000), store)
            let now = Cast.now.later(1800)
            let pruned = try await store.write { tx in
                try (0..<3).map { _ in try SessionTable.prune(now: now, in: tx) }
            }
            #expect(pruned == [SessionTable.pruneMax, 10, 0])
            try await Self.request(alive, at: now, store)
            let rows = try await store.read { tx in
                try tx.row("SELECT (SELECT COUNT(*) FROM session), (SELECT COUNT(*) FROM session_by_holder)")
            }
            #expect(try rows?.integer(0) == 1)
            #expect(try rows?.integer(1) == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the secret of a session stands in no table`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let token = try await Self.start(1, Self.clerk, at: Cast.now, store)
            let kept = try await store.read { tx in try tx.row("SELECT digest FROM session")?.bytes(0) }
            #expect(kept == token.digest)
            #expect(kept != Hex.bytes(token.cookie, count: 32))
        }
    }
}
