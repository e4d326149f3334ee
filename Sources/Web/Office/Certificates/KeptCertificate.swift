import Accounts
import Certificates
import Hall
import Hummingbird
import Vocabulary

/// `/office/certificates/{certificate}`: a certificate of the officer's own body with what can be done to it.
struct KeptCertificate {
    let site: Site

    func get(_ request: Request, _ context: CertificateContext) async throws -> Response {
        try await show(context, refused: nil)
    }

    /// `POST …/{deed}`: one of the deeds; what the rules refuse comes back with everything that was typed.
    func post(_ request: Request, _ context: CertificateContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let resource = try context.parameters.require("deed")
        let id = try Self.certificate(context)
        guard let deed = CertificateDeed(rawValue: resource) else { throw DoorRefusal.noSuchPage }
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        do {
            try await site.hall.perform(deed.command(form), on: id, by: context.performer(site), attempt: attempt)
            return .seeOther(Paths.keptCertificate(id))
        } catch let refusal as any Refusal where refusal.belongsToAForm {
            return try await show(context, refused: RefusedDeed(resource: resource, form: form, refusal: refusal))
        }
    }

    private static func certificate(_ context: CertificateContext) throws -> CertificateID {
        guard let id = CertificateID(try context.parameters.require("certificate")) else {
            throw DoorRefusal.noSuchPage
        }
        return id
    }

    private func show(_ context: CertificateContext, refused: RefusedDeed?) async throws -> Response {
        let id = try Self.certificate(context)
        let opened = try await site.hall.open(id, by: context.guest)
        let visit = site.visit(context, .office)
        let words = visit.words
        let view = CertificateView(opened, today: site.hall.time.now().day, words)
        return .page(
            visit.page(
                view.title, crumbs: [PageLink(words["certificate.kept"], Paths.keptCertificates)],
                hasErrors: refused != nil
            ) { html in
                html.refused(refused, site)
                html.title(view.title, over: view.issuer)
                html.listAndPanel { html in
                    view.standing(&html)
                    view.facts(&html)
                    view.versions(&html) { Paths.keptCertificate($0) }
                    html.heading(words["certificate.history"])
                    html.timeline(view.timeline)
                } panel: { html in
                    deeds(&html, view, context, refused)
                }
            }, status: refused?.status ?? .ok)
    }

    private func deeds(
        _ html: inout HTML, _ view: CertificateView, _ context: CertificateContext, _ refused: RefusedDeed?
    ) {
        let words = html.words
        let offered = CertificateDeed.allCases.filter { deed in
            deed.isOffered(view.certificate, view.opened.kind, on: view.today)
        }
        html.heading(words["certificate.deeds"])
        for deed in offered {
            let form = DeedForm(deed.rawValue, refused, site, words)
            html.unfold(words[deed.word], isOpen: form.refused != nil) { html in
                if let law = deed.law { html.note(law) }
                let path = Paths.keptCertificate(view.certificate.id)
                html.form("\(path)/\(deed.rawValue)", site.tokens(context)) { deed.write(&$0, form) }
            }
        }
        if let dossier = view.certificate.reservation.dossier, view.certificate.state.isOpen {
            html.paragraph(words["certificate.case-help"])
            html.link(PageLink(words["certificate.to-case"], Paths.office(dossier)))
        } else if offered.isEmpty {
            html.note(words["certificate.nothing"])
        }
    }
}
