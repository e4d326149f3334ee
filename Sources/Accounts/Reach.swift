package import Vocabulary

/// A part of the city's business that somebody may see: the things whose department, item and place it covers.
///
/// A list asks one statement for each reach, with `column BETWEEN lowerBound AND upperBound` for the three ranges. They
/// compare as bytes do, as both databases and Swift's ASCII strings.
package struct Reach: Hashable, Sendable {
    /// Which places.
    package enum Regions: Hashable, Sendable {
        case anywhere
        /// The place and what lies in it.
        case within(Region)
        /// The place itself, not what lies in it.
        case exactly(Region)

        package func contains(_ region: Region) -> Bool {
            switch self {
            case .anywhere: true
            case .within(let place): place.contains(region)
            case .exactly(let place): place == region
            }
        }
    }

    /// Nil for any.
    package let department: CreditCode?
    /// Nil for any.
    package let items: ItemCodePrefix?
    package let regions: Regions

    init(_ extent: Grant.Extent, regions: Regions) {
        department = extent.department
        items = extent.items
        self.regions = regions
    }

    /// Whether a thing of this scope belongs to it.
    package func covers(_ scope: Scope) -> Bool {
        department.map { $0 == scope.department } ?? true
            && items.map { scope.itemCode.hasPrefix($0.text) } ?? true
            && regions.contains(scope.region)
    }

    /// Whether neither a department nor items bound it.
    package var isOfWholePlace: Bool { department == nil && items == nil }

    /// Whether everything in the place belongs to it.
    package func covers(wholeOf region: Region) -> Bool { isOfWholePlace && regions.contains(region) }

    /// The department's code lies in this range.
    package var departmentRange: ClosedRange<String> {
        department.map { $0.code...$0.code } ?? ""..."~"
    }

    /// The item's catalogue code lies in this range: no code has a character beyond `Z`.
    package var itemRange: ClosedRange<String> {
        items.map { $0.text...($0.text + "~") } ?? ""..."~"
    }

    /// The place's code lies in this range.
    package var regionRange: ClosedRange<String> {
        switch regions {
        case .anywhere: ""..."~"
        case .exactly(let region): region.code...region.code
        case .within(let region): region.codeRange
        }
    }

    /// Whether everything that the other covers is covered by this one.
    func covers(_ other: Reach) -> Bool {
        departmentRange.contains(other.departmentRange) && itemRange.contains(other.itemRange)
            && regionRange.contains(other.regionRange)
    }
}

extension Reach: Comparable {
    package static func < (left: Reach, right: Reach) -> Bool {
        left.order.lexicographicallyPrecedes(right.order)
    }

    private var order: [String] {
        [departmentRange, itemRange, regionRange].flatMap { [$0.lowerBound, $0.upperBound] }
    }
}
