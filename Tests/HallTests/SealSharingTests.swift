import Certificates
import Documents
import Hall
import Signing
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// Two processes on one store and one ring: what one does to a seal, the other notices.
@Suite("Seals of two processes")
struct SealSharingTests {
    private static let body = CreditCode("11350100MADEM002X0")
    private static let name = "福州市人力资源和社会保障局"

    private static func stories(_ store: any Store) throws -> (HallStory, HallStory) {
        let keys = try TestFolder.fresh() + "/keys"
        var one = try HallStory(store: store)
        var other = try HallStory(store: store, clock: one.clock)
        func workshop(_ story: HallStory) throws -> SealWorkshop {
            let ring = try KeyRing(
                folder: keys, masterKey: nil, forDemonstration: true, now: story.hall.time.now())
            return SealWorkshop(
                keys: RingSealKeys(ring: ring, time: story.hall.time),
                typeface: { try Typeface(path: Typeface.songPath) })
        }
        one.hall.sealWorkshop = try workshop(one)
        other.hall.sealWorkshop = try workshop(other)
        return (one, other)
    }

    @Test(arguments: StoreUnderTest.all)
    func `a seal that another process suspended seals nothing after a moment`(_ place: StoreUnderTest) async throws {
        let body = try #require(Self.body)
        try await place.use(HallStory.migrations) { store in
            let (one, other) = try Self.stories(store)
            let made = try await one.hall.seal(for: body, named: Self.name)
            #expect(try await other.hall.seal(for: body, named: Self.name).seal == made.seal)
            let number = made.seal.number
            #expect(try await one.hall.trust().status(ofSeal: number, at: one.hall.time.now()) == .good)
            _ = try await other.hall.suspendSeal(of: body, .order)
            #expect(try await other.hall.trust().status(ofSeal: number, at: one.hall.time.now()) == .suspended)
            one.clock.move(seconds: 1)
            #expect(try await one.hall.trust().status(ofSeal: number, at: one.hall.time.now()) == .suspended)
            await #expect(throws: SealRefusal.notUsable) { try await one.hall.seal(for: body, named: Self.name) }
            let certificate = made.seal.current.maker
            try await other.hall.revokeKeyCertificate(certificate.fingerprint, .mistake)
            one.clock.move(seconds: 1)
            let status = try await one.hall.trust().status(ofCertificate: certificate, at: one.hall.time.now())
            #expect(status == .revoked(one.hall.time.now().advanced(bySeconds: -1)))
            one.clock.move(days: Hall.trustListDays + 1)
            #expect(try await one.hall.trust().isCurrent(at: one.hall.time.now()))
            _ = try await other.hall.resumeSeal(of: body, .settled)
            #expect(try await one.hall.seal(for: body, named: Self.name).seal.suspensions.count == 1)
        }
    }

    @Test func `a body whose key another process took back has the new key everywhere`() async throws {
        let body = try #require(Self.body)
        try await StoreUnderTest(dialect: .sqlite).use(HallStory.migrations) { store in
            let (one, other) = try Self.stories(store)
            let old = try await one.hall.seal(for: body, named: Self.name)
            _ = try await other.hall.revokeSeal(of: body, .keyLost)
            let seal = try await other.hall.makeSeal(for: body, named: Self.name)
            one.clock.move(seconds: 1)
            let new = try await one.hall.seal(for: body, named: Self.name)
            #expect(new.seal == seal && new.documentSigner.keyID != old.documentSigner.keyID)
            let key = try #require(seal.current.documentCertificate.publicKey)
            #expect(try key.verifies(try new.documentSigner.sign([1]), of: [1]))
        }
    }

    @Test func `a maker whose period ends keeps its key, and both its certificates count`() async throws {
        let body = try #require(Self.body)
        try await StoreUnderTest(dialect: .sqlite).use(HallStory.migrations) { store in
            let hall = try Self.stories(store).0.hall
            let seal = try await hall.seal(for: body, named: Self.name).seal
            let next = try await hall.replaceSealMaker(.periodEnds)
            #expect(next != seal.current.maker && next.key == seal.current.maker.key)
            let list = try TrustList(reading: try await hall.trustList())
            for maker in [next, seal.current.maker] {
                #expect(list.status(ofCertificate: maker, at: hall.time.now()) == .good)
            }
            await #expect(throws: SealRefusal.unfitReason) { try await hall.replaceSealMaker(.settled) }
            #expect(try await hall.renewSeal(of: body, days: 2000, .periodEnds).current.maker == next)
        }
    }

    @Test func `a demonstration's list is there before its first seal`() async throws {
        try await StoreUnderTest(dialect: .sqlite).use(HallStory.migrations) { store in
            let hall = try Self.stories(store).0.hall
            #expect(try await hall.trust().content.authorities.count == 2)
        }
    }

    @Test func `a seal is made once, however many ask at once`() async throws {
        let body = try #require(Self.body)
        try await StoreUnderTest(dialect: .postgres).use(HallStory.migrations) { store in
            let (one, other) = try Self.stories(store)
            let numbers = try await withThrowingTaskGroup(of: String.self) { group in
                for index in 0..<12 {
                    let hall = index % 2 == 0 ? one.hall : other.hall
                    group.addTask { try await hall.seal(for: body, named: Self.name).seal.number }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(numbers.count == 1)
            #expect(try await one.hall.seals().count == 1)
        }
    }
}
