package import Vocabulary

/// How a queue works, as a city may set it. What stands here is domain section 7 (预约取号); it is a practice, not a law.
package struct QueueParameters: Hashable, Sendable {
    /// 过号: how often a ticket is called before it may be passed.
    package var callsMin = 3
    /// Seconds between two calls of a ticket at least.
    package var recallSecondsMin: Int64 = 10
    /// Behind how many others a passed ticket joins the queue again.
    package var rejoinsBehind = 3
    /// How many favoured tickets are called in a row at most while others wait.
    package var favouredRunMax = 3
    /// Minutes before closing after which no ticket is given out.
    package var lastMinutes = 10
    /// From which age on somebody goes first without asking.
    package var elderlyYears = 60

    package init() {}
}

/// Who is next, and what may happen to a ticket. Pure: the queue comes in, a ticket or a refusal goes out.
package enum QueueRules {
    /// Who is called to the window: first whoever was sent to it, then, of all who wait for something that it does, in
    /// the order of `order`. Nil when nobody waits for it.
    ///
    /// All windows that do the same draw from one queue, so none has a line of its own and none is passed over.
    package static func next(
        for window: Window, waiting: [Ticket], favouredRun: Int, at now: Instant,
        _ parameters: QueueParameters = QueueParameters()
    ) -> Ticket? {
        let sent = waiting.filter { $0.reservedFor == window.number }
        if let first = sent.min(by: isEarlier) { return first }
        let open = waiting.filter { $0.reservedFor == nil && window.capabilities.contains($0.need) }
        return order(open, favouredRun: favouredRun, at: now, parameters).first
    }

    /// Everybody who waits, in the order of their calls: favoured ones first, at most `favouredRunMax` in a row while
    /// others wait, so that nobody waits for ever. `favouredRun` says how many favoured ones were called last.
    package static func order(
        _ waiting: [Ticket], favouredRun: Int, at now: Instant, _ parameters: QueueParameters = QueueParameters()
    ) -> [Ticket] {
        let sorted = waiting.sorted(by: isEarlier)
        var favoured = sorted.filter { $0.isFavoured(at: now) }[...]
        var others = sorted.filter { !$0.isFavoured(at: now) }[...]
        var run = favouredRun
        var order: [Ticket] = []
        order.reserveCapacity(waiting.count)
        while let ticket = favoured.first ?? others.first {
            if favoured.isEmpty || run >= parameters.favouredRunMax && !others.isEmpty {
                order.append(others.first ?? ticket)
                others = others.dropFirst()
                run = 0
            } else {
                order.append(ticket)
                favoured = favoured.dropFirst()
                run += 1
            }
        }
        return order
    }

    private static func isEarlier(_ left: Ticket, _ right: Ticket) -> Bool {
        (left.place, left.id) < (right.place, right.id)
    }

    /// Where a passed ticket stands that joins again: behind the third of those who wait for the same, or at the end.
    /// It goes before nobody any more whom the law favours.
    package static func place(
        of ticket: Ticket, behind waiting: [Ticket], favouredRun: Int, at now: Instant,
        _ parameters: QueueParameters = QueueParameters()
    ) -> Ticket.Place {
        let end = Ticket.Place(now, of: ticket.id)
        let first = order(waiting, favouredRun: favouredRun, at: now, parameters).prefix(parameters.rejoinsBehind)
        guard first.count == parameters.rejoinsBehind else { return end }
        if let last = first.last(where: { !$0.isFavoured(at: now) }) {
            return Ticket.Place(last.place.at, of: last.place.ticket, isBehind: true)
        }
        let others = waiting.filter { !$0.isFavoured(at: now) }
        guard let next = others.map(\.place).min() else { return end }
        return Ticket.Place(Instant(milliseconds: next.at.milliseconds - 1), of: ticket.id)
    }
}

/// How long somebody will wait.
package enum WaitRules {
    /// Seconds that one matter takes while nothing was measured yet.
    package static let usualSeconds: Int64 = 600
    /// LIMIT: measured matters that are looked at, the latest.
    package static let measuredMax = 30
    /// As how many matters the usual time counts beside the measured ones.
    private static let usualWeight: Int64 = 3

    /// Seconds that a matter takes by what was measured; the usual time weighs less the more was measured.
    package static func mean(of measured: [Int64]) -> Int64 {
        let sum = measured.reduce(usualWeight * usualSeconds, +)
        return sum / (usualWeight + Int64(measured.count))
    }

    /// The same for windows of a kind over the last months.
    package static func mean(of effort: Effort) -> Int64 {
        (usualWeight * usualSeconds + effort.seconds) / (usualWeight + Int64(effort.cases))
    }

    /// LIMIT: cases of an item from which on its own average counts, not that of all matters of its kind.
    package static let itemCasesMin = 20
    /// LIMIT: items of those who wait whose averages are looked up; the others count as any matter.
    package static let itemsMax = 50

    /// Seconds until somebody is called, with so many windows at work; nil while none is. `ahead` has the seconds that
    /// each of those before her is likely to take, `mean` those of whoever is at the windows now.
    package static func estimate(ahead: [Int64], windows: Int, mean: Int64) -> Int64? {
        guard windows > 0 else { return nil }
        return ahead.reduce(mean, +) / Int64(windows)
    }
}
