import Hall
import Store
import StoreTestSupport
import Supervision
import Testing
import Vocabulary
import Windows

@Suite("Visits that are counted")
struct VisitFollowerTests {
    private static func seal(_ house: QueueHouse) async throws {
        let sealer = Sealer(store: house.hall.store, holder: "test", origin: "test") { $0 }
        while try await sealer.seal(now: house.hall.time.now()) > 0 {}
    }

    private static func query() throws -> QueueQuery {
        QueueQuery(try #require(Month("2018-11"))...(try #require(Month("2018-11"))), in: [""..."~"])
    }

    @Test(arguments: StoreUnderTest.all)
    func `a ticket counts once it is over: how long it waited, what the window did, and how it ended`(
        _ place: StoreUnderTest
    ) async throws {
        try await QueueHouse.open(place) { house in
            let counter = try ServingTests.Counter(house)
            let follower = VisitFollower(hall: house.hall)
            let clerk = try await house.sit(1)
            let first = try await house.take()
            let given = try await house.take()
            house.clock.move(minutes: 12)
            try await house.queue(.next, clerk)
            house.clock.move(minutes: 1)
            try await house.queue(.start, clerk)
            house.clock.move(minutes: 6)
            _ = try await counter.file(first, by: clerk)
            // While it is served nothing is counted.
            try await Self.seal(house)
            try await follower.follow()
            #expect(try await house.hall.queueMonths() == nil)
            try await house.queue(.interrupt, clerk)
            house.clock.move(minutes: 3)
            try await house.queue(.resume(first), clerk)
            house.clock.move(minutes: 2)
            try await house.queue(.finish, clerk)
            try await house.hall.holder(.cancel, given, of: QueueHouse.code, by: .platform)
            try await Self.seal(house)
            while try await follower.step(limit: 3) > 0 {}
            let query = try Self.query()
            let all = try await house.hall.queueFigures(query, before: query.months, course: query.months)
            var sums = QueueSums()
            (sums.taken, sums.served, sums.cancelled, sums.called) = (2, 1, 1, 1)
            (sums.waitedSeconds, sums.handledSeconds, sums.intakes) = (12 * 60, 8 * 60, 1)
            #expect(all.now == sums)
            #expect(all.byWindow.map(\.value) == ["350100 0", "350100 1"])
            #expect(all.waits["350100"] == WaitCounts([12: 1]))
            #expect(all.hours.map(\.hour) == [9] && all.hours.first?.weekday == 1)
            let hall = QueueQuery(query.months, in: [""..."~"], hall: "350100")
            let visits = try await house.hall.queueVisits(hall, window: 1, after: nil, limit: 10)
            #expect(visits.map(\.ticket) == [first.subject] && visits.first?.number == "A001")
            try await follower.countAgain()
            let again = try await house.hall.queueFigures(query, before: query.months, course: query.months)
            #expect(again.now == all.now && again.byWindow == all.byWindow && again.waits == all.waits)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a ticket that is forgotten at the window and lapses at night adds nothing to the time of those served`(
        _ place: StoreUnderTest
    ) async throws {
        try await QueueHouse.open(place) { house in
            let clerk = try await house.sit(1)
            _ = try await house.take()
            house.clock.move(minutes: 1)
            _ = try await house.take()
            for deed in [Hall.WindowDeed.next, .start] { try await house.queue(deed, clerk) }
            house.clock.move(minutes: 6)
            try await house.queue(.finish, clerk)
            for deed in [Hall.WindowDeed.next, .start] { try await house.queue(deed, clerk) }
            house.clock.move(to: Instant(QueueHouse.day.advanced(byDays: 1), hour: 0, minute: 1))
            #expect(try await house.hall.closeHalls() > 0)
            try await Self.seal(house)
            try await VisitFollower(hall: house.hall).follow()
            let query = try Self.query()
            let all = try await house.hall.queueFigures(query, before: query.months, course: query.months)
            #expect(all.now.served == 1 && all.now.lapsed == 1 && all.now.called == 2)
            #expect(all.now.handledSeconds == 6 * 60 && all.now.averageHandling == 6 * 60)
            #expect(all.byWindow.map(\.sums.averageHandling) == [6 * 60])
            let hall = QueueQuery(query.months, in: [""..."~"], hall: "350100")
            let visits = try await house.hall.queueVisits(hall, window: 1, after: nil, limit: 10)
            #expect(visits.map(\.ending) == [.served, .lapsed] && visits[1].times.handled > 14 * 3600)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a ticket that is sent on waits twice and counts where it ended`(_ place: StoreUnderTest) async throws {
        try await QueueHouse.open(place) { house in
            let (first, second) = (try await house.sit(1), try await house.sit(QueueHouse.issuer, at: 8))
            _ = try await house.take()
            house.clock.move(minutes: 5)
            try await house.queue(.next, first)
            try await house.queue(.start, first)
            house.clock.move(minutes: 2)
            try await house.queue(.transfer(.issuing, to: nil), first)
            house.clock.move(minutes: 4)
            try await house.queue(.next, second)
            try await house.queue(.start, second)
            house.clock.move(minutes: 1)
            try await house.queue(.finish, second)
            try await Self.seal(house)
            try await VisitFollower(hall: house.hall).follow()
            let query = try Self.query()
            let all = try await house.hall.queueFigures(query, before: query.months, course: query.months)
            #expect(all.byWindow.map(\.value) == ["350100 8"])
            #expect(all.now.waitedSeconds == 9 * 60 && all.now.handledSeconds == 3 * 60)
        }
    }
}
