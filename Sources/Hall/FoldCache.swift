import Synchronization
import Vocabulary

/// Folded subjects that were used last, so that a command need not read a whole life again. A copy counts only inside a
/// transaction that has seen the same sequence number in the subject's row: it can be old, never wrong.
final class FoldCache<Folded: Sendable>: Sendable {
    private struct State {
        var young: [Subject: Folded] = [:]
        var old: [Subject: Folded] = [:]
    }

    private let limit: Int
    private let state = Mutex(State())

    /// Keeps between `limit / 2` and `limit` subjects.
    init(limit: Int) {
        self.limit = limit
    }

    func value(of subject: Subject) -> Folded? {
        state.withLock { $0.young[subject] ?? $0.old[subject] }
    }

    func keep(_ value: Folded, of subject: Subject) {
        state.withLock { state in
            state.young[subject] = value
            guard state.young.count >= limit / 2 else { return }
            state.old = state.young
            state.young = [:]
        }
    }

    func drop(_ subject: Subject) {
        state.withLock { state in
            state.young[subject] = nil
            state.old[subject] = nil
        }
    }
}
