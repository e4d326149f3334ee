package import Vocabulary

/// A visit as figures see it: a ticket that is over. It follows from the ticket's sealed entries alone, so that
/// counting again gives the same. Nothing of it is personal.
package struct CountedVisit: Hashable, Sendable {
    /// Where it was.
    package struct Place: Hashable, Comparable, Sendable {
        /// The code of the hall.
        package let hall: String
        /// The window that saw it last; 0 where none did.
        package let window: Int
        /// What kind of window it was for at the end: `comprehensive`, `issuing` or `special`.
        package let need: String

        package init(hall: String, window: Int, need: String) {
            (self.hall, self.window, self.need) = (hall, window, need)
        }

        package static func < (left: Place, right: Place) -> Bool {
            (left.hall, left.window, left.need) < (right.hall, right.window, right.need)
        }
    }

    /// How it came to its end.
    package enum Ending: Int, Sendable, CaseIterable {
        case served
        /// Given back by who held it.
        case cancelled
        /// The hall closed.
        case lapsed
    }

    /// How long things took, in whole seconds.
    package struct Times: Hashable, Sendable {
        /// While nobody had called it, whatever it was sent on to.
        package let waited: Int
        /// While a window worked for it, interruptions off.
        package let handled: Int

        package init(waited: Int, handled: Int) { (self.waited, self.handled) = (waited, handled) }
    }

    /// What was done at the window, each dossier once.
    package struct Deeds: Hashable, Sendable {
        /// Dossiers that were taken in: filed, or their originals.
        package let intakes: Int
        /// Results that were handed over.
        package let handOvers: Int

        package init(intakes: Int, handOvers: Int) { (self.intakes, self.handOvers) = (intakes, handOvers) }
    }

    package let ticket: Subject
    /// `A007`.
    package let number: String
    /// How many of its entries were sealed when it was counted.
    package let sequence: Int
    package let place: Place
    package let takenAt: Instant
    package let ending: Ending
    /// Whether it was ever called: only then is its waiting a wait for a window.
    package let wasCalled: Bool
    package let times: Times
    package let deeds: Deeds

    package init(
        _ ticket: (id: Subject, number: String, sequence: Int), at place: Place, takenAt: Instant,
        end: (ending: Ending, wasCalled: Bool), did: (times: Times, deeds: Deeds)
    ) {
        (self.ticket, number, sequence) = ticket
        (self.place, self.takenAt) = (place, takenAt)
        (ending, wasCalled) = end
        (times, deeds) = did
    }

    /// The month in which it counts: that of its taking.
    package var month: Month { Month(of: takenAt.day) }
    /// 1 for Monday.
    package var weekday: Int { takenAt.day.weekday }
    /// 0...23.
    package var hour: Int { takenAt.minuteOfDay / 60 }
    /// LIMIT: minutes of a wait that are told apart; longer ones count as this long.
    package static let minutesMax = 240
    /// The whole minutes that it waited.
    package var minutesWaited: Int { min(times.waited / 60, Self.minutesMax) }
}

/// Sums of visits; what follows from them is said here, once.
package struct QueueSums: Hashable, Sendable {
    /// Tickets that are over.
    package var taken = 0
    package var served = 0
    /// Given back, most of them because it took too long.
    package var cancelled = 0
    /// Not called before the hall closed.
    package var lapsed = 0
    /// Those that were called, and how long they had waited, in seconds.
    package var called = 0
    package var waitedSeconds = 0
    /// Of those that were served alone: who forgets to end a ticket has not worked for it until it lapsed.
    package var handledSeconds = 0
    package var intakes = 0
    package var handOvers = 0

    /// Nothing counted.
    package init() {}

    /// One visit.
    package init(_ visit: CountedVisit) {
        taken = 1
        served = visit.ending == .served ? 1 : 0
        cancelled = visit.ending == .cancelled ? 1 : 0
        lapsed = visit.ending == .lapsed ? 1 : 0
        called = visit.wasCalled ? 1 : 0
        waitedSeconds = visit.wasCalled ? visit.times.waited : 0
        handledSeconds = visit.ending == .served ? visit.times.handled : 0
        (intakes, handOvers) = (visit.deeds.intakes, visit.deeds.handOvers)
    }

    /// The columns of a row, in this order everywhere.
    static let columns: [(name: String, sum: any WritableKeyPath<QueueSums, Int> & Sendable)] = [
        ("taken", \.taken), ("served", \.served), ("cancelled", \.cancelled), ("lapsed", \.lapsed),
        ("called", \.called), ("waited_seconds", \.waitedSeconds), ("handled_seconds", \.handledSeconds),
        ("intakes", \.intakes), ("hand_overs", \.handOvers),
    ]

    /// Adds another, or takes it away.
    mutating func add(_ other: QueueSums, times sign: Int = 1) {
        for (_, sum) in Self.columns { self[keyPath: sum] += sign * other[keyPath: sum] }
    }

    package static func + (left: QueueSums, right: QueueSums) -> QueueSums {
        var both = left
        both.add(right)
        return both
    }

    var isNothing: Bool { self == QueueSums() }

    /// Seconds of waiting on average over those that were called; nil of none.
    package var averageWait: Int? { called == 0 ? nil : (waitedSeconds + called / 2) / called }
    /// Seconds at the window on average over those that were served; nil of none.
    package var averageHandling: Int? { served == 0 ? nil : (handledSeconds + served / 2) / served }
    /// Those that left or were sent home, of all.
    package var unservedRate: FigureRate { FigureRate(cancelled + lapsed, of: taken) }
}

/// How many waited how many whole minutes.
package struct WaitCounts: Hashable, Sendable {
    /// By minutes, from 0 to `CountedVisit.minutesMax`.
    package private(set) var counts: [Int: Int]

    package init(_ counts: [Int: Int] = [:]) { self.counts = counts.filter { $0.value != 0 } }

    /// How many were called at all.
    package var all: Int { counts.values.reduce(0, +) }

    /// The least whole minutes in which so many of a hundred were called; nil where nobody was.
    package func minutes(ofHundred share: Int) -> Int? {
        let all = all
        guard all > 0 else { return nil }
        // The smallest number that is no less than the share: of 3 people, half are 2.
        var left = max(1, (all * share + 99) / 100)
        for (minutes, count) in counts.sorted(by: { $0.key < $1.key }) {
            left -= count
            if left <= 0 { return minutes }
        }
        return nil
    }

    /// How many were called within so many minutes.
    package func within(_ minutes: Int) -> Int {
        counts.filter { $0.key < minutes }.values.reduce(0, +)
    }

    package static func + (left: WaitCounts, right: WaitCounts) -> WaitCounts {
        WaitCounts(left.counts.merging(right.counts, uniquingKeysWith: +))
    }
}
