import Accounts
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct AgencyTableTests {
    static func letter(_ serial: UInt64, _ items: Agency.Items = .all, from principal: UInt64 = 1, to agent: UInt64 = 2)
        throws -> Agency
    {
        let term = try Term(from: Cast.today, until: Cast.today.advanced(byDays: 30))
        return try Agency(
            Cast.id(serial), principal: Cast.id(principal), agent: Cast.id(agent), items: items, term: term)
    }

    static func cast(_ store: any Store) async throws {
        try await PersonTableTests.register(
            .citizen(Cast.citizen(1)), .citizen(Cast.citizen(2)), .legalPerson(Cast.firm(3)), in: store)
    }

    @Test(arguments: StoreUnderTest.all)
    func `letters come back by principal and by agent, and in pages`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            try await Self.cast(store)
            let listed = Agency.Items.listed([
                try ItemCodePrefix(Cast.specialHours), try ItemCodePrefix("350114111004"),
            ])
            let letters = [
                try Self.letter(51), try Self.letter(52, listed, from: 3), try Self.letter(53, listed),
            ]
            try await store.write { tx in
                for letter in letters { try AgencyTable.give(letter, by: Cast.deed(), in: tx) }
            }
            let (given, held, after, firms) = try await store.read { tx in
                (
                    try AgencyTable.given(by: Cast.id(1), in: tx),
                    try AgencyTable.held(by: Cast.id(2), limit: 2, in: tx),
                    try AgencyTable.held(by: Cast.id(2), after: Cast.id(52), in: tx),
                    try AgencyTable.agencies(of: Cast.id(3), to: Cast.id(2), on: Cast.today, in: tx)
                )
            }
            #expect(given == [letters[0], letters[2]])
            #expect(held == [letters[0], letters[1]])
            #expect(after == [letters[2]])
            #expect(firms == [letters[1]])
            let later = try await store.read { tx in
                try AgencyTable.agencies(
                    of: Cast.id(1), to: Cast.id(2), on: Cast.today.advanced(byDays: 31), in: tx)
            }
            #expect(later == [])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a letter is taken back once, by its principal`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            try await Self.cast(store)
            let letter = try Self.letter(51)
            try await store.write { tx in try AgencyTable.give(letter, by: Cast.deed(), in: tx) }
            await #expect(throws: AccountRefusal.agencyNotFound) {
                try await store.write { tx in
                    try AgencyTable.revoke(letter.id, of: Cast.id(2), by: Cast.deed(), in: tx)
                }
            }
            try await store.write { tx in try AgencyTable.revoke(letter.id, of: Cast.id(1), by: Cast.deed(), in: tx) }
            let (standing, given) = try await store.read { tx in
                (
                    try AgencyTable.agencies(of: Cast.id(1), to: Cast.id(2), on: Cast.today, in: tx),
                    try AgencyTable.given(by: Cast.id(1), in: tx)
                )
            }
            #expect(standing == [])
            #expect(given == [letter.revoked(at: Cast.now)])
            await #expect(throws: AccountRefusal.agencyRevoked) {
                try await store.write { tx in
                    try AgencyTable.revoke(letter.id, of: Cast.id(1), by: Cast.deed(), in: tx)
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an agent is a citizen, and both are known`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            try await Self.cast(store)
            await #expect(throws: AccountRefusal.agentNotACitizen) {
                let firm = try Self.letter(51, to: 3)
                try await store.write { tx in try AgencyTable.give(firm, by: Cast.deed(), in: tx) }
            }
            let refused: [(Agency, AccountRefusal)] = [
                (try Self.letter(52, to: 8), .personNotFound), (try Self.letter(53, from: 8), .personNotFound),
            ]
            for (letter, refusal) in refused {
                await #expect(throws: refusal) {
                    try await store.write { tx in try AgencyTable.give(letter, by: Cast.deed(), in: tx) }
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a principal gives a thousand letters and no more`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            try await Self.cast(store)
            let last = try Self.letter(5000)
            await #expect(throws: AccountRefusal.tooManyAgencies) {
                try await store.write { tx in
                    for serial in 0..<UInt64(Agency.lettersMax) {
                        try AgencyTable.give(Self.letter(100 + serial), by: Cast.deed(), in: tx)
                    }
                    try AgencyTable.give(last, by: Cast.deed(), in: tx)
                }
            }
        }
    }
}
