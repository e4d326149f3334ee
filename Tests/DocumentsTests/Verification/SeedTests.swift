import Documents
import Foundation
import Signing
import Testing
import Vocabulary

/// The files from which inputs by chance start. `Fuzz/seeds` keeps one set of them; no private key is among them.
@Suite struct SeedTests {
    /// `SEEDS=folder swift test --filter SeedTests` writes a new set there.
    @Test func `a sealed file, a signed one and the list that trusts both belong together`() throws {
        let (house, pdf) = (try SealHouse(), try PDFHouse())
        let known = try house.list().content
        let content = TrustList.Content(
            authorities: [house.authority, pdf.authority], revoked: [], seals: known.seals,
            valid: (SealHouse.sealedAt, SealHouse.sealedAt.advanced(bySeconds: 86_400 * 30)), isDemonstration: true)
        let list = try TrustList.signed(content, by: SM2Signer(key: house.authorityKey), authority: house.authority)
        let files = [
            "sealed.ofd": try SealedOFD(house).bytes(), "signed.pdf": try pdf.bytes(), "trust.json": list,
            "authority.der": house.authority.der, "maker.der": house.maker.certificate.der,
            "body.der": house.body.certificate.der, "pdf-signer.der": pdf.certificate.der,
        ]
        let verifier = FileVerifier(
            FileTrust(try TrustList(reading: list), now: SealHouse.sealedAt.advanced(bySeconds: 3600)))
        for name in ["sealed.ofd", "signed.pdf"] {
            #expect(try verifier.report(on: try #require(files[name])).verdict == .valid)
        }
        guard let folder = ProcessInfo.processInfo.environment["SEEDS"] else { return }
        for (name, bytes) in files { try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)")) }
    }
}
