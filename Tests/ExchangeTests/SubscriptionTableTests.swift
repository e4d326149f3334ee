import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Exchange

@Suite struct SubscriptionTableTests {
    private static func add(_ subscription: Subscription, to store: any Store) async throws {
        try await store.write { tx in try SubscriptionTable.add(subscription, stamp: Told.stamp(), in: tx) }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a subscription is read back, is the partner's own, and goes with all that is held for it`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(ExchangeShape.migrations) { store in
            let one = try Told.subscription()
            try await Self.add(one, to: store)
            try await store.write { tx in
                #expect(try SubscriptionTable.read(one.id, in: tx) == one)
                #expect(try SubscriptionTable.of(one.partner, in: tx) == [one])
                #expect(try SubscriptionTable.all(in: tx) == [one])
                try HeldTable.hold(Told.event(1, of: 1), for: one.id, tries: 1, due: Told.now, last: nil, in: tx)
                try SubscriptionTable.remove(one, stamp: Told.stamp(), in: tx)
                #expect(try SubscriptionTable.read(one.id, in: tx) == nil)
                #expect(try HeldTable.counts(of: one.id, in: tx).waiting == 0)
                let kinds = try Journal.entries(of: one.id.subject, in: tx).map(\.kind)
                #expect(kinds == [ExchangeEntry.added.rawValue, ExchangeEntry.removed.rawValue])
            }
            try await Self.add(one, to: store)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `one address once, so many of a partner and so many of the house`(_ place: StoreUnderTest) async throws {
        try await place.use(ExchangeShape.migrations) { store in
            try await Self.add(try Told.subscription(), to: store)
            await #expect(throws: ExchangeRefusal.addressTaken) {
                try await Self.add(try Told.subscription(2), to: store)
            }
            for number in 2...UInt64(Subscription.perPartnerMax) {
                try await Self.add(try Told.subscription(number, to: "https://example.org/\(number)"), to: store)
            }
            await #expect(throws: ExchangeRefusal.tooMany) {
                try await Self.add(try Told.subscription(99, to: "https://example.org/99"), to: store)
            }
            for number in UInt64(Subscription.perPartnerMax + 1)...UInt64(Subscription.perHouseMax) {
                try await Self.add(try Told.subscription(number, of: number), to: store)
            }
            await #expect(throws: ExchangeRefusal.houseFull) {
                try await Self.add(try Told.subscription(9999, of: 9999), to: store)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a new secret signs beside the one before for a day, and one that ended has none`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(ExchangeShape.migrations) { store in
            let one = try Told.subscription()
            try await Self.add(one, to: store)
            try await store.write { tx in
                let renewed = try SubscriptionTable.renew(one, stamp: Told.stamp(), in: tx)
                #expect(renewed.editions(at: Told.now) == [2, 1])
                #expect(renewed.editions(at: Told.now.advanced(bySeconds: 86_400)) == [2])
                #expect(throws: ExchangeRefusal.ended, "somebody else renewed it") {
                    try SubscriptionTable.renew(one, stamp: Told.stamp(), in: tx)
                }
                var standing = renewed
                standing.state = .ended
                let lease = try #require(try LaneTable.take(one.id, by: "a", now: Told.now, in: tx))
                try LaneTable.save(standing, lease, now: Told.now, in: tx)
                #expect(throws: ExchangeRefusal.ended) {
                    try SubscriptionTable.wake(one.id, stamp: Told.stamp(), in: tx)
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `one process has a subscription at a time, and one that was away writes nothing more`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(ExchangeShape.migrations) { store in
            let one = try Told.subscription()
            try await Self.add(one, to: store)
            let later = Told.now.advanced(bySeconds: LaneLease.seconds)
            let (first, second) = try await store.write { tx -> (LaneLease, LaneLease) in
                #expect(try LaneTable.free(now: Told.now, in: tx) == [one.id])
                let first = try #require(try LaneTable.take(one.id, by: "a", now: Told.now, in: tx))
                #expect(try LaneTable.free(now: Told.now, in: tx) == [])
                #expect(try LaneTable.take(one.id, by: "b", now: Told.now, in: tx) == nil)
                try LaneTable.keep(first, now: Told.now, in: tx)
                return (first, try #require(try LaneTable.take(one.id, by: "b", now: later, in: tx)))
            }
            var moved = one
            moved.cursor = EventCursor(next: 9)
            let standing = moved
            await #expect(throws: LaneLost.self) {
                try await store.write { tx in try LaneTable.save(standing, first, now: later, in: tx) }
            }
            await #expect(throws: LaneLost.self) {
                try await store.write { tx in try LaneTable.keep(first, now: later, in: tx) }
            }
            try await store.write { tx in
                try LaneTable.release(first, in: tx)
                try LaneTable.save(standing, second, now: later, in: tx)
                #expect(try SubscriptionTable.read(one.id, in: tx)?.cursor == EventCursor(next: 9))
                try LaneTable.release(second, in: tx)
                #expect(try LaneTable.free(now: later, in: tx) == [one.id])
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is held is due one of a dossier at a time, dies after its last try, and can be tried once more`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(ExchangeShape.migrations) { store in
            let one = try Told.subscription()
            try await Self.add(one, to: store)
            var terms = DeliveryTerms.usual
            terms.triesMax = 2
            let last = Subscription.Last(at: Told.now, name: "refused", status: 500)
            func write(_ change: (inout DeliveryBook.Changes) -> Void, at now: Instant) async throws -> [DossierID] {
                var changes = DeliveryBook.Changes()
                change(&changes)
                let plan = LanePlan(changes, terms, now: now) { 20 }
                return try await store.write { tx in try plan.write(for: one.id, in: tx) }
            }
            func due(_ now: Instant) async throws -> [HeldEvent] {
                try await store.read { tx in try HeldTable.due(of: one.id, now: now, in: tx) }
            }
            let (first, second) = (try Told.event(3, of: 1), try Told.event(5, of: 1))
            _ = try await write(
                {
                    $0.holds = [.init(event: first, tries: 1, last: last), .init(event: second, tries: 0, last: nil)]
                }, at: Told.now)
            #expect(try await due(Told.now.advanced(bySeconds: 4)) == [])
            let now = Told.now.advanced(bySeconds: 5)
            let waiting = try await due(now)
            #expect(waiting.map(\.position) == [3] && waiting.first?.last == last)
            // The last try: it is dead, and the one behind it is due.
            #expect(try await write({ $0.tried = [(waiting[0], last)] }, at: now) == [])
            let behind = try await due(now)
            #expect(behind.map(\.position) == [5])
            #expect(try await write({ $0.released = behind }, at: now) == [Told.dossier(1)])
            try await store.write { tx in
                #expect(try HeldTable.counts(of: one.id, in: tx).dead == 1)
                #expect(try HeldTable.dossiers(of: one.id, in: tx) == [])
                #expect(try HeldTable.dead(of: one.id, in: tx).map(\.tries) == [2])
                #expect(throws: ExchangeRefusal.eventNotHeld) {
                    try HeldTable.again(one.id, 5, stamp: Told.stamp(), in: tx)
                }
                try HeldTable.again(one.id, 3, stamp: Told.stamp(), in: tx)
            }
            let again = try await due(now)
            #expect(again.map(\.state) == [.again])
            #expect(try await write({ $0.tried = [(again[0], last)] }, at: now) == [Told.dossier(1)])
            #expect(try await due(now.advanced(bySeconds: 1_000_000)) == [], "once more, and dead again")
        }
    }
}
