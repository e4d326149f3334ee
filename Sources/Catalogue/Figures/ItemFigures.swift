package import Vocabulary

/// 事项统计: what some implementations of items come to: trips, stars, immediate items, how much shorter the promises
/// are than the law (domain sections 3.2, 3.3 and 4.4).
package struct ItemFigures: Hashable, Sendable {
    /// What one implementation adds.
    package struct One: Hashable, Sendable {
        /// The item's name on the web: what bodies share of it is the same for all of them.
        package let slug: String
        package let region: Region
        package let department: String
        /// The least trips among the modes that this installation offers; nil when it offers none.
        let trips: Int?
        /// 1 to 5, by the best online mode.
        let star: Int
        let statutory: GuideLimit
        let promised: GuideLimit

        init(_ line: ItemLine) {
            (slug, region, department) = (line.slug, line.region, line.department)
            (trips, star) = (line.leastTripsOffered, CatalogueRules.star(of: line.modes))
            (statutory, promised) = (line.statutory, line.promised)
        }
    }

    package private(set) var implementations = 0
    /// 一趟不用跑 and 最多跑一趟; the first are among the second.
    package private(set) var zeroTrip = 0
    package private(set) var atMostOneTrip = 0
    /// Those that no mode of this installation serves yet.
    package private(set) var withoutMode = 0
    /// 即办件: those that promise to decide on the spot.
    package private(set) var immediate = 0
    /// How many have one star, two, …, five.
    package private(set) var stars = [0, 0, 0, 0, 0]
    package private(set) var compression = LimitCompression()

    /// Nothing counted yet.
    package init() {}

    /// Those that take two trips or more.
    package var moreTrips: Int { implementations - atMostOneTrip - withoutMode }

    /// Counts one.
    mutating func add(_ one: One) {
        implementations += 1
        if one.trips == 0 { zeroTrip += 1 }
        if let trips = one.trips, trips <= 1 { atMostOneTrip += 1 }
        if one.trips == nil { withoutMode += 1 }
        if one.promised.value == 0 { immediate += 1 }
        stars[min(max(one.star, 1), stars.count) - 1] += 1
        compression.add(statutory: one.statutory, promised: one.promised)
    }
}
