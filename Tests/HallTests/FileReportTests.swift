import Certificates
import Documents
import Dossiers
import Foundation
import Hall
import Signing
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// Files are verified as they arrive, and again once something changed since.
@Suite struct FileReportTests {
    /// A hall with seals in which one case made a certificate, and the certificate's sealed file.
    private static func open(
        _ place: StoreUnderTest, _ body: @escaping @Sendable (HallStory, Certificate, [UInt8]) async throws -> Void
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            var story = try HallStory(store: store)
            let time = story.hall.time
            let ring = try KeyRing(
                folder: try TestFolder.fresh() + "/keys", masterKey: nil, forDemonstration: true, now: time.now())
            story.hall.sealWorkshop = SealWorkshop(
                keys: RingSealKeys(ring: ring, time: time), typeface: { try Typeface(path: Typeface.songPath) })
            story.hall.press = try CertificatePress(
                typeface: .song(), address: "https://ow.example", isDemonstration: true)
            let kind = CertificateKind(
                code: "11350100MADEM002X0001", names: ("特殊工时批准书", "Special working hours"),
                holderKind: .organisation, validity: .months(36),
                faceFields: [FaceField(id: "headcount", label: "涉及人数", labelEnglish: "Persons", type: .number)])
            try await store.write { tx in try CertificateKindTable.put(kind, in: tx) }
            _ = try await story.granted()
            try await story.settle()
            let certificate = try await store.read { tx in
                try CertificateTable.load(try CertificateTable.held(by: HallStory.applicant, in: tx)[0].id, in: tx)
            }
            let made = try #require(certificate)
            let file = try await story.hall.file(of: made, as: .ofd)
            try await body(story, made, file)
        }
    }

    private static func handIn(_ bytes: [UInt8], to hall: Hall) async throws -> HandedIn {
        let upload = hall.upload()
        try await upload.append(bytes)
        return try await upload.handIn(as: "licence")
    }

    private static func kept(_ hall: Hall, _ file: HandedIn) async throws -> KeptReport? {
        try await hall.store.read { tx in
            try file.keptFiles.first.flatMap { try FileReportTable.report(of: $0.digest, in: tx) }
        }
    }

    private static func verdict(_ hall: Hall, _ file: HandedIn) async throws -> FileVerdict? {
        try await hall.reports(on: [file]).values.first?.verdict
    }

    @Test(arguments: StoreUnderTest.all)
    func `a sealed file has its report the moment it is there, and another one once its certificate is revoked`(
        _ place: StoreUnderTest
    ) async throws {
        try await Self.open(place) { story, certificate, bytes in
            let hall = story.hall
            let file = try await Self.handIn(bytes, to: hall)
            let kept = try #require(try await Self.kept(hall, file))
            #expect(kept.report.verdict == .valid && kept.identifier == certificate.reservation.identifier)
            #expect(kept.report.certificateData == nil, "who holds it stays in the file")
            story.clock.move(seconds: 60)
            #expect(try await Self.verdict(hall, file) == .valid)
            #expect(try await Self.kept(hall, file)?.at == kept.at, "nothing changed: it is not verified again")
            let stamp = Stamp(now: hall.time.now(), actor: .platform, entropy: Entropy(hall.dice))
            try await hall.store.write { tx in
                try CertificateTable.end(certificate.id, .revoked, stamp: stamp, in: tx)
            }
            #expect(try await Self.verdict(hall, file) == .invalid, "in the same second")
            let report = try #require(try await Self.kept(hall, file)?.report)
            #expect(report.deciding?.step == .register && report.deciding?.outcome.defect == .certificateEnded)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what the register of seals says, and what the day makes of a certificate, is asked again`(
        _ place: StoreUnderTest
    ) async throws {
        try await Self.open(place) { story, certificate, bytes in
            let hall = story.hall
            let file = try await Self.handIn(bytes, to: hall)
            let issuer = certificate.reservation.identifier.issuer
            story.clock.move(seconds: 60)
            _ = try await hall.revokeSeal(of: issuer, from: certificate.filing?.signedAt, .order)
            #expect(try await Self.verdict(hall, file) == .invalid)
        }
        try await Self.open(place) { story, _, bytes in
            let file = try await Self.handIn(bytes, to: story.hall)
            #expect(try await Self.verdict(story.hall, file) == .valid)
            story.clock.move(days: 40 * 31)
            #expect(try await Self.verdict(story.hall, file) == .invalid, "its last day is past")
        }
    }

    @Test func `a file that was changed is not valid, a scan says nothing, and a picture is no document`() async throws
    {
        try await Self.open(.sqlite) { story, _, bytes in
            let hall = story.hall
            var changed = bytes
            changed[bytes.count / 2] ^= 1
            #expect(try await Self.verdict(hall, try await Self.handIn(changed, to: hall)) == .invalid)
            let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array(repeating: 7, count: 400)
            let picture = try await Self.handIn(jpeg, to: hall)
            #expect(try await Self.verdict(hall, picture) == .unsigned)
            let kept = try #require(try await Self.kept(hall, picture))
            #expect(kept.report == .picture && kept.identifier == nil)
            story.clock.move(days: 3)
            #expect(try await Self.verdict(hall, picture) == .unsigned)
            #expect(try await Self.kept(hall, picture)?.at == kept.at, "what nobody signed is not asked about again")
            let digest = try #require(picture.keptFiles.first?.digest)
            #expect(try await hall.report(onFile: digest, among: [picture]) == .picture)
            #expect(try await hall.report(onFile: digest, among: []) == nil)
        }
    }
}
