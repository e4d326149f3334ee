import Synchronization

/// Values that never change once they are known, kept ready by what they follow from. Any number of threads may ask.
package final class Remembered<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let limit: Int
    private let values = Mutex<[Key: Value]>([:])

    /// Keeps so many; beyond them all are forgotten and made anew when they are asked for.
    package init(limit: Int) {
        self.limit = limit
    }

    /// What is kept for the key; nil when nothing is.
    package func known(_ key: Key) -> Value? { values.withLock { $0[key] } }

    /// Keeps a value.
    package func keep(_ value: Value, for key: Key) {
        values.withLock { values in
            if values.count >= limit { values = [:] }
            values[key] = value
        }
    }

    /// What is kept for the key, or is made now. Two that ask at once may both make it.
    package func value<Failure: Error>(
        for key: Key, or make: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        if let known = known(key) { return known }
        let made = try make()
        keep(made, for: key)
        return made
    }
}
