import Vocabulary

/// Bands of working time, in which cases are counted so that a median can be told without their list.
package enum TimeBands {
    /// The most that falls in each band but the last, in parts of a working day: 1, 2 and 4 of its eight hours, then 1,
    /// 2, 3, 5, 7, 10, 15, 20, 30, 45, 60 and 90 days. For ever: other bands are another count.
    package static let tops =
        [1, 2, 4].map { $0 * DayParts.aDay / 8 }
        + [1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90].map { DayParts.of(workingDays: $0) }

    package static let count = tops.count + 1

    /// The band into which a time falls.
    package static func band(of parts: Int) -> Int { tops.firstIndex { parts <= $0 } ?? tops.count }

    /// A time that so many per cent do not exceed.
    package struct Quantile: Hashable, Sendable {
        package let parts: Int
        /// Whether it lies above the last top: then it is at least that.
        package let isBeyond: Bool
    }

    /// The time below which so many per cent lie, as if those of a band were spread evenly over it; nil of nothing.
    package static func quantile(_ percent: Int, of bands: [Int]) -> Quantile? {
        precondition(bands.count == count, "one count a band")
        let all = bands.reduce(0, +)
        guard all > 0 else { return nil }
        var below = 0
        for (band, count) in bands.enumerated() where count > 0 {
            // In hundredths of a case, so that nothing is rounded before the end.
            let wanted = percent * all - below * 100
            if wanted <= count * 100 {
                guard band < tops.count else { return Quantile(parts: tops[tops.count - 1], isBeyond: true) }
                let floor = band == 0 ? 0 : tops[band - 1]
                return Quantile(
                    parts: floor + (tops[band] - floor) * max(wanted, 0) / (count * 100), isBeyond: false)
            }
            below += count
        }
        return nil
    }
}
