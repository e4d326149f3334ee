import Certificates
import Documents
import Foundation
import Hall
import Signing
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite("Seals in the hall")
struct SealTests {
    private static let body = CreditCode("11350100MADEM002X0")
    private static let name = "福州市人力资源和社会保障局"

    /// A hall that has keys.
    private static func story(_ store: any Store, isDemonstration: Bool) throws -> HallStory {
        var story = try HallStory(store: store)
        let ring = try KeyRing(
            folder: try TestFolder.fresh() + "/keys", masterKey: nil, forDemonstration: isDemonstration,
            now: story.hall.time.now())
        story.hall.sealWorkshop = SealWorkshop(
            keys: RingSealKeys(ring: ring, time: story.hall.time), typeface: { try Typeface(path: Typeface.songPath) })
        return story
    }

    @Test(arguments: StoreUnderTest.all)
    func `a real ring asks for the ceremony, which is held once`(_ place: StoreUnderTest) async throws {
        let body = try #require(Self.body)
        try await place.use(HallStory.migrations) { store in
            let hall = try Self.story(store, isDemonstration: false).hall
            await #expect(throws: SealRefusal.noCeremony) { try await hall.makeSeal(for: body, named: Self.name) }
            await #expect(throws: SealRefusal.noCeremony) { try await hall.trustList() }
            let record = try await hall.holdCeremony(organisation: "福州市电子印章管理中心")
            #expect(record.authority.subject == "C=CN, O=福州市电子印章管理中心, CN=电子印章管理")
            await #expect(throws: SealRefusal.ceremonyHeld) { try await hall.holdCeremony(organisation: "别的") }
            #expect(try await hall.ceremony() == record)
            await #expect(throws: SealRefusal.notFound) { try await hall.seal(for: body, named: Self.name) }
            let seal = try await hall.makeSeal(for: body, named: Self.name)
            await #expect(throws: SealRefusal.alreadyMade) { try await hall.makeSeal(for: body, named: Self.name) }
            let ready = try await hall.seal(for: body, named: Self.name)
            #expect(ready.seal == seal && seal.number.hasPrefix("350100"))
            #expect(seal.current.certificate.bodyCode == body && !seal.current.certificate.subject.contains("演示"))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a demonstration makes everything on first use, marked as such`(_ place: StoreUnderTest) async throws {
        let body = try #require(Self.body)
        try await place.use(HallStory.migrations) { store in
            let story = try Self.story(store, isDemonstration: true)
            let hall = story.hall
            async let one = hall.seal(for: body, named: Self.name)
            async let other = hall.seal(for: body, named: Self.name)
            let (first, second) = try await (one, other)
            #expect(first.seal == second.seal)
            #expect(try await hall.seals().map(\.number) == [first.seal.number])
            let record = try #require(try await hall.ceremony())
            #expect(record.authority.subject.contains("演示，无法律效力"))
            try Self.check(first, under: record, at: story.hall.time.now())
        }
    }

    /// Everything that a verifier looks at holds.
    private static func check(_ ready: BodySeal, under record: CeremonyRecord, at now: Instant) throws {
        let electronic = try ElectronicSeal(der: ready.seal.current.bytes.bytes)
        #expect(electronic.id == ready.seal.number && electronic.name == Self.name)
        #expect(electronic.facts.certificates == .certificates([ready.seal.current.certificate.der]))
        let maker = try X509Certificate(der: electronic.makerCertificate)
        #expect(maker == record.maker && electronic.algorithm == SignatureAlgorithm.sm2.objectIdentifier)
        #expect(try maker.publicKey?.verifies(electronic.signature, of: electronic.info) == true)
        let trusted = TrustedAuthorities([record.authority, record.documentAuthority])
        for certificate in [maker, ready.seal.current.certificate, ready.seal.current.documentCertificate] {
            #expect(try trusted.verdict(on: certificate, at: now, among: []) == .trusted)
        }
        let digest = [UInt8](repeating: 7, count: 32)
        let cms = try CMS(
            der: try CMS.signed(
                digest: digest, by: ready.documentSigner, certificates: ready.documentCertificates))
        #expect(try cms.verdict() == .valid && cms.signer == ready.seal.current.documentCertificate)
        #expect(BlobRef(of: electronic.picture.data).digest == ready.seal.current.pictureDigest)
        #expect(electronic.picture.width == 42 && ready.seal.current.bytes.bytes.count < Seal.bytesMax)
    }

    @Test(arguments: StoreUnderTest.all)
    func `a seal rests, works again, is renewed and ends, and lists say so`(_ place: StoreUnderTest) async throws {
        let body = try #require(Self.body)
        try await place.use(HallStory.migrations) { store in
            let story = try Self.story(store, isDemonstration: true)
            let (hall, clock) = (story.hall, story.clock)
            let first = try await hall.seal(for: body, named: Self.name)
            let number = first.seal.number
            clock.move(seconds: 60)
            _ = try await hall.suspendSeal(of: body, .order, remark: "核查")
            let suspendedAt = hall.time.now()
            await #expect(throws: SealRefusal.notUsable) { try await hall.seal(for: body, named: Self.name) }
            clock.move(seconds: 60)
            _ = try await hall.resumeSeal(of: body, .settled)
            #expect(try await hall.seal(for: body, named: Self.name).seal.suspensions.count == 1)
            clock.move(seconds: 60)
            await #expect(throws: SealRefusal.shorterPeriod) {
                try await hall.renewSeal(of: body, days: 1, .periodEnds)
            }
            let renewed = try await hall.renewSeal(of: body, .periodEnds)
            #expect(renewed.number == number && renewed.current.certificate != first.seal.current.certificate)
            #expect(renewed.current.certificate.key == first.seal.current.certificate.key)
            try Self.check(
                try await hall.seal(for: body, named: Self.name), under: try #require(try await hall.ceremony()),
                at: hall.time.now())
            clock.move(seconds: 60)
            _ = try await hall.revokeSeal(of: body, .keyCompromised)
            await #expect(throws: SealRefusal.notUsable) { try await hall.seal(for: body, named: Self.name) }
            let list = try TrustList(reading: try await hall.trustList())
            #expect(list.content.isDemonstration && list.isCurrent(at: hall.time.now()))
            #expect(list.status(ofSeal: number, at: suspendedAt) == .suspended)
            #expect(list.status(ofSeal: number, at: suspendedAt.advanced(bySeconds: 61)) == .good)
            #expect(list.status(ofSeal: number, at: hall.time.now()) == .revoked(hall.time.now()))
            for edition in renewed.editions {
                for certificate in [edition.certificate, edition.documentCertificate] {
                    #expect(list.status(ofCertificate: certificate, at: suspendedAt) == .good)
                    #expect(list.status(ofCertificate: certificate, at: hall.time.now()) == .revoked(hall.time.now()))
                }
                #expect(list.status(ofCertificate: edition.maker, at: hall.time.now()) == .good)
            }
            let maker = renewed.current.maker
            let newMaker = try await hall.replaceSealMaker(.keyLost)
            let later = try TrustList(reading: try await hall.trustList())
            #expect(later.status(ofCertificate: maker, at: hall.time.now()) == .revoked(hall.time.now()))
            #expect(later.status(ofCertificate: newMaker, at: hall.time.now()) == .good && newMaker.key != maker.key)
            // The next seal has new keys and the new maker.
            let next = try await hall.makeSeal(for: body, named: Self.name)
            #expect(next.number != number && next.current.maker == newMaker)
            #expect(next.current.certificate.key != renewed.current.certificate.key)
            #expect(next.current.documentCertificate.key != renewed.current.documentCertificate.key)
            try Self.check(
                try await hall.seal(for: body, named: Self.name), under: try #require(try await hall.ceremony()),
                at: hall.time.now())
            await #expect(throws: SealRefusal.notFound) { try await hall.revokeKeyCertificate("00", .keyLost) }
        }
    }

