package import Store
package import Vocabulary

/// Lets people in: counts the attempt, looks at the password on threads of its own, starts a session.
package struct SignIn: Sendable {
    /// What came with the login form.
    package struct Attempt: Sendable {
        package let login: String
        package let password: String
        /// The peer's network address.
        package let address: String
        package let door: Door

        package init(login: String, password: String, address: String, door: Door) {
            self.login = login
            self.password = password
            self.address = address
            self.door = door
        }
    }

    /// A session and the secret for its cookie.
    package struct Entrance: Sendable {
        package let token: SessionToken
        package let session: Session
    }

    private let store: any Store
    private let passwords: PasswordWorkers
    private let key: AccountKey

    package init(store: any Store, passwords: PasswordWorkers, key: AccountKey) {
        self.store = store
        self.passwords = passwords
        self.key = key
    }

    /// Refuses with `wrong` whatever is wrong, after the same work, and with `wait` after too many failures. `dice`
    /// give the session's secret.
    package func enter(_ attempt: Attempt, dice: Dice, now: Instant) async throws -> Entrance {
        let counted = LoginAttempt(login: attempt.login, address: attempt.address, key: key)
        let found = try await store.write { tx in
            try ThrottleTable.begin(counted, now: now, in: tx)
            return try LoginName(attempt.login).flatMap { try AccountTable.account($0, in: tx) }
        }
        let account = found?.holder.door == attempt.door ? found : nil
        let isRight = try await verify(attempt.password, of: account, counted)
        guard isRight, let account else { throw LoginRefusal.wrong }
        let token = SessionToken(dice)
        let session = try await store.write { tx in
            guard try AccountTable.account(account.login, in: tx) == account else { throw LoginRefusal.wrong }
            try ThrottleTable.succeeded(counted, in: tx)
            return try SessionTable.start(token, of: account.holder, now: now, in: tx)
        }
        return Entrance(token: token, session: session)
    }

    private func verify(_ password: String, of account: Account?, _ counted: LoginAttempt) async throws -> Bool {
        do {
            return try await passwords.verify(password, against: account?.password)
        } catch {
            try await store.write { tx in try ThrottleTable.takeBack(counted, in: tx) }
            throw error
        }
    }
}
