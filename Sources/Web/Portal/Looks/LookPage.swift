import Accounts
import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/looks/{look}`: one look: who, when, what for; what she asked about it, and what came of that.
struct LookPage {
    let site: Site

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await show(try id(context), context)
    }

    /// `POST …/{deed}`: asks, or says whether the answer is enough.
    func post(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (id, deed) = (try id(context), try context.parameters.require("deed"))
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        let (citizen, text) = (context.citizen, form["text"])
        let persons = try await holders(context)
        do {
            switch deed {
            case "questions":
                _ = try await site.hall.ask(
                    about: id, saying: text, by: citizen, for: persons, attempt: attempt)
            case "objections":
                try await site.hall.perform(.contest(text), on: id, by: citizen, for: persons, attempt: attempt)
            case "thanks":
                try await site.hall.perform(.settle, on: id, by: citizen, for: persons, attempt: attempt)
            default: throw DoorRefusal.noSuchPage
            }
            return .seeOther(Paths.look(id))
        } catch let refusal as LookInquiryRefusal where refusal != .lookNotFound && refusal != .notFound {
            return try await show(
                id, context, refused: RefusedDeed(resource: deed, form: form, refusal: refusal))
        }
    }

    private func id(_ context: PortalContext) throws -> Subject {
        guard let id = Subject(try context.parameters.require("look")) else {
            throw LookInquiryRefusal.lookNotFound
        }
        return id
    }

    private func holders(_ context: PortalContext) async throws -> [PersonID] {
        try await site.hall.principals(of: context.citizen, in: .everything).map(\.id)
    }

    private func show(
        _ id: Subject, _ context: PortalContext, refused: RefusedDeed? = nil
    ) async throws -> Response {
        let look = try await site.hall.look(id, of: try await holders(context))
        let visit = site.visit(context, .portal)
        let words = visit.words
        let text = LookText(site: site, words: words)
        let tokens = site.tokens(context)
        return .page(
            visit.page(
                words["looks.one"], crumbs: [PageLink(words["looks.title"], Paths.looks)], hasErrors: refused != nil
            ) { html in
                html.reading { html in
                    html.refused(refused, site)
                    html.title(words["looks.one"], over: text.thing(look.thing))
                    html.look(look, text)
                    html.inquiry(of: look, { DeedForm($0, refused, site, words) }, tokens)
                }
            }, status: refused?.status ?? .ok)
    }
}

extension HTML {
    fileprivate mutating func look(_ look: Hall.LookSeen, _ text: LookText) {
        let words = words
        facts { html in
            html.fact(words["look.when"]) { $0.moment(look.at) }
            html.fact(words["look.who"]) { $0.text(text.who(look.who)) }
            html.fact(words["look.why"]) { $0.text(text.why(look.purpose, look.word)) }
            html.fact(words["look.case"]) { html in
                guard let number = look.number else { return html.text(words["look.for-no-case"]) }
                guard let matter = look.matter else { return html.text(number) }
                html.link(PageLink(number, Paths.dossier(matter)))
            }
        }
        if case .certificate(let id, let name, let english) = look.thing {
            link(PageLink(words.pick(name, english), Paths.certificate(id)))
        }
    }

    /// Writes what was asked and answered, and the form that is hers now.
    fileprivate mutating func inquiry(
        of look: Hall.LookSeen, _ forms: (String) -> DeedForm, _ tokens: FormTokens
    ) {
        let words = words
        guard let inquiry = look.inquiry else {
            return card(words["look.ask"]) { html in
                html.note(words("look.ask-help", ["days": words.number(LookInquiryRules.answerDays.count)]))
                html.form("\(Paths.look(look.id))/questions", tokens) { html in
                    html.field(forms("questions").words(words["look.ask-words"]))
                    html.button(words["look.ask"])
                }
            }
        }
        heading(words["look.question"])
        element("p") { $0.tag(Tag(words[inquiry.stage.word], inquiry.stage.tag)) }
        timeline(
            inquiry.history.map { line in
                TimelineEvent(.at(line.at), words[line.event.word], detail: line.event.words ?? "")
            })
        if inquiry.stage == .atBody, let due = inquiry.asked.due {
            element("p", .class("note")) { html in
                html.text(words["look.answer-due"] + " ")
                html.date(due)
            }
        }
        guard inquiry.stage == .answered else { return }
        card(words["look.content"]) { html in
            html.deed("\(Paths.look(look.id))/thanks", tokens) { $0.button(words["look.thanks"], .secondary) }
            html.note(words("look.object-help", ["days": words.number(LookInquiryRules.contestDays.count)]))
            html.form("\(Paths.look(look.id))/objections", tokens) { html in
                html.field(forms("objections").words(words["look.object-words"]))
                html.button(words["look.object"])
            }
        }
    }
}

extension DeedForm {
    /// What is asked or answered about a look.
    func words(_ label: String) -> Field { field("text", label, .multiline(max: LookInquiryRules.wordsMax)) }
}
