package import Store
import Synchronization

/// Keeps the index of the catalogue in memory and fresh: whoever asks after a publication was committed finds it.
///
/// Whoever asks says the number of the last change (`ItemChangeTable.generation`); only when it is new are the changed
/// items read, by one reader for all who wait.
package final class ItemIndexKeeper: Sendable {
    private struct State {
        var index: ItemIndex?
        var reading: Task<ItemIndex, any Error>?
    }

    private let state = Mutex(State())

    /// A keeper that knows nothing yet.
    package init() {}

    /// The index of at least this generation.
    package func index(of store: any Store, atLeast generation: Int) async throws -> ItemIndex {
        while true {
            if let index = state.withLock({ $0.index }), index.generation >= generation { return index }
            _ = try await reading(store).value
        }
    }

    /// The reading under way; whoever joins one that began too early asks again.
    private func reading(_ store: any Store) -> Task<ItemIndex, any Error> {
        state.withLock { state in
            if let reading = state.reading { return reading }
            let known = state.index
            let reading = Task {
                let result: Result<ItemIndex, any Error>
                do {
                    let start = try known ?? ItemIndex(.shipped())
                    result = .success(try await store.read { tx in try start.brought(upTo: tx) })
                } catch {
                    result = .failure(error)
                }
                self.state.withLock { state in
                    state.reading = nil
                    if case .success(let index) = result { state.index = index }
                }
                return try result.get()
            }
            state.reading = reading
            return reading
        }
    }
}
