import Dossiers
import Testing
import Vocabulary

/// What may follow an acceptance, and what may follow a decision.
@Suite struct AfterwardsLawTests {
    private static let tolerant = ProcedureTerms(tolerable: ["licence"])
    private static let committing = ProcedureTerms(
        commitment: ProcedureTerms.CommitmentTerms(materials: ["licence"], verifyWithin: WorkingDays(20)))

    private func filed(_ materials: [String]) throws -> Story {
        try Story(procedure: Self.tolerant).submit("11-19", materials: materials.map { HandedIn($0, .paper) })
    }

    @Test func `key materials complete, listed others may follow by a day inside the promise`() throws {
        let tolerated = try filed(["form"]).tolerate(["licence"], days: 3, "11-20")
        #expect(tolerated.stage == .inReview)
        #expect(tolerated.dossier.flatMap(tolerated.rules.toleranceDue)?.day == "2018-11-23")
        #expect(throws: DossierRefusal.keyMaterialMissing) {
            try filed(["licence"]).tolerate(["licence"], days: 3, "11-20")
        }
        #expect(throws: DossierRefusal.nothingMayFollow) { try filed(["licence"]).tolerate(["form"], days: 3, "11-20") }
        #expect(throws: DossierRefusal.nothingMayFollow) { try filed(["form"]).tolerate([], days: 3, "11-20") }
        for days in [0, 5] {
            #expect(throws: DossierRefusal.toleranceTooLong) {
                try filed(["form"]).tolerate(["licence"], days: days, "11-20")
            }
        }
        #expect(throws: DossierRefusal.undertakingMissing) {
            try filed(["form"]).perform(
                .tolerance(.accept(lagging: ["licence"], days: 3, undertaking: .files([]))), "11-20", by: Story.clerk)
        }
        #expect(throws: DossierRefusal.alreadyAccepted) { try tolerated.tolerate(["licence"], days: 1, "11-21") }
    }

    @Test func `the result is released only when everything is there`() throws {
        let granted = try filed(["form"]).tolerate(["licence"], days: 4, "11-20").review("11-21").grant("11-21")
            .file("11-21")
        #expect(granted.dossier?.awaitsIssue == false)
        #expect(throws: DossierRefusal.materialsStillLag) { try granted.issue("11-21") }
        let complete = try granted.supply("licence", "11-22")
        #expect(complete.dossier?.awaitsIssue == true)
        #expect(try complete.issue("11-22").stage == .issued)
        #expect(throws: DossierRefusal.nothingMayFollow) { try complete.supply("licence", "11-22") }
        #expect(throws: DossierRefusal.nothingMayFollow) { try granted.supply("form", "11-22") }
    }

    @Test func `what does not follow in time ends the handling by itself`() throws {
        let tolerated = try filed(["form"]).tolerate(["licence"], days: 3, "11-20")
        #expect(try tolerated.tick("11-23").stage == .inReview)
        let lapsed = try tolerated.tick("11-24")
        #expect(lapsed.dossier?.stage == .ended(.toleranceLapsed, at: Story.at("11-24")))
        let granted = try tolerated.review("11-21").grant("11-21").tick("11-24")
        #expect(granted.stage == .ended)
    }

    @Test func `a commitment is decided at once and verified afterwards by two`() throws {
        let committed = try Story(procedure: Self.committing).submit(
            "11-19", materials: [HandedIn("form", .paper)], isCommitted: true
        ).accept("11-19")
        let granted = try committed.grant("11-19")
        #expect(granted.stage == .granted)
        #expect(granted.dossier.flatMap(granted.rules.verificationDue)?.day == "2018-12-17")
        #expect(throws: DossierRefusal.twoStaffNeeded) {
            try granted.verify(isKept: true, "11-26", staff: [Story.two[0]])
        }
        let kept = try granted.verify(isKept: true, "11-26")
        #expect(kept.dossier?.proceedings.verification == .kept(Story.at("11-26")))
        #expect(throws: DossierRefusal.nothingToVerify) { try kept.verify(isKept: true, "11-27") }
        #expect(throws: DossierRefusal.noCommitmentOffered) { try Story().submit("11-19", isCommitted: true) }
        // Without the commitment nothing is decided unexamined.
        #expect(throws: DossierRefusal.notReviewed) { try Story.examined(Self.committing).grant("11-21") }
    }

    @Test func `a verification is announced: by two, at a place, on a working day before its time is over`() throws {
        let granted = try Story(procedure: Self.committing).submit(
            "11-19", materials: [HandedIn("form", .paper)], isCommitted: true
        ).accept("11-19").grant("11-19")
        func announce(_ day: String, _ place: String = "经营场所", staff: [StaffID] = Story.two) throws -> Story {
            try granted.perform(
                .commitment(
                    .announce(Verification.Visit(day: Story.day(day), minute: 570, place: place, staff: staff))),
                "11-20", by: Story.reviewer)
        }
        #expect(throws: DossierRefusal.twoStaffNeeded) { try announce("11-28", staff: [Story.two[0], Story.two[0]]) }
        #expect(throws: DossierRefusal.placeMissing) { try announce("11-28", " ") }
        #expect(throws: DossierRefusal.dateInThePast) { try announce("11-20") }
        #expect(throws: DossierRefusal.visitNotOnWorkingDay) { try announce("12-01") }
        #expect(throws: DossierRefusal.visitTooLate) { try announce("12-18") }
        let announced = try announce("12-17")
        #expect(announced.dossier?.proceedings.visit?.day == "2018-12-17")
        #expect(announced.dossier?.proceedings.verification == .due)
        let kept = try announced.verify(isKept: true, "12-17")
        #expect(throws: DossierRefusal.nothingToVerify) {
            try kept.perform(
                .commitment(
                    .announce(Verification.Visit(day: Story.day("12-20"), minute: 570, place: "x", staff: Story.two))),
                "12-18", by: Story.reviewer)
        }
    }

    @Test func `a false commitment undoes the grant, also of a dossier that is closed`() throws {
        let closed = try Story(delivery: .eCertificate, procedure: Self.committing).submit(
            "11-19", materials: [HandedIn("form", .paper)], isCommitted: true
        ).accept("11-19").grant("11-19").file("11-19").issue("11-19").handOver("11-19").close("11-19")
        let broken = try closed.verify(isKept: false, "11-26")
        #expect(broken.dossier?.proceedings.licenceEnds == [.revoked(.falseCommitment)])
        #expect(broken.kinds.suffix(2) == ["commitment-verified", "licence-ended"])
        let late = try closed.tick("12-18")
        #expect(late.breaches == [.verificationPassed])
    }

    @Test func `R30 a grant is revoked on the grounds of article 69, not where the public would be gravely harmed`()
        throws
    {
        let granted = try Story.examined().review("11-21").grant("11-21")
        for ground in LicenceEnd.RevocationGround.allCases {
            let revoked = try granted.endLicence(.revoked(ground), "11-26")
            #expect(revoked.dossier?.proceedings.licenceEnds == [.revoked(ground)])
        }
        #expect(throws: DossierRefusal.publicInterest) {
            try granted.endLicence(.revoked(.abuse), "11-26", spares: false)
        }
        #expect(throws: DossierRefusal.notGranted) { try Story.examined().endLicence(.revoked(.fraud), "11-26") }
        #expect(throws: DossierRefusal.notGranted) {
            try Story.examined().review("11-21").refuse("11-21").endLicence(.revoked(.fraud), "11-26")
        }
        #expect(throws: DossierRefusal.reasonMissing) {
            try granted.perform(
                .licence(.end(.revoked(.fraud), sparesPublicInterest: true, note: "")), "11-26", by: Story.decider)
        }
    }

    @Test func `R31 a licence is struck off on the grounds of article 70, also after its revocation, and once`() throws
    {
        let granted = try Story.examined().review("11-21").grant("11-21")
        for ground in LicenceEnd.CancellationGround.allCases {
            #expect(try granted.endLicence(.cancelled(ground), "11-26").dossier?.proceedings.licenceEnds.count == 1)
        }
        let both = try granted.endLicence(.revoked(.fraud), "11-26").endLicence(
            .cancelled(.revokedOrForfeited), "11-27")
        #expect(both.dossier?.proceedings.licenceEnds.map(\.kind) == [.revoked, .cancelled])
        #expect(throws: DossierRefusal.licenceEnded) { try both.endLicence(.cancelled(.expired), "11-28") }
        #expect(throws: DossierRefusal.licenceEnded) {
            try granted.endLicence(.recalled(.lawChanged), "11-26").endLicence(.revoked(.fraud), "11-27")
        }
        #expect(LicenceEnd(.cancelled, ground: "fraud") == nil && LicenceEnd.cancelled(.expired).article == 70)
    }
}
