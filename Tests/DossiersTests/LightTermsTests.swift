import Dossiers
import Testing
import Vocabulary

/// From when lights are yellow (domain section 4.3).
@Suite struct LightTermsTests {
    private static let item = "000114111003"
    private static let today = Story.day("11-19")

    private func terms(_ left: Int, _ day: Int = 50) -> LightTerms { LightTerms(leftPercent: left, dayPercent: day) }

    private func edition(_ number: Int, _ item: String?, _ from: String, _ terms: LightTerms) -> LightEdition {
        LightEdition(number: number, item: item, from: Story.day(from), terms: terms)
    }

    @Test func `an item's own terms go before those for all, and of either the latest that began`() {
        let book = LightBook(editions: [
            edition(1, nil, "11-20", terms(30)), edition(2, Self.item, "11-22", terms(40)),
            edition(3, nil, "11-23", terms(50)), edition(4, Self.item, "11-22", terms(45)),
        ])
        #expect(book.terms(of: Self.item, from: Story.day("11-19")) == .usual)
        #expect(book.terms(of: Self.item, from: Story.day("11-21")) == terms(30))
        #expect(book.terms(of: Self.item, from: Story.day("11-22")) == terms(45), "the later of two for one day")
        #expect(book.terms(of: Self.item, from: Story.day("12-31")) == terms(45))
        #expect(book.terms(of: "000131901000", from: Story.day("12-31")) == terms(50))
    }

    @Test func `what is laid down begins tomorrow at the earliest, within a year, between one and ninety per cent`() {
        let (book, today) = (LightBook.usual, Self.today)
        for percent in [0, 91] {
            #expect(throws: LightRefusal.percentUnfit) {
                try book.next(terms(percent), for: nil, from: Story.day("11-20"), today: today)
            }
            #expect(throws: LightRefusal.percentUnfit) {
                try book.next(terms(20, percent), for: nil, from: Story.day("11-20"), today: today)
            }
        }
        #expect(throws: LightRefusal.beginsTooSoon) { try book.next(terms(20), for: nil, from: today, today: today) }
        #expect(throws: LightRefusal.beginsTooLate) {
            try book.next(terms(20), for: nil, from: Story.day("2019-11-20"), today: today)
        }
        let full = LightBook(editions: [edition(LightBook.editionsMax, nil, "11-20", .usual)])
        #expect(throws: LightRefusal.tooMany) {
            try full.next(terms(20), for: nil, from: Story.day("11-20"), today: today)
        }
    }

    @Test func `a promise goes by the terms of the day from which it runs, whatever is laid down later`() throws {
        let promise = TimeLimit(10, .workingDays, article: "承诺")
        // Accepted on 20 November and promised by 4 December: a fifth is two days, half is five.
        let usual = try Story(promised: promise).submit("11-19").accept("11-20")
        #expect(try usual.tick("11-30").light == .green)
        #expect(try usual.tick("12-03").light == .yellow)
        let half = LightBook(editions: [edition(1, nil, "11-20", terms(50))])
        let early = try Story(promised: promise, lights: half).submit("11-19").accept("11-20")
        #expect(try early.tick("11-27").light == .green)
        #expect(try early.tick("11-28").light == .yellow)
        let later = LightBook(editions: [edition(1, nil, "11-21", terms(50))])
        let before = try Story(promised: promise, lights: later).submit("11-19").accept("11-20")
        #expect(try before.tick("11-30").light == .green)
    }

    @Test func `what is promised at once is yellow when its share of the office day is gone, and red at its end`()
        throws
    {
        let atOnce = TimeLimit(0, .workingDays, article: "即办")
        // From nine to half past eleven and from two to five, as offices work: halfway is at one.
        for (percent, yellow) in [(50, 13), (25, 11), (75, 15)] {
            let book = LightBook(editions: [edition(1, Self.item, "11-19", terms(20, percent))])
            let story = try Story(promised: atOnce, lights: book).submit("11-20").accept("11-20")
            let at = { (hour: Int) in Instant(Story.day("11-20"), hour: hour) }
            #expect(try story.perform(.tick, at: at(yellow - 1), by: .platform).light == .green, "\(percent)")
            #expect(try story.perform(.tick, at: at(yellow), by: .platform).light == .yellow, "\(percent)")
            #expect(try story.perform(.tick, at: Instant(Story.day("11-21"), hour: 8), by: .platform).light == .red)
        }
    }
}
