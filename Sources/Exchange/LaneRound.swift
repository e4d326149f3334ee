import Store
import Vocabulary

/// What a lane knows between two of its steps.
struct LaneRound {
    enum Event: Sendable {
        case answered(DeliveryBook.Parcel, DeliveryAnswer)
        case ticked
        /// Nobody looks after what comes any more.
        case attended
    }

    /// How often it is asked anew what concerns the partner.
    private static let concernAfter = Duration.seconds(5)
    /// How often held events that are due are looked for.
    private static let dueAfter = Duration.milliseconds(500)
    /// LIMIT: pages of the journal that are read before the lane looks around again.
    private static let pagesMax = 16

    private let house: LaneHouse
    private let lease: LaneLease
    private(set) var standing: Subscription
    var book: DeliveryBook
    private(set) var secrets: [[UInt8]] = []
    /// Answers since it was written down.
    private(set) var answers = 0
    var readAt: ContinuousClock.Instant?
    var savedAt: ContinuousClock.Instant? = ContinuousClock.now
    private var keptAt = ContinuousClock.now
    private var (concernAt, dueAt): (ContinuousClock.Instant?, ContinuousClock.Instant?)
    private var concern: LaneHouse.Concern?
    private var saved: Subscription

    init(_ standing: Subscription, _ book: DeliveryBook, _ house: LaneHouse, _ lease: LaneLease) {
        (self.standing, saved, self.book, self.house, self.lease) = (standing, standing, book, house, lease)
    }

    /// Whether so long has gone by since; then it begins anew.
    static func isDue(_ since: inout ContinuousClock.Instant?, _ after: Duration) -> Bool {
        let now = ContinuousClock.now
        if let begun = since, now - begun < after { return false }
        since = now
        return true
    }

    /// Learns what others wrote down: a new secret, that the receiver is to be tried at once, that it is not wanted any
    /// more.
    mutating func read() async throws {
        let id = standing.id
        guard let row = try await house.store.read({ tx in try SubscriptionTable.read(id, in: tx) }),
            row.state == .active
        else { throw LaneLost() }
        secrets = row.editions(at: house.time.now()).map { house.secret(id, $0) }
        if saved.pausedUntil != nil, row.pausedUntil == nil {
            (standing.pausedUntil, standing.failures, standing.failingSince) = (nil, row.failures, row.failingSince)
            saved.pausedUntil = nil
            book.resume()
        }
    }

    /// Takes in more of the journal and what is to be tried again, as far as there is room.
    mutating func fill() async throws {
        let now = house.time.now()
        if let until = standing.pausedUntil {
            guard until <= now, book.inFlight == 0 else { return }
            standing.pausedUntil = nil
            book.resume()
        }
        if Self.isDue(&concernAt, Self.concernAfter) { concern = try await house.concern(standing) }
        guard let concern, book.trouble == nil else { return }
        if book.wantsRetries, Self.isDue(&dueAt, Self.dueAfter) { try await fillRetries(concern, now) }
        for _ in 0..<Self.pagesMax where book.wantsMore {
            let page = try await house.pages.page(from: book.readTo)
            guard !page.positions.isEmpty else { return }
            let kinds = standing.kinds
            book.add(
                page.events.filter { kinds.contains($0.kind) && concern($0) }, upTo: page.positions.upperBound)
        }
    }

    private mutating func fillRetries(_ concern: LaneHouse.Concern, _ now: Instant) async throws {
        let id = standing.id
        for held in try await house.store.read({ tx in try HeldTable.due(of: id, now: now, in: tx) }) {
            if let event = try await house.pages.event(at: held.position), concern(event) {
                book.retry([DeliveryBook.Parcel(event: event, held: held)])
            } else {
                book.drop(held)
            }
        }
    }

    /// Books an answer; a receiver in trouble is left alone for a while.
    mutating func take(_ parcel: DeliveryBook.Parcel, _ answer: DeliveryAnswer) {
        let now = house.time.now()
        answers += 1
        book.book(parcel, answer, at: now)
        // What was on its way when trouble came and was taken all the same changes nothing.
        guard book.trouble == nil || standing.pausedUntil == nil else { return }
        standing.hear(answer, at: now)
        guard let trouble = book.trouble else { return }
        standing.leaveAlone(because: trouble, at: now, house.terms, roll: house.dice.roll())
    }

    /// Writes down how far all is settled and what is held, in one transaction; or keeps the lease where nothing has
    /// changed for so long.
    mutating func save(keepAfter: Duration) async throws {
        answers = 0
        standing.cursor = book.cursor
        let changes = book.take()
        guard standing != saved || !changes.isEmpty || ContinuousClock.now - keptAt >= keepAfter else { return }
        let (standing, lease, now) = (standing, lease, house.time.now())
        keptAt = ContinuousClock.now
        guard standing != saved || !changes.isEmpty else {
            return try await house.store.write { tx in try LaneTable.keep(lease, now: now, in: tx) }
        }
        let plan = LanePlan(changes, house.terms, now: now) { house.dice.roll() }
        let free = try await house.store.write { tx in
            try LaneTable.save(standing, lease, now: now, in: tx)
            return try plan.write(for: standing.id, in: tx)
        }
        for dossier in free { book.unblock(dossier) }
        saved = standing
    }
}

/// What is written down of held events, made ready before the transaction so that a replay writes the same.
struct LanePlan: Sendable {
    private let holds: [(event: OutgoingEvent, tries: Int, due: Instant, last: Subscription.Last?)]
    private let tried: [(held: HeldEvent, state: HeldEvent.State, due: Instant, last: Subscription.Last)]
    private let released: [HeldEvent]
    private let now: Instant

    init(_ changes: DeliveryBook.Changes, _ terms: DeliveryTerms, now: Instant, roll: () -> UInt64) {
        func due(after tries: Int) -> Instant {
            now.advanced(bySeconds: terms.pause(after: tries, max: terms.eventSecondsMax, roll: roll()))
        }
        holds = changes.holds.map { hold in
            (hold.event, hold.tries, hold.tries == 0 ? HeldEvent.behind : due(after: hold.tries), hold.last)
        }
        tried = changes.tried.map { held, last in
            let isOver = held.state == .again || held.tries + 1 >= terms.triesMax
            return (held, isOver ? .dead : .waiting, isOver ? HeldEvent.behind : due(after: held.tries + 1), last)
        }
        (released, self.now) = (changes.released, now)
    }

    /// Writes it and answers the dossiers of which nothing waits any more.
    func write(for id: SubscriptionID, in tx: Transaction) throws -> [DossierID] {
        for hold in holds {
            try HeldTable.hold(hold.event, for: id, tries: hold.tries, due: hold.due, last: hold.last, in: tx)
        }
        for held in released { try HeldTable.release(held, in: tx) }
        for one in tried { try HeldTable.tried(one.held, one.state, due: one.due, last: one.last, in: tx) }
        let moved = Set((released + tried.filter { $0.state == .dead }.map(\.held)).map(\.dossier)).sorted()
        return try moved.filter { try !HeldTable.advance($0, of: id, now: now, in: tx) }
    }
}
