import Testing
import Vocabulary

@testable import Supervision

@Suite("What follows from figures")
struct FigureRuleTests {
    @Test func `a month knows its days, its neighbours and its name`() throws {
        let month = try #require(Month("2018-02"))
        #expect(month.days == (try #require(CivilDate("2018-02-01")))...(try #require(CivilDate("2018-02-28"))))
        #expect(month.advanced(by: -2).description == "2017-12" && month.advanced(by: 11).description == "2019-01")
        #expect(month.through(try #require(Month("2018-04"))).map(\.description) == ["2018-02", "2018-03", "2018-04"])
        #expect(Month("2018-13") == nil && Month("201802") == nil && Month(year: 2018, number: 0) == nil)
        #expect(month.through(month.advanced(by: -1)).isEmpty)
    }

    @Test func `rates are parts of what they are rates of, and nothing of nothing`() {
        var sums = FigureSums()
        #expect(sums.onTimeRate.basisPoints == nil && sums.actualCompression.basisPoints == nil)
        sums[.decided] = 8
        sums[.onTime] = 7
        sums[.early] = 5
        #expect(sums.onTimeRate.basisPoints == 8750 && sums.earlyRate.basisPoints == 6250)
        // Minhou's 23.48 % form: promised 23.48 of 100 days are a compression of 76.52 %.
        sums[.statutoryParts] = 10_000
        sums[.promisedParts] = 2348
        sums[.takenParts] = 1200
        #expect(sums.promisedCompression.basisPoints == 7652 && sums.actualCompression.basisPoints == 8800)
    }

    @Test func `days on average are told in tenths`() {
        var sums = FigureSums()
        #expect(sums.tenthsOfDays(.takenParts) == nil)
        sums[.limited] = 3
        sums[.takenParts] = 7 * DayParts.aDay
        #expect(sums.tenthsOfDays(.takenParts) == 23)
    }

    @Test func `figures have names of their own, and a list stands behind those that count dossiers`() {
        #expect(Set(CaseFigure.all.map(\.id)).count == CaseFigure.all.count)
        #expect(CaseFigure.all.count { !$0.hasCases } == 8)
        #expect(CaseFigure.named("late")?.day == .decided && CaseFigure.named("none") == nil)
    }
}
