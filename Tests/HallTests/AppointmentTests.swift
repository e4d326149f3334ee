import Accounts
import Catalogue
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary
import Windows

@Suite("Booking ahead")
struct AppointmentTests {
    private static let person = PersonID(Subject(high: 4, low: 1))
    private static let tomorrow = QueueHouse.day.advanced(byDays: 1)
    private static let slot = Slot(tomorrow, minute: 14 * 60)

    /// The first guide that ships; of it twenty are booked a day.
    private static let guide = Result { try #require(try DemonstrationCatalogue.shipped().guides.first) }

    /// The same guide with another word on booking.
    private static func guide(_ offer: String) throws -> Guide {
        let text = String(decoding: try CanonicalJSON.bytes(of: try guide.get()), as: UTF8.self)
        let own = #""appointment":{"dailyQuota":20,"supported":true}"#
        #expect(text.contains(own))
        return try CanonicalJSON.value(in: Array(text.replacing(own, with: "\"appointment\":\(offer)").utf8))
    }

    private static func publish(_ guide: Guide, in house: QueueHouse) async throws {
        let (stamp, id) = (house.hall.stamp(of: .platform), house.hall.ids.next())
        _ = try await house.hall.store.write { tx in
            try ItemTable.publish(guide, effective: stamp.now.day, id: id, stamp: stamp, in: tx)
        }
    }

    /// A house in which the item is published.
    private static func open(
        _ place: StoreUnderTest = .sqlite, _ body: (QueueHouse) async throws -> Void
    ) async throws {
        try await QueueHouse.open(place) { house in
            try await publish(try guide.get(), in: house)
            try await body(house)
        }
    }

    private func book(
        _ house: QueueHouse, _ slot: Slot = slot, _ person: PersonID = person, item: String? = nil,
        attempt: Attempt? = nil
    ) async throws -> AppointmentID {
        try await house.hall.book(
            slot, at: QueueHouse.code, itemCode: item ?? Self.guide.get().itemCode, for: person,
            attempt: attempt ?? house.attempt())
    }

    @Test(arguments: StoreUnderTest.all)
    func `a half hour is booked, redeemed for a ticket, and called first when it begins`(
        _ place: StoreUnderTest
    ) async throws {
        try await Self.open(place) { house in
            let attempt = house.attempt()
            let id = try await book(house, attempt: attempt)
            #expect(try await book(house, attempt: attempt) == id)
            let item = try await house.hall.bookable(try Self.guide.get().itemCode)
            let day = try await house.hall.slots(at: QueueHouse.code, for: item).days.first
            let line = day?.slots.first { $0.slot == Self.slot }
            #expect(day?.left == 19)
            #expect(line?.left == 19)
            house.clock.move(to: Instant(Self.tomorrow, hour: 13, minute: 31))
            let (walkIn, attemptToArrive) = (try await house.take(), house.attempt())
            let arrive = {
                try await house.hall.arrive(
                    for: id, at: QueueHouse.code, by: Self.person, attempt: attemptToArrive)
            }
            let ticket = try await arrive()
            #expect(try await arrive() == ticket)
            #expect(try await house.hall.tickets(of: Self.person).map(\.id) == [ticket])
            house.clock.move(to: Instant(Self.tomorrow, hour: 14))
            let clerk = try await house.sit(1)
            #expect(try await house.queue(.next, clerk).id == ticket)
            #expect(try await house.hall.ticket(walkIn, of: QueueHouse.code).ahead == 0)
            await #expect(throws: AppointmentRefusal.over) {
                try await house.hall.arrive(for: id, at: QueueHouse.code, by: Self.person, attempt: house.attempt())
            }
        }
    }

