import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/office/looks/questions/{inquiry}`: one question about a look. Who asked for herself is not named here, and whoever
/// looked reads it but answers nothing.
struct InquiryPage {
    let site: Site

    func get(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        try await show(try id(context), context)
    }

    /// `POST …/{deed}`.
    func post(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (id, deed) = (try id(context), try context.parameters.require("deed"))
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        do {
            try await site.hall.perform(try command(deed, form), on: id, by: context.guest, attempt: attempt)
            return .seeOther(Paths.inquiry(id))
        } catch let refusal as LookInquiryRefusal where refusal != .notFound {
            return try await show(id, context, refused: RefusedDeed(resource: deed, form: form, refusal: refusal))
        } catch let refusal as FormRefusal {
            return try await show(id, context, refused: RefusedDeed(resource: deed, form: form, refusal: refusal))
        }
    }

    private func command(_ deed: String, _ form: PostedForm) throws -> LookInquiryCommand {
        switch deed {
        case "answers": return .answer(try form.chosen("verdict"), form["text"])
        case "rulings": return .rule(try form.chosen("verdict"), form["text"])
        case "closing": return .settle
        default: throw DoorRefusal.noSuchPage
        }
    }

    private func id(_ context: AnyStaffContext) throws -> LookInquiryID {
        guard let id = LookInquiryID(try context.parameters.require("inquiry")) else {
            throw LookInquiryRefusal.notFound
        }
        return id
    }

    private func show(
        _ id: LookInquiryID, _ context: AnyStaffContext, refused: RefusedDeed? = nil
    ) async throws -> Response {
        let opened = try await site.hall.inquiry(id, for: context.guest)
        let visit = site.visit(context, .office)
        let words = visit.words
        let text = LookText(site: site, words: words)
        let view = InquiryView(opened: opened, tokens: site.tokens(context)) { DeedForm($0, refused, site, words) }
        return .page(
            visit.page(
                words("look.question-page", ["number": id.short]),
                crumbs: [PageLink(words["look.questions"], Paths.inquiries)], hasErrors: refused != nil
            ) { html in
                html.refused(refused, site)
                html.title(
                    words("look.question-page", ["number": id.short]),
                    over: text.place(opened.it.asked.body, opened.it.asked.region))
                html.element("p") { $0.tag(Tag(words[opened.it.stage.word], opened.it.stage.tag)) }
                html.columns { html in
                    view.deeds(&html)
                    html.heading(words["look.history"])
                    html.timeline(view.events(words))
                } aside: { html in
                    html.card(words["looks.one"]) { $0.lookFacts(opened.look, text) }
                }
            }, status: refused?.status ?? .ok)
    }
}

/// What is to be done with a question, and what was.
struct InquiryView {
    let opened: Hall.InquiryOpened
    let tokens: FormTokens
    let form: (String) -> DeedForm

    func events(_ words: Words) -> [TimelineEvent] {
        opened.it.history.map { line in
            let who =
                switch line.actor {
                case .person: words["look.asked-by-person"]
                case .platform: words["look.by-platform"]
                default: opened.names[line.actor] ?? words["look.by-unknown"]
                }
            let detail = line.event.words.map { "\(who) · \($0)" } ?? who
            return TimelineEvent(.at(line.at), words[line.event.word], detail: detail)
        }
    }

    func deeds(_ html: inout HTML) {
        let (words, it) = (html.words, opened.it)
        if opened.isLooker { html.banner(.information, words["look.you-looked"]) }
        if let due = opened.due {
            html.element("p", .class("note")) { html in
                html.text(words[it.stage == .answered ? Word("look.settled-after") : Word("look.answer-due")] + " ")
                html.date(due)
            }
        }
        switch it.stage {
        case .atBody:
            if opened.mayAnswer { deed(&html, "answers", words["look.answer"], words["look.answer-words"]) }
        case .atSupervisor:
            if opened.mayRule { deed(&html, "rulings", words["look.rule"], words["look.rule-words"]) }
        case .answered where it.isOfSupervisor && opened.mayRule:
            html.deed("\(Paths.inquiry(it.id))/closing", tokens) { $0.button(words["look.close"]) }
            deed(&html, "rulings", words["look.rule"], words["look.rule-words"])
        case .answered, .closed: break
        }
    }

    private func deed(_ html: inout HTML, _ resource: String, _ title: String, _ label: String) {
        html.card(title) { html in
            html.form("\(Paths.inquiry(opened.it.id))/\(resource)", tokens) { html in
                let form = form(resource)
                let verdicts = LookInquiryEvent.Verdict.allCases.map { Option($0.rawValue, html.words[$0.word]) }
                html.field(form.field("verdict", html.words["look.verdict"], .choice(verdicts)))
                html.field(form.words(label))
                html.button(title)
            }
        }
    }
}
