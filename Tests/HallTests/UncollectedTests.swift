import Accounts
import Delivery
import Dossiers
import Hall
import Notices
import Papers
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// 逾期未领: what the days do to results that nobody fetches.
@Suite struct UncollectedTests {
    private static func told(_ house: ShelfHouse) async throws -> [String] {
        try await house.hall.notices(for: .person(HallStory.applicant)).reversed().map(\.kind.id)
            .filter { $0.hasPrefix("uncollected") }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the applicant is reminded twice and the result archived, each once, and the case stays undelivered`(
        _ place: StoreUnderTest
    ) async throws {
        try await ShelfHouse.open(place) { house in
            let (hall, clock) = (house.hall, house.story.clock)
            let (id, code) = try await house.ready()
            try await house.shelve(id, "A-01-01")
            let before = try await house.story.dossier(id)
            let due = try await hall.results(for: try await house.guest()).count
            #expect(due == 1)
            for (days, state, done) in [
                (14, KeptResult.State.waiting, 0), (1, .reminded, 1), (14, .reminded, 0), (1, .remindedAgain, 1),
                (59, .remindedAgain, 0), (1, .archived, 1), (400, .archived, 0),
            ] {
                clock.move(days: Int64(days))
                #expect(try await hall.stepUncollected().done == done)
                #expect(try await hall.stepUncollected().done == 0, "twice at once is once")
                #expect(try await hall.kept(id)?.state == state, "after \(days) more days")
            }
            #expect(try await Self.told(house) == ["uncollected", "uncollected-again", "uncollected-archived"])
            let after = try await house.story.dossier(id)
            #expect(after == before, "what nobody has is not delivered")
            let free = try await hall.freePosition(for: try await house.guest())
            #expect(free?.description == "A-01-01")
            let (lines, counts) = try await hall.uncollected()
            #expect(lines.map(\.kept.matter.dossier) == [id] && counts.map(\.count) == [0, 0, 0, 1])
            let journal = try await hall.store.read { tx in
                try Journal.entries(of: try #require(try ShelfTable.kept(id, in: tx)).id.subject, in: tx).map(\.kind)
            }
            #expect(
                journal == [
                    "shelf.ready", "shelf.placed", "shelf.reminded", "shelf.reminded", "shelf.archived",
                ])
            // Still to be had on asking.
            #expect(try await house.find(code) == [id])
            try await house.handOver(id, code: code)
            #expect(try await hall.kept(id)?.state == .left)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a house that stood still reminds once, not three times in a minute`(_ place: StoreUnderTest) async throws {
        try await ShelfHouse.open(place) { house in
            let (id, code) = try await house.ready()
            house.story.clock.move(days: 200)
            for _ in 0..<3 { _ = try await Pulse(hall: house.hall).round() }
            #expect(try await house.hall.kept(id)?.state == .reminded)
            #expect(try await Self.told(house) == ["uncollected"])
            try await house.handOver(id, code: code)
            house.story.clock.move(days: 200)
            let beat = try await Pulse(hall: house.hall).round()
            #expect(beat.uncollected == 0 && beat.failedUncollected.isEmpty)
            #expect(try await Self.told(house) == ["uncollected"], "whoever has it is left alone")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `after two reminders a courier is offered with its price, and brings what nobody fetched`(
        _ place: StoreUnderTest
    ) async throws {
        let account = CourierAccount(KeptCourier(), key: ParcelStory.key, house: try ParcelStory.house())
        try await ShelfHouse.open(place, courier: account) { house in
            let (hall, story) = (house.hall, house.story)
            let (id, code) = try await house.ready()
            func offer() async throws -> ParcelPrice? { try await hall.courierOffer(for: try await story.dossier(id)) }
            func order(_ cents: Int) async throws {
                try await hall.orderResult(
                    of: id, to: try ParcelStory.door(), agreedCents: cents, by: .person(HallStory.applicant),
                    attempt: story.token())
            }
            await #expect(throws: DossierRefusal.notForCourier, "nobody carried it") {
                try await story.perform(.handOver(.courier, recipient: ""), on: id, by: .platform)
            }
            #expect(try await offer() == nil)
            for _ in 0..<2 {
                story.clock.move(days: 15)
                _ = try await hall.stepUncollected()
            }
            let price = try #require(try await offer())
            #expect(price == ParcelPrice(cents: 1200, freeBecause: nil), "it was filed at a window")
            await #expect(throws: ParcelRefusal.priceNotAgreed) { try await order(0) }
            try await order(price.cents)
            await #expect(throws: ParcelRefusal.underWay) { try await order(price.cents) }
            #expect(try await offer() == nil)
            await #expect(throws: ParcelRefusal.underWay) { try await house.handOver(id, code: code) }
            story.clock.move(days: 60)
            #expect(try await hall.stepUncollected().done == 1)
            #expect(try await hall.kept(id)?.state == .remindedAgain, "what is on its way goes to no archive")
            try await story.settle()
            let parcels = ParcelStory(of: story)
            _ = try await ParcelTests.scan(parcels, id, 1, "pickedUp")
            _ = try await ParcelTests.scan(parcels, id, 2, "delivered", person: "林小满")
            try await story.settle()
            let (ended, kept) = (try await story.dossier(id).hasEnded, try await hall.kept(id)?.state)
            #expect(ended && kept == .left)
        }
    }
}
