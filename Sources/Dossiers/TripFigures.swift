import Synchronization
package import Vocabulary

/// 跑动统计: the trips of closed dossiers, promised against made.
package struct TripFigures: Hashable, Sendable {
    /// A number of trips that was promised and one that was made.
    package struct Pair: Hashable, Sendable {
        package let promised: Int
        package let made: Int
    }

    private var dossiers: [Pair: Int] = [:]

    /// The figures of counts.
    package init(_ counts: some Sequence<TripTable.Count>) {
        for count in counts {
            dossiers[Pair(promised: count.promised, made: count.made), default: 0] += count.dossiers
        }
    }

    /// How many were closed.
    package var closed: Int { dossiers.values.reduce(0, +) }
    /// How many took no trip.
    package var withoutTrip: Int { count { $0.made == 0 } }
    /// How many took one at most.
    package var atMostOne: Int { count { $0.made <= 1 } }
    /// How many took no more trips than promised.
    package var kept: Int { count { $0.made <= $0.promised } }
    /// How many took more.
    package var over: Int { closed - kept }
    /// All trips that were promised, and all that were made.
    package var promised: Int { dossiers.reduce(0) { $0 + $1.key.promised * $1.value } }
    package var made: Int { dossiers.reduce(0) { $0 + $1.key.made * $1.value } }

    /// The pairs with their dossiers, those with the fewest promised trips first.
    package var pairs: [(pair: Pair, dossiers: Int)] {
        dossiers.sorted { ($0.key.promised, $0.key.made) < ($1.key.promised, $1.key.made) }
            .map { (pair: $0.key, dossiers: $0.value) }
    }

    private func count(_ isCounted: (Pair) -> Bool) -> Int {
        dossiers.reduce(0) { isCounted($1.key) ? $0 + $1.value : $0 }
    }
}

/// Keeps what was counted of the days that are over, so that a look at the figures reads the latest two only.
package final class TripKeeper: Sendable {
    /// What one look needs: the days to be read, and what is known of those before.
    package struct Look: Sendable {
        /// All days that the look is about.
        package let days: ClosedRange<CivilDate>
        package let unread: ClosedRange<CivilDate>
        fileprivate let known: [TripTable.Count]
    }

    private struct Kept {
        let days: ClosedRange<CivilDate>
        let counts: [TripTable.Count]
    }

    private let kept = Mutex<Kept?>(nil)

    /// A keeper that knows nothing yet.
    package init() {}

    /// The days that the figures of today are about.
    package static func days(on today: CivilDate) -> ClosedRange<CivilDate> {
        today.advanced(byDays: 1 - TripTable.daysMax)...today
    }

    /// What a look today has to read.
    package func look(on today: CivilDate) -> Look {
        let days = Self.days(on: today)
        guard let kept = kept.withLock({ $0 }), kept.days.lowerBound <= days.lowerBound,
            days.contains(kept.days.upperBound), kept.days.upperBound < today
        else { return Look(days: days, unread: days, known: []) }
        return Look(
            days: days, unread: kept.days.upperBound.advanced(byDays: 1)...today,
            known: kept.counts.filter { days.contains($0.day) })
    }

    /// All counts of the days of a look, with what was read for it. What may still grow, today and yesterday, is not
    /// kept: two processes need not agree to the second on when a day ends.
    package func counts(of look: Look, read: [TripTable.Count]) -> [TripTable.Count] {
        let all = look.known + read
        let last = look.days.upperBound.advanced(byDays: -2)
        kept.withLock { $0 = Kept(days: look.days.lowerBound...last, counts: all.filter { $0.day <= last }) }
        return all
    }
}
