import Documents
import Foundation
import Signing
import Testing
import Vocabulary

@Suite struct OFDVerifierTests {
    /// One thing done wrongly, and what the verifier must say of it.
    struct Forgery: Sendable, CustomTestStringConvertible {
        let name: String
        let verdict: FileVerdict
        let step: FileStep
        let defect: FileDefect
        let bytes: @Sendable (SealHouse) throws -> [UInt8]

        init(
            _ name: String, _ step: FileStep, _ defect: FileDefect, verdict: FileVerdict = .invalid,
            _ bytes: @escaping @Sendable (SealHouse) throws -> [UInt8]
        ) {
            (self.name, self.step, self.defect, self.verdict, self.bytes) = (name, step, defect, verdict, bytes)
        }

        /// Done before sealing, or by the sealer.
        static func sealing(
            _ name: String, _ step: FileStep, _ defect: FileDefect, verdict: FileVerdict = .invalid,
            _ change: @escaping @Sendable (inout SealedOFD) throws -> Void
        ) -> Forgery {
            Forgery(name, step, defect, verdict: verdict) { house in
                var file = try SealedOFD(house)
                try change(&file)
                return try file.bytes()
            }
        }

        /// Done to the sealed file.
        static func afterwards(
            _ name: String, _ step: FileStep, _ defect: FileDefect, verdict: FileVerdict = .invalid,
            _ change: @escaping @Sendable ([(name: String, bytes: [UInt8])]) throws -> [(name: String, bytes: [UInt8])]
        ) -> Forgery {
            Forgery(name, step, defect, verdict: verdict) { house in
                SealedOFD.archive(try change(try SealedOFD(house).sealed()))
            }
        }

        /// Done to the bytes of the archive.
        static func archive(
            _ name: String, _ step: FileStep, _ defect: FileDefect,
            _ change: @escaping @Sendable ([UInt8]) -> [UInt8]
        ) -> Forgery {
            Forgery(name, step, defect) { house in change(try SealedOFD(house).bytes()) }
        }

        var testDescription: String { name }
    }

