package import Store
package import Vocabulary

/// What lanes share: the store, the pages of the journal, the carriers, and what the house says about partners.
package struct LaneHouse: Sendable {
    package typealias Concern = @Sendable (OutgoingEvent) -> Bool
    /// Sends what an event has to say to a subscription, signed with the secrets, and answers what came of it.
    package typealias Carry = @Sendable (OutgoingEvent, Subscription, [[UInt8]]) async -> DeliveryAnswer
    /// Looks after what comes from a link, for as long as this process has it.
    package typealias Attend = @Sendable (Subscription) async throws -> Void

    let store: any Store
    let pages: EventPages
    let carry: Carry
    let attend: Attend
    let time: TimeSource
    let dice: Dice
    let terms: DeliveryTerms
    /// The secret of a subscription in an edition.
    let secret: @Sendable (SubscriptionID, Int) -> [UInt8]
    /// Which events concern a subscription now; nil where its partner may follow none.
    let concern: @Sendable (Subscription) async throws -> Concern?

    /// The carriers: what sends, and what looks after a link.
    package struct Carriers: Sendable {
        let carry: Carry
        let attend: Attend

        package init(carry: @escaping Carry, attend: @escaping Attend) { (self.carry, self.attend) = (carry, attend) }
    }

    /// Whose secrets, and what concerns whom.
    package struct Partners: Sendable {
        let secret: @Sendable (SubscriptionID, Int) -> [UInt8]
        let concern: @Sendable (Subscription) async throws -> Concern?

        package init(
            secret: @escaping @Sendable (SubscriptionID, Int) -> [UInt8],
            concern: @escaping @Sendable (Subscription) async throws -> Concern?
        ) {
            (self.secret, self.concern) = (secret, concern)
        }
    }

    package init(
        store: any Store, pages: EventPages, carriers: Carriers, partners: Partners,
        world: (time: TimeSource, dice: Dice, terms: DeliveryTerms)
    ) {
        (self.store, self.pages) = (store, pages)
        (carry, attend) = (carriers.carry, carriers.attend)
        (secret, concern) = (partners.secret, partners.concern)
        (time, dice, terms) = world
    }
}

/// Delivers one subscription for as long as this process has it.
package struct Lane: Sendable {
    /// How often a lane looks at what does not come by itself: its row, the journal, held events that are due.
    private static let tick = Duration.milliseconds(200)
    /// After how long a cursor that moved is written down.
    private static let saveAfter = Duration.milliseconds(200)
    /// LIMIT: answers after which it is written down at the latest.
    private static let answersMax = 512
    /// How often the row is read again, and the lease kept.
    private static let (readAfter, keepAfter) = (Duration.seconds(2), Duration.seconds(8))

    /// A subscription, how many events are held for it, and the dossiers that wait.
    private typealias Begun = (Subscription, Int, [DossierID])

    private let house: LaneHouse
    private let lease: LaneLease

    /// The lane of a lease.
    package init(_ lease: LaneLease, in house: LaneHouse) {
        (self.lease, self.house) = (lease, house)
    }

    /// Delivers until the task is cancelled, the lease is lost, or the subscription has come to an end. Throws the
    /// store's faults.
    package func run() async throws {
        let id = lease.subscription
        let begun = try await house.store.read { tx -> Begun? in
            guard let standing = try SubscriptionTable.read(id, in: tx) else { return nil }
            let counts = try HeldTable.counts(of: id, in: tx)
            return (standing, counts.waiting + counts.dead, try HeldTable.dossiers(of: id, in: tx))
        }
        guard let (standing, count, dossiers) = begun, standing.state == .active else { return }
        let book = DeliveryBook(at: standing.cursor, held: (count, dossiers), terms: house.terms)
        var round = LaneRound(standing, book, house, lease)
        do {
            try await withThrowingTaskGroup(of: LaneRound.Event.self) { group in
                defer { group.cancelAll() }
                if standing.way.carriesRecords {
                    group.addTask { [house] in
                        try await house.attend(standing)
                        return .attended
                    }
                }
                try await go(&round, &group)
            }
        } catch is LaneLost {
            return
        }
    }

    private func go(
        _ round: inout LaneRound, _ group: inout ThrowingTaskGroup<LaneRound.Event, any Error>
    ) async throws {
        group.addTask { await Self.sleep() }
        while !Task.isCancelled {
            if LaneRound.isDue(&round.readAt, Self.readAfter) { try await round.read() }
            try await round.fill()
            while let parcel = round.book.next() {
                let (carry, standing, secrets) = (house.carry, round.standing, round.secrets)
                group.addTask { .answered(parcel, await carry(parcel.event, standing, secrets)) }
            }
            switch try await group.next() {
            // What was broken off because the house closes says nothing of the receiver.
            case .answered(_, let answer) where Task.isCancelled && !answer.isAccepted: break
            case .answered(let parcel, let answer): round.take(parcel, answer)
            case .ticked: group.addTask { await Self.sleep() }
            case .attended: break
            case nil: return
            }
            if round.answers >= Self.answersMax || LaneRound.isDue(&round.savedAt, Self.saveAfter) {
                try await round.save(keepAfter: Self.keepAfter)
                if round.standing.state != .active { return }
            }
        }
        try await round.save(keepAfter: Self.keepAfter)
    }

    private static func sleep() async -> LaneRound.Event {
        do { try await Task.sleep(for: tick) } catch { return .ticked }
        return .ticked
    }
}
