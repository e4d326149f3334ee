import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Papers
import Vocabulary

/// `/office/dossiers/{id}`: the file on the same screen as the decision.
struct OfficeDossier {
    /// What is done here, the likeliest first; each in a file of its own.
    private static let deeds: [DossierDeed] =
        DossierDeed.decision + DossierDeed.handling + DossierDeed.extensions + DossierDeed.verification
        + DossierDeed.overruns + DossierDeed.special + DossierDeed.hearing + DossierDeed.parties + DossierDeed.licence

    /// Whoever has one of these there may open a dossier in the office.
    static let openers: [Power] = [.review, .decide, .lead, .govern]

    let site: Site

    func get(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await show(try await open(context, purpose: .review).checked(), context, refused: nil)
    }

    /// `GET …/files/{digest}`: opening a file is a look of its own.
    func file(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let view = try await open(context, purpose: .material)
        return try await site.file(try context.parameters.require("digest"), of: view.dossier)
    }

    /// `GET …/papers/{paper}`: a paper of the law, the written decision among them.
    func paper(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let view = try await open(context, purpose: .paper)
        let paper = try await DossierPaper(site, view.dossier.id, try context.parameters.require("paper"))
        let visit = site.visit(context, .office)
        let path = Paths.office(view.dossier.id)
        let mayVoid = context.guest.may(.lead, view.dossier, today: site.hall.time.now().day)
        return try await paper.response(request, visit, for: .staff(context.staff.id), back: path) { html in
            guard mayVoid, !paper.paper.isVoided else { return }
            let words = html.words
            html.unfold(words["paper.void"]) { html in
                html.note(words["paper.void-help"])
                html.form("\(path)/papers/\(paper.paper.id)/voiding", site.tokens(context)) { html in
                    html.field(Field("note", words["paper.void-why"], .text(max: 500)))
                    html.button(words["paper.void"], .danger)
                }
            }
        }
    }

    /// `POST …/papers/{paper}/voiding`: 作废, by whoever leads the authority; the number stays the paper's.
    func void(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let view = try await open(context, purpose: .paper)
        guard let id = PaperID(try context.parameters.require("paper")) else { throw DoorRefusal.noSuchPage }
        try await site.hall.void(id, of: view.dossier.id, reason: form["note"], by: context.performer(site))
        return .seeOther("\(Paths.office(view.dossier.id))/papers/\(id)")
    }

    /// `GET …/form.pdf`: the form as it was filled in.
    func form(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await open(context, purpose: .print).form(request, context)
    }

    /// `POST …/{deed}`: one of the deeds; what the rules refuse comes back with everything that was typed.
    func post(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let id = try context.dossierOnPage()
        let resource = try context.parameters.require("deed")
        guard let deed = Self.deeds.first(where: { $0.resource == resource }) else { throw DoorRefusal.noSuchPage }
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        do {
            let said = try await deed.command(form, DeedSource(hall: site.hall))
            let command = try await site.hall.completed(said, on: id)
            _ = try await site.hall.perform(command, on: id, by: context.performer(site), attempt: attempt)
            return .seeOther(command.endsTheTask ? "/office" : Paths.office(id))
        } catch let refusal as any Refusal where refusal.belongsToAForm {
            let view = try await open(context, purpose: .review).checked()
            return try await show(view, context, refused: RefusedDeed(resource: resource, form: form, refusal: refusal))
        }
    }

    func open(_ context: OfficerContext, purpose: LookPurpose) async throws -> DossierView {
        let opened = try await site.hall.open(
            try context.dossierOnPage(), by: context.guest, with: Power.office, purpose: purpose)
        let terms = opened.dossier.submitted.terms
        let item = try await site.hall.item(terms.itemCode, version: terms.version)
        return DossierView(opened, item, site, site.visit(context, .office).words, isForStaff: true)
    }

    private func show(_ view: DossierView, _ context: OfficerContext, refused: RefusedDeed?) async throws -> Response {
        let visit = site.visit(context, .office)
        let words = visit.words
        let path = Paths.office(view.dossier.id)
        let handling = try await HandlingCard(view.dossier, context.guest, site, words)
        let sheet = DeedSheet(
            view: view, guest: context.guest, csrf: context.site.csrf, path: path, refused: refused,
            handling: handling)
        let told = try ToldAbout(try await site.hall.told(about: view.dossier.id), site, words)
        let traces = try await site.hall.traces(of: view.dossier.id)
        return .page(
            visit.page(
                view.title, crumbs: [PageLink(words["nav.office"], "/office")], hasErrors: refused != nil
            ) { html in
                html.refused(refused, site)
                html.title(view.title, over: view.dossier.submitted.terms.bodyName)
                html.lead(view.next)
                html.workbench { html in
                    view.facts(&html, withPassword: false)
                    handling.write(&html)
                    view.clock(&html, at: path)
                    if view.hasPapers {
                        html.card(words["window.papers"]) { view.paperLinks(&$0, path) }
                    }
                    if EvidencePage.isOffered(to: context.guest, view.dossier, site) {
                        html.link(PageLink(words["evidence.title"], "\(path)/evidence"))
                    }
                } middle: { html in
                    view.proceedings(&html)
                    view.answers(&html)
                    html.subheading(words["apply.materials"])
                    view.materials(&html, below: path)
                    html.heading(words["dossier.history"])
                    html.timeline(view.timeline)
                    view.signed(&html)
                    html.traces(traces)
                    told.write(&html)
                } right: { html in
                    html.deeds(Self.deeds, sheet)
                }
            }, status: refused?.status ?? .ok)
    }
}

extension DossierCommand {
    /// Whether the officer's task is done with it, so that the list comes next and not the same file.
    fileprivate var endsTheTask: Bool {
        switch self {
        case .passReview, .returnToReviewer, .grant, .refuse, .handling(.pass), .handling(.sendBack),
            .handling(.delegate), .handling(.giveBack), .handling(.recuse), .handling(.answer):
            true
        default: false
        }
    }
}
