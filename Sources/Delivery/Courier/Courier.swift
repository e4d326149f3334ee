package import Store
package import Vocabulary

/// A company that carries parcels. One ships: `HTTPCourier`.
package protocol Courier: Sendable {
    /// Orders a parcel and answers its waybill. Asked again under the same key, the carrier orders nothing twice.
    func book(_ order: CourierOrder, key: String) async throws(CourierFailure) -> ParcelBooking

    /// What the carrier answered to this key before; nil when it did not take the order.
    func find(_ key: String) async throws(CourierFailure) -> ParcelBooking?

    /// Takes an order back that nobody has picked up yet.
    func cancel(_ waybill: String, key: String) async throws(CourierFailure)

    /// Mends the address of what could not be delivered.
    func readdress(_ waybill: String, to address: PostalAddress, key: String) async throws(CourierFailure)
}

/// What a carrier is asked to carry.
package struct CourierOrder: Hashable, Sendable {
    package let parcel: ParcelID
    package let direction: ParcelDirection
    package let route: ParcelEvent.Route
    package let pickUp: PickUpWindow?
    /// What the courier collects at the door, in cents.
    package let collectCents: Int

    /// The order of a parcel; nil once its addresses were erased.
    package init?(_ parcel: Parcel) {
        guard let from = parcel.sender, let to = parcel.recipient else { return nil }
        self.parcel = parcel.id
        direction = parcel.ordered.direction
        route = ParcelEvent.Route(from: from, to: to)
        pickUp = parcel.ordered.pickUp
        collectCents = parcel.ordered.price.cents
    }
}

/// Why a carrier did not do what it was asked, in a word that may stand in rows, pages and logs: no address, no name.
package enum CourierFailure: String, Error, Sendable, CaseIterable {
    /// Nobody answered, or somebody said that it cannot be done now. Nothing was taken.
    case unreachable
    /// The order went over, and no answer came back: it may have been taken.
    case unanswered
    /// An answer that means nothing: it may have been taken.
    case garbled
    /// The carrier does not know this house: a setting is wrong.
    case unauthorised
    /// The carrier will never do this: it does not serve the place, or the parcel is picked up already.
    case rejected
    /// No carrier is set any more.
    case noCarrier = "no-carrier"
    /// The addresses were erased.
    case forgotten

    /// Whether another try can help.
    package var isFinal: Bool {
        switch self {
        case .unreachable, .unanswered, .garbled, .unauthorised: false
        case .rejected, .noCarrier, .forgotten: true
        }
    }
}

/// What an effect of the outbox asks of the carrier.
package enum ParcelErrand: String, Sendable, CaseIterable {
    case book, cancel, readdress

    /// `parcel.book`: under which the handler is registered.
    package var kind: String { "parcel.\(rawValue)" }

    /// The effect, in the lane of those who wait for a partner.
    package var effect: Effect { Effect(kind, lane: .world) }
}
