import Accounts
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct AbsenceTests {
    private static let from = Cast.today

    private static func absence(
        _ serial: UInt64 = 21, of staff: UInt64 = 1, deputy: UInt64 = 2, from: Int = 0, days: Int = 5
    ) throws -> Absence {
        let first = Cast.today.advanced(byDays: from)
        return try Absence(
            Cast.id(serial), of: Cast.id(staff), deputy: Cast.id(deputy), from: first,
            until: first.advanced(byDays: days - 1))
    }

    private static func house(_ place: StoreUnderTest, _ body: (any Store) async throws -> Void) async throws {
        try await place.use(AccountShape.migrations) { store in
            let staff = try (1...4).map { try Cast.staff($0) }
            try await StaffTableTests.register(staff[0], staff[1], in: store)
            try await StaffTableTests.register(staff[2], staff[3], in: store)
            try await body(store)
        }
    }

    private static func enter(_ absence: Absence, in store: any Store) async throws {
        try await store.write { tx in try AbsenceTable.enter(absence, by: Cast.deed(), in: tx) }
    }

    @Test func `an absence has a deputy who is somebody else, and an end that is not far`() throws {
        #expect(throws: AccountRefusal.deputyIsOneself) { try Self.absence(deputy: 1) }
        #expect(throws: AccountRefusal.termInverted) { try Self.absence(days: 0) }
        #expect(throws: AccountRefusal.absenceTooLong) { try Self.absence(days: Absence.daysMax + 1) }
        #expect(try Self.absence(days: Absence.daysMax).isInForce(on: Cast.today))
        #expect(try !Self.absence(from: 1).isInForce(on: Cast.today))
    }

    @Test(arguments: StoreUnderTest.all)
    func `whoever is away is found, and who acts in her place`(_ place: StoreUnderTest) async throws {
        try await Self.house(place) { store in
            let (now, later) = (try Self.absence(), try Self.absence(22, of: 3, deputy: 2, from: 3))
            try await Self.enter(now, in: store)
            try await Self.enter(later, in: store)
            try await store.read { tx throws in
                let today = Cast.today
                #expect(try AbsenceTable.away(on: today, in: tx) == [now])
                #expect(try AbsenceTable.deputised(by: Cast.id(2), on: today, in: tx) == [now])
                #expect(try AbsenceTable.deputised(by: Cast.id(2), on: today.advanced(byDays: 3), in: tx).count == 2)
                #expect(try AbsenceTable.isAway(Cast.id(1), on: today, in: tx))
                #expect(try !AbsenceTable.isAway(Cast.id(1), on: today.advanced(byDays: 5), in: tx))
                #expect(try !AbsenceTable.isAway(Cast.id(2), on: today, in: tx))
                #expect(try AbsenceTable.absences(of: Cast.id(1), in: tx) == [now])
                #expect(try AbsenceTable.upcoming(from: today, in: tx) == [now, later])
            }
            try await store.write { tx in try AbsenceTable.end(now.id, by: Cast.deed(), in: tx) }
            let away = try await store.read { tx in try AbsenceTable.away(on: Cast.today, in: tx) }
            #expect(away.isEmpty)
            await #expect(throws: AccountRefusal.absenceOver) {
                try await store.write { tx in try AbsenceTable.end(now.id, by: Cast.deed(), in: tx) }
            }
            await #expect(throws: AccountRefusal.absenceNotFound) {
                try await store.write { tx in try AbsenceTable.end(Cast.id(99), by: Cast.deed(), in: tx) }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `absences that are over, overlap or name a deputy who is away are refused`(
        _ place: StoreUnderTest
    ) async throws {
        try await Self.house(place) { store in
            try await Self.enter(try Self.absence(), in: store)
            await #expect(throws: AccountRefusal.absenceOver) {
                try await Self.enter(try Self.absence(22, of: 3, from: -9), in: store)
            }
            await #expect(throws: AccountRefusal.absenceOverlaps) {
                try await Self.enter(try Self.absence(23, from: 4), in: store)
            }
            await #expect(throws: AccountRefusal.deputyAway) {
                try await Self.enter(try Self.absence(24, of: 2, deputy: 1, from: 2), in: store)
            }
            await #expect(throws: AccountRefusal.staffNotFound) {
                try await Self.enter(try Self.absence(25, of: 77, deputy: 2), in: store)
            }
            try await Self.enter(try Self.absence(26, from: 5), in: store)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `nobody has more absences than the books hold`(_ place: StoreUnderTest) async throws {
        try await Self.house(place) { store in
            try await store.write { tx in
                for day in 0..<Absence.perStaffMax {
                    let absence = try Self.absence(UInt64(100 + day), from: day, days: 1)
                    try AbsenceTable.enter(absence, by: Cast.deed(), in: tx)
                }
            }
            await #expect(throws: AccountRefusal.tooManyAbsences) {
                try await Self.enter(try Self.absence(9_999, from: Absence.perStaffMax), in: store)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `who has a power somewhere is found by her grants`(_ place: StoreUnderTest) async throws {
        try await Self.house(place) { store in
            let here = try Cast.extent(department: Cast.humanResources, region: "350111")
            let there = try Cast.extent(department: Cast.construction, region: "350111")
            let grants = [
                try Cast.grant(11, to: Cast.id(1), .reviewer, here),
                try Cast.grant(12, to: Cast.id(2), .reviewer, there),
                try Cast.grant(13, to: Cast.id(3), .decider, here), try Cast.grant(14, to: Cast.id(4), .reviewer),
            ]
            let found = try await store.write { tx in
                for grant in grants { try GrantTable.give(grant, by: Cast.deed(), in: tx) }
                return try GrantTable.staff(with: .review, in: try Cast.scope(), today: Cast.today, in: tx)
            }
            #expect(found == [Cast.id(1), Cast.id(4)])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the number of her own card is kept, and erased with her name`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let plain = try Cast.staff(1)
            let staff = Staff(
                plain.id, name: try #require(plain.name), employeeNumber: plain.employeeNumber, region: plain.region,
                citizenID: try Cast.number(5))
            try await StaffTableTests.register(staff, try Cast.staff(2), in: store)
            let (kept, erased) = try await store.write { tx in
                let kept = try StaffTable.staff(staff.id, in: tx)
                try StaffTable.leave(staff.id, by: Cast.deed(), in: tx)
                try StaffTable.erase(staff.id, by: Cast.deed(), in: tx)
                return (kept, try StaffTable.staff(staff.id, in: tx))
            }
            #expect(kept == staff)
            #expect(erased?.citizenID == nil && erased?.name == nil)
        }
    }
}
