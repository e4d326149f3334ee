import Vocabulary

/// 时限压缩: how much shorter the promises of some items are than the law allows (domain section 4.4). Immediate items
/// promise nought; items without a statutory limit are left out.
package struct LimitCompression: Hashable, Sendable {
    /// Items with a statutory limit, and how many of them are immediate.
    package private(set) var items = 0
    package private(set) var immediate = 0
    /// In `DayParts`.
    private var statutory = 0
    private var promised = 0

    /// Nothing added yet.
    package init() {}

    /// Adds an item.
    package mutating func add(statutory: GuideLimit, promised: GuideLimit) {
        guard statutory.value > 0 else { return }
        items += 1
        if promised.value == 0 { immediate += 1 }
        self.statutory += Self.parts(statutory)
        self.promised += Self.parts(promised)
    }

    /// Adds everything of another.
    package mutating func add(_ other: LimitCompression) {
        items += other.items
        immediate += other.immediate
        statutory += other.statutory
        promised += other.promised
    }

    /// Working days that the laws allow together, to the nearest; and that are promised.
    package var statutoryDays: Int { (statutory + DayParts.aDay / 2) / DayParts.aDay }
    package var promisedDays: Int { (promised + DayParts.aDay / 2) / DayParts.aDay }

    /// (Σ statutory − Σ promised) / Σ statutory in hundredths of a percent, rounded; nil without items.
    package var basisPoints: Int? {
        BasisPoints.of(statutory - promised, in: statutory)
    }

    private static func parts(_ limit: GuideLimit) -> Int {
        switch limit.unit {
        case .workingDays: DayParts.of(workingDays: limit.value)
        case .calendarDays: DayParts.of(calendarDays: limit.value)
        case .hours: DayParts.of(minutes: limit.value * 60)
        case .minutes: DayParts.of(minutes: limit.value)
        case .months: DayParts.of(months: limit.value)
        }
    }
}
