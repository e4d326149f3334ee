/// How one application travels, and how often somebody must come for it: the one formula of trips (domain section 3.2),
/// for guides, planners and figures alike.
package struct Journey: Hashable, Sendable {
    /// Where it is made.
    package let submission: ServiceMode.Submission
    /// How originals on paper come.
    package let originals: ServiceMode.Originals
    /// Who carries the result.
    package let carrier: DeliveryMode.Carrier
    /// 即办件: decided while the applicant waits.
    package let isImmediate: Bool

    package init(
        _ submission: ServiceMode.Submission, originals: ServiceMode.Originals, carrier: DeliveryMode.Carrier,
        isImmediate: Bool
    ) {
        (self.submission, self.originals) = (submission, originals)
        (self.carrier, self.isImmediate) = (carrier, isImmediate)
    }

    /// Whether somebody comes to apply or to hand originals in.
    package var hasIntakeVisit: Bool { submission == .counter || originals == .counter }

    /// Whether somebody comes for the result or with originals to compare.
    package var hasPickUpVisit: Bool { carrier == .hall || originals == .verifiedAtPickUp }

    /// Whether the result is handed over on the spot, so that both visits are one.
    package var isOneVisit: Bool { hasIntakeVisit && isImmediate && carrier == .hall }

    /// Visits to a hall, 0...2.
    package var trips: Int { (hasIntakeVisit ? 1 : 0) + (hasPickUpVisit ? 1 : 0) - (isOneVisit ? 1 : 0) }
}

extension ServiceMode {
    /// The trips when the result travels this way.
    package func trips(by delivery: DeliveryMode, isImmediate: Bool) -> Int {
        Journey(submission, originals: originals, carrier: delivery.carrier, isImmediate: isImmediate).trips
    }

    /// The least trips that the mode takes, over the ways in which its result can travel: what a guide promises.
    package var trips: Int {
        let ways = DeliveryMode.all.filter(allows)
        guard let least = ways.map({ trips(by: $0, isImmediate: false) }).min() else {
            preconditionFailure("every mode delivers by some way")
        }
        return least
    }
}
