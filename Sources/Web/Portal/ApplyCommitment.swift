import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// 告知承诺: what the conditions are and what follows when they are not met; then whether the applicant signs (国办发
/// 〔2020〕42号). The step is there where the item offers a commitment in this situation.
struct ApplyCommitment {
    let site: Site
    private var desk: ApplicationDesk { ApplicationDesk(site: site) }

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await show(try await offered(context), context, hasError: false)
    }

    /// `POST /drafts/{draft}/commitment`: signs, or goes the ordinary way.
    func post(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        var application = try await offered(context)
        let words = site.visit(context, .portal).words
        let isBarred = try await site.hall.barredFromCommitments(application.applicant.id) != nil
        switch form["commitment"] {
        case "signed" where !isBarred:
            application.draft.contents.commitment = application.commitmentText(words)
            application.draft.contents.declinesCommitment = nil
        case "ordinary":
            application.draft.contents.commitment = nil
            application.draft.contents.declinesCommitment = true
        default: return try await show(application, context, hasError: true)
        }
        try await site.hall.save(application.draft)
        return .seeOther(Paths.draft(application.draft.id, application.after("commitment")))
    }

    private func offered(_ context: PortalContext) async throws -> Application {
        let application = try await desk.open(context)
        guard application.offer != nil else { throw DoorRefusal.noSuchPage }
        return application
    }

    private func show(_ application: Application, _ context: PortalContext, hasError: Bool) async throws -> Response {
        let words = site.visit(context, .portal).words
        let barred = try await site.hall.barredFromCommitments(application.applicant.id)
        let errors = hasError ? [FieldError("commitment", words["commitment.choose"])] : []
        let chosen =
            application.draft.contents.commitment != nil
            ? "signed" : application.draft.contents.declinesCommitment == true ? "ordinary" : ""
        return desk.page(application, "commitment", context, errors: errors) { html in
            html.paragraph(words["commitment.lead"])
            html.subheading(words["commitment.conditions"])
            html.element("ul") { html in
                for condition in application.guide.standard.acceptanceConditions {
                    html.element("li", text: words.pick(condition.text))
                }
            }
            html.subheading(words["commitment.instead"])
            html.element("ul") { html in
                for material in application.replacedSpecs { html.element("li", text: words.pick(material.name)) }
            }
            html.subheading(words["commitment.consequences"])
            html.paragraph(application.consequences(words))
            if let barred {
                html.banner(.warning, words("commitment.barred", ["day": words.date(barred)]))
            }
            html.field(
                Field(
                    "commitment", words["commitment.question"],
                    .choice(
                        (barred == nil
                            ? [Option("signed", words["commitment.sign"], hint: words["commitment.sign-hint"])] : [])
                            + [Option("ordinary", words["commitment.ordinary"])]),
                    answer: Answer(chosen, error: errors.first?.sentence)))
            html.button(words["apply.continue"])
        }
    }
}

extension Application {
    /// The commitment that the item offers in this situation; nil for none.
    var offer: CommitmentOffer? { guide.commitmentOffer(for: draft.contents.situation) }

    /// The materials that the offered commitment stands for, among those of this situation.
    var replacedSpecs: [MaterialSpec] { materials.filter { offer?.materials.contains($0.id) == true } }

    /// Whether the applicant signed the commitment that is offered.
    var isCommitted: Bool { offer != nil && draft.contents.commitment != nil }

    /// The materials that are still asked for.
    var asked: [MaterialSpec] {
        isCommitted ? materials.filter { offer?.materials.contains($0.id) != true } : materials
    }

    fileprivate func consequences(_ words: Words) -> String {
        words("commitment.consequences-text", ["days": words.workingDays(WorkingDays(offer?.verifyDays ?? 0))])
    }

    /// What is signed, word for word, line by line.
    func commitmentText(_ words: Words) -> String {
        let conditions = guide.standard.acceptanceConditions.enumerated().map { index, condition in
            "\(index + 1). " + words.pick(condition.text)
        }
        let instead = words.list(replacedSpecs.map { words.pick($0.name) })
        return
            ([words("commitment.text", ["name": applicant.name.text, "item": words.pick(guide.itemName)])]
            + conditions
            + [words("commitment.text-instead", ["names": instead]), consequences(words), words["commitment.sign"]])
            .joined(separator: "\n")
    }

    /// What is signed when materials follow later, word for word.
    func undertakingText(_ words: Words) -> String {
        words("tolerance.text", ["names": words.list(laggingSpecs.map { words.pick($0.name) })])
    }
}
