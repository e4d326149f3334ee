import Accounts
import Testing
import Vocabulary
import Windows

@testable import City

/// What is done at the windows of a simulated hall, minute by minute.
@Suite struct CityQueueTests {
    private static let office = 540...1020

    private static func queue(_ windows: Int) throws -> CityQueue {
        let seats = try (1...windows).map { window in
            let holder = try GeneratedHolders.person(window)
            let staff = Staff(
                StaffID(Subject(high: 1, low: UInt64(window))), name: try #require(FullName(holder.name)),
                employeeNumber: try #require(EmployeeNumber("SIM-\(window)")), region: .fuzhou,
                citizenID: holder.number)
            return CityQueue.Seat(window: window, member: CityStaff.Member(staff: staff, grants: []))
        }
        return CityQueue(seats)
    }

    private static func deeds(_ queue: inout CityQueue, _ minute: Int, isWorkingDay: Bool = true) -> [String] {
        queue.deeds(at: minute, ofDay: minute, officeMinutes: isWorkingDay ? office : nil)
            .map { "\($0.place) \($0.deed.rawValue)" }
    }

    @Test func `windows are opened before the hall is, call while somebody waits, and close when all have gone`() throws
    {
        var queue = try Self.queue(2)
        #expect(Self.deeds(&queue, 529) == [])
        #expect(Self.deeds(&queue, 530) == ["0 open", "1 open"])
        for place in queue.seats.indices { queue.seats[place].isOpen = true }
        #expect(Self.deeds(&queue, 540) == [], "nobody waits")
        queue.waiting = 3
        #expect(Self.deeds(&queue, 541) == ["0 call", "1 call"])
        #expect(queue.waiting == 1 && Self.deeds(&queue, 542) == [], "both are taken")
        queue.seats[1].leavesAt = 550
        #expect(Self.deeds(&queue, 549) == [])
        #expect(Self.deeds(&queue, 550) == ["1 finish"] && Self.deeds(&queue, 551) == [], "once")
        queue.seats[1].isTaken = false
        #expect(Self.deeds(&queue, 1030) == ["1 call"], "whoever waits is still called after the end of business")
        queue.seats[0].isTaken = false
        #expect(Self.deeds(&queue, 1031) == ["0 close"])
    }

    @Test func `on a day off nothing is done`() throws {
        var queue = try Self.queue(1)
        queue.waiting = 1
        for minute in 0..<1440 { #expect(Self.deeds(&queue, minute, isWorkingDay: false) == []) }
    }

    @Test func `there are as many windows as the visits of a day need, and one where hardly anybody comes`() {
        #expect(CityQueue.windows(visits: 0, minutes: 10) == 1)
        #expect(CityQueue.windows(visits: 40, minutes: 10) == 2)
        #expect(CityQueue.windows(visits: 400, minutes: 10) == 13)
    }
}
