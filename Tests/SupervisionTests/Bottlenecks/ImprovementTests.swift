import Testing
import Vocabulary

@testable import Supervision

/// What to change first, with answers that are known by hand.
@Suite struct ImprovementTests {
    private static let examination = CaseStep(.examination)

    /// Sums of a step at a body: so many cases, and days of each.
    private func line(
        _ body: String, _ step: CaseStep = examination, cases: Int, wait: Int = 0, work: Int = 0
    ) -> StepLine {
        var sums = StepSums()
        sums[.cases] = cases
        sums[.waitParts] = DayParts.of(workingDays: wait) * cases
        sums[.workParts] = DayParts.of(workingDays: work) * cases
        return StepLine(["000114003011", body], step, sums)
    }

    private func days(_ parts: Int) -> Int { parts / DayParts.aDay }

    @Test func `a wait of five days where the best wait one saves four days of each of twelve cases`() throws {
        let all = [
            line("A", cases: 12, wait: 5), line("B", cases: 10, wait: 1), line("C", cases: 9, wait: 4),
            line("D", cases: 20, wait: 3),
        ]
        let found = ImprovementRule.ranked(all, among: all)
        // 12 × (5 - 1) = 48, 20 × (3 - 1) = 40, 9 × (4 - 1) = 27; at the best body there is nothing to save.
        #expect(found.map(\.body) == ["A", "D", "C"])
        #expect(found.map { days($0.saved) } == [48, 40, 27])
        #expect(found.allSatisfy { $0.cause == .queue && $0.reference?.bodies == ["B"] })
        let first = try #require(found.first)
        #expect(days(first.parts) == 60 && first.cases == 12)
        #expect(days(first.savedAYear(months: 3)) == 192)
    }

    @Test func `the reference is a quarter of the bodies, their cases taken together`() throws {
        let lines = (1...8).map { line("B\($0)", cases: $0 == 2 ? 30 : 10, wait: $0) }
        let reference = try #require(ImprovementRule.reference(.waitParts, among: lines))
        #expect(reference.bodies == ["B1", "B2"])
        #expect(reference.cases == 40 && days(reference.parts) == 70)
        let last = try #require(ImprovementRule.ranked(lines, among: lines).first)
        // 10 cases of 8 days, held against 70 days of 40 cases: 80 - 17.5.
        #expect(last.body == "B8" && last.saved == DayParts.aDay * 125 / 2)
    }

    @Test func `waiting and working are told apart`() {
        let all = [line("A", cases: 10, wait: 2, work: 6), line("B", cases: 10, wait: 1, work: 1)]
        let found = ImprovementRule.ranked(all, among: all)
        #expect(found.map(\.cause) == [.work, .queue])
        #expect(found.map { days($0.saved) } == [50, 10])
    }

    @Test func `nothing is said by few cases, of one body alone, or of what waits for the applicant`() {
        let few = [line("A", cases: 12, wait: 5), line("B", cases: 4, wait: 1)]
        #expect(ImprovementRule.ranked(few, among: few).isEmpty)
        let alone = [line("A", cases: 12, wait: 5)]
        #expect(ImprovementRule.ranked(alone, among: alone).isEmpty)
        for kind in [CaseStep.Kind.correction, .handOver, .originals, .mending, .supplement] {
            let hers = [line("A", CaseStep(kind), cases: 12, wait: 5), line("B", CaseStep(kind), cases: 12, wait: 1)]
            #expect(ImprovementRule.ranked(hers, among: hers).isEmpty, "\(kind)")
        }
    }

    @Test func `a step with a limit of its own is held against the limit alone`() throws {
        var limited = line("A", cases: 10, wait: 5).sums
        limited[.limited] = 8
        limited[.overParts] = DayParts.of(workingDays: 6)
        let own = StepLine(["000114003011", "A"], Self.examination, limited)
        let found = ImprovementRule.ranked([own], among: [own, line("B", cases: 10, wait: 1)])
        let change = try #require(found.first)
        #expect(found.count == 1 && change.cause == .limit && change.cases == 8 && days(change.saved) == 6)
    }

    @Test func `what is done again counts whole, the applicant's time too`() throws {
        var again = line("A", CaseStep(.correction), cases: 10, wait: 3).sums
        again[.againCases] = 2
        again[.againParts] = DayParts.of(workingDays: 7)
        let own = StepLine(["000114003011", "A"], CaseStep(.correction), again)
        let change = try #require(ImprovementRule.ranked([own], among: [own]).first)
        #expect(change.cause == .again && change.cases == 2 && days(change.saved) == 7 && change.reference == nil)
    }

    @Test func `what saves less than a day is not told`() {
        let all = [line("A", cases: 5, wait: 1), line("B", cases: 5, wait: 1)]
        #expect(ImprovementRule.ranked(all, among: all).isEmpty)
    }
}

/// Medians from bands.
@Suite struct TimeBandTests {
    @Test func `a time falls in the first band whose top it does not exceed`() {
        #expect(TimeBands.band(of: 0) == 0)
        for (band, top) in TimeBands.tops.enumerated() {
            #expect(TimeBands.band(of: top) == band)
            #expect(TimeBands.band(of: top + 1) == band + 1)
        }
        #expect(TimeBands.count == 16 && TimeBands.tops == TimeBands.tops.sorted())
    }

    @Test func `a quantile lies in its band, spread evenly`() {
        var bands = [Int](repeating: 0, count: TimeBands.count)
        #expect(TimeBands.quantile(50, of: bands) == nil)
        bands[4] = 10
        // Ten cases between one day and two: the fifth lies in the middle.
        #expect(TimeBands.quantile(50, of: bands) == .init(parts: DayParts.aDay * 3 / 2, isBeyond: false))
        #expect(TimeBands.quantile(90, of: bands) == .init(parts: DayParts.aDay * 19 / 10, isBeyond: false))
        bands[15] = 30
        #expect(TimeBands.quantile(50, of: bands) == .init(parts: DayParts.of(workingDays: 90), isBeyond: true))
        #expect(TimeBands.quantile(25, of: bands) == .init(parts: DayParts.of(workingDays: 2), isBeyond: false))
    }

    @Test func `a median from bands lies in the band of the true one`() throws {
        let dice = Dice.seeded(29)
        for _ in 0..<50 {
            let times = (0..<101).map { _ in Int(dice.roll() % 900_000) }.sorted()
            var bands = [Int](repeating: 0, count: TimeBands.count)
            for time in times { bands[TimeBands.band(of: time)] += 1 }
            for percent in [50, 90] {
                let found = try #require(TimeBands.quantile(percent, of: bands))
                let exact = times[(percent * times.count + 99) / 100 - 1]
                let band = TimeBands.band(of: exact)
                #expect(TimeBands.band(of: found.parts) == min(band, TimeBands.tops.count - 1))
                #expect(found.isBeyond == (band == TimeBands.tops.count))
            }
        }
    }
}
