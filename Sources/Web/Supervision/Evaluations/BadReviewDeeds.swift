import Hall
import Supervision
import Vocabulary

/// The deeds that are whoever reads the page's now: one form each.
struct BadReviewDeeds: Sendable {
    let review: Hall.BadReview
    let path: String
    let tokens: FormTokens

    func write(_ html: inout HTML) {
        let it = review.it
        guard it.stage.isOpen else { return published(&html) }
        if it.isUnderAppeal {
            if review.mayRule { ruling(&html) } else { html.note(html.words["review.waits-for-ruling"]) }
            return
        }
        if review.maySupervise, it.stage == .revisited { publication(&html) }
        guard review.mayHandle else { return }
        if review.isJudged { html.banner(.information, html.words["review.judged"]) }
        switch it.stage {
        case .open: if !review.isJudged { contact(&html) }
        case .contacted:
            measure(&html)
            if !review.isJudged, it.contact == .notReached { contact(&html) }
        case .rectified: if !review.isJudged { verification(&html) }
        case .verified: if !review.isJudged { callBack(&html) }
        case .revisited, .published, .excluded: break
        }
        if it.appeal == nil, it.stage != .revisited { appeal(&html) }
    }

    private func published(_ html: inout HTML) {
        guard let text = review.it.publishedWords else { return }
        html.card(html.words["review.published-words"]) { $0.paragraph(text) }
    }

    private func note(_ label: String, _ html: inout HTML, isOptional: Bool = false) {
        html.field(
            Field("note", label, .multiline(max: RectificationRules.wordsMax)).with { $0.isOptional = isOptional })
    }

    private func form(
        _ html: inout HTML, _ title: String, _ deed: String, _ content: (inout HTML) -> Void
    ) {
        html.card(title) { html in
            html.form("\(path)/\(deed)", tokens) { html in
                content(&html)
                html.button(title)
            }
        }
    }

    private func contact(_ html: inout HTML) {
        let (words, isUnreachable) = (html.words, review.evaluation.isUnreachable)
        if !isUnreachable {
            html.deed("\(path)/reach", tokens) { $0.button(words["review.reach"], .secondary) }
            html.note(words["review.reach-help"])
        }
        let kinds: [RectificationEvent.Contact] = isUnreachable ? [.impossible] : [.reached, .notReached]
        form(&html, words["review.note-contact"], "contacts") { html in
            html.field(
                Field(
                    "contact", words["review.contact-came"],
                    .choice(kinds.map { Option($0.rawValue, words[RectificationEvent.contacted($0, nil).word]) }),
                    answer: Answer(kinds[0].rawValue)
                ).with { $0.form = "contacts" })
            note(words["review.contact-words"], &html, isOptional: isUnreachable)
        }
    }

    private func measure(_ html: inout HTML) {
        let words = html.words
        form(&html, words["review.note-measure"], "measures") { html in
            html.field(
                Field(
                    "measure", words["review.measure"],
                    .choice(
                        RectificationEvent.Measure.allCases.map {
                            Option($0.rawValue, words[RectificationEvent.rectified($0, nil).word])
                        })))
            note(words["review.measure-words"], &html)
        }
    }

    private func verification(_ html: inout HTML) {
        let words = html.words
        form(&html, words["review.verify"], "verification") { html in
            html.field(
                Field(
                    "enough", words["review.enough"],
                    .choice([
                        Option("yes", words["review.event-verified"]), Option("no", words["review.event-returned"]),
                    ])))
            note(words["review.verify-words"], &html, isOptional: true)
        }
    }

    private func callBack(_ html: inout HTML) {
        let (words, isUnreachable) = (html.words, review.evaluation.isUnreachable)
        if !isUnreachable {
            html.deed("\(path)/reach", tokens) { $0.button(words["review.reach"], .secondary) }
        }
        form(&html, words["review.note-call-back"], "call-back") { html in
            if !isUnreachable {
                let grades = EvaluationGrade.allCases.reversed().map {
                    Option("\($0.rawValue)", "\(words[$0.word]) \($0.stars)")
                }
                html.field(
                    Field(
                        "grade", words["review.now"], .choice(grades + [Option("", words["review.not-asked"])])))
            }
            note(words["review.call-back-words"], &html, isOptional: true)
        }
    }

    private func appeal(_ html: inout HTML) {
        let words = html.words
        html.unfold(words["review.appeal"]) { html in
            html.note(words["review.appeal-help"])
            html.form("\(path)/appeal", tokens) { html in
                html.field(
                    Field(
                        "ground", words["review.ground"],
                        .choice(
                            RectificationEvent.Ground.allCases.map {
                                Option($0.rawValue, words[RectificationEvent.appealed($0, nil).word])
                            })))
                html.field(
                    Field("note", words["review.appeal-words"], .multiline(max: RectificationRules.wordsMax))
                        .with { $0.form = "appeal" })
                html.button(words["review.appeal"], .secondary)
            }
        }
    }

    private func ruling(_ html: inout HTML) {
        let words = html.words
        form(&html, words["review.rule"], "ruling") { html in
            html.field(
                Field(
                    "upheld", words["review.upheld"],
                    .choice([
                        Option("yes", words["review.event-upheld"]), Option("no", words["review.event-rejected"]),
                    ])))
            note(words["review.rule-words"], &html)
        }
    }

    private func publication(_ html: inout HTML) {
        let words = html.words
        form(&html, words["review.publish"], "publication") { html in
            note(words["review.publish-words"], &html)
            html.note(words["review.publish-help"])
        }
    }
}
