import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/office/looks/demands/{look}`: a supervisor asks the head of whoever looked for an explanation.
struct DemandPage {
    let site: Site

    func get(_ request: Request, _ context: SupervisorContext) async throws -> Response {
        try await show(context)
    }

    func post(_ request: Request, _ context: SupervisorContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        do {
            let id = try await site.hall.demand(
                about: try look(context), saying: form["text"], by: context.guest, attempt: attempt)
            return .seeOther(Paths.inquiry(id))
        } catch let refusal as LookInquiryRefusal where refusal != .lookNotFound {
            return try await show(
                context, refused: RefusedDeed(resource: "demand", form: form, refusal: refusal))
        }
    }

    private func look(_ context: SupervisorContext) throws -> Subject {
        guard let id = Subject(try context.parameters.require("look")) else {
            throw LookInquiryRefusal.lookNotFound
        }
        return id
    }

    private func show(_ context: SupervisorContext, refused: RefusedDeed? = nil) async throws -> Response {
        let look = try await site.hall.supervisedLook(try look(context), for: context.guest)
        let visit = site.visit(context, .office)
        let words = visit.words
        let text = LookText(site: site, words: words)
        return .page(
            visit.page(
                words["look.demand"], crumbs: [PageLink(words["look.board"], Paths.lookBoard)],
                hasErrors: refused != nil
            ) { html in
                html.refused(refused, site)
                html.title(words["look.demand"], over: text.who(look.who))
                html.lookFacts(look, text)
                html.note(words("look.demand-help", ["days": words.number(LookInquiryRules.answerDays.count)]))
                html.form(Paths.demand(look.id), site.tokens(context)) { html in
                    html.field(DeedForm("demand", refused, site, words).words(words["look.demand-words"]))
                    html.button(words["look.demand"])
                }
            }, status: refused?.status ?? .ok)
    }
}

extension HTML {
    /// Writes a look as supervisors and heads see it: nothing of whose record it was.
    mutating func lookFacts(_ look: Hall.LookSupervised, _ text: LookText) {
        let words = words
        facts { html in
            html.fact(words["look.when"]) { $0.moment(look.at) }
            html.fact(words["look.who"]) { $0.text(text.who(look.who)) }
            html.fact(words["look.why"]) { $0.text(text.why(look.purpose, look.word)) }
            html.fact(words["look.case"]) { $0.text(text.matter(look.number)) }
            if !look.patterns.isEmpty {
                html.fact(words["look.patterns"]) { $0.text(words.list(look.patterns.map { words[$0.word] })) }
            }
        }
    }
}
