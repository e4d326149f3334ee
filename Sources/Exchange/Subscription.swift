package import Vocabulary

/// What a subscription is the id of; see `DossierThing`.
package enum SubscriptionThing {}
package typealias SubscriptionID = ID<SubscriptionThing>

/// A partner's wish to be told of events where its program listens, or a link over which records go and come.
package struct Subscription: Hashable, Sendable {
    /// LIMIT: subscriptions of one partner.
    package static let perPartnerMax = 5
    /// LIMIT: subscriptions of all partners: each has a lane of its own.
    package static let perHouseMax = 200
    /// For how long the secret before the renewed one signs too.
    package static let overlapSeconds: Int64 = 86_400

    /// How it stands.
    package enum State: String, Sendable, CaseIterable {
        case active
        /// The receiver was down for so long that it is not tried by itself any more. Its cursor stays.
        case asleep
        /// The receiver said that it wants nothing more (410).
        case ended
    }

    package let id: SubscriptionID
    package let partner: PartnerID
    package let address: ReceiverAddress
    package let way: LinkWay
    package let kinds: EventKinds
    package let createdAt: Instant
    /// Which secret counts.
    package let edition: Int
    /// When the secret was renewed last; nil where it never was.
    package let renewedAt: Instant?
    package var state: State
    /// Up to where everything was delivered or is held.
    package var cursor: EventCursor
    /// Tries in a row that did not reach the receiver, and since when.
    package var failures: Int
    package var failingSince: Instant?
    /// Until when the receiver is left alone; nil where it is not.
    package var pausedUntil: Instant?
    /// What came of the last delivery; nil before the first.
    package var last: Last?

    /// What the receiver said last.
    package struct Last: Hashable, Sendable {
        package let at: Instant
        /// One of `DeliveryAnswer.names`.
        package let name: String
        package let status: Int?

        package init(at: Instant, name: String, status: Int?) {
            (self.at, self.name, self.status) = (at, name, status)
        }
    }

    /// A new one, which begins at a cursor.
    package init(
        _ id: SubscriptionID, of partner: PartnerID, to place: (address: ReceiverAddress, way: LinkWay),
        kinds: EventKinds, from start: (cursor: EventCursor, at: Instant)
    ) {
        (self.id, self.partner, self.kinds) = (id, partner, kinds)
        (address, way) = place
        (cursor, createdAt) = start
        (edition, renewedAt, state, failures) = (1, nil, .active, 0)
    }

    /// As a row has it.
    init(
        _ id: SubscriptionID, of partner: PartnerID, to place: (address: ReceiverAddress, way: LinkWay),
        kinds: EventKinds,
        since createdAt: Instant, secret: (edition: Int, renewedAt: Instant?), _ state: State, at cursor: EventCursor,
        failures: Int
    ) {
        (self.id, self.partner, self.kinds) = (id, partner, kinds)
        (address, way) = place
        (self.createdAt, self.state, self.cursor, self.failures) = (createdAt, state, cursor, failures)
        (edition, renewedAt) = secret
    }

    /// The editions of the secret that sign now: the newest, and for a day the one before.
    package func editions(at now: Instant) -> [Int] {
        guard let renewedAt, edition > 1, now < renewedAt.advanced(bySeconds: Self.overlapSeconds) else {
            return [edition]
        }
        return [edition, edition - 1]
    }
}

/// An event that a receiver did not take, or that waits behind one of the same dossier.
package struct HeldEvent: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable {
        /// It is tried again when it is due and nothing of its dossier is before it.
        case waiting
        /// It was tried as often as it may be.
        case dead
        /// Somebody wants a dead one tried once more; it holds up nothing.
        case again
    }

    package let subscription: SubscriptionID
    package let position: Int
    package let dossier: DossierID
    package let event: String
    package let kind: String
    package let tries: Int
    package let state: State
    /// What came of the last try; nil before the first.
    package let last: Subscription.Last?

    /// What never waits by the clock but for those before it.
    static let behind = Instant(milliseconds: .max)
}
