import Accounts
import Delivery
import Dossiers
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary
import Windows

/// Originals at the windows where people sit and in the hands of officers, and the count when a shift ends.
@Suite struct OriginalsTests {
    private static func window(_ number: Int) -> CustodyHolder { .window(hall: "350100", number: number) }

    /// An officer of the city, signed in.
    private static func officer(_ number: UInt64, _ role: Role, in house: QueueHouse) async throws -> Hall.Guest {
        let staff = Staff(
            StaffID(Subject(high: 4, low: number)), name: try #require(FullName("陈平")),
            employeeNumber: try #require(EmployeeNumber("RS-\(number)")), region: .fuzhou)
        let now = house.hall.time.now()
        let grant = Grant(
            GrantID(house.hall.ids.next()), staff: staff.id, role: role, extent: Grant.Extent(region: .fuzhou),
            term: try Term(from: now.day, until: nil))
        let deed = Deed(by: .platform, now: now, entropy: Entropy(house.hall.dice))
        let token = SessionToken(.system)
        try await house.hall.store.write { tx in
            try StaffTable.register(staff, by: deed, in: tx)
            try GrantTable.give(grant, by: deed, in: tx)
            _ = try SessionTable.start(token, of: .staff(staff.id), now: now, in: tx)
        }
        return try #require(try await house.hall.guest(token))
    }

    private static func filed(in house: QueueHouse) async throws -> DossierID {
        try await HallStory(store: house.hall.store).filed(.ordinary, delivery: .counter)
    }

    private static func receive(_ id: DossierID, by guest: Hall.Guest, in house: QueueHouse) async throws -> CustodyItem
    {
        try await house.hall.receiveOriginal(
            of: id, material: "form", sheets: 2, by: guest, attempt: house.attempt())
    }

    private static func perform(
        _ deed: Hall.OriginalDeed, _ item: CustodyItem, at door: Hall.CustodyDoor = .window, by guest: Hall.Guest,
        in house: QueueHouse
    ) async throws {
        try await house.hall.perform(
            deed, onLabel: "\(item.code)", at: door, by: guest, attempt: house.attempt())
    }

    private static func now(_ item: CustodyItem, in house: QueueHouse) async throws -> CustodyItem {
        try #require(try await house.hall.originals(of: item.received.dossier).first { $0.id == item.id })
    }

    @Test(arguments: StoreUnderTest.all)
    func `an original is received at the window where the clerk sits, and nowhere without a seat`(
        _ place: StoreUnderTest
    ) async throws {
        try await QueueHouse.open(place) { house in
            let (id, clerk) = (try await Self.filed(in: house), try await house.guest(1))
            await #expect(throws: WindowRefusal.noSeat) { try await Self.receive(id, by: clerk, in: house) }
            #expect(try await house.hall.originals(at: .window, of: clerk) == nil)
            _ = try await house.sit(1)
            let attempt = house.attempt()
            func receive(_ material: String, by guest: Hall.Guest) async throws -> CustodyItem {
                try await house.hall.receiveOriginal(
                    of: id, material: material, sheets: 2, by: guest, attempt: attempt)
            }
            await #expect(throws: CustodyRefusal.unfit, "the case asks for no such material") {
                _ = try await receive("passport", by: clerk)
            }
            let issuer = try await house.sit(QueueHouse.issuer, at: 8)
            await #expect(throws: PermitRefusal.noPower) { _ = try await receive("form", by: issuer) }
            let (once, twice) = (try await receive("form", by: clerk), try await receive("form", by: clerk))
            #expect(once == twice && once.holder == Self.window(1))
            let inHand = try #require(try await house.hall.originals(at: .window, of: clerk))
            #expect(inHand.holder == Self.window(1) && inHand.count == 1 && inHand.lines.map(\.item) == [once])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `it goes to an officer by name, from her to the archive, and each link of the chain is signed`(
        _ place: StoreUnderTest
    ) async throws {
        try await QueueHouse.open(place) { house in
            let clerk = try await house.sit(1)
            let item = try await Self.receive(try await Self.filed(in: house), by: clerk, in: house)
            let reviewer = try await Self.officer(1, .reviewer, in: house)
            let decider = try await Self.officer(2, .decider, in: house)
            let supervisor = try await Self.officer(3, .supervisor, in: house)
            let hers = CustodyHolder.officer(StaffID(Subject(high: 4, low: 1)))
            let stranger = CustodyHolder.officer(StaffID(Subject(high: 4, low: 3)))
            await #expect(throws: CustodyRefusal.wrongReceiver, "a supervisor examines nothing") {
                try await Self.perform(.offer(stranger), item, by: clerk, in: house)
            }
            await #expect(throws: CustodyRefusal.wrongReceiver, "an applicant is handed it at the window") {
                try await Self.perform(.offer(.applicant), item, by: clerk, in: house)
            }
            try await Self.perform(.offer(hers), item, by: clerk, in: house)
            await #expect(throws: CustodyRefusal.wrongReceiver) {
                try await Self.perform(.take, item, at: .office, by: decider, in: house)
            }
            // Scanners read twice.
            for _ in 1...2 { try await Self.perform(.take, item, at: .office, by: reviewer, in: house) }
            #expect(try await house.hall.originals(at: .office, of: reviewer)?.lines.map(\.item.holder) == [hers])
            await #expect(throws: CustodyRefusal.wrongReceiver, "only a window hands back") {
                try await Self.perform(.handBack, item, at: .office, by: reviewer, in: house)
            }
            let body = try HallStory.terms().body
            try await Self.perform(.offer(.archive(body)), item, at: .office, by: reviewer, in: house)
            await #expect(throws: PermitRefusal.noPower) {
                try await Self.perform(.file, item, at: .office, by: supervisor, in: house)
            }
            try await Self.perform(.file, item, at: .office, by: decider, in: house)
            let original = try await house.hall.original(item.code.text, at: .office, for: reviewer)
            #expect(original.item.isOver && original.item.holder == .archive(body) && original.receivers == [])
            #expect(original.steps.compactMap(\.event.receiver) == [Self.window(1), hers, .archive(body)])
            #expect(original.steps.last?.signer == decider.session.holder.actor)
            await #expect(throws: PermitRefusal.noPower, "whoever has nothing to do with it does not see it") {
                _ = try await house.hall.original(item.code.text, at: .office, for: supervisor)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `from window to window and back to the applicant, once for one attempt`(_ place: StoreUnderTest) async throws {
        try await QueueHouse.open(place) { house in
            let (clerk, other) = (try await house.sit(1), try await house.guest(2))
            let item = try await Self.receive(try await Self.filed(in: house), by: clerk, in: house)
            let known = try await house.hall.original("\(item.code)", at: .window, for: clerk)
            #expect(known.receivers.contains(Self.window(2)) && !known.receivers.contains(Self.window(1)))
            try await Self.perform(.offer(Self.window(3)), item, by: clerk, in: house)
            try await Self.perform(.withdraw, item, by: clerk, in: house)
            try await Self.perform(.offer(Self.window(2)), item, by: clerk, in: house)
            await #expect(throws: WindowRefusal.noSeat) { try await Self.perform(.take, item, by: other, in: house) }
            _ = try await house.sit(2)
            try await Self.perform(.take, item, by: other, in: house)
            await #expect(throws: CustodyRefusal.notHolder) {
                try await Self.perform(.handBack, item, by: clerk, in: house)
            }
            let attempt = house.attempt()
            for _ in 1...2 {
                try await house.hall.perform(
                    .handBack, onLabel: item.code.text, at: .window, by: other, attempt: attempt)
            }
            let back = try await Self.now(item, in: house)
            #expect(back.holder == .applicant && back.giver == Self.window(2) && back.isOver)
            await #expect(throws: CustodyRefusal.malformedCode) {
                try await house.hall.perform(
                    .take, onLabel: "x", at: .window, by: other, attempt: house.attempt())
            }
            await #expect(throws: CustodyRefusal.notFound) {
                try await house.hall.perform(
                    .take, onLabel: CustodyCode(bits: 5).text, at: .window, by: other, attempt: house.attempt())
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a window is counted by those who sit or sat there or work in that place, and by nobody else`(
        _ place: StoreUnderTest
    ) async throws {
        try await QueueHouse.open(place) { house in
            let clerk = try await house.sit(1)
            let item = try await Self.receive(try await Self.filed(in: house), by: clerk, in: house)
            func count(by guest: Hall.Guest, _ holder: CustodyHolder = Self.window(1)) async throws -> CustodyCount {
                try await house.hall.count(holder, read: ["\(item.code)"], by: guest)
            }
            for who in [1, 2, QueueHouse.issuer] {
                #expect(try await count(by: try await house.guest(who)).isComplete, "\(who)")
            }
            for who in [QueueHouse.stranger, QueueHouse.administrator] {
                let guest = try await house.guest(who)
                await #expect(throws: PerformerRefusal.notAllowed, "\(who)") { _ = try await count(by: guest) }
            }
            // Whoever sat there last may count, even when her grant is gone.
            try await house.hall.closeWindow(by: clerk)
            let deed = Deed(by: .platform, now: house.hall.time.now(), entropy: Entropy(house.hall.dice))
            let place = try #require(clerk.places.first)
            try await house.hall.store.write { tx in
                for grant in place.grants { try GrantTable.revoke(grant.id, by: deed, in: tx) }
            }
            let bare = try await house.guest(1)
            #expect(bare.places.first?.grants.isEmpty == true)
            #expect(try await count(by: bare).isComplete)
            await #expect(throws: PerformerRefusal.notAllowed) { _ = try await count(by: bare, Self.window(2)) }
            for holder in [CustodyHolder.applicant, .courier(ParcelID(Subject(high: 1, low: 1)))] {
                await #expect(throws: CustodyRefusal.wrongReceiver) { _ = try await count(by: bare, holder) }
            }
            await #expect(throws: WindowRefusal.hallNotFound) {
                _ = try await count(by: bare, .window(hall: "x", number: 1))
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a window is not closed over originals that nobody counted, unless that is said, and then it owes a count`(
        _ place: StoreUnderTest
    ) async throws {
        try await QueueHouse.open(place) { house in
            let hall = house.hall
            let (id, clerk) = (try await Self.filed(in: house), try await house.sit(1))
            let first = try await Self.receive(id, by: clerk, in: house)
            await #expect(throws: CustodyRefusal.uncounted) { try await hall.closeWindow(by: clerk) }
            _ = try await hall.count(Self.window(1), read: [first.code.text], by: clerk)
            house.clock.move(minutes: 5)
            let second = try await Self.receive(id, by: clerk, in: house)
            await #expect(throws: CustodyRefusal.uncounted, "what came after the count is not counted") {
                try await hall.closeWindow(by: clerk)
            }
            let short = try await hall.count(Self.window(1), read: [first.code.text], by: clerk)
            #expect(short.missing.map(\.code) == [second.code])
            try await hall.closeWindow(by: clerk)
            var troubles = try await hall.parcelTroubles()
            #expect(troubles.missing.map(\.code) == [second.code] && troubles.uncounted.isEmpty)
            // The next shift has a count of its own to make.
            house.clock.move(minutes: 60)
            _ = try await house.sit(1)
            await #expect(throws: CustodyRefusal.uncounted) { try await hall.closeWindow(by: clerk) }
            try await hall.closeWindow(isUncounted: true, by: clerk)
            troubles = try await hall.parcelTroubles()
            #expect(troubles.uncounted.map(\.holder) == [Self.window(1)] && troubles.uncounted.map(\.items) == [2])
            let colleague = try await house.guest(2)
            let found = try await hall.count(
                Self.window(1), read: [first, second].map(\.code.text), by: colleague)
            #expect(found.isComplete && found.found.map(\.code) == [second.code])
            troubles = try await hall.parcelTroubles()
            #expect(troubles.missing.isEmpty && troubles.uncounted.isEmpty)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a window that nobody closed is closed by the night, and owes a count`(_ place: StoreUnderTest) async throws {
        try await QueueHouse.open(place) { house in
            let clerk = try await house.sit(1)
            _ = try await Self.receive(try await Self.filed(in: house), by: clerk, in: house)
            _ = try await house.sit(2)
            house.clock.move(minutes: 24 * 60)
            _ = try await house.hall.closeHalls()
            #expect(try await house.hall.seat(of: clerk) == nil)
            #expect(try await house.hall.parcelTroubles().uncounted.map(\.holder) == [Self.window(1)])
        }
    }
}
