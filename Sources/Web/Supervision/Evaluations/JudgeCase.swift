import Accounts
import Dossiers
import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/dossiers/{id}/evaluation`: the applicant, or whoever acts for her, judges a case of hers.
struct JudgeCase {
    let site: Site

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await show(try await own(context), request.askedGrade, context)
    }

    func post(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let dossier = try await own(context)
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        do {
            let channel: EvaluationChannel = request.isFromMobile ? .mobile : .pc
            let draft = try EvaluationForm.draft(form, channel, person: context.citizen.id)
            _ = try await site.hall.evaluate(
                .matter(dossier.id), draft, by: .herself(.person(context.citizen.id)), attempt: attempt)
            return .seeOther(Paths.evaluation(of: dossier.id))
        } catch let refusal as EvaluationRefusal {
            return try await show(dossier, form.grade, context, refused: refusal, typed: form)
        }
    }

    private func own(_ context: PortalContext) async throws -> Dossier {
        try await site.own(try context.dossierOnPage(), of: context.citizen).opened.dossier
    }

    private func show(
        _ dossier: Dossier, _ grade: EvaluationGrade?, _ context: PortalContext, refused: EvaluationRefusal? = nil,
        typed: PostedForm? = nil
    ) async throws -> Response {
        let visit = site.visit(context, .portal)
        let words = visit.words
        var form = EvaluationForm(
            site: site, path: Paths.evaluation(of: dossier.id),
            standing: try await site.hall.standing(of: .matter(dossier.id)))
        form.askedForMobile = false
        let sheet = form
        return .page(
            visit.page(
                words["evaluation.title"],
                crumbs: [PageLink(dossier.submitted.terms.itemName, Paths.dossier(dossier.id))],
                hasErrors: refused != nil
            ) { html in
                html.reading { html in
                    html.title(words["evaluation.title"], over: dossier.submitted.terms.itemName)
                    sheet.write(&html, grade: grade, site.tokens(context), refused: refused, typed: typed)
                    html.link(PageLink(words["evaluation.to-case"], Paths.dossier(dossier.id)))
                }
            }, status: .init(code: refused?.kind.rawValue ?? 200))
    }
}

/// The way from a case's page to its evaluation.
struct EvaluationCard: Sendable {
    let standing: OccasionStanding
    let isOpen: Bool

    init(of dossier: DossierID, _ site: Site) async throws {
        standing = try await site.hall.standing(of: .matter(dossier))
        isOpen = site.hall.isOpen(standing)
    }

    func write(_ html: inout HTML, _ dossier: DossierID) {
        guard isOpen || standing.isJudged else { return }
        let words = html.words
        html.card(words["evaluation.title"]) { html in
            if standing.isJudged {
                html.paragraph(words["evaluation.thanks"])
            } else {
                html.paragraph(words["evaluation.card"])
                html.buttonLink(words["evaluation.begin"], Paths.evaluation(of: dossier))
            }
        }
    }
}

extension Paths {
    static func evaluation(of id: DossierID) -> String { "\(dossier(id))/evaluation" }
}
