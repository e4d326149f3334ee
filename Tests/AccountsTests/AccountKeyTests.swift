import Accounts
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct AccountKeyTests {
    @Test(arguments: StoreUnderTest.all)
    func `a database keeps the secret it was written with, and takes no other`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let (first, other) = (try Cast.key(7), try Cast.key(8))
            for _ in 0..<2 { try await store.write { tx in try AccountKeyTable.confirm(first, in: tx) } }
            await #expect(throws: Fault.self) {
                try await store.write { tx in try AccountKeyTable.confirm(other, in: tx) }
            }
            try await store.write { tx in try AccountKeyTable.confirm(first, in: tx) }
        }
    }
}
