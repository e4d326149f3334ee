import Accounts
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct GrantTableTests {
    @Test(arguments: StoreUnderTest.all)
    func `grants come back as they were given, by staff and in pages`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let (one, two) = (try Cast.staff(1), try Cast.staff(2))
            try await StaffTableTests.register(one, two, in: store)
            let full = try Cast.extent(department: Cast.humanResources, items: "0001", region: "350111")
            let endless = Grant(
                Cast.id(13), staff: one.id, role: .supervisor, extent: .everywhere,
                term: try Term(from: Cast.today, until: nil))
            let grants = [
                try Cast.grant(11, to: one.id, .decider, full), try Cast.grant(12, to: two.id, .clerk), endless,
            ]
            try await store.write { tx in
                for grant in grants { try GrantTable.give(grant, by: Cast.deed(), in: tx) }
            }
            let (ofOne, first, rest) = try await store.read { tx in
                (
                    try GrantTable.grants(of: one.id, in: tx), try GrantTable.page(limit: 2, in: tx),
                    try GrantTable.page(after: Cast.id(12), in: tx)
                )
            }
            #expect(ofOne == [grants[0], grants[2]])
            #expect(first == Array(grants.prefix(2)))
            #expect(rest == [endless])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a grant is taken back once and stays on the books`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let staff = try Cast.staff(1)
            try await StaffTableTests.register(staff, in: store)
            let grant = try Cast.grant(11, to: staff.id, .decider)
            try await store.write { tx in try GrantTable.give(grant, by: Cast.deed(), in: tx) }
            try await store.write { tx in try GrantTable.revoke(grant.id, by: Cast.deed(), in: tx) }
            let kept = try await store.read { tx in try GrantTable.grant(grant.id, in: tx) }
            #expect(kept == grant.revoked(at: Cast.now))
            await #expect(throws: AccountRefusal.grantRevoked) {
                try await store.write { tx in try GrantTable.revoke(grant.id, by: Cast.deed(), in: tx) }
            }
            await #expect(throws: AccountRefusal.grantNotFound) {
                try await store.write { tx in try GrantTable.revoke(Cast.id(99), by: Cast.deed(), in: tx) }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `nobody gives herself a grant, and nobody who is not there gets one`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let (staff, gone) = (try Cast.staff(1), try Cast.staff(2))
            try await StaffTableTests.register(staff, gone, in: store)
            try await store.write { tx in try StaffTable.leave(gone.id, by: Cast.deed(), in: tx) }
            await #expect(throws: AccountRefusal.grantToOneself) {
                let own = try Cast.grant(11, to: staff.id, .decider)
                try await store.write { tx in try GrantTable.give(own, by: Cast.deed(.staff(staff.id)), in: tx) }
            }
            let refused: [(Grant, AccountRefusal)] = [
                (try Cast.grant(12, to: gone.id, .decider), .staffLeft),
                (try Cast.grant(13, to: Cast.id(9), .decider), .staffNotFound),
            ]
            for (grant, refusal) in refused {
                await #expect(throws: refusal) {
                    try await store.write { tx in try GrantTable.give(grant, by: Cast.deed(), in: tx) }
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a member of staff has a hundred grants and no more`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let staff = try Cast.staff(1)
            try await StaffTableTests.register(staff, in: store)
            let grants = try (1...101).map { try Cast.grant(100 + $0, to: staff.id, .clerk) }
            try await store.write { tx in
                for grant in grants.dropLast() { try GrantTable.give(grant, by: Cast.deed(), in: tx) }
            }
            await #expect(throws: AccountRefusal.tooManyGrants) {
                try await store.write { tx in try GrantTable.give(grants[100], by: Cast.deed(), in: tx) }
            }
        }
    }
}
