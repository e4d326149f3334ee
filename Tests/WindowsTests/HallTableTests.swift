import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Windows

@Suite("Halls, windows and who sits there")
struct HallTableTests {
    private typealias Story = QueueStory
    private static let clerk = StaffID(Sample.subject(70))
    private static let other = StaffID(Sample.subject(71))

    private static func hall(_ code: HallCode = QueueStory.hall, places: Int = 20) throws -> ServiceHall {
        try ServiceHall(
            ServiceHallID(Sample.subject(1)), code: code, name: .init("示例大厅", "Sample hall"),
            address: .init("示例路1号", "1 Shili Road"), slotPlaces: places)
    }

    private static func opened(_ store: any Store) async throws {
        try await store.write { tx in
            try HallTable.add(try hall(), stamp: Story.stamp(Story.at(8)), in: tx)
            for number in 1...2 {
                try WindowTable.add(
                    try Story.window(number, isOpen: false), stamp: Story.stamp(Story.at(8)), in: tx)
            }
        }
    }

    private static func sit(_ staff: StaffID, _ number: Int, _ shift: Int, at: Instant, in tx: Transaction) throws {
        try WindowTable.open(
            number, of: Story.hall, for: staff, as: ShiftID(Sample.subject(shift)), stamp: Story.stamp(at), in: tx)
    }

