import Accounts
import Dossiers
import Hall
import Hummingbird
import Vocabulary

/// `/assist/dossiers/{dossier}`: a case followed for its applicant: where it is, what happened and by whom, and what
/// she must do next, done for her.
struct AssistDossier {
    let site: Site

    func get(_ request: Request, _ context: AssistantContext) async throws -> Response {
        let (opened, _) = try await open(context, purpose: .assist)
        return try await show(opened, context, refused: nil)
    }

    /// `POST …/corrections`: hands in what a notice asked for, after receipt or after a pre-review.
    func supply(_ request: Request, _ context: AssistantContext) async throws -> Response {
        let (opened, performer) = try await open(context, purpose: .assist)
        let upload = try await UploadedForm(request, context, site: site, filesLeft: Limits.uploadFilesMax)
        if let refused = upload.refused.first { throw refused.refusal }
        let handedIn = upload.handedIn
        let isReturned = if case .preReviewReturned = opened.dossier.stage { true } else { false }
        return try await perform(
            isReturned ? .resubmit(handedIn) : .supplyCorrection(handedIn), "corrections", upload.form, opened,
            performer, context)
    }

    /// `POST …/withdrawal`: takes the application back, as the applicant wants.
    func withdraw(_ request: Request, _ context: AssistantContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (opened, performer) = try await open(context, purpose: .assist)
        return try await perform(
            .withdraw(note: form["note"]), "withdrawal", form, opened, performer, context)
    }

    /// `GET …/files/{digest}`: a file that was handed in.
    func file(_ request: Request, _ context: AssistantContext) async throws -> Response {
        let (opened, _) = try await open(context, purpose: .material)
        return try await site.file(try context.parameters.require("digest"), of: opened.dossier)
    }

    private func perform(
        _ command: DossierCommand, _ resource: String, _ form: PostedForm, _ opened: Hall.Opened,
        _ performer: Performer, _ context: AssistantContext
    ) async throws -> Response {
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        do {
            _ = try await site.hall.perform(command, on: opened.dossier.id, by: performer, attempt: attempt)
            return .seeOther(Paths.assist(opened.dossier.id))
        } catch let refusal as any Refusal where refusal.belongsToAForm {
            let refused = RefusedDeed(resource: resource, form: form, refusal: refusal)
            return try await show(opened, context, refused: refused)
        }
    }

    private func open(
        _ context: AssistantContext, purpose: LookPurpose
    ) async throws -> (opened: Hall.Opened, performer: Performer) {
        try await site.hall.openAssisted(try context.dossierOnPage(), by: context.guest, purpose: purpose)
    }

    private func show(
        _ opened: Hall.Opened, _ context: AssistantContext, refused: RefusedDeed?
    ) async throws -> Response {
        let terms = opened.dossier.submitted.terms
        let item = try await site.hall.item(terms.itemCode, version: terms.version)
        let visit = site.visit(context, .window)
        let words = visit.words
        let view = DossierView(opened, item, site, words)
        let path = Paths.assist(opened.dossier.id)
        let name = opened.dossier.personal?.applicantName ?? "—"
        return .page(
            visit.page(
                view.title, crumbs: [PageLink(words["assist.title"], Paths.assist)], hasErrors: refused != nil
            ) { html in
                html.refused(refused, site)
                html.title(view.title, over: words("assist.for", ["name": name]))
                html.lead(view.nextForAssistant)
                html.columns { html in
                    html.correction(view, at: path, site.tokens(context))
                    view.clock(&html)
                    html.heading(words["dossier.history"])
                    html.timeline(view.timeline)
                    html.heading(words["apply.materials"])
                    view.materials(&html, below: path)
                } aside: { html in
                    view.facts(&html, withPassword: false)
                    html.withdrawal(opened.dossier, at: path, site.tokens(context))
                }
            }, status: refused?.status ?? .ok)
    }
}

extension DossierView {
    /// The same sentence without the pick-up code, which is for the applicant to show.
    fileprivate var nextForAssistant: String {
        if case .issued(_, _, .some) = dossier.stage { return words["next.issued-window"] }
        return next
    }
}
