import Accounts
import Dossiers
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// Partners as whoever runs the house takes them in.
@Suite struct PartnerTests {
    private static func hall(_ store: any Store) throws -> Hall {
        let clock = TimeSource { Instant(milliseconds: 1_795_500_000_000) }
        return try Hall(
            store: store, calendar: try .shipped(), world: Hall.World(time: clock, dice: Dice.seeded(1)),
            signers: try SimulationSigners(seed: 1))
    }

    @Test(arguments: StoreUnderTest.all)
    func `a partner has a name and a number of calls, and who is not known is not changed`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(Hall.migrations) { store in
            let hall = try Self.hall(store)
            let id = try #require(AccessID("bank-1"))
            for (name, perMinute) in [("", 60), (String(repeating: "银", count: 101), 60), ("银行", 0), ("银行", 60_001)] {
                await #expect(throws: PartnerRefusal.termsUnfit) {
                    _ = try await hall.add(partner: id, name: name, body: nil, perMinute: perMinute)
                }
            }
            await #expect(throws: PartnerRefusal.unknown) { try await hall.revokePartner(id) }
            _ = try await hall.add(partner: id, name: "银行", body: nil, perMinute: 60)
            let grant = try await hall.give(.file, .everywhere, to: id)
            let listed = try await hall.partners()
            #expect(listed.map(\.partner.name) == ["银行"] && listed.first?.grants.map(\.id) == [grant])
            try await hall.take(grant, from: id)
            #expect(try await hall.partners().first?.grants == [])
        }
    }
}
