import Dossiers
import Store
import StoreTestSupport
import Supervision
import Testing
import Vocabulary

@testable import Hall

/// How the house answers points of the checklist from the entries of a case.
@Suite struct FileEvidenceTests {
    private static func answers(
        _ id: DossierID, _ house: SupervisionHouse
    ) async throws -> (PrefillRule) -> FileEvidence.Answer {
        let matter = try await house.story.dossier(id).supervised
        let evidence = try await house.hall.store.read { tx in try house.hall.evidence(of: matter, in: tx) }
        return { evidence.answer($0) }
    }

    @Test(arguments: [StoreUnderTest.all[0]])
    func `a case that was handled as the law says is met with its entries, and a person looks where none says it`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let id = try await house.story.granted()
            let answer = try await Self.answers(id, house)
            let history = try await house.hall.open(id).history
            let decided = try #require(history.first { $0.event.kind == "dossier.granted" }?.sequence)
            for rule in [PrefillRule.statutoryLimit, .promisedLimit, .handsApart, .publication] {
                #expect(answer(rule) == FileEvidence.Answer(.met, [decided]), "\(rule)")
            }
            #expect(answer(.acceptanceInTime).verdict == .met && answer(.acceptanceInWriting).verdict == .met)
            for rule in [PrefillRule.twoPeople, .suspensionTold, .extensionApproved, .refusalReasons, .correctionOnce] {
                #expect(answer(rule).verdict == .notApplicable, "\(rule)")
            }
            #expect(answer(.hearingInTime).verdict == .look, "whether one had to be told, a person says")
            #expect(answer(.deliveryInTime).verdict == .look, "nothing is handed over yet")
            #expect(answer(.fileComplete).verdict == .met && answer(.nothingTried).verdict == .met)
            #expect(answer(.custodyOver).verdict == .notApplicable && answer(.papersNumbered).verdict == .met)
        }
    }

    @Test(arguments: [StoreUnderTest.all[0]])
    func `silence, a limit that passed and what was tried are not met, or are looked at`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let silent = try await house.story.filed()
            house.story.clock.move(days: 10)
            try await house.beat()
            let answer = try await Self.answers(silent, house)
            #expect(answer(.acceptanceInTime).verdict == .notMet && answer(.acceptanceInWriting).verdict == .notMet)
            #expect(answer(.statutoryLimit).verdict == .notApplicable, "nothing is decided")
            house.story.clock.move(days: 40)
            try await house.beat()
            try await house.perform(.passReview(.grant, opinion: "符合"), on: silent, by: .reviewer)
            await #expect(throws: DossierRefusal.reasonMissing) {
                try await house.perform(.refuse(grounds: " ", standard: ""), on: silent, by: .decider)
            }
            let certificate = CertificateID(house.hall.ids.next())
            try await house.perform(
                .grant(grounds: "符合", certificate: certificate), on: silent, by: .decider)
            let late = try await Self.answers(silent, house)
            #expect(late(.statutoryLimit).verdict == .notMet && late(.promisedLimit).verdict == .notMet)
            #expect(late(.nothingTried).verdict == .look, "a refusal without reasons was tried")
        }
    }
}
