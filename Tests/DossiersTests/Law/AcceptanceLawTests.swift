import Catalogue
import Dossiers
import Testing
import Vocabulary

/// The rules of the law from the filing to its acceptance, by their numbers.
@Suite struct AcceptanceLawTests {
    @Test func `R01 limits of the Licensing Law are working days, without the statutory holidays`() throws {
        // The National Day week of 2018 does not count, its two make-up days do.
        let story = try Story(promised: TimeLimit(20, .workingDays, article: "承诺")).submit("2018-09-25").accept(
            "2018-09-26")
        #expect(story.due == "2018-10-29")
    }

    @Test func `R02 the day of the start is not counted and the last day counts to its end`() throws {
        let filed = try Story().submit("11-19")
        #expect(filed.due == "2018-11-26")
        #expect(try filed.tick("11-26").stage == .received)
        #expect(try filed.tick("11-27").stage == .inReview)
    }

    @Test func `R03 Saturdays on which offices work count, weekends and days off do not`() throws {
        let calendar = try WorkCalendar.shipped()
        #expect(calendar.isWorkingDay("2018-12-29") && !calendar.isWorkingDay("2018-12-31"))
        #expect(!calendar.isWorkingDay("2018-12-22"))
    }

    @Test func `R07 where no licence is needed one says so at once and does not accept`() throws {
        let filed = try Story().submit("11-19")
        let declined = try filed.perform(
            .decline(.notNeeded, authority: "", note: "该事项已取消许可"), "11-19", by: Story.clerk)
        #expect(declined.dossier?.stage == .ended(.declined, at: Story.at("11-19")))
    }

    @Test func `R08 whoever declines for another authority names it`() throws {
        let filed = try Story().submit("11-19")
        for authority in ["", " \n"] {
            #expect(throws: DossierRefusal.rightAuthorityMissing) {
                try filed.perform(
                    .decline(.otherAuthority, authority: authority, note: "不属于本机关职权"), "11-19", by: Story.clerk)
            }
        }
        #expect(try filed.decline("11-19").kinds.last == "declined")
        guard case .declined(_, let authority, _)? = try filed.decline("11-19").events.last else {
            Issue.record("not declined")
            return
        }
        #expect(authority == "福州市教育局")
        let long = String(repeating: "局", count: Limits.textCharactersMax + 1)
        #expect(throws: DossierRefusal.textTooLong) {
            try filed.perform(.decline(.otherAuthority, authority: long, note: "转办"), "11-19", by: Story.clerk)
        }
    }

    @Test func `R09 what can be mended on the spot is mended there, without a notice`() throws {
        let filed = try Story(.nearestWindow).submit("11-19", materials: [HandedIn("form", .paper)])
        let mended = try filed.perform(.mend([HandedIn("licence", .paper)]), "11-19", by: Story.clerk)
        #expect(mended.stage == .received)
        #expect(mended.dossier?.wasCorrected == false)
        #expect(try mended.accept("11-19").stage == .inReview)
        #expect(throws: DossierRefusal.nothingToMend) { try filed.perform(.mend([]), "11-19", by: Story.clerk) }
        #expect(throws: DossierRefusal.unknownMaterial) {
            try filed.perform(.mend([HandedIn("portrait", .paper)]), "11-19", by: Story.clerk)
        }
    }

    @Test func `R10 one notice names everything; a further one only what the correction brought`() throws {
        let corrected = try Story().submit("11-19").requestCorrection("11-20").correct("11-26")
        // The notice named the licence; the form was there from the beginning and may not be named now.
        #expect(throws: DossierRefusal.correctionRequestedOnce) {
            try corrected.perform(
                .requestCorrection([MaterialDefect("form", .incomplete, .overlooked)], note: ""), "11-27",
                by: Story.clerk)
        }
        #expect(throws: DossierRefusal.correctionRequestedOnce) {
            try corrected.perform(
                .requestCorrection(
                    [
                        MaterialDefect("licence", .illegible, .overlooked),
                        MaterialDefect("form", .incomplete, .overlooked),
                    ], note: ""), "11-27",
                by: Story.clerk)
        }
        let again = try corrected.perform(
            .requestCorrection([MaterialDefect("licence", .illegible, .overlooked)], note: ""), "11-27", by: Story.clerk
        )
        #expect(again.stage == .correctionRequested)
    }

    @Test func `R10 on the spot or within five working days, and after each correction five days anew`() throws {
        let corrected = try Story().submit("11-19").requestCorrection("11-26").correct("11-28")
        #expect(corrected.due == "2018-12-05")
    }

    @Test func `R11 silence for five working days accepts from the day of receipt, and the light is red`() throws {
        let silent = try Story().submit("11-19").tick("11-27")
        #expect(silent.dossier?.acceptance?.from == Story.at("11-19"))
        #expect(silent.breaches.contains(.acceptedBySilence))
        #expect(silent.light == .statutory || silent.light == .red)
    }

    @Test func `R12 whoever has handed in everything is accepted`() throws {
        let corrected = try Story().submit("11-19", materials: [HandedIn("form", .paper)])
        #expect(throws: DossierRefusal.materialsMissing) { try corrected.accept("11-20") }
        let complete = try corrected.perform(
            .requestCorrection([MaterialDefect("licence", .missing, .overlooked)], note: ""), "11-20", by: Story.clerk
        ).correct("11-21")
        #expect(try complete.accept("11-21").stage == .inReview)
    }
}
