import Accounts
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct PartnerTableTests {
    private static func partner(_ serial: UInt64, _ name: String = "hrss-system") throws -> Partner {
        Partner(
            Cast.id(serial), clientID: try #require(AccessID(name)), name: "市人社局业务系统",
            body: CreditCode(Cast.humanResources), perMinute: 60)
    }

    private static func grant(_ serial: UInt64, _ scope: PartnerScope) throws -> PartnerGrant {
        PartnerGrant(Cast.id(serial), scope, try Cast.extent(items: "0001", region: "350100"))
    }

    @Test(arguments: StoreUnderTest.all)
    func `a partner is kept, found, given scopes and shut out`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let partner = try Self.partner(1)
            try await store.write { tx in
                try PartnerTable.add(partner, by: Cast.deed(), in: tx)
                try PartnerTable.give(try Self.grant(11, .read), to: partner, by: Cast.deed(), in: tx)
                try PartnerTable.give(try Self.grant(12, .file), to: partner, by: Cast.deed(), in: tx)
                #expect(try PartnerTable.partner(partner.clientID, in: tx) == partner)
                #expect(try PartnerTable.partner(partner.id, in: tx) == partner)
                #expect(try PartnerTable.partner(Cast.id(2), in: tx) == nil)
                #expect(try PartnerTable.grants(of: partner.id, in: tx).map(\.scope) == [.read, .file])
                try PartnerTable.take(Cast.id(11), from: partner, by: Cast.deed(), in: tx)
                #expect(try PartnerTable.grants(of: partner.id, in: tx) == [try Self.grant(12, .file)])
                #expect(throws: PartnerRefusal.grantNotFound) {
                    try PartnerTable.take(Cast.id(11), from: partner, by: Cast.deed(), in: tx)
                }
                #expect(throws: PartnerRefusal.clientIDTaken) {
                    try PartnerTable.add(try Self.partner(3), by: Cast.deed(), in: tx)
                }
            }
            try await store.write { tx in
                try PartnerTable.add(try Self.partner(4, "zz-bank"), by: Cast.deed(), in: tx)
                #expect(try PartnerTable.page(in: tx).map(\.clientID.description) == ["hrss-system", "zz-bank"])
                #expect(try PartnerTable.page(after: "hrss-system", in: tx).count == 1)
                try PartnerTable.revoke(partner, by: Cast.deed(), in: tx)
                #expect(try PartnerTable.partner(partner.id, in: tx)?.revokedAt == Cast.now)
                let late = try Self.grant(13, .read)
                #expect(throws: PartnerRefusal.shutOut) {
                    try PartnerTable.give(
                        late, to: try #require(try PartnerTable.partner(partner.id, in: tx)),
                        by: Cast.deed(), in: tx)
                }
                #expect(throws: PartnerRefusal.shutOut) {
                    try PartnerTable.revoke(partner, by: Cast.deed(), in: tx)
                }
                #expect(throws: PartnerRefusal.shutOut) {
                    try PartnerTable.renew(partner, by: Cast.deed(), in: tx)
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a partner has so many grants and no more`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            try await store.write { tx in
                let partner = try Self.partner(1)
                try PartnerTable.add(partner, by: Cast.deed(), in: tx)
                for serial in 0..<UInt64(PartnerGrant.perPartnerMax) {
                    let grant = try Self.grant(100 + serial, .read)
                    try PartnerTable.give(grant, to: partner, by: Cast.deed(), in: tx)
                }
                #expect(throws: PartnerRefusal.tooManyGrants) {
                    try PartnerTable.give(try Self.grant(99, .read), to: partner, by: Cast.deed(), in: tx)
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a house has so many partners, and a partner so many officials`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            try await store.write { tx in
                for serial in 0..<Partner.perHouseMax {
                    let id: PartnerID = Cast.id(UInt64(1000 + serial))
                    try tx.execute(
                        """
                        INSERT INTO partner (client_id, id, name, per_minute, edition)
                        VALUES (\("p-\(serial)"), \(id), 'x', 1, 1)
                        """)
                }
                #expect(throws: PartnerRefusal.tooManyPartners) {
                    try PartnerTable.add(try Self.partner(1), by: Cast.deed(), in: tx)
                }
                let owner: PartnerID = Cast.id(1000)
                for serial in 0..<PartnerOfficer.perPartnerMax {
                    try tx.execute(
                        """
                        INSERT INTO partner_officer (partner, code, name, citizen_id)
                        VALUES (\(owner), \("K-\(serial)"), '周明', \("\(serial)"))
                        """)
                }
                let one = PartnerOfficer(
                    try #require(OfficerCode("L-1")), name: try #require(FullName("何清")),
                    citizenID: try Cast.number(5))
                #expect(throws: PartnerRefusal.tooManyOfficers) {
                    try PartnerTable.name(one, of: owner, by: Cast.deed(), in: tx)
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `officials are named once, can be named anew, and the same again writes nothing`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(AccountShape.migrations) { store in
            try await store.write { tx in
                let partner = try Self.partner(1)
                try PartnerTable.add(partner, by: Cast.deed(), in: tx)
                let code = try #require(OfficerCode("K-0012"))
                let officer = PartnerOfficer(
                    code, name: try #require(FullName("周明")), citizenID: try Cast.number(5))
                #expect(try PartnerTable.officer(code, of: partner.id, in: tx) == nil)
                for _ in 1...2 { try PartnerTable.name(officer, of: partner.id, by: Cast.deed(), in: tx) }
                #expect(try PartnerTable.officer(code, of: partner.id, in: tx) == officer)
                #expect(try PartnerTable.officer(code, of: Cast.id(2), in: tx) == nil, "another partner's is another")
                let renamed = PartnerOfficer(code, name: try #require(FullName("周明远")), citizenID: try Cast.number(5))
                try PartnerTable.name(renamed, of: partner.id, by: Cast.deed(), in: tx)
                #expect(try PartnerTable.officer(code, of: partner.id, in: tx) == renamed)
                #expect(try Journal.entries(of: partner.id.subject, in: tx).count == 3)
                let second = PartnerOfficer(
                    try #require(OfficerCode("K-0013")), name: renamed.name, citizenID: try Cast.number(5))
                let another = PartnerOfficer(code, name: renamed.name, citizenID: try Cast.number(6))
                for taken in [second, another] {
                    #expect(throws: PartnerRefusal.officerTaken) {
                        try PartnerTable.name(taken, of: partner.id, by: Cast.deed(), in: tx)
                    }
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a token counts for ten minutes, and not after its partner is shut out or has a new secret`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(AccountShape.migrations) { store in
            let partner = try Self.partner(1)
            let tokens = (0...2).map { PartnerToken(Dice.seeded($0)) }
            try await store.write { tx in
                try PartnerTable.add(partner, by: Cast.deed(), in: tx)
                for token in tokens.prefix(2) {
                    try PartnerTokenTable.give(token, to: partner.id, scopes: [.file, .read], now: Cast.now, in: tx)
                }
                let found = try #require(try PartnerTokenTable.read(tokens[0], now: Cast.now, in: tx))
                #expect(found.partner == partner.id && found.scopes == [.file, .read])
                #expect(try PartnerTokenTable.read(tokens[2], now: Cast.now, in: tx) == nil)
                let last = Cast.now.advanced(bySeconds: PartnerToken.seconds - 1)
                #expect(try PartnerTokenTable.read(tokens[0], now: last, in: tx) != nil)
                let over = Cast.now.advanced(bySeconds: PartnerToken.seconds)
                #expect(try PartnerTokenTable.read(tokens[0], now: over, in: tx) == nil)
                #expect(try PartnerTokenTable.prune(now: last, in: tx) == 0)
                let renewed = try PartnerTable.renew(partner, by: Cast.deed(), in: tx)
                #expect(renewed.edition == 2)
                #expect(try PartnerTokenTable.read(tokens[1], now: Cast.now, in: tx) == nil)
                try PartnerTokenTable.give(tokens[2], to: partner.id, scopes: [], now: Cast.now, in: tx)
                #expect(try PartnerTokenTable.prune(now: over, in: tx) == 1)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the first of too many tokens ends`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            try await store.write { tx in
                let partner: PartnerID = Cast.id(1)
                let tokens = (0...UInt64(PartnerTokenTable.perPartnerMax)).map { PartnerToken(Dice.seeded($0)) }
                for (second, token) in tokens.enumerated() {
                    let now = Cast.now.advanced(bySeconds: Int64(second))
                    try PartnerTokenTable.give(token, to: partner, scopes: [.read], now: now, in: tx)
                }
                let now = Cast.now.advanced(bySeconds: Int64(tokens.count))
                #expect(try PartnerTokenTable.read(tokens[0], now: now, in: tx) == nil)
                #expect(try PartnerTokenTable.read(tokens[1], now: now, in: tx) != nil)
            }
        }
    }

    @Test func `a token is told by its prefix and masks itself, and a secret is each edition's own`() throws {
        let token = PartnerToken(Dice.seeded(1))
        #expect(token.text.hasPrefix("owp_") && token.text.count == 68)
        #expect(PartnerToken(token.text)?.text == token.text)
        for text in ["", "owp_", String(token.text.dropFirst(4)), token.text + "0", token.text.uppercased()] {
            #expect(PartnerToken(text) == nil, "\(text)")
        }
        #expect("\(token)" == "PartnerToken(***)")
        let key = try Cast.key()
        let partner = try Self.partner(1)
        let next = Partner(
            partner.id, clientID: partner.clientID, name: partner.name, body: nil, perMinute: 1, edition: 2)
        #expect(key.secret(of: partner).count == 64 && key.secret(of: partner) != key.secret(of: next))
        #expect(key.isSecret(key.secret(of: partner), of: partner))
        #expect(!key.isSecret(key.secret(of: next), of: partner) && !key.isSecret("", of: partner))
    }

    @Test func `a grant covers its place with what lies in it, its items and its department`() throws {
        let grant = PartnerGrant(
            Cast.id(1), .read, try Cast.extent(department: Cast.humanResources, items: "000114", region: "350100"))
        #expect(grant.reach.covers(try Cast.scope(region: "350100")))
        #expect(grant.reach.covers(try Cast.scope(region: "350111")))
        #expect(!grant.reach.covers(try Cast.scope(region: "350200")))
        #expect(!grant.reach.covers(try Cast.scope(item: "000200000001", region: "350100")))
        #expect(!grant.reach.covers(try Cast.scope(department: Cast.construction, region: "350100")))
        #expect(PartnerGrant(Cast.id(2), .read, .everywhere).reach.covers(try Cast.scope(region: "350200")))
    }
}
