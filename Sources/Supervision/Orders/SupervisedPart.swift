import Store
import Vocabulary

/// A part of the city's business that somebody supervises: three ranges of codes, compared as bytes.
package struct SupervisedPart: Hashable, Sendable {
    package let bodies: ClosedRange<String>
    package let items: ClosedRange<String>
    package let regions: ClosedRange<String>

    package init(bodies: ClosedRange<String>, items: ClosedRange<String>, regions: ClosedRange<String>) {
        (self.bodies, self.items, self.regions) = (bodies, items, regions)
    }

    package static let everywhere = SupervisedPart(bodies: ""..."~", items: ""..."~", regions: ""..."~")

    /// The condition that a row with these columns lies in it.
    var condition: SQL {
        """
        body BETWEEN \(bodies.lowerBound) AND \(bodies.upperBound)
            AND catalog_code BETWEEN \(items.lowerBound) AND \(items.upperBound)
            AND region BETWEEN \(regions.lowerBound) AND \(regions.upperBound)
        """
    }

    /// Whether a case lies in it.
    package func holds(_ matter: SupervisedCase) -> Bool {
        bodies.contains(matter.body.code) && items.contains(matter.catalogCode) && regions.contains(matter.region.code)
    }
}
