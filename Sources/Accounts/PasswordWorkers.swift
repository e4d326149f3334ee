package import Vocabulary

/// Hashes and verifies passwords on threads of its own. When too many wait, the next is `Fault.busy("passwords")`.
package struct PasswordWorkers: Sendable {
    /// LIMIT: threads, so that at most two cores and 32 MiB are taken by logins.
    package static let threads = 2
    /// LIMIT: passwords that may wait; at 20 ms each, the last of them waits for less than a second.
    package static let queueMax = 64

    private let workers: Workers

    /// Starts the threads.
    package init() {
        self.init(workers: Workers(name: "passwords", threads: Self.threads, queueMax: Self.queueMax))
    }

    init(workers: Workers) {
        self.workers = workers
    }

    /// The hash of a password that was chosen. `dice` give the salt.
    package func hash(_ password: Password, dice: Dice) async throws -> PasswordHash {
        let salt = dice.bytes(PasswordHash.saltBytes)
        return try await workers.run { try PasswordHash(of: password.bytes, salt: salt) }
    }

    /// Whether the text is the password behind the hash. For nil (nobody has this login) the work is done all the same,
    /// and the answer is no.
    package func verify(_ text: String, against hash: PasswordHash?) async throws -> Bool {
        let candidate = Password.normalised(text)
        let bytes = candidate.map { Array($0.utf8) } ?? []
        let matches = try await workers.run { try (hash ?? .ofNobody).matches(bytes) }
        return matches && hash != nil && candidate != nil
    }

    /// Finishes what waits and ends the threads.
    package func close() {
        workers.close()
    }
}
