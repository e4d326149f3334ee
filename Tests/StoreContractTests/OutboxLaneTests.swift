import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct OutboxLaneTests {
    private static let house = Effect("test.quick")
    private static let world = Effect("test.slow", payload: [7], lane: .world)

    private static func enqueue(
        _ effects: [Effect], of number: Int, notBefore seconds: Int64? = nil, in store: any Store
    ) async throws {
        try await store.write { tx in
            try Outbox.enqueue(
                effects, of: Sample.subject(number), sequence: 1, now: Sample.now,
                notBefore: seconds.map { Sample.now.advanced(bySeconds: $0) }, in: tx)
        }
    }

    private static func lease(
        _ lane: Effect.Lane, after seconds: Int64 = 0, in store: any Store
    ) async throws -> [Lease] {
        let now = Sample.now.advanced(bySeconds: seconds)
        return try await store.write { tx in try Outbox.lease(limit: 9, holder: "a", lane: lane, now: now, in: tx) }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what waits for a partner does not stand in line with what the house does itself`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use { store in
            try await Self.enqueue([Self.world, Self.house], of: 1, in: store)
            let own = try await Self.lease(.house, in: store)
            #expect(own.map(\.effect) == [Self.house])
            let theirs = try await Self.lease(.world, in: store)
            #expect(theirs.map(\.effect) == [Self.world])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an effect that may not happen yet is not given before its instant`(_ place: StoreUnderTest) async throws {
        try await place.use { store in
            try await Self.enqueue([Self.world], of: 1, notBefore: 600, in: store)
            try await Self.enqueue([Self.world], of: 2, notBefore: -600, in: store)
            let now = try await Self.lease(.world, in: store)
            #expect(now.map(\.id.subject) == [Sample.subject(2)], "an instant that is past is now")
            let early = try await Self.lease(.world, after: 599, in: store)
            #expect(
                early.map(\.id.subject) == [Sample.subject(2)], "its lease has ended; the other's time has not come")
            let due = try await store.read { tx in try Outbox.dueSince(in: tx) }
            #expect(due == Sample.now.advanced(bySeconds: 600))
            let late = try await Self.lease(.world, after: 600, in: store)
            #expect(late.map(\.id.subject) == [Sample.subject(1)])
            #expect(late.map(\.attempt) == [1])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an effect that is put off keeps all its tries`(_ place: StoreUnderTest) async throws {
        try await place.use { store in
            try await Self.enqueue([Self.world], of: 1, in: store)
            let first = try #require(try await Self.lease(.world, in: store).first)
            try await store.write { tx in
                try Outbox.postpone(first, until: Sample.now.advanced(bySeconds: 3600), in: tx)
            }
            #expect(try await Self.lease(.world, after: 3599, in: store).isEmpty)
            let second = try #require(try await Self.lease(.world, after: 3600, in: store).first)
            #expect(second.attempt == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what no further try can help is a task at once, and goes back into its lane or off the screen`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use { store in
            for number in 1...3 { try await Self.enqueue([Self.world], of: number, in: store) }
            for lease in try await Self.lease(.world, in: store) {
                let isMine = try await store.write { tx in
                    try Outbox.setAside(lease, failure: "no such number", now: Sample.now, in: tx)
                }
                #expect(isMine)
            }
            let first = try await store.read { tx in try Outbox.spent(limit: 2, in: tx) }
            #expect(first.map(\.attempts) == [1, 1] && first.map(\.failure) == ["no such number", "no such number"])
            let rest = try await store.read { tx in try Outbox.spent(after: first.last?.id, limit: 2, in: tx) }
            #expect(rest.map(\.id.subject) == [Sample.subject(3)])
            let id = try #require(EffectID(first[0].id.description))
            #expect(id == first[0].id)
            let again = try await store.write { tx in try Outbox.redeliver(id, now: Sample.now, in: tx) }
            #expect(again == Self.world)
            #expect(try await Self.lease(.world, in: store).map(\.id) == [id])
            let gone = try await store.write { tx in
                [try Outbox.dismiss(first[1].id, in: tx), try Outbox.dismiss(first[1].id, in: tx)]
            }
            #expect(gone == [Self.world, nil])
            let counts = try await store.read { tx in try Outbox.counts(in: tx) }
            #expect(counts == (1, 1))
        }
    }

    @Test func `the id of an effect is read back from its text, and nothing else is`() {
        let id = EffectID(subject: Sample.subject(4), sequence: 12, ordinal: 1)
        #expect(EffectID("\(id)") == id)
        for text in ["", "x-1-1", "\(Sample.subject(4))-1", "\(Sample.subject(4))-1-x", "\(id)-1"] {
            #expect(EffectID(text) == nil, "\(text)")
        }
    }
}
