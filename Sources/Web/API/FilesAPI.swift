package import Documents
import Hall
import Hummingbird
import Vocabulary

/// `POST /api/v1/file-verifications`: whether the file that is the body is genuine, and why. Open to everybody; the
/// file is not kept.
struct FilesAPI {
    let site: Site

    func post(_ request: Request, _ context: SiteContext) async throws -> Response {
        var bytes: [UInt8] = []
        for try await buffer in request.body {
            bytes += buffer.readableBytesView
            guard bytes.count <= Limits.uploadBytesMax else { throw UploadRefusal.fieldTooLarge }
        }
        guard !bytes.isEmpty else { throw UploadRefusal.empty }
        return try .json(FileReportAnswer(try await site.hall.report(on: bytes)))
    }
}

/// A report as the API and the command line give it.
package struct FileReportAnswer: Encodable, Sendable {
    private let verdict: FileVerdict
    /// The step that decided; missing for a valid file and an unsigned one.
    private let step: FileStep?
    private let reason: FileDefect?
    private let format: FileReport.Format
    private let checks: [Check]
    private let signatures: [Signature]

    private struct Check: Encodable {
        let step: FileStep
        let result: String
        let reason: FileDefect?
        let detail: String

        init(_ check: FileFinding) {
            (step, result, reason) = (check.step, check.outcome.word, check.outcome.defect)
            detail = check.detail
        }
    }

    private struct Signature: Encodable {
        let place: String
        let verdict: FileVerdict
        let madeAt: String?
        let signer: String?
        let authority: String?
        let sealName: String?
        let sealNumber: String?
        let checks: [Check]

        init(_ report: SignatureReport) {
            (place, verdict, madeAt) = (report.place, report.verdict, report.madeAt?.description)
            (signer, authority) = (report.signer, report.authority)
            (sealName, sealNumber) = (report.sealName, report.sealNumber)
            checks = report.checks.map(Check.init)
        }
    }

    /// The answer to a report.
    package init(_ report: FileReport) {
        verdict = report.verdict
        (step, reason, format) = (report.deciding?.step, report.deciding?.outcome.defect, report.format)
        checks = report.checks.map(Check.init)
        signatures = report.signatures.map(Signature.init)
    }
}
