import Accounts
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct RelativeTests {
    @Test(arguments: StoreUnderTest.all)
    func `a relative is declared once under a name that nobody reads, up to a limit, and taken back`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(AccountShape.migrations) { store in
            let (one, two) = (try Cast.staff(1), try Cast.staff(2))
            try await StaffTableTests.register(one, two, in: store)
            let key = try #require(AccountKey(Array(repeating: 7, count: 32)))
            let declare = { @Sendable (serial: UInt64, name: String) in
                let relative = Relative(Cast.id(serial), of: one.id, .spouse, declaredAt: Cast.deed().now)
                let digest = key.relativeDigest(of: name, to: one.id)
                try await store.write { tx in
                    try RelativeTable.declare(relative, name: digest, by: Cast.deed(), in: tx)
                }
            }
            try await declare(100, "李四")
            await #expect(throws: AccountRefusal.relativeKnown) { try await declare(101, "李四") }
            #expect(key.relativeDigest(of: "李四", to: one.id) != key.relativeDigest(of: "李四", to: two.id))
            for serial in 1..<UInt64(Relative.perStaffMax) { try await declare(200 + serial, "亲属\(serial)") }
            await #expect(throws: AccountRefusal.tooManyRelatives) { try await declare(300, "王五") }
            let bears = { @Sendable (name: String, staff: StaffID) in
                try await store.read { tx in
                    try RelativeTable.bears(key.relativeDigest(of: name, to: staff), staff, in: tx)
                }
            }
            #expect(try await bears("李四", one.id))
            #expect(try await !bears("李四", two.id))
            try await store.write { tx in
                try RelativeTable.withdraw(Cast.id(100), of: one.id, by: Cast.deed(), in: tx)
            }
            #expect(try await !bears("李四", one.id))
            await #expect(throws: AccountRefusal.relativeNotFound) {
                try await store.write { tx in
                    try RelativeTable.withdraw(Cast.id(100), of: one.id, by: Cast.deed(), in: tx)
                }
            }
        }
    }
}
