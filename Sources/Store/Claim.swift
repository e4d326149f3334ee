import Vocabulary

/// A number that a transaction takes from a counter and that nobody else can have: compare and set, as the last thing
/// that the transaction does. What it holds meanwhile is only what it read, so that no other writer waits for it.
package struct Claim: Sendable {
    /// LIMIT: times that the end of one transaction is done again for a number before the whole body is replayed.
    static let settlesMax = 64

    /// Which counter; claims are settled in the order of their keys, so that two transactions never wait crosswise.
    let key: String
    /// Where the counter was read; nil when it was not there. It is read once in a transaction: a second look may see
    /// another writer's number, and both would be given the same.
    package let read: Int?
    /// The number that the counter stands at afterwards.
    package let value: Int
    /// Moves the counter from where it was read to `value`. It changes one row, or another writer was there first.
    let statement: SQL

    /// A claim on a counter.
    package init(_ key: String, read: Int?, value: Int, _ statement: SQL) {
        self.key = key
        self.read = read
        self.value = value
        self.statement = statement
    }
}

/// Another writer took the number that this one had read. Each loss is another writer's success, so a counter that many
/// want is given to all of them in the end.
struct CounterLost: Error {
    let key: String
}

/// How a body is run again after it lost.
struct Replay {
    /// LIMIT: times a body is replayed for a number; far above the writers that one counter can have at once.
    static let countersMax = 400
    /// LIMIT: microseconds of the longest pause before a body is replayed for a number.
    static let pauseMicrosecondsMax = 20_000

    private var conflicts = 0
    private var losses = 0

    /// Whether the body may run once more after a broken key. At most `Limits.replaysMax` attempts in all.
    mutating func mayFollowConflict() -> Bool {
        conflicts += 1
        return conflicts < Limits.replaysMax
    }

    /// Waits a little, by chance, so that writers of one counter do not run into each other for ever; answers whether
    /// the body may run once more.
    mutating func mayFollowLoss() async throws -> Bool {
        losses += 1
        guard losses < Self.countersMax else { return false }
        let most = min(Self.pauseMicrosecondsMax, 250 << min(losses, 7))
        try await Task.sleep(for: .microseconds(Int.random(in: 0...most)))
        return true
    }
}
