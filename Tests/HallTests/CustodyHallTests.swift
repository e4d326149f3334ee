import Delivery
import Dossiers
import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Hall

/// Originals on paper, from the window through an officer and a courier back to the door.
@Suite struct CustodyHallTests {
    private static let window = CustodyHolder.window(hall: "350105", number: 12)
    private static let officer = CustodyHolder.officer(StaffID(Subject(high: 2, low: 2)))

    private static func received(_ story: ParcelStory, of id: DossierID) async throws -> CustodyItem {
        try await story.hall.receiveOriginal(
            of: id, material: "form", sheets: 2, at: window, by: HallStory.clerk, attempt: story.story.token())
    }

    @Test(arguments: StoreUnderTest.all)
    func `a window receives an original once for one token, and only who may receive does`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store)
            let (id, attempt) = (try await story.filed(), story.story.token())
            func receive(by performer: Performer) async throws -> CustodyItem {
                try await story.hall.receiveOriginal(
                    of: id, material: "form", sheets: 2, at: Self.window, by: performer, attempt: attempt)
            }
            await #expect(throws: PerformerRefusal.notAllowed) { try await receive(by: HallStory.issuer) }
            let (once, twice) = (try await receive(by: HallStory.clerk), try await receive(by: HallStory.clerk))
            #expect(once == twice && once.holder == Self.window)
            #expect(try await story.hall.originals(of: id) == [once])
            #expect(try await story.hall.originals(at: Self.window) == [once])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `each side signs for itself, and a wrong label or a wrong person is refused`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store)
            let item = try await Self.received(story, of: try await story.filed())
            let label = item.code.description
            func perform(_ command: CustodyRules.Command, _ label: String, by performer: Performer) async throws {
                _ = try await story.hall.perform(command, onLabel: label, by: performer)
            }
            await #expect(throws: CustodyRefusal.malformedCode) {
                try await perform(.offer(to: Self.officer, by: Self.window), "0000-0000-0000-1", by: HallStory.clerk)
            }
            await #expect(throws: CustodyRefusal.notFound) {
                try await perform(
                    .offer(to: Self.officer, by: Self.window), "\(CustodyCode(bits: 5))", by: HallStory.clerk)
            }
            try await perform(.offer(to: Self.officer, by: Self.window), label, by: HallStory.clerk)
            await #expect(throws: CustodyRefusal.wrongReceiver) {
                try await perform(.take(as: Self.officer), label, by: HallStory.decider)
            }
            await #expect(throws: CustodyRefusal.wrongReceiver) {
                try await perform(.take(as: .courier(ParcelID(Subject(high: 1, low: 1)))), label, by: HallStory.clerk)
            }
            try await perform(.take(as: Self.officer), label, by: HallStory.reviewer)
            let taken = try #require(try await story.hall.originals(of: item.received.dossier).first)
            #expect(taken.holder == Self.officer && taken.signer == HallStory.reviewer.actor)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `originals go back to the door in a parcel: the courier's reports are its signatures`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store)
            let id = try await story.filed()
            let items = [try await Self.received(story, of: id), try await Self.received(story, of: id)]
            var draft = ParcelDraft(
                .originalsToDoor, of: id,
                by: ParcelEvent.Route(from: try ParcelStory.house(), to: try ParcelStory.door()), isFiledOnline: true)
            draft.contents = items.map(\.code)
            let attempt = story.story.token()
            let parcel = try await story.hall.order(draft, by: HallStory.clerk, attempt: attempt)
            #expect(try await story.hall.order(draft, by: HallStory.clerk, attempt: attempt) == parcel)
            #expect(try await story.hall.originals(of: id).map(\.offered) == [.courier(parcel), .courier(parcel)])
            let account = try #require(story.hall.courier)
            try await story.story.settle()
            func scan(_ number: Int, _ kind: ParcelScan.Kind) async throws {
                let stamp = story.hall.stamp(of: .platform)
                try await store.write { tx in
                    let seen = try ParcelTable.load(parcel, in: tx)
                    let waybill = seen.booking?.waybill ?? ""
                    let command = ParcelCommand.scan(
                        ParcelScan(number: number, kind, at: stamp.now), nil, waybill: waybill)
                    _ = try story.hall.apply(command, to: seen, account, stamp: stamp, in: tx)
                }
            }
            try await scan(1, .pickedUp)
            #expect(try await story.hall.originals(at: Self.window).isEmpty)
            #expect(try await story.hall.originals(at: .courier(parcel)).count == 2)
            try await scan(2, .refused)
            try await scan(3, .returned)
            let back = try await story.hall.originals(of: id)
            #expect(back.allSatisfy { $0.holder == .courier(parcel) && $0.offered == Self.window })
            for item in back {
                _ = try await story.hall.perform(
                    .take(as: Self.window), onLabel: item.code.text, by: HallStory.clerk)
            }
            #expect(try await story.hall.originals(at: Self.window).count == 2)
            draft.contents = [items[0].code]
            let second = try await story.hall.order(draft, by: HallStory.clerk, attempt: story.story.token())
            #expect(second != parcel)
            let stranger = CustodyCode(bits: 77)
            draft.contents = [stranger]
            await #expect(throws: CustodyRefusal.notFound) {
                _ = try await story.hall.order(draft, by: HallStory.clerk, attempt: story.story.token())
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an original that a count misses stands before the supervisor until it is found`(
        _ place: StoreUnderTest
    ) async throws {
        try await QueueHouse.open(place) { house in
            let story = try ParcelStory(store: house.hall.store)
            let (item, clerk) = (try await Self.received(story, of: try await story.filed()), try await house.guest(1))
            await #expect(throws: CustodyRefusal.malformedCode) {
                _ = try await house.hall.count(Self.window, read: ["x"], by: clerk)
            }
            await #expect(throws: CustodyRefusal.wrongReceiver, "nobody counts for an officer") {
                _ = try await house.hall.count(Self.officer, read: [], by: clerk)
            }
            _ = try await house.hall.count(Self.window, read: [], by: clerk)
            #expect(try await house.hall.parcelTroubles().missing.map(\.code) == [item.code])
            let found = try await house.hall.count(Self.window, read: [item.code.text], by: clerk)
            #expect(found.isComplete && found.found.map(\.code) == [item.code])
            #expect(try await house.hall.parcelTroubles().missing.isEmpty)
        }
    }
}
