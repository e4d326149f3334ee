import Catalogue
import Dossiers
import Testing
import Vocabulary

/// A notice says of each material why the applicant went wrong.
@Suite struct CorrectionCauseTests {
    private func ask(_ defects: MaterialDefect...) throws -> Story {
        try Story().submit("11-19").perform(.requestCorrection(defects, note: ""), "11-20", by: Story.clerk)
    }

    private func sendBack(_ defect: MaterialDefect) throws -> Story {
        try Story(.preReviewThenCounter).submit("11-19")
            .perform(.returnForPreReview([defect], note: ""), "11-20", by: Story.clerk)
    }

    @Test func `no notice goes out with a correction whose cause nobody gave`() throws {
        let silent = MaterialDefect("licence", .expired, nil)
        #expect(throws: DossierRefusal.causeMissing) { try ask(silent) }
        #expect(throws: DossierRefusal.causeMissing) { try ask(MaterialDefect("form", .missing, .overlooked), silent) }
        #expect(throws: DossierRefusal.causeMissing) { try sendBack(silent) }
        #expect(try sendBack(MaterialDefect("form", .missing, .overlooked)).stage == .preReviewReturned)
    }

    @Test func `another cause is said in a few words`() throws {
        for words in [nil, "", "  "] {
            #expect(throws: DossierRefusal.causeWordsMissing) {
                try ask(MaterialDefect("licence", .illegible, .other, words: words))
            }
        }
        let long = String(repeating: "湿", count: MaterialDefect.wordsCharactersMax + 1)
        #expect(throws: DossierRefusal.textTooLong) {
            try ask(MaterialDefect("licence", .illegible, .other, words: long))
        }
        let asked = try ask(MaterialDefect("licence", .illegible, .other, words: "邮寄时受潮"))
        guard case .correctionRequested(let defects, nil)? = asked.events.last else {
            Issue.record("the notice is the last event")
            return
        }
        #expect(defects.map(\.words) == ["邮寄时受潮"])
    }

    @Test func `the words about a cause name nobody and hold no long number`() throws {
        let story = try Story().submit("11-19")
        let name = try #require(story.dossier?.personal?.applicantName)
        for words in ["\(name)没有看清样表", "电话13800000000说明过", "联系１３８００００００００", "证件350102188501010019"] {
            #expect(throws: DossierRefusal.causeWordsPersonal, "\(words)") {
                try ask(MaterialDefect("licence", .illegible, .overlooked, words: words))
            }
        }
        for words in ["样表为2018-11-19的旧版", "第3页共12页未写明", "一二三四五六七八"] {
            let asked = try ask(MaterialDefect("licence", .illegible, .overlooked, words: words))
            #expect(asked.stage == .correctionRequested, "\(words)")
        }
    }

    @Test func `what is blamed must be there: a material of the case, one of the elements`() throws {
        for place in [GuidePlace.material("portrait", .sample), .element("E99"), .element("E00")] {
            #expect(throws: DossierRefusal.placeNotInGuide, "\(place.code)") {
                try ask(MaterialDefect("licence", .illegible, .guide(place)))
            }
        }
        for place in [GuidePlace.material("form", .copies), .element("E01"), .element("E46"), .field("headcount")] {
            let asked = try ask(MaterialDefect("licence", .illegible, .guide(place)))
            #expect(asked.stage == .correctionRequested, "\(place.code)")
        }
    }

    @Test func `another cause does not make an old defect a new one`() throws {
        let corrected = try ask(MaterialDefect("licence", .expired, .overlooked)).correct("11-26")
        #expect(throws: DossierRefusal.correctionRequestedOnce) {
            try corrected.perform(
                .requestCorrection([MaterialDefect("licence", .expired, .guide(.element("E17")))], note: ""), "11-27",
                by: Story.clerk)
        }
    }

    @Test func `the words can be forgotten: they stand in the personal part alone`() throws {
        let defect = MaterialDefect("licence", .illegible, .other, words: "邮寄时受潮")
        let event = DossierEvent.correctionRequested([defect], nil)
        #expect(!String(decoding: try event.publicPart(), as: UTF8.self).contains("受潮"))
        let personal = try #require(try event.personalPart())
        #expect(String(decoding: personal, as: UTF8.self) == #"{"words":{"licence":"邮寄时受潮"}}"#)
        #expect(
            try DossierEvent.correctionRequested([MaterialDefect("form", .missing, nil)], nil).personalPart() == nil)
    }
}