    @Test func `a file that nobody touched is valid, and every check says so`() throws {
        let house = try SealHouse()
        let report = try house.verifier().report(on: try SealedOFD(house).bytes())
        #expect(report.verdict == .valid, "\(report)")
        #expect(report.deciding == nil)
        let steps = (report.checks + report.signatures.flatMap(\.checks)).map(\.step)
        // The register is asked by the house that keeps one.
        #expect(Set(steps) == Set(FileStep.allCases).subtracting([.register]))
        let signature = try #require(report.signatures.first)
        #expect(signature.sealName == "福州市示例局")
        #expect(signature.sealNumber == SealHouse.sealID)
        #expect(signature.madeAt == SealHouse.sealedAt)
        #expect(signature.signer?.contains("福州市示例局") == true)
        #expect(
            report.certificateData.map { String(decoding: $0, as: UTF8.self) }?.contains("3501002026000001") == true)
    }

    @Test(arguments: Forgery.all)
    func `what was forged is refused at the step where it shows, also by who has seen the true one`(
        _ forgery: Forgery
    ) throws {
        let house = try SealHouse()
        let verifier = try house.verifier()
        #expect(try verifier.report(on: try SealedOFD(house).bytes()).verdict == .valid)
        let report = try verifier.report(on: try forgery.bytes(house))
        let deciding = try #require(report.deciding)
        #expect(report.verdict == forgery.verdict)
        #expect(deciding.step == forgery.step, "\(deciding)")
        #expect(deciding.outcome.defect == forgery.defect)
    }

    @Test func `there are at least thirty forgeries, and no two are one`() {
        #expect(Forgery.all.count >= 30)
        #expect(Set(Forgery.all.map(\.name)).count == Forgery.all.count)
    }

    @Test(
        arguments: [
            ("SM3", "20261124020000Z", "Seal"), ("1.2.156.10197.1.401", "20261124020000.123Z", "Seal"),
            ("SM3", "20261124020000", nil), ("SM3", "2026-11-24 02:00:00", nil),
        ] as [(String, String, String?)])
    func `what other makers write differently is taken`(_ method: String, _ time: String, _ type: String?) throws {
        let house = try SealHouse()
        var file = try SealedOFD(house)
        (file.checkMethod, file.dateTime, file.type) = (method, time, type)
        #expect(try house.verifier().report(on: try file.bytes()).verdict == .valid)
    }

    @Test func `the older namespace, a covered list and a seal that is not named are taken`() throws {
        let house = try SealHouse()
        var file = try SealedOFD(house)
        file.describe = {
            $0.replacing("http://www.ofdspec.org/2016", with: "http://www.ofdspec.org")
                .replacing("<ofd:Seal><ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal>", with: "")
        }
        #expect(try house.verifier().report(on: try file.bytes()).verdict == .valid)
    }

    @Test func `a file without a seal is unsigned, whatever else is right`() throws {
        let house = try SealHouse()
        let files = try SealedOFD(house).files.replacing(
            "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>", with: "", in: "OFD.xml")
        let report = try house.verifier().report(on: SealedOFD.archive(files))
        #expect(report.verdict == .unsigned)
        #expect(report.deciding == nil)
    }

    @Test func `signed data without a seal is not judged`() throws {
        let house = try SealHouse()
        var file = try SealedOFD(house)
        file.type = "Sign"
        let report = try house.verifier().report(on: try file.bytes())
        #expect(report.verdict == .unsupported)
        #expect(report.deciding?.outcome.defect == .signedData)
    }

    @Test func `a seal that demands what nobody here knows is not judged`() throws {
        let house = try SealHouse()
        let critical = HandDER.sequence(HandDER.sm2, HandDER.value(0x01, [0xFF]), HandDER.octets([2]))
        let value = HandDER.signature(seal: HandDER.seal(extra: HandDER.sequence(critical)))
        let files = try SealedOFD(house).sealed().changing(SealedOFD.valuePath) { _ in value }
        let report = try house.verifier().report(on: SealedOFD.archive(files))
        let encoding = report.signatures.first?.checks.first { $0.step == .encoding }
        #expect(encoding?.outcome == .unsupported(.unknownExtension))
        #expect(report.verdict == .invalid, "and it was made by hand")
    }

    @Test func `what was taken back by the time of sealing is invalid, and later taking back changes nothing`() throws {
        let house = try SealHouse()
        let bytes = try SealedOFD(house).bytes()
        let (before, after) = (
            SealHouse.sealedAt.advanced(bySeconds: -60), SealHouse.sealedAt.advanced(bySeconds: 60)
        )
        func defect(_ list: TrustList) throws -> FileDefect? {
            try house.verifier(list).report(on: bytes).deciding?.outcome.defect
        }
        #expect(try defect(house.list(revoked: [(house.body.certificate, before)])) == .certificateRevoked)
        #expect(try defect(house.list(revoked: [(house.body.certificate, after)])) == nil)
        #expect(try defect(house.list(sealRevokedAt: before)) == .sealRevoked)
        #expect(try defect(house.list(sealRevokedAt: after)) == nil)
        let suspended = TrustList.Suspension(from: before, until: after)
        #expect(try defect(house.list(suspensions: [suspended])) == .sealSuspended)
        #expect(try defect(house.list(suspensions: [.init(from: after, until: nil)])) == nil)
    }

    @Test func `a status that cannot be had is undetermined and never revoked`() throws {
        let house = try SealHouse()
        let bytes = try SealedOFD(house).bytes()
        let lists: [TrustList] = [
            try house.list(knowsSeal: false),
            try house.list(nextUpdate: SealHouse.sealedAt.advanced(bySeconds: 60)),
        ]
        for list in lists {
            let report = try house.verifier(list).report(on: bytes)
            #expect(report.verdict == FileVerdict.undetermined)
            #expect(report.deciding?.outcome.defect == .statusUnknown)
        }
        let unaided = FileVerifier(FileTrust(TrustedAuthorities([house.authority]), now: SealHouse.sealedAt))
        #expect(try unaided.report(on: bytes).verdict == FileVerdict.undetermined)
        let nobody = FileVerifier(FileTrust(TrustedAuthorities([]), now: SealHouse.sealedAt))
        #expect(try nobody.report(on: bytes).verdict == FileVerdict.untrusted)
    }

    @Test func `a report survives being written down`() throws {
        let house = try SealHouse()
        for forgery in Forgery.all.prefix(12) {
            let report = try house.verifier().report(on: try forgery.bytes(house))
            let data = try CanonicalJSON.bytes(of: report)
            #expect(try CanonicalJSON.value(in: data) as FileReport == report)
        }
    }

    @Test func `one byte changed anywhere in a sealed file is never valid`() throws {
        let house = try SealHouse()
        let verifier = try house.verifier()
        let whole = try SealedOFD(house).bytes()
        for place in stride(from: 0, to: whole.count, by: 7) {
            var bytes = whole
            bytes[place] ^= 0x01
            let report = try verifier.report(on: bytes)
            // What ZIP says of times and makers of entries is no part of any file.
            if report.verdict == .valid {
                #expect(try OFDPlain(bytes) == OFDPlain(whole), "byte \(place)")
            }
        }
    }

    @Test func `a file cut off anywhere is refused and nothing breaks`() throws {
        let house = try SealHouse()
        let verifier = try house.verifier()
        let whole = try SealedOFD(house).bytes()
        for count in stride(from: 0, to: whole.count, by: 97) {
            #expect(try verifier.report(on: Array(whole.prefix(count))).verdict == .invalid)
        }
    }
}

/// The files of an archive, for comparison.
struct OFDPlain: Equatable {
    let files: [String: [UInt8]]

    init(_ bytes: [UInt8]) throws {
        files = Dictionary(uniqueKeysWithValues: try ZipReader(bytes).entries().map { ($0.name, $0.bytes) })
    }
}