    @Test(arguments: StoreUnderTest.all)
    func `a hall is added once and changed`(_ place: StoreUnderTest) async throws {
        try await place.use(WindowShape.migrations) { store in
            try await Self.opened(store)
            try await store.write { tx in
                #expect(throws: WindowRefusal.hallKnown) {
                    try HallTable.add(try Self.hall(), stamp: Story.stamp(Story.at(9)), in: tx)
                }
                try HallTable.change(try Self.hall(places: 5), stamp: Story.stamp(Story.at(9)), in: tx)
                #expect(try HallTable.hall(Story.hall, in: tx) == Self.hall(places: 5))
                #expect(try HallTable.halls(in: tx).map(\.code) == [Story.hall])
            }
            let absent = try #require(HallCode("350111"))
            await #expect(throws: WindowRefusal.hallNotFound) {
                try await store.read { tx in try HallTable.hall(absent, in: tx) }
            }
            await #expect(throws: WindowRefusal.hallNotFound) {
                try await store.write { tx in
                    try HallTable.change(try Self.hall(absent), stamp: Story.stamp(Story.at(9)), in: tx)
                }
            }
        }
    }

    @Test func `a hall and a window say what they are made of`() throws {
        #expect(throws: WindowRefusal.placesWrong) { try Self.hall(places: 201) }
        #expect(throws: WindowRefusal.placesWrong) { try Self.hall(places: -1) }
        #expect(throws: WindowRefusal.nameMissing) {
            try ServiceHall(
                ServiceHallID(Sample.subject(1)), code: Story.hall, name: .init("厅", ""), address: .init("", ""),
                slotPlaces: 0)
        }
        #expect(throws: WindowRefusal.textTooLong) {
            try ServiceHall(
                ServiceHallID(Sample.subject(1)), code: Story.hall,
                name: .init(String(repeating: "厅", count: 121), "x"), address: .init("", ""), slotPlaces: 0)
        }
        #expect(throws: WindowRefusal.numberWrong) { try Story.window(1000) }
        #expect(throws: WindowRefusal.capabilityMissing) { try Story.window(1, []) }
        #expect(try Story.window(1, [.special, .comprehensive, .special]).capabilities == [.comprehensive, .special])
    }

    @Test(arguments: StoreUnderTest.all)
    func `one person sits at one window, and one window has one person`(_ place: StoreUnderTest) async throws {
        try await place.use(WindowShape.migrations) { store in
            try await Self.opened(store)
            try await store.write { tx in try Self.sit(Self.clerk, 1, 90, at: Story.at(9), in: tx) }
            await #expect(throws: WindowRefusal.occupied) {
                try await store.write { tx in try Self.sit(Self.other, 1, 91, at: Story.at(9, 1), in: tx) }
            }
            await #expect(throws: WindowRefusal.sitsElsewhere) {
                try await store.write { tx in try Self.sit(Self.clerk, 2, 92, at: Story.at(9, 1), in: tx) }
            }
            await #expect(throws: WindowRefusal.windowNotFound) {
                try await store.write { tx in try Self.sit(Self.other, 3, 93, at: Story.at(9, 1), in: tx) }
            }
            await #expect(throws: WindowRefusal.occupied) {
                try await store.write { tx in
                    try WindowTable.remove(1, of: Story.hall, stamp: Story.stamp(Story.at(9, 1)), in: tx)
                }
            }
            await #expect(throws: WindowRefusal.occupied) {
                try await store.write { tx in
                    try WindowTable.change(
                        try Story.window(1, [.issuing]), stamp: Story.stamp(Story.at(9, 1)), in: tx)
                }
            }
            let seats = try await store.read { tx in
                try [Self.clerk, Self.other].map { try WindowTable.seat(of: $0, in: tx)?.number }
            }
            #expect(seats == [1, nil])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a shift is opened, paused, gone on with and closed, and stands in the journal`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(WindowShape.migrations) { store in
            try await Self.opened(store)
            let seat = { @Sendable (tx: Transaction) in try #require(try WindowTable.seat(of: Self.clerk, in: tx)) }
            try await store.write { tx in
                try Self.sit(Self.clerk, 1, 90, at: Story.at(9), in: tx)
                try WindowTable.pause(try seat(tx), for: .meal, stamp: Story.stamp(Story.at(12)), in: tx)
                #expect(try seat(tx).isCalling == false)
                try WindowTable.pause(try seat(tx), for: nil, stamp: Story.stamp(Story.at(13)), in: tx)
                #expect(try seat(tx).isCalling)
                #expect(try WindowTable.forgotten(since: Story.at(9), limit: 9, in: tx).isEmpty)
                #expect(try WindowTable.forgotten(since: Story.at(10), limit: 9, in: tx).map(\.number) == [1])
                try WindowTable.close(try seat(tx), stamp: Story.stamp(Story.at(17)), in: tx)
                #expect(try WindowTable.seat(of: Self.clerk, in: tx) == nil)
                let shifts = try WindowTable.shifts(of: Story.hall, from: Story.at(0), upTo: Story.at(23), in: tx)
                #expect(shifts.map(\.openedAt) == [Story.at(9)] && shifts.map(\.closedAt) == [Story.at(17)])
                let window = try WindowTable.window(1, of: Story.hall, in: tx)
                let kinds = try Journal.entries(of: window.id.subject, in: tx).map(\.kind)
                #expect(
                    kinds == [
                        "windows.window-added", "windows.window-opened", "windows.window-paused",
                        "windows.window-resumed", "windows.window-closed",
                    ])
                try WindowTable.change(
                    try Story.window(1, [.issuing], isOpen: false), stamp: Story.stamp(Story.at(18)), in: tx)
                #expect(try WindowTable.window(1, of: Story.hall, in: tx).capabilities == [.issuing])
                try WindowTable.remove(1, of: Story.hall, stamp: Story.stamp(Story.at(18)), in: tx)
                #expect(try WindowTable.windows(of: Story.hall, in: tx).map(\.number) == [2])
            }
            await #expect(throws: WindowRefusal.noSeat) {
                try await store.write { tx in
                    let window = try WindowTable.window(2, of: Story.hall, in: tx)
                    try WindowTable.close(window, stamp: Story.stamp(Story.at(18)), in: tx)
                }
            }
            await #expect(throws: WindowRefusal.windowKnown) {
                try await store.write { tx in
                    try WindowTable.add(
                        try Story.window(2, isOpen: false), stamp: Story.stamp(Story.at(18)), in: tx)
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a kiosk is known by its key until that is taken back`(_ place: StoreUnderTest) async throws {
        try await place.use(WindowShape.migrations) { store in
            try await Self.opened(store)
            let key = KioskKey(.seeded(3))
            try await store.write { tx in
                let (hall, stamp) = (try Self.hall(), Story.stamp(Story.at(8)))
                #expect(throws: WindowRefusal.nameMissing) {
                    try KioskTable.add(key, label: "", to: hall, stamp: stamp, in: tx)
                }
                #expect(throws: WindowRefusal.textTooLong) {
                    try KioskTable.add(key, label: String(repeating: "机", count: 61), to: hall, stamp: stamp, in: tx)
                }
                try KioskTable.add(key, label: "一号机", to: hall, stamp: stamp, in: tx)
                try KioskTable.check(key, at: Story.hall, in: tx)
                #expect(throws: WindowRefusal.kioskUnknown) { try KioskTable.check(nil, at: Story.hall, in: tx) }
                #expect(throws: WindowRefusal.kioskUnknown) {
                    try KioskTable.check(KioskKey(.seeded(4)), at: Story.hall, in: tx)
                }
                let elsewhere = try #require(HallCode("350111"))
                #expect(throws: WindowRefusal.kioskUnknown) { try KioskTable.check(key, at: elsewhere, in: tx) }
                let line = try #require(try KioskTable.kiosks(of: Story.hall, in: tx).first)
                try KioskTable.end(line.name, of: hall, stamp: stamp, in: tx)
                #expect(throws: WindowRefusal.kioskUnknown) { try KioskTable.check(key, at: Story.hall, in: tx) }
                #expect(throws: WindowRefusal.kioskUnknown) {
                    try KioskTable.end(line.name, of: hall, stamp: stamp, in: tx)
                }
            }
            #expect("\(key)" == "KioskKey(***)")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `halls, windows and kiosks have limits`(_ place: StoreUnderTest) async throws {
        try await place.use(WindowShape.migrations) { store in
            try await Self.opened(store)
            let stamp = Story.stamp(Story.at(8))
            try await store.write { tx in
                for number in 3...Window.perHallMax {
                    try WindowTable.add(try Story.window(number, isOpen: false), stamp: stamp, in: tx)
                }
                for serial in 1...KioskTable.perHallMax {
                    try KioskTable.add(
                        KioskKey(.seeded(UInt64(serial))), label: "机", to: try Self.hall(), stamp: stamp, in: tx)
                }
            }
            await #expect(throws: WindowRefusal.tooManyWindows) {
                try await store.write { tx in
                    try WindowTable.add(try Story.window(301, isOpen: false), stamp: stamp, in: tx)
                }
            }
            await #expect(throws: WindowRefusal.tooManyKiosks) {
                try await store.write { tx in
                    try KioskTable.add(KioskKey(.seeded(99)), label: "机", to: try Self.hall(), stamp: stamp, in: tx)
                }
            }
            try await store.write { tx in
                for serial in 1..<ServiceHall.hallsMax {
                    let code = try #require(HallCode("350111\(100 + serial % 900)" + (serial > 899 ? "-02" : "")))
                    let hall = try ServiceHall(
                        ServiceHallID(Sample.subject(10_000 + serial)), code: code, name: .init("厅", "hall"),
                        address: .init("", ""), slotPlaces: 0)
                    try HallTable.add(hall, stamp: stamp, in: tx)
                }
            }
            let more = try #require(HallCode("350112"))
            await #expect(throws: WindowRefusal.tooManyHalls) {
                try await store.write { tx in try HallTable.add(try Self.hall(more), stamp: stamp, in: tx) }
            }
        }
    }
}
