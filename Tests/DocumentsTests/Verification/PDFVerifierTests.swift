import Documents
import DocumentsTestSupport
import Foundation
import Signing
import Testing
import Vocabulary

@Suite struct PDFVerifierTests {
    @Test func `a signed PDF that nobody touched is valid, and every check says so`() throws {
        let house = try PDFHouse()
        let report = try house.verifier().report(on: try house.bytes())
        #expect(report.verdict == .valid, "\(report)")
        let signature = try #require(report.signatures.first)
        #expect(signature.place == "Seal1")
        #expect(signature.madeAt == SealHouse.sealedAt)
        #expect(
            signature.checks.map(\.step) == [
                .signatureParts, .coverage, .encoding, .digests, .signature, .signer, .holder,
            ])
        #expect(
            report.certificateData.map { String(decoding: $0, as: UTF8.self) }?.contains("3501002026000001") == true)
    }

    @Test func `the same paper and instant are the same bytes outside the signature`() throws {
        let house = try PDFHouse()
        func masked(_ bytes: [UInt8]) throws -> String {
            let text = String(decoding: bytes.map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
            let start = try #require(text.range(of: "/Contents <")).upperBound
            let end = try #require(text[start...].firstIndex(of: ">"))
            return String(text[..<start] + text[end...])
        }
        #expect(try masked(house.bytes()) == masked(house.bytes()))
    }

    @Test(arguments: PDFForgery.all)
    func `what was forged is refused at the step where it shows`(_ forgery: PDFForgery) throws {
        let house = try PDFHouse()
        let report = try house.verifier().report(on: try forgery.bytes(house))
        let deciding = try #require(report.deciding)
        #expect(report.verdict == forgery.verdict)
        #expect(deciding.step == forgery.step, "\(deciding)")
        #expect(deciding.outcome.defect == forgery.defect)
    }

    @Test func `there are at least twenty forgeries, and no two are one`() {
        #expect(PDFForgery.all.count >= 20)
        #expect(Set(PDFForgery.all.map(\.name)).count == PDFForgery.all.count)
    }

    @Test func `a PDF without a signature is unsigned`() throws {
        let house = try PDFHouse()
        #expect(try house.verifier().report(on: try PDFHouse.file().bytes()).verdict == .unsigned)
    }

    @Test func `a signer taken back before is refused, and an old list leaves it undetermined`() throws {
        let house = try PDFHouse()
        let bytes = try house.bytes()
        let before = SealHouse.sealedAt.advanced(bySeconds: -60)
        let revoked = try house.verifier(revoked: [(house.certificate, before)]).report(on: bytes)
        #expect(revoked.deciding?.outcome == .failed(.certificateRevoked))
        let old = try house.verifier(nextUpdate: SealHouse.sealedAt.advanced(bySeconds: 60)).report(on: bytes)
        #expect(old.verdict == FileVerdict.undetermined)
    }

    /// `PAPERS=folder swift test --filter PDFVerifierTests` leaves a signed file there, and its authority.
    @Test func `a signed file can be looked at by others`() throws {
        guard let folder = ProcessInfo.processInfo.environment["PAPERS"] else { return }
        let house = try PDFHouse()
        try Data(house.bytes()).write(to: URL(filePath: folder + "/signed.pdf"))
        try Data(house.authority.pem.utf8).write(to: URL(filePath: folder + "/authority.pem"))
    }

    @Test func `poppler finds the signature good and the words in the file`() throws {
        let house = try PDFHouse()
        let bench = try Workbench()
        try bench.write(try house.bytes(), to: "signed.pdf")
        let said = try bench.run("pdfsig", ["-nocert", "signed.pdf"]).output
        #expect(said.contains("Signature is Valid"), "\(said)")
        #expect(said.contains("Total document signed"), "\(said)")
        #expect(said.contains("ETSI.CAdES.detached"), "\(said)")
        #expect(try bench.run("pdftotext", ["signed.pdf", "-"]).output.contains("施工许可证"))
        #expect(try bench.run("qpdf", ["--check", "signed.pdf"]).status == 0)
    }

    @Test func `one byte changed anywhere in a signed file is never valid`() throws {
        let house = try PDFHouse()
        let verifier = try house.verifier()
        let whole = try house.bytes()
        let file = PDFBytes(whole)
        // The authority's certificate comes along in the signature's value for those who lack it. Nobody signed that
        // copy, and a verifier that has its own looks at its own.
        let der = Array(
            house.authority.der.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined().utf8)
        let copy = try #require(whole.indices.first { whole[$0...].starts(with: der) })
        for place in stride(from: 0, to: whole.count, by: 101) where !(copy..<(copy + der.count)).contains(place) {
            var bytes = whole
            bytes[place] ^= 0x01
            #expect(try verifier.report(on: bytes).verdict != .valid, "byte \(place) of \(file.ranges)")
        }
    }

    @Test func `a file cut off anywhere is refused and nothing breaks`() throws {
        let house = try PDFHouse()
        let verifier = try house.verifier()
        let whole = try house.bytes()
        for count in stride(from: 0, to: whole.count, by: 251) {
            #expect(try verifier.report(on: Array(whole.prefix(count))).verdict == .invalid)
        }
    }
}
