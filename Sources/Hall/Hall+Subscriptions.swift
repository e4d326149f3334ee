package import Accounts
import Dossiers
package import Exchange
import Store
package import Vocabulary

/// Partners who are told of what happens where their programs listen.
extension Hall {
    /// A new subscription of a partner, from a cursor on, or from now. Refuses a partner without the scope, an address
    /// that leads to where it must not, one that it has, one too many, and a cursor beyond the end.
    package func subscribe(
        _ guest: PartnerGuest, to address: String, kinds: EventKinds, from cursor: EventCursor?
    ) async throws -> Subscription {
        try guest.require(.events)
        let receiver = try ReceiverAddress(address, mayBeHere: deliversHere)
        let (id, stamp) = (SubscriptionID(ids.next()), stamp(of: guest.actor))
        return try await store.write { tx in
            let size = try SealedLog.size(in: tx)
            guard cursor?.next ?? size <= size else { throw ExchangeRefusal.cursorAhead }
            let subscription = Subscription(
                id, of: guest.partner.id, to: (receiver, .webhook), kinds: kinds,
                from: (cursor ?? EventCursor(next: size), stamp.now))
            try SubscriptionTable.add(subscription, stamp: stamp, in: tx)
            return subscription
        }
    }

    /// The subscriptions of a partner, the oldest first.
    package func subscriptions(of guest: PartnerGuest) async throws -> [Subscription] {
        try guest.require(.events)
        return try await store.read { tx in try SubscriptionTable.of(guest.partner.id, in: tx) }
    }

    /// A subscription of a partner. Refuses another's as one that there is not.
    package func subscription(_ id: SubscriptionID, of guest: PartnerGuest) async throws -> Subscription {
        try guest.require(.events)
        return try await store.read { tx in try own(id, of: guest, in: tx) }
    }

    /// Takes a subscription away with all that is held for it.
    package func unsubscribe(_ id: SubscriptionID, of guest: PartnerGuest) async throws {
        try guest.require(.events)
        let stamp = stamp(of: guest.actor)
        try await store.write { tx in
            try SubscriptionTable.remove(try own(id, of: guest, in: tx), stamp: stamp, in: tx)
        }
    }

    /// Gives a subscription its next secret; the one before signs too for a day.
    package func renewSecret(of id: SubscriptionID, of guest: PartnerGuest) async throws -> Subscription {
        try guest.require(.events)
        let stamp = stamp(of: guest.actor)
        return try await store.write { tx in
            try SubscriptionTable.renew(try own(id, of: guest, in: tx), stamp: stamp, in: tx)
        }
    }

    /// What came of sending an event that says nothing.
    package struct Ping: Sendable {
        package let event: String
        package let answer: DeliveryAnswer
        package let milliseconds: Int
    }

    /// Sends a receiver an event that says nothing. One that takes it is left alone no longer. Refuses a subscription
    /// that ended, and all where nothing is sent.
    package func ping(_ id: SubscriptionID, of guest: PartnerGuest, key: AccountKey) async throws -> Ping {
        let subscription = try await subscription(id, of: guest)
        guard let postman else { throw ExchangeRefusal.noPost }
        guard subscription.state != .ended else { throw ExchangeRefusal.ended }
        let (now, event) = (time.now(), "ping_\(ids.next())")
        let secrets = subscription.editions(at: now).map { key.subscriptionSecret(of: id.subject, edition: $0) }
        let body = CanonicalJSON.bytes(
            writing: .record(["at": .text("\(now)"), "id": .text(event), "kind": .text("exchange.ping")]))
        let begun = ContinuousClock.now
        let answer = await postman.post(body, id: event, to: subscription.address, secrets: secrets)
        let milliseconds = Int((ContinuousClock.now - begun) / .milliseconds(1))
        if answer.isAccepted, subscription.pausedUntil != nil || subscription.state == .asleep {
            try await wake(id, by: guest.actor)
        }
        return Ping(event: event, answer: answer, milliseconds: milliseconds)
    }

    private func own(_ id: SubscriptionID, of guest: PartnerGuest, in tx: Transaction) throws -> Subscription {
        guard let subscription = try SubscriptionTable.read(id, in: tx), subscription.partner == guest.partner.id else {
            throw ExchangeRefusal.notFound
        }
        return subscription
    }
}

/// The same for those who look after it.
extension Hall {
    /// A subscription with what is to be known of it.
    package struct SubscriptionStanding: Sendable {
        package let subscription: Subscription
        package let partner: String
        /// Entries of the journal that are still to be read, and when the first of them happened.
        package let behind: Int
        package let since: Instant?
        package let held: (waiting: Int, dead: Int)
    }

    /// All subscriptions, the oldest first.
    package func subscriptions() async throws -> [SubscriptionStanding] {
        try await store.read { tx in
            let size = try SealedLog.size(in: tx)
            return try SubscriptionTable.all(in: tx).map { subscription in
                let next = subscription.cursor.next
                return SubscriptionStanding(
                    subscription: subscription,
                    partner: try PartnerTable.partner(subscription.partner, in: tx)?.name ?? "",
                    behind: max(0, size - next), since: try SealedLog.instant(at: next, in: tx),
                    held: try HeldTable.counts(of: subscription.id, in: tx))
            }
        }
    }

    /// An event that a receiver did not take, and the number of the dossier that it is about.
    package struct DeadLetter: Sendable {
        package let held: HeldEvent
        package let number: String
    }

    /// One page of the dead letters of a subscription, in the order of the journal.
    package func deadLetters(of id: SubscriptionID, after position: Int = -1) async throws -> [DeadLetter] {
        try await store.read { tx in
            let letters = try HeldTable.dead(of: id, after: position, in: tx)
            let facts = try DossierTable.facts(of: Set(letters.map(\.dossier)).sorted(), in: tx)
            return letters.map { DeadLetter(held: $0, number: facts[$0.dossier]?.number ?? "") }
        }
    }

    /// Lets a receiver be tried at once.
    package func wake(_ id: SubscriptionID, by actor: Actor) async throws {
        let stamp = stamp(of: actor)
        try await store.write { tx in
            guard try SubscriptionTable.read(id, in: tx) != nil else { throw ExchangeRefusal.notFound }
            try SubscriptionTable.wake(id, stamp: stamp, in: tx)
        }
    }

    /// Lets a dead letter be tried once more.
    package func redeliver(_ position: Int, of id: SubscriptionID, by actor: Actor) async throws {
        let stamp = stamp(of: actor)
        try await store.write { tx in try HeldTable.again(id, position, stamp: stamp, in: tx) }
    }

    /// The lanes of this house, whose secrets follow from the key; nil where nothing is sent.
    package func lanes(key: AccountKey, terms: DeliveryTerms = .usual) -> LaneHouse? {
        guard let postman else { return nil }
        return LaneHouse(
            store: store, pages: events,
            carriers: LaneHouse.Carriers(
                carry: { await carry($0, to: $1, $2, (key, postman)) },
                attend: { try await attend($0, key: key) }),
            partners: LaneHouse.Partners(
                secret: { key.subscriptionSecret(of: $0.subject, edition: $1) },
                concern: { try await concern(of: $0) }),
            world: (time, dice, terms))
    }
}
