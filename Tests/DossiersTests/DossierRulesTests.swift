import Catalogue
import Dossiers
import Store
import Testing
import Vocabulary

@Suite struct DossierRulesTests {
    @Test func `a filing online without paper is received at the instant of submission`() throws {
        for mode in [ServiceMode.fullyOnline, .onlineThenCollect] {
            let story = try Story(mode).submit("11-19")
            #expect(story.stage == .received)
            #expect(story.dossier?.receivedAt == Story.at("11-19"))
        }
    }

    @Test func `where originals come first, the receipt is the instant at which they are at the window`() throws {
        let filed = try Story(.preReviewThenCounter).submit("11-19").passPreReview("11-19")
        #expect(filed.dossier?.receivedAt == nil)
        #expect(try filed.receive("11-22").dossier?.receivedAt == Story.at("11-22"))
        #expect(try Story(.nearestWindow).submit("11-19").dossier?.receivedAt == Story.at("11-19"))
        #expect(try Story(.ordinary).submit("11-19").dossier?.receivedAt == Story.at("11-19"))
    }

    @Test func `a way of delivery that the mode does not have is refused`() throws {
        #expect(throws: DossierRefusal.deliveryNotOffered) {
            try Story(.fullyOnline, delivery: .courier).submit("11-19")
        }
    }

    @Test func `a counter mode needs a hall, and an online mode has none`() throws {
        let counter = try Story(.nearestWindow)
        let online = try Story(.fullyOnline).submission()
        let misplaced = Submission(
            terms: online.terms, way: Submission.Way(mode: .nearestWindow, delivery: .counter),
            parties: Submission.Parties(applicant: Story.applicant), numbers: online.numbers,
            contents: Submission.Contents(materials: [], personal: online.personal))
        #expect(throws: DossierRefusal.modeNotForCounter) { try counter.rules.begin(misplaced, at: Story.at("11-19")) }
    }

    @Test func `a pre-review sends back once, and only where paper comes later`() throws {
        let returned = try Story(.preReviewThenCounter).submit("11-19").returnIt("11-19").resubmit("11-20")
        #expect(throws: DossierRefusal.returnedOnce) { try returned.returnIt("11-20") }
        for mode in [ServiceMode.fullyOnline, .onlineThenCollect, .nearestWindow, .ordinary] {
            let story = try Story(mode).submit("11-19")
            #expect(throws: DossierRefusal.noPreReviewInThisMode) { try story.returnIt("11-19") }
            #expect(throws: DossierRefusal.noPreReviewInThisMode) { try story.passPreReview("11-19") }
        }
    }

    @Test func `one working day of silence passes a pre-review`() throws {
        let filed = try Story(.preReviewThenCounter).submit("11-23")
        #expect(try filed.tick("11-26").stage == .preReview)
        #expect(try filed.tick("11-27").stage == .awaitingOriginals)
    }

    @Test func `five working days of silence accept from the receipt`() throws {
        let filed = try Story().submit("2018-09-14")
        #expect(filed.due == "2018-09-21")
        #expect(try filed.tick("2018-09-21").stage == .received)
        let accepted = try filed.tick("2018-09-22")
        #expect(accepted.stage == .inReview)
        #expect(accepted.dossier?.acceptance?.from == Story.at("2018-09-14"))
        #expect(accepted.dossier?.acceptance?.bySilence == true)
    }

    @Test func `on the sixth day a filing is accepted and can no longer be corrected or declined`() throws {
        let filed = try Story().submit("2018-09-14")
        #expect(throws: DossierRefusal.alreadyAccepted) { try filed.requestCorrection("2018-09-25") }
        #expect(throws: DossierRefusal.alreadyAccepted) { try filed.decline("2018-09-25") }
        #expect(throws: DossierRefusal.alreadyAccepted) { try filed.accept("2018-09-25") }
        let reviewed = try filed.review("2018-09-25")
        #expect(reviewed.stage == .reviewed)
        #expect(reviewed.dossier?.acceptance?.bySilence == true)
    }

    @Test func `a correction is asked for once, for everything, and starts the five days again`() throws {
        let corrected = try Story().submit("11-19").requestCorrection("11-20").correct("11-26")
        #expect(corrected.stage == .received)
        #expect(corrected.due == "2018-12-03")
        #expect(throws: DossierRefusal.correctionRequestedOnce) { try corrected.requestCorrection("11-27") }
        #expect(try corrected.tick("12-04").dossier?.acceptance?.from == Story.at("11-26"))
    }

    @Test func `a correction that leaves out something that was named is incomplete`() throws {
        let asked = try Story().submit("11-19").requestCorrection("11-20")
        #expect(throws: DossierRefusal.correctionIncomplete) {
            try asked.perform(.supplyCorrection([HandedIn("form", .paper)]), "11-21", by: .person(Story.applicant))
        }
    }

    @Test func `a correction that never comes lets the filing lapse after its term`() throws {
        let asked = try Story().submit("11-19").requestCorrection("11-20")
        #expect(asked.dossier.flatMap { asked.rules.correctionDue(of: $0)?.day } == "2018-12-11")
        #expect(try asked.tick("12-11").stage == .correctionRequested)
        let lapsed = try asked.tick("12-12")
        #expect(lapsed.dossier?.stage == .ended(.lapsed, at: Story.at("12-12")))
        #expect(throws: DossierRefusal.alreadyEnded) { try asked.correct("12-12") }
    }

    @Test func `a notice names something, and only materials of the guide`() throws {
        let filed = try Story().submit("11-19")
        #expect(throws: DossierRefusal.defectsMissing) {
            try filed.perform(.requestCorrection([], note: "补正"), "11-19", by: Story.clerk)
        }
        #expect(throws: DossierRefusal.unknownMaterial) {
            try filed.perform(
                .requestCorrection([MaterialDefect("portrait", .missing, .overlooked)], note: ""), "11-19",
                by: Story.clerk)
        }
        #expect(throws: DossierRefusal.unknownMaterial) {
            try Story().submit("11-19", materials: [HandedIn("portrait", .paper)])
        }
    }

    @Test func `nothing is accepted while a material is missing`() throws {
        let filed = try Story().submit("11-19", materials: [HandedIn("form", .paper)])
        #expect(filed.dossier?.missingMaterials == ["licence"])
        #expect(throws: DossierRefusal.materialsMissing) { try filed.accept("11-19") }
    }

    @Test func `to decline for want of correction, a correction must have been asked for`() throws {
        let filed = try Story().submit("11-19")
        #expect(throws: DossierRefusal.noCorrectionRequested) { try filed.decline("11-19", .notCorrected) }
        let corrected = try filed.requestCorrection("11-19").correct("11-20")
        #expect(try corrected.decline("11-21", .notCorrected).stage == .ended)
    }

    @Test func `whoever took it in does not decide, and neither does the reviewer`() throws {
        let reviewed = try Story(.nearestWindow).submit("11-19").accept("11-19").review("11-20")
        #expect(throws: DossierRefusal.receiverMayNotDecide) { try reviewed.grant("11-20", by: Story.clerk) }
        #expect(throws: DossierRefusal.reviewerMayNotDecide) { try reviewed.grant("11-20", by: Story.reviewer) }
        #expect(throws: DossierRefusal.reviewerMayNotDecide) {
            try reviewed.perform(.refuse(grounds: "不符合", standard: ""), "11-20", by: Story.reviewer)
        }
        #expect(try reviewed.grant("11-20").stage == .granted)
    }

    @Test func `a decision is taken once`() throws {
        let granted = try Story().submit("11-19").accept("11-19").review("11-20").grant("11-20")
        #expect(throws: DossierRefusal.alreadyDecided) { try granted.grant("11-21") }
        #expect(throws: DossierRefusal.alreadyDecided) { try granted.refuse("11-21") }
        #expect(throws: DossierRefusal.alreadyDecided) {
            try granted.perform(.withdraw(note: ""), "11-21", by: .person(Story.applicant))
        }
    }

    @Test func `a decider who is not content sends the dossier back to the reviewer`() throws {
        let back = try Story().submit("11-19").accept("11-19").review("11-20").sendBack("11-20")
        #expect(back.stage == .inReview)
        #expect(try back.review("11-21").grant("11-21").stage == .granted)
    }

    @Test func `a refusal gives its reasons, and so do the other deeds against an applicant`() throws {
        let reviewed = try Story().submit("11-19").accept("11-19").review("11-20")
        #expect(throws: DossierRefusal.reasonMissing) {
            try reviewed.perform(.refuse(grounds: " \n", standard: ""), "11-20", by: Story.decider)
        }
        #expect(throws: DossierRefusal.reasonMissing) {
            try reviewed.perform(.terminate(note: ""), "11-20", by: Story.decider)
        }
        #expect(throws: DossierRefusal.textTooLong) {
            let long = String(repeating: "字", count: Limits.textCharactersMax + 1)
            return try reviewed.perform(.refuse(grounds: long, standard: ""), "11-20", by: Story.decider)
        }
    }

    @Test func `an item that makes a certificate is granted with one, any other without`() throws {
        let reviewed = try Story().submit("11-19").accept("11-19").review("11-20")
        #expect(throws: DossierRefusal.certificateNeeded) {
            try reviewed.perform(.grant(grounds: "符合", certificate: nil), "11-20", by: Story.decider)
        }
        let plain = try Story(makesCertificate: false).submit("11-19").accept("11-19").review("11-20")
        #expect(throws: DossierRefusal.noCertificateInThisItem) {
            try plain.perform(.grant(grounds: "符合", certificate: Story.certificate), "11-20", by: Story.decider)
        }
        #expect(try plain.grant("11-20").issue("11-20").handOver("11-20").close("11-20").stage == .ended)
    }

    @Test func `nothing is issued before the certificate stands in the library`() throws {
        let granted = try Story().submit("11-19").accept("11-19").review("11-20").grant("11-20")
        #expect(throws: DossierRefusal.certificatePending) { try granted.issue("11-20") }
        #expect(throws: DossierRefusal.noCertificateAwaited) {
            let other = CertificateID(Subject(high: 9, low: 9))
            return try granted.perform(.fileCertificate(other), "11-20", by: .platform)
        }
        #expect(try granted.file("11-20").issue("11-20").stage == .issued)
    }

    @Test func `an electronic certificate is not handed over at a window, and paper not electronically`() throws {
        let electronic = try Story().submit("11-19").accept("11-19").review("11-20").grant("11-20").file("11-20")
            .issue("11-20")
        #expect(throws: DossierRefusal.notForElectronicDelivery) {
            try electronic.perform(.handOver(.pickUpCode, recipient: ""), "11-20", by: Story.issuer)
        }
        let paper = try Story(.nearestWindow).submit("11-19").accept("11-19").review("11-20").grant("11-20")
            .file("11-20")
        #expect(throws: DossierRefusal.pickUpCodeMissing) {
            try paper.perform(.issue(pickUpCode: ""), "11-20", by: .platform)
        }
        #expect(throws: DossierRefusal.notForElectronicDelivery) {
            try paper.issue("11-20").perform(.handOver(.electronic, recipient: ""), "11-20", by: .platform)
        }
    }

    @Test
    func `what goes by courier has no pick-up code, and is handed over at the door, or at a window when it came back`()
        throws
    {
        let issued = try Story(.onlineThenCourier).submit("11-19").accept("11-19").review("11-20").grant("11-20")
            .file("11-20").issue("11-20")
        guard case .issued(_, _, nil) = issued.dossier?.stage else {
            Issue.record("nobody fetches it by a code")
            return
        }
        #expect(try issued.handOver("11-21").stage == .handedOver)
        let back = try issued.perform(.handOver(.identityCard, recipient: ""), "11-21", by: Story.issuer)
        #expect(back.stage == .handedOver)
        #expect(throws: DossierRefusal.notForElectronicDelivery) {
            try issued.perform(.handOver(.electronic, recipient: ""), "11-20", by: .platform)
        }
        // What nobody fetches may go by courier after all.
        let paper = try Story(.nearestWindow).submit("11-19").accept("11-19").review("11-20").grant("11-20")
            .file("11-20").issue("11-20")
        let sent = try paper.perform(.handOver(.courier, recipient: ""), "11-20", by: .platform)
        #expect(sent.stage == .handedOver)
    }

    @Test func `an applicant may withdraw until there is a decision`() throws {
        let reviewed = try Story().submit("11-19").accept("11-19").review("11-20")
        let withdrawn = try reviewed.perform(.withdraw(note: "不再需要"), "11-20", by: .person(Story.applicant))
        #expect(withdrawn.dossier?.stage == .ended(.withdrawn, at: Story.at("11-20")))
    }

    @Test func `each command says which powers allow it`() throws {
        let online = try Story().submission()
        #expect(DossierCommand.submit(online).powers == [.apply])
        #expect(DossierCommand.submit(try Story(.nearestWindow).submission()).powers == [.receive])
        let powers = StateCommandTableTests.commands(.counter).map { ($0.name, $0.command.powers) }
        let expected: [String: [Power]] = [
            "return": [.receive], "resubmit": [.apply, .receive], "pass": [.receive], "receive": [.receive],
            "correct?": [.receive], "supply": [.apply, .receive], "accept": [.receive], "decline": [.receive],
            "review": [.review], "back": [.decide], "grant": [.decide], "refuse": [.decide], "file": [.platform],
            "issue": [.platform], "handOver": [.issue], "close": [.platform], "withdraw": [.apply],
            "terminate": [.decide], "tick": [.platform],
        ]
        for (name, powers) in powers { #expect(expected[name] == powers, "\(name)") }
        #expect(DossierCommand.handOver(.electronic, recipient: "").powers == [.platform])
        #expect(DossierCommand.handOver(.courier, recipient: "").powers == [.platform])
    }

    @Test func `a delivery that the mode does not have is refused`() throws {
        for mode in ServiceMode.all where mode.isOffered {
            for delivery in DeliveryMode.all where delivery.isOffered {
                if mode.allows(delivery) {
                    _ = try Story(mode, delivery: delivery).submit("11-19")
                } else {
                    #expect(throws: DossierRefusal.deliveryNotOffered, "\(mode.id) \(delivery.id)") {
                        try Story(mode, delivery: delivery).submit("11-19")
                    }
                }
            }
        }
        #expect(throws: DossierRefusal.addressMissing) {
            try Story(.onlineThenCourier, delivery: .courier, hasAddress: false).submit("11-19")
        }
        let collected = try Story(.preReviewThenCounter, delivery: .eCertificate).submit("11-19")
        #expect(collected.stage == .preReview)
    }

    @Test func `whoever takes corrections in at a window has received the filing, and may not decide it`() throws {
        let asked = try Story(.ordinary).submit("11-19", materials: [HandedIn("form", .paper)])
            .perform(
                .requestCorrection([MaterialDefect("licence", .missing, .overlooked)], note: ""), "11-20",
                by: Story.clerk)
        let taken = try asked.perform(
            .supplyCorrection([HandedIn("licence", .paper)]), "11-21", by: Story.decider)
        let reviewed = try taken.perform(.accept, "11-21", by: Story.clerk).review("11-22")
        #expect(throws: DossierRefusal.receiverMayNotDecide) {
            try reviewed.perform(.refuse(grounds: "不符合", standard: ""), "11-22", by: Story.decider)
        }
    }
}

extension CivilDate: ExpressibleByStringLiteral {
    /// A whole date in a test.
    public init(stringLiteral value: String) {
        self = Story.day(value)
    }
}
