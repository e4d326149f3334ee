import Dossiers
import Store
import Testing
import Vocabulary

/// Real trips, as the events of a dossier tell of them, against what was promised.
@Suite struct VisitTests {
    private static let atOnce = TimeLimit(0, .workingDays, article: "承诺")

    /// A whole life in a mode: received at once or with its originals, decided in the week, the result on another day.
    private static func life(_ mode: ServiceMode, _ delivery: DeliveryMode) throws -> Story {
        var story = try Story(mode, delivery: delivery).submit("11-19")
        if mode.hasPreReview { story = try story.passPreReview("11-20") }
        if mode.receipt == .originals { story = try story.receive("11-21") }
        return try story.accept("11-21").review("11-22").grant("11-23").file("11-23").issue("11-23").handOver("11-26")
            .close("11-26")
    }

    @Test func `in every mode that is offered, by every delivery, a whole life makes the trips that were promised`()
        throws
    {
        var lives = 0
        for mode in ServiceMode.all where mode.isOffered {
            for delivery in DeliveryMode.all where delivery.isOffered && mode.allows(delivery) {
                let dossier = try #require(try Self.life(mode, delivery).dossier)
                #expect(dossier.hasEnded)
                #expect(dossier.tripsMade == dossier.tripsPromised, "\(mode.id) \(delivery.id)")
                #expect(dossier.tripsPromised == mode.trips(by: delivery, isImmediate: false))
                lives += 1
            }
        }
        #expect(lives == 11)
    }

    @Test func `each visit has its day and what it was for`() throws {
        let visits = { (mode: ServiceMode, delivery: DeliveryMode) in
            try Self.life(mode, delivery).dossier?.visits
        }
        #expect(try visits(.fullyOnline, .eCertificate) == [])
        #expect(try visits(.onlineThenCollect, .counter) == [HallVisit(Story.day("11-26"), [.result])])
        #expect(try visits(.preReviewThenCounter, .eCertificate) == [HallVisit(Story.day("11-21"), [.originals])])
        #expect(try visits(.nearestWindow, .eCertificate) == [HallVisit(Story.day("11-19"), [.filing])])
        #expect(
            try visits(.ordinary, .counter) == [
                HallVisit(Story.day("11-19"), [.filing]), HallVisit(Story.day("11-26"), [.result]),
            ])
    }

    /// Filed, decided and handed over on one day.
    private static func inOneDay(_ promised: TimeLimit?) throws -> Dossier {
        let story = try Story(.nearestWindow, delivery: .counter, promised: promised).submit("11-19").accept("11-19")
            .review("11-19").grant("11-19").file("11-19").issue("11-19").handOver("11-19").close("11-19")
        return try #require(story.dossier)
    }

    @Test func `what is decided on the spot is filed and handed over in one visit`() throws {
        let dossier = try Self.inOneDay(Self.atOnce)
        #expect(dossier.visits == [HallVisit(Story.day("11-19"), [.filing, .result])])
        #expect(dossier.tripsMade == 1 && dossier.tripsPromised == 1)
    }

    @Test func `whoever is told to come back is counted twice, though it was the same day`() throws {
        let dossier = try Self.inOneDay(nil)
        #expect(dossier.tripsMade == 2 && dossier.tripsPromised == 2)
    }

    @Test func `an item of the spot that is handed over another day took more than was promised`() throws {
        let story = try Story(.nearestWindow, delivery: .counter, promised: Self.atOnce).submit("11-19")
            .accept("11-19").review("11-20").grant("11-20").file("11-20").issue("11-20").handOver("11-20")
        let dossier = try #require(story.dossier)
        #expect(dossier.tripsMade == 2 && dossier.tripsPromised == 1)
    }

    @Test func `what a notice asks for and is brought to a window is a trip more, and sent online it is none`() throws {
        let noticed = try Story(.fullyOnline).submit("11-19").requestCorrection("11-20")
        let brought = DossierCommand.supplyCorrection([HandedIn("licence", .paper)])
        #expect(try noticed.correct("11-22").dossier?.visits == [])
        let atWindow = try #require(try noticed.perform(brought, "11-22", by: Story.clerk).dossier)
        #expect(atWindow.visits == [HallVisit(Story.day("11-22"), [.corrections])])
        #expect(atWindow.tripsPromised == 0)
        let atCounter = try Story(.nearestWindow, delivery: .eCertificate).submit("11-19").requestCorrection("11-19")
            .perform(brought, "11-19", by: Story.clerk)
        #expect(atCounter.dossier?.tripsMade == 2, "a notice sends her away")
    }

    @Test func `mending on the spot is part of the visit`() throws {
        let story = try Story(.preReviewThenCounter).submit("11-19").passPreReview("11-19").receive("11-20")
            .perform(.mend([HandedIn("licence", .paper)]), "11-20", by: Story.clerk)
        #expect(story.dossier?.visits == [HallVisit(Story.day("11-20"), [.originals, .mending])])
    }

    @Test func `a filing that comes back from its pre-review is mended online or at a window`() throws {
        let returned = try Story(.preReviewThenCounter).submit("11-19").returnIt("11-20")
        #expect(try returned.resubmit("11-21").dossier?.visits == [])
        let brought = try returned.perform(.resubmit([HandedIn("form", .paper)]), "11-21", by: Story.clerk)
        #expect(brought.dossier?.visits == [HallVisit(Story.day("11-21"), [.corrections])])
        // With the originals in the other hand it is one visit.
        #expect(
            try brought.receive("11-21").dossier?.visits == [HallVisit(Story.day("11-21"), [.corrections, .originals])])
    }

    @Test func `originals that a courier brings are nobody's trip`() throws {
        guard case .submitted(let counter, _)? = try Story(.preReviewThenCounter).submit("11-19").events.first else {
            Issue.record("a story begins with its submission")
            return
        }
        // Nobody can file in the mode yet; its event is that of the window's, but for the mode.
        let text = String(decoding: try CanonicalJSON.bytes(of: counter), as: UTF8.self)
        let other = text.replacing(#""mode":"O5""#, with: #""mode":"O3""#)
        let submitted: DossierEvent.Submitted = try CanonicalJSON.value(in: Array(other.utf8))
        #expect(submitted.mode == .courierBothWays)
        let now = Story.at("11-19")
        var dossier = try Dossier(Story.id, .submitted(submitted, nil), at: now, by: .person(Story.applicant))
        try dossier.apply(.preReviewPassed(bySilence: false), at: now, by: Story.clerk)
        try dossier.apply(.received, at: now, by: Story.clerk)
        #expect(dossier.receivedAt == now && dossier.visits == [] && dossier.tripsPromised == 0)
    }

    @Test func `only a proof of an issuing window tells of somebody who stood there`() {
        #expect(HandOverProof.pickUpCode.isAtWindow && HandOverProof.identityCard.isAtWindow)
        #expect(!HandOverProof.electronic.isAtWindow)
    }
}
