package import Store
package import Vocabulary

/// 从取号到办结: everything that happened to a ticket, read from its entries of the journal and from nothing else.
/// Each moment between the taking and the end belongs to exactly one part.
package struct TicketTrace: Hashable, Sendable {
    package let ticket: TicketID
    package let hall: HallCode
    package let number: String
    package let origin: Ticket.Origin
    /// The catalogue code of the item that was chosen with it; nil for none.
    package let itemCode: String?
    package let need: Capability
    package let steps: [Step]
    /// Without gaps, in order; what lasted no time is left out, and neighbours differ.
    package let parts: [Part]
    package let takenAt: Instant
    /// Nil while it is not over.
    package let endedAt: Instant?
    /// Until when it is told: the end, or the moment of the telling.
    package let until: Instant

    /// One entry.
    package struct Step: Hashable, Sendable {
        package let at: Instant
        package let what: What
        /// The window where it happened, or to which it was called.
        package let window: Int?
    }

    /// What an entry says.
    package enum What: Hashable, Sendable {
        case taken, called, recalled, started, passed, rejoined, interrupted, resumed, finished, cancelled, lapsed
        /// To what kind of window, and to which one where it was a certain one.
        case transferred(Capability, to: Int?)
        case served(ServedDossier)
    }

    /// A span in which one thing went on.
    package struct Part: Hashable, Sendable {
        package let kind: Kind
        package let from: Instant
        package internal(set) var until: Instant
        package let window: Int?

        package var milliseconds: Int64 { until.milliseconds - from.milliseconds }
    }

    /// What goes on with a ticket.
    package enum Kind: String, Sendable, CaseIterable {
        /// Nobody has called it, or it was sent on.
        case waiting
        /// Called; nobody stands at the window yet.
        case called
        /// A window works for whoever stands there.
        case handling
        /// She fetches something.
        case interrupted
        /// Called as often as it must be; it has not joined the queue again.
        case passed
    }

    /// Reads a ticket's entries; `now` is the moment of the telling. Throws `Fault.corrupt` for entries that are not a
    /// ticket's whole life. Where a machine's clock has stepped back, an entry counts as made with the one before it.
    package init(_ entries: [JournalEntry], now: Instant) throws {
        guard let first = entries.first, first.kind == WindowEntry.ticketTaken.rawValue else {
            throw Fault.corrupt("a ticket that was not taken")
        }
        let taken = try CanonicalJSON.value(TakenWords.self, in: first.body)
        guard let hall = HallCode(taken.hall) else { throw Fault.corrupt("a ticket of no hall") }
        (ticket, self.hall, number) = (TicketID(first.subject), hall, taken.number)
        (origin, itemCode, need, takenAt) = (taken.origin, taken.item, taken.need, first.at)
        var steps = [Step(at: first.at, what: .taken, window: nil)]
        var spans: [(kind: Kind?, from: Instant, window: Int?)] = [(.waiting, first.at, nil)]
        var at = first.at
        for entry in entries.dropFirst() {
            let words = try CanonicalJSON.value(DeedWords.self, in: entry.body)
            guard let what = What(entry.kind, words), let kind = Self.kinds[words.state] else {
                throw Fault.corrupt("a ticket with an entry \(entry.kind)")
            }
            at = max(at, entry.at)
            steps.append(Step(at: at, what: what, window: words.window))
            spans.append((kind, at, words.window))
        }
        let isOver = spans.last?.kind == nil
        endedAt = isOver ? at : nil
        until = isOver ? at : max(now, at)
        self.steps = steps
        parts = Self.parts(spans, until: until)
    }

    /// What goes on after an entry with this state; `.some(nil)` when nothing does any more.
    private static let kinds: [String: Kind?] = [
        "waiting": .waiting, "called": .called, "serving": .handling, "interrupted": .interrupted, "passed": .passed,
        "served": nil, "cancelled": nil, "lapsed": nil,
    ]

    private static func parts(_ spans: [(kind: Kind?, from: Instant, window: Int?)], until: Instant) -> [Part] {
        var parts: [Part] = []
        for (index, span) in spans.enumerated() {
            guard let kind = span.kind else { continue }
            let end = index + 1 < spans.count ? spans[index + 1].from : until
            guard end > span.from else { continue }
            if let last = parts.last, last.kind == kind, last.window == span.window {
                parts[parts.count - 1].until = end
            } else {
                parts.append(Part(kind: kind, from: span.from, until: end, window: span.window))
            }
        }
        return parts
    }

    /// How long one thing went on in all.
    package func milliseconds(_ kind: Kind) -> Int64 {
        parts.filter { $0.kind == kind }.map(\.milliseconds).reduce(0, +)
    }

    /// Each part in whole minutes, so cut that they are together the minutes of the whole.
    package var minutes: [Int] {
        let end = parts.map { Self.minutes(until: $0.until, from: takenAt) }
        return zip(end, [0] + end).map { $0 - $1 }
    }

    /// The minutes of one thing in all, cut in the same way.
    package func minutes(_ kind: Kind) -> Int {
        zip(parts, minutes).filter { $0.0.kind == kind }.map(\.1).reduce(0, +)
    }

    private static func minutes(until end: Instant, from start: Instant) -> Int {
        Int((end.milliseconds - start.milliseconds + 30_000) / 60_000)
    }
}