    @Test func `at the kiosk the identity card finds what is booked`() async throws {
        try await Self.open { house in
            let card = try QueueHouse.card("35010218850101001")
            let person = PersonTable.expectedID(of: .citizen(card), key: house.key)
            _ = try await book(house, Self.slot, person)
            let arrive = { (key: KioskKey?) in
                try await house.hall.arrive(
                    by: card, at: QueueHouse.code, kiosk: key, key: house.key, attempt: house.attempt())
            }
            await #expect(throws: WindowRefusal.kioskUnknown) { try await arrive(nil) }
            await #expect(throws: AppointmentRefusal.noneToday) { try await arrive(house.kiosk) }
            house.clock.move(to: Instant(Self.tomorrow, hour: 13, minute: 29))
            await #expect(throws: AppointmentRefusal.tooEarly) { try await arrive(house.kiosk) }
            house.clock.move(minutes: 1)
            let ticket = try await house.hall.ticket(try await arrive(house.kiosk), of: QueueHouse.code).ticket
            #expect(ticket.origin == .appointment && ticket.priority == .elderly && ticket.person == person)
        }
    }

    @Test func `strangers do not cancel it, and its holder until two hours before`() async throws {
        try await Self.open { house in
            let id = try await book(house)
            let stranger = PersonID(Subject(high: 4, low: 2))
            let cancel = { try await house.hall.cancel(id, at: QueueHouse.code, by: $0) }
            await #expect(throws: AppointmentRefusal.notFound) { try await cancel(stranger) }
            house.clock.move(to: Instant(Self.tomorrow, hour: 12, minute: 1))
            await #expect(throws: AppointmentRefusal.tooLateToCancel) { try await cancel(Self.person) }
            house.clock.move(to: Instant(Self.tomorrow, hour: 12))
            try await cancel(Self.person)
            #expect(try await house.hall.appointments(of: Self.person).isEmpty)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `whoever stays away three times cannot book for a while`(_ place: StoreUnderTest) async throws {
        try await Self.open(place) { house in
            // Monday to Thursday: each day the next is booked, and nobody comes.
            for day in 1...3 {
                _ = try await book(house, Slot(QueueHouse.day.advanced(byDays: day), minute: 540))
                house.clock.move(to: Instant(QueueHouse.day.advanced(byDays: day), hour: 9, minute: 30))
                #expect(try await house.hall.closeHalls() == 1)
            }
            let friday = Slot(QueueHouse.day.advanced(byDays: 4), minute: 540)
            await #expect(throws: AppointmentRefusal.blocked) { try await book(house, friday) }
            // 90 days after the first time two are left within them: 26 February is the day before the 91st.
            house.clock.move(to: Instant(QueueHouse.day.advanced(byDays: 92), hour: 10))
            let later = QueueHouse.day.advanced(byDays: 93)
            _ = try await book(house, Slot(later, minute: 540))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what an item's guide says of booking holds: not offered, so many a day, any number`(
        _ place: StoreUnderTest
    ) async throws {
        try await Self.open(place) { house in
            let people = (1...4).map { PersonID(Subject(high: 4, low: UInt64(100 + $0))) }
            let left = {
                let item = try await house.hall.bookable(try Self.guide.get().itemCode)
                return try await house.hall.slots(at: QueueHouse.code, for: item).days.first
            }
            await #expect(throws: AppointmentRefusal.notOffered) {
                try await book(house, item: "11350100MADEM002X03000999999999")
            }
            try await Self.publish(try Self.guide(#"{"dailyQuota":2,"supported":true}"#), in: house)
            _ = try await book(house, Self.slot, people[0])
            #expect(try await left()?.left == 1)
            #expect(try await left()?.slots.allSatisfy { $0.left == 1 } == true, "no half hour has more than the item")
            let later = Slot(Self.tomorrow, minute: 15 * 60)
            _ = try await book(house, later, people[1])
            #expect(try await left()?.slots.allSatisfy { $0.left == 0 } == true)
            await #expect(throws: AppointmentRefusal.quotaFull) { try await book(house, later, people[2]) }
            _ = try await book(house, Slot(Self.tomorrow.advanced(byDays: 1), minute: 540), people[2])
            try await Self.publish(try Self.guide(#"{"supported":true}"#), in: house)
            #expect(try await left()?.left == nil)
            _ = try await book(house, later, people[3])
            try await Self.publish(try Self.guide(#"{"supported":false}"#), in: house)
            await #expect(throws: AppointmentRefusal.notOffered) { try await book(house, later) }
        }
    }
}
