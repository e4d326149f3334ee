import Testing
import Vocabulary

@testable import Exchange

@Suite struct SubscriptionRulesTests {
    private static func after(_ troubles: [DeliveryAnswer], days: Int64 = 0) throws -> Subscription {
        var subscription = try Told.subscription()
        for (index, trouble) in troubles.enumerated() {
            let now = Told.now.advanced(bySeconds: index == 0 ? 0 : days * 86_400)
            subscription.hear(trouble, at: now)
            subscription.leaveAlone(because: trouble, at: now, .usual, roll: 20)
        }
        return subscription
    }

    @Test func `a receiver that is away is left alone longer each time, an hour at most`() throws {
        let pauses = try (1...6).map { count in
            try #require(try Self.after(Array(repeating: .unreachable, count: count)).pausedUntil)
        }
        #expect(pauses == [5, 20, 80, 320, 1280, 3600].map { Told.now.advanced(bySeconds: $0) })
    }

    @Test func `one that says for how long is left alone for so long`() throws {
        let asked = try Self.after([.unreachable, .unreachable, .overloaded(429, seconds: 7)])
        #expect(asked.pausedUntil == Told.now.advanced(bySeconds: 7) && asked.failures == 3)
    }

    @Test func `one that takes an event is away no longer`() throws {
        var subscription = try Self.after([.unreachable, .unreachable])
        subscription.hear(.accepted(200), at: Told.now)
        #expect(subscription.failures == 0 && subscription.failingSince == nil)
    }

    @Test func `one that has been away for a fortnight is not tried by itself any more, and keeps its cursor`() throws {
        #expect(try Self.after([.unreachable, .unreachable], days: 13).state == .active)
        let asleep = try Self.after([.unreachable, .unreachable], days: 14)
        #expect(asleep.state == .asleep && asleep.cursor == .start)
    }

    @Test func `one that says 410 has ended, and stays so`() throws {
        #expect(try Self.after([.gone]).state == .ended)
        #expect(try Self.after([.gone, .unreachable]).pausedUntil == nil)
    }
}
