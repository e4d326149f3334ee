import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Windows

@Suite("What is booked ahead")
struct AppointmentTableTests {
    private typealias Story = QueueStory
    private static let slot = Slot(QueueStory.day, minute: 14 * 60)

    private static func appointment(_ number: Int, _ slot: Slot = slot, person: Int? = nil) -> Appointment {
        Appointment(
            AppointmentID(Sample.subject(number)), at: Story.hall, slot,
            for: PersonID(Sample.subject(10_000 + (person ?? number))), itemCode: "350100", bookedAt: Story.at(9))
    }

    private static func book(
        _ appointment: Appointment, places: Int = 20, perDay: Int? = nil, _ store: any Store
    ) async throws {
        let item = BookableItem(appointment.itemCode, isOffered: true, perDay: perDay)
        try await store.write { tx in
            try AppointmentTable.book(appointment, of: item, places: places, stamp: Story.stamp(Story.at(9)), in: tx)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `of two hundred who book twenty places at once exactly twenty get one`(_ place: StoreUnderTest) async throws {
        try await place.use(WindowShape.migrations) { store in
            let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 1...200 {
                    group.addTask {
                        do {
                            try await Self.book(Self.appointment(number), store)
                            return true
                        } catch AppointmentRefusal.slotFull {
                            return false
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 } == 20 && outcomes.count == 200)
            try await store.read { tx in
                let booked = try AppointmentTable.booked(at: Story.hall, on: Story.day, limit: 500, in: tx)
                #expect(booked.count == 20)
                #expect(try AppointmentTable.taken(at: Story.hall, on: Story.day, in: tx) == [840: 20])
                let ways = try tx.row("SELECT COUNT(*) FROM appointment_of_person")?.integer(0)
                #expect(ways == 20, "whoever got none is free to book another time")
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `of two hundred who book an item with twenty places a day, in halls and half hours by chance, twenty get one`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(WindowShape.migrations) { store in
            let other = try #require(HallCode("350111"))
            let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 1...200 {
                    group.addTask {
                        let slot = Slot(Story.day, minute: 540 + number % 7 * Slot.minutes)
                        let wish = Appointment(
                            AppointmentID(Sample.subject(number)), at: number % 2 == 0 ? Story.hall : other, slot,
                            for: PersonID(Sample.subject(10_000 + number)), itemCode: "350100", bookedAt: Story.at(9))
                        do {
                            try await Self.book(wish, places: 200, perDay: 20, store)
                            return true
                        } catch AppointmentRefusal.quotaFull {
                            return false
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 } == 20 && outcomes.count == 200)
            let item = BookableItem("350100", isOffered: true, perDay: 20)
            try await store.read { tx in
                #expect(try AppointmentQuota.left(item, on: Story.day, in: tx) == 0)
                #expect(try AppointmentQuota.left(item, on: Story.day.advanced(byDays: 1), in: tx) == 20)
                let slots = try [Story.hall, other].flatMap {
                    try AppointmentTable.taken(at: $0, on: Story.day, in: tx).values
                }
                #expect(slots.reduce(0, +) == 20, "whoever got none has no half hour either")
                #expect(try tx.row("SELECT COUNT(*) FROM appointment_of_person")?.integer(0) == 20)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a quota is the item's: another item has its own, and what is cancelled can be booked again`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(WindowShape.migrations) { store in
            try await Self.book(Self.appointment(1), perDay: 1, store)
            let second = Self.appointment(2)
            await #expect(throws: AppointmentRefusal.quotaFull) { try await Self.book(second, perDay: 1, store) }
            await #expect(throws: AppointmentRefusal.quotaFull) { try await Self.book(second, perDay: 0, store) }
            let elsewhere = Appointment(
                second.id, at: Story.hall, Self.slot, for: second.person, itemCode: "350102", bookedAt: Story.at(9))
            try await Self.book(elsewhere, perDay: 1, store)
            try await store.write { tx in
                let stamp = Story.stamp(Story.at(10))
                try AppointmentTable.end(Self.appointment(1), as: .cancelled, stamp: stamp, in: tx)
            }
            try await Self.book(Self.appointment(3), perDay: 1, store)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what was booked before there were quotas counts`(_ place: StoreUnderTest) async throws {
        let before = WindowShape.migrations.filter { $0.id != "windows.007-appointment-quota" }
        try await place.use(before) { store in
            try await store.write { tx in
                for (number, state) in ["booked", "cancelled", "arrived", "booked"].enumerated() {
                    try tx.execute(
                        """
                        INSERT INTO appointment (hall, id, day, minute, person, item, booked_at, state)
                        VALUES (\(Story.hall.text), \(Sample.subject(number)), \(Story.day), 540,
                            \(Sample.subject(90 + number)), '350100', 0, \(state))
                        """)
                }
            }
            _ = try await store.migrate(WindowShape.migrations, now: Story.at(9))
            let item = BookableItem("350100", isOffered: true, perDay: 20)
            #expect(try await store.read { tx in try AppointmentQuota.left(item, on: Story.day, in: tx) } == 17)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `one person books one half hour a day, in whatever hall`(_ place: StoreUnderTest) async throws {
        try await place.use(WindowShape.migrations) { store in
            try await Self.book(Self.appointment(1), store)
            let later = Slot(Story.day, minute: 15 * 60)
            await #expect(throws: AppointmentRefusal.oneADay) {
                try await Self.book(Self.appointment(2, later, person: 1), store)
            }
            try await Self.book(
                Self.appointment(3, Slot(Story.day.advanced(byDays: 1), minute: 540), person: 1), store)
            await #expect(throws: AppointmentRefusal.slotFull) {
                try await Self.book(Self.appointment(4, later), places: 0, store)
            }
            let person = Self.appointment(1).person
            try await store.read { tx in
                let own = try AppointmentTable.appointments(of: person, from: Story.day, in: tx)
                #expect(own.map(\.id) == [Self.appointment(1).id, Self.appointment(3).id])
                #expect(own.first == Self.appointment(1))
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a cancelled place is given out again and the day is free`(_ place: StoreUnderTest) async throws {
        try await place.use(WindowShape.migrations) { store in
            let first = Self.appointment(1)
            try await Self.book(first, places: 1, store)
            let end = { (state: Appointment.State) in
                try await store.write { tx in
                    try AppointmentTable.end(first, as: state, stamp: Story.stamp(Story.at(10)), in: tx)
                }
            }
            await #expect(throws: AppointmentRefusal.slotFull) {
                try await Self.book(Self.appointment(2), places: 1, store)
            }
            try await end(.cancelled)
            await #expect(throws: AppointmentRefusal.over) { try await end(.arrived) }
            try await Self.book(Self.appointment(2, person: 1), places: 1, store)
            try await store.read { tx in
                let kept = try AppointmentTable.appointment(first.id, at: Story.hall, in: tx)
                #expect(kept.state == .cancelled)
                let kinds = try Journal.entries(of: first.id.subject, in: tx).map(\.kind)
                #expect(kinds == ["windows.appointment-booked", "windows.appointment-cancelled"])
                #expect(throws: AppointmentRefusal.notFound) {
                    try AppointmentTable.appointment(AppointmentID(Sample.subject(77)), at: Story.hall, in: tx)
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `whoever stays away is remembered, whoever comes is not`(_ place: StoreUnderTest) async throws {
        try await place.use(WindowShape.migrations) { store in
            try await Self.book(Self.appointment(1), store)
            try await Self.book(Self.appointment(2), store)
            try await store.write { tx in
                #expect(try AppointmentTable.overdue(at: Story.at(14, 29), limit: 9, in: tx).isEmpty)
                let stamp = Story.stamp(Story.at(14, 30))
                try AppointmentTable.end(Self.appointment(2), as: .arrived, stamp: stamp, in: tx)
                let overdue = try AppointmentTable.overdue(at: Story.at(14, 30), limit: 9, in: tx)
                #expect(overdue == [Self.appointment(1)])
                try AppointmentTable.end(overdue[0], as: .missed, stamp: stamp, in: tx)
                let missed = { try AppointmentTable.missed(by: Self.appointment($0).person, since: $1, in: tx) }
                #expect(try missed(1, Story.day) == 1 && missed(2, Story.day) == 0)
                #expect(try missed(1, Story.day.advanced(byDays: 1)) == 0)
                let next = Story.day.advanced(byDays: 1)
                #expect(try AppointmentTable.overdue(at: Instant(next), limit: 9, in: tx).isEmpty)
            }
        }
    }
}
