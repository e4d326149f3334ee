import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Signing
import Vocabulary

/// `GET /certificates`: what a citizen holds, and those hold whose letters she has.
struct CertificatesPage {
    let site: Site

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        var rows: [(line: CertificateLine, holder: String, name: String)] = []
        let visit = site.visit(context, .portal)
        let words = visit.words
        for person in try await site.hall.principals(of: context.citizen, in: .everything) {
            for line in try await site.hall.certificates(of: person.id) {
                let kind = try await site.hall.certificateKind(line.identifier.type)
                rows.append((line, person.name.text, words.pick(kind?.name ?? "", kind?.nameEnglish)))
            }
        }
        let today = site.hall.time.now().day
        return .page(
            visit.page(words["nav.certificates"]) { html in
                html.title(words["nav.certificates"])
                html.lead(words["certificates.lead"])
                html.table(
                    words["nav.certificates"],
                    [
                        Column(words["column.certificate"]), Column(words["column.holder"]),
                        Column(words["column.number"]), Column(words["column.valid"]), Column(words["column.state"]),
                    ], rows
                ) { html in
                    html.empty(words["certificates.none"], words["certificates.none-help"])
                } row: { html, row in
                    html.row { html in
                        html.headCell(row.name, href: Paths.certificate(row.line.id))
                        html.cell(row.holder)
                        html.cell(row.line.identifier.serial)
                        html.cell(row.line.validUntil.map(words.plainDate) ?? words["certificates.long-term"])
                        html.cell { $0.tag(row.line.days.tag(on: today, words)) }
                    }
                }
            })
    }
}

/// `GET /verify`: what is true of a certificate identifier, and why. Open to everybody.
struct VerifyPage {
    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let identifier = request.asked("identifier")
        let visit = site.visit(context, .portal)
        let words = visit.words
        var found: Hall.Verification?
        var refusal: CertificateRefusal?
        if !identifier.isEmpty {
            do {
                found = try await site.hall.verify(identifier, trusting: try site.trustedKeys())
            } catch let refused as CertificateRefusal {
                refusal = refused
            }
        }
        let sentence = refusal.map { site.refusals[$0.code, words] }
        return .page(
            visit.page(words["nav.verify"], hasErrors: refusal != nil) { html in
                html.reading { html in
                    html.title(words["nav.verify"])
                    html.lead(words["verify.lead"])
                    if let sentence { html.banner(.error, sentence.what) { $0.paragraph(sentence.mend) } }
                    if let found { html.verification(found, words) }
                    html.element("form", Attribute("method", "get"), Attribute("action", "/verify")) { html in
                        html.field(
                            Field(
                                "identifier", words["verify.identifier"], .text(max: 128), hint: words["verify.hint"],
                                answer: Answer(identifier)))
                        html.button(words["verify.check"])
                    }
                    html.heading(words["file.title"])
                    html.paragraph(words["file.lead"])
                    html.fileToVerify(words)
                }
            }, status: refusal == .notFound ? .notFound : .ok)
    }
}

extension HTML {
    /// Writes the verdict first, then each thing that was looked at with its result.
    fileprivate mutating func verification(_ found: Hall.Verification, _ words: Words) {
        let certificate = found.certificate
        banner(found.isGood ? .success : .warning, words[found.isGood ? Word("verify.good") : Word("verify.not-good")])
        summary([
            SummaryRow(words["verify.register"], words[found.standing.word]),
            SummaryRow(words["verify.signature"], words[found.verdict.word]),
            SummaryRow(words["column.certificate"], certificate.personal?.typeName ?? "—"),
            SummaryRow(words["verify.issuer"], certificate.personal?.issuerName ?? "—"),
            SummaryRow(words["column.number"], certificate.reservation.identifier.serial),
            SummaryRow(words["column.holder"], found.maskedHolder ?? "—"),
            SummaryRow(words["verify.from"], words.plainDate(certificate.reservation.validFrom)),
            SummaryRow(
                words["column.valid"],
                certificate.reservation.validUntil.map(words.plainDate) ?? words["certificates.long-term"]),
        ])
    }
}

extension SignatureVerdict? {
    /// What the verifier says, in a sentence; nil while there is no signature.
    var word: Word {
        switch self {
        case .valid: Word("verdict.valid")
        case .invalid: Word("verdict.invalid")
        case .untrusted: Word("verdict.untrusted")
        case .unsupported: Word("verdict.unsupported")
        case nil: Word("verdict.undetermined")
        }
    }
}

extension Hall.Verification {
    /// In force by the register, under a signature that counts.
    var isGood: Bool { standing == .valid && verdict == .valid }

    /// The holder, a person's name masked; nil once it was erased.
    var maskedHolder: String? { certificate.personal?.masked.name }
}
