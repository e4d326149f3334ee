import Certificates
import Foundation
import Hall
import Hummingbird
import Signing
import Vocabulary

/// `GET /log`: the public log of certificates: what it is, the newest checkpoint, how to check it, the latest lines.
struct LogPage {
    /// LIMIT: lines on the page.
    static let rowsMax = 20

    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let checkpoint = try await site.hall.logCheckpoint()
        let size = checkpoint?.size ?? 0
        let lines = try await site.hall.logLines(from: max(0, size - Self.rowsMax), limit: Self.rowsMax)
        var kinds: [String: CertificateKind] = [:]
        for type in Set(lines.map(\.entry.type)).sorted() {
            kinds[type] = try await site.hall.certificateKind(type)
        }
        let visit = site.visit(context, .portal)
        let view = LogView(
            checkpoint: checkpoint, lines: lines.reversed(), kinds: kinds, key: site.logKey, words: visit.words)
        let words = visit.words
        return .page(
            visit.page(words["log.title"]) { html in
                html.title(words["log.title"])
                html.lead(words["log.lead"])
                view.facts(&html)
                view.ways(&html)
                view.table(&html)
            })
    }
}

/// The log in words.
struct LogView {
    /// Digits of a digest that a table shows.
    private static let shownDigits = 16

    let checkpoint: Hall.LogCheckpoint?
    /// The latest first.
    let lines: [Hall.LogLine]
    let kinds: [String: CertificateKind]
    let key: NoteVerifierKey?
    let words: Words

    func facts(_ html: inout HTML) {
        guard let checkpoint else { return html.empty(words["log.none"], words["log.none-help"]) }
        html.heading(words["log.checkpoint"])
        html.summary([
            SummaryRow(words["log.size"], "\(checkpoint.size)"),
            SummaryRow(words["log.root"], Data(checkpoint.root).base64EncodedString()),
            SummaryRow(words["log.signed-at"], words.moment(checkpoint.at)),
            SummaryRow(words["log.key"], key?.text ?? "—"),
        ])
    }

    func ways(_ html: inout HTML) {
        html.heading(words["log.how"])
        html.paragraph(words["log.how-line"])
        html.paragraph(words["log.how-proof"])
        html.paragraph(words["log.how-monitor"])
        html.element("ul") { html in
            for (word, path) in [
                (Word("log.file-checkpoint"), "/log/certificates/checkpoint"),
                (Word("log.file-key"), "/log/certificates/key"),
                (Word("log.file-entries"), "/api/v1/log/entries"),
            ] {
                html.element("li") { $0.link(PageLink(words[word], path)) }
            }
        }
    }

    func table(_ html: inout HTML) {
        let columns = [
            Column(words["log.column-position"], isNumeric: true), Column(words["log.column-day"]),
            Column(words["log.column-what"]), Column(words["log.column-type"]),
            Column(words["log.column-certificate"]),
        ]
        html.heading(words["log.latest"])
        html.table(words["log.latest"], columns, lines) { html in
            html.note(words["log.no-lines"])
        } row: { html, line in
            let kind = kinds[line.entry.type]
            html.row { html in
                html.cell("\(line.position)", isNumeric: true)
                html.cell(words.plainDate(line.entry.day))
                html.cell(words[line.entry.kind.word])
                html.cell(kind.map { words.pick($0.name, $0.nameEnglish) } ?? line.entry.type)
                html.cell { html in
                    html.element("span", .class("code"), text: "\(line.entry.certificate.prefix(Self.shownDigits))…")
                }
            }
        }
    }
}

extension CertificateLogEntry.Kind {
    var word: Word {
        switch self {
        case .issued: Word("log.kind-issued")
        case .changed: Word("log.kind-changed")
        case .restricted: Word("log.kind-restricted")
        case .suspended: Word("log.kind-suspended")
        case .lifted: Word("log.kind-lifted")
        case .cancelled: Word("log.kind-cancelled")
        case .revoked: Word("log.kind-revoked")
        case .recalled: Word("log.kind-recalled")
        }
    }
}

extension CertificateView {
    /// Writes what the public log says of it, each with its proof as a file.
    func log(_ html: inout HTML, _ lines: [Hall.LogLine]) {
        guard !lines.isEmpty else { return html.note(words["certificate.log-none"]) }
        html.paragraph(words["certificate.log-help"])
        html.element("ul") { html in
            for line in lines {
                html.element("li") { html in
                    html.text(
                        "\(words.plainDate(line.entry.day)) · \(words[line.entry.kind.word]) · \(line.position) ")
                    html.link(
                        PageLink(
                            words["certificate.log-proof"], Paths.certificateLog(certificate.id, line.position)))
                }
            }
        }
        html.element("p") { $0.link(PageLink(words["log.title"], "/log")) }
    }
}