extension TicketTrace {
    /// What each dossier took of the window's time, interruptions off, in the order in which they were begun: the time
    /// up to a deed belongs to the deed's dossier, and what follows the last one to that one. A dossier without a time
    /// of its own took none.
    package var efforts: [(served: ServedDossier, milliseconds: Int64)] {
        let deeds = steps.compactMap { step -> (at: Instant, served: ServedDossier)? in
            if case .served(let served) = step.what { (step.at, served) } else { nil }
        }
        guard let last = deeds.last else { return [] }
        var efforts: [(served: ServedDossier, milliseconds: Int64)] = []
        var from = takenAt
        for (at, served) in deeds + [(at: until, served: last.served)] {
            let took = handling(from: from, until: at)
            from = max(from, at)
            if let index = efforts.firstIndex(where: { $0.served.dossier == served.dossier }) {
                efforts[index].milliseconds += took
            } else {
                efforts.append((served, took))
            }
        }
        return efforts
    }

    /// How long windows were taken by it: from each call on, interruptions off.
    package var windowMilliseconds: Int64 { milliseconds(.called) + milliseconds(.handling) }

    private func handling(from start: Instant, until end: Instant) -> Int64 {
        parts.filter { $0.kind == .handling }.map { part in
            max(0, min(part.until, end).milliseconds - max(part.from, start).milliseconds)
        }.reduce(0, +)
    }
}

private struct TakenWords: Decodable {
    let hall: String
    let number: String
    let need: Capability
    let origin: Ticket.Origin
    let item: String?
}

private struct DeedWords: Decodable {
    let state: String
    let window: Int?
    let need: Capability
    let reservedFor: Int?
    let dossier: DossierID?
    let item: String?
    let deed: ServedDeed?
}

extension TicketTrace.What {
    fileprivate init?(_ kind: String, _ words: DeedWords) {
        switch WindowEntry(rawValue: kind) {
        case .ticketCalled: self = .called
        case .ticketRecalled: self = .recalled
        case .ticketStarted: self = .started
        case .ticketPassed: self = .passed
        case .ticketRejoined: self = .rejoined
        case .ticketInterrupted: self = .interrupted
        case .ticketResumed: self = .resumed
        case .ticketFinished: self = .finished
        case .ticketCancelled: self = .cancelled
        case .ticketLapsed: self = .lapsed
        case .ticketTransferred: self = .transferred(words.need, to: words.reservedFor)
        case .ticketServedDossier:
            guard let dossier = words.dossier, let item = words.item, let deed = words.deed else { return nil }
            self = .served(ServedDossier(dossier, item: item, deed))
        default: return nil
        }
    }
}
