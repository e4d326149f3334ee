package import Store
package import Vocabulary

/// What an order's id is the id of; see `DossierThing`.
package enum OrderThing {}
package typealias OrderID = ID<OrderThing>

/// 督办单: a supervisor's order to a body about one case, answered by a day. It is the fold of its events and changes
/// nothing of the case.
package struct SupervisionOrder: Hashable, Sendable {
    /// How it ended.
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        /// 办结: the body did what was asked.
        case settled
        /// 维持后办结: it did so after its appeal had failed.
        case upheld
        /// 撤销: the order was taken back, by itself or upon an appeal.
        case withdrawn
    }

    /// Where it stands.
    package enum Stage: Hashable, Sendable {
        /// The body is to answer.
        case open
        /// The supervisor is to look at the answer.
        case answered(at: Instant)
        /// The supervisor's office is to rule on the appeal.
        case appealed(at: Instant)
        case closed(Outcome, at: Instant)

        package enum Name: String, Sendable, CaseIterable {
            case open, answered, appealed, closed
        }

        package var name: Name {
            switch self {
            case .open: .open
            case .answered: .answered
            case .appealed: .appealed
            case .closed: .closed
            }
        }
    }

    package let id: OrderID
    package private(set) var sequence: Int
    package let issued: OrderEvent.Issued
    package let issuedAt: Instant
    /// A supervisor, or the platform by rule.
    package let issuer: Actor
    package private(set) var stage = Stage.open
    /// The last day of the answer.
    package private(set) var due: CivilDate
    /// Whether the body has appealed; it may once.
    package private(set) var hasAppealed = false
    /// Whether its appeal failed.
    package private(set) var isUpheld = false
    /// How often it went up since it was due, and when it goes up next; nil when it is at the top.
    package private(set) var escalations = 0
    package private(set) var escalatesOn: CivilDate?

    /// Not answered in time: it stays red until it is answered.
    package var isRed: Bool { stage == .open && escalations > 0 }
    /// To whom it goes, one step after the other: the head of the government there, then of the city.
    package var ladder: [Region] {
        let region = issued.matter.region
        // A province has no city over it.
        return region == region.province || region == region.city ? [region] : [region, region.city]
    }

    init(_ id: OrderID, _ first: OrderEvent, at: Instant, by actor: Actor) throws {
        guard case .issued(let issued, _) = first else {
            throw Fault.corrupt("order \(id) does not begin with its issue")
        }
        (self.id, self.issued, issuedAt, issuer) = (id, issued, at, actor)
        (sequence, due, escalatesOn) = (1, issued.due, issued.due)
    }

    mutating func apply(_ event: OrderEvent, at: Instant) throws {
        sequence += 1
        switch event {
        case .issued: throw Fault.corrupt("order \(id) was issued twice")
        case .answered: stage = .answered(at: at)
        case .accepted: stage = .closed(isUpheld ? .upheld : .settled, at: at)
        case .sentBack(let day, _): reopen(until: day)
        case .appealed:
            hasAppealed = true
            stage = .appealed(at: at)
        case .upheld(let day, _):
            isUpheld = true
            reopen(until: day)
        case .withdrawn: stage = .closed(.withdrawn, at: at)
        case .escalated(let step):
            escalations = step.level
            escalatesOn = step.next
        }
    }

    private mutating func reopen(until day: CivilDate) {
        (stage, due, escalations, escalatesOn) = (.open, day, 0, day)
    }

    /// The fold of all entries of one order; nil when there are none.
    package static func folded(_ id: OrderID, _ entries: [JournalEntry]) throws -> SupervisionOrder? {
        guard let first = entries.first else { return nil }
        var order = try SupervisionOrder(id, OrderEvent(first), at: first.at, by: first.actor)
        for entry in entries.dropFirst() {
            guard entry.sequence == order.sequence + 1 else { throw Fault.corrupt("order \(id) has a gap") }
            try order.apply(OrderEvent(entry), at: entry.at)
        }
        return order
    }

    /// The order as an event leaves it.
    package func after(_ events: [OrderEvent], at now: Instant) throws -> SupervisionOrder {
        var order = self
        for event in events { try order.apply(event, at: now) }
        return order
    }
}
