import Accounts
import Catalogue
import Certificates
import Documents
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// What a window prints beside the papers of the law: the receipt slip and the form.
struct WindowPapers {
    let site: Site

    func slip(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let view = try await WindowDossier(site: site).open(context, purpose: .print)
        let words = view.words
        let dossier = view.dossier
        var slip = ReceiptSlip(
            number: dossier.submitted.numbers.short, item: view.title,
            applicant: dossier.personal?.applicantName ?? "—", receivedAt: dossier.receivedAt ?? dossier.submittedAt,
            lines: dossier.materials.map { ReceiptSlip.Line(view.name($0.material), words["material.one"]) })
        slip.clerk = context.staff.name?.text ?? context.staff.employeeNumber.text
        slip.password = dossier.personal?.queryPassword ?? ""
        slip.place = site.regions.entry(context.staff.region).map { words.pick($0.name, $0.nameEnglish) } ?? ""
        let picture = try QRCode(
            site.press.address.absolute(site.evaluationLink(Paths.ofCase, dossier.id.subject)))
        let visit = site.visit(context, .window)
        return .page(
            visit.sheet(words["receipt.title"], back: PageLink(words["window.back"], Paths.window(dossier.id))) {
                html in
                html.receipt(slip, issuer: dossier.submitted.terms.bodyName) { html in
                    html.paragraph(view.next)
                    html.codePicture(picture, label: words["evaluation.code"])
                    html.note(words["evaluation.code-help"])
                }
            })
    }

    /// The form as it was filled in.
    func form(_ request: Request, _ context: ClerkContext) async throws -> Response {
        try await WindowDossier(site: site).open(context, purpose: .print).form(request, context)
    }
}
