import Catalogue
import Dossiers
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// Every mode that is switched on, from filing to acceptance, and every one that is not.
@Suite struct ModeTests {
    /// The way a result travels in a mode.
    private static func delivery(_ mode: ServiceMode) -> DeliveryMode {
        if mode.result == .courier { return .courier }
        return mode.allows(.eCertificate) && mode.submission == .online ? .eCertificate : .counter
    }

    private static let offered = ServiceMode.all.filter(\.isOffered)

    /// Files on Monday at nine and answers the dossier with the instant that must become the receipt: where originals
    /// come first they are at the window on Wednesday.
    private static func received(_ mode: ServiceMode, _ story: HallStory) async throws -> (DossierID, Instant) {
        let id = try await story.filed(mode, delivery: delivery(mode))
        let filedAt = story.clock.source.now()
        let filed = try await story.dossier(id)
        #expect(filed.submittedAt == filedAt)
        guard mode.receipt == .originals else {
            #expect(filed.receivedAt == filedAt, "\(mode.id)")
            return (id, filedAt)
        }
        #expect(filed.receivedAt == nil, "\(mode.id) is not received before the originals are there")
        try await story.perform(.passPreReview, on: id, by: HallStory.clerk)
        #expect(try await story.dossier(id).receivedAt == nil)
        story.clock.move(days: 2)
        try await story.perform(.receive, on: id, by: HallStory.clerk)
        return (id, story.clock.source.now())
    }

    @Test(arguments: StoreUnderTest.all, offered.map(\.id))
    func `each mode has its instant of receipt, and five working days of silence from it accept`(
        _ place: StoreUnderTest, _ modeID: String
    ) async throws {
        let mode = try #require(ServiceMode.named(modeID))
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store).story
            let pulse = Pulse(hall: story.hall)
            let (id, receipt) = try await Self.received(mode, story)
            #expect(try await story.dossier(id).receivedAt == receipt)
            // Monday or Wednesday and five working days: the weekend does not count, the fifth day is still in time.
            story.clock.move(days: 7)
            _ = try await pulse.beat()
            #expect(try await story.dossier(id).stage.name == .received, "the fifth working day is not over")
            story.clock.move(days: 1)
            _ = try await pulse.beat()
            let accepted = try await story.dossier(id)
            #expect(accepted.stage.name == .inReview)
            #expect(accepted.acceptance?.bySilence == true && accepted.acceptance?.from == receipt, "\(mode.id)")
        }
    }

    @Test(arguments: StoreUnderTest.all, offered.map(\.id))
    func `a pre-review sends back once where paper comes later, and never elsewhere`(
        _ place: StoreUnderTest, _ modeID: String
    ) async throws {
        let mode = try #require(ServiceMode.named(modeID))
        try await place.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store).story
            let id = try await story.filed(mode, delivery: Self.delivery(mode))
            let sendBack = DossierCommand.returnForPreReview(
                [MaterialDefect("form", .incomplete, .overlooked)], note: "缺签章")
            guard mode.hasPreReview else {
                await #expect(throws: DossierRefusal.noPreReviewInThisMode) {
                    try await story.perform(sendBack, on: id, by: HallStory.clerk)
                }
                return
            }
            try await story.perform(sendBack, on: id, by: HallStory.clerk)
            let applicant = Performer.person(HallStory.applicant)
            try await story.perform(.resubmit([HandedIn("form", .paper)]), on: id, by: applicant)
            await #expect(throws: DossierRefusal.returnedOnce) {
                try await story.perform(sendBack, on: id, by: HallStory.clerk)
            }
            #expect(try await story.dossier(id).stage.name == .preReview)
        }
    }

    @Test func `where nobody carries parcels, a mode whose originals travel by courier takes no filing`() async throws {
        #expect(Self.offered == ServiceMode.all)
        try await StoreUnderTest.sqlite.use(HallStory.migrations) { store in
            let story = try ParcelStory(store: store, without: ()).story
            await #expect(throws: DossierRefusal.modeNotOffered) { try await story.filed(.courierBothWays) }
            let count = try await store.read { tx in try tx.row("SELECT COUNT(*) FROM dossier")?.integer(0) }
            #expect(count == 0)
        }
    }
}
