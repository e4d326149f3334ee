import Synchronization

/// Milliseconds.
package struct Percentiles: Encodable, Sendable {
    package let p50: Double
    package let p99: Double
}

/// How long things of a few kinds took.
final class Timings: Sendable {
    private let samples = Mutex<[String: [Double]]>([:])

    func add(_ milliseconds: Double, to name: String) {
        samples.withLock { $0[name, default: []].append(milliseconds) }
    }

    /// Does the work and notes how long it took.
    func time<Value>(_ name: String, _ work: () async throws -> Value) async throws -> Value {
        let start = ContinuousClock.now
        let value = try await work()
        add((ContinuousClock.now - start) / .milliseconds(1), to: name)
        return value
    }

    func percentiles() -> [String: Percentiles] {
        samples.withLock { samples in
            samples.mapValues { values in
                let sorted = values.sorted()
                let at = { (share: Double) in (sorted[Int(Double(sorted.count - 1) * share)] * 1000).rounded() / 1000 }
                return Percentiles(p50: at(0.5), p99: at(0.99))
            }
        }
    }
}

/// Numbers from one to another, each once, for so many workers.
final class Turnstile: Sendable {
    private let next: Atomic<Int>
    private let limit: Int

    init(from first: Int = 0, limit: Int) {
        next = Atomic(first)
        self.limit = limit
    }

    func take() -> Int? {
        let number = next.add(1, ordering: .relaxed).oldValue
        return number < limit ? number : nil
    }

    /// Runs the work for each number, so many at once.
    static func each(
        from first: Int = 0, to limit: Int, clients: Int, _ work: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let turnstile = Turnstile(from: first, limit: limit)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<clients {
                group.addTask { while let number = turnstile.take() { try await work(number) } }
            }
            try await group.waitForAll()
        }
    }
}
