import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// The first step: questions about the situation, in plain words. What follows depends on the answers.
struct ApplySituation {
    let site: Site
    private var desk: ApplicationDesk { ApplicationDesk(site: site) }

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        let application = try await desk.open(context)
        return show(application, context, defects: [])
    }

    func post(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        var application = try await desk.open(context)
        application.draft.contents.situation = form.group("situation-")
        let defects = application.guide.validate(situation: application.draft.contents.situation)
        guard defects.isEmpty else { return show(application, context, defects: defects) }
        // Answers that the new situation does not ask for are dropped, so that nothing is stored that nobody asked for.
        let asked = Set(application.pages.flatMap(\.fields).map(\.id))
        application.draft.contents.answers = application.draft.contents.answers.filter { asked.contains($0.key) }
        try await site.hall.save(application.draft)
        return .seeOther(Paths.draft(application.draft.id, application.after("situation")))
    }

    private func show(_ application: Application, _ context: PortalContext, defects: [GuideDefect]) -> Response {
        let words = site.visit(context, .portal).words
        let errors = defects.map { FieldError("situation-\($0.element)", words.sentence($0)) }
        return desk.page(application, "situation", context, errors: errors) { html in
            for situation in application.guide.situations {
                let options = situation.choices.map {
                    Option($0.id, words.pick($0.label), hint: $0.note.map(words.pick) ?? "")
                }
                let error = errors.first { $0.field == "situation-\(situation.id)" }?.sentence
                let chosen = application.draft.contents.situation[situation.id]
                html.field(
                    Field(
                        "situation-\(situation.id)", words.pick(situation.question), .choice(options),
                        answer: Answer(chosen ?? "", error: error)))
            }
            html.button(words["apply.continue"])
        }
    }
}

extension Words {
    /// What is wrong and how to mend it, in one line.
    func sentence(_ defect: GuideDefect) -> String {
        sentences(pick(defect.message), pick(defect.mend))
    }
}
