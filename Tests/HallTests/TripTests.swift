import Catalogue
import Delivery
import Dossiers
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// Whole lives through the hall: the trips that were promised when it was filed, and those that were made.
@Suite struct TripTests {
    private static let ways = ServiceMode.all.filter(\.isOffered).flatMap { mode in
        DeliveryMode.all.filter { $0.isOffered && mode.allows($0) }.map { "\(mode.id) \($0.id)" }
    }

    /// Files, hands in, decides, collects, each on a day of its own, and answers the closed dossier.
    private static func life(
        _ mode: ServiceMode, _ delivery: DeliveryMode, _ story: HallStory, carrier: ParcelStory? = nil,
        correctedAtWindow: Bool = false
    ) async throws -> Dossier {
        let id = try await story.filed(mode, delivery: delivery)
        story.clock.move(days: 1)
        var clerk: Hall.Guest?
        if mode.originals == .courier, let carrier {
            clerk = try await fetched(id, carrier)
        } else if mode.receipt == .originals {
            try await story.perform(.receive, on: id, by: HallStory.clerk)
        }
        if correctedAtWindow {
            let defect = MaterialDefect("form", .incomplete, .overlooked)
            try await story.perform(.requestCorrection([defect], note: "缺签章"), on: id, by: HallStory.clerk)
            story.clock.move(days: 1)
            try await story.perform(
                .supplyCorrection([HandedIn("form", .paper)]), on: id, by: HallStory.clerk)
        }
        try await story.perform(.accept, on: id, by: HallStory.clerk)
        try await story.perform(.passReview(.grant, opinion: "符合"), on: id, by: HallStory.reviewer)
        let certificate = CertificateID(story.hall.ids.next())
        try await story.perform(.grant(grounds: "符合", certificate: certificate), on: id, by: HallStory.decider)
        try await story.settle()
        story.clock.move(days: 1)
        if let carrier, delivery == .courier {
            for (number, kind) in ["pickedUp", "inTransit", "delivered"].enumerated() {
                _ = try await ParcelTests.scan(carrier, id, number + 1, kind, person: "林一")
            }
            try await story.settle()
        }
        if delivery.carrier == .hall {
            try await story.perform(.handOver(.identityCard, recipient: "林一"), on: id, by: HallStory.issuer)
            try await story.settle()
        }
        if let carrier, let clerk { try await sentBack(id, carrier, by: clerk) }
        return try await story.dossier(id)
    }

    /// A courier fetches the originals; the window scans them in.
    private static func fetched(_ id: DossierID, _ carrier: ParcelStory) async throws -> Hall.Guest {
        try await carrier.story.perform(.passPreReview, on: id, by: HallStory.clerk)
        try await carrier.fetch(of: id)
        try await carrier.scan("pickedUp", "inTransit", "delivered", of: id)
        carrier.story.clock.move(days: 1)
        let clerk = try await carrier.seated()
        try await carrier.unpack(id, by: clerk)
        #expect(try await carrier.story.dossier(id).stage.name == .received)
        return clerk
    }

    /// A courier brings the originals back to the door.
    private static func sentBack(_ id: DossierID, _ carrier: ParcelStory, by clerk: Hall.Guest) async throws {
        carrier.story.clock.move(days: 1)
        _ = try await carrier.hall.sendBack(id, by: clerk, attempt: carrier.story.token())
        try await carrier.scan("pickedUp", "delivered", of: id)
        #expect(try await carrier.hall.originals(of: id).allSatisfy { $0.holder == .applicant && $0.isOver })
    }

    @Test(arguments: StoreUnderTest.all, ways)
    func `each mode that is offered keeps its promise in a whole life, and the figures say so`(
        _ place: StoreUnderTest, _ way: String
    ) async throws {
        let parts = way.split(separator: " ").map(String.init)
        let mode = try #require(ServiceMode.named(parts[0]))
        let delivery = try #require(DeliveryMode.named(parts[1]))
        try await place.use(HallStory.migrations) { store in
            let carrier = try ParcelStory(store: store)
            let story = carrier.story
            let dossier = try await Self.life(mode, delivery, story, carrier: carrier)
            #expect(dossier.stage.name == .ended)
            #expect(dossier.tripsMade == dossier.tripsPromised)
            #expect(dossier.tripsPromised == mode.trips(by: delivery, isImmediate: false))
            let figures = try await story.hall.tripFigures()
            #expect(figures.closed == 1 && figures.kept == 1 && figures.over == 0)
            #expect(figures.pairs.map(\.pair.made) == [dossier.tripsMade])
            #expect(figures.pairs.map(\.pair.promised) == [dossier.tripsPromised])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a correction at a window is a trip more than promised, counted once and listed for those who lead`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let dossier = try await Self.life(.fullyOnline, .eCertificate, story, correctedAtWindow: true)
            #expect(dossier.tripsPromised == 0 && dossier.tripsMade == 1)
            #expect(dossier.visits.map(\.purposes) == [[.corrections]])
            _ = try await Self.life(.fullyOnline, .eCertificate, story)
            let figures = try await story.hall.tripFigures()
            #expect(figures.closed == 2 && figures.over == 1 && figures.withoutTrip == 1)
            #expect(try await story.hall.tripFigures(in: .fuzhou) == figures)
            let elsewhere = try await story.hall.tripFigures(in: Region("350111"))
            #expect(elsewhere.closed == 0)
            let listed = try await store.read { tx in
                let today = story.clock.source.now().day
                return try TripTable.over(
                    TripKeeper.days(on: today), in: .of(dossier.submitted.terms.body), tx: tx)
            }
            #expect(listed.map(\.id) == [dossier.id])
            #expect(try await story.hall.overPromise(grants: [], powers: [.lead]) == [], "nobody leads without a grant")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the rows are written anew from the journal, and what is not closed has none`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            _ = try await Self.life(.ordinary, .counter, story)
            _ = try await story.filed(.ordinary, delivery: .counter)
            let before = try await HallStory(store: store, clock: story.clock).hall.tripFigures()
            #expect(before.closed == 1 && before.made == 2)
            try await store.write { tx in try tx.execute("DELETE FROM trip") }
            let none = try await HallStory(store: store, clock: story.clock).hall.tripFigures()
            #expect(none.closed == 0)
            #expect(try await story.hall.rebuildPublications() == 2)
            let again = try await HallStory(store: store, clock: story.clock).hall.tripFigures()
            #expect(again == before)
        }
    }
}
