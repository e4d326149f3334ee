import Accounts
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct AccountTableTests {
    static func account(_ login: String, _ holder: Holder, _ hash: Character = "A") throws -> Account {
        Account(login: try #require(LoginName(login)), password: try Cast.hash(hash), holder: holder)
    }

    static func open(_ account: Account, _ store: any Store) async throws {
        try await store.write { tx in try AccountTable.open(account, by: Cast.deed(), in: tx) }
    }

    @Test(arguments: StoreUnderTest.all)
    func `accounts come back by login and by holder`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            try await PersonTableTests.register(.citizen(Cast.citizen(1)), in: store)
            try await StaffTableTests.register(Cast.staff(2), in: store)
            let accounts = [
                try Self.account("lin", .person(Cast.id(1))), try Self.account("zheng", .staff(Cast.id(2))),
            ]
            for account in accounts { try await Self.open(account, store) }
            for account in accounts {
                let (byLogin, byHolder) = try await store.read { tx in
                    (
                        try AccountTable.account(account.login, in: tx),
                        try AccountTable.account(of: account.holder, in: tx)
                    )
                }
                #expect(byLogin == account)
                #expect(byHolder == account)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a login and a holder have one account, and a holder is somebody`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            try await PersonTableTests.register(.citizen(Cast.citizen(1)), .citizen(Cast.citizen(2)), in: store)
            try await StaffTableTests.register(Cast.staff(3), in: store)
            try await store.write { tx in try StaffTable.leave(Cast.id(3), by: Cast.deed(), in: tx) }
            try await Self.open(Self.account("lin", .person(Cast.id(1))), store)
            let refused: [(Account, AccountRefusal)] = [
                (try Self.account("nobody", .person(Cast.id(9))), .personNotFound),
                (try Self.account("nobody", .staff(Cast.id(9))), .staffNotFound),
                (try Self.account("gone", .staff(Cast.id(3))), .staffLeft),
            ]
            for (account, refusal) in refused {
                await #expect(throws: refusal) { try await Self.open(account, store) }
            }
            await #expect(throws: AccountRefusal.loginTaken) {
                try await Self.open(Self.account("LIN", .person(Cast.id(2))), store)
            }
            await #expect(throws: AccountRefusal.holderHasAccount) {
                try await Self.open(Self.account("lin2", .person(Cast.id(1))), store)
            }
            let second = try await store.read { tx in try AccountTable.account(of: .person(Cast.id(2)), in: tx) }
            #expect(second == nil)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `another password ends every session but the one that asked`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            try await PersonTableTests.register(.citizen(Cast.citizen(1)), in: store)
            let holder = Holder.person(Cast.id(1))
            try await Self.open(Self.account("lin", holder), store)
            let (here, there) = (SessionToken(Dice.seeded(1)), SessionToken(Dice.seeded(2)))
            let other = try Cast.hash("B")
            let changed = try await store.write { tx in
                let session = try SessionTable.start(here, of: holder, now: Cast.now, in: tx)
                try SessionTable.start(there, of: holder, now: Cast.now, in: tx)
                try AccountTable.changePassword(
                    of: holder, to: other, keeping: session, by: Cast.deed(holder.actor), in: tx)
                return try AccountTable.account(of: holder, in: tx)
            }
            #expect(changed?.password == other)
            _ = try await store.read { tx in try SessionTable.session(here, now: Cast.now, in: tx) }
            await #expect(throws: LoginRefusal.sessionEnded) {
                try await store.read { tx in try SessionTable.session(there, now: Cast.now, in: tx) }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a closed account is gone, its sessions too, and the login is free again`(_ place: StoreUnderTest) async throws
    {
        try await place.use(AccountShape.migrations) { store in
            try await PersonTableTests.register(.citizen(Cast.citizen(1)), .citizen(Cast.citizen(2)), in: store)
            let holder = Holder.person(Cast.id(1))
            try await Self.open(Self.account("lin", holder), store)
            let token = SessionToken(Dice.seeded(1))
            try await store.write { tx in
                try SessionTable.start(token, of: holder, now: Cast.now, in: tx)
                try AccountTable.close(holder, by: Cast.deed(), in: tx)
            }
            await #expect(throws: LoginRefusal.sessionEnded) {
                try await store.read { tx in try SessionTable.session(token, now: Cast.now, in: tx) }
            }
            await #expect(throws: AccountRefusal.accountNotFound) {
                try await store.write { tx in try AccountTable.close(holder, by: Cast.deed(), in: tx) }
            }
            let hash = try Cast.hash()
            await #expect(throws: AccountRefusal.accountNotFound) {
                try await store.write { tx in
                    try AccountTable.changePassword(of: holder, to: hash, by: Cast.deed(), in: tx)
                }
            }
            try await Self.open(Self.account("lin", .person(Cast.id(2))), store)
        }
    }
}
