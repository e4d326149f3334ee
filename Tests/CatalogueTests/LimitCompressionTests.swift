import Testing
import Vocabulary

@testable import Catalogue

/// 时限压缩, by the published example of a municipal bureau: 96 items, 2,042 working days by law, 237 promised.
@Suite struct LimitCompressionTests {
    private static func limit(_ value: Int, _ unit: TimeUnit = .workingDays) -> GuideLimit {
        GuideLimit(
            value: value, unit: unit, startsAt: .acceptance, basis: nil, extension: nil, source: .demonstration)
    }

    @Test func `96 items whose limits sum to 2,042 and 237 days are compressed by 88.39 per cent`() {
        var sum = LimitCompression()
        // 85 immediate items: 40 of 20 working days, 45 of 28 calendar days, which are 20 working days as well.
        for number in 0..<85 {
            let statutory = number < 40 ? Self.limit(20) : Self.limit(28, .calendarDays)
            sum.add(statutory: statutory, promised: Self.limit(0, statutory.unit))
        }
        // Eleven others: 342 working days by law, 237 promised.
        for _ in 0..<10 { sum.add(statutory: Self.limit(31), promised: Self.limit(22)) }
        sum.add(statutory: Self.limit(32), promised: Self.limit(17))
        #expect(sum.items == 96 && sum.immediate == 85)
        #expect(sum.statutoryDays == 2042 && sum.promisedDays == 237)
        #expect(sum.basisPoints == 8839)
    }

    @Test func `units are brought together, and what has no statutory limit is left out`() {
        var sum = LimitCompression()
        sum.add(statutory: Self.limit(0), promised: Self.limit(0))
        #expect(sum.items == 0 && sum.basisPoints == nil)
        sum.add(statutory: Self.limit(7, .calendarDays), promised: Self.limit(84, .hours))
        #expect(sum.statutoryDays == 5 && sum.basisPoints == 5000)
        var months = LimitCompression()
        months.add(statutory: Self.limit(7, .months), promised: Self.limit(75))
        #expect(months.statutoryDays == 150 && months.basisPoints == 5000)
        sum.add(months)
        #expect(sum.items == 2 && sum.statutoryDays == 155)
    }

    @Test func `an item's own figure is the sum's of one`() {
        var one = LimitCompression()
        one.add(statutory: Self.limit(15), promised: Self.limit(4))
        #expect(one.basisPoints == 7333)
    }
}
