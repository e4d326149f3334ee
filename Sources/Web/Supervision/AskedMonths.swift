import Hummingbird
import Vocabulary

extension Request {
    /// LIMIT: months that are looked at together.
    private static let monthsMax = 120

    /// The months that the address asks for with `from` and `to`; else the last twelve of those in which something was
    /// counted.
    func months(counted: ClosedRange<Month>) -> ClosedRange<Month> {
        let end = counted.upperBound
        let last = Month(asked("to")) ?? Month(asked("from")).map { max($0, end) } ?? end
        let usual = last.advanced(by: -11)
        let first = Month(asked("from")) ?? (last > counted.lowerBound ? max(usual, counted.lowerBound) : usual)
        return max(min(first, last), last.advanced(by: 1 - Self.monthsMax))...last
    }
}

extension ClosedRange<Month> {
    /// The span before this one, as long.
    var before: ClosedRange<Month> {
        let count = lowerBound.through(upperBound).count
        return lowerBound.advanced(by: -count)...upperBound.advanced(by: -count)
    }

    /// The months of a course: all of them, or, of a single one, the year that ends with it.
    var course: ClosedRange<Month> {
        lowerBound < upperBound ? self : upperBound.advanced(by: -11)...upperBound
    }

    /// The months to choose from, the latest first: those in which something was counted, and what is asked for.
    func choices(counted: ClosedRange<Month>?) -> [Month] {
        let counted = counted.map { $0.lowerBound.through($0.upperBound) } ?? []
        let asked = [lowerBound, upperBound].filter { !counted.contains($0) }
        return (counted + Set(asked)).sorted(by: >)
    }
}

extension HTML {
    /// The first and the last month, to choose.
    mutating func monthFields(_ months: ClosedRange<Month>, counted: ClosedRange<Month>?) {
        let options = months.choices(counted: counted).map { Option("\($0)", words.month($0)) }
        for (name, label, month) in [
            ("from", words["stat.from"], months.lowerBound), ("to", words["stat.to"], months.upperBound),
        ] {
            field(Field(name, label, .list(options), answer: Answer("\(month)")).with { $0.isOptional = true })
        }
    }
}
