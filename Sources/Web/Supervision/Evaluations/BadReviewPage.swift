import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/office/evaluations/{review}`: one bad review: what was said, what is to be done by when, what was done. Who judged
/// is shown to whoever calls her alone, and that look is written down.
struct BadReviewPage {
    let site: Site

    func get(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        try await show(try id(context), context)
    }

    /// `POST …/{deed}`: `reach` answers the page with how she is reached; anything else is a deed of the loop.
    func post(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (id, deed) = (try id(context), try context.parameters.require("deed"))
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        do {
            if deed == "reach" {
                return try await show(id, context, contact: try await site.hall.contact(of: id, by: context.guest))
            }
            try await site.hall.perform(try command(deed, form), on: id, by: context.guest, attempt: attempt)
            return .seeOther(Paths.review(id))
        } catch let refusal as RectificationRefusal where refusal != .notFound {
            return try await show(id, context, refused: refusal)
        } catch let refusal as FormRefusal {
            return try await show(id, context, refused: refusal)
        }
    }

    private func id(_ context: AnyStaffContext) throws -> RectificationID {
        guard let id = RectificationID(try context.parameters.require("review")) else { throw DoorRefusal.noSuchPage }
        return id
    }

    private func command(_ deed: String, _ form: PostedForm) throws -> RectificationCommand {
        let note = form["note"]
        switch deed {
        case "contacts": return .contact(try form.chosen("contact"), note)
        case "measures": return .rectify(try form.chosen("measure"), note)
        case "verification": return .verify(isEnough: try form.chosenYes("enough"), note)
        case "call-back": return .revisit(form.grade, note)
        case "appeal": return .appeal(try form.chosen("ground"), note)
        case "ruling": return .rule(isUpheld: try form.chosenYes("upheld"), note)
        case "publication": return .publish(note)
        default: throw DoorRefusal.noSuchPage
        }
    }

    private func show(
        _ id: RectificationID, _ context: AnyStaffContext, contact: Hall.EvaluationContact? = nil,
        refused: (any Refusal)? = nil
    ) async throws -> Response {
        let review = try await site.hall.badReview(id, for: context.guest)
        let visit = site.visit(context, .office)
        let words = visit.words
        let deeds = BadReviewDeeds(review: review, path: Paths.review(id), tokens: site.tokens(context))
        return .page(
            visit.page(
                words("review.title", ["number": id.short]),
                crumbs: [PageLink(words["reviews.title"], BadReviewsPage.path)], hasErrors: refused != nil
            ) { html in
                html.refused(refused, site)
                html.title(words("review.title", ["number": id.short]), over: words.owner(of: review.it.opened.place))
                html.lead(words[review.it.isUnderAppeal ? Word("review.appealed") : review.it.stage.word])
                html.columns { html in
                    if let contact { html.contact(contact) }
                    deeds.write(&html)
                    html.heading(words["review.history"])
                    html.timeline(review.events(words))
                } aside: { html in
                    html.said(review, site)
                }
            }, status: .init(code: refused?.kind.rawValue ?? 200))
    }
}

extension Hall.BadReview {
    fileprivate func events(_ words: Words) -> [TimelineEvent] {
        it.history.map { line in
            let who = names[line.actor] ?? words["review.platform"]
            let detail = line.event.words.map { words("review.by", ["who": who, "what": $0]) } ?? who
            return TimelineEvent(.at(line.at), words[line.event.word], detail: detail)
        }
    }
}

extension HTML {
    fileprivate mutating func contact(_ contact: Hall.EvaluationContact) {
        let words = words
        card(words["review.contact"]) { html in
            html.facts { html in
                html.fact(words["review.contact-name"]) { $0.text(contact.name ?? words["review.unsaid"]) }
                html.fact(words["review.contact-mobile"]) { $0.text(contact.mobile ?? words["review.unsaid"]) }
                if let number = contact.number { html.fact(words["column.number"]) { $0.text(number) } }
            }
            html.note(words["review.contact-note"])
        }
    }

    fileprivate mutating func said(_ review: Hall.BadReview, _ site: Site) {
        let (words, given, opened) = (words, review.evaluation.given, review.it.opened)
        card(words["review.said"]) { html in
            html.facts { html in
                html.fact(words["evaluation.grade"]) { $0.text("\(given.grade.stars) \(words[given.grade.word])") }
                html.fact(words["review.about"]) { $0.text(words.name(of: given.place)) }
                html.fact(words["evaluation.how"]) { $0.text(words[given.channel.word]) }
                html.fact(words["review.day"]) { $0.date(review.evaluation.givenAt.day) }
                html.fact(words["review.contact-due"]) { $0.date(opened.contactDue) }
                html.fact(words["review.rectify-due"]) { $0.date(opened.rectifyDue) }
                for (indicator, grade) in given.indicators.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                    html.fact(words[indicator.word]) { $0.text("\(grade.stars) \(words[grade.word])") }
                }
            }
            for code in given.tags {
                html.tag(Tag(site.hall.judging.tags[code: code]?.label ?? code, .bad))
            }
            if let said = review.evaluation.personal?.words { html.paragraph("“\(said)”") }
            html.note(words[given.isAnonymous ? "review.anonymous" : "review.named"])
        }
    }
}

extension PostedForm {
    /// Whether yes was chosen; refuses a form in which neither was.
    fileprivate func chosenYes(_ name: String) throws -> Bool {
        switch self[name] {
        case "yes": true
        case "no": false
        default: throw FormRefusal.choiceMissing(name)
        }
    }
}
