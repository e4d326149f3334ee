import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

@Suite struct OutboxTests {
    private static func enqueue(_ count: Int, in store: any Store) async throws {
        try await store.write { tx in
            for number in 0..<count {
                let effects = [Effect("test.first", payload: [1]), Effect("test.second")]
                try Outbox.enqueue(effects, of: Sample.subject(number), sequence: 1, now: Sample.now, in: tx)
            }
        }
    }

    private static func lease(
        _ limit: Int, _ holder: String = "a", after seconds: Int64 = 0, in store: any Store
    ) async throws -> [Lease] {
        try await store.write { tx in
            try Outbox.lease(limit: limit, holder: holder, now: Sample.now.advanced(bySeconds: seconds), in: tx)
        }
    }

    private static func counts(_ store: any Store) async throws -> [Int] {
        try await store.read { tx in
            let counts = try Outbox.counts(in: tx)
            return [counts.waiting, counts.spent]
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `effects are leased in order, once, and are gone when they are done`(_ place: StoreUnderTest) async throws {
        try await place.use { store in
            try await Self.enqueue(3, in: store)
            let first = try await Self.lease(4, in: store)
            #expect(first.map(\.id.ordinal) == [0, 1, 0, 1])
            #expect(first.map(\.id.subject) == [0, 0, 1, 1].map(Sample.subject))
            #expect(first[0].effect == Effect("test.first", payload: [1]))
            #expect(first[1].effect == Effect("test.second"))
            #expect(first.allSatisfy { $0.attempt == 1 && $0.holder == "a" && $0.id.sequence == 1 })
            let second = try await Self.lease(4, "b", in: store)
            #expect(second.map(\.id.subject) == [2, 2].map(Sample.subject))
            let done = try await store.write { tx in try Outbox.complete(first[0], in: tx) }
            #expect(done)
            let again = try await store.write { tx in try Outbox.complete(first[0], in: tx) }
            #expect(!again)
            let counts = try await Self.counts(store)
            #expect(counts == [5, 0])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the longest waiting come first, and equals in the order of their ids`(_ place: StoreUnderTest) async throws {
        try await place.use { store in
            try await store.write { tx in
                for (number, seconds) in [(5, 0), (4, -20), (3, -10), (2, -20), (1, 10)] {
                    let now = Sample.now.advanced(bySeconds: Int64(seconds))
                    try Outbox.enqueue([Effect("test.x")], of: Sample.subject(number), sequence: 1, now: now, in: tx)
                }
            }
            var order: [Subject] = []
            for _ in 0..<5 { order += try await Self.lease(1, in: store).map(\.id.subject) }
            #expect(order == [2, 4, 3, 5].map(Sample.subject), "and what is not due yet is not given")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `two hundred effects in eight hands are each handled once`(_ place: StoreUnderTest) async throws {
        try await place.use { store in
            try await Self.enqueue(100, in: store)
            let handled = Handled()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<8 {
                    group.addTask {
                        while try await Self.counts(store)[0] > 0 {
                            let leases: [Lease]
                            do { leases = try await Self.lease(10, "worker-\(worker)", in: store) } catch Fault
                                .contended
                            {
                                continue
                            }
                            for lease in leases {
                                handled.add(lease.id)
                                let isMine = try await store.write { tx in try Outbox.complete(lease, in: tx) }
                                #expect(isMine)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let counts = handled.counts
            #expect(counts.count == 200)
            #expect(counts.values.allSatisfy { $0 == 1 })
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a lease ends after a minute; who comes too late has lost it`(_ place: StoreUnderTest) async throws {
        try await place.use { store in
            try await Self.enqueue(1, in: store)
            let first = try await Self.lease(2, "a", in: store)
            let early = try await Self.lease(2, "b", after: Outbox.leaseSeconds - 1, in: store)
            #expect(early == [])
            let second = try await Self.lease(2, "b", after: Outbox.leaseSeconds, in: store)
            #expect(second.map(\.id) == first.map(\.id))
            #expect(second.map(\.attempt) == [2, 2])
            let late = try await store.write { tx in
                let failed = try Outbox.fail(first[1], failure: "late", now: Sample.now, in: tx)
                return [try Outbox.complete(first[0], in: tx), failed]
            }
            #expect(late == [false, false])
            let third = try await Self.lease(2, "a", after: Outbox.leaseSeconds, in: store)
            #expect(third == [], "a late failure does not put back what another holds")
            let done = try await store.write { tx in try second.map { try Outbox.complete($0, in: tx) } }
            #expect(done == [true, true])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a holder that gets its own effect again has lost its first lease`(_ place: StoreUnderTest) async throws {
        try await place.use { store in
            try await store.write { tx in
                try Outbox.enqueue([Effect("test.x")], of: Sample.subject(1), sequence: 1, now: Sample.now, in: tx)
            }
            let first = try await Self.lease(1, in: store)
            let second = try await Self.lease(1, after: 1000, in: store)
            #expect(second.map(\.id) == first.map(\.id))
            let done = try await store.write { tx in
                [try Outbox.complete(first[0], in: tx), try Outbox.complete(second[0], in: tx)]
            }
            #expect(done == [false, true])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `tries come at doubling distances and end after twelve, on an officer's screen`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use { store in
            try await store.write { tx in
                try Outbox.enqueue([Effect("test.x")], of: Sample.subject(1), sequence: 1, now: Sample.now, in: tx)
            }
            var seconds: Int64 = 0
            for attempt in 1...Outbox.attemptsMax {
                let lease = try #require(try await Self.lease(1, after: seconds, in: store).first)
                #expect(lease.attempt == attempt)
                let failed = Sample.now.advanced(bySeconds: seconds)
                let isSpent = try await store.write { tx in
                    try Outbox.fail(lease, failure: String(repeating: "字", count: 900), now: failed, in: tx)
                }
                #expect(isSpent == (attempt == Outbox.attemptsMax))
                guard !isSpent else { break }
                let wait = min(Outbox.backoffSecondsMax, 1 << Int64(attempt))
                let early = try await Self.lease(1, after: seconds + wait - 1, in: store)
                #expect(early == [])
                seconds += wait
            }
            let counts = try await Self.counts(store)
            #expect(counts == [0, 1])
            let spent = try #require(try await store.read { tx in try Outbox.spent(limit: 9, in: tx) }.first)
            #expect(spent.attempts == Outbox.attemptsMax)
            #expect(spent.failure.count == 500)
            #expect(spent.at == Sample.now.advanced(bySeconds: seconds))
            #expect(spent.effect == Effect("test.x"))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an effect whose handlers die without a word is spent as well`(_ place: StoreUnderTest) async throws {
        try await place.use { store in
            try await store.write { tx in
                try Outbox.enqueue([Effect("test.x")], of: Sample.subject(1), sequence: 1, now: Sample.now, in: tx)
            }
            var leases = 0
            for attempt in 0..<20 {
                leases += try await Self.lease(1, after: Int64(attempt) * Outbox.leaseSeconds, in: store).count
            }
            #expect(leases == Outbox.attemptsMax)
            let spent = try await store.read { tx in try Outbox.spent(limit: 9, in: tx) }
            #expect(spent.map(\.attempts) == [Outbox.attemptsMax])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a spent effect gets its tries back once`(_ place: StoreUnderTest) async throws {
        try await place.use { store in
            try await store.write { tx in
                for number in [2, 1] {
                    let effect = Effect("test.x", payload: [UInt8(number)])
                    try Outbox.enqueue([effect], of: Sample.subject(number), sequence: 4, now: Sample.now, in: tx)
                }
                try tx.execute("UPDATE outbox SET attempts = \(Outbox.attemptsMax - 1)")
                for lease in try Outbox.lease(limit: 2, holder: "a", now: Sample.now, in: tx) {
                    try Outbox.fail(lease, failure: "no", now: Sample.now, in: tx)
                }
            }
            let spent = try await store.read { tx in try Outbox.spent(limit: 9, in: tx) }
            #expect(spent.map(\.id.subject) == [1, 2].map(Sample.subject))
            let (first, second) = try await store.write { tx in
                (
                    try Outbox.redeliver(spent[0].id, now: Sample.now, in: tx),
                    try Outbox.redeliver(spent[0].id, now: Sample.now, in: tx)
                )
            }
            #expect(first == spent[0].effect)
            #expect(second == nil)
            let lease = try #require(try await Self.lease(9, in: store).first)
            #expect(lease.id == spent[0].id)
            #expect(lease.effect == spent[0].effect)
            #expect(lease.attempt == 1)
            let counts = try await Self.counts(store)
            #expect(counts == [1, 1])
        }
    }
}

/// How often each effect was handled.
private final class Handled: Sendable {
    private let all = Mutex<[EffectID: Int]>([:])

    var counts: [EffectID: Int] { all.withLock { $0 } }

    func add(_ id: EffectID) { all.withLock { $0[id, default: 0] += 1 } }
}
