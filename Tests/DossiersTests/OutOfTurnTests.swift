import Dossiers
import Store
import Testing
import Vocabulary

/// Whoever comes too early or too late is told so by a code of its own. The whole table of stages and commands is in
/// `StateCommandTableTests`; here each answer is earned by one story.
@Suite struct OutOfTurnTests {
    @Test func `nothing is filed twice`() throws {
        let filed = try Story().submit("11-19")
        #expect(throws: DossierRefusal.alreadySubmitted) {
            try filed.perform(.submit(filed.submission()), "11-19", by: .person(Story.applicant))
        }
    }

    @Test func `a pre-review is over once the paper is there, and nothing is sent in again that was not sent back`()
        throws
    {
        let filed = try Story(.preReviewThenCounter).submit("11-19")
        #expect(throws: DossierRefusal.notInPreReview) { try filed.receive("11-19").returnIt("11-19") }
        #expect(throws: DossierRefusal.notInPreReview) { try filed.returnIt("11-19").receive("11-19") }
        #expect(throws: DossierRefusal.notReturned) { try filed.resubmit("11-19") }
    }

    @Test func `originals are received once, and before that nothing is accepted, declined or corrected`() throws {
        let filed = try Story(.preReviewThenCounter).submit("11-19")
        #expect(throws: DossierRefusal.alreadyReceived) { try filed.receive("11-19").receive("11-20") }
        #expect(throws: DossierRefusal.notReceived) { try filed.accept("11-19") }
        #expect(throws: DossierRefusal.notReceived) { try filed.passPreReview("11-19").decline("11-19") }
        #expect(throws: DossierRefusal.notReceived) { try filed.passPreReview("11-19").requestCorrection("11-19") }
    }

    @Test func `nothing is reviewed before acceptance or twice, and nothing is decided before the review`() throws {
        let filed = try Story().submit("11-19")
        #expect(throws: DossierRefusal.notInReview) { try filed.review("11-19") }
        #expect(throws: DossierRefusal.notInReview) { try filed.grant("11-19") }
        let accepted = try filed.accept("11-19")
        #expect(throws: DossierRefusal.notReviewed) { try accepted.grant("11-19") }
        #expect(throws: DossierRefusal.notReviewed) { try accepted.refuse("11-19") }
        #expect(throws: DossierRefusal.notInReview) { try accepted.review("11-19").review("11-20") }
    }

    @Test func `a result is made after the decision, once, handed over once it is there, and then the case closes`()
        throws
    {
        let reviewed = try Story(.nearestWindow).submit("11-19").accept("11-19").review("11-20")
        #expect(throws: DossierRefusal.notDecided) { try reviewed.issue("11-20") }
        #expect(throws: DossierRefusal.notIssued) { try reviewed.handOver("11-20") }
        let certified = try reviewed.grant("11-20").file("11-20")
        #expect(throws: DossierRefusal.notIssued) { try certified.handOver("11-20") }
        let issued = try certified.issue("11-20")
        #expect(throws: DossierRefusal.alreadyIssued) { try issued.issue("11-20") }
        #expect(throws: DossierRefusal.notHandedOver) { try issued.close("11-20") }
        let handedOver = try issued.handOver("11-20")
        #expect(throws: DossierRefusal.alreadyHandedOver) { try handedOver.handOver("11-20") }
        #expect(throws: DossierRefusal.alreadyHandedOver) { try handedOver.issue("11-20") }
        #expect(try handedOver.close("11-20").stage == .ended)
    }
}
