import Certificates
import Documents
import Foundation
import Hall
import Signing
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite("Making certificates")
struct CertificateMakingTests {
    /// A hall with keys, seals and a press, in which one case was granted and its certificate made.
    private struct Workplace {
        let story: HallStory
        let keys: TrustedKeys
        let certificate: Certificate
    }

    /// Gives a hall keys, seals and a press, and the type of the certificate its face.
    private static func equip(_ story: inout HallStory, _ isDemonstration: Bool = true) async throws -> KeyRing {
        let time = story.hall.time
        let ring = try KeyRing(
            folder: try TestFolder.fresh() + "/keys", masterKey: nil, forDemonstration: isDemonstration, now: time.now()
        )
        story.hall.sealWorkshop = SealWorkshop(
            keys: RingSealKeys(ring: ring, time: time), typeface: { try Typeface(path: Typeface.songPath) })
        story.hall.press = try CertificatePress(
            typeface: .song(), address: "https://ow.example", isDemonstration: isDemonstration)
        let kind = CertificateKind(
            code: "11350100MADEM002X0001", names: ("特殊工时批准书", "Special working hours"), holderKind: .organisation,
            validity: .months(36),
            faceFields: [FaceField(id: "headcount", label: "涉及人数", labelEnglish: "Persons", type: .number)])
        try await story.hall.store.write { tx in try CertificateKindTable.put(kind, in: tx) }
        return ring
    }

