import Certificates
import Dossiers
import Hall
import Signing
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct LifeTests {
    @Test(arguments: StoreUnderTest.all)
    func `an application lives its whole life, and its certificate stands in the library`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.granted()
            try await story.settle()
            let dossier = try await story.dossier(id)
            #expect(dossier.stage == .ended(.closed, at: story.hall.time.now(), dossier.decision))
            #expect(dossier.decision?.isGrant == true)
            let held = try await store.read { tx in try CertificateTable.held(by: HallStory.applicant, in: tx) }
            #expect(held.count == 1)
            let line = try #require(held.first)
            #expect(line.isFiled)
            #expect(line.validUntil == CivilDate("2021-11-18"))
            #expect(line.identifier.serial == "35010020180000001")
            let found = try await store.read { tx in try CertificateTable.id(line.identifier, in: tx) }
            #expect(found == line.id)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a certificate of the simulation is signed and verifies as untrusted`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            _ = try await story.granted()
            try await story.settle()
            let certificate = try await store.read { tx in
                try CertificateTable.load(try CertificateTable.held(by: HallStory.applicant, in: tx)[0].id, in: tx)
            }
            let filing = try #require(certificate?.filing)
            #expect(filing.keyID == SimulationSigner.simulationKeyID)
            #expect(filing.signedAt == story.hall.time.now())
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a result on paper waits at the issuing window for its code`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.granted(.nearestWindow, delivery: .counter)
            try await story.settle()
            guard case .issued(_, let certificate, let code) = try await story.dossier(id).stage else {
                Issue.record("the result is not ready")
                return
            }
            #expect(certificate != nil)
            #expect(code?.count == 6)
            try await story.perform(.handOver(.pickUpCode, recipient: "林一"), on: id, by: HallStory.issuer)
            try await story.settle()
            let hasEnded = try await story.dossier(id).hasEnded
            #expect(hasEnded)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the same token does nothing twice and gets the same answer`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let attempt = story.token()
            let submission = try await story.submission()
            let again = try await story.submission()
            let one = try await story.hall.submit(submission, by: .person(HallStory.applicant), attempt: attempt)
            let two = try await story.hall.submit(again, by: .person(HallStory.applicant), attempt: attempt)
            #expect(one == two)
            let accept = story.token()
            let first = try await story.hall.perform(.accept, on: one.dossier, by: HallStory.clerk, attempt: accept)
            let second = try await story.hall.perform(.accept, on: one.dossier, by: HallStory.clerk, attempt: accept)
            #expect(first == second)
            let count = try await store.read { tx in try DossierTable.of(applicant: HallStory.applicant, in: tx).count }
            #expect(count == 1)
            await #expect(throws: TokenRefusal.usedForAnotherCommand) {
                let other = DossierCommand.decline(.notNeeded, authority: "", note: "无需许可")
                return try await story.hall.perform(other, on: one.dossier, by: HallStory.clerk, attempt: accept)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `of two people who act at once on one dossier one wins, and the other is told`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            for _ in 0..<10 {
                let id = try await story.filed()
                let results = await withTaskGroup(of: Result<Outcome, any Error>.self) { group in
                    for command in [DossierCommand.accept, .decline(.notNeeded, authority: "", note: "无需许可")] {
                        group.addTask {
                            do {
                                return .success(try await story.perform(command, on: id, by: HallStory.clerk))
                            } catch {
                                return .failure(error)
                            }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                let refusals = results.compactMap { result -> DossierRefusal? in
                    if case .failure(let error) = result { return error as? DossierRefusal }
                    return nil
                }
                #expect(refusals.count == 1)
                #expect([.alreadyAccepted, .alreadyEnded].contains(refusals.first))
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `two halls on one database see each other's deeds, whatever they remember`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let (one, two) = (try HallStory(store: store), try HallStory(store: store))
            let id = try await one.filed()
            try await two.perform(.accept, on: id, by: HallStory.clerk)
            await #expect(throws: DossierRefusal.alreadyAccepted) {
                try await one.perform(.accept, on: id, by: HallStory.clerk)
            }
            try await one.perform(.passReview(.refuse, opinion: "不符合"), on: id, by: HallStory.reviewer)
            try await two.perform(.refuse(grounds: "不符合第三条", standard: ""), on: id, by: HallStory.decider)
            await #expect(throws: DossierRefusal.alreadyDecided) {
                try await one.perform(.withdraw(note: ""), on: id, by: .person(HallStory.applicant))
            }
        }
    }

    @Test func `nobody does what is not theirs`() async throws {
        try await StoreUnderTest.sqlite.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.filed()
            let stranger = Performer.person(PersonID(Subject(high: 1, low: 99)))
            let attempts: [(DossierCommand, Performer)] = [
                (.accept, .person(HallStory.applicant)), (.accept, HallStory.reviewer), (.withdraw(note: ""), stranger),
                (.withdraw(note: ""), HallStory.clerk), (.tick, HallStory.clerk),
                (.passReview(.grant, opinion: "x"), HallStory.clerk),
                (.refuse(grounds: "x", standard: ""), HallStory.reviewer),
                (.handOver(.pickUpCode, recipient: ""), HallStory.clerk), (.accept, .platform),
                (.issue(pickUpCode: "1"), HallStory.issuer),
            ]
            for (command, performer) in attempts {
                await #expect(throws: PerformerRefusal.notAllowed, "\(command)") {
                    try await story.perform(command, on: id, by: performer)
                }
            }
            let dossier = try await story.dossier(id)
            #expect(dossier.sequence == 2)
        }
    }

    @Test func `a dossier that nobody has is not found`() async throws {
        try await StoreUnderTest.sqlite.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            await #expect(throws: DossierRefusal.notFound) {
                try await story.perform(.accept, on: DossierID(Subject(high: 0, low: 1)), by: HallStory.clerk)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the pulse turns five working days of silence into an acceptance by the platform`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.filed()
            let pulse = Pulse(hall: story.hall)
            let nothing = try await pulse.beat()
            #expect(nothing.woken == 0)
            story.clock.move(days: 8)
            let one = try await pulse.beat()
            #expect(one.woken == 1)
            let history = try await store.read { tx in try DossierTable.history(of: id, in: tx) }
            #expect(history[2].actor == .platform)
            #expect(history[2].event == .accepted(from: history[0].at, bySilence: true))
            let again = try await pulse.beat()
            #expect(again.woken == 0)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a dossier that cannot be read does not hold up those behind it`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let broken = try await story.filed()
            story.clock.move(seconds: 60)
            let behind = try await [story.filed(), story.filed()]
            try await store.write { tx in
                try tx.execute("UPDATE journal SET kind = 'dossier.unheard-of' WHERE subject = \(broken.subject)")
            }
            story.clock.move(days: 8)
            // A process that has not folded them yet.
            let later = try HallStory(store: store, clock: story.clock)
            let pulse = Pulse(hall: later.hall)
            var beat = try await pulse.beat(limit: 1)
            #expect(beat.woken == 0 && beat.failures == 1)
            beat = try await pulse.round()
            #expect(beat.woken == 2)
            #expect(Array(beat.failed.keys) == [broken])
            for id in behind {
                let dossier = try await store.read { tx in try DossierTable.load(id, in: tx) }
                #expect(dossier?.acceptance?.bySilence == true)
            }
            beat = try await pulse.round()
            #expect(beat.woken == 0 && beat.failures == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an effect that two runners hold is done once`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.granted()
            let now = story.hall.time.now()
            let stolen = try await store.write { tx in try Outbox.lease(limit: 1, holder: "one", now: now, in: tx) }
            #expect(stolen.count == 1)
            story.clock.move(seconds: Outbox.leaseSeconds + 1)
            try await story.settle(as: "two")
            let dossier = try await story.dossier(id)
            #expect(dossier.hasEnded)
            let certificates = try await store.read { tx in try CertificateTable.held(by: HallStory.applicant, in: tx) }
            #expect(certificates.count == 1)
            let counts = try await store.read { tx in try Outbox.counts(in: tx) }
            #expect(counts.waiting == 0 && counts.spent == 0)
        }
    }
}
