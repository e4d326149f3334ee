import Accounts
import Hall
import Supervision
import Vocabulary

/// The deed that is next in a campaign: one form.
struct FileReviewDeeds: Sendable {
    let board: Hall.FileReviewBoard
    let names: SupervisionNames
    let site: Site
    let refused: RefusedDeed?
    let tokens: FormTokens

    private var path: String { Paths.fileReview(board.review.id) }

    func write(_ html: inout HTML) {
        switch board.review.stage {
        case .opened, .called: draw(&html)
        case .drawn: deal(&html)
        case .dealt: progress(&html)
        case .published: break
        }
    }

    private func draw(_ html: inout HTML) {
        let words = html.words
        html.card(words["filereview.draw"]) { html in
            if board.note == nil {
                html.paragraph(
                    words(
                        "filereview.draw-awaited", ["when": words.moment(board.review.terms.drawAt)]))
            } else {
                html.paragraph(words["filereview.draw-ready"])
            }
            html.deed("\(path)/draw", tokens) { $0.button(words["filereview.draw"], key: "d") }
        }
    }

    private func deal(_ html: inout HTML) {
        let words = html.words
        let form = DeedForm("reviewers", refused, site, words)
        let options = board.reviewers.map { one in
            Option(
                one.staff.id.description, one.staff.calledInLists,
                hint: one.reviewer.isOfEvery
                    ? words["filereview.of-every"]
                    : one.reviewer.bodies.isEmpty
                        ? words["filereview.of-supervision"]
                        : words.list(Set(one.reviewer.bodies).sorted { $0.code < $1.code }.map(names.body)))
        }
        html.card(words["filereview.deal"]) { html in
            html.note(words("filereview.deal-help", ["n": "\(board.review.terms.manner.reviewers)"]))
            html.form("\(path)/reviewers", tokens) { html in
                html.field(form.field("staff", words["filereview.reviewers"], .choices(options)))
                html.button(words["filereview.deal"])
            }
        }
    }

    private func progress(_ html: inout HTML) {
        let words = html.words
        let counts = Dictionary(grouping: board.files, by: \.stage).mapValues(\.count)
        html.figures(
            ReviewedFile.Stage.allCases.filter { $0 != .drawn }.map {
                Figure(words[$0.word], words.number(counts[$0] ?? 0))
            })
        guard board.files.allSatisfy({ $0.stage == .final }) else {
            return html.note(words["filereview.publish-later"])
        }
        html.card(words["filereview.publish"]) { html in
            html.note(words["filereview.publish-help"])
            html.deed("\(path)/publication", tokens) { $0.button(words["filereview.publish"]) }
        }
    }
}

/// How a campaign draws, so that anybody can do it again.
struct FileReviewMethod: Sendable {
    let review: FileReview
    /// The signed checkpoint; nil before the draw.
    let note: String?

    func write(_ html: inout HTML) {
        let (words, terms, opened) = (html.words, review.terms, review.opened)
        html.heading(words["filereview.method"])
        html.facts { html in
            html.fact(words["filereview.opened-at"]) { $0.moment(review.openedAt) }
            html.fact(words["filereview.closed"]) { $0.text(words.period(terms)) }
            html.fact(words["filereview.population"]) { $0.text(words.number(opened.count)) }
            html.fact(words["filereview.digest"]) { $0.copyable(opened.digest, name: words["filereview.digest"]) }
            html.fact(words["filereview.sample"]) { html in
                html.text("\(terms.sample.value) " + words[terms.sample.unit.word])
            }
            html.fact(words["filereview.draw-at"]) { $0.moment(terms.drawAt) }
            html.fact(words["filereview.id"]) { $0.copyable("\(review.id)", name: words["filereview.id"]) }
            guard let draw = review.draw else { return }
            html.fact(words["filereview.checkpoint"]) { html in
                html.text(
                    words(
                        "filereview.checkpoint-of",
                        ["n": words.number(draw.checkpointSize), "when": words.moment(draw.checkpointAt)]))
            }
            html.fact(words["filereview.root"]) { $0.copyable(draw.root, name: words["filereview.root"]) }
            html.fact(words["filereview.seed"]) { $0.copyable(draw.seed, name: words["filereview.seed"]) }
            html.fact(words["filereview.drawn"]) { $0.text(words.number(draw.count)) }
        }
        html.note(words["filereview.method-text"])
        if let note {
            html.unfold(words["filereview.note"]) { html in
                html.element("pre", text: note)
            }
        }
    }
}
