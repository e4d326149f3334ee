import Accounts
import Hall
import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary
import Windows

/// A hall of the city with windows, and clerks who may sit there.
struct QueueHouse: Sendable {
    /// Monday, 26 November 2018, nine o'clock, until it is moved.
    final class Clock: Sendable {
        private let now = Mutex(Instant(CivilDate(daysSinceEpoch: 17_861), hour: 9))
        var source: TimeSource { TimeSource { [self] in now.withLock { $0 } } }
        func move(to instant: Instant) { now.withLock { $0 = instant } }
        func move(minutes: Int) { now.withLock { $0 = $0.advanced(bySeconds: Int64(minutes) * 60) } }
    }

    static let day = CivilDate(daysSinceEpoch: 17_861)
    static let code = HallCode(.fuzhou)
    let hall: Hall
    let clock = Clock()
    let kiosk = KioskKey(.seeded(5))
    let key: AccountKey

    /// Clerks 1 to 8 of the city, 9 hands results out, 10 is of another city, 11 administers.
    static let clerks = Array(1...8)
    static let (issuer, stranger, administrator) = (9, 10, 11)

    static func open(_ place: StoreUnderTest = .sqlite, _ body: (QueueHouse) async throws -> Void) async throws {
        try await place.use(HallStory.migrations) { store in
            let house = try QueueHouse(store)
            try await house.fill()
            try await body(house)
        }
    }

    /// The same house once more, as another process on its database.
    func again() throws -> QueueHouse { try QueueHouse(hall.store, at: hall.time.now()) }

    private init(_ store: any Store, at instant: Instant? = nil) throws {
        key = try #require(AccountKey(Array(repeating: 7, count: 32)))
        hall = try Hall(
            store: store, calendar: try .shipped(), world: Hall.World(time: clock.source, dice: .system),
            signers: try SimulationSigners(seed: 1))
        if let instant { clock.move(to: instant) }
    }

    private func fill() async throws {
        let stamp = hall.stamp(of: .platform)
        let place = try ServiceHall(
            ServiceHallID(hall.ids.next()), code: Self.code, name: .init("示例大厅", "Sample hall"),
            address: .init("示例路1号", "1 Shili Road"), slotPlaces: 20)
        let windows = try (1...8).map { number in
            try Window(
                WindowID(hall.ids.next()), of: Self.code, number: number,
                capabilities: number == 8 ? [.issuing] : number == 7 ? [.comprehensive, .special] : [.comprehensive])
        }
        let kiosk = kiosk
        try await hall.store.write { tx in
            try HallTable.add(place, stamp: stamp, in: tx)
            for window in windows { try WindowTable.add(window, stamp: stamp, in: tx) }
            try KioskTable.add(kiosk, label: "一号机", to: place, stamp: stamp, in: tx)
        }
        for who in 1...11 { try await register(who) }
    }

    private static func id(_ who: Int) -> StaffID { StaffID(Subject(high: 3, low: UInt64(who))) }

    private func register(_ who: Int) async throws {
        let today = hall.time.now().day
        let elsewhere = try #require(Region("350200"))
        let role: Role = who == Self.administrator ? .administrator : who == Self.issuer ? .issuingClerk : .clerk
        let region = who == Self.stranger ? elsewhere : .fuzhou
        let staff = Staff(
            Self.id(who), name: try #require(FullName("周平")), employeeNumber: try #require(EmployeeNumber("FZ-\(who)")),
            region: region)
        let grant = Grant(
            GrantID(hall.ids.next()), staff: staff.id, role: role,
            extent: Grant.Extent(region: role == .administrator ? nil : region),
            term: try Term(from: today, until: nil))
        let deed = Deed(by: .platform, now: hall.time.now(), entropy: Entropy(hall.dice))
        try await hall.store.write { tx in
            try StaffTable.register(staff, by: deed, in: tx)
            try GrantTable.give(grant, by: deed, in: tx)
        }
    }

    /// A clerk, signed in.
    func guest(_ who: Int) async throws -> Hall.Guest {
        let (token, now) = (SessionToken(.system), hall.time.now())
        _ = try await hall.store.write { tx in
            try SessionTable.start(token, of: .staff(Self.id(who)), now: now, in: tx)
        }
        return try #require(try await hall.guest(token))
    }

    func attempt() -> Attempt { Attempt(.random(hall.dice)) }

    /// A ticket from the kiosk.
    func take(
        _ need: Capability = .comprehensive, _ holder: Hall.TicketHolder = .nobody, attempt: Attempt? = nil
    ) async throws -> TicketID {
        var wish = Hall.TicketWish(at: Self.code, for: need)
        wish.holder = holder
        return try await hall.takeTicket(
            wish, by: .kiosk, kiosk: kiosk, actor: .platform, attempt: attempt ?? self.attempt())
    }

    /// Sits at the window of her own number.
    func sit(_ who: Int, at window: Int? = nil) async throws -> Hall.Guest {
        let guest = try await guest(who)
        try await hall.openWindow(window ?? who, of: Self.code, by: guest)
        return guest
    }

    @discardableResult
    func queue(_ deed: Hall.WindowDeed, _ guest: Hall.Guest) async throws -> Ticket {
        let id = try await hall.queue(deed, by: guest, attempt: attempt())
        return try await hall.ticket(id, of: Self.code).ticket
    }

    static func card(_ digits: String) throws -> CitizenID {
        let check = try #require(CitizenID.checkCharacter(for: digits))
        return try #require(CitizenID(digits + String(check)))
    }
}
