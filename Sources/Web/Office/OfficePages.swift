import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `/office/dossiers/{id}`: the file on the same screen as the decision.
struct OfficeDossier {
    /// Whoever has one of these there may open a dossier in the office.
    static let openers: [Power] = [.review, .decide, .lead, .govern]

    let site: Site

    func get(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let view = try await open(context, purpose: "review")
        let visit = site.visit(context, .office)
        let words = visit.words
        let terms = view.dossier.submitted.terms
        let told = try ToldAbout(try await site.hall.told(about: view.dossier.id), site, words)
        let handling = try await HandlingCard(view.dossier, context.guest, site, words)
        return .page(
            visit.page(view.title, crumbs: [PageLink(words["nav.office"], "/office")]) { html in
                html.title(view.title, over: terms.bodyName)
                html.lead(view.next)
                html.workbench { html in
                    view.facts(&html, withPassword: false)
                    handling.write(&html)
                    view.clock(&html, at: Paths.office(view.dossier.id))
                    if view.hasPapers {
                        html.card(words["window.papers"]) { view.paperLinks(&$0, Paths.office(view.dossier.id)) }
                    }
                } middle: { html in
                    view.answers(&html)
                    html.subheading(words["apply.materials"])
                    view.materials(&html, files: Paths.office(view.dossier.id) + "/files")
                    html.heading(words["dossier.history"])
                    html.timeline(view.timeline)
                    told.write(&html)
                } right: { html in
                    deeds(&html, view, context, handling)
                    handling.deeds(&html, site.tokens(context))
                }
            })
    }

    /// `GET …/files/{digest}`: opening a file is a look of its own.
    func file(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let view = try await open(context, purpose: "material")
        return try await site.file(try context.parameters.require("digest"), of: view.dossier)
    }

    /// `GET …/papers/{paper}`: a paper of the law, the written decision among them.
    func paper(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let view = try await open(context, purpose: "paper")
        let paper = try await DossierPaper(site, view.dossier.id, try context.parameters.require("paper"))
        return try await paper.response(
            request, site.visit(context, .office), for: .staff(context.staff.id), back: Paths.office(view.dossier.id))
    }

    /// `GET …/form.pdf`: the form as it was filled in.
    func form(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await open(context, purpose: "print").form(request, context)
    }

    private func open(_ context: OfficerContext, purpose: String) async throws -> DossierView {
        guard let id = DossierID(try context.parameters.require("dossier")) else { throw DoorRefusal.noSuchPage }
        let opened = try await site.hall.open(id, by: context.guest, with: Power.office, purpose: purpose)
        let terms = opened.dossier.submitted.terms
        let item = try await site.hall.item(terms.itemCode, version: terms.version)
        return DossierView(opened, item, site, site.visit(context, .office).words, isForStaff: true)
    }

    /// `POST …/{deed}`: review, return, decision.
    func post(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        guard let id = DossierID(try context.parameters.require("dossier")) else { throw DoorRefusal.noSuchPage }
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        let deed = try context.parameters.require("deed")
        let command = try await command(deed, form, id)
        _ = try await site.hall.perform(command, on: id, by: context.performer(site), attempt: attempt)
        let stays = ["taking", "opinions", "assignment", "urging", "recusal-ruling"].contains(deed)
        return .seeOther(stays ? Paths.office(id) : "/office")
    }

    private func command(_ deed: String, _ form: PostedForm, _ id: DossierID) async throws -> DossierCommand {
        if let command = try HandlingForm(form: form).command(deed) { return command }
        switch (deed, form["choice"]) {
        case ("review", "grant"): return .passReview(.grant, opinion: form["note"])
        case ("review", "refuse"): return .passReview(.refuse, opinion: form["note"])
        case ("return", _): return .returnToReviewer(note: form["note"])
        case ("decision", "grant"): return try await site.hall.grant(id, grounds: form["note"])
        case ("decision", "refuse"): return .refuse(grounds: form["note"], standard: form["standard"])
        case ("review", _), ("decision", _): throw DoorRefusal.malformedForm
        default: throw DoorRefusal.noSuchPage
        }
    }

    private func deeds(
        _ html: inout HTML, _ view: DossierView, _ context: OfficerContext, _ handling: HandlingCard
    ) {
        let words = view.words
        let path = Paths.office(view.dossier.id)
        let today = site.hall.time.now().day
        switch view.dossier.stage {
        case .inReview where context.guest.may(.review, view.dossier, today: today):
            if handling.passes(&html, site.tokens(context)) { return }
            html.card(words["office.review"]) { html in
                html.form(path + "/review", site.tokens(context)) { html in
                    html.choice(words["office.proposal"], words)
                    html.field(Field("note", words["office.opinion"], .multiline(max: 2000)))
                    html.button(words["office.review-send"], key: "s")
                }
            }
        case .reviewed(_, let review) where context.guest.may(.decide, view.dossier, today: today):
            html.card(words["office.decide"]) { html in
                html.paragraph(
                    words[review.proposal == .grant ? Word("office.proposed-grant") : Word("office.proposed-refuse")])
                html.form(path + "/decision", site.tokens(context)) { html in
                    html.choice(words["office.decision"], words)
                    html.field(
                        Field(
                            "note", words["office.grounds"], .multiline(max: 2000), hint: words["office.grounds-hint"]))
                    html.field(
                        Field(
                            "standard", words["office.standard"], .text(max: 200), hint: words["office.standard-hint"]
                        ).with { $0.isOptional = true })
                    html.button(words["office.decide-send"], key: "s")
                }
            }
            html.unfold(words["office.return"]) { html in
                html.form(path + "/return", site.tokens(context)) { html in
                    html.field(Field("note", words["office.return-note"], .multiline(max: 500)))
                    html.button(words["office.return"], .secondary)
                }
            }
        default: html.note(words["window.nothing"])
        }
    }
}

extension HTML {
    fileprivate mutating func choice(_ label: String, _ words: Words) {
        field(
            Field(
                "choice", label,
                .choice([Option("grant", words["office.grant"]), Option("refuse", words["office.refuse"])])))
    }
}
