import Dossiers
package import Store
package import Vocabulary

/// What a store answers at most: one row by its key, each in a transaction of its own.
package struct PlainReads: Sendable {
    /// How many rows are read.
    private static let count = 40_000

    private let store: any Store

    package init(store: any Store) { self.store = store }

    /// Rows of dossiers a second, by so many readers at once.
    package func perSecond(of ids: [DossierID], readers: Int) async throws -> Double {
        let (store, start) = (store, ContinuousClock.now)
        try await Turnstile.each(to: Self.count, clients: readers) { place in
            let id = ids[place % ids.count]
            _ = try await store.read { tx in try tx.row("SELECT sequence FROM dossier WHERE id = \(id)") }
        }
        return Double(Self.count) / ((ContinuousClock.now - start) / .seconds(1))
    }
}
