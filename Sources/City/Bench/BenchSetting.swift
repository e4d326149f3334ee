package import Hall
import Store

/// Where a bench runs, and how large it is. What an earlier run left in the store counts, so that a long filling can be
/// resumed.
package struct BenchSetting: Sendable {
    package let hall: Hall
    let signers: BenchSigners
    let meter: StoreMeter
    let count: Int
    let clients: Int
    let progress: @Sendable (String) -> Void

    /// So many of whatever the bench counts, by so many clients at once, on a hall whose store is migrated and which
    /// signs with these signers.
    package init(
        _ hall: Hall, _ signers: BenchSigners, _ meter: StoreMeter, sizes: (count: Int, clients: Int),
        progress: @escaping @Sendable (String) -> Void
    ) {
        (self.hall, self.signers, self.meter) = (hall, signers, meter)
        (count, clients) = sizes
        self.progress = progress
    }

    /// Makes the numbers that are still missing, and answers how many those were and how many were made a second.
    func fill(
        _ things: String, standing: SQL, _ make: @escaping @Sendable (Int) async throws -> Void
    ) async throws -> (filled: Int, perSecond: Double) {
        let before = try await hall.store.read { tx in try tx.row(standing)?.integer(0) ?? 0 }
        let start = ContinuousClock.now
        try await Turnstile.each(from: before, to: count, clients: clients) { number in
            if number % 20_000 == 0, number > before { progress("\(number) of \(count) \(things)") }
            try await make(number)
        }
        let filled = count - before
        return (filled, Double(filled) / ((ContinuousClock.now - start) / .seconds(1)))
    }
}
