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

    private static func book(_ appointment: Appointment, places: Int = 20, _ store: any Store) async throws {
        try await store.write { tx in
            try AppointmentTable.book(appointment, places: places, stamp: Story.stamp(Story.at(9)), in: tx)
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
