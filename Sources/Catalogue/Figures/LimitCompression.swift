/// 时限压缩: how much shorter the promises of some items are than the law allows (domain section 4.4). Immediate items
/// promise nought; items without a statutory limit are left out.
package struct LimitCompression: Hashable, Sendable {
    /// Items with a statutory limit, and how many of them are immediate.
    package private(set) var items = 0
    package private(set) var immediate = 0
    private var statutory = 0
    private var promised = 0

    /// Parts of a working day in which limits are added up, so that no fraction is lost: seven calendar days are five
    /// working days, and one of them has 1,440 minutes.
    private static let partsADay = 7 * 1440

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
    package var statutoryDays: Int { (statutory + Self.partsADay / 2) / Self.partsADay }
    package var promisedDays: Int { (promised + Self.partsADay / 2) / Self.partsADay }

    /// (Σ statutory − Σ promised) / Σ statutory in hundredths of a percent, rounded; nil without items.
    package var basisPoints: Int? {
        statutory == 0 ? nil : ((statutory - promised) * 10_000 + statutory / 2) / statutory
    }

    /// Hours and minutes count by the clock, a month has thirty days: no law of the demonstration says otherwise.
    private static func parts(_ limit: GuideLimit) -> Int {
        switch limit.unit {
        case .workingDays: limit.value * partsADay
        case .calendarDays: limit.value * 5 * 1440
        case .hours: limit.value * 5 * 60
        case .minutes: limit.value * 5
        case .months: limit.value * 30 * 5 * 1440
        }
    }
}
