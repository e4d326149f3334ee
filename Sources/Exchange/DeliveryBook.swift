import Vocabulary

/// What one lane has in hand: which events wait for whom, which are on their way, and up to where all is settled. Pure:
/// it is told what happened and says what may be sent and what must be written down.
///
/// Of one dossier one event is on its way at a time, in the order of the journal. One that the receiver does not take
/// is held, and so are those of its dossier that come after it; other dossiers go on. The cursor stands before the
/// first event that is neither delivered nor held.
struct DeliveryBook {
    /// An event to be sent.
    struct Parcel {
        let event: OutgoingEvent
        /// Its row where it was held before.
        let held: HeldEvent?
    }

    /// What is to be written down.
    struct Changes {
        struct Hold {
            let event: OutgoingEvent
            /// 1 for what was tried, 0 for what waits behind it.
            let tries: Int
            let last: Subscription.Last?
        }

        var holds: [Hold] = []
        var released: [HeldEvent] = []
        var tried: [(held: HeldEvent, last: Subscription.Last)] = []

        var isEmpty: Bool { holds.isEmpty && released.isEmpty && tried.isEmpty }
    }

    private let terms: DeliveryTerms
    /// The events of each dossier that wait in memory, the first first.
    private var queues: [DossierID: [OutgoingEvent]] = [:]
    /// The dossiers whose first event may be sent, in the order in which they became so.
    private var ready: [DossierID] = []
    private var readyHead = 0
    private var retries: [Parcel] = []
    private var sent: [DossierID: Parcel] = [:]
    /// The dossiers with an event in a row that waits.
    private var blocked: Set<DossierID>
    /// The positions that were read and are not settled, rising, and those among them that are.
    private var open: [Int] = []
    private var openHead = 0
    private var settled: Set<Int> = []
    /// How many may be on their way now: one after a pause, twice as many after each success.
    private var window = 1
    private var failuresInRow = 0

    private(set) var readTo: Int
    private(set) var changes = Changes()
    private(set) var heldCount: Int
    /// Why the receiver is to be left alone; nil while it is not.
    private(set) var trouble: DeliveryAnswer?

    /// A book that begins at a cursor; so many events are held, and those of these dossiers wait.
    init(at cursor: EventCursor, held: (count: Int, dossiers: [DossierID]), terms: DeliveryTerms) {
        (readTo, heldCount, blocked, self.terms) = (cursor.next, held.count, Set(held.dossiers), terms)
    }

    /// Up to where everything is delivered or held.
    var cursor: EventCursor { EventCursor(next: openHead < open.count ? open[openHead] : readTo) }

    var inFlight: Int { sent.count }

    /// Whether there is room for more events of the journal.
    var wantsMore: Bool {
        trouble == nil && open.count - openHead - settled.count < terms.aheadMax / 2
            && open.count - openHead < terms.aheadMax && heldCount < terms.heldMax
    }

    /// Whether it can be looked for what is to be tried again: what was tried before is written down.
    var wantsRetries: Bool {
        trouble == nil && heldCount > 0 && retries.isEmpty && changes.isEmpty
            && !sent.values.contains { $0.held != nil }
    }

    /// Takes in what was read of the journal, up to a position.
    mutating func add(_ events: [OutgoingEvent], upTo end: Int) {
        for event in events {
            open.append(event.position)
            if blocked.contains(event.dossier) {
                hold(event, tries: 0, last: nil)
            } else {
                queues[event.dossier, default: []].append(event)
                if sent[event.dossier] == nil, queues[event.dossier]?.count == 1 { ready.append(event.dossier) }
            }
        }
        readTo = end
    }

    /// Takes in what is to be tried again.
    mutating func retry(_ parcels: [Parcel]) { retries += parcels }

    /// The next event that may be sent; nil when none may.
    mutating func next() -> Parcel? {
        guard trouble == nil, sent.count < window else { return nil }
        if let index = retries.firstIndex(where: { sent[$0.event.dossier] == nil }) {
            let parcel = retries.remove(at: index)
            sent[parcel.event.dossier] = parcel
            return parcel
        }
        while readyHead < ready.count {
            let dossier = ready[readyHead]
            readyHead += 1
            if readyHead > 512 {
                ready.removeFirst(readyHead)
                readyHead = 0
            }
            guard sent[dossier] == nil, let event = takeFirst(of: dossier) else { continue }
            let parcel = Parcel(event: event, held: nil)
            sent[dossier] = parcel
            return parcel
        }
        return nil
    }

    /// Books what came of sending.
    mutating func book(_ parcel: Parcel, _ answer: DeliveryAnswer, at now: Instant) {
        let dossier = parcel.event.dossier
        sent[dossier] = nil
        let last = Subscription.Last(at: now, name: answer.name, status: answer.status)
        switch answer {
        case .accepted:
            (window, failuresInRow) = (min(window * 2, terms.inFlightMax), 0)
            if let held = parcel.held { release(held) } else { settle(parcel.event.position) }
        case .refused, .unanswered:
            failuresInRow += 1
            if let held = parcel.held {
                changes.tried.append((held, last))
            } else {
                block(parcel.event, last)
            }
            if failuresInRow >= terms.failuresInRowMax { trouble = answer }
        case .unreachable, .overloaded, .gone:
            trouble = answer
            if parcel.held == nil { queues[dossier, default: []].insert(parcel.event, at: 0) }
        }
        if queues[dossier] != nil { ready.append(dossier) }
    }

    /// Forgets an event that is held and concerns the receiver no more.
    mutating func drop(_ held: HeldEvent) { release(held) }

    /// Goes on after a pause, with one event at first.
    mutating func resume() { (trouble, window, retries) = (nil, 1, []) }

    /// Hands over what is to be written down, once.
    mutating func take() -> Changes {
        defer { changes = Changes() }
        return changes
    }

    /// A dossier of which no event waits in a row any more.
    mutating func unblock(_ dossier: DossierID) { blocked.remove(dossier) }

    private mutating func block(_ event: OutgoingEvent, _ last: Subscription.Last) {
        blocked.insert(event.dossier)
        hold(event, tries: 1, last: last)
        for later in queues.removeValue(forKey: event.dossier) ?? [] { hold(later, tries: 0, last: nil) }
    }

    private mutating func hold(_ event: OutgoingEvent, tries: Int, last: Subscription.Last?) {
        changes.holds.append(Changes.Hold(event: event, tries: tries, last: last))
        heldCount += 1
        settle(event.position)
    }

    private mutating func release(_ held: HeldEvent) {
        changes.released.append(held)
        heldCount -= 1
    }

    private mutating func takeFirst(of dossier: DossierID) -> OutgoingEvent? {
        guard var queue = queues.removeValue(forKey: dossier), !queue.isEmpty else { return nil }
        let first = queue.removeFirst()
        if !queue.isEmpty { queues[dossier] = queue }
        return first
    }

    private mutating func settle(_ position: Int) {
        settled.insert(position)
        while openHead < open.count, settled.remove(open[openHead]) != nil { openHead += 1 }
        guard openHead > 1024 else { return }
        open.removeFirst(openHead)
        openHead = 0
    }
}
