import Crypto
import Documents
import Foundation
import Hall
import Hummingbird
import Signing
import Vocabulary

/// `POST /verify`: whether a certificate's file is genuine, and why. Open to everybody; the file is looked at and not
/// kept.
struct VerifyFile {
    let site: Site

    func post(_ request: Request, _ context: SiteContext) async throws -> Response {
        let visit = site.visit(context, .portal)
        let bytes = try await Self.file(request)
        guard !bytes.isEmpty else { return page(visit, nil, bytes) }
        return page(visit, try await site.hall.report(on: bytes), bytes)
    }

    private func page(_ visit: Visit, _ report: FileReport?, _ bytes: [UInt8]) -> Response {
        let words = visit.words
        return .page(
            visit.page(words["file.title"], hasErrors: report == nil) { html in
                html.reading { html in
                    html.title(words["file.title"])
                    if let report {
                        html.report(report, words, site.verdicts)
                        html.summary([
                            SummaryRow(words["file.digest"], Hex.text(SHA256.hash(data: bytes)))
                        ])
                    } else {
                        html.banner(.error, words["file.none"]) { $0.paragraph(words["file.none-help"]) }
                    }
                    html.fileToVerify(words)
                }
            }, status: report == nil ? .init(code: 422) : .ok)
    }

    /// The one file of the form; empty when none was chosen. Refuses what is larger than an upload may be.
    private static func file(_ request: Request) async throws -> [UInt8] {
        guard let type = request.headers[.contentType], var parser = Multipart(contentType: type) else {
            throw UploadRefusal.malformed
        }
        var bytes: [UInt8] = []
        var isFile = false
        for try await buffer in request.body {
            for event in try parser.feed(buffer.readableBytesView) {
                switch event {
                case .begin(_, let name): isFile = name != nil && bytes.isEmpty
                case .data(let more) where isFile:
                    bytes += more
                    guard bytes.count <= Limits.uploadBytesMax else { throw UploadRefusal.fieldTooLarge }
                case .data, .end: break
                }
            }
        }
        try parser.finish()
        return bytes
    }
}

extension HTML {
    /// Writes the form that takes a file to be verified.
    mutating func fileToVerify(_ words: Words) {
        element(
            "form", Attribute("method", "post"), Attribute("action", "/verify"),
            Attribute("enctype", "multipart/form-data")
        ) { html in
            html.field(
                Field(
                    "file", words["file.field"], .files([".ofd", ".pdf"], max: 1, kept: []),
                    hint: words("file.hint", ["size": words.size(bytes: Limits.uploadBytesMax)])))
            html.button(words["file.check"])
        }
    }

    /// Writes the verdict first, then who signed, then each check with its result and its reason.
    mutating func report(_ report: FileReport, _ words: Words, _ sentences: ReportSentences) {
        let verdict = report.verdict
        let text = FileReportText(report, words, sentences)
        banner(verdict == .valid ? .success : verdict == .invalid ? .error : .warning, text.verdict) { html in
            if let reason = text.reason { html.paragraph(reason) }
            html.paragraph(text.advice)
        }
        for (number, signature) in report.signatures.enumerated() {
            if report.signatures.count > 1 {
                heading(words("file.signature-number", ["number": "\(number + 1)"]))
            }
            summary(text.facts(of: signature).map { SummaryRow($0.name, $0.value) })
        }
        table(
            words["file.checks"],
            [
                Column(words["file.column-step"]), Column(words["file.column-result"]),
            ], text.lines
        ) { _ in
        } row: { html, line in
            html.row { html in
                html.cell { html in
                    html.text(line.step)
                    if !line.reason.isEmpty { html.note(line.reason) }
                }
                html.cell { $0.tag(Tag(line.result, line.look)) }
            }
        }
    }
}
