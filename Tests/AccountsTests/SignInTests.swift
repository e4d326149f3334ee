@testable import Accounts
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct SignInTests {
    static let password = "tea-window-19"

    /// A house with a citizen and a clerk who have accounts, and a way to try to get in.
    struct House {
        let store: any Store
        let signIn: SignIn

        func enter(_ login: String, _ password: String, at second: Int64 = 0, door: Door = .portal) async throws
            -> SignIn.Entrance
        {
            let attempt = SignIn.Attempt(login: login, password: password, address: "192.0.2.7", door: door)
            return try await signIn.enter(attempt, dice: Dice.system, now: Cast.now.later(second))
        }
    }

    static func use(_ place: StoreUnderTest, _ body: (House) async throws -> Void) async throws {
        try await place.use(AccountShape.migrations) { store in
            let passwords = PasswordWorkers()
            defer { passwords.close() }
            try await PersonTableTests.register(.citizen(Cast.citizen(1)), in: store)
            try await StaffTableTests.register(Cast.staff(2), in: store)
            let holders: [(String, Holder)] = [("lin", .person(Cast.id(1))), ("zheng", .staff(Cast.id(2)))]
            for (name, holder) in holders {
                let login = try #require(LoginName(name))
                let hash = try await passwords.hash(Password(password, login: login), dice: Dice.system)
                try await AccountTableTests.open(Account(login: login, password: hash, holder: holder), store)
            }
            try await body(House(store: store, signIn: SignIn(store: store, passwords: passwords, key: Cast.key())))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the right password at the right door opens a session`(_ place: StoreUnderTest) async throws {
        try await Self.use(place) { house in
            let entrance = try await house.enter("lin", Self.password)
            #expect(entrance.session.holder == .person(Cast.id(1)))
            let found = try await house.store.read { tx in
                try SessionTable.session(entrance.token, now: Cast.now, in: tx)
            }
            #expect(found == entrance.session)
            let clerk = try await house.enter("ZHENG", Self.password, door: .staff)
            #expect(clerk.session.holder == .staff(Cast.id(2)))
            #expect(clerk.token.cookie != entrance.token.cookie)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a wrong password, an unknown login, the other door and nonsense get one answer`(
        _ place: StoreUnderTest
    ) async throws {
        try await Self.use(place) { house in
            let attempts: [(String, String, Door)] = [
                ("lin", "tea-window-18", .portal), ("nobody", Self.password, .portal), ("lin", Self.password, .staff),
                ("zheng", Self.password, .portal), ("'; --", Self.password, .portal), ("", "", .portal),
            ]
            for (login, password, door) in attempts {
                await #expect(throws: LoginRefusal.wrong) { _ = try await house.enter(login, password, door: door) }
            }
            let sessions = try await house.store.read { tx in try tx.row("SELECT COUNT(*) FROM session")?.integer(0) }
            #expect(sessions == 0)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `five failures make even the right password wait, for a known login as for an unknown one`(
        _ place: StoreUnderTest
    ) async throws {
        try await Self.use(place) { house in
            for login in ["lin", "nobody"] {
                for _ in 0..<5 {
                    await #expect(throws: LoginRefusal.wrong) { _ = try await house.enter(login, "wrong") }
                }
                await #expect(throws: LoginRefusal.wait(until: Cast.now.later(30))) {
                    _ = try await house.enter(login, Self.password)
                }
            }
            _ = try await house.enter("lin", Self.password, at: 30)
            for _ in 0..<4 {
                await #expect(throws: LoginRefusal.wrong) { _ = try await house.enter("lin", "wrong", at: 31) }
            }
            _ = try await house.enter("lin", Self.password, at: 31)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `who waits in vain for a worker is not counted as having failed`(_ place: StoreUnderTest) async throws {
        try await Self.use(place) { house in
            let workers = Workers(name: "passwords", threads: 1, queueMax: 1)
            workers.close()
            let closed = PasswordWorkers(workers: workers)
            let signIn = SignIn(store: house.store, passwords: closed, key: try Cast.key())
            let attempt = SignIn.Attempt(login: "lin", password: Self.password, address: "192.0.2.7", door: .portal)
            for _ in 0..<8 {
                await #expect(throws: Fault.busy("passwords")) {
                    _ = try await signIn.enter(attempt, dice: Dice.system, now: Cast.now)
                }
            }
            _ = try await house.enter("lin", Self.password)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `who left does not come in`(_ place: StoreUnderTest) async throws {
        try await Self.use(place) { house in
            try await house.store.write { tx in try StaffTable.leave(Cast.id(2), by: Cast.deed(), in: tx) }
            await #expect(throws: LoginRefusal.wrong) {
                _ = try await house.enter("zheng", Self.password, door: .staff)
            }
        }
    }
}
