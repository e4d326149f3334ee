import Accounts
import Dossiers
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary
import Windows

@Suite("From tickets to minutes, to tomorrow")
struct MinutesTests {
    private typealias Counter = ServingTests.Counter

    @Test(arguments: StoreUnderTest.all)
    func `a ticket's trace names the dossiers, and a dossier's page the tickets`(_ place: StoreUnderTest) async throws {
        try await QueueHouse.open(place) { house in
            let counter = try Counter(house)
            let clerk = try await house.sit(1)
            let ticket = try await house.take()
            house.clock.move(minutes: 11)
            try await house.queue(.next, clerk)
            house.clock.move(minutes: 1)
            try await house.queue(.start, clerk)
            house.clock.move(minutes: 5)
            let dossier = try await counter.file(ticket, by: clerk)
            try await house.queue(.interrupt, clerk)
            house.clock.move(minutes: 4)
            try await house.queue(.resume(ticket), clerk)
            house.clock.move(minutes: 2)
            try await house.queue(.finish, clerk)
            let view = try await house.hall.trace(of: ticket, at: QueueHouse.code)
            #expect(view.trace.minutes == [11, 1, 5, 4, 2])
            #expect(view.numbers == [dossier: try await house.hall.shortNumber(of: dossier)])
            #expect(view.trace.efforts.map(\.milliseconds) == [7 * 60_000])
            let own = try await house.hall.traces(of: dossier)
            #expect(own.map(\.trace) == [view.trace])
            #expect(try await house.hall.traces(of: try await counter.story.filed()).isEmpty)
            let nowhere = try #require(HallCode("350111"))
            await #expect(throws: WindowRefusal.hallNotFound) { try await house.hall.trace(of: ticket, at: nowhere) }
            let minutes = try await house.hall.minutes(at: QueueHouse.code)
            let item = try await counter.story.dossier(dossier).submitted.terms.itemCode
            #expect(minutes.items.map(\.itemCode) == [item] && minutes.items.first?.effort.median == 7)
            #expect(minutes.windows.median == 8 && minutes.tickets.map(\.id) == [ticket])
            #expect(minutes.load.forecast == nil && minutes.load.errors.isEmpty, "not enough days yet")
            let after = try await house.hall.minutes(at: QueueHouse.code, after: ("A", 1))
            #expect(after.tickets.isEmpty)
            #expect(try await house.hall.rebuildEffort() == 1)
            #expect(try await house.hall.minutes(at: QueueHouse.code).items.first?.effort.median == 7)
        }
    }

    @Test func `whoever waits behind quick matters is told less, once they were measured often enough`() async throws {
        try await QueueHouse.open { house in
            let counter = try Counter(house)
            let clerk = try await house.sit(1)
            let item = try HallStory.terms().itemCode
            let take = {
                var wish = Hall.TicketWish(at: QueueHouse.code, for: .comprehensive)
                wish.itemCode = item
                return try await house.hall.takeTicket(
                    wish, by: .kiosk, kiosk: house.kiosk, actor: .platform, attempt: house.attempt())
            }
            let wait = {
                let ahead = [try await take(), try await take()]
                let last = try await house.take()
                let wait = try await house.hall.ticket(last, of: QueueHouse.code).wait
                for id in ahead + [last] {
                    try await house.hall.holder(.cancel, id, of: QueueHouse.code, by: .platform)
                }
                return wait
            }
            let cases = WaitRules.itemCasesMin
            for number in 1...cases {
                let ticket = try await take()
                try await house.queue(.next, clerk)
                // Coming takes ten minutes, the matter itself one.
                house.clock.move(minutes: 10)
                try await house.queue(.start, clerk)
                house.clock.move(minutes: 1)
                _ = try await counter.file(ticket, by: clerk)
                try await house.queue(.finish, clerk)
                guard number == cases - 1 else { continue }
                let mean = WaitRules.mean(of: Array(repeating: 660, count: number))
                #expect(try await wait() == 3 * mean)
            }
            let mean = WaitRules.mean(of: Array(repeating: 660, count: cases))
            #expect(try await wait() == mean + 2 * 60)
        }
    }

    /// A Monday with so many who come at nine, each called three minutes later.
    private static func monday(_ number: Int, _ people: Int, in house: QueueHouse) async throws {
        house.clock.move(to: Instant(QueueHouse.day.advanced(byDays: 7 * number), hour: 9))
        for _ in 0..<people { _ = try await house.take() }
        house.clock.move(minutes: 3)
        let guest = try await house.guest(1)
        try await house.hall.openWindow(1, of: QueueHouse.code, by: guest)
        for _ in 0..<people {
            try await house.queue(.next, guest)
            try await house.queue(.start, guest)
            try await house.queue(.finish, guest)
        }
        try await house.hall.closeWindow(by: guest)
    }

    @Test(arguments: StoreUnderTest.all)
    func `tomorrow is forecast the evening before, kept, and held against what happened`(
        _ place: StoreUnderTest
    ) async throws {
        try await QueueHouse.open(place) { house in
            for number in 0..<3 { try await Self.monday(number, 4 + number * 3, in: house) }
            let day = QueueHouse.day.advanced(byDays: 21)
            let sunday = day.advanced(byDays: -1)
            house.clock.move(to: Instant(sunday, hour: 18, minute: 29))
            #expect(try await house.hall.forecastLoads() == 0)
            let now = try await house.hall.minutes(at: QueueHouse.code).load
            #expect(now.day == day && !now.isKept && now.forecast?.days == 3)
            house.clock.move(minutes: 1)
            _ = try await Pulse(hall: house.hall).round()
            let kept = try await house.hall.minutes(at: QueueHouse.code).load
            let nine = try #require(kept.forecast?.halves.first { $0.minute == 540 })
            #expect(kept.isKept && nine.walkIns == 7000 && nine.booked == 0)
            #expect(kept.forecast?.planned == 7 && kept.errors.isEmpty)
            #expect(try await house.hall.forecastLoads() == 0, "it is made once")
            try await Self.monday(3, 10, in: house)
            house.clock.move(to: Instant(day.advanced(byDays: 1), hour: 10))
            let error = try #require(try await house.hall.minutes(at: QueueHouse.code).load.errors.first)
            #expect(error.day == day && error.forecastArrivals == 7000 && error.arrivals == 10_000)
            #expect(error.meanError == 3000 / 17)
            let wait = try #require(nine.waitSeconds)
            #expect(error.meanWaitError == abs(wait - 180))
        }
    }

    @Test func `a day that has begun is forecast no more, and a hall that is closed tomorrow has none`() async throws {
        try await QueueHouse.open { house in
            for number in 0..<3 { try await Self.monday(number, 2, in: house) }
            let day = QueueHouse.day.advanced(byDays: 21)
            house.clock.move(to: Instant(day, hour: 0))
            #expect(try await house.hall.forecastLoads() == 0)
            // Friday evening: Saturday is closed, and what the page shows of Monday is not kept yet.
            house.clock.move(to: Instant(day.advanced(byDays: -3), hour: 19))
            #expect(try await house.hall.forecastLoads() == 0)
            let load = try await house.hall.minutes(at: QueueHouse.code).load
            #expect(load.day == day && load.forecast != nil && !load.isKept)
        }
    }
}
