import Testing

@testable import Web

@Suite struct ChartScaleTests {
    @Test func `a scale ends at the least round number that holds its values`() {
        let tops = [
            (0, 4), (4, 4), (5, 8), (9, 20), (20, 20), (21, 40), (79, 80), (81, 200), (12_800, 20_000),
            (20_001, 40_000), (372_500, 400_000),
        ]
        for (value, top) in tops { #expect(HTML.roundTop(value) == top, "\(value)") }
    }
}
