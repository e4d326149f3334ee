import Certificates
import Dossiers
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct FaultLoopTests {
    /// A whole life whose commands carry tokens of their own, so that a recovery asks for the same again.
    private static func live(_ hall: Hall, _ run: FaultRun) async throws {
        let story = HallFaultStory(hall: hall, run: run)
        let id = try await story.submit()
        try await story.perform(.accept, on: id, by: HallStory.clerk, "accept")
        try await story.perform(.passReview(.grant, opinion: "符合"), on: id, by: HallStory.reviewer, "review")
        let grant = DossierCommand.grant(grounds: "符合", certificate: CertificateID(hall.ids.next()))
        try await story.perform(grant, on: id, by: HallStory.decider, "grant")
        let runner = EffectRunner(hall: hall, holder: "run \(run.number)-\(run.attempt)")
        while try await runner.runOnce(isOrdered: true) > 0 {}
        let waiting = try await hall.store.read { tx in try Outbox.counts(in: tx).waiting }
        if waiting > 0 { throw Fault.unavailable("an effect failed and waits for its next try") }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a whole life recovers from a fault at each of its steps`(_ place: StoreUnderTest) async throws {
        let runs = try await place.faultLoop(HallStory.migrations) { store, run in
            let hall = try HallFaultStory.hall(store, run)
            try await Self.live(hall, run)
        } holds: { store, run in
            let entries = try await store.read { tx in
                try tx.rows("SELECT subject, kind FROM journal ORDER BY subject, sequence LIMIT 100000").map {
                    (try $0.subject(0), try $0.text(1))
                }
            }
            let decisions = Dictionary(grouping: entries.filter { $0.1 == "dossier.granted" }, by: { $0.0 })
            #expect(decisions.values.allSatisfy { $0.count == 1 }, "a dossier is granted once")
            let filed = Dictionary(grouping: entries.filter { $0.1 == "certificate.filed" }, by: { $0.0 })
            #expect(filed.values.allSatisfy { $0.count == 1 }, "a certificate is filed once")
            let filings = entries.filter { $0.1 == "dossier.submitted" }.count
            #expect(filings <= run.number, "a filing that was asked for again is one filing")
        }
        #expect(runs > 50)
    }
}

/// One run's hall and tokens.
struct HallFaultStory: Sendable {
    let hall: Hall
    let run: FaultRun

    static func hall(_ store: any Store, _ run: FaultRun) throws -> Hall {
        try Hall(
            store: store, calendar: try .shipped(),
            world: Hall.World(
                time: TimeSource { run.now }, dice: .seeded(UInt64(run.number) << 8 | UInt64(run.attempt))),
            signers: try SimulationSigners(seed: 7))
    }

    private func attempt(_ what: String) throws -> Attempt {
        Attempt(try #require(CommandToken("fault-loop-run-\(run.number)-\(what)")))
    }

    func submit() async throws -> DossierID {
        let applicant = PersonID(Subject(high: 1, low: UInt64(run.number)))
        let story = try HallStory(store: hall.store)
        let template = try await story.submission(applicant: applicant)
        let submission = Submission(
            terms: template.terms, way: Submission.Way(mode: .fullyOnline, delivery: .eCertificate),
            parties: Submission.Parties(applicant: applicant),
            numbers: try await hall.numbers(for: template.terms.implementationCode),
            contents: Submission.Contents(materials: template.materials, personal: template.personal))
        return try await hall.submit(submission, by: .person(applicant), attempt: try attempt("submit")).dossier
    }

    func perform(
        _ command: DossierCommand, on id: DossierID, by performer: Performer, _ what: String
    ) async throws {
        _ = try await hall.perform(command, on: id, by: performer, attempt: try attempt(what))
    }
}