    /// A ring whose keys for documents are said to lie elsewhere.
    private struct Elsewhere: SealKeys {
        let ring: RingSealKeys

        var isDemonstration: Bool { ring.isDemonstration }
        func signer(of role: KeyRole) throws -> any Signer { try ring.signer(of: role) }
        func publicKey(of role: KeyRole) throws -> PublicKey { try ring.publicKey(of: role) }
        func retire(_ role: KeyRole, countsUntil instant: Instant) throws {
            try ring.retire(role, countsUntil: instant)
        }
        func isInHardware(_ role: KeyRole) -> Bool { role.algorithm == .es256 }
    }

    @Test func `a key in hardware whose certificate was taken back is replaced there before the next seal`()
        async throws
    {
        let body = try #require(Self.body)
        try await StoreUnderTest(dialect: .sqlite).use(HallStory.migrations) { store in
            var story = try HallStory(store: store)
            let ring = try KeyRing(
                folder: try TestFolder.fresh() + "/keys", masterKey: nil, forDemonstration: true,
                now: story.hall.time.now())
            let keys = Elsewhere(ring: RingSealKeys(ring: ring, time: story.hall.time))
            story.hall.sealWorkshop = SealWorkshop(
                keys: keys, typeface: { try Typeface(path: Typeface.songPath) })
            let hall = story.hall
            _ = try await hall.makeSeal(for: body, named: Self.name)
            let signer = try keys.publicKey(of: .body(body))
            _ = try await hall.revokeSeal(of: body, .keyCompromised)
            #expect(try keys.publicKey(of: .body(body)) != signer)
            await #expect(throws: HardwareRefusal.mustBeReplaced) {
                try await hall.makeSeal(for: body, named: Self.name)
            }
            try keys.retire(.bodyP256(body), countsUntil: hall.time.now())
            #expect(try await hall.makeSeal(for: body, named: Self.name).number.hasSuffix("2"))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `without keys nothing is sealed, and a seal that is over seals nothing`(_ place: StoreUnderTest) async throws {
        let body = try #require(Self.body)
        try await place.use(HallStory.migrations) { store in
            let bare = try HallStory(store: store).hall
            await #expect(throws: SealRefusal.noKeys) { try await bare.seal(for: body, named: Self.name) }
            await #expect(throws: SealRefusal.noKeys) { try await bare.holdCeremony(organisation: "机构") }
            let story = try Self.story(store, isDemonstration: true)
            _ = try await story.hall.makeSeal(for: body, named: Self.name, days: 1)
            story.clock.move(seconds: 86_401)
            await #expect(throws: SealRefusal.notUsable) { try await story.hall.seal(for: body, named: Self.name) }
            // Another ring has other keys than the certificates of the register.
            let other = try Self.story(store, isDemonstration: true)
            await #expect(throws: SealRefusal.noKeys) { try await other.hall.seal(for: body, named: Self.name) }
        }
    }
}
