import Testing

@testable import Documents
@testable import Web

/// What stands beside a file that was handed in.
@Suite struct UploadVerdictTests {
    private static func tag(_ report: FileReport) throws -> Web.Tag? {
        let words = try WordTables.shipped().words(.portal, .zh)
        return FileReportText(report, words, try .shipped()).tagOfUpload
    }

    @Test func `a scan says nothing, what cannot be opened is no forgery, and a broken seal is`() throws {
        let opened = FileFinding(.container, .passed)
        let scan = FileReport(format: .pdf, checks: [opened], signatures: [], certificateData: nil)
        #expect(try Self.tag(scan) == nil)
        let torn = FileReport(
            format: .pdf, checks: [FileFinding(.container, .failed(.notADocument))], signatures: [],
            certificateData: nil)
        #expect(try Self.tag(torn)?.look == .waiting)
        var seal = SignatureReport(at: "Doc_0/Signs/Sign_0/Signature.xml")
        seal.checks = [FileFinding(.digests, .failed(.wrongFileDigest))]
        let forged = FileReport(format: .ofd, checks: [opened], signatures: [seal], certificateData: nil)
        #expect(try Self.tag(forged)?.look == .bad)
    }
}
