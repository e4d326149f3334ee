import Vocabulary

/// Small questions of many people, answered together: whatever is asked while one reading is under way shares the
/// next, so that a thread and a transaction serve dozens of them.
actor SharedReading<Question: Sendable, Answer: Sendable> {
    /// LIMIT: questions of one reading.
    private static var togetherMax: Int { 128 }
    /// LIMIT: questions that wait; one more is `Fault.busy`.
    private static var waitingMax: Int { 4096 }

    private typealias Asked = (question: Question, continuation: CheckedContinuation<Answer, any Error>)
    private let name: String
    private let read: @Sendable ([Question]) async throws -> [Answer]
    private var waiting: [Asked] = []
    private var isReading = false

    /// `read` answers every question in its place.
    init(name: String, read: @escaping @Sendable ([Question]) async throws -> [Answer]) {
        self.name = name
        self.read = read
    }

    /// One question, whoever asks it: all who ask together get one answer.
    init(ofOne name: String, read: @escaping @Sendable () async throws -> Answer) where Question == Void {
        self.init(name: name) { asked in
            let answer = try await read()
            return asked.map { answer }
        }
    }

    /// The answer, as of a reading that began after the question was asked.
    func answer(_ question: Question) async throws -> Answer {
        guard waiting.count < Self.waitingMax else { throw Fault.busy(name) }
        return try await withCheckedThrowingContinuation { continuation in
            waiting.append((question, continuation))
            if !isReading {
                isReading = true
                Task { await work() }
            }
        }
    }

    private func work() async {
        while !waiting.isEmpty {
            let together = Array(waiting.prefix(Self.togetherMax))
            waiting.removeFirst(together.count)
            do {
                let answers = try await read(together.map(\.question))
                precondition(answers.count == together.count, "every question has an answer")
                for (asked, answer) in zip(together, answers) { asked.continuation.resume(returning: answer) }
            } catch {
                for asked in together { asked.continuation.resume(throwing: error) }
            }
        }
        isReading = false
    }
}
