import Accounts
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct StaffTableTests {
    static func register(_ staff: Staff..., in store: any Store) async throws {
        try await store.write { tx in
            for one in staff { try StaffTable.register(one, by: Cast.deed(), in: tx) }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `staff come back by id and by employee number, and in pages`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let all = try (1...5).map { try Cast.staff($0) }
            for one in all.reversed() { try await Self.register(one, in: store) }
            let (id, number) = (all[2].id, all[2].employeeNumber)
            let (byID, byNumber, first, rest) = try await store.read { tx in
                (
                    try StaffTable.staff(id, in: tx), try StaffTable.staff(number, in: tx),
                    try StaffTable.page(limit: 3, in: tx), try StaffTable.page(after: number, limit: 3, in: tx)
                )
            }
            #expect(byID == all[2])
            #expect(byNumber == all[2])
            #expect(first == Array(all.prefix(3)))
            #expect(rest == Array(all.suffix(2)))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a page has at most a hundred rows whatever is asked`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let all = try (1...101).map { try Cast.staff($0) }
            try await store.write { tx in
                for one in all { try StaffTable.register(one, by: Cast.deed(), in: tx) }
            }
            let page = try await store.read { tx in try StaffTable.page(limit: 1_000_000, in: tx) }
            #expect(page.count == Limits.pageRowsMax)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an employee number is given once, even after she left`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let first = try Cast.staff(1)
            try await Self.register(first, in: store)
            try await store.write { tx in try StaffTable.leave(first.id, by: Cast.deed(), in: tx) }
            let second = Staff(
                Cast.id(2), name: try #require(FullName("王大寒")), employeeNumber: first.employeeNumber, region: .fuzhou)
            await #expect(throws: AccountRefusal.employeeNumberTaken) { try await Self.register(second, in: store) }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `somebody moves to another hall but keeps her number`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let before = try Cast.staff(1)
            try await Self.register(before, in: store)
            let name = try #require(FullName("郑白露"))
            let after = Staff(before.id, name: name, employeeNumber: before.employeeNumber, region: .fuzhou)
            try await store.write { tx in try StaffTable.change(after, by: Cast.deed(), in: tx) }
            #expect(try await store.read { tx in try StaffTable.staff(before.id, in: tx) } == after)
            let other = Staff(
                before.id, name: name, employeeNumber: try #require(EmployeeNumber("X9")), region: .fuzhou)
            await #expect(throws: AccountRefusal.numberStays) {
                try await store.write { tx in try StaffTable.change(other, by: Cast.deed(), in: tx) }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `who leaves loses grants, account and sessions at once, and later her name`(_ place: StoreUnderTest)
        async throws
    {
        try await place.use(AccountShape.migrations) { store in
            let staff = try Cast.staff(1)
            try await Self.register(staff, in: store)
            let grant = try Cast.grant(10, to: staff.id, .decider)
            let (login, hash) = (try #require(LoginName("zheng")), try Cast.hash())
            let token = SessionToken(Dice.seeded(1))
            try await store.write { tx in
                try GrantTable.give(grant, by: Cast.deed(), in: tx)
                try AccountTable.open(
                    Account(login: login, password: hash, holder: .staff(staff.id)), by: Cast.deed(), in: tx)
                try SessionTable.start(token, of: .staff(staff.id), now: Cast.now, in: tx)
            }
            await #expect(throws: AccountRefusal.staffServes) {
                try await store.write { tx in try StaffTable.erase(staff.id, by: Cast.deed(), in: tx) }
            }
            try await store.write { tx in try StaffTable.leave(staff.id, by: Cast.deed(), in: tx) }
            let (grants, account, left) = try await store.read { tx in
                (
                    try GrantTable.grants(of: staff.id, in: tx), try AccountTable.account(login, in: tx),
                    try StaffTable.staff(staff.id, in: tx)
                )
            }
            #expect(grants == [grant.revoked(at: Cast.now)])
            #expect(account == nil)
            #expect(left?.serves == false)
            await #expect(throws: LoginRefusal.sessionEnded) {
                try await store.read { tx in try SessionTable.session(token, now: Cast.now, in: tx) }
            }
            await #expect(throws: AccountRefusal.staffLeft) {
                try await store.write { tx in try StaffTable.leave(staff.id, by: Cast.deed(), in: tx) }
            }
            try await store.write { tx in try StaffTable.erase(staff.id, by: Cast.deed(), in: tx) }
            let erased = try await store.read { tx in try StaffTable.staff(staff.id, in: tx) }
            #expect(erased?.name == nil)
            #expect(erased?.employeeNumber == staff.employeeNumber)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `nobody is not staff`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let stranger = try Cast.staff(1)
            await #expect(throws: AccountRefusal.staffNotFound) {
                try await store.write { tx in try StaffTable.leave(stranger.id, by: Cast.deed(), in: tx) }
            }
            await #expect(throws: AccountRefusal.staffNotFound) {
                try await store.write { tx in try StaffTable.erase(stranger.id, by: Cast.deed(), in: tx) }
            }
            await #expect(throws: AccountRefusal.staffNotFound) {
                try await store.write { tx in try StaffTable.change(stranger, by: Cast.deed(), in: tx) }
            }
        }
    }
}
