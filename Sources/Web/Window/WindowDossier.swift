import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary
import Windows

/// `/window/dossiers/{id}`: a filing at a window: check it, then one of the deeds that its stage allows.
struct WindowDossier {
    /// What is done here, the likeliest first; each in a file of its own.
    private static let deeds: [DossierDeed] =
        Array(DossierDeed.acceptance.prefix(1)) + DossierDeed.receipt + DossierDeed.tolerance
        + DossierDeed.acceptance.dropFirst() + DossierDeed.hearingAnswers

    let site: Site

    func get(_ request: Request, _ context: ClerkContext) async throws -> Response {
        try await show(try await open(context, purpose: .intake).checked(), context, refused: nil)
    }

    /// `POST …/{deed}`: one of the deeds; what the rules refuse comes back with everything that was typed.
    func post(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let (id, resource) = (try context.dossierOnPage(), try context.parameters.require("deed"))
        guard let deed = Self.deeds.first(where: { $0.resource == resource }) else { throw DoorRefusal.noSuchPage }
        let (form, files) = try await read(deed, request, context)
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        do {
            let source = DeedSource(hall: site.hall, files: files)
            let command = try await deed.command(form, source)
            _ = try await site.hall.perform(
                command, on: id, by: context.performer(site), attempt: attempt, for: try form.served())
            return .seeOther(Paths.window(id))
        } catch let refusal as any Refusal where refusal.belongsToAForm {
            let view = try await open(context, purpose: .intake).checked()
            return try await show(view, context, refused: RefusedDeed(resource: resource, form: form, refusal: refusal))
        }
    }

    private func read(
        _ deed: DossierDeed, _ request: Request, _ context: ClerkContext
    ) async throws -> (PostedForm, [HandedIn]) {
        guard deed.hasFiles else { return (try await PostedForm(request, context), []) }
        let upload = try await UploadedForm(request, context, site: site, filesLeft: Limits.uploadFilesMax)
        if let refused = upload.refused.first { throw refused.refusal }
        return (upload.form, upload.files.map(\.file))
    }

    /// `GET …/files/{digest}`: opening a file is a look of its own.
    func file(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let view = try await open(context, purpose: .material)
        return try await site.file(try context.parameters.require("digest"), of: view.dossier)
    }

    func open(_ context: ClerkContext, purpose: LookPurpose) async throws -> DossierView {
        let opened = try await site.hall.open(
            try context.dossierOnPage(), by: context.guest, with: [.receive], purpose: purpose)
        let terms = opened.dossier.submitted.terms
        let item = try await site.hall.item(terms.itemCode, version: terms.version)
        return DossierView(opened, item, site, site.visit(context, .window).words, isForStaff: true)
    }

    func show(_ view: DossierView, _ context: ClerkContext, refused: RefusedDeed?) async throws -> Response {
        let visit = site.visit(context, .window)
        let words = visit.words
        let path = Paths.window(view.dossier.id)
        let sheet = DeedSheet(
            view: view, guest: context.guest, csrf: context.site.csrf, path: path, refused: refused,
            served: refused?.refusal is QueueRefusal ? nil : try await site.hall.servedTicket(of: context.guest))
        let originals = try await OriginalsCard(view, context.guest)
        let told = try ToldAbout(try await site.hall.told(about: view.dossier.id), site, words)
        let traces = try await site.hall.traces(of: view.dossier.id)
        return .page(
            visit.page(
                view.title, crumbs: [PageLink(words["nav.inbox"], "/window")], hasErrors: refused != nil
            ) { html in
                html.refused(refused, site)
                html.title(view.title, over: view.dossier.submitted.terms.bodyName)
                html.lead(view.next)
                html.workbench { html in
                    view.facts(&html, withPassword: false)
                    view.clock(&html, at: path)
                    html.card(words["window.papers"]) { html in
                        html.buttonLink(words["window.slip"], path + "/slip", key: "p")
                        view.paperLinks(&html, path)
                    }
                    originals.write(&html, refused, site.tokens(context))
                } middle: { html in
                    view.proceedings(&html)
                    view.answers(&html)
                    html.subheading(words["apply.materials"])
                    view.materials(&html, below: path)
                    view.signed(&html)
                    html.traces(traces)
                    told.write(&html)
                } right: { html in
                    html.deeds(Self.deeds, sheet)
                }
            }, status: refused?.status ?? .ok)
    }
}
