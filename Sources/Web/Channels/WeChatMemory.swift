import Synchronization
import Vocabulary

/// What the channel remembers of late, so that a repetition is answered alike and a forgery by an old signature is
/// refused. It lies in this process's memory: each process has its own, and a new one begins with nothing.
final class WeChatMemory: Sendable {
    typealias Answer = Task<String?, any Error>

    /// LIMIT: requests that are remembered; beyond it the oldest is forgotten.
    static let requestsMax = 20_000
    /// LIMIT: answers that are remembered; beyond it the oldest is forgotten.
    static let answersMax = 4096
    /// Seconds for which an answer is remembered: WeChat asks three times, five seconds apart.
    static let answerSeconds: Int64 = 60

    private struct State: Sendable {
        var requests: Shelf<[UInt8]>
        var answers: Shelf<Answer>
    }

    private let state: Mutex<State>

    init(requestsMax: Int = requestsMax, answersMax: Int = answersMax) {
        state = Mutex(
            State(
                requests: Shelf(limit: requestsMax, seconds: 2 * WeChatQuery.ageSecondsMax),
                answers: Shelf(limit: answersMax, seconds: Self.answerSeconds)))
    }

    /// Lets a message in under the mark of its request (timestamp, nonce, signature). Refuses a mark that came before
    /// with another message; the same again is WeChat's own repetition.
    func admit(_ digest: [UInt8], under mark: [UInt8], now: Instant) throws(WeChatRefusal) {
        let known = state.withLock { state in
            let known = state.requests.value(mark, now: now)
            if known == nil { state.requests.keep(digest, under: mark, now: now) }
            return known
        }
        guard known == nil || known == digest else { throw .replay }
    }

    /// The answer to a message: the one that is there or under way, else a new one.
    func answer(
        to identity: [UInt8], now: Instant, _ make: @escaping @Sendable () async throws -> String?
    ) -> Answer {
        state.withLock { state in
            if let known = state.answers.value(identity, now: now) { return known }
            let answer = Task { try await make() }
            state.answers.keep(answer, under: identity, now: now)
            return answer
        }
    }

    /// Forgets an answer that failed, so that the message is answered when it comes again.
    func forget(_ identity: [UInt8]) {
        state.withLock { $0.answers.remove(identity) }
    }

    /// How much is remembered.
    var count: (requests: Int, answers: Int) { state.withLock { ($0.requests.count, $0.answers.count) } }
}

/// Values by key, each for the same time, never more than a limit.
private struct Shelf<Value: Sendable>: Sendable {
    private let limit: Int
    private let seconds: Int64
    private var values: [[UInt8]: (value: Value, serial: Int)] = [:]
    private var order: [(key: [UInt8], serial: Int, until: Instant)] = []
    private var head = 0
    private var serial = 0

    init(limit: Int, seconds: Int64) {
        self.limit = limit
        self.seconds = seconds
    }

    var count: Int { values.count }

    mutating func value(_ key: [UInt8], now: Instant) -> Value? {
        while head < order.count, order[head].until < now { drop() }
        return values[key]?.value
    }

    mutating func keep(_ value: Value, under key: [UInt8], now: Instant) {
        while order.count - head >= limit { drop() }
        serial += 1
        values[key] = (value, serial)
        order.append((key, serial, now.advanced(bySeconds: seconds)))
    }

    mutating func remove(_ key: [UInt8]) {
        values[key] = nil
    }

    private mutating func drop() {
        let oldest = order[head]
        if values[oldest.key]?.serial == oldest.serial { values[oldest.key] = nil }
        head += 1
        if head > limit {
            order.removeFirst(head)
            head = 0
        }
    }
}