    private static func workplace(
        _ store: any Store, isDemonstration: Bool = true, isTicking: Bool = false
    ) async throws -> Workplace {
        var story = try HallStory(store: store, clock: MovedClock(isTicking: isTicking))
        let ring = try await equip(&story, isDemonstration)
        _ = try await story.granted()
        try await story.settle()
        let certificate = try await store.read { tx in
            try CertificateTable.load(try CertificateTable.held(by: HallStory.applicant, in: tx)[0].id, in: tx)
        }
        let keys = try ring.trusted().compactMap { description -> TrustedKey? in
            guard case .bodyP256(let owner) = description.role else { return nil }
            return TrustedKey(
                try description.verificationKey(), owner: owner,
                valid: (from: description.createdAt, until: Instant(milliseconds: .max)), revokedFrom: nil,
                isDemonstration: isDemonstration)
        }
        return Workplace(story: story, keys: try TrustedKeys(keys), certificate: try #require(certificate))
    }

    @Test(arguments: StoreUnderTest.all)
    func `a grant makes a sealed file that the verifier finds valid, step by step, and the register confirms`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let workplace = try await Self.workplace(store)
            let (hall, certificate) = (workplace.story.hall, workplace.certificate)
            let filing = try #require(certificate.filing)
            let kept = try #require(filing.file)
            let file = try await hall.file(of: certificate, as: .ofd)
            #expect(BlobRef(of: file).digest == kept.digest && file.count == kept.size)
            let report = try await hall.report(on: file)
            #expect(report.verdict == .valid, "\(report)")
            let steps = (report.checks + report.signatures.flatMap(\.checks)).map(\.step)
            #expect(Set(steps) == Set(FileStep.allCases))
            #expect(report.signatures.first?.sealNumber == kept.seal)
            let found = try await hall.verify(
                certificate.reservation.identifier.description, trusting: workplace.keys)
            #expect(found.verdict == .valid && found.standing == .valid)
        }
    }

    @Test func `where keys and seal are made on first use, nothing is signed before they were there`() async throws {
        try await StoreUnderTest.sqlite.use(HallStory.migrations) { store in
            let workplace = try await Self.workplace(store, isTicking: true)
            let (hall, certificate) = (workplace.story.hall, workplace.certificate)
            let found = try await hall.verify(
                certificate.reservation.identifier.description, trusting: workplace.keys)
            #expect(found.verdict == .valid)
            let file = try await hall.file(of: certificate, as: .ofd)
            #expect(try await hall.report(on: file).verdict == .valid)
        }
    }

    @Test func `a verdict that is kept goes with the key it was made under, and is made again after a minute`()
        async throws
    {
        try await StoreUnderTest.sqlite.use(HallStory.migrations) { store in
            let workplace = try await Self.workplace(store)
            let identifier = workplace.certificate.reservation.identifier.description
            func verdict(_ keys: TrustedKeys) async throws -> SignatureVerdict? {
                try await workplace.story.hall.verify(identifier, trusting: keys).verdict
            }
            let filing = try #require(workplace.certificate.filing)
            let key = try #require(workplace.keys[filing.keyID])
            let takenBack = TrustedKey(
                key.key, owner: key.owner, valid: (key.validFrom, key.validUntil), revokedFrom: key.validFrom,
                isDemonstration: key.isDemonstration)
            #expect(try await verdict(workplace.keys) == .valid)
            #expect(try await verdict(TrustedKeys([])) == .untrusted(.unknownKey))
            #expect(try await verdict(TrustedKeys([takenBack])) == .untrusted(.revoked))
            #expect(try await verdict(workplace.keys) == .valid)
            // Somebody changes the data where the journal does not see it.
            try await store.write { tx in
                try tx.execute(
                    """
                    UPDATE journal SET personal = CAST(replace(CAST(personal AS TEXT), '示例', '假冒') AS BLOB)
                    WHERE subject = \(workplace.certificate.id.subject) AND sequence = 1
                    """)
            }
            workplace.story.clock.move(seconds: 61)
            #expect(try await verdict(workplace.keys) == .invalid)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the PDF is signed and confirmed too, and a copy says what it is for`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let workplace = try await Self.workplace(store)
            let (hall, certificate) = (workplace.story.hall, workplace.certificate)
            let pdf = try await hall.file(of: certificate, as: .pdf)
            #expect(try await hall.report(on: pdf).verdict == .valid)
            let copy = try await hall.copy(
                of: certificate, as: .ofd, cause: "办理银行开户", recipient: "示例银行", days: 30)
            #expect(try await hall.report(on: copy).verdict == .valid)
            let content = try #require(try ZipReader(copy).entry("Doc_0/Pages/Page_0/Content.xml"))
            #expect(String(decoding: content, as: UTF8.self).contains("办理银行开户"))
            let picture = try await hall.file(of: certificate, as: .png)
            #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]))
            await #expect(throws: CertificateRefusal.malformedCopy) {
                try await hall.copy(of: certificate, as: .ofd, cause: "", recipient: "", days: 30)
            }
            await #expect(throws: CertificateRefusal.malformedCopy) {
                try await hall.copy(of: certificate, as: .ofd, cause: "办理银行开户", recipient: "", days: 366)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `once it is revoked, the next check of its file says so, and no other file is made of it`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let workplace = try await Self.workplace(store)
            let hall = workplace.story.hall
            let file = try await hall.file(of: workplace.certificate, as: .ofd)
            let stamp = Stamp(now: hall.time.now(), actor: .platform, entropy: Entropy(hall.dice))
            try await store.write { tx in
                try CertificateTable.end(workplace.certificate.id, .revoked, stamp: stamp, in: tx)
            }
            let report = try await hall.report(on: file)
            #expect(report.verdict == .invalid)
            #expect(report.deciding?.step == .register && report.deciding?.outcome.defect == .certificateEnded)
            let ended = try #require(try await hall.certificate(workplace.certificate.id))
            await #expect(throws: CertificateRefusal.hasEnded) { try await hall.file(of: ended, as: .pdf) }
        }
    }

    @Test
    func `a file that the register does not know, or knows otherwise, is refused, and one from elsewhere is left open`()
        async throws
    {
        try await StoreUnderTest.sqlite.use(HallStory.migrations) { store in
            let workplace = try await Self.workplace(store)
            let (hall, certificate) = (workplace.story.hall, workplace.certificate)
            let (press, personal) = (try #require(hall.press), try #require(certificate.personal))
            let issuer = certificate.reservation.identifier.issuer
            let seal = try await hall.seal(for: issuer, named: personal.issuerName)
            let kind = try #require(try await hall.certificateKind(certificate.reservation.identifier.type))
            func report(_ serial: String, holder: String, issuer: CreditCode) async throws -> FileFinding? {
                let type = certificate.reservation.identifier.type
                let identifier = try #require(
                    CertificateIdentifier(type: type, issuer: issuer, serial: serial, version: 1))
                let reservation = Certificate.Reservation(
                    identifier: identifier, holder: HallStory.applicant, origin: nil,
                    validFrom: certificate.reservation.validFrom, validUntil: certificate.reservation.validUntil)
                let own = Certificate.Personal(
                    holder: (holder, personal.holderNumber, personal.holderNumberType),
                    names: (personal.typeName, personal.issuerName), face: personal.face)
                let forged = Certificate(CertificateID(hall.ids.next()), reservation, own, at: hall.time.now())
                let file = try press.ofd(.init(forged, kind), by: seal, at: hall.time.now())
                return try await hall.report(on: file).checks.first { $0.step == .register }
            }
            let serial = certificate.reservation.identifier.serial
            let unknown = try await report("35010020180000099", holder: personal.holderName, issuer: issuer)
            #expect(unknown?.outcome == .failed(.notRegistered))
            let other = try await report(serial, holder: "别的企业", issuer: issuer)
            #expect(other?.outcome == .failed(.registeredOtherwise))
            let elsewhere = try #require(CreditCode("91350100MADEM0054D"))
            let foreign = try await report(serial, holder: personal.holderName, issuer: elsewhere)
            #expect(foreign?.outcome == .undetermined(.registerUnreachable))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the code on the face says by itself what it is, and the register how it stands`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let workplace = try await Self.workplace(store)
            let (hall, certificate) = (workplace.story.hall, workplace.certificate)
            let seal = try await hall.seal(for: certificate.reservation.identifier.issuer, named: "市人社局（示例）")
            let digest = try #require(certificate.filing?.digest)
            let claims = try #require(CertificateClaims(certificate, digest: digest))
            let token = try claims.token(by: seal.documentSigner)
            let text = Base32.text(token.bytes)
            let found = try await hall.faceCode(text.lowercased(), trusting: workplace.keys)
            #expect(found.isGood && found.claims == claims)
            let nobody = try await hall.faceCode(text, trusting: try TrustedKeys([]))
            #expect(nobody.verdict == .untrusted(.unknownKey) && !nobody.isGood)
            // Other claims under the body's signature: somebody else's key.
            let forged = try claims.token(by: P256Signer(key: P256PrivateKey()))
            #expect(try await hall.faceCode(Base32.text(forged.bytes), trusting: workplace.keys).verdict != .valid)
            for wrong in ["", "A", String(text.dropLast(8)), "!!!", text + "AAAAAAAA"] {
                await #expect(throws: CertificateRefusal.malformedCode) {
                    try await hall.faceCode(wrong, trusting: workplace.keys)
                }
            }
        }
    }

    @Test func `a real house without a ceremony makes no certificate, and the case waits`() async throws {
        try await StoreUnderTest.sqlite.use(HallStory.migrations) { store in
            let workplace = try await Self.workplace(store, isDemonstration: false)
            #expect(workplace.certificate.filing == nil)
            _ = try await workplace.story.hall.holdCeremony(organisation: "福州市电子印章管理中心")
            let issuer = workplace.certificate.reservation.identifier.issuer
            _ = try await workplace.story.hall.makeSeal(for: issuer, named: "市人社局（示例）")
            workplace.story.clock.move(seconds: 3600)
            try await workplace.story.settle()
            #expect(try await workplace.story.hall.certificate(workplace.certificate.id)?.filing?.file != nil)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a sealed file that was not made with its certificate is made when it is first asked for, and is kept`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            var story = try HallStory(store: store)
            _ = try await story.granted()
            try await story.settle()
            _ = try await Self.equip(&story)
            func certificate() async throws -> Certificate {
                try #require(
                    try await store.read { tx in
                        try CertificateTable.load(
                            try CertificateTable.held(by: HallStory.applicant, in: tx)[0].id, in: tx)
                    })
            }
            let bare = try await certificate()
            #expect(bare.filing != nil && bare.file == nil)
            let hall = story.hall
            // Both saw that there is none.
            async let one = hall.file(of: bare, as: .ofd)
            async let other = hall.file(of: bare, as: .ofd)
            let (first, second) = (try await one, try await other)
            #expect(first == second, "of two who ask at once, both get the first one's")
            let kept = try await certificate()
            #expect(kept.file?.digest == BlobRef(of: first).digest && kept.sequence == bare.sequence + 1)
            #expect(kept.filing == bare.filing && kept.state == bare.state)
            story.clock.move(seconds: 86_400)
            #expect(try await hall.file(of: kept, as: .ofd) == first)
            #expect(try await hall.file(of: bare, as: .ofd) == first, "whoever looked before it was made gets it, too")
            #expect(try await hall.report(on: first).verdict == .valid)
            #expect(try await certificate().sequence == kept.sequence, "nothing is written twice")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a house without seals signs the data and makes no file`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            _ = try await story.granted()
            try await story.settle()
            let certificate = try #require(
                try await store.read { tx in
                    try CertificateTable.load(try CertificateTable.held(by: HallStory.applicant, in: tx)[0].id, in: tx)
                })
            #expect(certificate.filing != nil && certificate.filing?.file == nil)
            await #expect(throws: CertificateRefusal.noFile) { try await story.hall.file(of: certificate, as: .ofd) }
        }
    }
}
