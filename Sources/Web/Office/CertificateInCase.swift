import Accounts
import Catalogue
import Certificates
import Dossiers
import Hall
import Hummingbird
import Vocabulary

/// `GET /office/dossiers/{dossier}/certificates/{code}` and the same at the window: the certificate on which a case
/// stands, opened by its use code, with what is true of it now and every check of its file.
struct CertificateInCase {
    let site: Site

    func office(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let id = try context.dossierOnPage()
        let found = try await open(id, context.guest, with: Power.office, try context.parameters.require("code"))
        return page(found, site.visit(context, .office), back: Paths.office(id))
    }

    func window(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let id = try context.dossierOnPage()
        let found = try await open(id, context.guest, with: [.receive], try context.parameters.require("code"))
        return page(found, site.visit(context, .window), back: Paths.window(id))
    }

    private typealias Found = (use: CertificateUse, opened: Hall.CertificateOpened, check: Hall.MaterialCheck)

    private func open(
        _ id: DossierID, _ staff: Hall.Guest, with powers: [Power], _ code: String
    ) async throws -> Found {
        guard let code = UseCode(code) else { throw DoorRefusal.noSuchPage }
        let (use, opened) = try await site.hall.open(code, in: id, by: staff, with: powers)
        return (use, opened, try await site.hall.check(of: opened.certificate, in: use))
    }

    private func page(_ found: Found, _ visit: Visit, back: String) -> Response {
        let words = visit.words
        let view = CertificateView(found.opened, today: site.hall.time.now().day, words)
        return .page(
            visit.page(view.title, crumbs: [PageLink(words["use.to-case"], back)]) { html in
                html.reading { html in
                    html.title(view.title, over: view.issuer)
                    view.standing(&html)
                    view.facts(&html)
                    html.heading(words["use.title"])
                    html.summary([
                        SummaryRow(words["use.code"], found.use.code.description),
                        SummaryRow(words["use.authorised"], words.moment(found.use.at)),
                        SummaryRow(words["use.basis"], words[found.use.basis]),
                    ])
                    html.note(words["use.bound"])
                    html.heading(words["use.file"])
                    if let report = found.check.file {
                        html.report(report, words, site.verdicts)
                    } else {
                        html.note(words["use.no-file"])
                    }
                }
            })
    }
}

extension CertificateUse {
    /// By whom the use was authorised, in words.
    var basis: Word { isByDuty ? Word("use.by-duty") : Word("use.by-holder") }
}

extension HTML {
    /// Writes what is true now of a certificate on which a case stands: how it stands in the register, and what the
    /// verifier says of its file. `path` leads to the whole of it; nil where the reader may not open it.
    mutating func check(_ check: Hall.MaterialCheck, on day: CivilDate, _ sentences: ReportSentences, path: String?) {
        let words = self.words
        element("p", .class("check")) { html in
            html.tag(check.certificate.days.tag(on: day, words))
            if let file = check.file {
                html.raw(" ")
                html.tag(FileReportText(file, words, sentences).tag)
            }
        }
        element("p", .class("note")) { html in
            html.text(
                words(
                    "use.of-library",
                    ["number": check.certificate.reservation.identifier.serial, "issuer": check.issuer]))
            if let path {
                html.raw(" ")
                html.link(PageLink(words["use.open"], path))
            }
        }
        if !check.isGood { element("p", .class("bad"), text: words["use.not-good"]) }
    }

    /// Writes in which cases a certificate was used.
    mutating func uses(_ uses: [Hall.UseSeen]) {
        let words = self.words
        guard !uses.isEmpty else { return note(words["use.none"]) }
        table(
            words["use.caption"],
            [Column(words["use.case"]), Column(words["use.purpose"]), Column(words["column.state"])], uses
        ) { _ in
        } row: { html, seen in
            html.row { html in
                html.headCell(seen.number, href: Paths.dossier(seen.use.dossier))
                html.cell { html in
                    html.text(seen.itemName)
                    html.note(words.pick(seen.material?.zh ?? seen.use.material, seen.material?.en))
                    html.note(seen.bodyName)
                    html.element("p", .class("note")) { html in
                        html.moment(seen.use.at)
                        html.text(" · " + words[seen.use.basis])
                    }
                }
                html.cell { html in
                    html.tag(
                        seen.isOpen
                            ? Tag(words["use.state-open"], .waiting) : Tag(words["use.state-over"], .plain))
                }
            }
        }
        note(words["use.question"])
    }
}

extension Hall.MaterialCheck {
    /// The issuer's name, its code once the certificate was erased.
    fileprivate var issuer: String {
        certificate.personal?.issuerName ?? certificate.reservation.identifier.issuer.code
    }
}
